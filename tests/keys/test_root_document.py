"""All trust begins with a huella: what the root document names counts, for its use and in its time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from sigasers.errors import TheirError
from sigasers.errors.formats import FormatError, FormatTooNewError
from sigasers.errors.keys import (
    BadRootDocumentError,
    BadSignatureError,
    FingerprintMismatchError,
    KeyNotYetValidError,
    RolledBackError,
    TrustError,
    UnknownKeyError,
    WithdrawnKeyError,
    WrongAlgorithmError,
    WrongTypeError,
    WrongUseError,
)
from sigasers.formats.documents import KeyUse, RootDocument, RootKey, Typ, centre_id, log_origin
from sigasers.formats.strict_json import loads
from sigasers.keys import jws
from sigasers.keys.kinds import huella_of, kid_of, load_spki, spki_of
from sigasers.keys.trust import ca_root_key, make_root_document, open_root, root_key, show_huella
from sigasers.keys.x509 import make_ca
from sigasers.model import Instant
from tests.keys.tokens import forge, header_of
from tests.made_centre import AT, MadeCentre

ROOT = Ed25519PrivateKey.generate()
HUELLA = huella_of(ROOT.public_key())
AUD = centre_id(HUELLA)
LATER = AT.plus(timedelta(days=30))
MOMENT = timedelta(milliseconds=1)
SIGNER = Ed25519PrivateKey.generate()
CA = make_ca(ec.generate_private_key(ec.SECP256R1()), centre_id=AUD, at=AT)


def document(*claves: RootKey, n: int = 1, epoca: int = 1) -> RootDocument:
    return RootDocument(
        n=n,
        epoca=epoca,
        emitido=AT,
        raiz=spki_of(ROOT.public_key()),
        claves=claves,
        origen=log_origin(AUD, epoca),
    )


def signed(*claves: RootKey, n: int = 1, epoca: int = 1) -> str:
    return make_root_document(document(*claves, n=n, epoca=epoca), ROOT)


@pytest.fixture(scope="module")
def centre() -> MadeCentre:
    return MadeCentre()


@pytest.mark.parametrize("spell", [str, str.upper, show_huella, lambda text: f" {show_huella(text)}\n"])
def test_the_huella_is_taken_as_people_write_it(spell: type[str]) -> None:
    """In groups of four, in capitals, with blanks around."""
    trust = open_root(signed(), huella=spell(HUELLA))
    assert (trust.huella, trust.centre_id) == (HUELLA, AUD)


def test_the_huella_is_shown_in_groups_of_four() -> None:
    """Sixteen groups, as a person reads them out."""
    assert show_huella("0123456789abcdef" * 4).split() == ["0123", "4567", "89ab", "cdef"] * 4


@pytest.mark.parametrize(
    "huella",
    ["", "0" * 64, HUELLA[:-1], HUELLA + "0", HUELLA[:32], "ñ" * 64],
    ids=["none", "zeros", "a digit less", "a digit more", "half", "no digits"],
)
def test_another_huella_opens_nothing(huella: str) -> None:
    """The whole huella, to the last digit; the error shows both for comparing."""
    with pytest.raises(FingerprintMismatchError) as caught:
        open_root(signed(), huella=huella)
    assert caught.value.fields["encontrada"] == show_huella(HUELLA)


def test_a_root_document_signed_by_another_key_is_refused() -> None:
    """Naming the pinned root is not signing with it."""
    other = Ed25519PrivateKey.generate()
    for kid in (kid_of(ROOT.public_key()), kid_of(other.public_key())):
        token = forge(other, document().to_payload(), header_of(ROOT, Typ.RAIZ.value, kid=kid))
        with pytest.raises((BadSignatureError, UnknownKeyError)):
            open_root(token, huella=HUELLA)


def test_the_root_key_of_another_kind_is_refused() -> None:
    """The root is Ed25519, whatever the huella says."""
    key = ec.generate_private_key(ec.SECP256R1())
    huella = huella_of(key.public_key())
    members = loads(document().to_payload(), max_bytes=1 << 20)
    assert isinstance(members, dict)
    members |= {"raiz": jws_b64(spki_of(key.public_key())), "aud": centre_id(huella)}
    header = {"alg": "Ed25519", "kid": kid_of(key.public_key()), "typ": Typ.RAIZ.value}
    with pytest.raises(WrongAlgorithmError):
        open_root(forge(key, members, header), huella=huella)


def jws_b64(data: bytes) -> str:
    from sigasers.formats import base64url

    return base64url.encode(data)


def test_another_document_of_the_root_is_no_root_document() -> None:
    """A token of another typ, signed by the very root."""
    with pytest.raises(WrongTypeError):
        open_root(jws.sign(document().to_payload(), typ=Typ.PERFIL, key=ROOT), huella=HUELLA)


def changed(**changes: object) -> str:
    members = loads(document().to_payload(), max_bytes=1 << 20)
    assert isinstance(members, dict)
    return forge(ROOT, members | changes, header_of(ROOT, Typ.RAIZ.value))


def test_an_aud_that_does_not_follow_from_the_root_is_refused() -> None:
    """The centre's name is part of its key."""
    with pytest.raises(FormatError):
        open_root(changed(aud="c-" + "0" * 32), huella=HUELLA)


