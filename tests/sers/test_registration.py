"""Registration against the real centre: the good way, and every bad input with its sentence and code."""

import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.errors import SigasersError
from sigasers.errors.sers import (
    CentreTimeoutError,
    CentreUnreachableError,
    ClockError,
    HuellaMismatchError,
    IdentityFileError,
    NameNotFoundError,
    NotOurCentreError,
)
from sigasers.formats.documents import IdentityFile
from sigasers.keys.kinds import spki_of
from sigasers.keys.trust import open_root
from sigasers.sers import register
from sigasers.sers.line import open_line
from sigasers.sers.line_errors import translate
from tests.centro.running_centre import RunningCentre
from tests.sers.made_profile import CentreKeys
from tests.sers.registered_agent import RealAgent


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    running = RunningCentre(tmp_path_factory.mktemp("centro"))
    running.start()
    yield running
    running.end()


@pytest.fixture
def agent(centre: RunningCentre, tmp_path: Path) -> RealAgent:
    made = RealAgent(place=tmp_path, centre=centre)
    made.ask_identity()
    return made


def refused(agent: RealAgent, expected: str, **options: str) -> str:
    """Register in vain; give what was told."""
    done = agent.register(**options)
    assert done.returncode != 0
    assert expected in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert agent.code not in done.stderr + done.stdout
    assert not (agent.root / "perfil-publico.json").exists()
    return done.stderr


def test_registered_folder_can_send_and_tells_who_it_is(agent: RealAgent) -> None:
    """One command; then `estado` knows unit and next step, and the log holds the three facts."""
    done = agent.register()
    assert done.returncode == 0, done.stderr
    assert "Registrado" in done.stdout
    told = agent.run("estado")
    assert told.returncode == 0
    assert "Unidad 1288" in told.stdout
    words = (agent.root / "logs" / "traceclient.log").read_text(encoding="utf-8")
    assert words.index("credenciales") < words.index("passkey") < words.index("sessionId")
    assert agent.code not in words
    settings = (agent.root / "application.properties").read_text(encoding="utf-8")
    assert "authentication.ejecutora=1288" in settings
    assert "authentication.password=\n" in settings


def test_keys_are_for_the_owner_alone(agent: RealAgent) -> None:
    """Identity key 0600, sealing key 0640, their folder closed to others."""
    agent.register()
    modes = {path.name[:8]: path.stat().st_mode & 0o777 for path in (agent.root / "llaves").iterdir()}
    assert (agent.root / "llaves").stat().st_mode & 0o007 == 0
    assert (agent.root / "llaves" / "identidad.pem").stat().st_mode & 0o777 == 0o600
    assert modes["sellado-"] == 0o640


def test_wrong_code(agent: RealAgent) -> None:
    """A wrong code is told; the right one still works, with the key that is there."""
    refused(agent, "SERS-011", code="AAAA-BBBB-CCCC-DDDD")
    key = (agent.root / "llaves" / "identidad.pem").read_bytes()
    assert agent.register().returncode == 0
    assert (agent.root / "llaves" / "identidad.pem").read_bytes() == key


def test_code_used_by_another_folder(agent: RealAgent, tmp_path: Path) -> None:
    """The code belongs to the first key that came with it."""
    assert agent.register().returncode == 0
    other = replace(agent, place=tmp_path / "otra")
    refused(other, "SERS-012")


def test_locked_code(agent: RealAgent) -> None:
    """Ten wrong codes lock it."""
    from sigasers.sers.clock import SystemClock

    file, trust = register.read_identity(agent.identity)
    for _ in range(10):
        with pytest.raises(SigasersError):
            register.register(agent.root, file, trust, ask_code=lambda: "no", clock=SystemClock())
    refused(agent, "SERS-016")


def test_no_code(agent: RealAgent) -> None:
    """Nobody is there to type one and none was given."""
    refused(agent, "SERS-014", code="")


def test_code_from_standard_input(agent: RealAgent) -> None:
    """For scripts: never in the list of processes."""
    process = agent.start("registrar", "--identidad", str(agent.identity), "--si")
    process.communicate(timeout=60)
    assert process.returncode == 2
    import subprocess
    import sys

    command = [sys.executable, "-c", "from sigasers.cli import sers; sers()", "registrar", "--si"]
    command += ["--identidad", str(agent.identity), "--codigo-por-entrada", "--dir", str(agent.place)]
    done = subprocess.run(
        command, input=f"{agent.code}\n", text=True, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_huella_is_compared(agent: RealAgent) -> None:
    """Given in any spelling it must be the root's; another one ends it before anything is made."""
    file, trust = register.read_identity(agent.identity)
    groups = " ".join(file.huella[at : at + 4].upper() for at in range(0, 64, 4))
    register.check_huella(trust, groups)
    with pytest.raises(HuellaMismatchError):
        register.check_huella(trust, "0" * 64)
    done = agent.run("registrar", "--identidad", str(agent.identity), "--huella", "0" * 64, code=agent.code)
    assert "SERS-010" in done.stderr
    assert not agent.root.exists()


def test_huella_of_another_root_is_no_identity(agent: RealAgent, tmp_path: Path) -> None:
    """An identity file whose document does not follow from its huella is refused."""
    file = IdentityFile.from_bytes(agent.identity.read_bytes())
    bent = tmp_path / "bent.json"
    bent.write_bytes(replace(file, huella="0" * 64).to_payload())
    with pytest.raises(IdentityFileError):
        register.read_identity(bent)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"v":1,"v":1}'])
def test_a_file_that_is_no_identity(tmp_path: Path, content: bytes) -> None:
    """Any other file is told as such."""
    (tmp_path / "id.json").write_bytes(content)
    with pytest.raises(IdentityFileError):
        register.read_identity(tmp_path / "id.json")


