"""How the orders of ``siga catalogo`` show what they found: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape
from rich.table import Table

from sigasers.cli.core import consola

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sigasers.siga.catalogue import TableEntry
    from sigasers.siga.inspection.drift import Drift, TableDrift
    from sigasers.siga.inspection.unit_file import Mistake
    from sigasers.siga.inspection.unknown import UnknownGroup

_SHOWN_NAMES = 8
_FIT = {
    "siempre": "caben siempre",
    "hoy": "los valores de hoy caben",
    "no": "HAY VALORES QUE NO CABEN",
    "sin_leer": "no se pudo leer si caben",
}


def seguro(text: str) -> str:
    """Give text from outside as it may stand on a terminal: printable, and no markup."""
    return escape("".join(char if char.isprintable() else "?" for char in text))


def numero(value: int | None) -> str:
    """Give a count with blanks between thousands; a dash for none."""
    return "-" if value is None else f"{value:,}".replace(",", " ")


def como_json(value: object) -> None:
    """Print JSON in ASCII: whatever the console's encoding, a program reads it."""
    click.echo(json.dumps(value, indent=1))


def como_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print CSV with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    click.echo(out.getvalue(), nl=False)


def entrada(entry: TableEntry) -> dict[str, Any]:
    """Give an entry as plain values."""
    from sigasers.siga.catalogue.words import filter_words, unit_words

    return {
        "nombre": entry.nombre,
        "descripcion": entry.descripcion,
        "grupo": entry.grupo.value,
        "ambitos": sorted(ambito.value for ambito in entry.ambitos),
        "filtro": filter_words(entry.filtro),
        "unidad": unit_words(entry.unidad),
        "clave": list(entry.clave),
        "omitir": list(entry.omitir),
        "seudonimizar": [{"columna": name, "dominio": str(domain)} for name, domain in entry.seudonimizar],
        "conservar": list(entry.conservar),
        "columnas": [{"nombre": name, "tipo": declared} for name, declared in entry.columnas],
    }


def relacion(entries: Sequence[TableEntry]) -> None:
    """Show the list of tables, a heading for each group."""
    from sigasers.siga.catalogue.words import ambito_words, filter_words, unit_words

    for group in dict.fromkeys(entry.grupo for entry in entries):
        table = Table(title=f"Grupo {group.value}", title_justify="left")
        table.add_column("Tabla", no_wrap=True)
        for name in ("Descripción", "Va con", "Filtro", "Unidad"):
            table.add_column(name, overflow="fold")
        for entry in entries:
            if entry.grupo is group:
                words = (ambito_words(entry), filter_words(entry.filtro), unit_words(entry.unidad))
                table.add_row(entry.nombre, seguro(entry.descripcion), *words)
        consola.print(table)
    consola.print(f"{len(entries)} tablas. El detalle de una: siga catalogo listar TABLA")


def detalle(entry: TableEntry) -> None:
    """Show one table: its rules, and what becomes of each column."""
    from sigasers.siga.catalogue.words import ALONE, ambito_words, filter_words, policy_words, unit_words

    consola.print(f"[bold]{entry.nombre}[/]: {seguro(entry.descripcion)}", soft_wrap=True)
    consola.print(f"Grupo {entry.grupo.value}; va con: {ambito_words(entry)}", soft_wrap=True)
    rules = f"Filas: {filter_words(entry.filtro)}; {unit_words(entry.unidad)}"
    consola.print(rules, markup=False, soft_wrap=True)
    consola.print(f"Clave: {', '.join(entry.clave) or 'la que declare la base'}", soft_wrap=True)
    columns = entry.columnas or tuple((name, "como en la base") for name in entry.named_columns())
    table = Table()
    for name in ("Columna", "Tipo", "Datos personales"):
        table.add_column(name)
    for name, declared in columns:
        words = policy_words(entry, name)
        table.add_row(name, declared, "" if words == ALONE else words)
    consola.print(table)
    if not entry.columnas:
        consola.print("Tabla propia de la unidad: van también las demás columnas que tenga en la base.")


def errores(mistakes: Sequence[Mistake]) -> None:
    """Show what ``validar`` found."""
    for mistake in mistakes:
        place = f"línea {mistake.linea}, " if mistake.linea else ""
        word = "[bold red]Error[/]" if mistake.grave else "[bold yellow]Aviso[/]"
        consola.print(f"{word} {place}{seguro(mistake.donde)}: {seguro(mistake.que)}.", soft_wrap=True)
        consola.print(f"  Qué hacer: {seguro(mistake.haga)}.", soft_wrap=True)


