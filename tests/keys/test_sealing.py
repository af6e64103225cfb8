"""A sealed password opens for its two readers and for nobody else, and for no other label."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sigasers.errors.keys import (
    BadKeyFileError,
    KeyFileMissingError,
    KeyFileRightsError,
    SealBrokenError,
    SealedForOthersError,
)
from sigasers.formats import base64url
from sigasers.formats.archive_comment import ArchiveComment, Role, SealedCopy, parse_comment
from sigasers.keys.kinds import kid_of
from sigasers.keys.sealing import (
    SEALED_BYTES,
    Recipient,
    new_password,
    open_password,
    seal_info,
    seal_password,
)
from sigasers.keys.sealing_store import SealingStore

LABEL = b'{"unidad":"1288"}'
CENTRE, UNIT = X25519PrivateKey.generate(), X25519PrivateKey.generate()
RECIPIENTS = (
    Recipient(role=Role.CENTRO, public_key=CENTRE.public_key()),
    Recipient(role=Role.UNIDAD, public_key=UNIT.public_key()),
)


@pytest.fixture
def password() -> str:
    return new_password()


@pytest.fixture
def comment(password: str) -> ArchiveComment:
    return parse_comment(seal_password(password, LABEL, RECIPIENTS))


def test_passwords_are_32_random_bytes() -> None:
    """43 characters of base64url, fit for every RAR program."""
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(base64url.decode(text)) == 32 for text in made)


def test_each_rightful_reader_opens(password: str, comment: ArchiveComment) -> None:
    """One file holds all that its two readers need."""
    assert open_password(comment, Role.CENTRO, CENTRE) == password
    assert open_password(comment, Role.UNIDAD, UNIT) == password


def test_sealing_hides_the_password(password: str) -> None:
    """Neither the comment nor a sealed copy shows it, and sealing again gives other bytes."""
    first, second = (seal_password(password, LABEL, RECIPIENTS) for _ in range(2))
    assert password.encode() not in first
    assert first != second
    assert all(len(copy.sealed) == SEALED_BYTES for copy in parse_comment(first).copies)


def test_another_key_or_role_is_told_so(comment: ArchiveComment) -> None:
    """A unit's key does not open the centre's copy, nor does a stranger's any."""
    for role, key in ((Role.CENTRO, UNIT), (Role.UNIDAD, CENTRE), (Role.UNIDAD, X25519PrivateKey.generate())):
        with pytest.raises(SealedForOthersError):
            open_password(comment, role, key)


def test_a_changed_label_breaks_the_seal(comment: ArchiveComment) -> None:
    """Copies moved to the comment of another package do not open: one bit of the label is enough."""
    with pytest.raises(SealBrokenError):
        open_password(replace(comment, label=LABEL.replace(b"1288", b"1289")), Role.UNIDAD, UNIT)


def test_a_copy_given_to_the_other_role_breaks(comment: ArchiveComment) -> None:
    """The role is part of what is sealed."""
    copies = tuple(replace(copy, role=Role.CENTRO) for copy in comment.copies if copy.role is Role.UNIDAD)
    with pytest.raises(SealBrokenError):
        open_password(replace(comment, copies=copies), Role.CENTRO, UNIT)


def test_every_changed_byte_of_a_copy_breaks_it(comment: ArchiveComment) -> None:
    """Encapsulated key, ciphertext and tag; and any other length."""
    copy = comment.copies[1]
    bent = [
        copy.sealed[:at] + bytes([copy.sealed[at] ^ 1]) + copy.sealed[at + 1 :] for at in range(SEALED_BYTES)
    ]
    for sealed in [*bent, b"", copy.sealed[:-1], copy.sealed + b"\0"]:
        with pytest.raises(SealBrokenError):
            open_password(replace(comment, copies=(replace(copy, sealed=sealed),)), Role.UNIDAD, UNIT)


def test_a_point_of_small_order_breaks_without_a_crash() -> None:
    """An encapsulated key of zeros gives no shared secret."""
    copy = SealedCopy(role=Role.UNIDAD, kid=kid_of(UNIT.public_key()), sealed=bytes(SEALED_BYTES))
    with pytest.raises(SealBrokenError):
        open_password(ArchiveComment(label=LABEL, copies=(copy,)), Role.UNIDAD, UNIT)


