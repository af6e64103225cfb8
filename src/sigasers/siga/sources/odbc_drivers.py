"""The ODBC drivers of this machine, as its driver manager lists them, and which of them to take."""

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from enum import Enum

from sigasers.errors.sources import DriverMissingError
from sigasers.siga.sources.server import Motor, Server

_SQL_HANDLE_ENV, _SQL_ATTR_ODBC_VERSION, _SQL_OV_ODBC3, _SQL_FETCH_NEXT = 1, 200, 3, 1
_NAME_CHARS = 512
# The best first; "SQL Server" is the one that Windows has always had: it knows neither datetime2 nor TLS 1.2.
_MICROSOFT = (
    "ODBC Driver 18 for SQL Server",
    "ODBC Driver 17 for SQL Server",
    "ODBC Driver 13.1 for SQL Server",
    "ODBC Driver 13 for SQL Server",
    "ODBC Driver 11 for SQL Server",
    "SQL Server Native Client 11.0",
    "FreeTDS",
)


class Family(Enum):
    """Drivers that write their connection string alike."""

    MICROSOFT = "microsoft"
    FREETDS = "freetds"
    PSQLODBC = "psqlodbc"
    OTHER = "other"


def family(driver: str) -> Family:
    """Tell a driver's family by its name, as it is usually installed."""
    name = driver.lower()
    if "freetds" in name or "tdsodbc" in name:
        return Family.FREETDS
    if "postgres" in name or "psqlodbc" in name:
        return Family.PSQLODBC
    return Family.MICROSOFT if "sql server" in name else Family.OTHER


def installed() -> list[str]:
    """Give the names of the drivers that the driver manager knows; none where there is no driver manager."""
    try:
        return sorted(set(_listed()))
    except (OSError, AttributeError):
        return []


def chosen(server: Server) -> str:
    """Give the driver to use for ``server``; raises ``DriverMissingError`` with the names of those present."""
    present = installed()
    by_name = {name.lower(): name for name in present}
    wanted = (
        [server.controlador]
        if server.controlador
        else list(_MICROSOFT if server.motor is Motor.SQLSERVER else ())
    )
    for name in wanted:
        if name.lower() in by_name:
            return by_name[name.lower()]
    missing = wanted[0] if wanted else "(ninguno indicado)"
    raise DriverMissingError("no such driver", controlador=missing, presentes=", ".join(present) or "ninguno")


def _listed() -> Iterator[str]:
    """Ask the driver manager (ODBC, ``SQLDriversW``) for one name after the other."""
    library = _library()
    environment = ctypes.c_void_p()
    if library.SQLAllocHandle(_SQL_HANDLE_ENV, None, ctypes.byref(environment)) not in {0, 1}:
        return
    try:
        library.SQLSetEnvAttr(environment, _SQL_ATTR_ODBC_VERSION, ctypes.c_void_p(_SQL_OV_ODBC3), 0)
        name, attributes = (ctypes.create_string_buffer(2 * _NAME_CHARS) for _ in range(2))
        size, other = ctypes.c_short(), ctypes.c_short()
        while library.SQLDriversW(
            environment, _SQL_FETCH_NEXT, name, _NAME_CHARS, ctypes.byref(size), attributes, _NAME_CHARS,
            ctypes.byref(other),
        ) in {0, 1}:  # fmt: skip
            yield name.raw[: 2 * min(size.value, _NAME_CHARS)].decode("utf-16-le").rstrip("\0")
    finally:
        library.SQLFreeHandle(_SQL_HANDLE_ENV, environment)


def _library() -> ctypes.CDLL:
    name = "odbc32" if sys.platform == "win32" else "libodbc.so.2"
    return ctypes.CDLL(ctypes.util.find_library("odbc32") or name if sys.platform == "win32" else name)
