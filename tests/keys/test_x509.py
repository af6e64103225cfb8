"""Certificates, requests and certs-only messages, judged by OpenSSL and by Python's own TLS."""

import base64
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509 as foreign
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import TheirError
from sigasers.errors.keys import BadCertificateError, BadCsrError, WrongAlgorithmError
from sigasers.keys import x509
from sigasers.keys.kinds import spki_of
from sigasers.model import Identifier, Instant, Nemonico

NOW = Instant(datetime.now(UTC))
CENTRE = "c-" + "0" * 32
SUBJECT = x509.ClientSubject(
    unidad=Nemonico(1288), sistema="SIGA", registro=Identifier("_-" + "A" * 19 + "g")
)


def p256() -> EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Issued:
    """An authority and one leaf of each kind, with their keys."""

    ca: x509.Authority
    unit: EllipticCurvePrivateKey
    client: foreign.Certificate
    server_key: EllipticCurvePrivateKey
    server: foreign.Certificate


@pytest.fixture(scope="module")
def issued() -> Issued:
    ca, unit, server = x509.make_ca(p256(), centre_id=CENTRE, at=NOW), p256(), p256()
    return Issued(
        ca=ca,
        unit=unit,
        client=x509.issue_client(ca, x509.read_csr(x509.make_csr(unit)), SUBJECT, at=NOW),
        server_key=server,
        server=x509.issue_server(ca, server.public_key(), ["localhost", "127.0.0.1", "::1"], at=NOW),
    )


def pem(certificate: foreign.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def openssl(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, timeout=30, check=False)


@pytest.mark.needs("openssl")
@pytest.mark.parametrize("kind", ["client", "server"])
def test_openssl_takes_each_leaf_for_its_purpose_alone(issued: Issued, tmp_path: Path, kind: str) -> None:
    """Strictly checked chains: a unit's certificate is no server's, and the other way round."""
    (tmp_path / "ca.pem").write_bytes(pem(issued.ca.certificate))
    (tmp_path / "leaf.pem").write_bytes(pem(getattr(issued, kind)))
    for purpose in ("client", "server"):
        purposes = ("-x509_strict", "-purpose", f"ssl{purpose}")
        done = openssl("verify", *purposes, "-CAfile", str(tmp_path / "ca.pem"), str(tmp_path / "leaf.pem"))
        assert (done.returncode == 0) is (purpose == kind), done


@pytest.mark.needs("openssl")
def test_openssl_refuses_a_certificate_of_another_authority(issued: Issued, tmp_path: Path) -> None:
    """The judge does fail."""
    other = x509.make_ca(p256(), centre_id=CENTRE, at=NOW)
    (tmp_path / "ca.pem").write_bytes(pem(other.certificate))
    (tmp_path / "leaf.pem").write_bytes(pem(issued.client))
    assert openssl("verify", "-CAfile", str(tmp_path / "ca.pem"), str(tmp_path / "leaf.pem")).returncode != 0


@pytest.mark.needs("openssl")
def test_openssl_reads_our_certs_only_message(issued: Issued) -> None:
    """What EST sends is PKCS#7 with the certificates alone."""
    der = x509.certs_only([issued.client, issued.ca.certificate])
    done = openssl("pkcs7", "-inform", "DER", "-print_certs", data=der)
    assert done.returncode == 0
    assert done.stdout.count(b"BEGIN CERTIFICATE") == 2


@pytest.mark.needs("openssl")
def test_certs_only_message_of_openssl_is_read(issued: Issued, tmp_path: Path) -> None:
    """What another EST server sends."""
    (tmp_path / "leaf.pem").write_bytes(pem(issued.client))
    made = openssl("crl2pkcs7", "-nocrl", "-certfile", str(tmp_path / "leaf.pem"), "-outform", "DER").stdout
    assert x509.read_certs_only(made) == [issued.client]


@pytest.mark.needs("openssl")
def test_openssl_verifies_our_request(issued: Issued) -> None:
    """Self-signed, with an empty subject."""
    done = openssl("req", "-inform", "DER", "-verify", "-noout", data=x509.make_csr(issued.unit))
    assert done.returncode == 0, done


@pytest.mark.needs("openssl")
def test_request_of_openssl_is_read(tmp_path: Path) -> None:
    """Any EST client may ask."""
    key = tmp_path / "key.pem"
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(key))
    der = openssl("req", "-new", "-key", str(key), "-subj", "/CN=lo que sea", "-outform", "DER").stdout
    spki = openssl("ec", "-in", str(key), "-pubout", "-outform", "DER").stdout
    assert spki_of(x509.read_csr(der)) == spki


