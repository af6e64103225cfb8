"""The scheduled transmission: what a look does, what it writes down, what it does after a night without power."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sigasers.errors import SigasersError
from sigasers.errors.siga import ConfigurationError, ScheduleMissingError
from sigasers.model import TipoTransmision
from sigasers.siga.history import History, Resultado
from sigasers.siga.schedule.sources import Origen
from sigasers.siga.schedule.transmission import LOCK_NAME
from tests.export.test_refusals import HOLDER
from tests.made_centre import MadeCentre
from tests.schedule.installed import LIMA, Scheduled, scheduled

DAILY = {"cronograma": {"diaria": ["12:30", "16:30"], "dispersion_min": 0}}


@pytest.fixture
def unit(tmp_path: Path) -> Scheduled:
    """A unit whose SIGA database has the usual schedule, looked at for the first time before anything is due."""
    made = scheduled(tmp_path).at("2021-10-21T12:00")
    assert made.look().answers == ()
    return made


def test_a_look_with_nothing_due_does_nothing(unit: Scheduled) -> None:
    """No package, no run in the history."""
    unit.at("2021-10-21T12:15").look()
    assert unit.place.files() == []
    assert unit.turnos() == {}


def test_a_daily_turno_is_answered_once(unit: Scheduled) -> None:
    """The run names its turno, in history and manifest; the next look finds nothing to do."""
    look = unit.at("2021-10-21T12:30").look()
    (answer,) = look.answers
    (package,) = answer.packages
    assert package.manifest.turno == "DIARIA-202110211230"
    assert package.manifest.modo == "programada"
    assert unit.later(minutes=15).look().answers == ()
    assert unit.turnos() == {"DIARIA-202110211230": "respondido"}


def test_the_start_is_spread_within_the_turno_and_waited_for(unit: Scheduled) -> None:
    """Each unit has its own place, the same every time it is asked; the look waits rather than come late."""
    (answer,) = unit.at("2021-10-21T12:30").look().answers
    begun = answer.packages[0].inicio.at
    opened = answer.turno.abre.at
    assert opened < begun < opened + timedelta(minutes=10)
    assert unit.place.time.slept == [(begun - opened).total_seconds()]


def test_on_a_periodic_day_both_years_go_and_the_daily_turno_of_that_hour_is_contained(
    unit: Scheduled,
) -> None:
    """The 20th at 16:30: PERIÓDICA alone."""
    unit.at("2021-11-20T16:29").look()
    look = unit.at("2021-11-20T16:30").look()
    assert unit.answered(look) == ["PERIODICA-202111201630"]
    assert [str(package.manifest.anio) for package in look.answers[0].packages] == ["2021", "2022"]


def test_after_a_night_without_power_the_latest_turno_of_each_kind_is_answered_and_the_others_are_lost(
    unit: Scheduled,
) -> None:
    """One run a kind, however many turnos passed; PERIÓDICA first; what is lost is written down."""
    look = unit.at("2021-11-06T09:07").look()
    assert unit.answered(look) == ["PERIODICA-202111051630", "DIARIA-202111051230"]
    turnos = unit.turnos()
    assert [name for name, state in turnos.items() if state == "respondido"] == [
        "PERIODICA-202111051630", "DIARIA-202111051230",
    ]  # fmt: skip
    assert {state for name, state in turnos.items() if name < "DIARIA-20211105"} == {"perdido"}
    assert len(look.lost) == len(turnos) - 2 == 30  # 12:30 and 16:30 of 21 October to 4 November, 15 days


def test_a_run_that_fails_is_recorded_and_tried_again_ever_more_rarely(unit: Scheduled) -> None:
    """15, 30, 60 minutes after the last; with the database back the turno is answered."""
    assert unit.place.base is not None
    gone = unit.place.base.rename(unit.place.base.with_suffix(".fuera"))
    tries = []
    unit.at("2021-10-21T12:30")
    for _ in range(9):
        (answer,) = unit.look().answers
        if answer.error is not None:
            tries.append(unit.place.time.at.astimezone(LIMA).strftime("%H:%M"))
        unit.later(minutes=15)
    assert len(tries) == 4
    with History.open(unit.place.siga) as history:
        runs = history.runs(limit=10)
    assert [run.resultado for run in runs] == [Resultado.FALLIDA] * 4
    assert {(run.codigo, run.turno, run.tipo) for run in runs} == {
        ("SIGA-001", "DIARIA-202110211230", TipoTransmision.DIARIA)
    }
    gone.rename(unit.place.base)
    unit.later(hours=1, minutes=20)
    assert unit.answered(unit.look()) == ["DIARIA-202110211230"]


def test_a_database_that_is_down_does_not_make_the_hours_forgotten(unit: Scheduled) -> None:
    """The schedule as last seen holds, and is said to be remembered."""
    assert unit.place.base is not None
    unit.place.base.unlink()
    look = unit.at("2021-10-21T16:45").look()
    assert look.schedule is not None
    assert (look.schedule.origen, look.schedule.recordado) == (Origen.BASE, True)
    assert [str(turno.id) for turno in look.lost] == ["DIARIA-202110211230"]
    assert [answer.error is not None for answer in look.answers] == [True]


def test_settings_that_cannot_be_read_are_a_failed_run_in_the_history(unit: Scheduled) -> None:
    """Somebody breaks siga.toml at noon: the turno that could not be answered is there, with the reason."""

    def broken() -> object:
        raise ConfigurationError("broken", ruta="siga.toml", motivo="no es TOML")

    from dataclasses import replace

    unit.at("2021-10-21T12:50")
    (answer,) = replace(unit.transmission(), load=broken).look().answers  # type: ignore[arg-type]
    assert isinstance(answer.error, ConfigurationError)
    with History.open(unit.place.siga) as history:
        (run,) = history.runs(limit=10)
    assert (run.resultado, run.codigo, run.turno) == (Resultado.FALLIDA, "SIGA-017", "DIARIA-202110211230")
    assert unit.later(hours=1).answered(unit.look()) == ["DIARIA-202110211230"]


def test_two_looks_at_once(unit: Scheduled) -> None:
    """The second one ends and does nothing: the task of another session, or a run by hand."""
    unit.at("2021-10-21T12:45")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(unit.place.siga / LOCK_NAME)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        assert unit.look().busy
        holder.stdin.close()
    assert unit.answered(unit.look()) == ["DIARIA-202110211230"]


@pytest.mark.parametrize(
    "ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=30), timedelta(days=399)]
)
def test_a_clock_that_stood_in_the_future_silences_nobody(ahead: timedelta, unit: Scheduled) -> None:
    """Set right, each turno is due at its true time again; what was answered truly is not answered twice."""
    assert unit.answered(unit.at("2021-10-21T12:45").look()) == ["DIARIA-202110211230"]
    unit.place.time.at += ahead
    unit.look()
    unit.at("2021-10-21T13:00")
    assert unit.look().clock_back
    assert unit.turnos() == {"DIARIA-202110211230": "respondido"}
    for day in (21, 22, 23):
        look = unit.at(f"2021-10-{day}T16:45").look()
        assert unit.answered(look) == [f"DIARIA-202110{day}1630"]
        assert not look.clock_back


def test_a_failure_under_a_fast_clock_does_not_put_off_the_next_try(unit: Scheduled) -> None:
    """Its time is no time to wait for."""
    assert unit.place.base is not None
    gone = unit.place.base.rename(unit.place.base.with_suffix(".fuera"))
    unit.at("2021-11-21T12:45").look()
    gone.rename(unit.place.base)
    assert unit.answered(unit.at("2021-10-21T12:45").look()) == ["DIARIA-202110211230"]


def test_a_spread_longer_than_the_gap_answers_every_turno(tmp_path: Path) -> None:
    """One each half hour, spread over two hours: none is given up before its own start."""
    hours = [f"{hour:02d}:{minute:02d}" for hour in range(8, 12) for minute in (0, 30)]
    unit = scheduled(tmp_path, (), cronograma={"diaria": hours, "dispersion_min": 120}).at("2021-10-21T07:50")
    unit.look()
    for _ in range(18):
        unit.later(minutes=15)
        before = unit.place.time.at
        unit.look()
        unit.place.time.at = max(before, unit.place.time.at)
    assert set(unit.turnos().values()) == {"respondido"}
    assert len(unit.turnos()) == len(hours)


def test_looking_does_not_confirm_a_centre(tmp_path: Path) -> None:
    """Only an export does, which shows the huella: the first look of a task is seen by nobody."""
    unit = scheduled(tmp_path).at("2021-10-21T12:00")
    (unit.place.siga / "clave-fija.txt").unlink()
    unit.place.write_profile(MadeCentre())
    unit.look()
    assert not (unit.place.siga / "huella-raiz.txt").exists()
    unit.place.export()
    assert any("Compare su huella" in note for note in unit.place.told.notes)
    assert (unit.place.siga / "huella-raiz.txt").exists()


def test_an_export_by_hand_at_the_turno_is_recorded_and_tried_again_at_once(unit: Scheduled) -> None:
    """It is no failure of the turno: the next look does not wait longer for it."""
    unit.at("2021-10-21T12:45")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(unit.place.siga / "exportar.lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        (answer,) = unit.look().answers
        assert answer.error is not None
        holder.stdin.close()
    with History.open(unit.place.siga) as history:
        assert [run.codigo for run in history.runs(limit=3)] == ["SIGA-018"]
    assert unit.answered(unit.later(minutes=1).look()) == ["DIARIA-202110211230"]


def test_a_turno_removed_from_the_schedule_meanwhile_is_still_owed(unit: Scheduled) -> None:
    """It opened under the schedule that held then."""
    assert unit.place.base is not None
    gone = unit.place.base.rename(unit.place.base.with_suffix(".fuera"))
    assert unit.at("2021-10-21T12:45").look().answers[0].error is not None
    gone.rename(unit.place.base)
    unit.settings.update(DAILY)
    assert unit.answered(unit.later(minutes=30).look()) == ["DIARIA-202110211230"]


def test_the_settings_schedule_is_taken_where_nobody_else_gives_one(tmp_path: Path) -> None:
    """And that nobody gives one is an error with a way out, not a silent task."""
    unit = scheduled(tmp_path, ()).at("2021-10-21T12:00")
    with pytest.raises(ScheduleMissingError):
        unit.look()
    unit.settings.update(DAILY)
    assert unit.look().schedule is not None
    look = unit.at("2021-10-21T12:30").look()
    assert unit.answered(look) == ["DIARIA-202110211230"]
    assert look.schedule is not None
    assert look.schedule.origen is Origen.CONFIGURACION


def test_the_turn_of_the_year_by_schedule(tmp_path: Path) -> None:
    """31 December, 1 January with an empty new year, 1 April: what the packages of a DIARIA are."""
    unit = scheduled(tmp_path, ("DELETE FROM meta WHERE ano_eje = 2022",), **DAILY).at("2021-12-31T12:00")
    unit.look()
    sent = {}
    for day in ("2021-12-31", "2022-01-01", "2022-04-01"):
        (answer,) = unit.at(f"{day}T16:31").look().answers
        assert answer.error is None
        sent[day] = [
            (package.manifest.anio.value, [note.codigo for note in package.manifest.observaciones])
            for package in answer.packages
        ]
    assert sent == {
        "2021-12-31": [(2021, [])],
        "2022-01-01": [(2022, ["sin_movimiento"]), (2021, [])],
        "2022-04-01": [(2022, ["sin_movimiento"])],
    }


def test_an_interrupted_run_is_answered_by_the_next_look(unit: Scheduled) -> None:
    """Stopped in the middle: recorded as such, nothing in SourceOut, the turno still owed."""
    run = unit.place.run()

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    unit.place.told.table_done = stopped  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        unit.at("2021-10-21T12:45").look()
    assert run is not None
    assert unit.place.files() == []
    del unit.place.told.table_done
    assert unit.later(minutes=15).answered(unit.look()) == ["DIARIA-202110211230"]
    with History.open(unit.place.siga) as history:
        assert [each.resultado for each in history.runs(limit=5)] == [
            Resultado.COMPLETA,
            Resultado.INTERRUMPIDA,
        ]


def test_no_history_no_run(unit: Scheduled) -> None:
    """Where it could not be recorded, nothing is exported."""
    (unit.place.siga / "historial.db").write_bytes(b"no es una base" * 500)
    with pytest.raises(SigasersError):
        unit.at("2021-10-21T12:45").look()
    assert unit.place.files() == []
