"""The key store: one contract for every vault that this machine has; what was changed or copied is refused."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.errors.secrets import SecretDamagedError, SecretStoreError
from sigasers.keys.secret_store import SecretStore, usual_vaults
from sigasers.keys.vaults.dpapi import DpapiVault
from sigasers.keys.vaults.key_file import KEY_NAME, KeyFileVault
from sigasers.keys.vaults.seam import Vault, VaultRefusedError, VaultUnfitError
from sigasers.keys.vaults.systemd_creds import SystemdVault

LABEL = ("base", "postgresql", "srv", "siga_1288", "siga_lectura")
SECRET = "contraseña «ñ» \\ ' ; 9"
MakeStore = Callable[[str], SecretStore]


def _systemd_works() -> bool:
    try:
        SystemdVault().seal(b"x", b"x")
    except VaultUnfitError:
        return False
    return True


KINDS = {
    "archivo": lambda root: KeyFileVault(folder=root / "aparte"),
    "systemd": lambda root: SystemdVault(),
    "dpapi": lambda root: DpapiVault(),
}
FIT = {"archivo": sys.platform != "win32", "systemd": _systemd_works(), "dpapi": sys.platform == "win32"}


@pytest.fixture(params=sorted(KINDS))
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    """Each vault in turn; one that this machine does not have is said to be skipped."""
    if not FIT[request.param]:
        pytest.skip(f"no {request.param} for this account of this machine")
    return KINDS[request.param](tmp_path)


@pytest.fixture
def make(tmp_path: Path, vault: Vault) -> MakeStore:
    """Gives a store on a machine of that id."""
    return lambda machine: SecretStore(folder=tmp_path / "siga" / "claves", machine=machine, vaults=(vault,))


@pytest.fixture
def store(tmp_path: Path, make: MakeStore) -> SecretStore:
    (tmp_path / "siga").mkdir()
    made = make("m1")
    assert made.save(LABEL, SECRET) == made.vaults[0].nombre
    return made


def test_gives_back_what_was_kept(store: SecretStore, make: MakeStore) -> None:
    """Another process of the same account finds it."""
    assert make("m1").load(LABEL) == SECRET
    assert make("m1").load((*LABEL[:-1], "otro")) is None


def test_a_new_password_takes_the_place_of_the_old_one(store: SecretStore) -> None:
    """One secret for each label."""
    store.save(LABEL, "la nueva")
    assert store.load(LABEL) == "la nueva"
    assert len(list(store.folder.iterdir())) == 1


def test_removes_it(store: SecretStore) -> None:
    """Removing again says that there was none."""
    assert store.remove(LABEL)
    assert not store.remove(LABEL)
    assert store.load(LABEL) is None


def test_nothing_of_it_is_readable_on_disk(store: SecretStore, tmp_path: Path) -> None:
    """Neither password nor names of user and server, in any file of ours; each file is the account's alone."""
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in files)
    assert not [word for word in (SECRET, "siga_lectura", "srv") if word.encode() in data]
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_a_secret_of_another_label_is_refused(store: SecretStore) -> None:
    """A file copied to another user's name opens nothing: the password goes where it was meant for."""
    other = (*LABEL[:2], "otro-servidor", *LABEL[3:])
    shutil.copy2(store.path_of(LABEL), store.path_of(other))
    with pytest.raises(SecretDamagedError):
        store.load(other)


def test_a_folder_copied_to_another_machine_is_refused(store: SecretStore, make: MakeStore) -> None:
    """Even with the key that lies apart."""
    with pytest.raises(SecretDamagedError):
        make("m2").load(LABEL)


@pytest.mark.parametrize("place", [0, 1, 11, 12, -17, -16, -1])
def test_a_changed_byte_is_noticed(store: SecretStore, place: int) -> None:
    """Wherever it is in what was sealed."""
    import base64

    path = store.path_of(LABEL)
    document = json.loads(path.read_bytes())
    raw = bytearray(base64.urlsafe_b64decode(document["dato"] + "=="))
    raw[place] ^= 1
    document["dato"] = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    path.write_bytes(json.dumps(document).encode())
    with pytest.raises(SecretDamagedError):
        store.load(LABEL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "no",
        '{"v": 2, "almacen": "archivo", "dato": "AAAA"}',
        '{"v": 1, "almacen": "x", "dato": "AAAA"}',
        '{"v": 1, "almacen": "archivo", "dato": ""}',
        '{"v": 1, "v": 1, "almacen": "archivo", "dato": "AAAA"}',
        "x" * 70_000,
    ],
)
def test_what_is_no_secret_file_is_refused(store: SecretStore, text: str) -> None:
    """Never a traceback, never an empty password."""
    store.path_of(LABEL).write_text(text, encoding="utf-8")
    with pytest.raises(SecretDamagedError):
        store.load(LABEL)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_read_or_change_is_refused(store: SecretStore, mode: int) -> None:
    """Rights that were loosened are told, not repaired in silence."""
    store.path_of(LABEL).chmod(mode)
    with pytest.raises(SecretStoreError):
        store.load(LABEL)


