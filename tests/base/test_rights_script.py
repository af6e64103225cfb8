"""The administrator's script: SELECT on the tables of an export and nothing else, twice without harm, names quoted."""

import re
from contextlib import suppress

import psycopg
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import errors, sql
from sqlglot import exp
from sqlglot.tokens import TokenType

from scripts.postgres import PostgresServer
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.probing.database import SCHEDULE_TABLES, tables_wanted
from sigasers.siga.rights_script import RightsScript
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server

TABLES = tables_wanted(load_catalogue())
LOGIN, PASSWORD = "siga_lectura", "clave de prueba '; \\ ñ"
NAMES = st.text(
    st.characters(codec="latin-1", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20
)
# What SQL Server 2008 (level 100) has not.
TOO_NEW = {
    "OPENJSON", "JSON_VALUE", "STRING_AGG", "STRING_SPLIT", "TRY_CONVERT", "TRY_CAST", "CONCAT", "FORMAT", "IIF",
    "THROW", "OFFSET", "FETCH", "TRIM", "ALTER ROLE", "CREATE OR ALTER",
}  # fmt: skip


def script(motor: Motor, **changes: object) -> str:
    values: dict[str, object] = {"base": "SIGA_1288", "usuario": LOGIN, "tablas": TABLES, **changes}
    return RightsScript(motor=motor, **values).text()  # type: ignore[arg-type]


def statements(text: str) -> list[str]:
    """Give batches, cut before each IF: sqlglot takes all that follows an IF for its body, T-SQL one statement."""
    return [part for part in re.split(r"(?m)^GO$|^(?=IF )", text) if part.strip()]


def code_of(text: str) -> str:
    """Give the script without its comments."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def strings_of(text: str) -> list[str]:
    tokens = sqlglot.tokenize(text, dialect="tsql")
    return [
        token.text for token in tokens if token.token_type in {TokenType.NATIONAL_STRING, TokenType.STRING}
    ]


def test_tsql_parses_and_keeps_to_level_100() -> None:
    """What sqlglot's T-SQL reads, and no word that SQL Server 2008 lacks."""
    text = code_of(script(Motor.SQLSERVER))
    for each in statements(text):
        assert sqlglot.parse(each, dialect="tsql", error_level=sqlglot.ErrorLevel.RAISE)
    names = {TokenType.IDENTIFIER, TokenType.NATIONAL_STRING, TokenType.STRING}
    tokens = sqlglot.tokenize(text, dialect="tsql")
    words = " ".join(token.text.upper() for token in tokens if token.token_type not in names)
    assert [name for name in TOO_NEW if re.search(rf"\b{name}\b", words)] == []
    assert re.search(r"\b(DROP|DENY|REVOKE|ALTER)\b", words) is None


def test_tsql_grants_select_on_exactly_the_tables_of_an_export() -> None:
    """Each by its own name, where it exists; nothing on the whole schema or database. sqlglot reads the grants."""
    trees = [
        tree
        for each in statements(code_of(script(Motor.SQLSERVER)))
        for tree in sqlglot.parse(each, dialect="tsql")
    ]
    granted = []
    for tree in trees:
        for grant in tree.find_all(exp.Grant) if tree else ():
            assert isinstance(tree, exp.IfBlock)
            securable = grant.args["securable"]
            assert [each.sql() for each in grant.args["privileges"]] == ["SELECT"]
            assert [each.name for each in grant.args["principals"]] == [LOGIN]
            assert tree.this.sql(dialect="tsql") == (
                f"NOT OBJECT_ID(N'[dbo].[{securable.name}]', N'U') IS NULL"
            )
            assert securable.db == "dbo"
            granted.append(securable.name)
    assert sorted(granted) == sorted(TABLES)
    assert set(SCHEDULE_TABLES) < set(granted)
    assert len(re.findall("(?i)grant", code_of(script(Motor.SQLSERVER)))) == len(TABLES)


def test_tsql_makes_no_login_while_the_password_is_not_written() -> None:
    """No password of ours, and none that a hurried administrator would leave standing."""
    text = script(Motor.SQLSERVER)
    assert "DECLARE @clave nvarchar(128) = N'';" in text
    order = ["CREATE LOGIN", "SET NOEXEC ON", "CREATE USER", "GRANT", "SET NOEXEC OFF"]
    assert sorted(order, key=text.index) == order
    assert text.count("PASSWORD") == 1


def test_a_windows_account_needs_no_password() -> None:
    """It is known by its domain."""
    text = script(Motor.SQLSERVER, usuario="MINSA\\svc-siga")
    assert "CREATE LOGIN [MINSA\\svc-siga] FROM WINDOWS;" in text
    assert "@clave" not in text
    assert "CREATE USER [MINSA\\svc-siga] FOR LOGIN [MINSA\\svc-siga];" in text


def test_changing_the_database_is_left_to_the_administrator() -> None:
    """Only as a comment, with what it costs."""
    text = script(Motor.SQLSERVER)
    assert "-- ALTER DATABASE [SIGA_1288] SET ALLOW_SNAPSHOT_ISOLATION ON;" in text
    assert "tempdb" in text
    assert "ALTER DATABASE" not in code_of(text)


@given(usuario=NAMES, base=NAMES, esquema=NAMES, tabla=NAMES)
def test_tsql_quotes_hostile_names(usuario: str, base: str, esquema: str, tabla: str) -> None:
    """A name is a name, whatever signs it has: the same tokens come out as with harmless ones."""
    usuario = usuario.replace("\\", "") or "u"
    text = script(Motor.SQLSERVER, usuario=usuario, base=base, esquema=esquema, tablas=(tabla,))
    plain = script(Motor.SQLSERVER, usuario="u", base="b", esquema="e", tablas=("t",))
    kinds = [
        [token.token_type for token in sqlglot.tokenize(code_of(each), dialect="tsql")]
        for each in (text, plain)
    ]
    assert kinds[0] == kinds[1]
    assert len(text.splitlines()) == len(plain.splitlines())
    (created,) = (each for each in strings_of(code_of(text)) if each.startswith("CREATE LOGIN"))
    (inner,) = (token.text for token in sqlglot.tokenize(created.partition(" WITH")[0], dialect="tsql")
                if token.token_type is TokenType.IDENTIFIER)  # fmt: skip
    assert inner == usuario


@pytest.fixture(scope="module")
def mirror(postgres: PostgresServer, postgres_siga: str) -> str:
    """A copy of the demonstration base, which this module may change."""
    postgres.create_database("permisos", template=postgres_siga)
    return "permisos"


def run_script(postgres: PostgresServer, database: str, text: str) -> None:
    with psycopg.connect(postgres.conninfo(database), autocommit=True) as connection:
        connection.execute(text)


def set_password(postgres: PostgresServer, user: str, password: str) -> None:
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(user), sql.Literal(password))
        )


