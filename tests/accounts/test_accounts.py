"""Accounts: who may do what, how they enter, what happens when somebody leaves."""

import os
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.accounts import (
    AccountRuleError,
    AccountsMissingError,
    AccountsTooNewError,
    EntryLockedError,
    EntryRefusedError,
    PasswordRefusedError,
)
from sigasers.errors.disk import DatabaseDamagedError
from sigasers.host.accounts import Estado, Hasher, Program, UserName, is_begun, make, opened, path_in
from sigasers.host.accounts import passwords as passwords_module
from sigasers.host.accounts.database import SCHEMA_VERSION
from sigasers.host.accounts.lockout import FREE_FAILURES
from sigasers.host.accounts.names import full_name
from sigasers.host.accounts.passwords import checked
from tests.accounts.people import (
    ANA,
    AT,
    CHEAP,
    EXPORT,
    JOE,
    LUZ,
    PROGRAM,
    WORDS,
    accounts,
    door,
    later,
    staff,
)

NEW = "otra frase bastante larga"


def fail(folder: Path, times: int, user: str = "ana", **units: float) -> None:
    with accounts(folder) as admin:
        for _ in range(times):
            with pytest.raises(EntryRefusedError):
                door(admin).enter(user, "no es esta clave", now=later(**units))


def test_the_first_administrator_has_every_permission_and_is_made_once(tmp_path: Path) -> None:
    """At installation; afterwards administrators make accounts."""
    with accounts(tmp_path) as admin:
        assert admin.book.get(ANA).permisos == set(PROGRAM.permisos)
        assert not door(admin).enter("ANA", WORDS[ANA], now=AT).must_change(AT)
        with pytest.raises(AccountRuleError):
            admin.begin(LUZ, "Luz", WORDS[LUZ], now=AT)


@pytest.mark.parametrize("typed", ["cuatro gatos Pardos", "Cuatro gatos pardos", "cuatro gatos pardos ", ""])
def test_passwords_are_case_sensitive_and_exact(typed: str, tmp_path: Path) -> None:
    """The guide's note; blanks count too."""
    with accounts(tmp_path) as admin, pytest.raises(EntryRefusedError):
        door(admin).enter("ana", typed, now=AT)


def test_two_spellings_of_one_letter_are_one_password(tmp_path: Path) -> None:
    """ñ as one sign and as n with a tilde look the same and are typed on different keyboards."""
    with accounts(tmp_path) as admin:
        admin.add(LUZ, "Luz", "man\u0303ana sera otro dia", EXPORT, now=AT)
        assert door(admin).enter("luz", "ma\u00f1ana sera otro dia", now=AT).usuario == LUZ


def test_an_account_made_by_another_must_change_its_password_first(tmp_path: Path) -> None:
    """The administrator knows the first one; after the change nobody but its owner does."""
    with staff(tmp_path) as admin:
        assert door(admin).enter("luz", WORDS[LUZ], now=AT).must_change(AT)
        door(admin).change(LUZ, WORDS[LUZ], NEW, now=AT)
        assert not door(admin).enter("luz", NEW, now=AT).must_change(AT)
        with pytest.raises(EntryRefusedError):
            door(admin).enter("luz", WORDS[LUZ], now=AT)
        with pytest.raises(PasswordRefusedError):
            door(admin).change(LUZ, NEW, NEW, now=AT)


def test_a_password_expires_only_where_that_was_chosen(tmp_path: Path) -> None:
    """By default never; then the next entry asks for another one."""
    with accounts(tmp_path) as admin:
        assert not admin.book.get(ANA).must_change(later(days=9000))
        admin.set_expiry(ANA, 90)
        assert not admin.book.get(ANA).must_change(later(days=89))
        assert admin.book.get(ANA).must_change(later(days=90))
        assert not admin.book.get(ANA).must_change(later(days=-400))
        for days in (0, -1, 10**9):
            with pytest.raises(AccountRuleError):
                admin.set_expiry(ANA, days)


