"""A change of the parameters: held against the disk, the courier and the database before anything is written."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.errors.parameters import HuellaNotConfirmedError, ParameterPathError
from sigasers.errors.siga import RootChangedError
from sigasers.host.installation import Installation
from sigasers.keys.trust import show_huella
from sigasers.model import UnidadEjecutora
from sigasers.siga.base_answer import BaseAnswer
from sigasers.siga.base_settings import wrong_path
from sigasers.siga.configuration import FILE_NAME, Configuration, configuration_of
from sigasers.siga.courier import Courier, find_courier
from sigasers.siga.folder_checks import (
    INSTALACION_SERS,
    TRANSMISION,
    Asked,
    free_bytes,
    hold_apart,
    hold_room,
    hold_writable,
    notes,
    try_writing,
)
from sigasers.siga.probing.steps import printable
from sigasers.siga.profile import confirm_root, pinned_huella
from sigasers.siga.settings_edit import Value, edited_settings, write_settings
from sigasers.siga.settings_file import SettingsFile, is_address, read_settings

PATHS = {"ruta_transmision": TRANSMISION, "ruta_instalacion_sers": INSTALACION_SERS}
Ask = Callable[[Configuration], BaseAnswer]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Values for ``siga.toml`` that hold, not yet written; ``None`` takes one away.

    ``huella`` is that of a centre to confirm first, ``fijada`` the one confirmed before. ``antes`` is what the file
    says now, ``dicho`` what was checked, ``avisos`` what an operator should know (Spanish, without full stop).
    """

    path: Path
    values: Mapping[str, Value | None]
    configuration: Configuration
    huella: str | None = None
    fijada: str | None = None
    antes: Mapping[str, object] = field(default_factory=dict)
    dicho: list[str] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)

    def hold_huella(self, given: str | None, *, accepted: Callable[[str], bool]) -> None:
        """Hold that somebody confirms the centre: by naming its huella, or, for the first one, by ``accepted``.

        Raises ``RootChangedError`` for another centre than before whose huella was not named,
        ``HuellaNotConfirmedError`` for another huella than the one named, or none accepted.
        """
        received = self.huella or self.fijada
        shown = show_huella(received) if received else "ninguna"
        if given is not None and given != received:
            why = "Se indicó otra huella" if received else "Ese SERS no tiene todavía el perfil de un centro"
            raise HuellaNotConfirmedError("another huella named", recibida=shown, motivo=why)
        if self.huella is None:
            return
        if given is None and self.fijada is not None:
            raise RootChangedError("another root", fijada=show_huella(self.fijada), recibida=shown)
        if given is None and not accepted(shown):
            raise HuellaNotConfirmedError(
                "not confirmed", recibida=shown, motivo="Nadie dijo que fuera la misma que el centro le leyó"
            )

    def record(self) -> dict[str, Value]:
        """Give what changes, as it was and as it is, for the audit."""
        changed = [name for name, value in self.values.items() if value != self.antes.get(name)]
        sides = (("antes", self.antes), ("despues", self.values))
        found = {
            f"{side}_{name}": each[name]
            for name in changed
            for side, each in sides
            if each.get(name) is not None
        }
        told = {
            name: value if isinstance(value, int) else printable(str(value)) for name, value in found.items()
        }
        return {**told, "huella": self.huella} if self.huella else told

    def write(self) -> None:
        """Confirm the centre, then write the values; durable on return.

        Raises ``DiskError``, ``ConfigurationError``.
        """
        if self.huella is not None:
            confirm_root(self.path.parent, self.huella)
        if self.values:
            write_settings(self.path, self.values)


