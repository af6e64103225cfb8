"""A signed document has one form; what another JWS library would let pass is refused here."""

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import TheirError
from sigasers.errors.formats import BadJsonError, FormatError
from sigasers.errors.keys import (
    BadHeaderError,
    BadSignatureError,
    BadTokenError,
    UnknownKeyError,
    WrongAlgorithmError,
    WrongTypeError,
)
from sigasers.formats.documents import Typ
from sigasers.keys import jws
from sigasers.keys.kinds import PrivateKey, PublicKey, kid_of
from tests.keys.tokens import b64, forge, header_of, other_valid_signature, unb64

CENTRE = Ed25519PrivateKey.generate()
UNIT = ec.generate_private_key(ec.SECP256R1())
PAYLOAD = '{"v":1,"texto":"año","n":3}'.encode()
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, kw_only=True)
class Signer:
    """One kind of document with the key that signs it."""

    typ: Typ
    key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey

    def sign(self, payload: bytes = PAYLOAD) -> str:
        return jws.sign(payload, typ=self.typ, key=self.key)

    def forge(self, payload: object = PAYLOAD, **changes: object) -> str:
        return forge(self.key, payload, header_of(self.key, self.typ.value, **changes))

    def verify(self, token: str | bytes) -> jws.Verified:
        return jws.verify(token, typ=self.typ, key=lambda _kid: self.key.public_key())


SIGNERS = {
    "of the centre": Signer(typ=Typ.ACUSE, key=CENTRE),
    "of a unit": Signer(typ=Typ.SOBRE, key=UNIT),
}
ACUSE, SOBRE = SIGNERS.values()
TOKENS = {name: signer.sign() for name, signer in SIGNERS.items()}


@pytest.fixture(params=SIGNERS.values(), ids=SIGNERS)
def signer(request: pytest.FixtureRequest) -> Signer:
    found: Signer = request.param
    return found


def key_for(typ: Typ) -> Ed25519PrivateKey | ec.EllipticCurvePrivateKey:
    return UNIT if typ is Typ.SOBRE else CENTRE


@pytest.mark.parametrize("typ", Typ)
def test_each_typ_is_signed_and_verified(typ: Typ) -> None:
    """Payload, members, kid and id come back; as text and as bytes alike."""
    key = key_for(typ)
    token = jws.sign(PAYLOAD, typ=typ, key=key)
    for form in (token, token.encode()):
        found = jws.verify(form, typ=typ, key=lambda _kid: key.public_key())
        assert (found.payload, found.document) == (PAYLOAD, json.loads(PAYLOAD))
        assert (found.kid, found.id) == (kid_of(key.public_key()), jws.document_id(form))


def test_a_document_signed_by_another_hand_is_taken(signer: Signer) -> None:
    """The form is that of RFC 7515, not of one library."""
    assert signer.verify(signer.forge()).document == json.loads(PAYLOAD)


def test_the_header_is_exactly_alg_kid_typ(signer: Signer) -> None:
    """Nothing that names where a key could be fetched."""
    header = json.loads(unb64(signer.sign().partition(".")[0]))
    assert header == header_of(signer.key, signer.typ.value)


def test_the_id_is_the_digest_of_the_signing_input(signer: Signer) -> None:
    """Header and payload as they stand in the token, without the signature."""
    token = signer.sign()
    signing_input = token.rpartition(".")[0].encode()
    assert str(jws.document_id(token)) == hashlib.sha256(signing_input).hexdigest()


def test_the_payload_is_signed_byte_for_byte(signer: Signer) -> None:
    """What was stored is what is read again; nothing is written anew."""
    spaced = b'{ "v" : 1 }\n'
    assert signer.verify(signer.sign(spaced)).payload == spaced


def test_an_altered_but_valid_signature_keeps_the_id() -> None:
    """Anyone can turn an ES256 signature into another valid one: it is the same document."""
    token = SOBRE.sign()
    other = other_valid_signature(token)
    assert other != token
    assert SOBRE.verify(other).id == SOBRE.verify(token).id == jws.document_id(token)