def test_tls_holds_between_the_two_leaves(issued: Issued, tmp_path: Path) -> None:
    """Python's TLS 1.3 with client certificates and strict checks, by name and by address."""
    server = context(issued, tmp_path, ssl.Purpose.CLIENT_AUTH)
    client = context(issued, tmp_path, ssl.Purpose.SERVER_AUTH)
    server.verify_mode = ssl.CERT_REQUIRED
    for host in ("localhost", "127.0.0.1"):
        left, right = socket.socketpair()
        answer: list[bytes | None] = []

        def accept(side: socket.socket = left, into: list[bytes | None] = answer) -> None:
            with server.wrap_socket(side, server_side=True) as tls:
                into.append(tls.getpeercert(binary_form=True))
                tls.sendall(b"x")

        thread = threading.Thread(target=accept)
        thread.start()
        with client.wrap_socket(right, server_hostname=host) as tls:
            assert tls.recv(1) == b"x"
            assert tls.version() == "TLSv1.3"
        thread.join(timeout=30)
        assert answer == [issued.client.public_bytes(Encoding.DER)]


def context(issued: Issued, folder: Path, purpose: ssl.Purpose) -> ssl.SSLContext:
    is_server = purpose is ssl.Purpose.CLIENT_AUTH
    key = issued.server_key if is_server else issued.unit
    path = folder / f"{'server' if is_server else 'client'}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + pem(issued.server if is_server else issued.client))
    found = ssl.create_default_context(purpose, cadata=pem(issued.ca.certificate).decode())
    found.verify_flags |= ssl.VERIFY_X509_STRICT
    found.minimum_version = ssl.TLSVersion.TLSv1_3
    found.load_cert_chain(path)
    return found


def test_dates_are_an_hour_back_and_a_year_ahead(issued: Issued) -> None:
    """A unit's clock may be an hour slow."""
    second = NOW.at.replace(microsecond=0)
    assert issued.client.not_valid_before_utc == second - timedelta(hours=1)
    assert issued.client.not_valid_after_utc == second + timedelta(days=365)


def test_authority_may_not_make_authorities(issued: Issued) -> None:
    """pathlen 0, and its key signs certificates and lists alone."""
    extensions = issued.ca.certificate.extensions
    constraints = extensions.get_extension_for_class(foreign.BasicConstraints)
    usage = extensions.get_extension_for_class(foreign.KeyUsage).value
    assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (True, True, 0)
    assert (usage.key_cert_sign, usage.crl_sign, usage.digital_signature) == (True, True, False)


def test_serial_numbers_are_never_the_same(issued: Issued) -> None:
    """Random, so a restored authority repeats none."""
    key = issued.unit.public_key()
    serials = {x509.issue_client(issued.ca, key, SUBJECT, at=NOW).serial_number for _ in range(20)}
    assert len(serials) == 20


def test_certificate_names_its_unit(issued: Issued) -> None:
    """What was written is read; a registro with ``_`` is one too."""
    assert x509.read_client(issued.client) == SUBJECT


@given(st.binary(min_size=16, max_size=16))
def test_every_registro_can_stand_in_a_certificate(raw: bytes) -> None:
    """A PrintableString cannot hold all of base64url: certificates of 28 % of all units could not be made."""
    registro = Identifier(base64.urlsafe_b64encode(raw).decode().rstrip("="))
    subject = x509.ClientSubject(unidad=Nemonico(1), sistema="SIAF_SP", registro=registro)
    made = x509.issue_client(AUTHORITY, AUTHORITY.key.public_key(), subject, at=NOW)
    assert x509.read_client(made) == subject


AUTHORITY = x509.make_ca(p256(), centre_id=CENTRE, at=NOW)


