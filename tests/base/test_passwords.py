"""Whence a password comes, in which order, and that it is bound to the server it was given for."""

from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.errors.secrets import PasswordInputError, SecretDamagedError
from sigasers.errors.siga import NoSourceError
from sigasers.errors.sources import PasswordMissingError
from sigasers.host.installation import Installation
from sigasers.keys.secret_store import SecretStore
from sigasers.keys.vaults.key_file import KeyFileVault
from sigasers.siga.configuration import load_configuration
from sigasers.siga.passwords import VARIABLE, Given, Passwords, checked, label_of, passwords
from sigasers.siga.sources.opening import open_source
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from sigasers.siga.sources.sqlite import SqliteSource

SERVER = Server(motor=Motor.POSTGRESQL, servidor="srv", base="siga", usuario="u", puerto=5432)
SECRET = "una contraseña"


@pytest.fixture
def store(tmp_path: Path) -> SecretStore:
    (tmp_path / "siga").mkdir()
    return SecretStore(
        folder=tmp_path / "siga" / "claves", machine="m", vaults=(KeyFileVault(folder=tmp_path / "aparte"),)
    )


def nobody(server: Server) -> str:
    raise AssertionError(server)


def test_environment_comes_before_key_store_and_that_before_the_prompt(store: SecretStore) -> None:
    """The first that has one is taken, and says so."""
    store.save(label_of(SERVER), "guardada")
    for secrets, password, origin in (
        (Passwords(store=store, given="dada", ask=nobody), "dada", VARIABLE),
        (Passwords(store=store, ask=nobody), "guardada", "almacén"),
    ):
        assert secrets.password_for(SERVER) == password
        assert origin in secrets.origen
    store.remove(label_of(SERVER))
    asked = Passwords(store=store, ask=lambda server: f"de {server.usuario}")
    assert asked.password_for(SERVER) == "de u"
    assert "escrita ahora" in asked.origen
    asked.ask = nobody
    assert asked.password_for(SERVER) == "de u"  # asked once


def test_without_any_it_is_said_for_whom(store: SecretStore) -> None:
    """An unattended run ends here, with the cure."""
    with pytest.raises(PasswordMissingError) as caught:
        Passwords(store=store).password_for(SERVER)
    assert caught.value.fields == {"usuario": "u", "base": "siga"}


def test_a_damaged_entry_is_told_and_not_passed_over(store: SecretStore) -> None:
    """Somebody changed it: asking again would hide that."""
    store.save(label_of(SERVER), SECRET)
    store.path_of(label_of(SERVER)).write_bytes(b"{}")
    with pytest.raises(SecretDamagedError):
        Passwords(store=store, ask=nobody).password_for(SERVER)


@pytest.mark.parametrize(
    "change",
    [{"servidor": "otro"}, {"base": "otra"}, {"usuario": "otro"}, {"motor": Motor.SQLSERVER}],
    ids=lambda change: next(iter(change)),
)
def test_a_kept_password_goes_to_no_other_server_base_or_user(
    store: SecretStore, change: dict[str, object]
) -> None:
    """Whoever can change siga.toml cannot have it sent to a server of his own."""
    store.save(label_of(SERVER), SECRET)
    with pytest.raises(PasswordMissingError):
        Passwords(store=store).password_for(replace(SERVER, **change))  # type: ignore[arg-type]


def test_case_and_port_do_not_matter(store: SecretStore) -> None:
    """Names of servers and databases have none in the engines that SIGA runs on."""
    store.save(label_of(SERVER), SECRET)
    other = replace(SERVER, servidor="SRV", base="SIGA", puerto=None)
    assert Passwords(store=store).password_for(other) == SECRET


def test_the_accounts_own_login_needs_none(store: SecretStore) -> None:
    """Windows login, peer."""
    own = replace(SERVER, usuario=None)
    assert Passwords(store=store, ask=nobody).password_for(own) is None
    assert Given(SECRET).password_for(own) is None


def test_the_variable_is_taken_out_of_the_environment(tmp_path: Path) -> None:
    """No child of the program inherits it."""
    environment = {VARIABLE: SECRET, "PATH": "x"}
    assert passwords(tmp_path, environment=environment).password_for(SERVER) == SECRET
    assert environment == {"PATH": "x"}


def test_no_representation_shows_it(store: SecretStore) -> None:
    """A log that prints a value prints no secret."""
    asked = Passwords(store=store, given=SECRET, ask=lambda _: SECRET)
    asked.password_for(SERVER)
    asked.given = None
    asked.password_for(SERVER)
    assert SECRET not in repr([asked, Given(SECRET), store, SERVER])


@pytest.mark.parametrize("text", ["", "x" * 501, "a\nb", "a\x00b", "\udc80"])
def test_what_cannot_be_a_password_is_refused_without_showing_it(text: str) -> None:
    """Empty, too long, with signs that no keyboard types."""
    with pytest.raises(PasswordInputError) as caught:
        checked(text)
    assert not text or text not in str(caught.value)


def test_settings_become_the_source_of_their_engine(tmp_path: Path) -> None:
    """One place opens whatever is configured; nothing is connected yet."""
    configuration = load_configuration(Installation.under(tmp_path))
    given = Given(SECRET)
    with pytest.raises(NoSourceError):
        open_source(configuration, given)
    assert isinstance(open_source(replace(configuration, base=tmp_path / "x"), given), SqliteSource)
    assert isinstance(open_source(replace(configuration, base=SERVER), given), PostgresSource)
