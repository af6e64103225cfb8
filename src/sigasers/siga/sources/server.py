"""A database that runs in a server: where it is, as whom to enter. Holds no password."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

USUAL_PORT = 5432  # of PostgreSQL


class Motor(Enum):
    """The engines that can be exported; the values are those of ``siga.toml``."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    SQLSERVER = "sqlserver"
    ODBC = "odbc"


@dataclass(frozen=True, kw_only=True)
class Server:
    """A database within a server.

    ``puerto`` is ``None`` for the engine's usual one, ``usuario`` is ``None`` for the account that runs the program
    (Windows login, peer). ``esquema`` is the schema that holds the tables. ``controlador`` is the name of the ODBC
    driver, ``opciones`` what is added to its connection string; both are ignored by other engines. ``cifrado`` asks
    for TLS with the server's certificate checked; without it TLS is used where the server has it.
    ``certificado`` is a file (PEM) of the authorities to trust, in place of the machine's.
    """

    motor: Motor
    servidor: str
    base: str
    puerto: int | None = None
    usuario: str | None = None
    esquema: str | None = None
    controlador: str | None = None
    opciones: tuple[tuple[str, str], ...] = ()
    cifrado: bool = False
    certificado: Path | None = None

    @property
    def nombre(self) -> str:
        """How errors and logs name it."""
        port = f":{self.puerto}" if self.puerto else ""
        return f"{self.base} en {self.servidor}{port}"
