"""The fault table of accounts: each durable step × {failed, failed but persisted, killed before, killed after}."""

import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.errors.accounts import AccountRuleError, EntryLockedError, EntryRefusedError
from sigasers.host.accounts import Administration, Book, Sessions, is_begun, make, opened, session_file
from sigasers.host.accounts.lockout import FREE_FAILURES, Tries
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
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code

COVERED_STEPS = {
    "host.accounts.folder",
    "host.accounts.new",
    "host.accounts.schema",
    "host.accounts.begin",
    "host.accounts.add",
    "host.accounts.permissions",
    "host.accounts.reset",
    "host.accounts.unlock",
    "host.accounts.deactivate",
    "host.accounts.reactivate",
    "host.accounts.expiry",
    "host.accounts.recover",
    "host.accounts.charge",
    "host.accounts.attempt",
    "host.accounts.entered",
    "host.accounts.own_password",
    "host.accounts.session_open",
    "host.accounts.session_use",
    "host.accounts.session_close",
    "host.accounts.token_folder",
    "host.accounts.token",
    "host.accounts.token_forget",
}
BEGINNING = {"host.accounts.folder", "host.accounts.new", "host.accounts.schema", "host.accounts.begin"}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
NEW = "otra frase bastante larga"
TOKEN = "ficha-de-prueba"
_IMPORTS = "import sys\nfrom pathlib import Path\nfrom tests.accounts.test_faults_accounts "
Act = Callable[[Administration, Path], object]


def sessions(admin: Administration) -> Sessions:
    return Sessions(book=admin.book, system_account="1000")


# What passes each step, on a staff of which Joe has left.
ACTS: dict[str, Act] = {
    "add": lambda admin, _: admin.add(NOE, "Noe", NEW, EXPORT, now=AT),
    "permissions": lambda admin, _: admin.set_permissions(LUZ, frozenset({"base"})),
    "reset": lambda admin, _: admin.reset_password(LUZ, NEW, now=AT),
    "unlock": lambda admin, _: admin.unlock(LUZ),
    "deactivate": lambda admin, _: admin.deactivate(LUZ, ANA),
    "reactivate": lambda admin, _: admin.reactivate(JOE, NEW, now=AT),
    "expiry": lambda admin, _: admin.set_expiry(LUZ, 30),
    "recover": lambda admin, _: admin.recover(JOE, NEW, now=AT),
    "charge": lambda admin, _: admin.take_charge("tarea", LUZ),
    "attempt": lambda admin, _: door(admin).enter("ana", WORDS[ANA], now=AT),
    "entered": lambda admin, _: door(admin).enter("ana", WORDS[ANA], now=AT),
    "own_password": lambda admin, _: door(admin).change(LUZ, WORDS[LUZ], NEW, now=AT),
    "session_open": lambda admin, _: sessions(admin).open(ANA, now=AT),
    "session_use": lambda admin, root: sessions(admin).use(kept(root), now=later(minutes=1)),
    "session_close": lambda admin, root: sessions(admin).close(kept(root)),
    "token_folder": lambda admin, root: session_file.keep(TOKEN, "b" * 32, folder=root / "otra"),
    "token": lambda admin, root: session_file.keep(TOKEN, "b" * 32, folder=root / "conf"),
    "token_forget": lambda admin, root: session_file.forget("a" * 32, folder=root / "conf"),
}
NOE = type(ANA)("noe")


def kept(root: Path) -> str:
    return session_file.kept("a" * 32, folder=root / "conf") or ""


def prepared(root: Path) -> None:
    with staff(root) as admin:
        admin.take_charge("base", LUZ)
        admin.deactivate(JOE, LUZ)
        for _ in range(FREE_FAILURES - 1):
            with pytest.raises(EntryRefusedError):
                door(admin).enter("luz", "no es esta clave", now=AT)
        session_file.keep(sessions(admin).open(ANA, now=AT), "a" * 32, folder=root / "conf")


def do(root: Path, act: str) -> None:
    with accounts(root) as admin:
        ACTS[act](admin, root)


def begin(root: Path) -> None:
    make(root)
    with opened(root) as connection:
        admin = Administration(book=Book(connection), program=PROGRAM, hasher=CHEAP)
        admin.begin(ANA, "Ana Quispe", WORDS[ANA], now=AT)


