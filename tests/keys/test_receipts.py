"""Receipts verified whole; the refusals of each step are in the vectors (tests/documents)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sigasers.errors import TheirError
from sigasers.errors.keys import AsientoMismatchError, UnknownKeyError, WithdrawnKeyError
from sigasers.formats.documents import KeyUse, Oferta, Profile, SealingKey, Typ
from sigasers.keys import jws
from sigasers.keys.kinds import kid_of, spki_of
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_oferta, verify_perfil
from sigasers.keys.storage import KeyKind, make_key
from sigasers.model import Digest, Instant, Nemonico
from tests.made_centre import AT, MadeCentre


@pytest.fixture
def centre() -> MadeCentre:
    return MadeCentre()


def perfil(centre: MadeCentre, *, vence: Instant) -> str:
    sealing = make_key(KeyKind.X25519).public_key()
    profile = Profile(
        aud=centre.aud,
        unidad=Nemonico(1288),
        sistema="SIGA",
        registro=centre.asiento().registro,
        epoca=1,
        n=1,
        emitido=AT,
        vence=vence,
        sellado=(SealingKey(kid=kid_of(sealing), publica=spki_of(sealing)),),
    )
    return jws.sign(profile.to_payload(), typ=Typ.PERFIL, key=centre.keys[KeyUse.PERFIL])


def test_acuse_of_every_place_in_logs_of_every_size_verifies() -> None:
    """The first, the last, the lone one: odd trees have odd paths."""
    true = MadeCentre().acuse()
    for size in (1, 2, 3, 7, 8, 9):
        centre = MadeCentre(log_size=size)
        trust, data = centre.trust, centre.asiento().to_payload()
        for index in range(size):
            acuse = replace(true, aud=centre.aud, indice=index, prueba=centre.proof(data, index=index))
            assert verify_acuse(centre.sign(acuse), trust).indice == index


def test_acuse_of_a_second_self_made_centre_is_refused(centre: MadeCentre) -> None:
    """Anyone can run a centre; its acuse is nobody else's."""
    other = MadeCentre()
    with pytest.raises(UnknownKeyError):
        verify_acuse(other.sign(other.acuse()), centre.trust)


def test_old_acuse_outlives_its_key() -> None:
    """A key withdrawn afterwards proves what it signed before."""
    keys = MadeCentre()
    acuse = keys.sign(keys.acuse())
    later = replace(keys, withdrawn={KeyUse.ACUSE: AT.plus(timedelta(days=9))})
    assert verify_acuse(acuse, later.trust).numero == "A-1-000006"


def test_constancia_after_the_keys_withdrawal_is_refused(centre: MadeCentre) -> None:
    """Its own time counts, not the acuse's."""
    acuse = centre.sign(centre.acuse())
    constancia = centre.sign(centre.constancia(acuse))
    later = replace(centre, withdrawn={KeyUse.ACUSE: AT.plus(timedelta(minutes=2))})
    assert verify_acuse(acuse, later.trust)
    with pytest.raises(WithdrawnKeyError):
        verify_constancia(constancia, later.trust, acuse=acuse)


def test_constancia_is_no_better_than_its_acuse(centre: MadeCentre) -> None:
    """A true constancia on an acuse that does not verify is refused."""
    acuse = centre.sign(centre.acuse(n=2))
    constancia = centre.sign(centre.constancia(acuse))
    with pytest.raises(AsientoMismatchError):
        verify_constancia(constancia, centre.trust, acuse=acuse)


def test_oferta_is_of_the_sobre_asked_about(centre: MadeCentre) -> None:
    """The answer to another offer proves nothing about this one."""
    asiento = centre.asiento()
    oferta = Oferta(
        aud=centre.aud,
        sobre=asiento.sobre,
        unidad=Nemonico(1288),
        registro=asiento.registro,
        ofrecido=AT,
    )
    token = jws.sign(oferta.to_payload(), typ=Typ.OFERTA, key=centre.keys[KeyUse.ACUSE])
    assert verify_oferta(token, centre.trust, sobre=asiento.sobre) == oferta
    with pytest.raises(TheirError):
        verify_oferta(token, centre.trust, sobre=Digest("6" * 64))


def test_expired_profile_still_verifies(centre: MadeCentre) -> None:
    """Past ``vence`` the exporter goes on with an observation, so the signature must hold."""
    assert verify_perfil(perfil(centre, vence=AT), centre.trust).vence == AT
