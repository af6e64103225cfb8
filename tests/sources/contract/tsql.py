"""T-SQL of the judge: tables and rows as literals, written by hand, with nothing of the exporter's."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from tests.sources.contract.tables import Field, Made, Value

_ROWS = 500  # SQL Server takes 1000 at most


def place(made: Made) -> str:
    """Name the table."""
    return f"[dbo].{_quoted(made.nombre)}"


def create(made: Made) -> str:
    """Make the table."""
    fields = [
        f"{_quoted(one.nombre)} {one.tipo} {'NOT NULL' if one.nombre in made.clave else 'NULL'}"
        for one in made.campos
    ]
    if made.clave:
        fields.append(f"PRIMARY KEY ({', '.join(map(_quoted, made.clave))})")
    return f"CREATE TABLE {place(made)} ({', '.join(fields)})"


def inserts(made: Made, rows: Sequence[tuple[Value, ...]]) -> Iterator[str]:
    """Fill the table, some rows a statement."""
    for at in range(0, len(rows), _ROWS):
        lines = [
            "(" + ", ".join(_literal(value, one) for value, one in zip(row, made.campos, strict=True)) + ")"
            for row in rows[at : at + _ROWS]
        ]
        yield f"INSERT INTO {place(made)} VALUES {', '.join(lines)}"


def doublings(made: Made) -> Iterator[str]:
    """Make the empty rows, each statement as many as there are."""
    if made.vacias:
        first, *others = (_quoted(one.nombre) for one in made.campos)
        yield f"INSERT INTO {place(made)} VALUES ({', '.join(['0', *['NULL'] * len(others)])})"
        for power in range(made.vacias.bit_length() - 1):
            yield f"INSERT INTO {place(made)} SELECT {', '.join([f'{first} + {2**power}', *others])} FROM {place(made)}"


def judged_columns(made: Made) -> str:
    """Select every column so that pyodbc gives it whole: times of 100 ns and narrow text by their own forms."""
    return ", ".join(map(_judged, made.campos))


def _judged(one: Field) -> str:
    name = _quoted(one.nombre)
    if one.base == "datetime2" and one.tipo.endswith("(7)"):
        return f"CONVERT(varchar(27), {name}, 121)"
    if one.base in {"char", "varchar"} and "max" not in one.tipo:
        return f"CAST({name} AS varbinary{one.tipo.removeprefix(one.base)})"  # the bytes that it holds
    return name


def _literal(value: Value, one: Field) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, date):
        precise = (
            value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else value.isoformat()
        )
        return f"'{precise}'"
    if isinstance(value, Decimal):
        return f"CAST('{value:f}' AS {one.tipo})"
    if isinstance(value, int | float):
        return str(value)
    plain = ["N'" + part.replace("'", "''") + "'" for part in value.split("\0")]
    return " + NCHAR(0) + ".join(plain)  # FreeTDS ends a statement at a NUL


def _quoted(name: str) -> str:
    return f"[{name.replace(']', ']]')}]"
