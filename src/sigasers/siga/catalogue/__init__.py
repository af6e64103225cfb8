"""The catalogue: which tables of a SIGA database travel, with which year, of which unit, without which columns.

The catalogue is data (``datos/*.toml``), read by ``load_catalogue``; this package holds no table name in code.
The format is in ``docs/spec/catalogue.md``, the choices in ``docs/decisions/0002-catalogue-filters.md``.
It does *not* build SQL and does not read a database.
"""

from sigasers.siga.catalogue.comparison import (
    TableObservation,
    blocking_columns,
    compare,
    compare_table,
)
from sigasers.siga.catalogue.entries import (
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
)
from sigasers.siga.catalogue.loader import load_catalogue

__all__ = [
    "Acumulado",
    "Anual",
    "Catalogue",
    "Compartida",
    "Filtro",
    "Grupo",
    "PorColumna",
    "PorJoin",
    "SinFiltro",
    "TableEntry",
    "TableObservation",
    "UnitRule",
    "blocking_columns",
    "compare",
    "compare_table",
    "load_catalogue",
]