def test_a_sealed_text_that_is_no_password_of_ours_is_refused() -> None:
    """Anyone can seal anything to a public key: what comes out is held against its form too."""
    from cryptography.hazmat.primitives import hpke

    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    kid = kid_of(UNIT.public_key())
    sealed = suite.encrypt(b"\xff" * 43, UNIT.public_key(), seal_info(Role.UNIDAD, kid, LABEL))
    comment = ArchiveComment(label=LABEL, copies=(SealedCopy(role=Role.UNIDAD, kid=kid, sealed=sealed),))
    with pytest.raises(SealBrokenError):
        open_password(comment, Role.UNIDAD, UNIT)


def test_only_our_own_passwords_are_sealed() -> None:
    """A fixed password of the configuration is never sealed to a centre."""
    with pytest.raises(ValueError):
        seal_password("clave-fija", LABEL, RECIPIENTS)


@pytest.fixture
def store(tmp_path: Path) -> SealingStore:
    return SealingStore(folder=tmp_path, role=Role.UNIDAD)


def sealed_to(key: X25519PrivateKey, password: str) -> ArchiveComment:
    recipient = Recipient(role=Role.UNIDAD, public_key=key.public_key())
    return parse_comment(seal_password(password, LABEL, [recipient]))


def test_old_keys_open_old_packages(store: SealingStore, password: str) -> None:
    """A new key does not take the place of the one before."""
    old, new = store.create(), store.create()
    assert store.kids() == tuple(sorted(kid_of(key.public_key()) for key in (old, new)))
    assert store.open_password(sealed_to(old, password)) == password
    assert store.open_password(sealed_to(new, password)) == password


def test_a_store_without_the_key_says_so(store: SealingStore, comment: ArchiveComment) -> None:
    """Of another unit, or of a profile whose keys were lost; an absent folder is an empty one."""
    store.create()
    with pytest.raises(SealedForOthersError):
        store.open_password(comment)
    absent = replace(store, folder=store.folder / "no")
    assert absent.kids() == ()
    with pytest.raises(SealedForOthersError):
        absent.open_password(comment)


def test_other_files_are_no_keys(store: SealingStore) -> None:
    """Certificates, copies and leftovers lie in the same folder."""
    for name in ("identidad.pem", "sellado-corto.pem", "sellado-" + "A" * 43 + ".pem.bak"):
        (store.folder / name).write_bytes(b"")
    assert store.kids() == ()


def test_a_file_that_is_no_folder_of_keys_is_told(store: SealingStore) -> None:
    """What the system answers is in the error."""
    path = store.folder / "archivo"
    path.write_bytes(b"")
    with pytest.raises(KeyFileMissingError):
        replace(store, folder=path).kids()


def test_a_key_under_another_name_is_refused(store: SealingStore) -> None:
    """The name is the digest of what the file holds."""
    key = kid_of(store.create().public_key())
    other = base64url.encode(bytes(32))
    (store.folder / f"sellado-{key}.pem").rename(store.folder / f"sellado-{other}.pem")
    with pytest.raises(BadKeyFileError):
        store.load(other)


def test_a_missing_key_is_told(store: SealingStore) -> None:
    """Asked for by its id."""
    with pytest.raises(KeyFileMissingError):
        store.load(base64url.encode(bytes(32)))


@pytest.mark.parametrize("kid", ["", "../../x", "A" * 42, "A" * 44])
def test_no_path_is_made_of_what_is_no_kid(store: SealingStore, kid: str) -> None:
    """An id is a digest or nothing."""
    with pytest.raises(ValueError):
        store.load(kid)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights by folder")
def test_key_files_are_closed_to_others(store: SealingStore) -> None:
    """Made for service and operators' group; one that anyone may read is refused."""
    kid = kid_of(store.create().public_key())
    path = store.folder / f"sellado-{kid}.pem"
    assert path.stat().st_mode & 0o007 == 0
    path.chmod(0o644)
    with pytest.raises(KeyFileRightsError):
        store.load(kid)
