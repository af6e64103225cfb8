"""A simulator of Windows' ``schtasks`` and ``icacls``: what a caller observes, in a language and a code page.

From public documentation and recorded outputs: it checks XML against the schema, writes it anew as the service does
(defaults left out, elements in another order), prints through the console's code page with ``encoding="UTF-16"`` in the
first line, asks before it replaces unless ``/f``, and gives dates and words in the system's language.
"""

import csv
import io
import ntpath
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import xmlschema

from sigasers.host.tasks.programs import Done

NS = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
NOT_YET_RUN, RUNNING = 267011, 267009
WORDS = {
    "es": ("Listo", "30/11/1999 12:00:00 a. m.", "ERROR: El sistema no puede encontrar el archivo especificado.",
           'CORRECTO: la tarea programada "{}" se creó correctamente.', "ERROR: acceso denegado.",
           "ERROR: El XML de la tarea contiene un valor con formato incorrecto o fuera del intervalo."),
    "en": ("Ready", "11/30/1999 12:00:00 AM", "ERROR: The system cannot find the file specified.",
           'SUCCESS: The scheduled task "{}" has successfully been created.', "ERROR: Access is denied.",
           "ERROR: The task XML contains a value which is incorrectly formatted or out of range."),
}  # fmt: skip


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(Path(__file__).with_name("task-1.2.xsd")))


@dataclass
class Kept:
    xml: str
    last_result: int = NOT_YET_RUN
    last_run: str | None = None


@dataclass
class SimulatedSchtasks:
    language: str = "es"
    code_page: str = "cp850"
    is_administrator: bool = True
    utf16_output: bool = False  # some versions print UTF-16 where the output is a pipe
    tasks: dict[str, Kept] = field(
        default_factory=lambda: {r"\Microsoft\Windows\Defrag\ScheduledDefrag": Kept("")}
    )
    granted: list[tuple[str, str]] = field(default_factory=list)
    seen: list[list[str]] = field(default_factory=list)

    def run(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout_s: float = 60,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        account: str | None = None,
    ) -> Done:
        program, *arguments = command
        assert ntpath.isabs(program)
        self.seen.append(list(command))
        if ntpath.basename(program) == "icacls.exe":
            self.granted.append((arguments[0], arguments[2]))
            return Done(code=0)
        acts = {"/create": self._create, "/query": self._query, "/delete": self._delete, "/run": self._run}
        return acts[arguments[0]](arguments[1:])

    def _create(self, arguments: list[str]) -> Done:
        name = _option(arguments, "/tn")
        if not self.is_administrator:
            return self._refused(4)
        if name in self.tasks and "/f" not in arguments:
            return Done(code=1)  # it asks, and nobody answers
        data = Path(_option(arguments, "/xml")).read_bytes()
        assert data.startswith(b"\xff\xfe"), "schtasks takes UTF-16 with its mark"
        text = data.decode("utf-16")
        if any(True for _ in schema().iter_errors(text.partition("?>")[2])):
            return self._refused(5)
        self.tasks[name] = Kept(_registered(text, name))
        return Done(code=0, out=WORDS[self.language][3].format(name).encode(self.code_page, "replace"))

    def _query(self, arguments: list[str]) -> Done:
        if "/tn" not in arguments:
            return self._out(
                "".join(_row(name, "N/D", WORDS[self.language][0]) for name in sorted(self.tasks))
            )
        name = _option(arguments, "/tn")
        kept = self.tasks.get(name)
        if kept is None:
            return self._refused(2)
        if "/xml" in arguments:
            return Done(code=0, out=kept.xml.encode("utf-16")) if self.utf16_output else self._out(kept.xml)
        assert arguments[2:] == ["/v", "/fo", "csv", "/nh"]
        ready, never, *_ = WORDS[self.language]
        times = (kept.last_run or never, str(kept.last_result))
        rest = ("SIGA-SERS", "python.exe", "N/D", "Transmisión", ready, "Deshabilitado")
        cells = ("EQUIPO", name, "28/11/2026 05:45:00", ready, "Interactivo/En segundo plano", *times, *rest)
        return self._out(_row(*cells) * 2)  # one row a trigger

    def _delete(self, arguments: list[str]) -> Done:
        if not self.is_administrator:
            return self._refused(4)
        return Done(code=0) if self.tasks.pop(_option(arguments, "/tn"), None) else self._refused(2)

    def _run(self, arguments: list[str]) -> Done:
        kept = self.tasks[_option(arguments, "/tn")]
        root = ET.fromstring(kept.xml.partition("?>")[2])
        texts = {element.tag.removeprefix(NS): element.text or "" for element in root.iter()}
        kept.last_run = "28/11/2026 05:30:00"
        if not Path(texts["Command"]).exists():
            kept.last_result = -2147024894
            return Done(code=0)
        line = split_as_windows(texts["Arguments"])
        done = subprocess.run(
            [texts["Command"], *line], cwd=texts["WorkingDirectory"], check=False, timeout=60
        )
        kept.last_result = done.returncode
        return Done(code=0)

    def _out(self, text: str) -> Done:
        return Done(code=0, out=text.replace("\n", "\r\n").encode(self.code_page, "replace"))

    def _refused(self, word: int) -> Done:
        return Done(code=1, err=WORDS[self.language][word].encode(self.code_page) + b"\r\n")


def split_as_windows(line: str) -> list[str]:
    """CommandLineToArgvW for arguments, written from its documentation: the judge of our quoting."""
    found: list[str] = []
    current, within, started, at = "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if slashes and line[at : at + 1] == '"':
            current += "\\" * (slashes // 2)
            started = True
            if slashes % 2:
                current += '"'
                at += 1
            continue
        current += "\\" * slashes
        started = started or slashes > 0
        if at >= len(line):
            break
        char = line[at]
        at += 1
        if char == '"':
            within, started = not within, True
        elif char in " \t" and not within:
            if started:
                found.append(current)
            current, started = "", False
        else:
            current, started = current + char, True
    return [*found, current] if started else found


def _registered(text: str, name: str) -> str:
    """As the service gives a task back: ``RunLevel`` without meaning left out, parts in its own order."""
    ET.register_namespace("", NS[1:-1])
    root = ET.fromstring(text.partition("?>")[2])
    for principal in root.iter(f"{NS}Principal"):
        for level in principal.findall(f"{NS}RunLevel"):
            if level.text == "LeastPrivilege":
                principal.remove(level)
    info = root.find(f"{NS}RegistrationInfo")
    if info is not None:
        for uri in info.findall(f"{NS}URI"):
            info.remove(uri)
        ET.SubElement(info, f"{NS}URI").text = name
    order = ["RegistrationInfo", "Principals", "Settings", "Triggers", "Actions"]
    root[:] = sorted(root, key=lambda part: order.index(part.tag.removeprefix(NS)))
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(root, encoding="unicode")


def _row(*cells: str) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _option(arguments: list[str], name: str) -> str:
    return arguments[arguments.index(name) + 1]
