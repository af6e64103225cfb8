"""Unit files of systemd: a service that runs the command once, and the timer that starts it.

Escapes: systemd.unit(5) and systemd.service(5). What stands in them is understood from systemd 239 on (RHEL 8).
"""

from pathlib import Path

from sigasers.errors.tasks import TaskTextError
from sigasers.host.tasks.seam import TaskSpec, shown

_LIMIT_S = 12 * 3600
_OWN_TEMP = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - named to be recognised
_MARK_KEY = "X-SigaSers"


def unit_stem(name: str) -> str:
    """Give the stem of a task's unit files: ``MEF_SIGA_TRANSMISION`` is ``mef-siga-transmision``."""
    return name.lower().replace("_", "-")


def service(spec: TaskSpec, *, is_system: bool, limit_s: int = _LIMIT_S) -> str:
    """Give the text of the ``.service``, which may run ``limit_s`` seconds; raises ``TaskTextError``."""
    lines = [
        "[Unit]",
        f"Description={_line(spec.description)}",
        f"{_MARK_KEY}={spec.mark}",
        *(["Wants=network-online.target", "After=network-online.target"] if is_system else []),
        "",
        "[Service]",
        *(f"{name}={value}" for name, value in _settings(spec, is_system=is_system, limit_s=limit_s)),
        f"ExecStart={command_line(spec.command)}",
    ]
    return "\n".join(lines) + "\n"


def _settings(spec: TaskSpec, *, is_system: bool, limit_s: int) -> list[tuple[str, str]]:
    found = [
        ("Type", "oneshot"),
        ("WorkingDirectory", _line(str(spec.folder))),
        ("TimeoutStartSec", str(limit_s)),
        ("NoNewPrivileges", "yes"),
    ]
    if not is_system:
        return found
    found[1:1] = [("User", _line(spec.account))] if spec.account else []
    places = (spec.folder, *spec.writable)
    # /usr, /boot and /etc cannot be written; a strict list would forbid the folder of an embedded database too.
    found += [
        ("ProtectSystem", "full"),
        ("ReadWritePaths", " ".join(f"-{_word(str(place))}" for place in places)),
    ]
    used = (
        *places,
        Path(spec.command[0]),
        *(Path(text) for text in spec.command[1:] if text.startswith("/")),
    )
    if not any(place.is_relative_to(temp) for place in used for temp in _OWN_TEMP):
        found.append(("PrivateTmp", "yes"))
    return found


def timer(spec: TaskSpec) -> str:
    """Give the text of the ``.timer``: on the quarters of the hour, after a start, and once for what was missed."""
    minutes = f"0/{spec.every_min}" if spec.every_min < 60 else "0"
    lines = [
        "[Unit]",
        f"Description={_line(spec.description)}",
        f"{_MARK_KEY}={spec.mark}",
        "",
        "[Timer]",
        f"OnCalendar=*:{minutes}",
        "OnBootSec=2min",
        "Persistent=true",
        "RandomizedDelaySec=0",
        "AccuracySec=30s",
        f"Unit={unit_stem(spec.name)}.service",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def command_line(command: tuple[str, ...]) -> str:
    """Give ``ExecStart``'s value; raises ``TaskTextError`` for a program whose path holds ``$`` (it has no escape)."""
    if "$" in command[0]:
        raise TaskTextError(
            "dollar", valor=shown(command[0]), motivo="systemd no admite «$» en la ruta de un programa"
        )
    program, *arguments = map(_word, command)
    return " ".join([program, *(argument.replace("$", "$$") for argument in arguments)])


def value_of(text: str, name: str) -> str | None:
    """Give the value of the first line ``name=`` of a unit file."""
    found = (line.partition("=")[2] for line in text.splitlines() if line.partition("=")[0].strip() == name)
    return next((value.strip() for value in found), None)


def _word(text: str) -> str:
    """Give one word of a list: in quotes, with escapes, no specifier within."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _line(text: str) -> str:
    """Give a value that takes the whole line: only specifiers are escaped; what cannot stand so is refused."""
    if text != text.strip() or text.endswith("\\"):
        motivo = "systemd no admite un nombre que empieza o termina en blanco, o termina en «\\»"
        raise TaskTextError("line end", valor=shown(text), motivo=motivo)
    return text.replace("%", "%%")
