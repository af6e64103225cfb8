"""Inscripción: EST as other programs speak it, one-time codes, and certificates that end at once."""

import base64
import sqlite3
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers.formats.documents import IdentityFile
from sigasers.keys.trust import open_root
from sigasers.keys.x509 import ClientSubject, make_csr, read_certs_only, read_client
from tests.centro.running_centre import MadeUnit, RunningCentre, ask, today

EST = "/.well-known/est"


def pending(centre: RunningCentre, unidad: str = "1288") -> MadeUnit:
    """Give a unit with a code that it has not used."""
    code, identity = centre.new_code(unidad)
    return MadeUnit(centre=centre, identity=identity, code=code)


@pytest.mark.needs("curl")
@pytest.mark.needs("openssl")
def test_curl_and_openssl_enroll(centre: RunningCentre, tmp_path: Path) -> None:
    """RFC 7030 with other people's tools: authority fetched, key and request made, certificate received and valid."""
    unit = pending(centre)
    base = centre.address("inscripcion") + EST
    trusted = ["curl", "-sS", "--fail-with-body", "--cacert", str(unit.ca_file)]

    def run(*command: str, **options: str) -> bytes:
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, timeout=60, **options
        ).stdout  # type: ignore[call-overload]

    (tmp_path / "ca.p7").write_bytes(base64.b64decode(run(*trusted, f"{base}/cacerts")))
    run("openssl", "pkcs7", "-inform", "DER", "-in", "ca.p7", "-print_certs", "-out", "ca.pem")
    run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", "key.pem", "-subj", "/CN=whatever", "-outform", "DER", "-out", "req.der")  # fmt: skip
    (tmp_path / "req.b64").write_bytes(base64.encodebytes((tmp_path / "req.der").read_bytes()))
    (tmp_path / "login").write_text(
        f"user = {unit.identity.registro_pendiente}:{unit.code}\n", encoding="utf-8"
    )
    answer = run(*trusted, "-K", "login", "-H", "Content-Type: application/pkcs10",
                 "--data-binary", "@req.b64", f"{base}/simpleenroll")  # fmt: skip
    (tmp_path / "cert.p7").write_bytes(base64.b64decode(answer))
    run("openssl", "pkcs7", "-inform", "DER", "-in", "cert.p7", "-print_certs", "-out", "cert.pem")
    told = run("openssl", "verify", "-CAfile", "ca.pem", "-purpose", "sslclient", "cert.pem")
    assert told.split()[-1] == b"OK"
    session = run(
        *trusted, "--tlsv1.3", "--cert", "cert.pem", "--key", "key.pem", "-H", "Content-Type: application/json",
        "--data", '{"v":1,"instalacion":null,"reloj":"2021-10-21T21:30:00.000Z","checkpoint":null}',
        centre.address("transmision") + "/v1/sesion",
    )  # fmt: skip
    assert str(unit.identity.registro_pendiente).encode() in session


def test_certificate_says_what_the_centre_knows(centre: RunningCentre) -> None:
    """The request's subject is ignored; unit, system and registration are the centre's own words."""
    unit = pending(centre)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "1-SIAF")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(unit.key, hashes.SHA256())
    reply = unit.enroll(csr=request.public_bytes(Encoding.DER))
    (certificate,) = read_certs_only(base64.b64decode(reply.body))
    identity = unit.identity
    assert read_client(certificate) == ClientSubject(
        unidad=identity.unidad.nemonico, sistema=identity.sistema, registro=identity.registro_pendiente
    )
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert life == timedelta(days=365, hours=1)


def test_lost_answer_costs_nothing(centre: RunningCentre) -> None:
    """The same key with the same code gets the same certificate again."""
    unit = pending(centre)
    first, second = (read_certs_only(base64.b64decode(unit.enroll().body)) for _ in range(2))
    assert first == second


def test_code_is_bound_to_its_first_key(centre: RunningCentre) -> None:
    """Another key with a used code is refused, and the first key's certificate goes on."""
    unit = pending(centre)
    unit.take_certificate(unit.enroll())
    thief = make_csr(ec.generate_private_key(ec.SECP256R1()))
    refused = unit.enroll(csr=thief)
    assert (refused.status, refused.code) == (401, "CEN-012")
    assert unit.session().status == 200


