"""Windows Task Scheduler through ``schtasks``: always by XML, always with the absolute path of the program.

What it prints is in the system's language and code page: only XML and the positions of columns are read. Windows keeps
no history of runs unless someone switches it on; ours is the exporter's own log.
"""

import csv
import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.errors.tasks import TaskRightsError, TaskTrialError
from sigasers.host.tasks import windows_xml
from sigasers.host.tasks.programs import Done, Runner, SystemRunner, checked
from sigasers.host.tasks.seam import FOLDER, Kind, TaskFound, TaskSpec, shown
from sigasers.host.tasks.waiting import Waiting
from sigasers.host.tasks.windows_accounts import is_same, principal
from sigasers.host.whoami import is_administrator

_PREFIX = f"\\{FOLDER}\\"
_TRIAL_SUFFIX = "_prueba"
# Columns of ``/query /v /fo csv``, the same in every language.
_NEXT_RUN, _LAST_RUN, _LAST_RESULT, _LEAST_COLUMNS = 2, 5, 6, 12
_NOT_YET_RUN = 267011  # SCHED_S_TASK_HAS_NOT_RUN
_UNDER_WAY = {267009, _NOT_YET_RUN, 267045}  # running, not yet run, queued
_RESULTS = {
    2: "no encontró el programa",
    3: "no encontró la carpeta de trabajo",
    5: "no tiene permiso para abrir el programa",
    -2147024894: "no encontró el programa",
    -2147024891: "no tiene permiso para abrir el programa",
    -2147023570: "Windows no dejó entrar a la cuenta",
}