def test_signing_twice_gives_one_id() -> None:
    """ES256 signatures differ each time, the document does not."""
    first, second = SOBRE.sign(), SOBRE.sign()
    assert first != second
    assert jws.document_id(first) == jws.document_id(second)


@pytest.mark.needs("openssl")
def test_openssl_verifies_what_we_sign(signer: Signer, tmp_path: Path) -> None:
    """A program of other hands finds each signature good, and the changed bytes bad."""
    head, _, signature = signer.sign().rpartition(".")
    raw = unb64(signature)
    is_unit = signer.typ is Typ.SOBRE
    pair = (int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    (tmp_path / "sig").write_bytes(encode_dss_signature(*pair) if is_unit else raw)
    pem = signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    command = [shutil.which("openssl") or "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem"]
    command += ["-rawin", "-in", "data", "-sigfile", "sig"] + (["-digest", "sha256"] if is_unit else [])
    for data, code in ((head.encode(), 0), (head.encode() + b"x", 1)):
        (tmp_path / "data").write_bytes(data)
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert done.returncode == code, done.stderr


def duplicated(signer: Signer, member: str, value: object) -> str:
    header = header_of(signer.key, signer.typ.value)
    text = json.dumps(header)[:-1] + f", {json.dumps(member)}: {json.dumps(value)}}}"
    return forge(signer.key, PAYLOAD, text.encode())


@pytest.mark.parametrize("member", ["alg", "kid", "typ"])
def test_a_header_member_twice_is_refused(signer: Signer, member: str) -> None:
    """Also with the same value: two readers must not see two headers."""
    same = header_of(signer.key, signer.typ.value)[member]
    for value in (same, "none"):
        with pytest.raises(BadHeaderError):
            signer.verify(duplicated(signer, member, value))


@pytest.mark.parametrize(
    "extra",
    [
        {"crit": ["b64"], "b64": False},
        {"jwk": {"kty": "OKP"}},
        {"jku": "https://x"},
        {"x5c": []},
        {"cty": ""},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_a_header_with_more_members_is_refused(signer: Signer, extra: dict[str, object]) -> None:
    """Neither a key nor an address nor another rule comes with the token."""
    with pytest.raises(BadHeaderError):
        signer.verify(signer.forge(**extra))


@pytest.mark.parametrize("member", ["alg", "kid", "typ"])
@pytest.mark.parametrize("value", [None, 1, ["x"], {}, True, "missing"])
def test_a_header_with_a_member_missing_or_no_text_is_refused(
    signer: Signer, member: str, value: object
) -> None:
    """Each of the three is there, and a text."""
    header = header_of(signer.key, signer.typ.value, **{member: value})
    if value == "missing":
        del header[member]
    with pytest.raises(BadHeaderError):
        signer.verify(forge(signer.key, PAYLOAD, header))


@pytest.mark.parametrize("header", [b"", b"[]", b"null", b'"x"', b"{", b"{}", b"\xff\xfe", b"[" * 200])
def test_a_header_that_is_no_object_is_refused(signer: Signer, header: bytes) -> None:
    """The header is read as strictly as the payload."""
    with pytest.raises(BadHeaderError):
        signer.verify(forge(signer.key, PAYLOAD, header))


def test_a_long_header_is_refused_before_it_is_read(signer: Signer) -> None:
    """Ours take about 150 characters."""
    with pytest.raises(BadTokenError):
        signer.verify(signer.forge(kid="A" * 400))


@pytest.mark.parametrize("alg", ["none", "None", "", "EdDSA", "HS256", "RS256", "ES384", "ES512", "es256"])
def test_another_algorithm_is_refused(signer: Signer, alg: str) -> None:
    """The typ decides on the algorithm, the header is only compared; EdDSA is the old name of RFC 8037."""
    with pytest.raises(WrongAlgorithmError):
        signer.verify(signer.forge(alg=alg))


def test_the_algorithm_of_the_other_side_is_refused() -> None:
    """The centre's documents are no ES256 and a unit's no Ed25519, however good the signature."""
    for typ, key in ((Typ.ACUSE, UNIT), (Typ.SOBRE, CENTRE)):
        token = forge(key, PAYLOAD, header_of(key, typ.value))
        with pytest.raises(WrongAlgorithmError):
            jws.verify(token, typ=typ, key=lambda _kid, key=key: key.public_key())


@pytest.mark.parametrize(("typ", "key"), [(Typ.ACUSE, UNIT), (Typ.SOBRE, CENTRE)])
def test_a_key_of_another_kind_neither_signs_nor_verifies(
    typ: Typ, key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey
) -> None:
    """The key that the caller gives is held against the typ too."""
    with pytest.raises(WrongAlgorithmError):
        jws.sign(PAYLOAD, typ=typ, key=key)
    with pytest.raises(WrongAlgorithmError):
        jws.verify(jws.sign(PAYLOAD, typ=typ, key=key_for(typ)), typ=typ, key=lambda _kid: key.public_key())


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), X25519PrivateKey.generate()], ids=["P-384", "X25519"]
)
def test_keys_that_no_document_has_are_refused(key: PrivateKey) -> None:
    """P-256 alone among the curves, and no key of agreement."""
    for typ in (Typ.SOBRE, Typ.ACUSE):
        with pytest.raises(WrongAlgorithmError):
            jws.sign(PAYLOAD, typ=typ, key=key)
        with pytest.raises(WrongAlgorithmError):
            jws.verify(jws.sign(PAYLOAD, typ=typ, key=key_for(typ)), typ=typ, key=lambda _: key.public_key())


