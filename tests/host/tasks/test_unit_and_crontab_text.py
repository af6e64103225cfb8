"""Unit files and crontabs as text: what is escaped, what is refused, what stays as it was."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.tasks import CrontabDamagedError, TaskTextError
from sigasers.host.tasks import TaskSpec, cron_text, systemd_text
from tests.host.tasks.one_task import MARK

SPEC = TaskSpec(
    name="MEF_SIGA_TRANSMISION",
    command=("/opt/python", "-m", "sigasers"),
    folder=Path("/var/lib/sigasers/siga"),
    account="sigasers",
    mark=MARK,
    description="Transmisión",
    writable=(Path("/var/lib/sigasers/sers_siga/SourceOut"),),
)
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30
).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))
_LINES = st.lists(st.binary(max_size=30).map(lambda data: data.replace(b"\n", b"")), max_size=6)


def unescaped_by_systemd(line: str) -> list[str]:
    """How systemd.service(5) reads words in double quotes, specifiers and variables: the judge of our escapes."""
    words: list[str] = []
    at = 0
    while at < len(line):
        assert line[at] == '"'
        word, at = "", at + 1
        while line[at] != '"':
            if line[at] == "\\":
                at += 1
            word += line[at]
            at += 1
        at += 2
        specified = word.replace("%%", "\0")
        assert "%" not in specified
        variables = (
            specified.replace("\0", "%").replace("$$", "\0") if words else specified.replace("\0", "%")
        )
        assert not words or "$" not in variables
        words.append(variables.replace("\0", "$"))
    return words


def unescaped_by_cron(command: str) -> list[str]:
    """How cron and its shell read a command: an unescaped ``%`` would end it."""
    text = command.replace("\\%", "\0")
    assert "%" not in text
    return shlex.split(text.replace("\0", "%"))


@given(arguments=st.lists(_TEXT, max_size=5))
def test_systemd_reads_the_arguments_as_they_were(arguments: list[str]) -> None:
    """Quotes, backslashes, specifiers, variables."""
    line = systemd_text.command_line(("/opt/python", *arguments))
    assert unescaped_by_systemd(line) == ["/opt/python", *arguments]


@given(arguments=st.lists(_TEXT.filter(lambda text: "\\" not in text), max_size=5))
def test_cron_reads_the_arguments_as_they_were(arguments: list[str]) -> None:
    """Quotes, percent signs, signs of the shell."""
    spec = replace(SPEC, command=("/opt/python", *arguments))
    words = unescaped_by_cron(cron_text.command_line(spec))
    assert words == ["cd", str(SPEC.folder), "&&", "exec", "/opt/python", *arguments, ">/dev/null"]


@given(before=_LINES, after=_LINES)
def test_all_other_lines_of_a_crontab_stay(before: list[bytes], after: list[bytes]) -> None:
    """Byte for byte, when ours comes, changes and goes."""
    others = b"".join(line + b"\n" for line in (*before, *after) if b"SIGA-SERS" not in line)
    block = cron_text.render(SPEC)
    came = cron_text.replaced(others, SPEC.name, block, "x")
    assert came == others + block
    changed = cron_text.replaced(came, SPEC.name, cron_text.render(replace(SPEC, every_min=30)), "x")
    assert changed.startswith(others)
    assert cron_text.replaced(changed, SPEC.name, b"", "x") == others


def test_a_crontab_without_a_last_line_end_gets_one() -> None:
    """Else our first line would be the end of theirs."""
    came = cron_text.replaced(b"0 1 * * * x", SPEC.name, cron_text.render(SPEC), "x")
    assert came.startswith(b"0 1 * * * x\n# >>>")


@pytest.mark.parametrize("cut", [0, -1])
def test_a_block_that_was_cut_is_not_touched(cut: int) -> None:
    """What follows an open mark might be someone's: the line is named."""
    lines = cron_text.render(SPEC).splitlines(keepends=True)
    del lines[cut]
    with pytest.raises(CrontabDamagedError):
        cron_text.replaced(b"".join(lines), SPEC.name, b"", "x")


def test_what_cron_cannot_hold_is_refused() -> None:
    """A backslash, which crons read in different ways, and a command that would be cut."""
    for command in (("/opt/a\\b",), ("/opt/python", "x" * 890, "y" * 200)):
        with pytest.raises(TaskTextError):
            cron_text.render(replace(SPEC, command=command))


@pytest.mark.parametrize("folder", ["/var/a\\", "/var/a "])
def test_what_a_unit_cannot_hold_is_refused(folder: str) -> None:
    """A last backslash joins lines, a last blank is lost."""
    with pytest.raises(TaskTextError):
        systemd_text.service(replace(SPEC, folder=Path(folder)), is_system=True)
    with pytest.raises(TaskTextError):
        systemd_text.command_line(("/opt/$x/python",))


def test_the_service_runs_as_the_account_with_few_rights() -> None:
    """Only its own folders can be written below the system's, and nothing raises its rights."""
    text = systemd_text.service(SPEC, is_system=True)
    for line in (
        "User=sigasers",
        "NoNewPrivileges=yes",
        "ProtectSystem=full",
        'ReadWritePaths=-"/var/lib/sigasers/siga" -"/var/lib/sigasers/sers_siga/SourceOut"',
        "PrivateTmp=yes",
    ):
        assert line in text.splitlines()
    shared = replace(SPEC, folder=Path("/var/tmp/siga"))
    assert "PrivateTmp" not in systemd_text.service(shared, is_system=True)


def test_the_timer_makes_up_for_a_missed_start() -> None:
    """Each quarter, after a start of the machine, and once for what was missed."""
    lines = systemd_text.timer(SPEC).splitlines()
    for line in ("OnCalendar=*:0/15", "Persistent=true", "OnBootSec=2min", "RandomizedDelaySec=0"):
        assert line in lines