@dataclass(frozen=True, kw_only=True)
class Schtasks:
    """The scheduler of this machine. ``code_page``: Python's name of the console's; ``folder``: of Windows itself."""

    folder: str
    code_page: str
    runner: Runner = field(default_factory=SystemRunner)
    waiting: Waiting = field(default_factory=Waiting)

    @property
    def kind(self) -> Kind:
        """Task Scheduler."""
        return Kind.SCHTASKS

    def tasks(self) -> tuple[TaskFound, ...]:
        """As the seam says; folders within ``SIGA`` are not looked into."""
        return tuple(self._found(name) for name in sorted(self._names()) if "\\" not in name)

    def install(self, spec: TaskSpec) -> None:
        """As the seam says: one ``/create /f``; before it the account is given its folders."""
        account = principal(spec.account)
        text = windows_xml.render(spec, account)
        for folder in (spec.folder, *spec.writable):
            self._grant(folder, account)
        self._create(spec.name, text, account)

    def differences(self, spec: TaskSpec, found: TaskFound) -> tuple[str, ...]:
        """As the seam says, by the values of both definitions."""
        account = principal(spec.account)
        wanted = windows_xml.parse(windows_xml.render(spec, account), spec.name)
        have = windows_xml.parse(found.raw, found.name)
        named = windows_xml.differences(wanted, have, code_page=self.code_page)
        return named if is_same(account, have.account or "") else (*named, "la cuenta")

    def remove(self, name: str) -> None:
        """As the seam says."""
        if name in self._names():
            self._changed(self._run("/delete", "/tn", _PREFIX + name, "/f"))

    def restore(self, name: str, raw: str) -> None:
        """As the seam says."""
        self._create(name, raw, windows_xml.parse(raw, name).account or "")

    def by_hand(self, name: str, raw: str, saved: Path) -> str:
        """Give the order where the task runs under a person's account: Windows wants its password."""
        document = windows_xml.parse(raw, name)
        if not document.needs_password:
            return ""
        account = shown(document.account or "CUENTA").replace('"', "")
        return f'schtasks /create /xml "{saved}" /tn "{_PREFIX}{shown(name)}" /ru "{account}" /rp *'

    def rehearse(self, spec: TaskSpec, result: Path) -> None:
        """As the seam says, by a second task of the same account, which is removed again."""
        name, account = spec.name + _TRIAL_SUFFIX, principal(spec.account)
        self._create(name, windows_xml.render(spec, account, triggers=False), account)
        try:
            self._changed(self._run("/run", "/tn", _PREFIX + name))
            ended = self.waiting.until(lambda: result.exists() or self._has_ended(name))
            if not result.exists():
                raise TaskTrialError("no result", cuenta=account, motivo=self._why(name, ended=ended))
        finally:
            self._run("/delete", "/tn", _PREFIX + name, "/f")

    def _names(self) -> set[str]:
        listed = checked(self._run("/query", "/fo", "csv", "/nh"), "schtasks", self.code_page)
        rows = csv.reader(io.StringIO(listed))
        return {row[0].removeprefix(_PREFIX) for row in rows if row and row[0].startswith(_PREFIX)}

    def _found(self, name: str) -> TaskFound:
        raw = _decoded(self._xml(name), self.code_page)
        document = windows_xml.parse(raw, name)
        row = self._row(name)
        result = _number(row[_LAST_RESULT]) if row else None
        has_run = row is not None and result is not None and result != _NOT_YET_RUN
        return TaskFound(
            name=name,
            mark=document.mark,
            raw=raw,
            command=document.command,
            account=document.account,
            enabled=document.enabled,
            last_run=row[_LAST_RUN] if row and has_run else None,
            last_result=result if has_run else None,
            next_run=row[_NEXT_RUN] if row else None,
        )

    def _xml(self, name: str) -> bytes:
        done = self._run("/query", "/tn", _PREFIX + name, "/xml")
        checked(done, "schtasks", self.code_page)
        return done.out

    def _row(self, name: str) -> list[str] | None:
        done = self._run("/query", "/tn", _PREFIX + name, "/v", "/fo", "csv", "/nh")
        rows = csv.reader(io.StringIO(checked(done, "schtasks", self.code_page)))
        return next((row for row in rows if len(row) >= _LEAST_COLUMNS), None)

    def _has_ended(self, name: str) -> bool:
        row = self._row(name)
        return row is not None and _number(row[_LAST_RESULT]) not in {None, *_UNDER_WAY}

    def _why(self, name: str, *, ended: bool) -> str:
        if not ended:
            return f"No terminó en {self.waiting.limit_s:.0f} segundos"
        row = self._row(name)
        code = _number(row[_LAST_RESULT]) if row else None
        if code is None:
            return "Windows no dijo cómo terminó"
        return f"Terminó con el código {code:#x}: {_RESULTS.get(_signed(code), 'el programa no llegó a probar nada')}"

    def _create(self, name: str, text: str, account: str) -> None:
        # In a folder that this account alone can write: nobody changes the file before it is read.
        with tempfile.TemporaryDirectory(prefix="sigasers-") as folder:
            path = Path(folder) / "tarea.xml"
            with path.open("xb") as file:
                file.write(b"\xff\xfe" + text.encode("utf-16-le"))
            managed = ("/ru", account, "/rp", "") if account.endswith("$") else ()
            self._changed(self._run("/create", "/xml", str(path), "/tn", _PREFIX + name, *managed, "/f"))

    def _grant(self, folder: Path, account: str) -> None:
        """Let ``account`` change what lies in ``folder``, now and later; a folder closed within it stays closed."""
        who = f"*{account}" if account.startswith("S-1-") else account
        rights = ("/grant", f"{who}:(OI)(CI)M", "/Q")
        self._changed(
            self.runner.run([f"{self.folder}\\System32\\icacls.exe", str(folder), *rights]), "icacls"
        )

    def _run(self, *arguments: str) -> Done:
        return self.runner.run([f"{self.folder}\\System32\\schtasks.exe", *arguments])

    def _changed(self, done: Done, program: str = "schtasks") -> None:
        if done.code != 0 and not is_administrator():
            raise TaskRightsError(
                "not elevated",
                motivo="Windows solo deja cambiar las tareas del equipo a un administrador",
                orden="Abra la ventana de órdenes con «Ejecutar como administrador» y repita la orden",
            )
        checked(done, program, self.code_page)


def this_windows() -> Schtasks:
    """Give the scheduler of the Windows that we run on."""
    import os  # noqa: PLC0415 - used here alone

    return Schtasks(folder=os.environ.get("SYSTEMROOT", r"C:\Windows"), code_page="oem")


def _decoded(data: bytes, code_page: str) -> str:
    """Give the text of ``/query /xml``: UTF-16 with or without its mark, or the console's code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    return data.decode(code_page, "replace")


def _number(text: str) -> int | None:
    try:
        return int(text.strip()[:12])
    except ValueError:
        return None


def _signed(code: int) -> int:
    return code - (1 << 32) if code >= 1 << 31 else code
