"""Which key may say what, and when; and checkpoints by the log's key."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sigasers.errors.keys import (
    BadCheckpointSignatureError,
    BadRootDocumentError,
    FingerprintMismatchError,
    KeyNotYetValidError,
    RolledBackError,
    UnknownKeyError,
    WithdrawnKeyError,
    WrongLogError,
    WrongUseError,
)
from sigasers.formats.documents import KeyUse, RootKey
from sigasers.formats.tlog import Checkpoint, Note
from sigasers.keys.checkpoint import sign_checkpoint, verify_checkpoint
from sigasers.keys.kinds import kid_of, spki_of
from sigasers.keys.trust import ca_root_key, make_root_document, open_root, show_huella
from sigasers.keys.x509 import make_ca
from tests.made_centre import AT, MadeCentre

END = AT.plus(timedelta(days=1))
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def centre() -> MadeCentre:
    return MadeCentre(withdrawn={KeyUse.PERFIL: END, KeyUse.BITACORA: END})


def checkpoint(centre: MadeCentre, **changes: object) -> Checkpoint:
    true = Checkpoint(origin=centre.trust.document.origen, size=3, root=bytes(32))
    return replace(true, **changes)  # type: ignore[arg-type]


def test_huella_may_be_typed_as_people_read_it(centre: MadeCentre) -> None:
    """Groups of four, capitals and line breaks are the same huella."""
    shown = show_huella(centre.huella)
    assert [len(group) for group in shown.split()] == [4] * 16
    assert open_root(centre.root_document, huella=shown.upper().replace(" ", "\n")).huella == centre.huella


@pytest.mark.parametrize("given", ["", "0" * 64, "ñ" * 64])
def test_another_huella_opens_nothing(centre: MadeCentre, given: str) -> None:
    """The pinned huella is the only beginning of trust."""
    with pytest.raises(FingerprintMismatchError):
        open_root(centre.root_document, huella=given)


def test_huella_with_a_digit_less_opens_nothing(centre: MadeCentre) -> None:
    """No prefix is enough."""
    with pytest.raises(FingerprintMismatchError):
        open_root(centre.root_document, huella=centre.huella[:-1])


def test_key_counts_from_its_beginning_until_before_its_withdrawal(centre: MadeCentre) -> None:
    """[desde, retirada): the first millisecond counts, that of the withdrawal does not."""
    kid = kid_of(centre.keys[KeyUse.PERFIL].public_key())
    for at in (AT, END.plus(-MOMENT)):
        assert kid_of(centre.trust.public_key(kid, use=KeyUse.PERFIL, at=at)) == kid
    with pytest.raises(KeyNotYetValidError):
        centre.trust.public_key(kid, use=KeyUse.PERFIL, at=AT.plus(-MOMENT))
    with pytest.raises(WithdrawnKeyError):
        centre.trust.public_key(kid, use=KeyUse.PERFIL, at=END)


@pytest.mark.parametrize("use", [KeyUse.BITACORA, KeyUse.PERFIL, KeyUse.CA, KeyUse.SELLADO])
def test_key_does_nothing_but_its_use(centre: MadeCentre, use: KeyUse) -> None:
    """An acuse key is no other key."""
    with pytest.raises(WrongUseError):
        centre.trust.public_key(kid_of(centre.keys[KeyUse.ACUSE].public_key()), use=use)


def test_unknown_key_does_nothing(centre: MadeCentre) -> None:
    """Nor does the root itself."""
    with pytest.raises(UnknownKeyError):
        centre.trust.public_key(kid_of(centre.root.public_key()), use=KeyUse.ACUSE)


def test_keys_that_count_at_an_instant(centre: MadeCentre) -> None:
    """The list for one instant leaves out what is withdrawn."""
    assert len(centre.trust.keys(KeyUse.PERFIL)) == len(centre.trust.keys(KeyUse.PERFIL, at=AT)) == 1
    assert centre.trust.keys(KeyUse.PERFIL, at=END) == []


def test_root_document_never_goes_back(centre: MadeCentre) -> None:
    """(época, n): an older one than seen is refused, the same and later ones are taken."""
    assert centre.trust.check_not_older((1, 1)).check_not_older((0, 9)).huella == centre.huella
    with pytest.raises(RolledBackError):
        centre.trust.check_not_older((1, 2))


def test_root_signs_only_its_own_document(centre: MadeCentre) -> None:
    """A document that names another root is a mistake at the ceremony, told there."""
    with pytest.raises(BadRootDocumentError):
        make_root_document(centre.trust.document, Ed25519PrivateKey.generate())


def test_authorities_come_with_their_certificate(centre: MadeCentre) -> None:
    """The certificate in the root document is the one that verifies the listeners."""
    authority = make_ca(ec.generate_private_key(ec.SECP256R1()), centre_id=centre.aud, at=AT)
    entry = ca_root_key(authority.certificate, desde=AT)
    document = replace(centre.trust.document, claves=(*centre.trust.document.claves, entry))
    opened = open_root(make_root_document(document, centre.root), huella=centre.huella)
    assert opened.ca_certificates() == [authority.certificate]
    withdrawn = replace(document, claves=(replace(entry, retirada=END),))
    opened = open_root(make_root_document(withdrawn, centre.root), huella=centre.huella)
    assert opened.ca_certificates() == []


def test_certificate_of_another_key_is_no_authority(centre: MadeCentre) -> None:
    """An entry of use ca must carry a certificate of its very key, signed by itself."""
    one, two = (
        make_ca(ec.generate_private_key(ec.SECP256R1()), centre_id=centre.aud, at=AT) for _ in range(2)
    )
    entry = RootKey.of(
        KeyUse.CA,
        spki_of(one.key.public_key()),
        desde=AT,
        certificado=ca_root_key(two.certificate, desde=AT).certificado,
    )
    document = replace(centre.trust.document, claves=(entry,))
    with pytest.raises(BadRootDocumentError):
        open_root(make_root_document(document, centre.root), huella=centre.huella)


def test_checkpoint_is_verified_at_its_time(centre: MadeCentre) -> None:
    """A log key withdrawn since then still proves what it signed before."""
    note = sign_checkpoint(checkpoint(centre), centre.keys[KeyUse.BITACORA])
    assert verify_checkpoint(note, centre.trust, at=AT) == checkpoint(centre)
    assert verify_checkpoint(note, centre.trust).size == 3
    with pytest.raises(WithdrawnKeyError):
        verify_checkpoint(note, centre.trust, at=END)


def test_checkpoint_is_signed_alike_every_time(centre: MadeCentre) -> None:
    """Ed25519 is deterministic: a signature lost on the way costs nothing."""
    key = centre.keys[KeyUse.BITACORA]
    assert sign_checkpoint(checkpoint(centre), key) == sign_checkpoint(checkpoint(centre), key)


def test_checkpoint_of_another_log_is_refused(centre: MadeCentre) -> None:
    """Each época has its own origin."""
    other = checkpoint(centre, origin=centre.trust.document.origen[:-1] + "2")
    with pytest.raises(WrongLogError):
        verify_checkpoint(sign_checkpoint(other, centre.keys[KeyUse.BITACORA]), centre.trust)


@pytest.mark.parametrize("use", [KeyUse.ACUSE, KeyUse.PERFIL, None])
def test_checkpoint_by_another_key_is_refused(centre: MadeCentre, use: KeyUse | None) -> None:
    """A key of the centre for something else, or a stranger's."""
    key = Ed25519PrivateKey.generate() if use is None else centre.keys[use]
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(sign_checkpoint(checkpoint(centre), key), centre.trust)


def test_cosignatures_of_others_are_ignored_and_a_false_one_of_ours_is_not(centre: MadeCentre) -> None:
    """Unknown keys may stand beside ours; a line that claims to be the log's and fails refuses the note."""
    true = Note.parse(sign_checkpoint(checkpoint(centre), centre.keys[KeyUse.BITACORA]))
    stranger = Note.parse(sign_checkpoint(checkpoint(centre), Ed25519PrivateKey.generate()))
    both = Note(text=true.text, signatures=(*stranger.signatures, *true.signatures))
    assert verify_checkpoint(str(both), centre.trust).size == 3
    false = replace(true.signatures[0], signature=bytes(64))
    for signatures in ((false,), (false, *true.signatures), (*true.signatures, false)):
        with pytest.raises(BadCheckpointSignatureError):
            verify_checkpoint(str(Note(text=true.text, signatures=signatures)), centre.trust)