def test_failures_lock_a_name_for_longer_and_longer(tmp_path: Path) -> None:
    """A right password does not enter meanwhile, waiting does, and it sets the count back."""
    fail(tmp_path, FREE_FAILURES)
    with accounts(tmp_path) as admin:
        with pytest.raises(EntryLockedError) as caught:
            door(admin).enter("ana", WORDS[ANA], now=later(seconds=59))
        assert caught.value.fields["minutos"] == 1
        assert admin.book.get(ANA).estado(later(seconds=59)) is Estado.BLOQUEADA
    fail(tmp_path, 1, seconds=60)
    with accounts(tmp_path) as admin:
        with pytest.raises(EntryLockedError):
            door(admin).enter("ana", WORDS[ANA], now=later(seconds=60 + 119))
        door(admin).enter("ana", WORDS[ANA], now=later(seconds=60 + 120))
        assert admin.book.tries(ANA).fallos == 0


def test_unknown_names_are_locked_and_answered_as_known_ones(tmp_path: Path) -> None:
    """Nobody learns from answers which users there are, and what was typed as a name does not lie in the file."""
    told: dict[str, list[tuple[str, object]]] = {}
    with accounts(tmp_path) as admin:
        for name in ("ana", "nadie"):
            for _ in range(FREE_FAILURES + 2):
                with pytest.raises((EntryRefusedError, EntryLockedError)) as caught:
                    door(admin).enter(name, "no es esta clave", now=AT)
                told.setdefault(name, []).append((caught.value.code, caught.value.fields.get("minutos")))
    assert told["ana"] == told["nadie"]
    with closing(sqlite3.connect(path_in(tmp_path))) as raw:
        assert "nadie" not in "\n".join(raw.iterdump())


