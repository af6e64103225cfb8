"""ODBC drivers for the tests: Microsoft's from its package, FreeTDS and psqlodbc from the system; a list of our own."""

import importlib.util
import platform
from pathlib import Path

from scripts import system
from sigasers.siga.sources.server import Motor, Server
from tests.sources.tds_emulator.session import DATABASE

MICROSOFT, FREETDS, PSQLODBC = "ODBC Driver 18 for SQL Server", "FreeTDS", "PostgreSQL Unicode"
DRIVERS = {"microsoft": MICROSOFT, "freetds": FREETDS}
USER, PASSWORD = "lector", "s3creta;}"  # a password that a careless connection string would cut
Given = tuple[Server, str, str]  # the server as configured, the password, the judge's connection string


def write_list(folder: Path) -> None:
    """Write ``odbcinst.ini`` with the drivers that are here; the machine's own list is not read."""
    found = {
        MICROSOFT: _microsoft(),
        FREETDS: system.library("freetds"),
        PSQLODBC: system.library("psqlodbc"),
    }
    sections = [f"[{name}]\nDriver={path}\n" for name, path in found.items() if path is not None]
    (folder / "odbcinst.ini").write_text("\n".join(sections), encoding="utf-8")


def _microsoft() -> Path | None:
    spec = importlib.util.find_spec("mssql_python_odbc")
    root = Path(str(spec and spec.origin)).parent
    processor = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return next(iter(sorted(root.glob(f"libs/linux/debian_ubuntu/{processor}/lib/libmsodbcsql-*"))), None)


def configured(
    driver: str, port: int, *, base: str = DATABASE, user: str = USER, cifrado: bool = False
) -> Server:
    """Give an emulated server as ``siga.toml`` would name it."""
    return Server(
        motor=Motor.SQLSERVER,
        servidor="127.0.0.1",
        puerto=port,
        base=base,
        usuario=user,
        controlador=driver,
        cifrado=cifrado,
    )


def sql_server(driver: str, port: int) -> Given:
    """Give what reads an emulated server, and what judges it: the same driver under ``pyodbc``."""
    if driver == FREETDS:
        place = f"SERVER=127.0.0.1;PORT={port};TDS_Version=7.4;ClientCharset=UTF-8;TextSize=2147483647;"
        password = f"{{{PASSWORD}}}"
    else:
        place = f"SERVER=127.0.0.1,{port};Encrypt=no;"
        password = "{" + PASSWORD.replace("}", "}}") + "}"
    string = f"DRIVER={{{driver}}};{place}DATABASE={DATABASE};UID={USER};PWD={password};"
    return configured(driver, port), PASSWORD, string


def real_server(string: str) -> Given:
    """Read ``SIGASERS_PRUEBA_SQLSERVER``: a string with DRIVER, SERVER (with ``,port``), DATABASE, UID, PWD."""
    fields = dict(part.split("=", 1) for part in string.strip(";").split(";"))
    upper = {key.strip().upper(): value.strip("{}") for key, value in fields.items()}
    host, _, port = upper.pop("SERVER").partition(",")
    server = Server(
        motor=Motor.SQLSERVER,
        servidor=host,
        puerto=int(port or 1433),
        base=upper.pop("DATABASE"),
        usuario=upper.pop("UID"),
        controlador=upper.pop("DRIVER", MICROSOFT),
    )
    return server, upper.pop("PWD"), string
