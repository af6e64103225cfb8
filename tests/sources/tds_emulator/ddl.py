"""CREATE TABLE, as tests write it: columns with their types, NULL or NOT NULL, one primary key at the end."""

from collections.abc import Iterator

import sqlglot
from sqlglot.tokens import Token, TokenType

from tests.sources.tds_emulator.base import EmulatedColumn, EmulatedTable
from tests.sources.tds_emulator.errors import SqlError, syntax
from tests.sources.tds_emulator.sql_types import DECIMALS, MONEY, SqlType, parse_type
from tests.sources.tds_emulator.tsql import declared, quoted


def created(statement: str) -> EmulatedTable:
    """Read ``CREATE TABLE [schema].[name] ([column] type [NOT] NULL, ..., PRIMARY KEY ([column], ...))``."""
    tokens = sqlglot.tokenize(statement, dialect="tsql")
    opening = next(at for at, token in enumerate(tokens) if token.token_type is TokenType.L_PAREN)
    names = [token.text for token in tokens[2:opening] if token.token_type is not TokenType.DOT]
    columns: list[EmulatedColumn] = []
    key: tuple[str, ...] = ()
    for part in _parts(tokens[opening + 1 : -1]):
        if part[0].text.upper().startswith("PRIMARY"):
            key = tuple(
                token.text for token in part if token.token_type in {TokenType.IDENTIFIER, TokenType.VAR}
            )
        else:
            columns.append(_column(part))
    return EmulatedTable(names[-1], names[0] if len(names) > 1 else "dbo", tuple(columns), key)


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
        if token.token_type is TokenType.COMMA and not depth:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _column(part: list[Token]) -> EmulatedColumn:
    words = [token.text for token in part[1:]]
    nullable = "NOT" not in [word.upper() for word in words]
    spelled = "".join(word for word in words if word.upper() not in {"NOT", "NULL"})
    found = parse_type(spelled)
    if found is None:
        raise SqlError(2715, f"Column '{part[0].text}': cannot find data type {spelled}.")
    if not part[0].text:
        raise syntax("(")
    return EmulatedColumn(part[0].text, found, nullable)


def sqlite_table(table: EmulatedTable) -> str:
    """Spell the table for SQLite: exact numbers get no affinity, keys the collation of the server."""
    columns = [
        f"{quoted(one.name)} {_stored(one.type)}{'' if one.nullable else ' NOT NULL'}"
        for one in table.columns
    ]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    return f"CREATE TABLE {table.schema}.{quoted(table.name)} ({', '.join(columns)})"


def _stored(found: SqlType) -> str:
    exact = found.name in DECIMALS or found.name in MONEY
    return ("BLOB " if exact else "") + declared(found).replace("(max)", "_max")