@pytest.mark.parametrize("typ", [typ for typ in Typ if typ not in {Typ.ACUSE, Typ.SOBRE}])
def test_one_kind_of_document_never_passes_for_another(typ: Typ) -> None:
    """A profile, however well signed, is no receipt."""
    with pytest.raises(WrongTypeError):
        ACUSE.verify(jws.sign(PAYLOAD, typ=typ, key=CENTRE))


@pytest.mark.parametrize("typ", ["", "JWT", "sigasers-Acuse", "sigasers-acuse ", "sigasers-nuevo", "x" * 200])
def test_an_unknown_typ_is_refused(signer: Signer, typ: str) -> None:
    """Compared exactly, case and blanks included."""
    with pytest.raises(WrongTypeError):
        signer.verify(signer.forge(typ=typ))
    with pytest.raises(WrongTypeError):
        jws.peek(signer.forge(typ=typ))


def test_the_signature_of_another_key_is_refused(signer: Signer) -> None:
    """Of the right kind, and named in the header as if it were the right one."""
    other = ec.generate_private_key(ec.SECP256R1()) if signer is SOBRE else Ed25519PrivateKey.generate()
    token = forge(other, PAYLOAD, header_of(signer.key, signer.typ.value))
    with pytest.raises(BadSignatureError):
        signer.verify(token)


def test_a_key_given_for_another_kid_is_refused(signer: Signer) -> None:
    """A look-up that answers with the wrong key is noticed."""
    with pytest.raises(UnknownKeyError):
        signer.verify(signer.forge(kid="A" * 43))


def test_what_the_look_up_raises_passes_through(signer: Signer) -> None:
    """Who may sign is the caller's word."""

    def none(kid: str) -> PublicKey:
        raise UnknownKeyError("none", kid=kid)

    with pytest.raises(UnknownKeyError):
        jws.verify(signer.sign(), typ=signer.typ, key=none)


def test_signatures_of_zeros_are_refused(signer: Signer) -> None:
    """The hole that implementations of ECDSA had in 2022 (r = s = 0)."""
    head = signer.sign().rpartition(".")[0]
    with pytest.raises(BadSignatureError):
        signer.verify(f"{head}.{b64(bytes(64))}")


