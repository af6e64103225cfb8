"""Whether values of a column can go as the type that the catalogue names, judged by the types or by the values."""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.errors import SigasersError
from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.catalogue.fit import DeclaredFit, declared_fit
from sigasers.siga.sources import Lane, NeedsExactError, Notes, Query

_TEXTS = (Kind.CHAR, Kind.TEXTO)
_WIDEST_INTEGER = pa.decimal128(19, 0)


class Fit(Enum):
    """Whether a column's values fit the catalogue's type."""

    SIEMPRE = "siempre"
    HOY = "hoy"
    NO = "no"
    SIN_LEER = "sin_leer"


def fit_of(lane: Lane, table: str, live: Column, wanted: ColumnType) -> Fit:
    """Judge by the types, else by all values that the column has today; ``SIN_LEER`` where they cannot be read."""
    if declared_fit(live.tipo, wanted) is DeclaredFit.SIEMPRE:
        return Fit.SIEMPRE
    try:
        fits = all(
            values_fit(batch.column(0), live.tipo, wanted)
            for batch in _read(lane, Query(tabla=table, columnas=(live,)))
        )
    except TableReadError:
        return Fit.NO
    except SigasersError:
        return Fit.SIN_LEER
    return Fit.HOY if fits else Fit.NO


def _read(lane: Lane, query: Query) -> Iterator[pa.RecordBatch]:
    """Read the fast way, and again exactly where the source asks for it: rows may come twice, which harms no check."""
    try:
        yield from lane.read(query, Notes())
    except NeedsExactError as need:
        yield from lane.read(replace(query, exactas=need.columns), Notes())


def values_fit(values: pa.Array, live: ColumnType, wanted: ColumnType) -> bool:
    """Tell whether each of ``values`` goes into ``wanted`` and, where it is no text, comes back the same."""
    try:
        if wanted.kind is Kind.CHAR:
            longest = pc.max(pc.utf8_length(pc.utf8_rtrim(values.cast(pa.string()), " "))).as_py()
            return longest is None or longest <= wanted.length
        if live.kind in _TEXTS:
            trimmed = pc.utf8_trim_whitespace(values)
            return trimmed.cast(wanted.arrow) is not None
        start = values.cast(_WIDEST_INTEGER) if _is_integer_to_decimal(live, wanted) else values
        return bool(start.cast(wanted.arrow).cast(start.type).equals(start))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return False


def _is_integer_to_decimal(live: ColumnType, wanted: ColumnType) -> bool:
    return live.kind is Kind.ENTERO and wanted.kind is Kind.DECIMAL