def test_an_unknown_user_costs_the_same_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: one Argon2id whatever is wrong, with the same parameters."""
    seen: list[str] = []
    real = passwords_module.Argon2id

    class Counting:
        derive = staticmethod(real)

        @staticmethod
        def verify_phc_encoded(data: bytes, phc: str) -> None:
            seen.append(phc.rpartition("$")[0].rpartition("$")[0])
            real.verify_phc_encoded(data, phc)

    with accounts(tmp_path) as admin:
        entrance = door(admin)
        entrance.hasher.verify("x", None)
        monkeypatch.setattr(passwords_module, "Argon2id", Counting)
        for name, password in (
            ("ana", "mala" * 3),
            ("nadie", "mala" * 3),
            ("no es nombre", "x"),
            ("ana", "x" * 10**6),
        ):
            with pytest.raises(EntryRefusedError):
                entrance.enter(name, password, now=AT)
    assert len(seen) == 4
    assert len(set(seen)) == 1


def test_a_clock_set_back_neither_unlocks_nor_locks_for_ever(tmp_path: Path) -> None:
    """The wait starts anew at its own length."""
    fail(tmp_path, FREE_FAILURES)
    with accounts(tmp_path) as admin:
        with pytest.raises(EntryLockedError):
            door(admin).enter("ana", WORDS[ANA], now=later(days=-900))
        with pytest.raises(EntryLockedError):
            door(admin).enter("ana", WORDS[ANA], now=later(days=-900, seconds=59))
        door(admin).enter("ana", WORDS[ANA], now=later(days=-900, seconds=60))


def test_an_administrator_ends_a_lock(tmp_path: Path) -> None:
    """And a reset of the password does too; sessions end with it."""
    with staff(tmp_path):
        pass
    fail(tmp_path, FREE_FAILURES, "luz")
    with accounts(tmp_path) as admin:
        admin.unlock(LUZ)
        assert door(admin).enter("luz", WORDS[LUZ], now=AT).usuario == LUZ
        admin.reset_password(LUZ, NEW, now=AT)
        assert door(admin).enter("luz", NEW, now=AT).must_change(AT)


def test_who_leaves_hands_over_and_enters_no_more(tmp_path: Path) -> None:
    """What the person answered for passes to the one named, who keeps it when the account is opened again."""
    with staff(tmp_path) as admin:
        admin.take_charge("base", LUZ)
        admin.take_charge("tarea", LUZ)
        admin.take_charge("tarea", JOE)
        admin.deactivate(LUZ, JOE)
        assert admin.book.get(JOE).encargos == ("base", "tarea")
        assert admin.book.get(LUZ).sucesor == JOE
        with pytest.raises(AccountRuleError):
            door(admin).enter("luz", WORDS[LUZ], now=AT)
        with pytest.raises(EntryRefusedError):
            door(admin).enter("luz", "no es esta clave", now=AT)
        admin.reactivate(LUZ, NEW, now=AT)
        assert door(admin).enter("luz", NEW, now=AT).must_change(AT)
        assert admin.book.get(LUZ).encargos == ()


def test_permissions_pass_only_when_asked(tmp_path: Path) -> None:
    """The last administrator may go in the same act that makes another."""
    with staff(tmp_path) as admin:
        admin.deactivate(JOE, LUZ)
        assert admin.book.get(LUZ).permisos == EXPORT
        with pytest.raises(AccountRuleError):
            admin.deactivate(ANA, LUZ)
        assert admin.book.get(ANA).activa
        admin.deactivate(ANA, LUZ, with_permissions=True)
        assert admin.book.get(LUZ).permisos == set(PROGRAM.permisos)


def test_the_last_administrator_cannot_be_lost(tmp_path: Path) -> None:
    """Neither closed nor stripped; nor handed over to nobody, oneself, or somebody who left."""
    with staff(tmp_path) as admin:
        with pytest.raises(AccountRuleError):
            admin.set_permissions(ANA, EXPORT)
        assert "usuarios" in admin.book.get(ANA).permisos
        admin.set_permissions(LUZ, frozenset({"usuarios"}))
        admin.deactivate(JOE, LUZ)
        for heir in (ANA, JOE, UserName("nadie")):
            with pytest.raises(AccountRuleError):
                admin.deactivate(ANA, heir)
        admin.set_permissions(ANA, EXPORT)


def test_recovery_gives_back_an_administrator_whatever_stood_in_the_way(tmp_path: Path) -> None:
    """Locked, closed, stripped, forgotten, or no longer there."""
    with staff(tmp_path) as admin:
        admin.set_permissions(LUZ, frozenset({"usuarios"}))
        admin.deactivate(ANA, LUZ)
    fail(tmp_path, FREE_FAILURES)
    with accounts(tmp_path) as admin:
        assert admin.recover(ANA, NEW, now=AT) is False
        assert "usuarios" in door(admin).enter("ana", NEW, now=AT).permisos
        assert admin.recover(UserName("nueva"), NEW, now=AT) is True
        assert door(admin).enter("nueva", NEW, now=AT).permisos == set(PROGRAM.permisos)


@pytest.mark.parametrize(
    "bad", ["corta", "x" * 201, "x" * 10**6, "con\x00nulo12", "dos\nlineas", "\ud800" * 9, "ana es mi nombre",
            "ANAnanana", "12345678", "0987654321", "hgfedcba", "aaaaaaaaa", "Contraseña2024", "password!", "Siga-2024",
            "n\u0303" * 3]
)  # fmt: skip
def test_a_bad_new_password_is_refused_before_it_is_hashed(bad: str) -> None:
    """Bounds, signs nobody can type, the user's name, what everybody tries first."""
    with pytest.raises(PasswordRefusedError) as caught:
        checked(bad, ANA)
    assert bad not in str(caught.value)


@pytest.mark.parametrize(
    "good", ["x" * 97 + "yz ñ", "correcto caballo", "Ñandú-42-Ω", "🌵🌵🦙🦙🌊🌊🗻🌞", "q7!Rz_0p"]
)
def test_a_good_password_is_taken_as_it_is(good: str) -> None:
    """Any language, any signs."""
    assert checked(good, ANA) == good


@given(st.text(max_size=300))
def test_any_text_is_a_password_or_a_refusal_and_never_another_ones(text: str) -> None:
    """What is taken verifies, and verifies alone."""
    try:
        normal = checked(text, JOE)
    except PasswordRefusedError:
        return
    phc = CHEAP.hash(normal)
    assert CHEAP.verify(text, phc)
    assert not CHEAP.verify(text + "x", phc)
    assert not CHEAP.verify(text, None)