@pytest.fixture(scope="module")
def reader(postgres: PostgresServer, mirror: str) -> psycopg.Connection[tuple[object, ...]]:
    """The login of the script, which was run twice, connected."""
    text = script(Motor.POSTGRESQL, base=mirror)
    run_script(postgres, mirror, text)
    run_script(postgres, mirror, text)
    set_password(postgres, LOGIN, PASSWORD)
    return psycopg.connect(postgres.conninfo(mirror, user=LOGIN, password=PASSWORD), autocommit=True)


def test_the_login_reads_every_table_of_an_export(
    postgres: PostgresServer, mirror: str, reader: psycopg.Connection[tuple[object, ...]]
) -> None:
    """Through our own source; psycopg says the same."""
    server = Server(
        motor=Motor.POSTGRESQL, servidor=postgres.host, puerto=postgres.port, base=mirror, usuario=LOGIN
    )
    snapshot = PostgresSource(server, PASSWORD).open_snapshot(lanes=1)
    try:
        live = snapshot.tables()
        there = [live[name.lower()].nombre for name in TABLES if name.lower() in live]
        assert len(there) > 130
        assert [name for name in there if not snapshot.may_read(name)] == []
        assert snapshot.may_write(there) == ()
    finally:
        snapshot.close()
    for name in there:
        reader.execute(sql.SQL("SELECT * FROM {} LIMIT 1").format(sql.Identifier(name)))


