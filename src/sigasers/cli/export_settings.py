"""What an export or a validation of the base goes by: settings, password and order, asked for beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sigasers.cli.siga_secretos import passwords_of

if TYPE_CHECKING:
    from pathlib import Path

    from sigasers.host.installation import Installation
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.export.run import Order
    from sigasers.siga.passwords import Passwords


@dataclass(frozen=True, kw_only=True)
class ExportSettings:
    """The settings of ``siga.toml`` with what the command line says in their place, and who knows the password."""

    configuration: Configuration
    secrets: Passwords


def export_settings(
    instalacion: Installation,
    *,
    base: Path | None = None,
    ue: str | None = None,
    destino: Path | None = None,
) -> ExportSettings:
    """Load the settings; a password that must be asked for is asked for now, not under a progress display.

    Raises what ``load_configuration`` and ``Passwords.password_for`` raise, ``InvalidValueError`` for ``ue``.
    """
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.sources.server import Server

    configuration = _with_options(load_configuration(instalacion), base, ue, destino)
    secrets = passwords_of(instalacion)
    if isinstance(configuration.base, Server):
        secrets.password_for(configuration.base)
    return ExportSettings(configuration=configuration, secrets=secrets)


def order_of(tipo: str, anio: int | None) -> Order:
    """Give the order of a run by hand; ``tipo`` as typed."""
    from sigasers.model import Ejercicio, TipoTransmision
    from sigasers.siga.export.run import Order

    return Order(tipo=TipoTransmision(tipo.upper()), anio=Ejercicio(anio) if anio else None)


def _with_options(
    configuration: Configuration, base: Path | None, ue: str | None, destino: Path | None
) -> Configuration:
    from sigasers.model import Nemonico

    return replace(
        configuration,
        base=base.absolute() if base else configuration.base,
        unidad=Nemonico.parse(ue) if ue else configuration.unidad,
        ruta_transmision=destino.absolute() if destino else configuration.ruta_transmision,
    )