def test_a_newer_root_document_is_told_as_newer() -> None:
    """So that the operator renews the program instead of suspecting the centre."""
    for changes in ({"v": 2}, {"crit": ["nuevo"]}):
        with pytest.raises(FormatTooNewError):
            open_root(changed(**changes), huella=HUELLA)


@pytest.mark.parametrize("raiz", [None, 1, "", "AAAA", "=", "A" * 2000])
def test_a_root_document_without_its_root_is_refused(raiz: object) -> None:
    """Before any signature can be judged."""
    with pytest.raises(TheirError):
        open_root(changed(raiz=raiz), huella=HUELLA)


def test_signing_a_document_that_names_another_root_is_refused() -> None:
    """Found at the centre, not at a thousand units."""
    with pytest.raises(BadRootDocumentError):
        make_root_document(document(), Ed25519PrivateKey.generate())


def test_a_key_counts_from_desde_until_before_retirada() -> None:
    """[desde, retirada): to the millisecond."""
    entry = replace(root_key(KeyUse.ACUSE, SIGNER.public_key(), desde=AT), retirada=LATER)
    trust = open_root(signed(entry), huella=HUELLA)
    for at in (AT, AT.plus(MOMENT), LATER.plus(-MOMENT), None):
        assert kid_of(trust.public_key(entry.kid, use=KeyUse.ACUSE, at=at)) == entry.kid
        assert [kid_of(key) for key in trust.keys(KeyUse.ACUSE, at=at)] == [entry.kid]
    for at, kind in ((AT.plus(-MOMENT), KeyNotYetValidError), (LATER, WithdrawnKeyError)):
        with pytest.raises(kind):
            trust.public_key(entry.kid, use=KeyUse.ACUSE, at=at)
        assert trust.keys(KeyUse.ACUSE, at=at) == []


def test_a_key_that_is_not_withdrawn_counts_for_ever() -> None:
    """``retirada`` null: no end."""
    entry = root_key(KeyUse.ACUSE, SIGNER.public_key(), desde=AT)
    trust = open_root(signed(entry), huella=HUELLA)
    assert trust.public_key(entry.kid, use=KeyUse.ACUSE, at=AT.plus(timedelta(days=36500)))


@pytest.mark.parametrize("use", [use for use in KeyUse if use is not KeyUse.ACUSE])
def test_a_key_does_what_its_use_says_and_nothing_else(use: KeyUse) -> None:
    """Only ``uso`` decides."""
    entry = root_key(KeyUse.ACUSE, SIGNER.public_key(), desde=AT)
    trust = open_root(signed(entry), huella=HUELLA)
    with pytest.raises(WrongUseError) as caught:
        trust.public_key(entry.kid, use=use, at=AT)
    assert caught.value.fields == {"kid": entry.kid, "uso": "acuse", "esperado": use.value}
    assert trust.keys(use) == []


def test_a_key_that_the_document_does_not_name_is_unknown(centre: MadeCentre) -> None:
    """Not even the root's own: it signs the root document and nothing else."""
    for kid in ("", "A" * 43, kid_of(centre.root.public_key())):
        with pytest.raises(UnknownKeyError):
            centre.trust.public_key(kid, use=KeyUse.ACUSE)


def test_keys_come_in_the_documents_order() -> None:
    """The first sealing key is the one to seal to."""
    entries = [root_key(KeyUse.SELLADO, X25519PrivateKey.generate().public_key(), desde=AT) for _ in range(5)]
    trust = open_root(signed(*entries), huella=HUELLA)
    assert [kid_of(key) for key in trust.keys(KeyUse.SELLADO)] == [entry.kid for entry in entries]


def test_a_key_of_a_kind_that_its_use_does_not_have_is_refused() -> None:
    """A sealing key among the signing ones, bytes that are no key, a point that is on no curve."""
    x25519 = spki_of(X25519PrivateKey.generate().public_key())
    p256 = spki_of(ec.generate_private_key(ec.SECP256R1()).public_key())
    off_curve = p256[:-32] + bytes(32)
    for use, spki in (
        (KeyUse.ACUSE, x25519),
        (KeyUse.SELLADO, spki_of(SIGNER.public_key())),
        (KeyUse.BITACORA, p256),
        (KeyUse.ACUSE, b"no key"),
        (KeyUse.ACUSE, off_curve),
    ):
        with pytest.raises(BadRootDocumentError):
            open_root(signed(RootKey.of(use, spki, desde=AT)), huella=HUELLA)


