"""A TDS 7.4 server in this process that stands for SQL Server 2022 at compatibility level 100, on loopback.

It answers from a SQLite base (see ``base``) the T-SQL that it is sent (see ``tsql``): nothing is canned. It proves
types, text, statements, errors and cuts on the wire; it does not prove SQL Server's planner, locks or limits.
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pysqlbridge.certificate import self_signed, server_context
from pysqlbridge.tds import Login7, PacketType, parse_rpc, parse_sql_batch
from pysqlbridge.tds.login import deobfuscate_password
from pysqlbridge.tds.packet import TdsProtocolError
from pysqlbridge.tds.token import DoneStatus, EnvChangeType, done, env_change, error, info, login_ack
from pysqlbridge.tds.transaction import TransactionRequestType, parse_transaction_request

from tests.sources.tds_emulator import collation
from tests.sources.tds_emulator.base import Base
from tests.sources.tds_emulator.errors import CancelledError, CutError, SqlError
from tests.sources.tds_emulator.session import Answer, Session, Settings
from tests.sources.tds_emulator.tsql import Lowered
from tests.sources.tds_emulator.wire import PACKET, ClosedError, Wire
from tests.sources.tds_emulator.wire_types import encoder, type_info

_PROGRAM = (16, 0, 1000)
_SELECT = 0xC1
_ODBC, _READ_ONLY_INTENT = 0x02, 0x20  # of OptionFlags2 and TypeFlags (MS-TDS 2.2.6.4)


class EmulatedServer:
    """Listens on loopback until left; ``sessions`` are those logged in, past ones too, for tests to look at."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.base = Base(path)
        self.sessions: list[Session] = []
        self.refused = 0
        self._context = server_context(self_signed("localhost"))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(timeout=10)

    def cut(self) -> None:
        """Cut every connection, as a server that is switched off."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            _Client(self, Wire(connection, self._context)).serve()
        except (ClosedError, CutError, OSError, TdsProtocolError):
            return
        finally:
            self._open.discard(connection)
            connection.close()


class _Client:
    """One connection: login, then batches until the client hangs up."""

    def __init__(self, server: EmulatedServer, wire: Wire) -> None:
        self._server, self._wire = server, wire
        self._transactions = 0

    def serve(self) -> None:
        self._wire.handshake(tls=self._server.settings.tls)
        session = self._login()
        if session is None:
            return
        try:
            while True:
                self._request(session, *self._wire.message())
        finally:
            session.close()

    def _login(self) -> Session | None:
        kind, payload = self._wire.message()
        if kind is not PacketType.LOGIN7:
            raise ClosedError
        login = Login7.parse(payload)
        settings = self._server.settings
        if settings.users.get(login.user_name) != deobfuscate_password(login.password):
            self._server.refused += 1
            self._refuse(SqlError(18456, f"Login failed for user '{login.user_name}'.", severity=14))
            return None
        if login.database and login.database not in settings.databases:
            self._refuse(
                SqlError(
                    4060, f'Cannot open database "{login.database}" requested by the login.', severity=11
                )
            )
            return None
        session = Session(self._server.base, settings, self._wire.wait)
        session.is_encrypted = self._wire.is_encrypted
        session.is_read_only = bool(login.type_flags & _READ_ONLY_INTENT)
        if login.option_flags2 & _ODBC:  # the server then sets ANSI options, and texts come whole
            session.text_size = 2**31 - 1
        self._server.sessions.append(session)
        self._wire.put(_welcome(login.database or "master"))
        self._wire.end()
        return session

    def _refuse(self, why: SqlError) -> None:
        self._wire.put(error(why.number, why.text, severity=why.severity) + done(status=DoneStatus.ERROR))
        self._wire.end()

    def _request(self, session: Session, kind: PacketType, payload: bytes) -> None:
        ending = b""
        try:
            for answer in self._answers(session, kind, payload):
                self._wire.put(ending and _more(ending))
                ending = self._send(session, answer)
            self._wire.put(ending or done())
        except SqlError as failed:
            self._wire.put(ending and _more(ending))
            self._wire.put(
                error(failed.number, failed.text, severity=failed.severity) + done(status=DoneStatus.ERROR)
            )
            if failed.fatal:
                self._wire.end()
                raise CutError from failed
        except CancelledError:
            self._wire.put(done(status=DoneStatus.ATTENTION))
        self._wire.end()

    def _answers(self, session: Session, kind: PacketType, payload: bytes) -> Iterable[Answer]:
        if kind is PacketType.SQL_BATCH:
            return session.run(parse_sql_batch(payload))
        if kind is PacketType.TRANSACTION_MANAGER:
            request = parse_transaction_request(payload)
            return [session.begin() if request.kind is TransactionRequestType.BEGIN_XACT else session.end()]
        if kind is PacketType.ATTENTION:
            raise CancelledError
        call = parse_rpc(payload)
        if call.sql is None:
            raise SqlError(2812, f"Could not find stored procedure '{call.procedure}'.")
        return session.run(call.sql)

    def _send(self, session: Session, answer: Answer) -> bytes:
        """Send all of an answer but its DONE, which is given: whether more follows is not known yet."""
        self._wire.put(self._transaction(answer))
        if not answer.columns:
            status = DoneStatus.FINAL if answer.affected is None else DoneStatus.COUNT
            return done(status=status, row_count=answer.affected or 0)
        self._wire.put(_metadata(answer.columns, answer.table))
        encoders = [encoder(column.type, session.text_size) for column in answer.columns]
        count = 0
        try:
            for row in answer.rows:
                self._wire.put(
                    b"\xd1" + b"".join([put(cell) for put, cell in zip(encoders, row, strict=True)])
                )
                count += 1
        except CutError:
            self._wire.flush()
            raise
        return done(status=DoneStatus.COUNT, current_command=_SELECT, row_count=count)

    def _transaction(self, answer: Answer) -> bytes:
        if answer.began:
            self._transactions += 1
            return env_change(EnvChangeType.BEGIN_TRAN, struct.pack("<Q", self._transactions), b"")
        if answer.ended:
            return env_change(EnvChangeType.ROLLBACK_TRAN, b"", struct.pack("<Q", self._transactions))
        return b""


def _more(token: bytes) -> bytes:
    """Give a DONE that says that another answer follows."""
    return token[:1] + bytes([token[1] | DoneStatus.MORE]) + token[2:]


def _welcome(database: str) -> bytes:
    return b"".join([
        env_change(EnvChangeType.DATABASE, database, "master"),
        info(5701, f"Changed database context to '{database}'.", state=2),
        env_change(EnvChangeType.SQL_COLLATION, collation.WIRE),
        env_change(EnvChangeType.LANGUAGE, "Español"),
        login_ack(version=_PROGRAM),
        env_change(EnvChangeType.PACKET_SIZE, str(PACKET), str(PACKET)),
        done(),
    ])  # fmt: skip


def _metadata(columns: tuple[Lowered, ...], table: str) -> bytes:
    parts = [b"\x81", struct.pack("<H", len(columns))]
    for column in columns:
        name = column.name.encode("utf-16-le")
        parts.append(
            struct.pack("<IH", 0, 0x0009) + type_info(column.type, table) + bytes([len(column.name)]) + name
        )
    return b"".join(parts)
