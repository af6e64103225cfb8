"""Writes ``docs/spec/catalogue-tables.md`` from the catalogue: ``python -m scripts.catalogue_tables``."""

from collections.abc import Iterator
from pathlib import Path

from sigasers.model import Ambito
from sigasers.siga.catalogue import (
    Acumulado,
    Anual,
    Catalogue,
    Compartida,
    Filtro,
    Grupo,
    PorColumna,
    PorJoin,
    SinFiltro,
    TableEntry,
    UnitRule,
    load_catalogue,
)

PAGE = Path(__file__).parent.parent / "docs" / "spec" / "catalogue-tables.md"


def render(catalogue: Catalogue) -> str:
    """Give the page: one table of Markdown a group."""
    return "\n".join(_lines(catalogue)) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield "# The tables of the catalogue"
    yield ""
    yield "Made by `python -m scripts.catalogue_tables` from the catalogue's data; a test holds it in step."
    yield f"Version {catalogue.version}, {len(catalogue.tablas)} tables. Format and meaning: `catalogue.md`."
    for grupo in Grupo:
        entries = [entry for entry in catalogue.tablas if entry.grupo is grupo]
        yield from ("", f"## {grupo.value} ({len(entries)})", "")
        yield "| table | description | with | filter | unit | omitted |"
        yield "|---|---|---|---|---|---|"
        yield from (_row(entry) for entry in entries)


def _row(entry: TableEntry) -> str:
    both = Ambito.PROGRAMACION in entry.ambitos
    omitted = ", ".join(f"`{name}`" for name in entry.omitir)
    cells = (
        f"`{entry.nombre}`",
        entry.descripcion,
        "both" if both else "sistema",
        _filter(entry.filtro),
        _unit(entry.unidad),
        omitted,
    )
    return f"| {' | '.join(cells)} |"


def _filter(filtro: Filtro) -> str:
    match filtro:
        case SinFiltro():
            return ""
        case Acumulado():
            return "acumulado"
        case Anual(columna):
            return f"`{columna}`"


def _unit(unidad: UnitRule) -> str:
    match unidad:
        case Compartida():
            return "compartida"
        case PorColumna(columna):
            return f"`{columna}`"
        case PorJoin(tabla, pares, columna):
            pairs = ", ".join(f"`{own}` = `{theirs}`" for own, theirs in pares)
            return f"`{tabla}`.`{columna}` by {pairs}"


if __name__ == "__main__":
    PAGE.write_text(render(load_catalogue()), encoding="utf-8", newline="\n")
