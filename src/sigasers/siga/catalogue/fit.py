"""Whether a column's declared type fits the catalogue's: asked once here, for the export and for ``comparar`` alike."""

from enum import Enum

from sigasers.formats.column_type import ColumnType, Kind

_INT64_DIGITS = 18  # what any int64 holds


class DeclaredFit(Enum):
    """What the types alone tell: every value fits; each is checked when it is read; or the type could hold more."""

    SIEMPRE = "siempre"
    POR_VALOR = "por_valor"
    NO = "no"


def declared_fit(own: ColumnType, wanted: ColumnType) -> DeclaredFit:
    """Tell whether a column declared ``own`` may go as ``wanted`` (``docs/decisions/0010``).

    A text of unknown length fits no ``char(n)``: it could be longer.
    """
    if own == wanted or _always(own, wanted):
        return DeclaredFit.SIEMPRE
    if own.kind is Kind.ENTERO and wanted.kind is Kind.DECIMAL:
        return DeclaredFit.POR_VALOR
    return DeclaredFit.NO


def _always(own: ColumnType, wanted: ColumnType) -> bool:
    whole = wanted.precision - wanted.scale
    match own.kind, wanted.kind:
        case Kind.CHAR, Kind.TEXTO:
            return True
        case Kind.CHAR, Kind.CHAR:
            return own.length <= wanted.length
        case Kind.ENTERO, Kind.DECIMAL:
            return whole > _INT64_DIGITS
        case Kind.DECIMAL, Kind.DECIMAL:
            return own.scale <= wanted.scale and own.precision - own.scale <= whole
        case Kind.FECHA, Kind.FECHA_HORA:
            return True
        case _:
            return False