def der_of(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def test_authorities_are_given_until_they_are_withdrawn() -> None:
    """A certificate of a withdrawn authority opens no connection."""
    entry = ca_root_key(CA.certificate, desde=AT)
    trust = open_root(signed(entry), huella=HUELLA)
    assert trust.ca_certificates() == [CA.certificate]
    withdrawn = open_root(signed(replace(entry, retirada=LATER)), huella=HUELLA)
    assert withdrawn.ca_certificates() == []


def issued(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, signer: object = None) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.not_valid_before(AT.at).not_valid_after(LATER.at).public_key(key.public_key())
    return builder.sign(signer or key, hashes.SHA256())  # type: ignore[arg-type]


def test_an_authority_that_is_not_self_signed_is_refused() -> None:
    """Its certificate must be signed by the key that it names."""
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    foreign = issued(key, signer=other)
    with pytest.raises(BadRootDocumentError):
        ca_root_key(foreign, desde=AT)
    entry = RootKey.of(KeyUse.CA, spki_of(key.public_key()), desde=AT, certificado=der_of(foreign))
    with pytest.raises(BadRootDocumentError):
        open_root(signed(entry), huella=HUELLA)


def test_an_authority_with_the_certificate_of_another_key_is_refused() -> None:
    """``publica`` and ``certificado`` speak of one key."""
    other = spki_of(ec.generate_private_key(ec.SECP256R1()).public_key())
    for certificate in (der_of(CA.certificate), b"none", der_of(CA.certificate) + b"\0"):
        entry = RootKey.of(KeyUse.CA, other, desde=AT, certificado=certificate)
        with pytest.raises(BadRootDocumentError):
            open_root(signed(entry), huella=HUELLA)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(public_exponent=65537, key_size=2048)],
    ids=["P-384", "RSA"],
)
def test_an_authority_that_is_not_of_p256_is_refused(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
) -> None:
    """One algorithm, nothing to choose from."""
    with pytest.raises(BadRootDocumentError):
        ca_root_key(issued(key), desde=AT)


@pytest.mark.parametrize(
    ("seen", "now", "holds"),
    [
        ((1, 1), (1, 1), True),
        ((1, 1), (1, 2), True),
        ((1, 9), (2, 1), True),
        ((1, 2), (1, 1), False),
        ((2, 1), (1, 9), False),
    ],
)
def test_a_root_document_never_goes_back(seen: tuple[int, int], now: tuple[int, int], *, holds: bool) -> None:
    """The pair (época, n) orders them; an old one could bring a withdrawn key back."""
    trust = open_root(signed(epoca=now[0], n=now[1]), huella=HUELLA)
    if holds:
        assert trust.check_not_older(seen) is trust
    else:
        with pytest.raises(RolledBackError) as caught:
            trust.check_not_older(seen)
        assert caught.value.fields == {"vista": seen, "recibida": now}


def test_all_refusals_are_errors_of_trust() -> None:
    """One branch catches them; none is a defect of ours or of the machine."""
    kinds = [UnknownKeyError, WrongUseError, WithdrawnKeyError, RolledBackError, FingerprintMismatchError]
    assert all(issubclass(kind, TrustError) for kind in kinds)


@pytest.mark.parametrize("alg", ["Ed25519", "X25519", "ES256"])
def test_a_public_key_has_one_spelling(alg: str) -> None:
    """Bytes after it, or a compressed point, would give one key two ids."""
    keys = {
        "Ed25519": SIGNER.public_key(),
        "X25519": X25519PrivateKey.generate().public_key(),
        "ES256": ec.generate_private_key(ec.SECP256R1()).public_key(),
    }
    spki = spki_of(keys[alg])
    assert spki_of(load_spki(spki, alg)) == spki
    for bad in (spki + b"\0", spki[:-1], b"", b"x"):
        with pytest.raises(WrongAlgorithmError):
            load_spki(bad, alg)
    for other in set(keys) - {alg}:
        with pytest.raises(WrongAlgorithmError):
            load_spki(spki, other)


def test_a_compressed_point_is_refused() -> None:
    """Valid X.509, and not the one spelling."""
    from cryptography.hazmat.primitives.serialization import PublicFormat

    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    prefix = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    with pytest.raises(WrongAlgorithmError):
        load_spki(prefix + point, "ES256")


def test_an_instant_before_the_year_1000_keeps_its_four_digits() -> None:
    """A time read is the time written: some systems' ``strftime`` drops the zeros."""
    text = "0999-01-01T00:00:00.000Z"
    assert str(Instant.parse(text)) == text
