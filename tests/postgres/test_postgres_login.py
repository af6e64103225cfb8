"""Why a PostgreSQL server takes no connection is told by its code, and a password is tried once."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from sigasers.errors import SigasersError
from sigasers.errors.sources import (
    DatabaseUnknownError,
    LoginRefusedError,
    ServerRefusesError,
    ServerUnreachableError,
)
from sigasers.siga.sources import postgres_login
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from tests.postgres.one_base import PostgresBase

_SSL, _GSS = 80877103, 80877104
_CLEARTEXT = b"R" + struct.pack("!ii", 8, 3)


class Refusing:
    """A listener that speaks as much of PostgreSQL's protocol as a refusal takes; ``startups`` counts those tried."""

    def __init__(self, code: str, *, asks: bool) -> None:
        self.startups, self._code, self._asks = 0, code, asks
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._answer(stream)

    def _answer(self, stream: object) -> None:
        assert hasattr(stream, "read")
        assert hasattr(stream, "write")
        assert hasattr(stream, "flush")
        while head := stream.read(8):
            size, what = struct.unpack("!ii", head)
            stream.read(size - 8)
            if what in {_SSL, _GSS}:
                stream.write(b"N")
                stream.flush()
                continue
            self.startups += 1
            if self._asks:
                stream.write(_CLEARTEXT)
                stream.flush()
                (size,) = struct.unpack("!xi", stream.read(5))
                stream.read(size - 4)
            fields = f"SFATAL\0VFATAL\0C{self._code}\0Mla contraseña es 28P01\0\0".encode()
            stream.write(b"E" + struct.pack("!i", 4 + len(fields)) + fields)
            stream.flush()
            return

    def close(self) -> None:
        self._listener.close()


@contextmanager
def refusing(code: str, *, asks: bool = False) -> Iterator[Refusing]:
    listener = Refusing(code, asks=asks)
    try:
        yield listener
    finally:
        listener.close()


def refusal(listener: Refusing) -> SigasersError:
    server = Server(
        motor=Motor.POSTGRESQL, servidor="127.0.0.1", puerto=listener.port, base="siga", usuario="lector"
    )
    with pytest.raises(SigasersError) as caught:
        PostgresSource(server, "secreta", wait_s=5).open_snapshot(lanes=1)
    return caught.value


@pytest.mark.parametrize(
    ("code", "asks", "error"),
    [
        ("53300", False, ServerRefusesError), ("53300", True, ServerRefusesError), ("57P03", False, ServerRefusesError),
        ("28000", False, ServerRefusesError), ("28000", True, LoginRefusedError), ("28P01", True, LoginRefusedError),
        ("3D000", True, DatabaseUnknownError), ("42501", True, DatabaseUnknownError),
        ("XX000", True, ServerRefusesError),
    ],
)  # fmt: skip
def test_each_refusal_is_told_by_its_code_and_tried_once(
    *, code: str, asks: bool, error: type[SigasersError]
) -> None:
    """The words of the server say something else, and are not listened to."""
    with refusing(code, asks=asks) as listener:
        found = refusal(listener)
        assert type(found) is error
        assert listener.startups == 1
    assert "secreta" not in str(found)
    if error is ServerRefusesError:
        assert code in str(found.fields["motivo"])


def test_a_server_that_has_no_room_is_not_taken_for_a_wrong_password(base: PostgresBase) -> None:
    """A real one: the account may have no connection at all."""
    base.run(f"CREATE ROLE {base.name}_lleno LOGIN PASSWORD 'lector' CONNECTION LIMIT 0")
    with pytest.raises(ServerRefusesError) as caught:
        base.source(user=f"{base.name}_lleno", password="lector").open_snapshot(lanes=1)
    assert "53300" in str(caught.value.fields["motivo"])


def test_a_database_that_this_user_may_not_enter_is_told_as_such(base: PostgresBase) -> None:
    """Its name is right and the password too."""
    base.run(
        f"CREATE ROLE {base.name}_fuera LOGIN PASSWORD 'lector'",
        f"REVOKE CONNECT ON DATABASE {base.name} FROM PUBLIC",
    )
    with pytest.raises(DatabaseUnknownError):
        base.source(user=f"{base.name}_fuera", password="lector").open_snapshot(lanes=1)


def test_without_codes_what_is_left_tells_password_and_database_apart(
    base: PostgresBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where psycopg does not bring its own libpq."""
    monkeypatch.setattr(postgres_login, "_libpq", lambda: None)
    with pytest.raises(LoginRefusedError):
        base.source(password="mala").open_snapshot(lanes=1)
    with pytest.raises(DatabaseUnknownError):
        PostgresBase(base.server, "no_hay").source().open_snapshot(lanes=1)


def test_a_port_that_speaks_something_else_is_told_as_such() -> None:
    """Not as a wrong password."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            for _ in range(2):  # the look at the port, then libpq
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"220 correo\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        server = Server(
            motor=Motor.POSTGRESQL,
            servidor="127.0.0.1",
            puerto=listener.getsockname()[1],
            base="x",
            usuario="x",
        )
        with pytest.raises(ServerUnreachableError):
            PostgresSource(server, "x", wait_s=5).open_snapshot(lanes=1)


def test_a_connection_that_cannot_be_set_is_closed(base: PostgresBase) -> None:
    """Nothing of ours stays on the server."""
    base.run(
        f"CREATE ROLE {base.name}_raro LOGIN PASSWORD 'lector'",
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC",
    )
    with pytest.raises(SigasersError) as caught:
        base.source(user=f"{base.name}_raro", password="lector").open_snapshot(lanes=1)
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    frame = caught.value.__cause__.__traceback__
    connections = []
    while frame is not None:
        connections += [
            one for one in frame.tb_frame.f_locals.values() if isinstance(one, psycopg.Connection)
        ]
        frame = frame.tb_next
    assert connections
    assert all(one.closed for one in connections)
