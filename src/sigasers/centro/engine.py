"""The running centre: one engine a folder. Everything is opened here, watched here, and ended here.

Any of its lasting tasks that ends, or the keys process that ends, ends the engine: a centre that cannot sign takes
nothing in. What was under way is finished by the next start.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from sqlite3 import Connection
from urllib.parse import urlsplit

from sigasers import durable
from sigasers.centro import servers
from sigasers.centro.clock import Clock, system_clock
from sigasers.centro.committer import Committer
from sigasers.centro.database import Writer, open_centre_database, read_setting, write_setting
from sigasers.centro.enrolment import Enrolment
from sigasers.centro.folders import Folders
from sigasers.centro.http.inscription import Inscription
from sigasers.centro.http.tls import enrolment_context, transmission_context
from sigasers.centro.http.transmission import Transmission, TransmissionParts
from sigasers.centro.http.upload_routes import UploadRoutes
from sigasers.centro.limits import Limits
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.prepare import Addresses, prepare, read_trust
from sigasers.centro.profiles import Profiles
from sigasers.centro.reception import Reception
from sigasers.centro.uploads import Uploads
from sigasers.centro.verificacion.jobs import Verification
from sigasers.errors import OwnError, SigasersError
from sigasers.errors.centro import KeysProcessError, RolledBackError
from sigasers.host import locks
from sigasers.keys.trust import Trust

DEFAULT_PORTS = (8443, 8444)
STOPPED = "detenido"  # the setting that keeps a centre which was rolled back from signing
_SWEEP_S = 3600.0
log = logging.getLogger("sigasers.centro")


@dataclass(frozen=True, kw_only=True)
class Order:
    """How the centre is to be started. Ports: ``None`` as at the last start, 0 a free one."""

    folders: Folders
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    enrolment_port: int | None = None
    transmission_port: int | None = None
    root_folder: Path | None = None
    root_passphrase: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = system_clock


@dataclass(frozen=True, kw_only=True)
class Started:
    """What is told once the centre listens; ``first`` if this start made it, the root key under a ``passphrase``."""

    trust: Trust
    addresses: Addresses
    root_folder: Path
    first: bool
    passphrase: bool


class Engine:
    """One engine from start to stop."""

    def __init__(self, order: Order, on_started: Callable[[Started], None]) -> None:
        self._order, self._on_started = order, on_started
        self._stop = asyncio.Event()
        self._failure: SigasersError | None = None

    def stop(self) -> None:
        """Ask the engine to end; may be called from a signal handler of the loop."""
        self._stop.set()

    def fail(self, error: SigasersError) -> None:
        """End the engine with ``error``."""
        self._failure = self._failure or error
        self._stop.set()

    async def run(self) -> None:
        """Run until asked to stop; raises what ended it otherwise.

        Raises ``LockHeldError`` while another engine works in the folder, ``PortError``, ``HalfPreparedError``,
        ``RolledBackError``, ``KeysProcessError``, ``DiskError``.
        """
        order = self._order
        with locks.hold(order.folders.lock):
            listeners = _listeners(order)
            try:
                await self._run_locked(listeners)
            finally:
                for listener in listeners:
                    listener.close()
        if self._failure is not None:
            raise self._failure

    async def _run_locked(self, listeners: tuple[socket, socket]) -> None:
        order = self._order
        root_folder = order.root_folder or order.folders.default_root_key
        addresses = _addresses(order, listeners)
        trust = read_trust(order.folders)
        first = trust is None
        if trust is None:
            trust = prepare(
                order.folders, root_folder, addresses, order.clock(), passphrase=order.root_passphrase
            )
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(_open(order, trust))
            await self._serve(
                parts, listeners, lambda: self._tell(trust, addresses, root_folder, first=first)
            )

    def _tell(self, trust: Trust, addresses: Addresses, root_folder: Path, *, first: bool) -> None:
        members = {
            "v": 1,
            "inscripcion": list(addresses.inscripcion),
            "transmision": list(addresses.transmision),
        }
        text = json.dumps(members, indent=1).encode("ascii")
        durable.replace(self._order.folders.addresses, text, step="centro.addresses")
        self._on_started(
            Started(
                trust=trust,
                addresses=addresses,
                root_folder=root_folder,
                first=first,
                passphrase=bool(self._order.root_passphrase),
            )
        )

    async def _serve(
        self, parts: "_Parts", listeners: tuple[socket, socket], tell: Callable[[], None]
    ) -> None:
        """Run both servers and the lasting tasks until one ends or a stop is asked for."""
        certificate, key = await servers.server_certificate(
            self._order.folders, parts.keys, _names(self._order), self._order.clock
        )
        enrolment = servers.server(parts.inscription.app(), enrolment_context(certificate, key))
        context = transmission_context(certificate, key, parts.trust.ca_certificates())
        transmission = servers.server(parts.transmission(self.fail).app(), context)
        await parts.committer.check_not_behind()
        await parts.uploads.recover()
        running = [
            asyncio.create_task(self._watched(work))
            for work in (
                enrolment.serve([listeners[0]]),
                transmission.serve([listeners[1]]),
                parts.committer.run(),
                parts.verification.run(parts.committer.acknowledged),
                _sweep(parts.uploads),
                _keys_end(parts.keys),
            )
        ]
        try:
            await self._until_listening(enrolment, transmission)
            if not self._stop.is_set():
                tell()
            await self._stop.wait()
        finally:
            enrolment.should_exit = transmission.should_exit = True
            await asyncio.wait(running[:2])
            for task in running[2:]:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _until_listening(self, *both: servers.Server) -> None:
        """Wait until both servers listen, or the engine is to stop."""
        stopped = asyncio.create_task(self._stop.wait())
        for server in both:
            listening = asyncio.create_task(server.listening.wait())
            await asyncio.wait({listening, stopped}, return_when=asyncio.FIRST_COMPLETED)
            listening.cancel()
        stopped.cancel()

    async def _watched(self, work: Coroutine[None, None, object]) -> None:
        """Run one lasting task; its end ends the engine."""
        try:
            await work
        except Exception as error:
            log.exception("engine ends")
            self.fail(error if isinstance(error, SigasersError) else _defect(error))
        finally:
            self._stop.set()


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Everything that works while the engine runs."""

    order: Order
    trust: Trust
    keys: KeysClient
    reader: Connection
    writer: Writer
    committer: Committer
    uploads: Uploads
    inscription: Inscription
    verification: Verification

    def transmission(self, fail: Callable[[SigasersError], None]) -> Transmission:
        """Give the transmission listener's application."""
        clock, limits, document = self.order.clock, self.order.limits, self.trust.document

        def on_ahead(error: RolledBackError) -> None:
            _remember_stop(self.order.folders, str(error.fields.get("motivo")))
            fail(error)

        return Transmission(
            TransmissionParts(
                reader=self.reader,
                trust=self.trust,
                profiles=Profiles(
                    writer=self.writer, reader=self.reader, keys=self.keys, clock=clock, epoca=document.epoca
                ),
                reception=Reception(
                    writer=self.writer,
                    reader=self.reader,
                    keys=self.keys,
                    committer=self.committer,
                    clock=clock,
                    limits=limits,
                    aud=document.aud,
                ),
                uploads=UploadRoutes(self.uploads, clock),
                clock=clock,
                limits=limits,
                on_ahead=on_ahead,
            )
        )