def test_missing_identity_file(agent: RealAgent) -> None:
    """A wrong path is told with it."""
    done = agent.run("registrar", "--identidad", "/no/hay.json", "--si", code="x")
    assert "SERS-015" in done.stderr
    assert "/no/hay.json" in done.stderr


def test_another_identity_in_a_registered_folder(agent: RealAgent) -> None:
    """A folder is registered once."""
    assert agent.register().returncode == 0
    agent.ask_identity()
    assert "SERS-004" in agent.register().stderr


def test_a_copied_folder_is_noticed_and_named(agent: RealAgent, tmp_path: Path) -> None:
    """The copy says whose copy it is, at every order; the original goes on."""
    assert agent.register().returncode == 0
    copy = replace(agent, place=tmp_path / "copia")
    shutil.copytree(agent.root, copy.root)
    for order in ("enviar", "estado"):
        done = copy.run(order)
        assert done.returncode != 0
        assert "SERS-002" in done.stderr + done.stdout
        assert str(agent.root) in (done.stderr + done.stdout).replace("\n", "")
    assert agent.run("enviar").returncode == 0


def test_a_folder_that_cannot_be_made(agent: RealAgent, tmp_path: Path) -> None:
    """A file where the folder should be: a sentence."""
    (tmp_path / "sers_siga").write_bytes(b"")
    done = agent.register()
    assert done.returncode == 74
    assert "Traceback" not in done.stderr


def test_unregistered_orders_say_what_to_do(tmp_path: Path, centre: RunningCentre) -> None:
    """Before registration: the next step."""
    fresh = RealAgent(place=tmp_path, centre=centre)
    assert "SERS-001" in fresh.run("enviar").stderr
    assert "SERS-001" in fresh.run("servicio", "ejecutar").stderr
    told = fresh.run("estado")
    assert told.returncode == 1
    assert "sers registrar" in told.stdout


def _context(keys: CentreKeys, folder: Path, *, hours: int = 0) -> ssl.SSLContext:
    """Give a server's TLS side with a certificate of ``keys`` for 127.0.0.1, issued ``hours`` from now."""
    from datetime import timedelta

    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    from sigasers.keys.x509 import issue_server
    from tests.sers.simulated_centre import now

    key = ec.generate_private_key(ec.SECP256R1())
    at = now().plus(timedelta(hours=hours))
    certificate = issue_server(keys.ca, key.public_key(), ["127.0.0.1"], at=at)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


@contextmanager
def _server(context: ssl.SSLContext | None) -> Iterator[str]:
    """Listen for one connection: speak TLS, or garbage without a context."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with closing(connection):
                connection.settimeout(10)
                try:
                    if context is None:
                        connection.recv(1000)
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    else:
                        context.wrap_socket(connection, server_side=True).recv(1000)
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(20)


def _failure(address: str, keys: CentreKeys) -> SigasersError:
    trust = open_root(keys.root_document, huella=keys.huella)
    with open_line([address], trust.ca_certificates()) as line, pytest.raises(SigasersError) as caught:
        line.ask("GET", "/v1/raiz", expect={200})
    return caught.value


def test_a_server_of_another_authority_is_not_our_centre(tmp_path: Path) -> None:
    """Interception or a wrong address: said, nothing sent."""
    foreign = CentreKeys()
    with _server(_context(foreign, tmp_path)) as address:
        assert isinstance(_failure(address, CentreKeys()), NotOurCentreError)


def test_a_server_that_speaks_no_tls_is_not_our_centre() -> None:
    """A proxy that answers in plain HTTP."""
    with _server(None) as address:
        assert isinstance(_failure(address, CentreKeys()), NotOurCentreError)


@pytest.mark.parametrize("hours", [48, -24 * 800])
def test_a_clock_that_is_wrong_is_told(tmp_path: Path, hours: int) -> None:
    """The centre's certificate not yet, or no longer, valid by our clock: look at the clock first."""
    keys = CentreKeys()
    with _server(_context(keys, tmp_path, hours=hours)) as address:
        error = _failure(address, keys)
    assert isinstance(error, ClockError)
    assert "hora" in error.fields


def test_nobody_listens() -> None:
    """A port that refuses."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    error = _failure(f"https://127.0.0.1:{port}", CentreKeys())
    assert isinstance(error, CentreUnreachableError)
    assert error.code == "SERS-022"


def test_a_name_without_address() -> None:
    """DNS does not know the name."""
    cause = socket.gaierror(-2, "x")
    assert isinstance(translate(cause, "https://x"), NameNotFoundError)


def test_no_answer_in_time() -> None:
    """A firewall that drops."""
    assert isinstance(translate(TimeoutError(), "https://x"), CentreTimeoutError)


def test_the_next_address_is_tried() -> None:
    """Several addresses: the first that answers serves, and is kept."""
    import httpx2

    from sigasers.sers.line import Line

    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        if request.url.host == "uno":
            raise httpx2.ConnectError("x") from ConnectionRefusedError(111, "x")
        return httpx2.Response(200)

    with Line(httpx2.Client(transport=httpx2.MockTransport(answer)), ["https://uno", "https://dos"]) as line:
        for _ in range(2):
            line.ask("GET", "/", expect={200})
    assert asked == ["uno", "dos", "dos"]


def test_the_certificate_is_for_our_key(agent: RealAgent) -> None:
    """What was stored belongs to the key beside it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    agent.register()
    keys = agent.root / "llaves"
    certificate = x509.load_pem_x509_certificate((keys / "identidad.crt.pem").read_bytes())
    key = load_pem_private_key((keys / "identidad.pem").read_bytes(), None)
    assert spki_of(certificate.public_key()) == spki_of(key.public_key())  # type: ignore[arg-type]