PAYLOADS_REFUSED = {
    "float": b'{"v":1.0}',
    "float deep inside": b'{"a":[{"b":[0.5]}]}',
    "exponent": b'{"v":1e2}',
    "over 53 bits": b'{"v":9007199254740992}',
    "under 53 bits": b'{"v":-9007199254740992}',
    "thousands of digits": b'{"v":' + b"9" * 5000 + b"}",
    "NaN": b'{"v":NaN}',
    "member twice": b'{"v":1,"v":1}',
    "member twice deep inside": b'{"a":[{"b":1,"b":2}]}',
    "list": b"[1]",
    "text": b'"v"',
    "null": b"null",
    "nothing": b"",
    "two values": b"{}{}",
    "latin-1": '{"v":"ñ"}'.encode("latin-1"),
    "byte order mark": '\ufeff{"v":1}'.encode(),
    "lone surrogate": b'{"v":"\\ud800"}',
    "65 levels": b'{"v":' + b"[" * 65 + b"]" * 65 + b"}",
}


@pytest.mark.parametrize("payload", PAYLOADS_REFUSED.values(), ids=PAYLOADS_REFUSED)
def test_a_payload_with_two_meanings_is_refused(signer: Signer, payload: bytes) -> None:
    """However well signed: what two readers could read in two ways proves nothing."""
    with pytest.raises(FormatError):
        signer.verify(signer.forge(payload))


@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0, True])
def test_integers_of_53_bits_are_taken(signer: Signer, number: int) -> None:
    """The range in which every reader of JSON is exact."""
    assert signer.verify(signer.forge({"v": [number]})).document == {"v": [number]}


def test_the_signature_is_judged_before_the_payload_is_read(signer: Signer) -> None:
    """Bytes of a stranger get no further than the signature."""
    head, _, rest = signer.sign().partition(".")
    with pytest.raises(BadSignatureError):
        signer.verify(f"{head}.{b64(b'{' * 100)}.{rest.partition('.')[2]}")


PART_CHANGES: dict[str, Callable[[str], str]] = {
    "padded": lambda part: part + "=",
    "with a line break": lambda part: part[:4] + "\n" + part[4:],
    "with a blank": lambda part: part + " ",
    "in standard base64": lambda part: part[:-4] + "+/+/",
    "of impossible length": lambda part: part + "A" * (1 + -len(part) % 4 or 4),
    "in other letters": lambda part: part[:-1] + "ñ",
    "in wide letters": lambda part: part[:-1] + "\uff21",
}


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("change", PART_CHANGES)
def test_a_part_in_another_spelling_is_refused(signer: Signer, part: int, change: str) -> None:
    """Base64url in its one form: else equal documents would have two ids."""
    parts = signer.sign().split(".")
    parts[part] = PART_CHANGES[change](parts[part])
    with pytest.raises(BadTokenError):
        signer.verify(".".join(parts))


def test_stray_bits_in_the_last_character_are_refused() -> None:
    """64 bytes end in a character with four unused bits: all sixteen spellings but one are refused."""
    head, _, signature = TOKENS["of the centre"].rpartition(".")
    last = ALPHABET.index(signature[-1])
    assert last % 16 == 0
    for stray in range(1, 16):
        with pytest.raises(BadTokenError):
            ACUSE.verify(f"{head}.{signature[:-1]}{ALPHABET[last + stray]}")


@pytest.mark.parametrize("length", [0, 63, 65, 70, 71, 72])
def test_a_signature_of_another_length_is_refused(signer: Signer, length: int) -> None:
    """Also ES256 as DER, which some programs write."""
    head = signer.sign().rpartition(".")[0]
    with pytest.raises(BadTokenError):
        signer.verify(f"{head}.{b64(b'x' * length)}")


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a.b.c.d", "....", "{}", "a.b.c", "\0" * 10])
def test_nonsense_is_no_token(signer: Signer, token: str) -> None:
    """The JSON forms of JWS among it; by every way in."""
    ways: list[Callable[[str], object]] = [signer.verify, jws.peek]
    for way in ways:
        with pytest.raises(TheirError):
            way(token)


@pytest.mark.parametrize("token", [b"\xff.a.b", b"a.b.\xc3\xb1"])
def test_bytes_outside_ascii_are_no_token(token: bytes) -> None:
    """Also where only the id is asked for."""
    with pytest.raises(BadTokenError):
        jws.document_id(token)


