"""Whether an audit file holds: every line, the chain between them, and heads that left the machine earlier.

The file is read line by line within a bound, so its size costs time and no memory. What it does not do: tell whether
an entry is true, or find that the end was cut off when no anchor is given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors import TheirError
from sigasers.formats.audit_log import EMPTY, MAX_LINE_BYTES, Entry, Head, digest_of, parse_line


@dataclass(frozen=True, kw_only=True)
class Broken:
    """The first entry that does not hold: its number by position (from 1) and why, in Spanish."""

    n: int
    motivo: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found. ``head``: the last entry that holds; ``torn_bytes``: what a crash left after the last line.

    ``backwards``: entries whose time is before that of the entry above them: the clock was set back.
    """

    head: Head
    broken: Broken | None = None
    torn_bytes: int = 0
    backwards: int = 0


def verify(path: Path, anchors: Iterable[Head] = ()) -> Verdict:
    """Walk the file ``path`` and hold it against ``anchors``, heads that it had earlier.

    Raises ``DiskError`` where it cannot be read; a missing file has no entries.
    """
    wanted: dict[int, set[str]] = {}
    for anchor in anchors:
        wanted.setdefault(anchor.n, set()).add(anchor.digest)
    head, backwards, newest = EMPTY, 0, ""
    for line in _lines(path):
        if not line.endswith(b"\n") and len(line) <= MAX_LINE_BYTES:
            return _end(Verdict(head=head, torn_bytes=len(line), backwards=backwards), wanted)
        broken, entry = _checked(line, head, wanted)
        if entry is None:
            return Verdict(head=head, broken=broken, backwards=backwards)
        backwards += str(entry.cuando) < newest
        newest = str(entry.cuando)
        head = Head(entry.n, digest_of(line))
    return _end(Verdict(head=head, backwards=backwards), wanted)


def entries(path: Path) -> Iterator[Entry]:
    """Give the entries of ``path`` in order; stops at the first line that is none. Raises ``DiskError``."""
    for line in _lines(path):
        try:
            yield parse_line(line)
        except TheirError:
            return


def _checked(line: bytes, head: Head, wanted: dict[int, set[str]]) -> tuple[Broken | None, Entry | None]:
    """Give the entry of ``line`` if it follows ``head`` and is what ``wanted`` has for its number, else the break."""
    n = head.n + 1
    try:
        entry = parse_line(line)
    except TheirError:
        return Broken(n=n, motivo="la línea no es una de auditoría"), None
    if entry.n != n:
        return Broken(n=n, motivo=f"lleva el número {entry.n}"), None
    if entry.anterior != head.digest:
        where = (
            f"la línea {head.n} no es la que había cuando se escribió esta" if head.n else "no es la primera"
        )
        return Broken(n=n, motivo=where), None
    if wanted.get(n, {digest_of(line)}) != {digest_of(line)}:
        return Broken(n=n, motivo="no es la que había cuando se envió su resumen"), None
    return None, entry


def _end(found: Verdict, wanted: dict[int, set[str]]) -> Verdict:
    """Say which entry is missing, if a head of earlier lies beyond the last one."""
    beyond = [n for n in wanted if n > found.head.n]
    if not beyond:
        return found
    last = max(beyond)
    motivo = f"falta: el archivo llegó a tener al menos {last} líneas y le cortaron el final"
    return Verdict(
        head=found.head,
        broken=Broken(n=found.head.n + 1, motivo=motivo),
        torn_bytes=found.torn_bytes,
        backwards=found.backwards,
    )


def _lines(path: Path) -> Iterator[bytes]:
    """Give the lines with their ends; a line over the bound comes cut, and nothing after it."""
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE_BYTES + 1):
                yield line
                if not line.endswith(b"\n"):
                    return
    except FileNotFoundError:
        return
    except OSError as error:
        raise durable.disk_error(error, path) from error