@pytest.mark.parametrize(
    "bad", ["", "ab", "a" * 33, "1ana", "ana luz", "ñandu", "ana\x1b[31m", "[red]x[/]", "ana\n", "../x", "a" * 10**6]
)  # fmt: skip
def test_user_names_are_plain(bad: str) -> None:
    """Nothing that a terminal, a path or a log would read as more than a name."""
    if bad.strip() == "ana":
        assert UserName.parse(bad) == ANA
        return
    with pytest.raises(AccountRuleError):
        UserName.parse(bad)


@pytest.mark.parametrize("bad", ["", " ", "x" * 101, "Ana\x1b[2J", "Ana\u202eCod", "a\nb"])
def test_a_persons_name_holds_no_hidden_signs(bad: str) -> None:
    """It is shown to others."""
    with pytest.raises(AccountRuleError):
        full_name(bad)


def test_roles_stand_for_their_permissions_and_strangers_are_refused() -> None:
    """Names given by the program; a program that names what it lacks is a defect."""
    assert PROGRAM.permissions(["operador", "base"]) == {"exportar", "base"}
    with pytest.raises(AccountRuleError):
        PROGRAM.permissions(["root\x1b[31m"])
    with pytest.raises(ValueError, match="role"):
        Program(nombre="x", permisos={"a": "A"}, roles={})


def test_the_usual_parameters_are_those_of_rfc_9106_and_older_hashes_are_renewed(tmp_path: Path) -> None:
    """Second choice: 64 MiB, 3 passes, 4 lanes; renewed at the next entry, when the password is known."""
    usual = Hasher()
    with accounts(tmp_path) as admin:
        assert str(admin.book.password_of(ANA)).startswith("$argon2id$v=19$m=32,t=1,p=1$")
        replace(door(admin), hasher=usual).enter("ana", WORDS[ANA], now=AT)
        phc = str(admin.book.password_of(ANA))
        assert phc.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert usual.verify(WORDS[ANA], phc)
        assert not usual.is_outdated(phc)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_the_files_are_closed_to_others(tmp_path: Path) -> None:
    """The database and its journal 0600, whatever the umask; the folder without rights for others."""
    before = os.umask(0)
    try:
        with accounts(tmp_path):
            files = list(path_in(tmp_path).parent.iterdir())
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
            assert len(files) > 1
    finally:
        os.umask(before)
    assert stat.S_IMODE(path_in(tmp_path).parent.stat().st_mode) & stat.S_IRWXO == 0


def test_lost_accounts_never_open_what_they_closed(tmp_path: Path) -> None:
    """A deleted database is an error, not an installation without users."""
    assert not is_begun(tmp_path)
    with accounts(tmp_path):
        pass
    assert is_begun(tmp_path)
    for path in path_in(tmp_path).parent.iterdir():
        path.unlink()
    with pytest.raises(AccountsMissingError):
        is_begun(tmp_path)
    with pytest.raises(AccountsMissingError), opened(tmp_path):
        pass


def test_accounts_of_a_newer_program_are_refused_and_left_alone(tmp_path: Path) -> None:
    """An older program must not write into what it does not know."""
    with accounts(tmp_path):
        pass
    with closing(sqlite3.connect(path_in(tmp_path))) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(AccountsTooNewError), opened(tmp_path):
        pass


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """Ours, not SQLite's error; and nobody is let in."""
    make(tmp_path)
    path_in(tmp_path).write_bytes(b"no soy una base de datos" * 100)
    with pytest.raises(DatabaseDamagedError), accounts(tmp_path):
        pass


def test_an_old_database_has_the_schema_of_a_new_one(tmp_path: Path) -> None:
    """Version 0 is the empty file; each migration is one transaction."""
    make(tmp_path)
    for _ in range(2):
        with opened(tmp_path) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            assert version == SCHEMA_VERSION


def test_names_without_account_are_bounded_and_known_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who types names for days fills no disk and pushes no lock out."""
    monkeypatch.setattr("sigasers.host.accounts.book.MAX_UNKNOWN", 3)
    fail(tmp_path, FREE_FAILURES)
    for number in range(9):
        fail(tmp_path, 1, f"nadie{number}")
    with accounts(tmp_path) as admin:
        rows: Any = admin.book.connection.execute("SELECT count(*) FROM intento").fetchone()
        assert rows[0] == 4
        with pytest.raises(EntryLockedError):
            door(admin).enter("ana", WORDS[ANA], now=AT)
