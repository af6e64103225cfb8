"""A task of Windows as XML: what we write, and what of it the system gives back.

Schema: Task Scheduler 1.2 (MS-TSCH 2.5), understood from Windows Vista and Server 2008 on. The system writes a task
anew when it registers it: it adds elements, leaves out those that say the default (``RunLevel``) and orders them its
own way; so a task is compared by its values, never by its text.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass

from sigasers.errors.tasks import TaskTextError, TaskUnreadableError
from sigasers.host.tasks.seam import FOLDER, Mark, TaskSpec, shown

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_VERSION = "1.2"
_START = "2020-01-01T00:00:00"  # in the past, on the hour: runs fall on :00, :15, :30, :45
_LIMIT = "PT12H"
_DELAY = "PT2M"  # after a start of the machine, when services are up
_MOST_BYTES = 1 << 20
_PRINCIPAL = "Cuenta"
# The path of each value that is compared, its Spanish name, and what its absence means.
_COMPARED = (
    ("Actions/Exec/Command", "el programa", ""),
    ("Actions/Exec/Arguments", "los argumentos", ""),
    ("Actions/Exec/WorkingDirectory", "la carpeta de trabajo", ""),
    ("Principals/Principal/RunLevel", "los derechos", "LeastPrivilege"),
    ("Principals/Principal/GroupId", "la cuenta", ""),
    ("Triggers/TimeTrigger/Repetition/Interval", "la frecuencia", ""),
    ("Triggers/TimeTrigger/Repetition/Duration", "la frecuencia", ""),
    ("Triggers/TimeTrigger/EndBoundary", "la frecuencia", ""),
    ("Triggers/TimeTrigger/Enabled", "la frecuencia", "true"),
    ("Triggers/BootTrigger/Enabled", "el arranque del equipo", "true"),
    ("Triggers/BootTrigger/Delay", "el arranque del equipo", ""),
    ("Settings/Enabled", "que esté habilitada", "true"),
    ("Settings/MultipleInstancesPolicy", "que no corran dos a la vez", "IgnoreNew"),
    ("Settings/StartWhenAvailable", "que recupere un inicio perdido", "false"),
    ("Settings/DisallowStartIfOnBatteries", "que corra con batería", "true"),
    ("Settings/StopIfGoingOnBatteries", "que corra con batería", "true"),
    ("Settings/RunOnlyIfIdle", "que no espere inactividad", "false"),
    ("Settings/RunOnlyIfNetworkAvailable", "que no espere a la red", "false"),
    ("Settings/AllowStartOnDemand", "que se pueda iniciar a pedido", "true"),
    ("Settings/WakeToRun", "que no despierte al equipo", "false"),
    ("Settings/ExecutionTimeLimit", "el límite de tiempo", "PT72H"),
)


@dataclass(frozen=True, kw_only=True)
class TaskDocument:
    """A task's XML, read: the text of each element by its path without namespace."""

    values: dict[str, tuple[str, ...]]

    def text(self, path: str) -> str | None:
        """Give the text at ``path`` of the first such element."""
        return next(iter(self.values.get(path, ())), None)

    @property
    def mark(self) -> Mark | None:
        """Whose it is."""
        return Mark.find(self.text("RegistrationInfo/Source") or "")

    @property
    def account(self) -> str | None:
        """Under which account it runs: a SID or a name."""
        return self.text("Principals/Principal/UserId") or self.text("Principals/Principal/GroupId")

    @property
    def needs_password(self) -> bool:
        """Whether it can only be registered by someone who types the account's password."""
        kind = self.text("Principals/Principal/LogonType") or ""
        return "Password" in kind and not (self.account or "").endswith("$")

    @property
    def command(self) -> str | None:
        """Its program and arguments, as the system shows them."""
        parts = (self.text("Actions/Exec/Command"), self.text("Actions/Exec/Arguments"))
        return " ".join(part for part in parts if part) or None

    @property
    def enabled(self) -> bool:
        """Whether it runs at all."""
        return (self.text("Settings/Enabled") or "true").strip().lower() != "false"


def render(spec: TaskSpec, account: str, *, triggers: bool = True) -> str:
    """Give the XML of ``spec`` under ``account`` (SID or name); without ``triggers`` it runs on demand alone."""
    _refuse_expanded(spec)
    task = ET.Element("Task", {"version": _VERSION, "xmlns": NAMESPACE})
    info = ET.SubElement(task, "RegistrationInfo")
    _texts(info, ("Source", str(spec.mark)), ("Author", "SIGA-SERS"), ("Description", spec.description))
    _texts(info, ("URI", f"\\{FOLDER}\\{spec.name}"))
    started = ET.SubElement(task, "Triggers")
    if triggers:
        _triggers(started, spec)
    _principal(ET.SubElement(task, "Principals"), account)
    _settings(ET.SubElement(task, "Settings"))
    action = ET.SubElement(ET.SubElement(task, "Actions", {"Context": _PRINCIPAL}), "Exec")
    _texts(action, ("Command", spec.command[0]), ("Arguments", arguments_line(spec.command[1:])))
    _texts(action, ("WorkingDirectory", str(spec.folder)))
    ET.indent(task)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"