def test_the_login_reads_nothing_else(
    postgres: PostgresServer, mirror: str, reader: psycopg.Connection[tuple[object, ...]]
) -> None:
    """A table that no export reads stays closed."""
    wanted = {name.lower() for name in TABLES}
    with psycopg.connect(postgres.conninfo(mirror)) as owner:
        every = {
            name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
    others = sorted(every - wanted)
    assert others
    for name in others:
        with pytest.raises(errors.InsufficientPrivilege):
            reader.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(str(name))))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ejecutora (sec_ejec) VALUES (1)",
        "UPDATE ejecutora SET nombre = 'x'",
        "DELETE FROM ejecutora",
        "TRUNCATE ejecutora",
        "CREATE TABLE public.nueva (a int)",
        "ALTER TABLE ejecutora ADD COLUMN x int",
        "DROP TABLE ejecutora",
        "CREATE ROLE otro",
    ],
)
def test_the_login_changes_nothing(reader: psycopg.Connection[tuple[object, ...]], statement: str) -> None:
    """Refused by default; and for want of rights, once the session lifts its own read-only mark."""
    with pytest.raises(errors.ReadOnlySqlTransaction):
        reader.execute(statement)
    reader.execute("SET default_transaction_read_only = off")
    try:
        with pytest.raises(errors.InsufficientPrivilege):
            reader.execute(statement)
    finally:
        reader.execute("RESET default_transaction_read_only")


@pytest.mark.parametrize(
    "name", ["o'brien", 'a"; DROP TABLE ejecutora; --', "$siga$", "ñ €", "a\\'b", "Mayús %I"]
)
def test_postgres_quotes_hostile_names(postgres: PostgresServer, name: str) -> None:
    """As role, database, schema and table, for real."""
    postgres.create_database(name)
    with psycopg.connect(postgres.conninfo(name), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        owner.execute(sql.SQL("CREATE TABLE {} (a int)").format(sql.Identifier(name, name)))
        owner.execute(sql.SQL("CREATE TABLE {} (a int)").format(sql.Identifier(name, "otra")))
    text = script(Motor.POSTGRESQL, base=name, usuario=name, esquema=name, tablas=(name,))
    for _ in range(2):
        run_script(postgres, name, text)
    set_password(postgres, name, PASSWORD)
    with psycopg.connect(postgres.conninfo(name, user=name, password=PASSWORD), autocommit=True) as login:
        login.execute(sql.SQL("SELECT a FROM {}").format(sql.Identifier(name, name)))
        with pytest.raises(errors.InsufficientPrivilege):
            login.execute(sql.SQL("SELECT a FROM {}").format(sql.Identifier(name, "otra")))


@settings(max_examples=25, deadline=None)
@given(usuario=NAMES, esquema=NAMES, tabla=NAMES)
def test_postgres_runs_with_any_names(
    postgres: PostgresServer, usuario: str, esquema: str, tabla: str
) -> None:
    """Parsed by PostgreSQL itself, which refuses what does not exist or is reserved, and never the SQL."""
    text = script(Motor.POSTGRESQL, base="postgres", usuario=usuario, esquema=esquema, tablas=(tabla,))
    allowed = (errors.InvalidSchemaName, errors.ReservedName, errors.InvalidName)
    with (
        psycopg.connect(postgres.conninfo()) as connection,
        suppress(*allowed),
        connection.transaction(force_rollback=True),
    ):
        connection.execute(text)
