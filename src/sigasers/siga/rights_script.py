"""The script with which an administrator gives the program a login that can SELECT, and nothing more.

It may be run twice, it never replaces anything, it denies nothing, and it holds no password. Names come from settings
and catalogue and are quoted by sqlglot. T-SQL keeps to compatibility level 100 (SQL Server 2008).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from sigasers.siga.sources.server import Motor

_USUAL_SCHEMA = {Motor.SQLSERVER: "dbo", Motor.POSTGRESQL: "public"}


@dataclass(frozen=True, kw_only=True)
class RightsScript:
    r"""What the script is for: a login ``usuario``, a database, its schema, the tables to be read.

    ``usuario`` of the form ``DOMINIO\cuenta`` is a Windows account in SQL Server. No name is empty, none holds a
    control character (checked where they enter).
    """

    motor: Motor
    base: str
    usuario: str
    tablas: Sequence[str]
    esquema: str | None = None

    def text(self) -> str:
        """Give the script; ``motor`` is ``SQLSERVER`` or ``POSTGRESQL``."""
        lines = self._postgres() if self.motor is Motor.POSTGRESQL else self._sqlserver()
        return "\n".join(lines) + "\n"

    @property
    def _schema(self) -> str:
        return self.esquema or _USUAL_SCHEMA[self.motor]

    def _sqlserver(self) -> Iterable[str]:
        yield from _comment(
            f"Permisos de lectura para siga: usuario {self.usuario}, base {self.base}, {len(self.tablas)} tablas.",
            "Ejecútelo un administrador (sysadmin, o securityadmin y db_owner) en Management Studio o sqlcmd.",
            "Puede ejecutarse más de una vez. No quita ni niega permisos, y no contiene contraseñas.",
        )
        yield from self._login_windows() if "\\" in self.usuario else self._login()
        yield from self._user()
        for tabla in self.tablas:
            place = _tsql(exp.Table(this=_identifier(tabla), db=_identifier(self._schema)))
            yield f"IF OBJECT_ID({_tsql_text(place)}, N'U') IS NOT NULL"
            yield f"    GRANT SELECT ON {place} TO {self._tsql_user};"
        yield "GO"
        yield from _comment(
            "VIEW DEFINITION no hace falta: quien puede leer una tabla ve también sus columnas y su clave primaria."
        )
        yield from self._snapshot_options()
        yield "SET NOEXEC OFF;"
        yield "GO"

    @property
    def _tsql_user(self) -> str:
        return _tsql(_identifier(self.usuario))

    def _login(self) -> Iterable[str]:
        """A login of SQL Server; without a password the rest of the script is not executed."""
        name = _tsql_text(self.usuario)
        yield "USE [master];"
        yield "GO"
        yield from _comment(
            "Escriba la contraseña entre las comillas. Si el usuario ya existe, déjela vacía: no se cambia.",
            "No guarde este archivo con la contraseña escrita.",
        )
        yield "DECLARE @clave nvarchar(128) = N'';"
        # QUOTENAME doubles the quotes within a text of up to 128 characters.
        created = _tsql_text(f"CREATE LOGIN {self._tsql_user} WITH PASSWORD = N")
        yield "DECLARE @orden nvarchar(max) ="
        yield f"    {created} + QUOTENAME(@clave, N'''') + N', CHECK_POLICY = ON;';"
        yield f"IF SUSER_ID({name}) IS NULL AND @clave = N''"
        yield "    RAISERROR(N'Falta la contraseña: escríbala en @clave y ejecute otra vez. No se hizo nada.', 16, 1);"
        yield f"IF SUSER_ID({name}) IS NULL AND @clave <> N''"
        yield "    EXEC (@orden);"
        yield "GO"
        yield f"IF SUSER_ID({name}) IS NULL"
        yield "BEGIN"
        yield "    SET NOEXEC ON;"
        yield "END"
        yield "GO"

    def _login_windows(self) -> Iterable[str]:
        yield "USE [master];"
        yield "GO"
        yield f"IF SUSER_ID({_tsql_text(self.usuario)}) IS NULL"
        yield f"    CREATE LOGIN {self._tsql_user} FROM WINDOWS;"
        yield "GO"

    def _user(self) -> Iterable[str]:
        name = _tsql_text(self.usuario)
        yield f"USE {_tsql(_identifier(self.base))};"
        yield "GO"
        yield f"IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = {name})"  # noqa: S608 - quoted by sqlglot
        yield f"    CREATE USER {self._tsql_user} FOR LOGIN {self._tsql_user};"
        yield "GO"

    def _snapshot_options(self) -> Iterable[str]:
        base = _tsql(_identifier(self.base))
        yield from _comment(
            "OPCIONAL, decisión del administrador: que la exportación lea una sola instantánea de toda la base y no",
            "estorbe a quienes trabajan. Cuesta espacio y actividad en tempdb (versiones de las filas que cambian) y",
            "14 bytes más en cada fila que se modifica. Hágalo fuera de horario. La primera orden basta para exportar,",
            "la segunda cambia cómo leen todos los programas y espera a que nadie esté conectado.",
            f"ALTER DATABASE {base} SET ALLOW_SNAPSHOT_ISOLATION ON;",
            f"ALTER DATABASE {base} SET READ_COMMITTED_SNAPSHOT ON;",
        )

    def _postgres(self) -> Iterable[str]:
        role, schema = _pg(_identifier(self.usuario)), _pg(_identifier(self._schema))
        base, name = _pg(_identifier(self.base)), _pg_text(self.usuario)
        yield from _comment(
            f"Permisos de lectura para siga: usuario {self.usuario}, base {self.base}, {len(self.tablas)} tablas.",
            f"Ejecútelo un superusuario, o el dueño de las tablas con CREATEROLE, conectado a la base {self.base}.",
            "Puede ejecutarse más de una vez. No quita permisos, y no contiene contraseñas.",
        )
        created = f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;"
        yield from _block(
            f"IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = {name}) THEN",  # noqa: S608 - as above
            f"    {created}",
            "END IF;",
        )
        yield from _comment(
            "Póngale contraseña sin que quede en ningún registro: en psql, con la orden \\password; en pgAdmin,",
            "en las propiedades del usuario.",
        )
        yield f"ALTER ROLE {role} SET default_transaction_read_only = on;"
        yield f"GRANT CONNECT ON DATABASE {base} TO {role};"
        yield f"GRANT USAGE ON SCHEMA {schema} TO {role};"
        yield from self._postgres_tables(role)
        yield from _comment(
            "OPCIONAL, en PostgreSQL 14 o anterior: allí cualquier usuario puede crear tablas en «public».",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        )

    def _postgres_tables(self, role: str) -> Iterable[str]:
        """Grant on the tables that are there, however a mirror of SIGA spells them."""
        yield from _comment("Las tablas que existen, estén sus nombres en mayúsculas o en minúsculas.")
        names = ",\n            ".join(_pg_text(name.lower()) for name in self.tablas)
        yield from _block(
            "FOR lugar IN",
            "    SELECT c.oid::regclass::text FROM pg_catalog.pg_class AS c",
            "    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace",
            f"    WHERE n.nspname = {_pg_text(self._schema)} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
            f"        AND pg_catalog.lower(c.relname) IN (\n            {names})",
            "LOOP",
            f"    EXECUTE 'GRANT SELECT ON TABLE ' || lugar || {_pg_text(f' TO {role}')};",
            "END LOOP;",
            declare="lugar text;",
        )


def _block(*lines: str, declare: str = "") -> Iterable[str]:
    """Give a DO block, closed by a tag that stands nowhere in it."""
    body = "\n".join(f"    {line}" for line in lines)
    tag, number = "$siga$", 0
    while tag in body:
        number += 1
        tag = f"$siga{number}$"
    yield f"DO {tag}"
    if declare:
        yield f"DECLARE {declare}"
    yield "BEGIN"
    yield body
    yield f"END {tag};"


def _comment(*lines: str) -> Iterable[str]:
    """Give comment lines; a name in them ends no line."""
    yield from (f"-- {' '.join(line.split())}" for line in lines)


def _identifier(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def _tsql(expression: exp.Expression) -> str:
    return expression.sql(dialect="tsql")


def _tsql_text(text: str) -> str:
    return exp.National(this=text).sql(dialect="tsql")


def _pg(expression: exp.Expression) -> str:
    return expression.sql(dialect="postgres")


def _pg_text(text: str) -> str:
    """Give a literal; with standard_conforming_strings, the rule since 9.1, a backslash in it is itself."""
    return exp.Literal.string(text).sql(dialect="postgres")
