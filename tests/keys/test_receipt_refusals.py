"""What a unit is given proves what it says, step by step; every single lie has its own name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sigasers.errors import SigasersError
from sigasers.errors.formats import BadNoteError, FormatError, FormatTooNewError
from sigasers.errors.keys import (
    AsientoMismatchError,
    BadCheckpointSignatureError,
    BadSignatureError,
    BadTokenError,
    ConstanciaMismatchError,
    KeyNotYetValidError,
    NotInLogError,
    UnknownKeyError,
    WithdrawnKeyError,
    WrongCentreError,
    WrongLogError,
    WrongTypeError,
    WrongUseError,
)
from sigasers.formats.documents import (
    Acuse,
    KeyUse,
    Nivel,
    Oferta,
    Profile,
    Razon,
    Resultado,
    SealingKey,
    Typ,
)
from sigasers.formats.tlog import Proof
from sigasers.keys import jws
from sigasers.keys.kinds import kid_of, spki_of
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_oferta, verify_perfil
from sigasers.model import Digest, Identifier, Nemonico
from tests.keys.tokens import forge, header_of
from tests.made_centre import AT, MadeCentre

CENTRE = MadeCentre()
OTHER = MadeCentre()
TRUST = CENTRE.trust
EARLIER = AT.plus(timedelta(milliseconds=-1))
SEALING = X25519PrivateKey.generate().public_key()
OFERTA = Oferta(
    aud=CENTRE.aud,
    sobre=Digest("5" * 64),
    unidad=Nemonico(1288),
    registro=Identifier("A" * 22),
    ofrecido=AT,
)
PERFIL = Profile(
    aud=CENTRE.aud,
    unidad=Nemonico(1288),
    sistema="SIGA",
    registro=Identifier("A" * 22),
    epoca=1,
    n=3,
    emitido=AT,
    vence=AT.plus(timedelta(days=90)),
    sellado=(SealingKey(kid=kid_of(SEALING), publica=spki_of(SEALING)),),
)


def sign(document: Oferta | Profile, use: KeyUse, *, centre: MadeCentre = CENTRE) -> str:
    typ = Typ.OFERTA if isinstance(document, Oferta) else Typ.PERFIL
    return jws.sign(document.to_payload(), typ=typ, key=centre.keys[use])


def test_a_true_acuse_is_given() -> None:
    """Text or bytes."""
    acuse = CENTRE.acuse()
    token = CENTRE.sign(acuse)
    assert verify_acuse(token, TRUST) == verify_acuse(token.encode(), TRUST) == acuse


def test_an_acuse_holds_at_every_place_of_a_log_of_every_small_size() -> None:
    """First, last and between, in logs of 1 to 9 entries."""
    data = CENTRE.asiento().to_payload()
    for size in range(1, 10):
        centre = replace(CENTRE, log_size=size)
        for index in range(size):
            acuse = replace(CENTRE.acuse(), indice=index, prueba=centre.proof(data, index=index))
            assert verify_acuse(CENTRE.sign(acuse), TRUST).numero == f"A-1-{index:06d}"


def bent_proof(change: Callable[[Proof], Proof]) -> dict[str, object]:
    return {"prueba": str(change(Proof.parse(CENTRE.acuse().prueba)))}


def flipped(proof: Proof) -> Proof:
    first, *rest = proof.path
    return replace(proof, path=(bytes([first[0] ^ 1]) + first[1:], *rest))


def other_asiento(**changes: object) -> dict[str, object]:
    asiento = replace(CENTRE.asiento(), **changes)  # type: ignore[arg-type]
    return {"asiento": asiento.to_payload(), "prueba": CENTRE.proof(asiento.to_payload())}


BENT: dict[str, tuple[dict[str, object], type[SigasersError]]] = {
    "of another centre": ({"aud": OTHER.aud}, WrongCentreError),
    "completed before the key": ({"completado": EARLIER}, KeyNotYetValidError),
    "another sobre": ({"sobre": Digest("6" * 64)}, AsientoMismatchError),
    "another registro": ({"registro": Identifier("B" * 21 + "A")}, AsientoMismatchError),
    "another instalacion": ({"instalacion": Identifier("C" * 21 + "A")}, AsientoMismatchError),
    "another n": ({"n": 2}, AsientoMismatchError),
    "offered at another time": ({"ofrecido": AT.plus(timedelta(seconds=1))}, AsientoMismatchError),
    "completed at another time": ({"completado": AT.plus(timedelta(hours=1))}, AsientoMismatchError),
    "asiento of another sobre": (other_asiento(sobre=Digest("7" * 64)), AsientoMismatchError),
    "asiento that is none": ({"asiento": b"{}"}, FormatError),
    "asiento in another spelling": (
        {"asiento": CENTRE.asiento().to_payload().replace(b",", b", ", 1)},
        FormatError,
    ),
    "asiento of a newer version": (
        {"asiento": CENTRE.asiento().to_payload().replace(b'"v":1', b'"v":2')},
        FormatTooNewError,
    ),
    "asiento with another salt": (
        {"asiento": replace(CENTRE.asiento(), sal=Identifier("D" * 21 + "A")).to_payload()},
        NotInLogError,
    ),
    "proof that is none": ({"prueba": "nonsense"}, BadNoteError),
    "proof of another index": (bent_proof(lambda proof: replace(proof, index=5)), AsientoMismatchError),
    "another index on both sides": (
        bent_proof(lambda proof: replace(proof, index=5)) | {"indice": 5},
        NotInLogError,
    ),
    "path changed": (bent_proof(flipped), NotInLogError),
    "path shortened": (bent_proof(lambda proof: replace(proof, path=proof.path[:-1])), NotInLogError),
    "checkpoint by the key of receipts": (
        {"prueba": CENTRE.proof(CENTRE.asiento().to_payload(), signer=CENTRE.keys[KeyUse.ACUSE])},
        BadCheckpointSignatureError,
    ),
    "checkpoint of another centre": (
        {"prueba": OTHER.proof(CENTRE.asiento().to_payload())},
        WrongLogError,
    ),
    "another epoca in the number": ({"epoca": 2}, WrongLogError),
}


@pytest.mark.parametrize("what", BENT)
def test_a_bent_acuse_is_refused_by_the_step_that_finds_it(what: str) -> None:
    """Each lie, signed by the centre itself, has its own error."""
    changes, kind = BENT[what]
    with pytest.raises(kind):
        verify_acuse(CENTRE.sign(CENTRE.acuse(**changes)), TRUST)


def test_a_mismatch_names_the_member() -> None:
    """The operator is told what differs."""
    with pytest.raises(AsientoMismatchError) as caught:
        verify_acuse(CENTRE.sign(CENTRE.acuse(n=2)), TRUST)
    assert caught.value.fields == {"campo": "n"}


@pytest.mark.parametrize("use", [KeyUse.PERFIL, KeyUse.BITACORA])
def test_an_acuse_by_a_key_of_another_use_is_refused(use: KeyUse) -> None:
    """The key that signs profiles acknowledges nothing."""
    with pytest.raises(WrongUseError):
        verify_acuse(CENTRE.sign(CENTRE.acuse(), use), TRUST)


def test_an_acuse_under_another_centres_keys_is_refused() -> None:
    """Though it names us as its centre."""
    with pytest.raises(UnknownKeyError):
        verify_acuse(OTHER.sign(OTHER.acuse(aud=CENTRE.aud)), TRUST)
    with pytest.raises(BadSignatureError):
        stranger = OTHER.keys[KeyUse.ACUSE]
        header = header_of(CENTRE.keys[KeyUse.ACUSE], Typ.ACUSE.value)
        verify_acuse(forge(stranger, CENTRE.acuse().to_payload(), header), TRUST)


@pytest.mark.parametrize("use", [KeyUse.ACUSE, KeyUse.BITACORA])
def test_a_key_withdrawn_before_completion_counts_no_more(use: KeyUse) -> None:
    """One withdrawn after it still proves what it signed in its time."""
    completed = CENTRE.acuse().completado
    token = CENTRE.sign(CENTRE.acuse())
    after = replace(CENTRE, withdrawn={use: completed.plus(timedelta(milliseconds=1))})
    assert verify_acuse(token, after.trust)
    with pytest.raises(WithdrawnKeyError):
        verify_acuse(token, replace(CENTRE, withdrawn={use: completed}).trust)


def test_a_constancia_on_its_acuse_is_given() -> None:
    """The verdict with its reasons."""
    acuse = CENTRE.sign(CENTRE.acuse())
    reasons = (Razon(codigo="filas", nivel=Nivel.RECHAZO, texto="Faltan filas.", tabla="META", fila=3),)
    constancia = CENTRE.constancia(acuse, resultado=Resultado.RECHAZADO, razones=reasons)
    assert verify_constancia(CENTRE.sign(constancia), TRUST, acuse=acuse) == constancia


CONSTANCIA_BENT: dict[str, tuple[dict[str, object], type[SigasersError], dict[str, object]]] = {
    "on another acuse": ({"acuse": Digest("0" * 64)}, ConstanciaMismatchError, {"campo": "acuse"}),
    "of another sobre": ({"sobre": Digest("0" * 64)}, ConstanciaMismatchError, {"campo": "sobre"}),
    "of another unit": ({"unidad": Nemonico(1289)}, ConstanciaMismatchError, {"campo": "unidad"}),
    "of another registro": (
        {"registro": Identifier("E" * 21 + "A")},
        ConstanciaMismatchError,
        {"campo": "registro"},
    ),
    "of other files": ({"archivos": ()}, ConstanciaMismatchError, {"campo": "archivos"}),
}


@pytest.mark.parametrize("what", CONSTANCIA_BENT)
def test_a_constancia_of_something_else_is_refused(what: str) -> None:
    """It speaks of this acuse, or it says nothing; what differs is named."""
    changes, kind, fields = CONSTANCIA_BENT[what]
    acuse = CENTRE.sign(CENTRE.acuse())
    with pytest.raises(kind) as caught:
        verify_constancia(CENTRE.sign(CENTRE.constancia(acuse, **changes)), TRUST, acuse=acuse)
    assert caught.value.fields == fields


def test_a_constancia_needs_an_acuse_that_holds() -> None:
    """A verdict on a receipt that proves nothing is none."""
    acuse = CENTRE.sign(CENTRE.acuse(prueba="nonsense"))
    with pytest.raises(BadNoteError):
        verify_constancia(CENTRE.sign(CENTRE.constancia(acuse)), TRUST, acuse=acuse)
    with pytest.raises(BadTokenError):
        verify_constancia(CENTRE.sign(CENTRE.constancia(acuse)), TRUST, acuse="nonsense")


@pytest.mark.parametrize(
    ("changes", "kind"), [({"aud": OTHER.aud}, WrongCentreError), ({"emitida": EARLIER}, KeyNotYetValidError)]
)
def test_a_constancia_of_another_centre_or_time_is_refused(
    changes: dict[str, object], kind: type[SigasersError]
) -> None:
    """Its own time is judged, not that of its acuse."""
    acuse = CENTRE.sign(CENTRE.acuse())
    with pytest.raises(kind):
        verify_constancia(CENTRE.sign(CENTRE.constancia(acuse, **changes)), TRUST, acuse=acuse)


def test_an_acuse_is_no_constancia_nor_the_reverse() -> None:
    """The typ is compared before anything is read."""
    acuse = CENTRE.sign(CENTRE.acuse())
    constancia = CENTRE.sign(CENTRE.constancia(acuse))
    with pytest.raises(WrongTypeError):
        verify_acuse(constancia, TRUST)
    with pytest.raises(WrongTypeError):
        verify_constancia(acuse, TRUST, acuse=acuse)


def test_a_true_oferta_is_given() -> None:
    """With or without the sobre that it should answer."""
    token = sign(OFERTA, KeyUse.ACUSE)
    assert verify_oferta(token, TRUST) == verify_oferta(token, TRUST, sobre=OFERTA.sobre) == OFERTA


def test_an_oferta_of_another_sobre_is_refused() -> None:
    """Proof of having offered something else proves nothing here."""
    with pytest.raises(AsientoMismatchError):
        verify_oferta(sign(OFERTA, KeyUse.ACUSE), TRUST, sobre=Digest("6" * 64))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [({"aud": OTHER.aud}, WrongCentreError), ({"ofrecido": EARLIER}, KeyNotYetValidError)],
)
def test_an_oferta_of_another_centre_or_time_is_refused(
    changes: dict[str, object], kind: type[SigasersError]
) -> None:
    """The time of the offer is the one at which its key must have counted."""
    bent = replace(OFERTA, **changes)  # type: ignore[arg-type]
    with pytest.raises(kind):
        verify_oferta(sign(bent, KeyUse.ACUSE), TRUST)


def test_an_oferta_by_a_withdrawn_or_other_key_is_refused() -> None:
    """As an acuse."""
    withdrawn = replace(CENTRE, withdrawn={KeyUse.ACUSE: AT}).trust
    with pytest.raises(WithdrawnKeyError):
        verify_oferta(sign(OFERTA, KeyUse.ACUSE), withdrawn)
    with pytest.raises(WrongUseError):
        verify_oferta(sign(OFERTA, KeyUse.PERFIL), TRUST)


def test_a_true_profile_is_given_also_past_its_end() -> None:
    """Past ``vence`` the exporter goes on with an observation: nobody's work stops."""
    expired = replace(PERFIL, vence=EARLIER)
    assert verify_perfil(sign(PERFIL, KeyUse.PERFIL), TRUST) == PERFIL
    assert verify_perfil(sign(expired, KeyUse.PERFIL), TRUST) == expired