def prepare(
    installation: Installation,
    values: Mapping[str, Value | None],
    *,
    ask: Ask | None,
    folders: bool = False,
) -> Change:
    """Check a change of top-level names of ``siga.toml``; ``ask`` asks the database, where it may be asked.

    The two paths are looked at where one of them changes, or ``folders`` says so. Raises the errors of
    ``errors.parameters``, ``ConfigurationError``, those of a wrong unit, ``BadProfileError`` and ``DiskError``.
    """
    path = installation.siga / FILE_NAME
    file = read_settings(path)
    for name, label in PATHS.items():
        _hold_text(values.get(name), label, installation.siga)
    text = edited_settings(file, values)
    configuration = configuration_of(
        SettingsFile(path=path, values=tomllib.loads(text), text=text), installation
    )
    change = Change(path=path, values=values, configuration=configuration, antes=file.values)
    folders = folders or bool(PATHS.keys() & values.keys())
    unit = _unit(change, ask) if folders or "unidad" in values else None
    if folders:
        return _with_folders(change, unit)
    if "unidad" in values:
        _hold_courier_of_unit(change, unit)
    return change


def _hold_text(value: Value | None, label: str, folder: Path) -> None:
    """Hold that a text is a path at all; an address, which might carry a password, is not shown."""
    if value is None:
        return
    wrong = wrong_path(str(value), folder)
    if wrong:
        reason = (
            "Es la dirección de un servidor, no una carpeta" if is_address(str(value)) else f"La ruta {wrong}"
        )
        raise ParameterPathError("no path", parametro=label, ruta="lo que se escribió", motivo=reason)
    Asked(parametro=label, ruta=Path(str(value)), siga_folder=folder).hold_path()


def _unit(change: Change, ask: Ask | None) -> UnidadEjecutora | None:
    """Ask the database for the unit; what it refuses is raised where the unit is what changes, else a note."""
    if ask is None:
        return None
    answer = ask(change.configuration)
    if answer.error is not None:
        change.avisos.append(
            f"no se pudo preguntar a la base de datos ({answer.error.code}): la unidad quedó sin comprobar"
        )
    elif answer.error_unidad is not None:
        if "unidad" in change.values:
            raise answer.error_unidad
        change.avisos.append(
            f"falta indicar la unidad ({answer.error_unidad.code}): siga parametros fijar --ue CÓDIGO"
        )
    return answer.unidad


def _with_folders(change: Change, unit: UnidadEjecutora | None) -> Change:
    """Look at the two folders and at the courier that stands in one of them."""
    siga, given = change.path.parent, change.configuration
    sers = Asked(parametro=INSTALACION_SERS, ruta=given.ruta_instalacion_sers, siga_folder=siga)
    out = Asked(parametro=TRANSMISION, ruta=given.ruta_transmision, siga_folder=siga)
    root = sers.found()
    courier = find_courier(root)
    courier.hold_unit(given.unidad or (unit.nemonico if unit else None))
    courier.hold_outbox(given.ruta_transmision)  # before its folder is missed: the right one is offered
    outbox = out.found()
    hold_apart(outbox, root, siga)
    hold_writable(outbox)
    hold_room(outbox, unit)
    try_writing(outbox, unit)
    change.dicho.append(
        f"{TRANSMISION}: se escribió y se borró un archivo de prueba; {free_bytes(outbox) / 1e9:.1f} GB libres"
    )
    change.dicho.append(f"{INSTALACION_SERS}: {courier.kind.value}")
    change.avisos.extend(f"{TRANSMISION}: {note}" for note in notes(outbox, unit))
    change.avisos.extend(f"{INSTALACION_SERS}: {note}" for note in [*courier.notes(), *notes(root, None)])
    return _with_centre(change, courier)


def _with_centre(change: Change, courier: Courier) -> Change:
    """Say which centre is to be confirmed."""
    if courier.perfil is None:
        return change
    pin = pinned_huella(change.path.parent)
    if pin == courier.perfil.huella:
        change.dicho.append(f"Huella del centro, ya confirmada: {courier.perfil.huella_legible}")
        return replace(change, fijada=pin)
    return replace(change, huella=courier.perfil.huella, fijada=pin)


def _hold_courier_of_unit(change: Change, unit: UnidadEjecutora | None) -> None:
    """Hold that the courier there is, if there is one, is not another unit's."""
    try:
        courier = find_courier(change.configuration.ruta_instalacion_sers)
    except SigasersError as error:
        change.avisos.append(f"no se pudo comprobar el SERS ({error.code}): vea «siga parametros ver»")
        return
    courier.hold_unit(change.configuration.unidad or (unit.nemonico if unit else None))