def diferencias(drift: Drift, *, todas: bool) -> None:
    """Show what ``comparar`` found, what matters first."""
    different = [table for table in drift.tablas if not table.igual]
    consola.print(f"Base: {seguro(drift.motor)}. {len(drift.tablas)} tablas en el catálogo.", soft_wrap=True)
    for table in sorted(different, key=lambda each: not each.importa):
        mark = "[bold red]![/]" if table.importa else "[yellow]·[/]"
        consola.print(
            f"{mark} [bold]{table.entry.nombre}[/] ({seguro(table.entry.descripcion)})", soft_wrap=True
        )
        for line in _lines(table):
            consola.print(f"    {line}", markup=False, soft_wrap=True)
    if not different:
        consola.print("Las tablas del catálogo están en la base, con sus columnas, tipos y claves.")
    _counts(drift)
    _unknown(drift.desconocidas, todas=todas)


def _lines(table: TableDrift) -> Iterable[str]:
    if not table.presente:
        yield "falta en la base: no va en el paquete"
        return
    if not table.legible:
        yield "NO SE EXPORTA: la cuenta de la base no puede leerla (vea «siga base permisos»)"
    if table.bloqueantes:
        yield f"NO SE EXPORTA: falta {_names(table.bloqueantes)}, que dice de quién o de qué año es cada fila"
    if table.ausentes:
        yield f"faltan columnas: {_names(table.ausentes)}"
    if table.adicionales:
        yield f"columnas que el catálogo no conoce (se exportan): {_names(table.adicionales)}"
    for change in table.cambiadas:
        types = f"{change.base} en la base, {change.catalogo} en el catálogo"
        yield f"{_plain(change.columna)}: {types}; {_FIT[change.cabe.value]}"
    if table.clave.value == "otra":
        yield f"otra clave primaria: {_names(table.clave_base)}"
    if table.clave.value == "sin_clave":
        yield "la base no declara clave primaria; se usa la del catálogo"
    if table.conteo is not None and table.conteo.error:
        yield f"no se pudo contar ({table.conteo.error})"


def _counts(drift: Drift) -> None:
    if all(table.conteo is None for table in drift.tablas):
        return
    table = Table(title="Filas", title_justify="left")
    table.add_column("Tabla")
    table.add_column("De la unidad y el año", justify="right")
    table.add_column("En total", justify="right")
    for each in drift.tablas:
        if each.conteo is not None:
            table.add_row(each.entry.nombre, numero(each.conteo.del_paquete), numero(each.conteo.total))
    consola.print(table)


def _unknown(groups: Sequence[UnknownGroup], *, todas: bool) -> None:
    total = sum(len(group.tablas) for group in groups)
    if not total:
        return
    consola.print(f"{numero(total)} tablas de la base no están en el catálogo, y no se exportan:")
    for group in groups:
        names = ", ".join(map(_plain, group.tablas)) if todas else _names(group.tablas)
        consola.print(
            f"  {_plain(group.prefijo)} ({len(group.tablas)}): {names}", markup=False, soft_wrap=True
        )
        if group.candidatas:
            found = ", ".join(map(_plain, group.candidatas)) if todas else _names(group.candidatas)
            consola.print(f"    con año y unidad: {found}", markup=False, soft_wrap=True)
    if any(group.candidatas for group in groups):
        consola.print("Si alguna debe ir: siga catalogo nuevo TABLA")


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(map(_plain, names[:_SHOWN_NAMES]))
    rest = len(names) - _SHOWN_NAMES
    return f"{shown} y {rest} más" if rest > 0 else shown


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)


def comparacion(drift: Drift) -> dict[str, Any]:
    """Give a comparison as plain values; tables that do not differ are there too when rows were counted."""
    return {
        "motor": drift.motor,
        "importa": drift.importa,
        "tablas": [_table(each) for each in drift.tablas if not each.igual or each.conteo is not None],
        "desconocidas": [
            {"prefijo": g.prefijo, "tablas": list(g.tablas), "candidatas": list(g.candidatas)}
            for g in drift.desconocidas
        ],
    }


def _table(table: TableDrift) -> dict[str, Any]:
    count = table.conteo
    return {
        "nombre": table.entry.nombre,
        "importa": table.importa,
        "presente": table.presente,
        "legible": table.legible,
        "bloqueantes": list(table.bloqueantes),
        "columnas_ausentes": list(table.ausentes),
        "columnas_adicionales": list(table.adicionales),
        "tipos": [
            {"columna": c.columna, "catalogo": str(c.catalogo), "base": str(c.base), "cabe": c.cabe.value}
            for c in table.cambiadas
        ],
        "clave": table.clave.value,
        "clave_base": list(table.clave_base),
        "filas": {"del_paquete": count.del_paquete, "total": count.total, "error": count.error}
        if count
        else None,
    }