def test_code_is_read_as_people_write_it(centre: RunningCentre) -> None:
    """Small letters, no hyphens, blanks: the code of the telephone."""
    unit = pending(centre)
    assert unit.enroll(code=f" {unit.code.lower().replace('-', ' ')} ").status == 200


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "ñ" * 5000, "\x00", "a:b:c"])
def test_wrong_code_is_refused(centre: RunningCentre, code: str) -> None:
    """Whatever is typed: 401 with its code, and what EST clients need to ask for the code."""
    reply = pending(centre).enroll(code=code)
    assert (reply.status, reply.code) == (401, "CEN-011")
    assert reply.headers["www-authenticate"].lower().startswith("basic")


def test_unknown_registration_is_told_as_a_wrong_code(centre: RunningCentre) -> None:
    """Nobody learns by asking which registrations there are."""
    unit = pending(centre)
    for registro in ("AAAAAAAAAAAAAAAAAAAAAA", "nobody", "../x", ""):
        assert unit.enroll(registro=registro).code in {"CEN-011", "CEN-010"}


def test_ten_wrong_codes_lock_the_registration(centre: RunningCentre) -> None:
    """After ten wrong codes even the right one is refused, and the reason is said."""
    unit = pending(centre)
    assert {unit.enroll(code="2222-2222-2222-2222").code for _ in range(10)} == {"CEN-011"}
    assert unit.enroll().code == "CEN-014"


def test_new_code_ends_the_one_before(centre: RunningCentre) -> None:
    """A code that was told again by phone leaves no second door open."""
    old, new = pending(centre), pending(centre)
    assert old.enroll().code == "CEN-011"
    assert new.enroll().status == 200


def test_expired_code_is_refused(centre: RunningCentre) -> None:
    """A code past its life is said to be just that."""
    unit = pending(centre)
    past = str(today().plus(-timedelta(seconds=1)))
    _edit(
        centre,
        "UPDATE registros SET vence = ? WHERE registro = ?",
        past,
        str(unit.identity.registro_pendiente),
    )
    assert unit.enroll().code == "CEN-013"


def _edit(centre: RunningCentre, statement: str, *values: object) -> None:
    """Change the centre's state behind its back, as only a test may."""
    connection = sqlite3.connect(centre.root / "centro.db", timeout=30)
    with connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


def test_key_of_another_kind_is_refused(centre: RunningCentre) -> None:
    """Only P-256; the code stays good for a right request."""
    unit = pending(centre)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    refused = unit.enroll(csr=request.public_bytes(Encoding.DER))
    assert (refused.status, refused.code) == (400, "CEN-015")
    assert unit.enroll().status == 200


@pytest.mark.parametrize("csr", [b"", b"\x30\x03abc", b"x" * 6000])
def test_request_that_is_none_is_refused(centre: RunningCentre, csr: bytes) -> None:
    """Garbage for a request is the client's fault and ends nothing."""
    reply = pending(centre).enroll(csr=csr)
    assert (reply.status, reply.code) == (400, "CEN-015")


def test_bodies_are_bounded(centre: RunningCentre) -> None:
    """A request for a certificate takes a few kilobytes, however many are announced or sent."""
    unit = pending(centre)
    assert unit.enroll(csr=b"x" * 200_000).code == "CEN-002"
    chunked = ask(
        centre.address("inscripcion"),
        "POST",
        f"{EST}/simpleenroll",
        unit.context(certificate=False),
        body=(b"x" * 1000 for _ in range(200)),
        headers={"Content-Type": "application/pkcs10", "Authorization": "Basic eDp4"},
    )
    assert chunked.status in {401, 413}


def test_no_credentials_is_401(centre: RunningCentre) -> None:
    """Without a login the answer says which kind is wanted."""
    unit = pending(centre)
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic !"}):
        reply = ask(
            centre.address("inscripcion"),
            "POST",
            f"{EST}/simpleenroll",
            unit.context(certificate=False),
            body=b"",
            headers={"Content-Type": "application/pkcs10", **headers},
        )
        assert (reply.status, reply.code) == (401, "CEN-010")


