"""``siga catalogo``: which tables go, a unit's own file, and both against the live database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.base_option import con_base
from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.siga_secretos import passwords_of

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.catalogue import Catalogue, TableEntry
    from sigasers.siga.inspection.base import Place

EXIT_DIFFERENT = 1
_GROUPS = ["maestro", "maestro_anual", "programacion", "ejecucion", "almacen", "patrimonio", "tesoreria"]


@click.group("catalogo", no_args_is_help=True)
def catalogo() -> None:
    """Relación de tablas que se exportan: verla, compararla con la base y agregar tablas propias."""


@catalogo.command("listar")
@click.argument("tabla", required=False, metavar="[TABLA]")
@click.option("--grupo", type=click.Choice(_GROUPS), help="Solo las tablas de este grupo.")
@click.option(
    "--ambito", type=click.Choice(["sistema", "programacion"]), help="Solo las que van con este año."
)
@click.option(
    "--formato", type=click.Choice(["texto", "json", "csv"]), default="texto", show_default=True,
    help="«json» y «csv»: para otros programas.",
)  # fmt: skip
@con_instalacion
def listar(
    instalacion: Installation, tabla: str | None, grupo: str | None, ambito: str | None, formato: str
) -> None:
    """Muestra las tablas que se exportan, o el detalle de una: columnas, tipos y datos personales."""
    from sigasers.cli import catalogo_texto as texto

    entries = _chosen(_catalogue(instalacion), tabla, grupo, ambito)
    if formato == "json":
        texto.como_json([texto.entrada(entry) for entry in entries])
    elif formato == "csv":
        _list_csv(entries)
    elif tabla:
        texto.detalle(entries[0])
    else:
        texto.relacion(entries)


def _catalogue(instalacion: Installation) -> Catalogue:
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.configuration import load_configuration

    return load_catalogue(load_configuration(instalacion).tablas_adicionales)


def _chosen(
    catalogue: Catalogue, tabla: str | None, grupo: str | None, ambito: str | None
) -> list[TableEntry]:
    from difflib import get_close_matches

    from sigasers.errors.catalogue import TableNotInCatalogueError

    by_name = {entry.nombre.lower(): entry for entry in catalogue.tablas}
    if tabla is not None and tabla.lower() not in by_name:
        near = get_close_matches(tabla.lower(), by_name, n=3)
        similar = ", ".join(by_name[each].nombre for each in near) or "ninguna"
        raise TableNotInCatalogueError("no such table", tabla=tabla, parecidas=similar)
    return [
        entry
        for entry in catalogue.tablas
        if (tabla is None or entry.nombre.lower() == tabla.lower())
        and (grupo is None or entry.grupo.value == grupo)
        and (ambito is None or ambito in {each.value for each in entry.ambitos})
    ]


def _list_csv(entries: list[TableEntry]) -> None:
    """A line for each table; lists within a cell by blanks."""
    from sigasers.cli import catalogo_texto as texto

    names = ("nombre", "descripcion", "grupo", "ambitos", "filtro", "unidad", "clave", "omitir", "conservar")
    rows = []
    for entry in entries:
        plain = texto.entrada(entry)
        cells = [" ".join(plain[name]) if isinstance(plain[name], list) else plain[name] for name in names]
        pseudonyms = " ".join(f"{name}:{domain}" for name, domain in entry.seudonimizar)
        rows.append([*cells, pseudonyms, len(entry.columnas)])
    texto.como_csv([*names, "seudonimizar", "columnas"], rows)


@catalogo.command("validar")
@click.argument(
    "archivo", required=False, metavar="[ARCHIVO]", type=click.Path(dir_okay=False, path_type=Path)
)
@con_base
@click.option("--sin-base", is_flag=True, help="Revisa solo el archivo, aunque haya una base configurada.")
@con_instalacion
def validar(instalacion: Installation, archivo: Path | None, base: Path | None, *, sin_base: bool) -> int:
    """Revisa el archivo de tablas propias (si falta: «tablas_adicionales» de siga.toml) y dice cada error.

    Termina con 1 si hay errores, con 0 si no los hay o solo hay avisos.
    """
    from sigasers.cli import catalogo_texto as texto
    from sigasers.errors.catalogue import CatalogueFormatError, ExtraCatalogueError
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.catalogue.loader import read_extra
    from sigasers.siga.inspection.unit_file import review

    place = _place(instalacion, base)
    path = archivo or place.configuration.tablas_adicionales
    if path is None:
        raise click.UsageError("Indique el archivo, o la línea «tablas_adicionales» en siga.toml.")
    try:
        raw = read_extra(path)
    except CatalogueFormatError as error:
        raise ExtraCatalogueError("unit file unreadable", archivo=str(path), **error.fields) from error
    if sin_base or place.configuration.base is None:
        mistakes = review(raw, load_catalogue())
        consola.print("Se revisó el archivo solo; con --base se revisa también contra la base de datos.")
    else:
        with place.snapshot() as snapshot:
            mistakes = review(raw, load_catalogue(), snapshot.tables())
    texto.errores(mistakes)
    grave = sum(mistake.grave for mistake in mistakes)
    consola.print(
        f"{texto.seguro(str(path))}: {grave} errores, {len(mistakes) - grave} avisos.", soft_wrap=True
    )
    return EXIT_DIFFERENT if grave else 0


@catalogo.command("comparar")
@con_base
@click.option("--conteos", is_flag=True, help="Cuenta también las filas: de la unidad y el año, y en total.")
@click.option(
    "--ue", metavar="NEMÓNICO", help="Con --conteos: unidad ejecutora (si falta: «unidad» de siga.toml)."
)
@click.option(
    "--anio",
    type=click.IntRange(1990, 2199),
    metavar="AÑO",
    help="Con --conteos: el año (si falta: el del sistema).",
)
@click.option(
    "--todas", is_flag=True, help="Nombra todas las tablas que el catálogo no conoce, sin abreviar."
)
@click.option(
    "--formato", type=click.Choice(["texto", "json"]), default="texto", show_default=True,
    help="«json»: para otros programas.",
)  # fmt: skip
@con_instalacion
def comparar(
    instalacion: Installation,
    base: Path | None,
    ue: str | None,
    anio: int | None,
    formato: str,
    *,
    conteos: bool,
    todas: bool,
) -> int:
    """Compara el catálogo con la base: qué falta, qué sobra y qué cambió.

    Termina con 1 si hay diferencias que importan: una tabla o columna que falta, otra clave primaria, valores que no
    caben en el tipo del catálogo, o una tabla que no se puede leer. Con 0 si no las hay.
    """
    from sigasers.cli import catalogo_texto as texto
    from sigasers.model import Ejercicio
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.inspection.drift import compare_with

    place = _place(instalacion, base, ue)
    catalogue = load_catalogue(place.configuration.tablas_adicionales)
    with place.snapshot() as snapshot:
        asked = place.unit_year(snapshot, Ejercicio(anio) if anio else None) if conteos else None
        drift = compare_with(catalogue, snapshot, asked)
    if formato == "json":
        texto.como_json(texto.comparacion(drift))
    else:
        texto.diferencias(drift, todas=todas)
    return EXIT_DIFFERENT if drift.importa else 0


@catalogo.command("nuevo")
@click.argument("tablas", nargs=-1, required=True, metavar="TABLA...")
@con_base
@click.option(
    "--salida",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARCHIVO",
    help="Archivo por crear; nunca se reemplaza (si falta: tablas-adicionales.toml en la carpeta de siga).",
)
@con_instalacion
def nuevo(instalacion: Installation, tablas: tuple[str, ...], base: Path | None, salida: Path | None) -> None:
    """Crea un archivo inicial para tablas de la base que no están en el catálogo. Revíselo antes de usarlo."""
    from sigasers import durable
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.inspection.starter import starting_file

    place = _place(instalacion, base)
    catalogue = load_catalogue(place.configuration.tablas_adicionales)
    with place.snapshot() as snapshot:
        text = starting_file(catalogue, snapshot.tables(), tablas)
    target = (salida or place.siga_folder / "tablas-adicionales.toml").absolute()
    durable.make_folder(target.parent, step="siga.catalogue.folder")
    durable.write_new(target, text.encode(), step="siga.catalogue.new")
    consola.print(f"Archivo creado: {target}", markup=False, soft_wrap=True)
    consola.print("1. Revíselo: es una propuesta, sobre todo en los datos personales.")
    consola.print("2. Compruébelo: siga catalogo validar ARCHIVO")
    if place.configuration.tablas_adicionales is None:
        consola.print(
            "3. Escriba en siga.toml la línea «tablas_adicionales» con su ruta, entre comillas simples."
        )
    else:
        other = place.configuration.tablas_adicionales
        consola.print(
            f"3. Copie sus entradas en {other}, que es el que se usa.", markup=False, soft_wrap=True
        )


def _place(instalacion: Installation, base: Path | None, ue: str | None = None) -> Place:
    """Give the settings with what the command line says in their place."""
    from sigasers.model import Nemonico
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.inspection.base import Place

    configuration = load_configuration(instalacion)
    changed = replace(
        configuration,
        base=base.absolute() if base else configuration.base,
        unidad=Nemonico.parse(ue) if ue else configuration.unidad,
    )
    return Place(siga_folder=instalacion.siga, configuration=changed, secrets=passwords_of(instalacion))
