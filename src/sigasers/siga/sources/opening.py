"""The one place where a configured database becomes a ``Source``. Engines are imported when they are asked for."""

from sigasers.errors.siga import NoSourceError
from sigasers.siga.configuration import Configuration
from sigasers.siga.passwords import Secrets
from sigasers.siga.sources.seam import Source
from sigasers.siga.sources.server import Motor, Server


def open_source(configuration: Configuration, secrets: Secrets) -> Source:
    """Give the source of ``configuration.base``; ``secrets`` is asked only for a server's user.

    Nothing is connected yet. Raises ``NoSourceError``, and what ``Secrets.password_for`` raises.
    """
    base, wait_s = configuration.base, configuration.espera_bloqueo_s
    if base is None:
        raise NoSourceError("no database configured")
    if not isinstance(base, Server):
        from sigasers.siga.sources.sqlite import SqliteSource  # noqa: PLC0415 - as the others below

        return SqliteSource(base, wait_s=wait_s)
    password, limit_s = secrets.password_for(base), configuration.limite_consulta_s
    if base.motor is Motor.POSTGRESQL:
        from sigasers.siga.sources.postgres import PostgresSource  # noqa: PLC0415 - its driver is loaded where it is used

        return PostgresSource(base, password, wait_s=wait_s, limit_s=limit_s)
    from sigasers.siga.sources.odbc import OdbcSource  # noqa: PLC0415 - its driver is loaded where it is used

    return OdbcSource(base, password, wait_s=wait_s, limit_s=limit_s)