@given(st.sampled_from(sorted(TOKENS)), st.data())
def test_any_single_changed_character_is_refused(name: str, data: st.DataObject) -> None:
    """Replaced, removed or put in between: wherever it stands, whatever it is."""
    token, signer = TOKENS[name], SIGNERS[name]
    at = data.draw(st.integers(0, len(token) - 1))
    char = data.draw(st.sampled_from(ALPHABET) | st.characters())
    ways = [token[:at] + token[at + 1 :], token[:at] + char + token[at:]]
    if char != token[at]:
        ways.append(token[:at] + char + token[at + 1 :])
    for changed in ways:
        with pytest.raises(TheirError):
            signer.verify(changed)


def test_each_character_changed_is_refused() -> None:
    """Every place of one whole token, with its neighbour in the alphabet."""
    token = TOKENS["of the centre"]
    for at, char in enumerate(token):
        other = ALPHABET[(ALPHABET.find(char) + 1) % 64]
        with pytest.raises(TheirError):
            ACUSE.verify(token[:at] + other + token[at + 1 :])


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_whatever_arrives_is_refused_in_our_own_words(token: bytes | str) -> None:
    """No exception of a library reaches the caller."""
    with pytest.raises(TheirError):
        ACUSE.verify(token)


def filled(size: int) -> bytes:
    return b'{"a":"' + b"x" * (size - 8) + b'"}'


def test_a_payload_of_one_mebibyte_is_taken_and_one_byte_more_is_not() -> None:
    """The limit holds for who signs and for who reads."""
    limit = 1 << 20
    token = ACUSE.sign(filled(limit))
    assert len(ACUSE.verify(token).payload) == limit
    with pytest.raises(BadTokenError):
        ACUSE.sign(filled(limit + 1))
    with pytest.raises(BadTokenError):
        ACUSE.verify(ACUSE.forge(filled(limit + 1)))


def test_a_sobre_takes_at_most_64_kib_as_a_token() -> None:
    """The largest that fits is signed and read; the next is neither."""
    fits = max(size for size in range(48_900, 49_100) if len(SOBRE.forge(filled(size))) <= 1 << 16)
    assert SOBRE.verify(SOBRE.sign(filled(fits))).payload == filled(fits)
    with pytest.raises(BadTokenError):
        SOBRE.sign(filled(fits + 1))
    with pytest.raises(BadTokenError):
        SOBRE.verify(SOBRE.forge(filled(fits + 1)))


def test_a_sobre_of_a_large_payload_is_not_read_as_another_typ() -> None:
    """``peek`` holds the limit of the typ that the token itself names."""
    with pytest.raises(BadTokenError):
        jws.peek(SOBRE.forge(filled((1 << 16) + 1)))


def test_an_endless_token_is_refused_by_its_length_alone() -> None:
    """Before anything of it is decoded."""
    endless = "A" * (jws.MAX_TOKEN_BYTES + 1)
    ways: list[Callable[[str], object]] = [ACUSE.verify, jws.peek, jws.document_id]
    for way in ways:
        with pytest.raises(BadTokenError):
            way(endless)


def test_peek_tells_what_a_token_says_of_itself(signer: Signer) -> None:
    """For looking up: the signature is not judged."""
    token = signer.sign()
    unsigned = token.rpartition(".")[0] + "." + b64(b"x" * 64)
    for seen in (jws.peek(token), jws.peek(unsigned.encode())):
        assert (seen.typ, seen.kid) == (signer.typ, kid_of(signer.key.public_key()))
        assert seen.id == jws.document_id(token)


def test_members_before_verifying_are_read_as_strictly() -> None:
    """The root document's way in: no signature judged, everything else is."""
    assert jws.unverified(TOKENS["of the centre"], typ=Typ.ACUSE) == json.loads(PAYLOAD)
    with pytest.raises(WrongTypeError):
        jws.unverified(TOKENS["of the centre"], typ=Typ.RAIZ)
    with pytest.raises(BadJsonError):
        jws.unverified(ACUSE.forge(b'{"v":1,"v":1}'), typ=Typ.ACUSE)


def test_base64_of_the_standard_library_agrees() -> None:
    """The helper of these tests and the program write the same."""
    data = bytes(range(256))
    assert b64(data) == base64.urlsafe_b64encode(data).decode().rstrip("=")
