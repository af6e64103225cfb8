"""Name, port and service: each way of not reaching a server has its own cause, and somebody who can mend it."""

import socket
import struct
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers import mensajes
from sigasers.keys.secret_store import SecretStore
from sigasers.keys.vaults.key_file import KeyFileVault
from sigasers.siga.configuration import Configuration
from sigasers.siga.passwords import Passwords
from sigasers.siga.probing import browser, greeting
from sigasers.siga.probing.ladder import Ladder
from sigasers.siga.probing.network import Address, Limits
from sigasers.siga.probing.steps import FailedError, Paso, Quien, Resultado
from sigasers.siga.sources.server import Motor, Server
from tests.base.listeners import HOST, answering_udp, closed_port, is_silent, listening, says

SHORT = Limits(connect_s=2, answer_s=0.3, browser_s=0.3)
HERE = Address(socket.AF_INET, HOST)


class Quiet:
    """Is told, and tells nobody."""

    def begun(self, titulo: str) -> None:
        assert titulo

    def ended(self, paso: Paso) -> None:
        assert paso.segundos >= 0


def probed(tmp_path: Path, server: Server, limits: Limits = SHORT, password: str | None = "x") -> list[Paso]:
    configuration = Configuration(
        base=server,
        unidad=None,
        ruta_transmision=tmp_path,
        ruta_instalacion_sers=tmp_path,
        zona_horaria=ZoneInfo("America/Lima"),
        espera_bloqueo_s=2,
    )
    store = SecretStore(
        folder=tmp_path / "claves", machine="m", vaults=(KeyFileVault(folder=tmp_path / "aparte"),)
    )
    secrets = Passwords(store=store, given=password)
    return Ladder(load=lambda: configuration, secrets=secrets, told=Quiet(), limits=limits).run()


def failure(pasos: list[Paso]) -> tuple[str, str, Quien | None, str]:
    """Give step, code, who, and why, of the last step, which alone failed."""
    assert [paso.resultado is Resultado.FALLA for paso in pasos] == [False] * (len(pasos) - 1) + [True]
    error = pasos[-1].error
    assert error is not None
    return pasos[-1].codigo, error.code, pasos[-1].quien, mensajes.sentence(error.code, error.fields).porque


def at(port: int, motor: Motor = Motor.POSTGRESQL, **more: object) -> Server:
    return Server(motor=motor, servidor=HOST, base="siga", puerto=port, usuario="u", **more)  # type: ignore[arg-type]


def test_an_unknown_name_is_the_networks_affair(tmp_path: Path) -> None:
    """Misspelt, or not in the DNS."""
    server = Server(motor=Motor.SQLSERVER, servidor="no-existe.invalid", base="siga", usuario="u")
    codigo, code, quien, why = failure(probed(tmp_path, server))
    assert (codigo, code, quien) == ("nombre", "SIGA-020", Quien.RED)
    assert "DNS" in why


@pytest.mark.parametrize("motor", [Motor.SQLSERVER, Motor.POSTGRESQL, Motor.ODBC])
def test_a_refused_port_is_the_administrators_affair(tmp_path: Path, motor: Motor) -> None:
    """The machine is there; SQL Server's usual causes are said."""
    codigo, code, quien, why = failure(probed(tmp_path, at(closed_port(), motor)))
    assert (codigo, code, quien) == ("puerto", "SIGA-021", Quien.BASE)
    assert "conexión rechazada" in why
    assert ("TCP/IP" in why) is (motor is Motor.SQLSERVER)


