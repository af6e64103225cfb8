"""The key of pseudonyms on disk: made once, closed, readable again, never shown."""

import sys
from pathlib import Path

import pytest

from sigasers import mensajes
from sigasers.errors.disk import NameTakenError
from sigasers.errors.keys import BadPseudonymKeyError, KeyFileMissingError, KeyFileRightsError
from sigasers.keys.pseudonym_store import PseudonymStore


@pytest.fixture
def store(tmp_path: Path) -> PseudonymStore:
    return PseudonymStore(folder=tmp_path / "llaves")


def test_a_key_comes_back_from_its_file(store: PseudonymStore) -> None:
    """Each installation has its own."""
    assert not store.exists()
    made = store.create()
    assert store.exists()
    assert store.load() == made
    assert PseudonymStore(folder=store.folder / "otra").create() != made


def test_a_copy_of_the_file_is_a_backup(store: PseudonymStore, tmp_path: Path) -> None:
    """Restored elsewhere, also by an editor that ends lines as Windows does, it is the same key."""
    made = store.create()
    other = PseudonymStore(folder=tmp_path / "otro equipo")
    other.folder.mkdir()
    other.path.write_bytes(store.path.read_bytes().replace(b"\n", b"\r\n"))
    other.path.chmod(0o600)
    assert other.load() == made


def test_a_key_is_never_made_over_another(store: PseudonymStore) -> None:
    """The same persons would have other pseudonyms."""
    made = store.create()
    with pytest.raises(NameTakenError):
        store.create()
    assert store.load() == made


def test_a_retired_key_stays_under_its_id(store: PseudonymStore) -> None:
    """Old packages name it."""
    made = store.create()
    aside = store.retire()
    assert aside.name == f"seudonimos-{made.kid}.llave"
    assert not store.exists()
    assert store.create() != made
    assert aside.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of the folder there")
def test_file_and_folder_are_closed_to_others(store: PseudonymStore) -> None:
    """Owner alone; a file that others can read is refused."""
    store.create()
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.folder.stat().st_mode & 0o007 == 0
    store.path.chmod(0o644)
    with pytest.raises(KeyFileRightsError):
        store.load()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of the folder there")
def test_a_cut_key_that_others_can_read_is_told_as_both(store: PseudonymStore) -> None:
    """Closing its rights would not make it whole: the operator learns both at once."""
    store.create()
    store.path.write_bytes(b"")
    store.path.chmod(0o644)
    with pytest.raises(BadPseudonymKeyError) as told:
        store.load()
    assert "otras cuentas" in mensajes.sentence(told.value.code, told.value.fields).porque


@pytest.mark.parametrize(
    "content",
    [b"", b"sigasers-seudonimos-v1\n", b"sigasers-seudonimos-v1\nAAAA\n", b"\xff\xfe", b"otro\n" + b"A" * 43],
)
def test_another_file_in_its_place_is_no_key(store: PseudonymStore, content: bytes) -> None:
    """Cut, damaged, or of another kind: said, never used."""
    store.create()
    store.path.write_bytes(content)
    with pytest.raises(BadPseudonymKeyError):
        store.load()


def test_a_missing_key_is_told(store: PseudonymStore) -> None:
    """With its place."""
    with pytest.raises(KeyFileMissingError) as raised:
        store.load()
    assert raised.value.fields["ruta"] == str(store.path)