@asynccontextmanager
async def _open(order: Order, trust: Trust) -> AsyncIterator[_Parts]:
    """Open database, keys process and what works with them; close them in the other order."""
    folders, clock, document = order.folders, order.clock, trust.document
    reader = open_centre_database(folders.database)
    if (reason := read_setting(reader, STOPPED)) is not None:
        reader.close()
        raise RolledBackError("stopped earlier", motivo=reason)
    writer = Writer(folders.database)
    keys = await KeysClient.start(folders.keys)
    committer = Committer(
        writer=writer, reader=reader, keys=keys, clock=clock, aud=document.aud, epoca=document.epoca
    )
    uploads = Uploads(
        folders=folders,
        writer=writer,
        reader=reader,
        clock=clock,
        limits=order.limits,
        on_whole=committer.whole,
    )
    try:
        yield _Parts(
            order=order,
            trust=trust,
            keys=keys,
            reader=reader,
            writer=writer,
            committer=committer,
            uploads=uploads,
            inscription=Inscription(Enrolment(writer=writer, reader=reader, keys=keys, clock=clock), trust),
            verification=Verification(
                folders=folders,
                writer=writer,
                reader=reader,
                keys=keys,
                clock=clock,
                aud=document.aud,
                epoca=document.epoca,
            ),
        )
    finally:
        uploads.close()
        writer.close()
        reader.close()
        await keys.close()