def test_a_folder_in_its_place_is_refused(store: SecretStore) -> None:
    """Anything but a file."""
    path = store.path_of(LABEL)
    path.unlink()
    path.mkdir()
    with pytest.raises(SecretStoreError):
        store.load(LABEL)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="needs root to make another account's folder"
)
def test_a_folder_of_another_account_is_refused(tmp_path: Path, vault: Vault) -> None:
    """Root could store it, and the service that runs the exports could not read it."""
    (tmp_path / "siga").mkdir()
    os.chown(tmp_path / "siga", 65534, 65534)
    store = SecretStore(folder=tmp_path / "siga" / "claves", machine="m1", vaults=(vault,))
    with pytest.raises(SecretStoreError):
        store.save(LABEL, SECRET)


@pytest.mark.skipif(sys.platform == "win32", reason="the vault of other systems")
class TestKeyFile:
    """The key that lies apart."""

    @pytest.fixture
    def apart(self, tmp_path: Path) -> KeyFileVault:
        made = KeyFileVault(folder=tmp_path / "aparte")
        made.seal(b"x", b"c")
        return made

    def test_without_its_key_nothing_opens(self, apart: KeyFileVault) -> None:
        """A copy of the installation folder alone is worth nothing."""
        sealed = apart.seal(b"x", b"c")
        (apart.folder / KEY_NAME).unlink()
        with pytest.raises(VaultRefusedError):
            apart.open(sealed, b"c")

    def test_a_key_that_others_may_read_is_refused(self, apart: KeyFileVault) -> None:
        """It protects nothing any more."""
        (apart.folder / KEY_NAME).chmod(0o644)
        with pytest.raises(SecretStoreError):
            apart.seal(b"x", b"c")

    def test_a_key_of_another_size_is_refused(self, apart: KeyFileVault) -> None:
        """Cut, or no key of ours."""
        (apart.folder / KEY_NAME).write_bytes(b"short")
        with pytest.raises(SecretStoreError):
            apart.seal(b"x", b"c")

    def test_the_same_secret_is_sealed_differently_each_time(self, apart: KeyFileVault) -> None:
        """A nonce is never used twice."""
        assert apart.seal(b"x", b"c") != apart.seal(b"x", b"c")


def test_an_unfit_vault_gives_way_to_the_next(tmp_path: Path) -> None:
    """Where systemd-creds cannot be used, the key file is."""
    if sys.platform == "win32":
        pytest.skip("one vault alone there")
    (tmp_path / "siga").mkdir()
    vaults = (SystemdVault(program=tmp_path / "no-existe"), KeyFileVault(folder=tmp_path / "aparte"))
    store = SecretStore(folder=tmp_path / "siga" / "claves", machine="m1", vaults=vaults)
    assert store.save(LABEL, SECRET) == "archivo"
    assert store.load(LABEL) == SECRET


def test_a_machine_without_any_vault_says_so(tmp_path: Path) -> None:
    """The password is never kept unsealed."""
    (tmp_path / "siga").mkdir()
    vaults = (SystemdVault(program=None),)
    store = SecretStore(folder=tmp_path / "siga" / "claves", machine="m1", vaults=vaults)
    with pytest.raises(SecretStoreError):
        store.save(LABEL, SECRET)
    assert list(store.folder.iterdir()) == []


def test_every_system_has_a_vault() -> None:
    """In the order in which they are tried."""
    names = [vault.nombre for vault in usual_vaults()]
    assert names == (["dpapi"] if sys.platform == "win32" else ["systemd", "archivo"])


@pytest.mark.skipif(sys.platform == "win32", reason="says what another system answers")
def test_dpapi_is_unfit_elsewhere() -> None:
    """It does not pretend."""
    with pytest.raises(VaultUnfitError):
        DpapiVault().seal(b"x", b"c")
    with pytest.raises(VaultRefusedError):
        DpapiVault().open(b"x", b"c")
