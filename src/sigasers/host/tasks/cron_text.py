r"""A crontab with one block of ours a task; every other line stays byte for byte.

crontab(5): ``%`` ends a command unless it follows a backslash, and a shell reads the rest. Crons differ in what else a
backslash does, so a path with one is refused.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.errors.tasks import CrontabDamagedError, TaskTextError
from sigasers.host.tasks.seam import Mark, TaskSpec, shown

_OPEN = re.compile(rb"# >>> SIGA-SERS (MEF_SIGA_[A-Z0-9_]{1,64}) (.*)", re.ASCII)
_CLOSE = re.compile(rb"# <<< SIGA-SERS (MEF_SIGA_[A-Z0-9_]{1,64})\s*", re.ASCII)
_MOST_COMMAND = 990  # cron cuts a command at 1,000 bytes, or refuses it


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block: its lines from mark to mark, ends included; where it stands (line from 0, count)."""

    name: str
    mark: Mark | None
    raw: bytes
    start: int
    count: int


def render(spec: TaskSpec) -> bytes:
    """Give the block of ``spec``; raises ``TaskTextError``."""
    command = command_line(spec)
    every = f"*/{spec.every_min}" if spec.every_min < 60 else "0"
    lines = [
        f"# >>> SIGA-SERS {spec.name} {spec.mark} (no cambie estas líneas: las escribe «siga tarea generar»)",
        f"{every} * * * * {command}",
        f"@reboot {command}",
        f"# <<< SIGA-SERS {spec.name}",
    ]
    return ("\n".join(lines) + "\n").encode()


def command_line(spec: TaskSpec) -> str:
    """Give the command as it stands in a crontab; what it says goes nowhere: the exporter keeps its own log."""
    for text in (*spec.command, str(spec.folder)):
        if "\\" in text:
            raise TaskTextError("backslash", valor=shown(text), motivo="cron no admite «\\» en una ruta")
    escaped = shell_line(spec).replace("%", "\\%")
    if len(escaped.encode()) > _MOST_COMMAND:
        raise TaskTextError(
            "too long", valor=shown(escaped, 60), motivo="La orden es demasiado larga para cron"
        )
    return escaped


def shell_line(spec: TaskSpec) -> str:
    """Give the line that cron hands to the shell."""
    return f"cd {shlex.quote(str(spec.folder))} && exec {shlex.join(spec.command)} >/dev/null"


def blocks(crontab: bytes, account: str) -> tuple[Block, ...]:
    """Give our blocks, in order; raises ``CrontabDamagedError`` where marks do not pair."""
    return tuple(_blocks(_lines(crontab), account))


def _blocks(lines: list[bytes], account: str) -> Iterator[Block]:
    start: int | None = None
    for number, line in enumerate(lines):
        opened, closed = _OPEN.fullmatch(line.rstrip(b"\r\n")), _CLOSE.fullmatch(line.rstrip(b"\r\n"))
        if (opened and start is not None) or (closed and start is None):
            raise _damaged(account, number)
        if opened:
            start = number
        elif closed and start is not None:
            head = _OPEN.fullmatch(lines[start].rstrip(b"\r\n"))
            if head is None or head[1] != closed[1]:
                raise _damaged(account, number)
            yield Block(
                name=head[1].decode(),
                mark=Mark.find(head[2].decode("utf-8", "replace")),
                raw=b"".join(lines[start : number + 1]),
                start=start,
                count=number + 1 - start,
            )
            start = None
    if start is not None:
        raise _damaged(account, start)


def replaced(crontab: bytes, name: str, block: bytes, account: str) -> bytes:
    """Give the crontab with ``block`` as the task ``name``: in the old one's place or at the end; empty: without it."""
    lines = _lines(crontab)
    found = [each for each in _blocks(lines, account) if each.name == name]
    for each in reversed(found[1:]):
        del lines[each.start : each.start + each.count]
    if found:
        lines[found[0].start : found[0].start + found[0].count] = [block] if block else []
    elif block:
        if lines and not lines[-1].endswith(b"\n"):
            lines.append(b"\n")
        lines.append(block)
    return b"".join(lines)


def _lines(crontab: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", crontab)


def _damaged(account: str, number: int) -> CrontabDamagedError:
    return CrontabDamagedError("marks do not pair", cuenta=shown(account), linea=number + 1)
