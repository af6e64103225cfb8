"""Declared SQL types to logical types: what a column means comes from its schema, not from what an engine sends."""

import re
from functools import lru_cache

from sigasers.formats.column_type import MAX_CHAR, MAX_PRECISION, ColumnType, Kind

_LONGEST = 200  # characters; what is longer is no type that anybody declares
_FORM = re.compile(r"([a-z][a-z0-9_ ]*)(?:\( ?([0-9]{1,4}) ?(?:, ?([0-9]{1,4}) ?)?\)([a-z ]*))?")
_PLAIN = {
    Kind.ENTERO: (
        "int", "integer", "bigint", "smallint", "tinyint", "mediumint", "bit", "boolean", "int2", "int4", "int8",
    ),
    Kind.TEXTO: (
        "varchar", "nvarchar", "text", "ntext", "clob", "character varying", "varchar2", "nvarchar2", "xml",
        "uniqueidentifier", "sysname",
    ),
    Kind.FECHA: ("date",),
    Kind.FECHA_HORA: ("datetime", "datetime2", "smalldatetime", "timestamp", "timestamp without time zone"),
    Kind.BINARIO: ("blob", "binary", "varbinary", "image", "bytea", "rowversion"),
    Kind.REAL: ("real", "float", "double", "double precision"),
}  # fmt: skip
_BY_NAME = {name: kind for kind, names in _PLAIN.items() for name in names}
_MONEY = {"money": (19, 4), "smallmoney": (10, 4)}
_DEFAULT_PRECISION = 18  # of numeric without parameters, in SQL Server


def column_type(declared: str) -> ColumnType:
    """Give the logical type of a declared one; what nobody knows is ``texto``, the type that loses nothing."""
    return ColumnType(Kind.TEXTO) if len(declared) > _LONGEST else _column_type(declared)


@lru_cache(maxsize=1_024)
def _column_type(declared: str) -> ColumnType:
    match = _FORM.fullmatch(" ".join(declared.lower().split()))
    if match is None:
        return ColumnType(Kind.TEXTO)
    first, second = match[2], match[3]
    name = " ".join(f"{match[1]} {match[4] or ''}".split())  # timestamp(3) without time zone
    if name in _MONEY:
        precision, scale = _MONEY[name]
        return ColumnType(Kind.DECIMAL, precision=precision, scale=scale)
    if name in {"numeric", "decimal", "number", "dec"}:
        return _decimal(int(first or _DEFAULT_PRECISION), int(second or 0))
    if name in {"char", "nchar", "character"} and 1 <= int(first or 1) <= MAX_CHAR:
        return ColumnType(Kind.CHAR, length=int(first or 1))
    return ColumnType(_BY_NAME.get(name, Kind.TEXTO))


def _decimal(precision: int, scale: int) -> ColumnType:
    if 1 <= precision <= MAX_PRECISION and scale <= precision:
        return ColumnType(Kind.DECIMAL, precision=precision, scale=scale)
    return ColumnType(Kind.TEXTO)
