"""What an entry of the catalogue says, in Spanish words for an operator."""

from sigasers.siga.catalogue.entries import (
    Acumulado,
    Anual,
    Compartida,
    Filtro,
    PorColumna,
    PorJoin,
    SinFiltro,
    TableEntry,
    UnitRule,
)

ALONE = "va tal cual"


def filter_words(filtro: Filtro) -> str:
    """Say which years' rows go."""
    match filtro:
        case SinFiltro():
            return "todas las filas"
        case Acumulado():
            return "todos los años"
        case Anual(columna):
            return f"{columna} = año"


def unit_words(unidad: UnitRule) -> str:
    """Say whose rows go."""
    match unidad:
        case Compartida():
            return "compartida"
        case PorColumna(columna):
            return f"{columna} = unidad"
        case PorJoin(tabla, pares, columna):
            pairs = " y ".join(f"{own} = {tabla}.{theirs}" for own, theirs in pares)
            return f"por {tabla}.{columna} ({pairs})"


def ambito_words(entry: TableEntry) -> str:
    """Say with which years the table goes."""
    return ", ".join(sorted((ambito.value for ambito in entry.ambitos), reverse=True))


def policy_words(entry: TableEntry, column: str) -> str:
    """Say what becomes of a column of the table."""
    name = column.lower()
    if name in {each.lower() for each in entry.omitir}:
        return "se omite"
    for each, domain in entry.seudonimizar:
        if each.lower() == name:
            return f"seudónimo ({domain})"
    return "dato personal, se conserva" if name in {each.lower() for each in entry.conservar} else ALONE
