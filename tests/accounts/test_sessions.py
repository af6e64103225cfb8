"""Sessions: of one person, one account of the operating system and one installation, and not for long."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sigasers.host.accounts import Sessions, path_in, session_file
from tests.accounts.people import ANA, AT, JOE, LUZ, WORDS, accounts, door, later, staff


def test_a_token_is_good_for_its_account_machine_account_and_installation_alone(tmp_path: Path) -> None:
    """Copied to another account or another installation it is nothing."""
    with accounts(tmp_path) as admin:
        token = Sessions(book=admin.book, system_account="1000").open(ANA, now=AT)
        found = Sessions(book=admin.book, system_account="1000").use(token, now=AT)
        assert found is not None
        assert found.account.usuario == ANA
        assert Sessions(book=admin.book, system_account="1001").use(token, now=AT) is None
        for wrong in ("", token[:-1], token + "x", "\udcff" * 9):
            assert Sessions(book=admin.book, system_account="1000").use(wrong, now=AT) is None
    other = tmp_path / "otra"
    other.mkdir()
    with accounts(other) as admin:
        assert Sessions(book=admin.book, system_account="1000").use(token, now=AT) is None


def test_the_database_does_not_hold_the_token(tmp_path: Path) -> None:
    """Who reads it cannot enter with what it holds."""
    with accounts(tmp_path) as admin:
        token = Sessions(book=admin.book, system_account="1000").open(ANA, now=AT)
    with closing(sqlite3.connect(path_in(tmp_path))) as raw:
        assert token not in "\n".join(raw.iterdump())


def test_a_session_ends_half_an_hour_after_its_last_use_and_ten_hours_after_its_start(tmp_path: Path) -> None:
    """Use lets it last on, but not for ever."""
    with accounts(tmp_path) as admin:
        sessions = Sessions(book=admin.book, system_account="1000")
        idle = sessions.open(ANA, now=AT)
        assert sessions.use(idle, now=later(minutes=30)) is None
        token = sessions.open(ANA, now=AT)
        for minutes in range(20, 600, 20):
            assert sessions.use(token, now=later(minutes=minutes)) is not None
        assert sessions.use(token, now=later(hours=10)) is None


def test_a_session_does_not_outlive_a_clock_set_back(tmp_path: Path) -> None:
    """Else a wrong clock would let it last for years."""
    with accounts(tmp_path) as admin:
        sessions = Sessions(book=admin.book, system_account="1000")
        token = sessions.open(ANA, now=AT)
        assert sessions.use(token, now=later(seconds=-90)) is not None
        assert sessions.use(token, now=later(days=-30)) is None


@pytest.mark.parametrize("act", ["close", "deactivate", "reset", "change", "recover"])
def test_a_session_ends_with_what_it_rested_on(act: str, tmp_path: Path) -> None:
    """Closed by its owner, or its account closed, or its password another."""
    with staff(tmp_path) as admin:
        sessions = Sessions(book=admin.book, system_account="1000")
        token, other = sessions.open(LUZ, now=AT), sessions.open(JOE, now=AT)
        new = "otra frase bastante larga"
        acts = {
            "close": lambda: sessions.close(token),
            "deactivate": lambda: admin.deactivate(LUZ, JOE),
            "reset": lambda: admin.reset_password(LUZ, new, now=AT),
            "change": lambda: door(admin).change(LUZ, WORDS[LUZ], new, now=AT),
            "recover": lambda: admin.recover(LUZ, new, now=AT),
        }
        acts[act]()
        assert sessions.use(token, now=AT) is None
        assert sessions.use(other, now=AT) is not None
        assert sessions.close(token) is False


def test_permissions_are_those_of_now_not_of_the_opening(tmp_path: Path) -> None:
    """Taken away, they are gone at the next order."""
    with staff(tmp_path) as admin:
        sessions = Sessions(book=admin.book, system_account="1000")
        token = sessions.open(LUZ, now=AT)
        admin.set_permissions(LUZ, frozenset())
        found = sessions.use(token, now=AT)
        assert found is not None
        assert found.account.permisos == frozenset()


def test_the_token_lies_in_a_file_of_its_own_account(tmp_path: Path) -> None:
    """0600; one that others may read, or that is no file, is no session."""
    folder = tmp_path / "conf"
    session_file.keep("ficha", "a" * 32, folder=folder)
    session_file.keep("ficha2", "a" * 32, folder=folder)
    assert session_file.kept("a" * 32, folder=folder) == "ficha2"
    assert session_file.kept("b" * 32, folder=folder) is None
    (path,) = folder.iterdir()
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        assert session_file.kept("a" * 32, folder=folder) is None
        path.chmod(0o600)
    session_file.forget("a" * 32, folder=folder)
    session_file.forget("a" * 32, folder=folder)
    session_file.forget("a" * 32, folder=tmp_path / "no-hay")
    assert session_file.kept("a" * 32, folder=folder) is None
    path.mkdir()
    assert session_file.kept("a" * 32, folder=folder) is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs root to give a file away")
def test_a_token_file_of_another_account_is_no_session(tmp_path: Path) -> None:
    """Somebody who can write into the folder cannot put a session of theirs there."""
    session_file.keep("ficha", "a" * 32, folder=tmp_path)
    (path,) = tmp_path.iterdir()
    os.chown(path, 65534, 65534)
    assert session_file.kept("a" * 32, folder=tmp_path) is None
