"""Signed documents: what the vectors cannot show: limits, wrong callers, and why joserfc alone is not enough."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as jose
from joserfc.jwk import OKPKey

from sigasers.errors import TheirError
from sigasers.errors.keys import (
    BadHeaderError,
    BadTokenError,
    UnknownKeyError,
    WrongAlgorithmError,
)
from sigasers.formats.documents import Typ
from sigasers.keys import jws
from sigasers.keys.kinds import PublicKey, kid_of, load_spki, spki_of

KEY = Ed25519PrivateKey.generate()
UNIT = ec.generate_private_key(ec.SECP256R1())
TOKEN = jws.sign(b'{"n":1}', typ=Typ.ACUSE, key=KEY)


def verify(token: str | bytes, *, typ: Typ = Typ.ACUSE, key: PublicKey | None = None) -> jws.Verified:
    return jws.verify(token, typ=typ, key=lambda _kid: key or KEY.public_key())


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_what_is_signed_is_given_back_exactly() -> None:
    """Payload bytes, members, kid and id, from text and from bytes alike."""
    found = verify(TOKEN)
    assert (found.payload, found.document) == (b'{"n":1}', {"n": 1})
    assert found.kid == kid_of(KEY.public_key())
    assert found.id == jws.document_id(TOKEN) == jws.peek(TOKEN).id
    assert verify(TOKEN.encode()) == found


def test_units_documents_are_es256_and_the_centres_ed25519() -> None:
    """Each typ has one algorithm; the wrong key cannot even sign."""
    sobre = jws.sign(b"{}", typ=Typ.SOBRE, key=UNIT)
    assert verify(sobre, typ=Typ.SOBRE, key=UNIT.public_key()).document == {}
    for typ, key in ((Typ.SOBRE, KEY), (Typ.ACUSE, UNIT), (Typ.ACUSE, X25519PrivateKey.generate())):
        with pytest.raises(WrongAlgorithmError):
            jws.sign(b"{}", typ=typ, key=key)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()])
def test_other_curves_sign_nothing(curve: ec.EllipticCurve) -> None:
    """P-256 alone."""
    with pytest.raises(WrongAlgorithmError):
        jws.sign(b"{}", typ=Typ.SOBRE, key=ec.generate_private_key(curve))


def test_key_of_another_kind_verifies_nothing() -> None:
    """A look-up that answers with a key of another algorithm is caught."""
    with pytest.raises(WrongAlgorithmError):
        verify(TOKEN, key=UNIT.public_key())


def test_key_of_another_kid_verifies_nothing() -> None:
    """A look-up that ignores the kid is caught before its key is tried."""
    with pytest.raises(UnknownKeyError):
        verify(TOKEN, key=Ed25519PrivateKey.generate().public_key())


def test_duplicate_header_member_that_joserfc_takes_is_refused() -> None:
    """Two readers of one header could see two kids: the library verifies it, we do not."""
    kid = kid_of(KEY.public_key())
    header = f'{{"alg":"Ed25519","kid":"x","kid":"{kid}","typ":"sigasers-acuse"}}'.encode()
    signing_input = f"{b64(header)}.{b64(b'{}')}"
    token = f"{signing_input}.{b64(KEY.sign(signing_input.encode()))}"
    jose.deserialize_compact(token, OKPKey.import_key(KEY.public_key()), algorithms=["Ed25519"])
    with pytest.raises(BadHeaderError):
        verify(token)


def test_token_of_ours_verifies_with_the_library_alone() -> None:
    """What we write is plain JOSE."""
    found = jose.deserialize_compact(TOKEN, OKPKey.import_key(KEY.public_key()), algorithms=["Ed25519"])
    assert found.payload == b'{"n":1}'
    assert found.headers() == {"alg": "Ed25519", "kid": kid_of(KEY.public_key()), "typ": "sigasers-acuse"}


@pytest.mark.parametrize(("typ", "key"), [(Typ.SOBRE, UNIT), (Typ.ACUSE, KEY)])
def test_too_long_to_be_read_is_not_signed(typ: Typ, key: Ed25519PrivateKey) -> None:
    """A writer finds the limit, not its reader."""
    payload = json.dumps({"x": "a" * typ.max_payload_bytes}).encode()
    with pytest.raises(BadTokenError):
        jws.sign(payload, typ=typ, key=key)


def test_document_of_the_greatest_size_is_read() -> None:
    """1 MiB of payload, over joserfc's own limit of 128 kB."""
    payload = b'{"x":"' + b"a" * (Typ.RAIZ.max_payload_bytes - 8) + b'"}'
    assert verify(jws.sign(payload, typ=Typ.RAIZ, key=KEY), typ=Typ.RAIZ).payload == payload


@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_oversized_token_is_refused_before_it_is_decoded(size: int) -> None:
    """A sobre has 64 KiB, everything else a little over a payload of 1 MiB."""
    with pytest.raises(BadTokenError):
        verify(TOKEN.split(".")[0] + "." + "A" * size + "." + TOKEN.split(".")[2], typ=Typ.SOBRE)


def test_long_header_is_refused() -> None:
    """Headers are of 150 characters; a kid of kilobytes is no kid."""
    header = b64(json.dumps({"alg": "Ed25519", "kid": "k" * 4000, "typ": "sigasers-acuse"}).encode())
    with pytest.raises(BadTokenError):
        jws.peek(f"{header}.e30.{TOKEN.split('.')[2]}")


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_bytes_are_more_than_refused(token: str | bytes) -> None:
    """Whatever comes, the answer is an error of ours."""
    with pytest.raises(TheirError):
        verify(token)
    with pytest.raises(TheirError):
        jws.peek(token)


@given(st.integers(min_value=0, max_value=len(TOKEN) - 1), st.sampled_from("AZaz09-_.=+ \n€"))
def test_any_character_changed_is_noticed(place: int, char: str) -> None:
    """No byte of a token is free."""
    bent = TOKEN[:place] + char + TOKEN[place + 1 :]
    if bent == TOKEN:
        return
    with pytest.raises(TheirError):
        verify(bent)


@pytest.mark.parametrize(
    "bent", [b"", b"no key", spki_of(KEY.public_key()) + b"\0"], ids=["nothing", "no key", "a byte more"]
)
def test_bytes_that_are_no_key_are_refused(bent: bytes) -> None:
    """Also a key with something after it, which would have two kids."""
    with pytest.raises(WrongAlgorithmError):
        load_spki(bent, "Ed25519")


def test_every_kind_of_key_is_read_as_itself_alone() -> None:
    """The algorithm asked for decides, never the bytes."""
    kinds: dict[str, PublicKey] = {
        "Ed25519": KEY.public_key(),
        "ES256": UNIT.public_key(),
        "X25519": X25519PrivateKey.generate().public_key(),
    }
    for alg, key in kinds.items():
        for asked in kinds:
            if asked == alg:
                assert kid_of(load_spki(spki_of(key), asked)) == kid_of(key)
            else:
                with pytest.raises(WrongAlgorithmError):
                    load_spki(spki_of(key), asked)
