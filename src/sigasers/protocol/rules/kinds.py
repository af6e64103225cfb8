"""The closed set of things a rule may look for. What each one means is in ``docs/spec/rules.md``.

Names of tables and columns are compared without regard to case. A percentage is of the rows that the check
concerns: there is a finding when more than ``mas_de`` per cent of them are bad, and at least ``al_menos`` rows.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True)
class EnValores:
    """A condition on a row: ``columna`` holds one of ``valores`` (text, or whole numbers written as text)."""

    columna: str
    valores: tuple[str, ...]


@dataclass(frozen=True)
class ConValor:
    """A condition on a row: ``columna`` is neither null nor blank nor zero."""

    columna: str


Condicion = EnValores | ConValor


@dataclass(frozen=True, kw_only=True)
class Umbral:
    """From when on bad rows are a finding."""

    mas_de: int = 0
    al_menos: int = 1


class Periodo(Enum):
    """Where a date must lie: within the package's year, or not after the day of the snapshot."""

    ANIO = "anio"
    HOY = "hoy"


class Referencia(Enum):
    """What a whole number must be: the package's unit, its year, or a year that is not after it."""

    UNIDAD = "unidad"
    ANIO = "anio"
    ANIO_O_ANTES = "anio_o_antes"


@dataclass(frozen=True, kw_only=True)
class SinValor:
    """Rows whose ``columna`` is null, blank or, with ``cero``, zero."""

    columna: str
    cero: bool = False


@dataclass(frozen=True, kw_only=True)
class SiempreVacia:
    """``columna`` is null, blank or zero in every row concerned, of which there are at least ``minimo``."""

    columna: str
    minimo: int = 1


@dataclass(frozen=True, kw_only=True)
class Forma:
    """Texts of ``columna`` (padding apart) that do not match ``patron`` (RE2); blank ones are not concerned."""

    columna: str
    patron: str


@dataclass(frozen=True, kw_only=True)
class Dominio:
    """Values of ``columna`` other than ``valores``; blank ones are not concerned."""

    columna: str
    valores: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rango:
    """Numbers of ``columna`` below ``desde`` or above ``hasta``."""

    columna: str
    desde: Decimal | None = None
    hasta: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Fecha:
    """Dates of ``columna`` outside ``dentro``."""

    columna: str
    dentro: Periodo


@dataclass(frozen=True, kw_only=True)
class Orden:
    """Rows whose ``menor`` is more than ``mayor`` (both numbers, or both dates)."""

    menor: str
    mayor: str


@dataclass(frozen=True, kw_only=True)
class Producto:
    """Rows where the product of two ``factores`` differs from ``resultado`` by more than ``tolerancia``."""

    factores: tuple[str, str]
    resultado: str
    tolerancia: Decimal


@dataclass(frozen=True, kw_only=True)
class Suma:
    """Rows where ``sumandos`` less ``restas`` differ from ``resultado`` by more than ``tolerancia``; null is zero."""

    sumandos: tuple[str, ...]
    restas: tuple[str, ...]
    resultado: str
    tolerancia: Decimal


@dataclass(frozen=True, kw_only=True)
class Longitud:
    """Texts of ``columna`` that have exactly ``caracteres`` characters: the mark of a cut."""

    columna: str
    caracteres: int


@dataclass(frozen=True, kw_only=True)
class Contexto:
    """Rows whose ``columna`` is not what the package itself says (``igual``); null is not concerned."""

    columna: str
    igual: Referencia


@dataclass(frozen=True, kw_only=True)
class Huerfanas:
    """Rows whose ``columnas``, all with a value, no row of ``padre`` has in its ``columnas_padre``."""

    columnas: tuple[str, ...]
    padre: str
    columnas_padre: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SumaDetalle:
    """Rows whose ``monto`` is not the sum of ``monto_detalle`` over the rows of ``detalle`` with the same key.

    A row without any detail is not concerned: that is what ``Huerfanas`` looks for, the other way round.
    """

    clave: tuple[str, ...]
    monto: str
    detalle: str
    clave_detalle: tuple[str, ...]
    monto_detalle: str
    tolerancia: Decimal


@dataclass(frozen=True, kw_only=True)
class Repetidas:
    """Rows that repeat ``columnas``, all with a value, of an earlier row."""

    columnas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FilasPorGrupo:
    """Groups of rows with equal ``columnas`` that have another number of rows than ``filas``."""

    columnas: tuple[str, ...]
    filas: int


@dataclass(frozen=True, kw_only=True)
class TablaVacia:
    """The table has no row although ``mientras`` has at least one."""

    mientras: str


@dataclass(frozen=True, kw_only=True)
class FilasPerdidas:
    """Tables that lost ``desde`` per cent of their rows since the previous package, and less than ``menos_de``.

    Tables that had fewer than ``minimo`` rows are not concerned.
    """

    desde: int
    minimo: int
    menos_de: int = 101


@dataclass(frozen=True, kw_only=True)
class TablaFallida:
    """Tables that the database has and that are not in the package, because they could not be read."""


RowKind = (
    SinValor | SiempreVacia | Forma | Dominio | Rango | Fecha | Orden | Producto | Suma | Longitud | Contexto
)
KeyKind = Huerfanas | SumaDetalle | Repetidas | FilasPorGrupo
CountKind = TablaVacia | FilasPerdidas | TablaFallida
Kind = RowKind | KeyKind | CountKind


def row_columns(kind: RowKind) -> tuple[str, ...]:
    """Give the columns that ``kind`` reads; the first is the one that a finding names."""
    match kind:
        case Orden(menor=low, mayor=high):
            return (low, high)
        case Producto(factores=factors, resultado=result):
            return (result, *factors)
        case Suma(sumandos=plus, restas=minus, resultado=result):
            return (result, *plus, *minus)
        case _:
            return (kind.columna,)