def test_a_port_that_does_not_answer_is_the_networks_affair(tmp_path: Path) -> None:
    """A firewall drops what it does not like; here, a queue of connections that is full."""
    with socket.socket() as full:
        full.bind((HOST, 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.settimeout(0)
            each.connect_ex((HOST, port))
        limits = Limits(connect_s=0.3, answer_s=0.3, browser_s=0.3)
        codigo, code, quien, why = failure(probed(tmp_path, at(port), limits))
        for each in waiting:
            each.close()
    assert (codigo, code, quien) == ("puerto", "SIGA-021", Quien.RED)
    assert "sin respuesta en 0.3 s" in why


@pytest.mark.parametrize("motor", [Motor.SQLSERVER, Motor.POSTGRESQL])
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (is_silent, "no contestó nada en 0.3 s"),
        (says(b""), "sin contestar"),
        (says(b"\xff" * 3000), "Contestó en otro protocolo"),
        (says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "Contesta un servidor web"),
        (says(b"SSH-2.0-OpenSSH_9\r\n"), "Contesta un servidor SSH"),
        (says(b"J\x00\x00\x00\x0a8.0.36\x00"), "Contesta MySQL o MariaDB"),
        (says(b"\x04"), "otro protocolo"),
        (says(b"\x04\x01\xff\xff\x00\x00\x00\x00\x00\x00\x10\xff\xff"), "otro protocolo"),
    ],
)
def test_something_else_at_the_port_is_told_for_what_it_is(
    tmp_path: Path, motor: Motor, answer: object, told: str
) -> None:
    """Before any password is sent to it."""
    with listening(answer) as port:  # type: ignore[arg-type]
        codigo, code, quien, why = failure(probed(tmp_path, at(port, motor)))
    assert (codigo, code, quien) == ("servicio", "SIGA-039", Quien.BASE)
    assert told in why


def prelogin(version: bytes, encryption: int) -> bytes:
    """Answer as [MS-TDS] 2.2.6.5 shows it: VERSION and ENCRYPTION."""
    body = (
        struct.pack("!BHH", 0, 11, 6)
        + struct.pack("!BHH", 1, 17, 1)
        + b"\xff"
        + version
        + bytes([encryption])
    )
    return struct.pack("!BBHHBB", 4, 1, 8 + len(body), 0, 1, 0) + body


def test_a_server_of_the_other_engine_is_named(tmp_path: Path) -> None:
    """The cure is «motor», not a password."""

    def postgres_alone(connection: socket.socket) -> None:
        if connection.recv(4096)[:8] == struct.pack("!ii", 8, 80877103):
            connection.sendall(b"N")

    with listening(postgres_alone) as port:
        assert (
            "Contesta PostgreSQL; corrija «motor»" in failure(probed(tmp_path, at(port, Motor.SQLSERVER)))[3]
        )
    with listening(says(prelogin(bytes([16, 0, 15, 160, 0, 0]), 1))) as port:
        assert "Contesta SQL Server; corrija «motor»" in failure(probed(tmp_path, at(port)))[3]


@pytest.mark.parametrize(
    ("version", "encryption", "told"),
    [
        (bytes([16, 0, 16, 4, 0, 0]), 1, "SQL Server 2022 (16.0.4100), con conexión cifrada"),
        (bytes([10, 50, 25, 168, 0, 0]), 0, "SQL Server 2008 R2 (10.50.6568), con conexión cifrada"),
        (bytes([99, 1, 0, 1, 0, 0]), 2, "SQL Server (99.1.1), sin conexión cifrada"),
    ],
)
def test_sql_server_tells_version_and_encryption(version: bytes, encryption: int, told: str) -> None:
    """Even in pieces, as a network may deliver them."""

    def answer(connection: socket.socket) -> None:
        assert connection.recv(4096)[0] == 0x12
        data = prelogin(version, encryption)
        for piece in (data[:3], data[3:9], data[9:]):
            connection.sendall(piece)

    with listening(answer) as port:
        found = greeting.greet(at(port, Motor.SQLSERVER), HERE, port, SHORT)
    assert (found.texto, found.tls) == (told, "con conexión" in told)


def test_tls_that_is_asked_for_and_not_there_is_told_early(tmp_path: Path) -> None:
    """No password goes to a server in clear where «cifrado» asks for TLS."""
    with listening(says(b"N")) as port:
        codigo, code, quien, _ = failure(probed(tmp_path, at(port, cifrado=True)))
    assert (codigo, code, quien) == ("servicio", "SIGA-026", Quien.BASE)