def test_other_certificates_name_no_unit(issued: Issued) -> None:
    """An authority's and a server's are refused."""
    for certificate in (issued.ca.certificate, issued.server):
        with pytest.raises(BadCertificateError):
            x509.read_client(certificate)


def test_answer_must_be_of_the_centre_and_of_the_own_key(issued: Issued) -> None:
    """The agent stores neither another's certificate nor one of another authority."""
    key = issued.unit.public_key()
    x509.check_issued(issued.client, [AUTHORITY.certificate, issued.ca.certificate], key=key)
    with pytest.raises(BadCertificateError):
        x509.check_issued(issued.client, [AUTHORITY.certificate], key=key)
    with pytest.raises(BadCertificateError):
        x509.check_issued(issued.client, [], key=key)
    with pytest.raises(BadCertificateError):
        x509.check_issued(issued.client, [issued.ca.certificate], key=p256().public_key())


def test_certificates_are_for_p256_alone(issued: Issued) -> None:
    """Another curve is refused before anything is signed."""
    other = ec.generate_private_key(ec.SECP384R1())
    with pytest.raises(WrongAlgorithmError):
        x509.issue_client(issued.ca, other.public_key(), SUBJECT, at=NOW)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: ec.generate_private_key(ec.SECP256K1()),
        lambda: rsa.generate_private_key(65537, 2048),
    ],
    ids=["p384", "secp256k1", "rsa"],
)
def test_request_of_another_kind_of_key_is_refused(make: object) -> None:
    """P-256 alone."""
    key = make()  # type: ignore[operator]
    builder = foreign.CertificateSigningRequestBuilder().subject_name(foreign.Name([]))
    with pytest.raises(BadCsrError):
        x509.read_csr(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER))


def test_request_signed_by_another_key_is_refused(issued: Issued) -> None:
    """Nobody gets a certificate for a key that he does not hold."""
    one, two = x509.make_csr(issued.unit), x509.make_csr(p256())
    spki = spki_of(issued.unit.public_key())
    stolen = two.replace(two[two.index(spki[:26]) :][: len(spki)], spki)
    assert stolen not in {one, two}
    with pytest.raises(BadCsrError):
        x509.read_csr(stolen)


@pytest.mark.parametrize("der", [b"", b"0", b"\x30\x80", b"\0" * 9000])
def test_request_that_is_none_is_refused(der: bytes) -> None:
    """Too long is not even read."""
    with pytest.raises(BadCsrError):
        x509.read_csr(der)


@pytest.mark.parametrize("der", [b"", b"\x30\x80", b"\0" * 70_000])
def test_message_that_is_none_is_refused(der: bytes) -> None:
    """From a server that is not what it should be."""
    with pytest.raises(BadCertificateError):
        x509.read_certs_only(der)


def test_message_without_certificates_is_refused() -> None:
    """The structure alone, as the openssl tool writes it without ``-certfile``."""
    empty = bytes.fromhex("302306092a864886f70d010702a0163014020101310030" + "0b06092a864886f70d0107013100")
    with pytest.raises(BadCertificateError):
        x509.read_certs_only(empty)


CSR = x509.make_csr(AUTHORITY.key)
LEAF = x509.issue_client(AUTHORITY, AUTHORITY.key.public_key(), SUBJECT, at=NOW).public_bytes(Encoding.DER)


@given(st.integers(min_value=0, max_value=len(CSR) - 1), st.integers(min_value=1, max_value=255))
def test_flipped_byte_of_a_request_is_refused(place: int, flip: int) -> None:
    """Whatever the byte meant, the error is ours."""
    with pytest.raises(BadCsrError):
        x509.read_csr(CSR[:place] + bytes([CSR[place] ^ flip]) + CSR[place + 1 :])


@given(st.integers(min_value=0, max_value=len(LEAF) - 1), st.integers(min_value=1, max_value=255))
def test_flipped_byte_of_a_certificate_is_refused(place: int, flip: int) -> None:
    """At reading, or when its issuer is asked; never another kind of error."""
    with pytest.raises(TheirError):
        found = x509.load_certificate(LEAF[:place] + bytes([LEAF[place] ^ flip]) + LEAF[place + 1 :])
        x509.check_issued(found, [AUTHORITY.certificate], key=AUTHORITY.key.public_key())