def _remember_stop(folders: Folders, reason: str) -> None:
    """Keep the stop in the database: only a newer one, restored in its place, may sign again."""
    connection = open_centre_database(folders.database)
    try:
        with durable.transaction(connection, step="centro.stopped"):
            write_setting(connection, STOPPED, reason)
    finally:
        connection.close()


def _listeners(order: Order) -> tuple[socket, socket]:
    """Bind both ports: as ordered, else as at the last start, else the usual ones; what was bound is kept."""
    usual = _kept_ports(order.folders) or DEFAULT_PORTS
    wanted = (order.enrolment_port, order.transmission_port)
    ports = [usual[place] if port is None else port for place, port in enumerate(wanted)]
    first = servers.bind(order.host, ports[0])
    try:
        return first, servers.bind(order.host, ports[1])
    except SigasersError:
        first.close()
        raise


def _kept_ports(folders: Folders) -> tuple[int, int] | None:
    """Give the ports that the root document names, which units were given."""
    trust = read_trust(folders)
    if trust is None:
        return None
    document = trust.document
    first, second = (urlsplit(items[0]).port for items in (document.inscripcion, document.transmision))
    return (first, second) if first and second else None


def _names(order: Order) -> tuple[str, ...]:
    return order.names or tuple(dict.fromkeys((order.host, "localhost")))


def _addresses(order: Order, listeners: tuple[socket, socket]) -> Addresses:
    hosts = [f"[{name}]" if ":" in name else name for name in (order.names or (order.host,))]
    first, second = (tuple(f"https://{host}:{servers.port_of(item)}" for host in hosts) for item in listeners)
    return Addresses(inscripcion=first, transmision=second)


def _defect(error: Exception) -> OwnError:
    own = OwnError(type(error).__name__)
    own.__cause__ = error
    return own


async def _sweep(uploads: Uploads) -> None:
    while True:
        await uploads.sweep()
        await asyncio.sleep(_SWEEP_S)


async def _keys_end(keys: KeysClient) -> None:
    code = await keys.wait()
    raise KeysProcessError(f"keys process ended with {code}")


def run_engine(order: Order, on_started: Callable[[Started], None]) -> None:
    """Run the centre in this process until SIGINT or SIGTERM, in its folder, which ``start_logs`` made.

    Raises as ``Engine.run``.
    """
    _raise_open_files()

    async def main() -> None:
        engine = Engine(order, on_started)
        _stop_on_signals(engine)
        await engine.run()

    if sys.platform == "win32":
        asyncio.run(main())
        return
    import uvloop  # noqa: PLC0415 - there is none for Windows

    uvloop.run(main())


def _raise_open_files() -> None:
    """Take as many open files as the account may have: the usual 1,024 are fewer than both listeners' connections."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX alone has it

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stop_on_signals(engine: Engine) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGBREAK", signal.SIGTERM)):
        try:
            loop.add_signal_handler(number, engine.stop)
        except NotImplementedError:  # Windows: the loop wakes by itself every second to let Python look
            with suppress(ValueError):
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(engine.stop))
