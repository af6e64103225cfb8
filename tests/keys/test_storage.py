"""Private keys on disk: whole, for the owner alone, and refused when they are not."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from sigasers.errors.disk import NameTakenError
from sigasers.errors.keys import BadKeyFileError, KeyFileMissingError, KeyFileRightsError
from sigasers.keys.kinds import alg_of, kid_of
from sigasers.keys.storage import (
    OWNER_AND_GROUP,
    OWNER_ONLY,
    KeyKind,
    close_folder,
    create_key,
    load_key,
    make_key,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are those of the folder on Windows")


@pytest.mark.parametrize("kind", list(KeyKind))
def test_key_is_read_as_made(tmp_path: Path, kind: KeyKind) -> None:
    """One file, one key, of its kind."""
    made = create_key(tmp_path / "k.pem", kind, step="test.key")
    assert kid_of(load_key(tmp_path / "k.pem").public_key()) == kid_of(made.public_key())
    algorithms = {KeyKind.ED25519: "Ed25519", KeyKind.P256: "ES256", KeyKind.X25519: "X25519"}
    assert alg_of(made) == algorithms[kind]


def test_key_is_never_replaced(tmp_path: Path) -> None:
    """The key there stays the key there."""
    made = create_key(tmp_path / "k.pem", KeyKind.P256, step="test.key")
    with pytest.raises(NameTakenError):
        create_key(tmp_path / "k.pem", KeyKind.P256, step="test.key")
    assert kid_of(load_key(tmp_path / "k.pem").public_key()) == kid_of(made.public_key())
    assert [path.name for path in tmp_path.iterdir()] == ["k.pem"]


@posix
@pytest.mark.parametrize("mode", [OWNER_ONLY, OWNER_AND_GROUP])
def test_file_has_the_rights_asked_for(tmp_path: Path, mode: int) -> None:
    """From its first moment: it is made with them."""
    create_key(tmp_path / "k.pem", KeyKind.X25519, step="test.key", mode=mode)
    assert (tmp_path / "k.pem").stat().st_mode & 0o777 == mode
    load_key(tmp_path / "k.pem")


@posix
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620, 0o666, 0o644, 0o660])
def test_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """Whoever could read it may have copied it; whoever can write it may have changed it."""
    path = tmp_path / "k.pem"
    create_key(path, KeyKind.P256, step="test.key")
    path.chmod(mode)
    with pytest.raises(KeyFileRightsError) as refusal:
        load_key(path)
    assert refusal.value.fields["ruta"] == str(path)


@posix
def test_closed_folder_is_not_for_others(tmp_path: Path) -> None:
    """Owner all, group enters, others nothing."""
    folder = tmp_path / "llaves"
    folder.mkdir(mode=0o777)
    close_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o750


def test_folder_that_is_not_there_cannot_be_closed(tmp_path: Path) -> None:
    """Told, never passed over."""
    with pytest.raises(KeyFileRightsError):
        close_folder(tmp_path / "llaves")


@pytest.mark.parametrize("name", ["missing.pem", "."])
def test_missing_key_is_told(tmp_path: Path, name: str) -> None:
    """A folder in its place is no key either."""
    with pytest.raises(KeyFileMissingError):
        load_key(tmp_path / name)


def foreign_pem(password: bytes | None) -> bytes:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return make_key(KeyKind.P256).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"no key",
        foreign_pem(b"secret"),
        foreign_pem(None)[:-60],
        rsa.generate_private_key(65537, 2048).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ),
        ec.generate_private_key(ec.SECP384R1()).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ),
        b"x" * 100_000,
    ],
    ids=["empty", "text", "encrypted", "cut", "rsa", "p384", "long"],
)
def test_file_without_a_key_in_use_is_refused(tmp_path: Path, pem: bytes) -> None:
    """Damaged, replaced, or of a kind that nothing here uses."""
    path = tmp_path / "k.pem"
    path.touch(mode=0o600)
    path.write_bytes(pem)
    with pytest.raises(BadKeyFileError):
        load_key(path)


@pytest.mark.needs("openssl")
def test_file_is_plain_pkcs8(tmp_path: Path) -> None:
    """Any tool of the trade opens it."""
    create_key(tmp_path / "k.pem", KeyKind.ED25519, step="test.key")
    done = subprocess.run(
        ["openssl", "pkey", "-in", str(tmp_path / "k.pem"), "-noout"], capture_output=True, check=False
    )
    assert done.returncode == 0, done