def state(root: Path, act: str) -> str:
    """Give all that the accounts hold, but hashes and tokens, which are other ones each time.

    Of the acts of several steps without the tries and the last entry: a try is counted before it is answered for.
    """
    with accounts(root) as admin:
        found = admin.book.all()
        if act in {"attempt", "entered", "own_password"}:
            found = [replace(each, tries=Tries(), ultimo_ingreso=None) for each in found]
        people = repr(found)
        rows = admin.book.connection.execute("SELECT usuario, usada FROM sesion ORDER BY usuario, usada")
        files = sorted(path.name for path in root.glob("*/*.ficha"))
        return f"{people} {[tuple(row) for row in rows]} {files}"


def stop(root: Path, step: str, fault: str, code: str, act: Callable[[], object]) -> None:
    """Run ``act`` so that ``fault`` happens at ``step``."""
    if fault.endswith("kill"):
        assert run_code(code, root, at=f"{step}:{fault}").returncode == KILLED
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(failpoint, "_passes", Counter())
        patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
        with pytest.raises(SigasersError):
            act()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS - BEGINNING))
def test_a_fault_leaves_all_of_an_act_or_nothing(step: str, fault: str, tmp_path: Path) -> None:
    """Never half an account; and the accounts work on."""
    act = step.rpartition(".")[2]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for root in (tmp_path / "a", tmp_path / "b"):
        prepared(root)
    before = state(tmp_path / "a", act)
    code = f"{_IMPORTS}import do\ndo(Path(sys.argv[1]), '{act}')"
    stop(tmp_path / "a", step, fault, code, lambda: do(tmp_path / "a", act))
    after = state(tmp_path / "a", act)
    do(tmp_path / "b", act)
    assert after in {before, state(tmp_path / "b", act)}
    with accounts(tmp_path / "a") as admin:
        assert door(admin).enter("ana", WORDS[ANA], now=later(hours=1)).usuario == ANA


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(BEGINNING))
def test_a_beginning_that_was_cut_can_be_begun_again(step: str, fault: str, tmp_path: Path) -> None:
    """Until the first administrator is there, there are no accounts; never one without a way in."""
    code = f"{_IMPORTS}import begin\nbegin(Path(sys.argv[1]))"
    stop(tmp_path, step, fault, code, lambda: begin(tmp_path))
    try:
        begin(tmp_path)
    except AccountRuleError:  # the first time had come through
        assert (step, fault.partition("=")[0]) == ("host.accounts.begin", "after")
    assert is_begun(tmp_path)
    with accounts(tmp_path) as admin:
        assert door(admin).enter("ana", WORDS[ANA], now=AT).permisos == set(PROGRAM.permisos)


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", ["host.accounts.attempt", "host.accounts.entered"])
def test_no_guess_is_free_by_killing_the_program(step: str, side: str, tmp_path: Path) -> None:
    """Killed between count and answer, or while a right answer is being kept: what is counted stays counted."""
    prepared(tmp_path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.accounts.people import *\n"
        "with accounts(Path(sys.argv[1])) as admin:\n    door(admin).enter('luz', WORDS[LUZ], now=AT)"
    )
    assert run_code(code, tmp_path, at=f"{step}:{side}=kill").returncode == KILLED
    with accounts(tmp_path) as admin:
        fallos = admin.book.tries(LUZ).fallos
        counted = {
            ("host.accounts.attempt", "before"): FREE_FAILURES - 1,  # nothing was looked at
            ("host.accounts.attempt", "after"): FREE_FAILURES,
            ("host.accounts.entered", "before"): FREE_FAILURES,
            ("host.accounts.entered", "after"): 0,
        }
        assert fallos == counted[step, side]
        if fallos == FREE_FAILURES:
            with pytest.raises(EntryLockedError):
                door(admin).enter("luz", WORDS[LUZ], now=AT)


def test_every_durable_step_of_accounts_is_in_the_table() -> None:
    """A new step fails here until it is."""
    assert {step for step in all_steps() if step.startswith("host.accounts")} == COVERED_STEPS
