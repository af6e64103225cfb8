"""Certificates and requests that others made: each oddity the parser knows by its own exception is our error."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from sigasers.errors.keys import BadCertificateError, BadCsrError
from sigasers.keys.x509 import (
    MAX_CERTIFICATES_BYTES,
    MAX_CSR_BYTES,
    REGISTRO_URN,
    ClientSubject,
    certs_only,
    check_issued,
    issue_client,
    issue_server,
    load_certificate,
    make_ca,
    make_csr,
    read_certs_only,
    read_client,
    read_csr,
)
from sigasers.model import Identifier, Nemonico
from tests.made_centre import AT

KEY = ec.generate_private_key(ec.SECP256R1())
CA = make_ca(ec.generate_private_key(ec.SECP256R1()), centre_id="c-" + "0" * 32, at=AT)
SUBJECT = ClientSubject(unidad=Nemonico(1288), sistema="SIGA", registro=Identifier("_" * 21 + "A"))
LEAF = issue_client(CA, KEY.public_key(), SUBJECT, at=AT)
DER = LEAF.public_bytes(Encoding.DER)
EC_PUBLIC_KEY = bytes.fromhex("2a8648ce3d0201")  # OID 1.2.840.10045.2.1
P256 = bytes.fromhex("2a8648ce3d030107")
KEY_USAGE, SUBJECT_KEY_ID = bytes.fromhex("0603551d0f"), bytes.fromhex("0603551d0e")
POINT = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
ODD_KEYS = {
    "of an unknown algorithm": (EC_PUBLIC_KEY, EC_PUBLIC_KEY[:-1] + b"\x79"),
    "on an unknown curve": (P256, P256[:-1] + b"\x77"),
    "with a point on no curve": (POINT, POINT[:33] + bytes(32)),
}


@pytest.mark.parametrize("what", ODD_KEYS)
def test_a_certificate_with_an_odd_key_is_not_ours(what: str) -> None:
    """The agent refuses such an answer to its request, it does not end."""
    old, new = ODD_KEYS[what]
    assert DER.count(old) == 1
    certificate = load_certificate(DER.replace(old, new))
    with pytest.raises(BadCertificateError):
        check_issued(certificate, [CA.certificate], key=KEY.public_key())


def test_a_certificate_signed_in_an_unknown_way_is_not_ours() -> None:
    """The signature's algorithm is no one's business but the authority's."""
    ecdsa_sha256 = bytes.fromhex("2a8648ce3d040302")
    certificate = load_certificate(DER.replace(ecdsa_sha256, ecdsa_sha256[:-1] + b"\x79"))
    with pytest.raises(BadCertificateError):
        check_issued(certificate, [CA.certificate], key=KEY.public_key())


def test_a_certificate_of_an_unknown_version_is_refused() -> None:
    """The parser has an exception of its own for it."""
    v3 = bytes.fromhex("a003020102")
    with pytest.raises(BadCertificateError):
        load_certificate(DER.replace(v3, v3[:-1] + b"\x07", 1))
    with pytest.raises(BadCertificateError):
        read_certs_only(certs_only([LEAF]).replace(v3, v3[:-1] + b"\x07", 1))


def test_a_request_of_an_unknown_version_is_refused() -> None:
    """The parser's own exception for it once passed through as it was."""
    der = make_csr(KEY)
    version = der.index(bytes.fromhex("020100"))
    with pytest.raises(BadCsrError):
        read_csr(der[: version + 2] + b"\x01" + der[version + 3 :])


def test_an_extension_twice_names_no_unit() -> None:
    """Two answers to one question are none."""
    certificate = load_certificate(DER.replace(SUBJECT_KEY_ID, KEY_USAGE, 1))
    with pytest.raises(BadCertificateError):
        read_client(certificate)


def foreign(uris: list[str], names: list[str]) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).serial_number(1)
    builder = builder.not_valid_before(AT.at).not_valid_after(AT.at).public_key(KEY.public_key())
    alternative = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri) for uri in uris])
    return builder.add_extension(alternative, critical=False).sign(KEY, hashes.SHA256())


REGISTRO = REGISTRO_URN + "A" * 22
NAMELESS = {
    "no uri": ([], ["1288-SIGA"]),
    "two uris": ([REGISTRO, REGISTRO], ["1288-SIGA"]),
    "another uri": (["urn:other:" + "A" * 22], ["1288-SIGA"]),
    "a registro that is none": ([REGISTRO_URN + "corto"], ["1288-SIGA"]),
    "no name": ([REGISTRO], []),
    "two names": ([REGISTRO], ["1288-SIGA", "1289-SIGA"]),
    "no system": ([REGISTRO], ["1288"]),
    "a unit that is none": ([REGISTRO], ["0-SIGA"]),
}


@pytest.mark.parametrize("what", NAMELESS)
def test_a_certificate_that_names_no_unit_is_refused(what: str) -> None:
    """Whom it is for is written in one way."""
    assert read_client(foreign([REGISTRO], ["1288-SIGA"])).unidad == Nemonico(1288)
    with pytest.raises(BadCertificateError):
        read_client(foreign(*NAMELESS[what]))


def test_a_servers_certificate_names_no_unit() -> None:
    """Its name is a host's."""
    with pytest.raises(BadCertificateError):
        read_client(issue_server(CA, KEY.public_key(), ["127.0.0.1"], at=AT))


def test_endless_requests_and_messages_are_refused_by_their_length() -> None:
    """9 KiB of request and 65 KiB of certificates, before they are read."""
    with pytest.raises(BadCsrError):
        read_csr(make_csr(KEY).ljust(9 << 10, b"\0"))
    with pytest.raises(BadCsrError):
        read_csr(bytes(MAX_CSR_BYTES + 1))
    with pytest.raises(BadCertificateError):
        read_certs_only(bytes(MAX_CERTIFICATES_BYTES + 1))
