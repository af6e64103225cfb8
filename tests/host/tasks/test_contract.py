"""The contract of a scheduler, on each of them behind its simulator; real programs take it again in test_real_*."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sigasers.errors.tasks import TaskTrialError
from sigasers.host.tasks import Mark, Scheduler
from sigasers.host.tasks.cron import Cron
from sigasers.host.tasks.systemd import Systemd
from sigasers.host.tasks.waiting import Waiting
from sigasers.host.tasks.windows import Schtasks
from tests.host.tasks.one_task import MARK, OTHER_UNIT, make_spec, told, tried
from tests.host.tasks.simulated_linux import SimulatedCrontab, SimulatedSystemctl
from tests.host.tasks.simulated_schtasks import SimulatedSchtasks

NAME = "MEF_SIGA_TRANSMISION"


@dataclass
class Clock:
    """A clock that goes on when someone sleeps."""

    now: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def waiting(self) -> Waiting:
        return Waiting(limit_s=60, clock=lambda: self.now, sleep=self.sleep)


def _windows(language: str, code_page: str, *, utf16: bool = False) -> Callable[[Path], Scheduler]:
    def make(place: Path) -> Scheduler:
        runner = SimulatedSchtasks(language=language, code_page=code_page, utf16_output=utf16)
        return Schtasks(folder=r"C:\Windows", code_page=code_page, runner=runner, waiting=Clock().waiting())

    return make


def _systemd(place: Path) -> Scheduler:
    units, runtime = place / "units", place / "runtime"
    runner = SimulatedSystemctl(folders=(units, runtime))
    return Systemd(folder=units, runtime=runtime, is_system=True, runner=runner, waiting=Clock().waiting())


def _cron(place: Path) -> Scheduler:
    return Cron(account=None, runner=SimulatedCrontab(), waiting=Clock().waiting())


SCHEDULERS = {
    "windows-es": _windows("es", "cp850"),
    "windows-en": _windows("en", "cp437"),
    "windows-utf16": _windows("es", "cp850", utf16=True),
    "systemd": _systemd,
    "cron": _cron,
}


@pytest.fixture(params=SCHEDULERS.values(), ids=SCHEDULERS.keys())
def scheduler(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scheduler:
    for module in ("cron", "systemd"):
        monkeypatch.setattr(f"sigasers.host.tasks.{module}.find_program", lambda name: f"/usr/bin/{name}")
    found: Scheduler = request.param(tmp_path)
    return found


def test_a_new_task_is_found_as_it_was_asked_for(scheduler: Scheduler, tmp_path: Path) -> None:
    """Name, mark, command; and nothing differs when it is read back."""
    spec = make_spec(
        tmp_path / "siga", "--dir", "C:\\Año Nuevo" if scheduler.kind.value == "schtasks" else "/Año Nuevo"
    )
    assert scheduler.tasks() == ()
    scheduler.install(spec)
    (found,) = scheduler.tasks()
    assert (found.name, found.mark, found.enabled, found.last_result) == (NAME, MARK, True, None)
    assert "Nuevo" in str(found.command)
    assert scheduler.differences(spec, found) == ()


def test_the_same_name_is_replaced(scheduler: Scheduler, tmp_path: Path) -> None:
    """One task of a name; the new one differs from the old in what was changed, and that is named."""
    old = make_spec(tmp_path / "siga", "uno")
    new = replace(old, command=(*old.command[:-1], "dos"))
    scheduler.install(old)
    (before,) = scheduler.tasks()
    assert scheduler.differences(new, before) != ()
    scheduler.install(new)
    (found,) = scheduler.tasks()
    assert scheduler.differences(new, found) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"mark": OTHER_UNIT},
        {"mark": replace(MARK, anterior="a" * 64)},
        {"every_min": 30},
        {"command": ("/otro/python", "-m", "x")},
        {"folder": Path("/otra")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_differs_is_named(scheduler: Scheduler, tmp_path: Path, change: dict[str, object]) -> None:
    """A task whose program, folder, times or mark are not what would be generated now."""
    spec = make_spec(tmp_path / "siga")
    scheduler.install(spec)
    (found,) = scheduler.tasks()
    named = scheduler.differences(replace(spec, **change), found)  # type: ignore[arg-type]
    assert named
    assert len(set(named)) == len(named)


def test_tasks_of_two_units_stand_side_by_side(scheduler: Scheduler, tmp_path: Path) -> None:
    """Each has its name; removing one leaves the other."""
    first = make_spec(tmp_path / "uno")
    second = make_spec(tmp_path / "dos", name=f"{NAME}_1300", mark=OTHER_UNIT)
    scheduler.install(second)
    scheduler.install(first)
    assert [task.mark for task in scheduler.tasks()] == [MARK, OTHER_UNIT]
    scheduler.remove(first.name)
    assert [task.name for task in scheduler.tasks()] == [second.name]


def test_removing_twice_is_no_error(scheduler: Scheduler, tmp_path: Path) -> None:
    """After an order that was cut off, the same order works."""
    scheduler.install(make_spec(tmp_path / "siga"))
    scheduler.remove(NAME)
    scheduler.remove(NAME)
    assert scheduler.tasks() == ()


def test_a_removed_task_comes_back_from_its_definition(scheduler: Scheduler, tmp_path: Path) -> None:
    """The way back: what was read is what is put."""
    spec = make_spec(tmp_path / "siga", "ñ")
    scheduler.install(spec)
    (before,) = scheduler.tasks()
    scheduler.remove(NAME)
    assert scheduler.by_hand(NAME, before.raw, tmp_path / "x.xml") == ""
    scheduler.restore(NAME, before.raw)
    (after,) = scheduler.tasks()
    assert (after.raw, after.mark) == (before.raw, before.mark)
    assert scheduler.differences(spec, after) == ()


AWKWARD = ["con blanco", "comilla ' simple", 'comilla " doble', "", "ñandú", "$HOME ;|&<>`", "a&b"]


def test_a_trial_runs_the_command_with_exactly_its_arguments(scheduler: Scheduler, tmp_path: Path) -> None:
    """Quotes, blanks and signs of the shell arrive as they are; nothing of the trial stays."""
    spec = make_spec(tmp_path / "carpeta con blanco", *AWKWARD)
    result = spec.folder / "ensayo.json"
    scheduler.rehearse(tried(spec, result), result)
    assert told(result)["argumentos"] == AWKWARD
    assert Path(str(told(result)["carpeta"])).resolve() == spec.folder.resolve()
    assert scheduler.tasks() == ()


def test_a_trial_without_a_result_says_how_it_ended(scheduler: Scheduler, tmp_path: Path) -> None:
    """The command ended with a code and left nothing."""
    spec = make_spec(tmp_path / "siga", script="raise SystemExit(3)\n")
    result = tmp_path / "siga" / "ensayo.json"
    with pytest.raises(TaskTrialError) as told_error:
        scheduler.rehearse(tried(spec, result), result)
    assert "3" in str(told_error.value.fields["motivo"])


def test_a_trial_of_a_program_that_is_gone_says_so(scheduler: Scheduler, tmp_path: Path) -> None:
    """Python was moved: the cause is named, not only a number."""
    spec = make_spec(tmp_path / "siga")
    gone = replace(spec, command=("/no/hay/python", *spec.command[1:]))
    result = tmp_path / "siga" / "ensayo.json"
    with pytest.raises(TaskTrialError) as told_error:
        scheduler.rehearse(tried(gone, result), result)
    assert "programa" in str(told_error.value.fields["motivo"])


def test_a_mark_of_someone_else_is_none() -> None:
    """Only the exact form is ours."""
    for text in ("", "sigasers", "sigasers 1 xyz 1288 -", "sigasers 2 0123456789abcdef 1288 -"):
        assert Mark.find(text) is None
    for mark in (MARK, replace(MARK, unidad=None), replace(MARK, anterior="0" * 64)):
        assert Mark.find(f"# {mark} (no cambie)") == mark