def test_root_document_is_had_without_registration(centre: RunningCentre) -> None:
    """The current root document is public and verifies by the identity file's huella."""
    unit = pending(centre)
    reply = ask(centre.address("inscripcion"), "GET", "/v1/raiz", unit.context(certificate=False))
    assert reply.headers["content-type"].startswith("application/jose")
    assert open_root(reply.text, huella=unit.identity.huella).centre_id == unit.trust.centre_id


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nada", 404, "CEN-004"),
        ("DELETE", "/v1/raiz", 405, "CEN-005"),
        ("POST", "/v1/sobres", 404, "CEN-004"),
    ],
)
def test_other_addresses_are_problem_documents(
    centre: RunningCentre, method: str, path: str, status: int, code: str
) -> None:
    """Even a wrong address is answered in the one form of errors, and transmission is not served here."""
    context = pending(centre).context(certificate=False)
    reply = ask(centre.address("inscripcion"), method, path, context)
    assert (reply.status, reply.code) == (status, code)


def test_code_is_the_only_line_on_stdout_and_nowhere_on_disk(centre: RunningCentre) -> None:
    """A script can read the code; the centre keeps no copy of it, nor does its log."""
    centre.new_code("1302")
    path = centre.folder / "identidad-1302.json"
    told = centre.command("unidad", "codigo", "1302", "--identidad", str(path))
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) == 1
    code, identity = told.stdout.strip(), IdentityFile.from_bytes(path.read_bytes())
    assert MadeUnit(centre=centre, identity=identity, code=code).enroll().status == 200
    plain = code.replace("-", "").encode()
    for path in centre.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert code.encode() not in content, path
            assert plain not in content, path
    assert identity.huella == open_root(identity.documento_raiz, huella=identity.huella).huella


def test_revoked_unit_is_refused_at_once(centre: RunningCentre) -> None:
    """Revocation is a look-up on every request: the next one is refused, without a restart."""
    unit = centre.unit("1299")
    assert unit.session().status == 200
    assert centre.command("unidad", "revocar", "1299").returncode == 0
    reply = unit.session()
    assert (reply.status, reply.code) == (403, "CEN-020")


def test_unit_without_certificate_does_not_get_through_the_handshake(unit: MadeUnit) -> None:
    """The transmission listener speaks with registered units alone."""
    context = unit.context(certificate=False)
    with pytest.raises((ssl.SSLError, OSError)):
        ask(unit.centre.address("transmision"), "GET", "/v1/estado", context)


def test_certificate_of_another_authority_does_not_get_through(unit: MadeUnit, tmp_path: Path) -> None:
    """A certificate with all the right names from a self-made authority is refused in the handshake."""
    key = ec.generate_private_key(ec.SECP256R1())
    assert unit.certificate is not None
    forged = (
        x509.CertificateBuilder()
        .subject_name(unit.certificate.subject)
        .issuer_name(unit.certificate.issuer)
        .public_key(key.public_key())
        .serial_number(unit.certificate.serial_number)
        .not_valid_before(unit.certificate.not_valid_before_utc)
        .not_valid_after(unit.certificate.not_valid_after_utc)
        .sign(key, hashes.SHA256())
    )
    liar = MadeUnit(
        centre=unit.centre, identity=unit.centre.new_code("1300")[1], code="", key=key, certificate=forged
    )
    with pytest.raises((ssl.SSLError, OSError)):
        liar.ask("GET", "/v1/estado")


def test_transmission_speaks_tls_1_3_alone(unit: MadeUnit) -> None:
    """An older TLS is refused."""
    context = unit.context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, OSError)):
        ask(unit.centre.address("transmision"), "GET", "/v1/estado", context)


def test_expired_certificate_may_ask_its_session_and_nothing_else(centre: RunningCentre) -> None:
    """A unit that slept over a year learns why, instead of a broken handshake."""
    unit = centre.unit("1301")
    huella = _fingerprint(unit)
    _edit(centre, "UPDATE certificados SET hasta = ? WHERE huella = ?", "2021-01-01T00:00:00.000Z", huella)
    assert unit.session().status == 200
    for path in ("/v1/perfil", "/v1/raiz", "/v1/estado"):
        reply = unit.ask("GET", path)
        assert (reply.status, reply.code) == (403, "CEN-021")


def _fingerprint(unit: MadeUnit) -> str:
    assert unit.certificate is not None
    return unit.certificate.fingerprint(hashes.SHA256()).hex()