@pytest.mark.parametrize("cifrado", [False, True])
def test_sql_server_is_asked_for_tls_as_configured(*, cifrado: bool) -> None:
    """ENCRYPT_ON where «cifrado» wants it, else ENCRYPT_OFF: a server answers by what it was asked."""
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        asked.append(connection.recv(4096))
        connection.sendall(prelogin(bytes([16, 0, 0, 1, 0, 0]), 1))

    with listening(answer) as port:
        greeting.greet(at(port, Motor.SQLSERVER, cifrado=cifrado), HERE, port, SHORT)
    offset = struct.unpack_from("!BHH", asked[0], 8 + 5)[1]
    assert asked[0][8 + offset] == int(cifrado)
    assert len(asked[0]) == struct.unpack_from("!H", asked[0], 2)[0]


@given(data=st.binary(max_size=120))
def test_any_answer_is_a_greeting_or_none(data: bytes) -> None:
    """Offsets beyond the answer, sizes that lie: nothing is raised."""
    greeting._read(Motor.SQLSERVER, b"\x04\x01\x00\x30" + data)
    greeting._read(Motor.POSTGRESQL, data)


LIST = (
    "ServerName;SRV;InstanceName;MSSQLSERVER;IsClustered;No;Version;16.0.1000.6;tcp;1433;;"
    "ServerName;SRV;InstanceName;SIGA;IsClustered;No;Version;10.50.1600.1;np;\\\\SRV\\pipe\\x;tcp;49172;;"
    "ServerName;SRV;InstanceName;SOLO;IsClustered;No;Version;15.0.1;np;\\\\SRV\\pipe\\y;;"
)


def browser_answer(text: str) -> bytes:
    data = text.encode("latin-1")
    return b"\x05" + struct.pack("<H", len(data)) + data


def named(instance: str) -> Server:
    return Server(motor=Motor.SQLSERVER, servidor=f"{HOST}\\{instance}", base="siga", usuario="u")


def test_a_named_instance_is_found_by_its_browser() -> None:
    """Its port changes at each start of the server."""
    with answering_udp(browser_answer(LIST)) as (port, asked):
        assert browser.port_of(named("siga"), "siga", HERE, SHORT, port=port) == 49172
    assert asked == [b"\x03"]


@pytest.mark.parametrize(
    ("answer", "wanted", "who", "told"),
    [
        (browser_answer(LIST), "SIGAMEF", Quien.USTED, "tiene: MSSQLSERVER, SIGA, SOLO"),
        (browser_answer(LIST), "SOLO", Quien.BASE, "deshabilitado TCP/IP"),
        (b"\x05\x00", "SIGA", Quien.BASE, "SQL Server Browser"),
        (b"no", "SIGA", Quien.BASE, "SQL Server Browser"),
        (browser_answer("InstanceName;SIGA;tcp;99999;;"), "SIGA", Quien.BASE, "deshabilitado TCP/IP"),
    ],
)
def test_an_instance_that_cannot_be_reached_has_its_cause(
    answer: bytes, wanted: str, who: Quien, told: str
) -> None:
    """Misspelt, without TCP/IP, or a browser that says nothing of use."""
    with answering_udp(answer) as (port, _), pytest.raises(FailedError) as caught:
        browser.port_of(named(wanted), wanted, HERE, SHORT, port=port)
    assert caught.value.quien is who
    assert told in str(caught.value.error.fields["motivo"])


def test_a_silent_browser_is_told_with_its_cures(tmp_path: Path) -> None:
    """Start it, open UDP 1434, or write the port."""
    codigo, code, _, why = failure(probed(tmp_path, named("SIGA")))
    assert (codigo, code) == ("puerto", "SIGA-021")
    assert "«puerto» en siga.toml" in why


@given(data=st.binary(max_size=200))
def test_any_datagram_gives_instances_or_none(data: bytes) -> None:
    """Ports are ports, names are printable."""
    for instance in browser.parse(b"\x05\x00\x00" + data):
        assert instance.nombre.isprintable()
        assert instance.puerto is None or 1 <= instance.puerto <= 65535


def test_without_a_password_the_ladder_says_where_to_keep_it(tmp_path: Path) -> None:
    """The server was reached before: it is the password that lacks."""
    with listening(says(b"S")) as port:
        pasos = probed(tmp_path, at(port), password=None)
    assert failure(pasos)[:3] == ("contrasena", "SIGA-028", Quien.USTED)
