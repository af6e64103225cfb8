"""Tables that the database has and the catalogue does not name, grouped so that eight hundred of them can be read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sigasers.siga.catalogue import Catalogue
from sigasers.siga.sources import TableSchema

YEAR_COLUMNS = ("ano_eje", "anno_ejec", "ano_ejec", "anio_eje", "anio", "ano")
"""Names of a fiscal year in SIGA's tables, the usual one first."""

UNIT_COLUMN = "sec_ejec"
_SMALLEST_GROUP = 5
_WIDE_GROUP = 40  # a first word with more tables than this is split by its second word
_REST = "(otras)"
# Scratch tables, staging of SIGA's own exports, users and passwords: never a candidate.
_NEVER = ("tmp", "temp", "seg", "si", "sge", "pbcat", "sys", "log", "bk", "bkp", "backup")


@dataclass(frozen=True, kw_only=True)
class UnknownGroup:
    """Tables of one prefix, sorted; ``candidatas`` are those among them that carry a year and a unit."""

    prefijo: str
    tablas: tuple[str, ...]
    candidatas: tuple[str, ...]


def unknown_groups(catalogue: Catalogue, live: Mapping[str, TableSchema]) -> tuple[UnknownGroup, ...]:
    """Give the unknown tables by prefix, the groups with candidates first, larger ones before smaller ones."""
    known = {entry.nombre.lower() for entry in catalogue.tablas}
    unknown = [table for name, table in live.items() if name not in known]
    groups: dict[str, list[TableSchema]] = {}
    prefixes = _prefixes(table.nombre for table in unknown)
    for table in unknown:
        groups.setdefault(prefixes[table.nombre], []).append(table)
    found = [
        UnknownGroup(
            prefijo=prefix,
            tablas=tuple(sorted(table.nombre for table in tables)),
            candidatas=tuple(sorted(table.nombre for table in tables if is_candidate(table))),
        )
        for prefix, tables in groups.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda group: (
                group.prefijo == _REST, -len(group.candidatas), -len(group.tablas), group.prefijo,
            ),
        )
    )  # fmt: skip


def is_candidate(table: TableSchema) -> bool:
    """Tell whether the table looks as if it held a unit's data of a year."""
    return (
        year_column(table) is not None
        and table.column(UNIT_COLUMN) is not None
        and not {_word(table.nombre, 0), _word(table.nombre, 1)} & set(_NEVER)
    )


def year_column(table: TableSchema) -> str | None:
    """Give the column of the fiscal year as the table spells it: one in the key before others."""
    key = {name.lower() for name in table.clave}
    present = [name for name in YEAR_COLUMNS if table.column(name)]
    chosen = next((name for name in present if name in key), present[0] if present else None)
    column = table.column(chosen) if chosen else None
    return column.nombre if column else None


def _prefixes(names: Iterable[str]) -> dict[str, str]:
    """Give each name its group: the first word, or the first two where the first has too many tables."""
    all_names = list(names)
    first = Counter(_word(name, 0) for name in all_names)
    second = Counter((_word(name, 0), _word(name, 1)) for name in all_names)
    found = {}
    for name in all_names:
        head, next_word = _word(name, 0), _word(name, 1)
        if first[head] > _WIDE_GROUP and second[head, next_word] >= _SMALLEST_GROUP:
            found[name] = f"{head}_{next_word}_".upper()
        elif first[head] >= _SMALLEST_GROUP and "_" in name:
            found[name] = f"{head}_".upper()
        else:
            found[name] = _REST
    return found


def _word(name: str, place: int) -> str:
    words = name.lower().split("_")
    return words[place] if place < len(words) else ""