@pytest.mark.parametrize(
    ("changes", "kind"), [({"aud": OTHER.aud}, WrongCentreError), ({"emitido": EARLIER}, KeyNotYetValidError)]
)
def test_a_profile_of_another_centre_or_time_is_refused(
    changes: dict[str, object], kind: type[SigasersError]
) -> None:
    """A profile decides to whom data are sealed."""
    bent = replace(PERFIL, **changes)  # type: ignore[arg-type]
    with pytest.raises(kind):
        verify_perfil(sign(bent, KeyUse.PERFIL), TRUST)


def test_a_profile_by_a_key_of_another_use_or_centre_is_refused() -> None:
    """The key of receipts decides nothing about sealing."""
    with pytest.raises(WrongUseError):
        verify_perfil(sign(PERFIL, KeyUse.ACUSE), TRUST)
    with pytest.raises(UnknownKeyError):
        verify_perfil(sign(PERFIL, KeyUse.PERFIL, centre=OTHER), TRUST)


@pytest.mark.parametrize("changes", [{"v": 2}, {"crit": ["nuevo"]}])
def test_a_newer_document_is_told_as_newer(changes: dict[str, object]) -> None:
    """Well signed and of a version to come: neither true nor false for this program."""
    from sigasers.formats.strict_json import loads

    members = loads(CENTRE.acuse().to_payload(), max_bytes=1 << 20)
    assert isinstance(members, dict)
    key = CENTRE.keys[KeyUse.ACUSE]
    token = forge(key, members | changes, header_of(key, Typ.ACUSE.value))
    with pytest.raises(FormatTooNewError):
        verify_acuse(token, TRUST)


def test_members_that_nobody_knows_are_ignored() -> None:
    """A centre may say more than a unit's program understands."""
    from sigasers.formats.strict_json import loads

    acuse = CENTRE.acuse()
    members = loads(acuse.to_payload(), max_bytes=1 << 20)
    assert isinstance(members, dict)
    key = CENTRE.keys[KeyUse.ACUSE]
    token = forge(key, members | {"nuevo": {"x": [1]}}, header_of(key, Typ.ACUSE.value))
    found = verify_acuse(token, TRUST)
    assert isinstance(found, Acuse)
    assert found == acuse
