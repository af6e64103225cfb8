"""Which accounts may run a task, on Windows and on Linux; how a folder is handed over; which scheduler is chosen."""

import os
from pathlib import Path

import pytest

from sigasers.errors.tasks import (
    NoSchedulerError,
    TaskAccountMissingError,
    TaskAccountRefusedError,
    TaskProgramError,
    TaskRightsError,
)
from sigasers.host.tasks import Kind, Machine, linux_accounts, refuse_other_account, windows_accounts
from sigasers.host.tasks.linux_accounts import Account
from sigasers.host.tasks.programs import SystemRunner, checked

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.parametrize(
    ("account", "named"),
    [
        (None, "S-1-5-19"),
        ("S-1-5-19", "S-1-5-19"),
        ("LOCAL SERVICE", "S-1-5-19"),
        (r"NT AUTHORITY\LocalService", "S-1-5-19"),
        ("servicio local", "S-1-5-19"),
        (r"NT AUTHORITY\NETWORK SERVICE", "S-1-5-20"),
        ("Servicio de red", "S-1-5-20"),
        (r"NT SERVICE\siga", r"NT SERVICE\siga"),
        ("MEF\\gmsa-siga$", "MEF\\gmsa-siga$"),
    ],
)
def test_service_accounts_of_windows_are_taken(account: str | None, named: str) -> None:
    """By name in Spanish or English, by SID."""
    assert windows_accounts.principal(account) == named


@pytest.mark.parametrize(
    "account",
    ["SYSTEM", "S-1-5-18", r"NT AUTHORITY\SYSTEM", "LocalSystem", "jperez", r"MEF\jperez", r".\Administrador", "",
     "S-1-5-21-1-2-3-500", 'MEF\\a"b$', "Administradores", r"NT SERVICE\a\b"],
)  # fmt: skip
def test_persons_and_the_system_are_refused(account: str) -> None:
    """A person leaves, changes the password, is locked out; SYSTEM can do anything."""
    with pytest.raises(TaskAccountRefusedError):
        windows_accounts.principal(account)


def test_the_sid_of_a_service_is_computed_from_its_name() -> None:
    """The published one of TrustedInstaller, whatever the case of its letters."""
    known = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    assert windows_accounts.service_sid("TrustedInstaller") == known
    assert windows_accounts.is_same(r"NT SERVICE\trustedinstaller", known)
    assert windows_accounts.is_same("LOCAL SERVICE", "S-1-5-19")
    assert not windows_accounts.is_same("S-1-5-19", "S-1-5-20")


def _look(*accounts: Account) -> object:
    return {account.name: account for account in accounts}.get


@pytest.mark.parametrize(
    ("uid", "shell", "is_taken"),
    [
        (998, "/usr/sbin/nologin", True),
        (998, "/bin/bash", True),
        (1500, "/usr/sbin/nologin", True),
        (1500, "/bin/bash", False),
        (0, "/usr/sbin/nologin", False),
    ],
)
def test_service_accounts_of_linux_are_told_from_persons(
    tmp_path: Path, uid: int, shell: str, *, is_taken: bool
) -> None:
    """By UID_MIN of the machine and the login shell; root never."""
    defs = tmp_path / "login.defs"
    defs.write_text("# UID_MIN 5\nUID_MIN\t\t 1200\n", encoding="utf-8")
    look = _look(Account(name="cuenta", uid=uid, gid=uid, login_shell=shell))
    if is_taken:
        assert linux_accounts.check("cuenta", look=look, login_defs=defs).uid == uid  # type: ignore[arg-type]
        return
    with pytest.raises(TaskAccountRefusedError):
        linux_accounts.check("cuenta", look=look, login_defs=defs)  # type: ignore[arg-type]


def test_a_missing_account_comes_with_the_order_that_makes_it() -> None:
    """To be copied as it is."""
    with pytest.raises(TaskAccountMissingError) as told:
        linux_accounts.check("sigasers", look=lambda _name: None)
    assert told.value.fields["orden"] == (
        "useradd --system --create-home --home-dir /var/lib/sigasers-cuenta --shell /usr/sbin/nologin sigasers"
    )
    with pytest.raises(TaskAccountRefusedError):
        linux_accounts.check("-o; rm", look=lambda _name: None)


@pytest.mark.skipif(not IS_ROOT, reason="only root gives files away")
def test_a_folder_is_handed_over_without_what_others_own(tmp_path: Path) -> None:
    """Links are not followed, and a file with a second name stays with its owner and is named."""
    outside, siga = tmp_path / "ajeno", tmp_path / "siga"
    (siga / "claves").mkdir(parents=True)
    for path in (outside, siga / "siga.toml", siga / "claves" / "a.json"):
        path.write_text("x", encoding="utf-8")
    (siga / "enlace").symlink_to(outside)
    (siga / "otro nombre").hardlink_to(outside)
    account = Account(name="daemon", uid=1, gid=1, login_shell="/usr/sbin/nologin")
    assert linux_accounts.hand_over(siga, account) == (siga / "otro nombre",)
    assert outside.stat().st_uid == 0
    owned = [siga, siga / "claves", siga / "siga.toml", siga / "claves" / "a.json"]
    assert {path.stat().st_uid for path in owned} == {1}
    assert (siga / "enlace").lstat().st_uid == 1


def test_the_scheduler_is_chosen_by_the_machine() -> None:
    """Windows its own, systemd where it runs, else cron; asked for by hand, and told where there is none."""

    def linux(*, systemd: bool, cron: bool) -> Machine:
        return Machine(platform="linux", has_systemd=systemd, has_crontab=cron, is_root=True)

    assert Machine(platform="win32").chosen(None) is Kind.SCHTASKS
    assert linux(systemd=True, cron=True).chosen(None) is Kind.SYSTEMD
    assert linux(systemd=True, cron=True).chosen(Kind.CRON) is Kind.CRON
    assert linux(systemd=False, cron=True).chosen(None) is Kind.CRON
    for machine, wanted in (
        (linux(systemd=False, cron=False), None),
        (linux(systemd=False, cron=True), Kind.SYSTEMD),
    ):
        with pytest.raises(NoSchedulerError):
            machine.chosen(wanted)


def test_only_root_names_another_account() -> None:
    """On Linux; on Windows the scheduler itself decides."""
    with pytest.raises(TaskRightsError):
        refuse_other_account("sigasers", Machine(platform="linux", is_root=False))
    refuse_other_account("sigasers", Machine(platform="linux", is_root=True))
    refuse_other_account(None, Machine(platform="linux", is_root=False))
    refuse_other_account("x", Machine(platform="win32", is_root=False))


def test_a_program_that_fails_is_told_in_one_printable_line(tmp_path: Path) -> None:
    """What it printed is outside text; one that is not there, or does not end, is an error too."""
    runner = SystemRunner()
    done = runner.run(["/bin/sh", "-c", "printf 'a\\033[31m\\nb%01000d' 0 >&2; exit 3"])
    with pytest.raises(TaskProgramError) as told:
        checked(done, "/bin/sh")
    reason = str(told.value.fields["motivo"])
    assert reason.startswith("a?[31m b000")
    assert len(reason) <= 301
    with pytest.raises(TaskProgramError):
        runner.run([str(tmp_path / "no-hay")])
    with pytest.raises(TaskProgramError):
        runner.run(["/bin/sh", "-c", "exec sleep 20"], timeout_s=0.1)
    with pytest.raises(TaskProgramError):
        runner.run(["/bin/true"], account="no-hay-tal-cuenta")