def arguments_line(arguments: Iterable[str]) -> str:
    """Give arguments as one line that a Windows program takes apart again the same way (CommandLineToArgvW)."""
    return " ".join(_quoted(argument) for argument in arguments)


def _refuse_expanded(spec: TaskSpec) -> None:
    """Refuse what the service replaces before it starts a command, ``%NAME%`` and ``$(Arg0)``: it knows no escape."""
    for text in (*spec.command, str(spec.folder)):
        if "%" in text or "$(" in text:
            motivo = "Windows sustituye lo que sigue a los signos «%» y «$(»"
            raise TaskTextError("expanded in a task", valor=shown(text), motivo=motivo)


def _quoted(argument: str) -> str:
    if argument and not any(char in ' \t"' for char in argument):
        return argument
    out, slashes = '"', 0
    for char in argument:
        if char == "\\":
            slashes += 1
            continue
        out += "\\" * (slashes * 2 + 1 if char == '"' else slashes) + char
        slashes = 0
    return out + "\\" * (slashes * 2) + '"'


def parse(text: str, name: str) -> TaskDocument:
    """Read a task's XML, with or without its first line; raises ``TaskUnreadableError``. Document types are refused."""
    body = text.lstrip("\ufeff \t\r\n")
    if body.startswith("<?xml"):  # it names an encoding that the text no longer has
        body = body.partition("?>")[2]
    if len(body) > _MOST_BYTES or "<!DOCTYPE" in body or "<!ENTITY" in body:
        raise TaskUnreadableError("xml refused", tarea=shown(name), motivo="No tiene la forma de una tarea")
    try:
        root = ET.fromstring(body)  # noqa: S314 - no document type, bounded
    except ET.ParseError as error:
        raise TaskUnreadableError(
            str(error), tarea=shown(name), motivo="Su XML está cortado o dañado"
        ) from error
    if _local(root) != "Task":
        raise TaskUnreadableError("no Task", tarea=shown(name), motivo="No tiene la forma de una tarea")
    values: dict[str, tuple[str, ...]] = {}
    _gather(root, "", values)
    return TaskDocument(values=values)


def differences(wanted: TaskDocument, found: TaskDocument, *, code_page: str) -> tuple[str, ...]:
    """Give the Spanish names of the values that differ. ``found`` may have come through ``code_page``, losing signs."""
    named = []
    for path, name, usual in _COMPARED:
        want = tuple(_through(value, code_page) for value in wanted.values.get(path, (usual,)))
        have = tuple(_through(value, code_page) for value in found.values.get(path, (usual,)))
        if want != have:
            named.append(name)
    kinds = (("Actions/*", "las acciones"), ("Triggers/*", "la frecuencia"))
    named += [
        name for path, name in kinds if sorted(wanted.values[path]) != sorted(found.values.get(path, ()))
    ]
    if wanted.mark != found.mark:
        named.append("la marca de esta instalación")
    return tuple(dict.fromkeys(named))


def _through(text: str, code_page: str) -> str:
    return text.strip().encode(code_page, "replace").decode(code_page, "replace")


def _gather(element: ET.Element, above: str, values: dict[str, tuple[str, ...]]) -> None:
    for child in element:
        path = f"{above}{_local(child)}"
        if len(child) == 0:
            values[path] = (*values.get(path, ()), (child.text or "").strip())
        if above in {"Actions/", "Triggers/"}:
            values[f"{above}*"] = (*values.get(f"{above}*", ()), _local(child))
        _gather(child, f"{path}/", values)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _texts(parent: ET.Element, *pairs: tuple[str, str]) -> None:
    for name, text in pairs:
        ET.SubElement(parent, name).text = text


def _triggers(parent: ET.Element, spec: TaskSpec) -> None:
    time = ET.SubElement(parent, "TimeTrigger")
    repetition = ET.SubElement(time, "Repetition")
    # Without a Duration it goes on for ever.
    _texts(repetition, ("Interval", f"PT{spec.every_min}M"), ("StopAtDurationEnd", "false"))
    _texts(time, ("StartBoundary", _START), ("Enabled", "true"))
    _texts(ET.SubElement(parent, "BootTrigger"), ("Enabled", "true"), ("Delay", _DELAY))


def _principal(parent: ET.Element, account: str) -> None:
    principal = ET.SubElement(parent, "Principal", {"id": _PRINCIPAL})
    _texts(principal, ("UserId", account))
    if account.endswith("$"):  # a group managed account: the domain, not a person, knows its password
        _texts(principal, ("LogonType", "Password"))
    _texts(principal, ("RunLevel", "LeastPrivilege"))


def _settings(parent: ET.Element) -> None:
    _texts(
        parent,
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("AllowHardTerminate", "true"),
        ("StartWhenAvailable", "true"),
        ("RunOnlyIfNetworkAvailable", "false"),
    )
    idle = ET.SubElement(parent, "IdleSettings")
    _texts(idle, ("StopOnIdleEnd", "false"), ("RestartOnIdle", "false"))
    _texts(
        parent,
        ("AllowStartOnDemand", "true"),
        ("Enabled", "true"),
        ("Hidden", "false"),
        ("RunOnlyIfIdle", "false"),
        ("WakeToRun", "false"),
        ("ExecutionTimeLimit", _LIMIT),
        ("Priority", "7"),
    )
