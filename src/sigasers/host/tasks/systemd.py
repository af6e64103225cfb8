"""systemd: a timer of the machine (root) or of this account.

An account's own timers run only while it has a session, unless the administrator lets it linger; who generates is told.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sigasers import durable
from sigasers.errors.tasks import TaskTrialError, TaskUnreadableError
from sigasers.host.tasks import systemd_text
from sigasers.host.tasks.programs import (
    USUAL_TIMEOUT_S,
    Done,
    Runner,
    SystemRunner,
    checked,
    failed,
    find_program,
)
from sigasers.host.tasks.seam import Kind, Mark, TaskFound, TaskSpec, shown
from sigasers.host.tasks.waiting import Waiting

SYSTEM_FOLDER = Path("/etc/systemd/system")
_SYSTEM_RUNTIME = Path("/run/systemd/system")
_PREFIX = "mef-siga-"  # what stands for the folder SIGA: units have none
_MOST_BYTES = 1 << 16
_BREAK = "\n#---8<--- service ---8<---\n"
_SHOWN = ("ActiveState", "LastTriggerUSec", "NextElapseUSecRealtime", "UnitFileState")
_STATUS = {
    200: "no puede entrar en la carpeta de trabajo",
    203: "no puede abrir el programa",
    216: "el sistema no dejó usar la cuenta",
    217: "el sistema no conoce la cuenta",
    226: "el sistema no pudo preparar sus carpetas",
}


@dataclass(frozen=True, kw_only=True)
class Systemd:
    """The units of ``folder``: of the machine (``is_system``), or of this account. ``runtime``: until a restart."""

    folder: Path
    runtime: Path
    is_system: bool
    runner: Runner = field(default_factory=SystemRunner)
    waiting: Waiting = field(default_factory=Waiting)

    @property
    def kind(self) -> Kind:
        """Give its name."""
        return Kind.SYSTEMD

    def tasks(self) -> tuple[TaskFound, ...]:
        """As the seam says: the timers ``mef-siga-*`` of the folder."""
        found = [self._found(path) for path in self.folder.glob(f"{_PREFIX}*.timer") if path.is_file()]
        return tuple(sorted(found, key=lambda task: task.name))

    def install(self, spec: TaskSpec) -> None:
        """As the seam says: each file in one act, the service first, then both are read by the system."""
        stem = systemd_text.unit_stem(spec.name)
        service = systemd_text.service(spec, is_system=self.is_system)
        self._write(stem, service=service, timer=systemd_text.timer(spec))

    def differences(self, spec: TaskSpec, found: TaskFound) -> tuple[str, ...]:
        """As the seam says: both files are compared whole, so what a person changed in them is seen."""
        timer, _, service = found.raw.partition(_BREAK)
        wanted = systemd_text.service(spec, is_system=self.is_system)
        named = [
            name
            for key, name in _NAMED
            if systemd_text.value_of(wanted, key) != systemd_text.value_of(service, key)
        ]
        if not named and service != wanted:
            named.append("el servicio")
        if timer != systemd_text.timer(spec):
            named.append("la frecuencia")
        return (*named, *([] if found.enabled else ["que esté habilitada"]))

    def remove(self, name: str) -> None:
        """As the seam says."""
        stem = systemd_text.unit_stem(name)
        timer, service = self._paths(stem)
        if timer.exists():
            self._systemctl("disable", "--now", timer.name)
        durable.remove(timer, step="host.task.remove_timer")
        durable.remove(service, step="host.task.remove_service")
        self._systemctl("daemon-reload")

    def restore(self, name: str, raw: str) -> None:
        """As the seam says."""
        timer, _, service = raw.partition(_BREAK)
        self._write(systemd_text.unit_stem(name), service=service, timer=timer)

    def by_hand(self, name: str, raw: str, saved: Path) -> str:
        """Nothing: units hold no password."""
        del name, raw, saved
        return ""

    def rehearse(self, spec: TaskSpec, result: Path) -> None:
        """As the seam says, by a service beside the real one that differs in its command and time limit alone."""
        unit = self.runtime / f"{systemd_text.unit_stem(spec.name)}-prueba.service"
        limit_s = round(self.waiting.limit_s)
        text = systemd_text.service(spec, is_system=self.is_system, limit_s=limit_s)
        durable.make_folder(self.runtime, step="host.task.trial_folder")
        durable.replace(unit, text.encode(), step="host.task.trial_unit")
        try:
            self._systemctl("daemon-reload")
            self._run("start", unit.name, timeout_s=limit_s + 30)
            if not result.exists():
                told = dict(
                    line.partition("=")[::2] for line in self._show(unit.name, "ExecMainStatus", "Result")
                )
                raise TaskTrialError(str(told), cuenta=spec.account or "la suya", motivo=_ending(told))
        finally:
            durable.remove(unit, step="host.task.trial_removed")
            self._run("reset-failed", unit.name)
            self._run("daemon-reload")

    def _write(self, stem: str, *, service: str, timer: str) -> None:
        timer_path, service_path = self._paths(stem)
        durable.make_folder(self.folder, step="host.task.unit_folder")
        durable.replace(service_path, service.encode(), step="host.task.unit_service")
        durable.replace(timer_path, timer.encode(), step="host.task.unit_timer")
        self._systemctl("daemon-reload")
        self._systemctl("enable", timer_path.name)
        self._systemctl("restart", timer_path.name)  # one that ran already takes the new times

    def _found(self, timer: Path) -> TaskFound:
        stem = timer.stem
        texts = [_read(path) for path in self._paths(stem)]
        service = texts[1]
        told = self._told(timer.name, stem)
        return TaskFound(
            name=stem.upper().replace("-", "_"),
            mark=Mark.find(systemd_text.value_of(texts[0], "X-SigaSers") or ""),
            raw=_BREAK.join(texts),
            command=systemd_text.value_of(service, "ExecStart"),
            account=systemd_text.value_of(service, "User"),
            enabled=told.get("UnitFileState") == "enabled" and told.get("ActiveState") == "active",
            last_run=_instant(told.get("LastTriggerUSec")),
            last_result=_result(told.get("ExecMainStatus"))
            if _instant(told.get("LastTriggerUSec"))
            else None,
            next_run=_instant(told.get("NextElapseUSecRealtime")),
        )

    def _told(self, timer: str, stem: str) -> dict[str, str]:
        lines = [*self._show(timer, *_SHOWN), *self._show(f"{stem}.service", "ExecMainStatus")]
        return {name: value for name, _, value in (line.partition("=") for line in lines)}

    def _show(self, unit: str, *names: str) -> Iterator[str]:
        yield from self._systemctl("show", unit, *(f"--property={name}" for name in names)).splitlines()

    def _paths(self, stem: str) -> tuple[Path, Path]:
        return self.folder / f"{stem}.timer", self.folder / f"{stem}.service"

    def _systemctl(self, *arguments: str) -> str:
        return checked(self._run(*arguments), "systemctl")

    def _run(self, *arguments: str, timeout_s: float = USUAL_TIMEOUT_S) -> Done:
        own = () if self.is_system else ("--user",)
        command = [_program("systemctl"), *own, "--no-pager", "--no-ask-password", *arguments]
        return self.runner.run(command, timeout_s=timeout_s)


_NAMED = (
    ("ExecStart", "el programa y sus argumentos"),
    ("WorkingDirectory", "la carpeta de trabajo"),
    ("User", "la cuenta"),
    ("X-SigaSers", "la marca de esta instalación"),
)


def this_systemd(*, is_system: bool) -> Systemd:
    """Give the systemd of this machine; an account's own units lie in its settings folder."""
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    if is_system:
        return Systemd(folder=SYSTEM_FOLDER, runtime=_SYSTEM_RUNTIME, is_system=True)
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    return Systemd(folder=settings / "systemd/user", runtime=runtime / "systemd/user", is_system=False)


def _program(name: str) -> str:
    found = find_program(name)
    if found is None:
        raise failed(name, "no está instalado")
    return found


def _ending(told: dict[str, str]) -> str:
    """Say how a service ended, by the numbers of systemd.exec(5)."""
    if told.get("Result") == "timeout":
        return "No terminó en el tiempo previsto"
    code = _result(told.get("ExecMainStatus"))
    if code is None:
        return "El sistema no dijo cómo terminó"
    return f"Terminó con el código {code}: {_STATUS.get(code, 'el programa no llegó a probar nada')}"


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise TaskUnreadableError(
            str(error), tarea=shown(path.name), motivo="No se puede leer su archivo"
        ) from error


def _instant(text: str | None) -> str | None:
    return None if text in {None, "", "n/a", "0", "infinity"} else text


def _result(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and text.isascii() else None
