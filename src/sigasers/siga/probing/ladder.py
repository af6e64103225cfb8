"""The ladder: the steps of a connection in their order, each tried only when those below it held.

``run`` never raises an error of the tree: it becomes the failure of its step, and the ladder ends there (tables that
may not be read are told, and the rest is still tried). Opening the database is one act of a driver; its error names
the step where it belongs.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sigasers.errors import SigasersError
from sigasers.errors.siga import NoSourceError
from sigasers.errors.sources import (
    DriverMissingError,
    LoginRefusedError,
    ServerCertificateError,
    ServerRefusesError,
)
from sigasers.siga.catalogue import Catalogue, load_catalogue
from sigasers.siga.configuration import Configuration
from sigasers.siga.passwords import Passwords
from sigasers.siga.probing import browser, database, greeting, network
from sigasers.siga.probing.network import USUAL_PORTS, Address, Limits
from sigasers.siga.probing.steps import FailedError, Found, Paso, Quien, Resultado, Told, printable, who_mends
from sigasers.siga.sources import Snapshot
from sigasers.siga.sources.opening import open_source
from sigasers.siga.sources.server import Motor, Server

Act = Callable[[], Found]
_MOTORS = {
    Motor.SQLSERVER: "SQL Server", Motor.POSTGRESQL: "PostgreSQL", Motor.ODBC: "ODBC", Motor.SQLITE: "SQLite",
}  # fmt: skip
# Which error of opening belongs to which step; any other belongs to the last one.
_OPENING: tuple[tuple[str, str, tuple[type[SigasersError], ...]], ...] = (
    ("controlador", "Controlador ODBC", (DriverMissingError,)),
    ("cifrado", "Conexión cifrada", (ServerCertificateError,)),
    ("usuario", "Usuario y contraseña", (LoginRefusedError, ServerRefusesError)),
    ("base", "Base de datos", ()),
)


@dataclass(kw_only=True)
class Ladder:
    """One probe; ``load`` reads the configuration, so that its errors are a step too."""

    load: Callable[[], Configuration]
    secrets: Passwords
    told: Told
    limits: Limits = field(default_factory=Limits)
    pasos: list[Paso] = field(default_factory=list)
    _configuration: Configuration | None = None
    _catalogue: Catalogue | None = None
    _snapshot: Snapshot | None = None
    _addresses: tuple[Address, ...] = ()
    _address: Address | None = None
    _port: int | None = None
    _opening: SigasersError | None = None

    def run(self) -> list[Paso]:
        """Try the steps and give those that were tried, the failed one last."""
        if self._step("configuracion", "Configuración", self._configured):
            with self._closing():
                for codigo, titulo, act in self._steps():
                    if not self._step(codigo, titulo, act) and codigo != "permisos":
                        break
        return self.pasos

    @property
    def configuration(self) -> Configuration:
        """The configuration; there after the first step."""
        assert self._configuration is not None  # noqa: S101 - ``run`` goes on only with it
        return self._configuration

    def _steps(self) -> Iterator[tuple[str, str, Act]]:
        base = self.configuration.base
        if isinstance(base, Server):
            yield from self._server_steps(base)
        else:
            yield "base", "Base de datos", self._open
        yield "permisos", "Permisos de lectura", self._rights
        yield "siga", "Es del SIGA", lambda: database.siga(self._open_one(), self.configuration)
        if isinstance(base, Server):
            yield "solo_lectura", "Solo lectura", lambda: database.read_only(self._open_one(), self._known())
        yield "aislamiento", "Aislamiento", lambda: database.isolation(self._open_one())
        yield "lectura", "Una lectura", lambda: database.one_read(self._open_one())
        if isinstance(base, Server):
            yield "hora", "Hora del servidor", lambda: database.server_clock(self._open_one())

    def _server_steps(self, server: Server) -> Iterator[tuple[str, str, Act]]:
        yield "nombre", "Nombre del servidor", lambda: self._resolve(server)
        yield "puerto", "Puerto", lambda: self._reach(server)
        if server.motor in USUAL_PORTS:
            yield "servicio", "Servicio que contesta", lambda: self._greet(server)
        yield "contrasena", "Contraseña", lambda: self._password(server)
        for codigo, titulo, errors in _OPENING:
            if codigo != "controlador" or server.motor is not Motor.POSTGRESQL:
                yield codigo, titulo, partial(self._opened, codigo, errors, server)

    def _step(self, codigo: str, titulo: str, act: Act) -> bool:
        """Do one step and tell it; gives whether the ladder may go on."""
        self.told.begun(titulo)
        started = time.monotonic()
        error: SigasersError | None = None
        quien: Quien | None = None
        try:
            found = act()
        except FailedError as failed:
            error, quien = failed.error, failed.quien
        except SigasersError as own:
            error, quien = own, who_mends(own)
        if error is not None:
            found = Found("", Resultado.FALLA)
        paso = Paso(
            codigo=codigo,
            titulo=titulo,
            resultado=found.resultado,
            detalle=found.detalle,
            segundos=time.monotonic() - started,
            error=error,
            quien=quien,
        )
        self.pasos.append(paso)
        self.told.ended(paso)
        return error is None

    def _configured(self) -> Found:
        self._configuration = self.load()
        self._catalogue = load_catalogue(self._configuration.tablas_adicionales)
        base = self._configuration.base
        if base is None:
            raise NoSourceError("no database configured")
        motor = base.motor if isinstance(base, Server) else Motor.SQLITE
        who = f", usuario {base.usuario or 'la cuenta de este programa'}" if isinstance(base, Server) else ""
        return Found(printable(f"{_MOTORS[motor]}, {self._configuration.base_nombre}{who}"))

    def _resolve(self, server: Server) -> Found:
        host = network.host_of(server)
        self._addresses = network.resolve(server, host)
        return Found(f"{printable(host)} es {', '.join(each.ip for each in self._addresses)}")

    def _reach(self, server: Server) -> Found:
        instance = network.instance_of(server)
        text = ""
        self._port = server.puerto or USUAL_PORTS.get(server.motor)
        if server.puerto is None and instance is not None:
            self._port = browser.port_of(server, instance, self._addresses[0], self.limits)
            text = f"la instancia {printable(instance)} está en el puerto {self._port}; "
        if self._port is None:
            return Found("no se indicó «puerto»: lo decide el controlador", Resultado.OMITIDO)
        self._address, others = network.try_addresses(server, self._addresses, self._port, self.limits)
        text += f"{self._address.ip} acepta conexiones en el puerto {self._port}"
        return Found("; ".join([text, *others]), Resultado.AVISO if others else Resultado.BIEN)

    def _greet(self, server: Server) -> Found:
        if self._address is None or self._port is None:
            return Found("no se probó sin puerto", Resultado.OMITIDO)
        return Found(greeting.greet(server, self._address, self._port, self.limits).texto)

    def _password(self, server: Server) -> Found:
        self.secrets.password_for(server)
        return Found(self.secrets.origen)

    def _opened(self, codigo: str, errors: tuple[type[SigasersError], ...], server: Server) -> Found:
        """Give what the one act of opening says of the step ``codigo``."""
        if self._snapshot is None and self._opening is None:
            try:
                self._open()
            except SigasersError as error:
                self._opening = error
        if self._opening is not None and (isinstance(self._opening, errors) or codigo == _OPENING[-1][0]):
            raise self._opening
        if codigo == "cifrado":
            asked = (
                "sí, con el certificado comprobado"
                if server.cifrado
                else "no se exige («cifrado» en siga.toml)"
            )
            return Found(asked)
        if codigo == "usuario":
            return Found(printable(f"entra {server.usuario or 'la cuenta de este programa'}"))
        if codigo == "base" and self._snapshot is not None:
            return self._version(self._snapshot)
        return Found(printable(server.controlador or "el usual"))

    def _open(self) -> Found:
        self._snapshot = open_source(self.configuration, self.secrets).open_snapshot(lanes=1)
        return self._version(self._snapshot)

    def _version(self, snapshot: Snapshot) -> Found:
        tables = len(snapshot.tables())
        return Found(printable(f"{snapshot.motor} {snapshot.motor_version}, {tables} tablas a la vista"))

    def _rights(self) -> Found:
        return database.rights(self._open_one(), self._known(), self.configuration)

    def _open_one(self) -> Snapshot:
        assert self._snapshot is not None  # noqa: S101 - the steps that ask come after the one that opens
        return self._snapshot

    def _known(self) -> Catalogue:
        assert self._catalogue is not None  # noqa: S101 - as ``configuration``
        return self._catalogue

    @contextmanager
    def _closing(self) -> Iterator[None]:
        try:
            yield
        finally:
            if self._snapshot is not None:
                self._snapshot.close()
