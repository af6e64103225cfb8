"""``siga seudonimos``: the unit's key of pseudonyms. The key itself is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation


@click.group("seudonimos", no_args_is_help=True)
def seudonimos() -> None:
    """Llave con que la unidad reemplaza datos personales por seudónimos."""


@seudonimos.command("crear")
@click.option(
    "--otra", is_flag=True, help="Reemplaza la llave en uso por otra; la anterior se conserva aparte."
)
@con_instalacion
@con_permiso("parametros")
def crear(instalacion: Installation, *, otra: bool) -> None:
    """Crea la llave, una sola vez. Guarde una copia: sin ella, las mismas personas tendrían otros seudónimos."""
    from sigasers.errors.catalogue import PseudonymKeyExistsError
    from sigasers.siga.export.pseudonym_key import store_of

    store = store_of(instalacion.siga)
    before: str | None = None
    if store.exists():
        if not otra:
            kid = store.load().kid
            raise PseudonymKeyExistsError("a key exists", llave=kid, ruta=str(store.path))
        before = str(store.load().kid)
        aside = store.retire()
        consola.print(f"La llave anterior quedó en: {aside}", markup=False, soft_wrap=True)
    key = store.create()
    actual().record("seudonimos.creada", antes=before, despues=str(key.kid))
    actual().take_charge("seudonimos")
    consola.print(f"Llave de seudónimos creada: {key.kid}", markup=False, soft_wrap=True)
    consola.print(f"Archivo: {store.path}", markup=False, soft_wrap=True)
    consola.print(
        "Guarde hoy una copia de ese archivo en un medio cerrado, fuera de este equipo.", soft_wrap=True
    )


@seudonimos.command("estado")
@con_instalacion
def estado(instalacion: Installation) -> None:
    """Muestra el identificador de la llave y qué columnas se seudonimizan."""
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.export.pseudonym_key import store_of

    store = store_of(instalacion.siga)
    catalogue = load_catalogue(load_configuration(instalacion).tablas_adicionales)
    name = str(store.load().kid) if store.exists() else "no hay (se crea con «siga seudonimos crear»)"
    consola.print(f"Llave de seudónimos: {name}", markup=False, soft_wrap=True)
    consola.print(f"Archivo: {store.path}", markup=False, soft_wrap=True)
    tables = [entry for entry in catalogue.tablas if entry.seudonimizar]
    if not tables:
        consola.print("Ninguna columna se seudonimiza: la política vigente no lo pide.", soft_wrap=True)
    for entry in tables:
        columns = ", ".join(f"{column} (dominio {domain})" for column, domain in entry.seudonimizar)
        consola.print(f"  {entry.nombre}: {columns}", markup=False, soft_wrap=True)
