"""Where a schedule comes from, and how the tables of the SIGA database and the settings are read."""

from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.siga import ScheduleMissingError, ScheduleSourceError, UnitNotChosenError
from sigasers.formats.cronograma import Cronograma, Regla
from sigasers.model import DiaDelAnio, Instant, Nemonico, TipoTransmision
from sigasers.siga.history import History
from sigasers.siga.schedule.in_database import DatabaseSchedule, read_schedule
from sigasers.siga.schedule.in_settings import schedule_of
from sigasers.siga.schedule.sources import FoundSchedule, Origen
from sigasers.siga.sources.opening import open_source
from tests.made_centre import MadeCentre
from tests.schedule.installed import HOURS, LIMA, PROGRA, Scheduled, scheduled

PERIODICA, DIARIA = TipoTransmision.PERIODICA, TipoTransmision.DIARIA


def in_database(root: Path, *rows: str) -> DatabaseSchedule:
    unit = scheduled(root, (PROGRA, HOURS, *rows))
    snapshot = open_source(unit.configuration, unit.transmission().secrets).open_snapshot(lanes=1)
    try:
        return read_schedule(snapshot, Nemonico(1288), LIMA)
    finally:
        snapshot.close()


def found(unit: Scheduled) -> FoundSchedule:
    with History.open(unit.place.siga) as history:
        return unit.transmission().schedule(history, unit.configuration)


def test_the_tables_are_read_for_this_unit_and_by_their_state(tmp_path: Path) -> None:
    """Rows of another unit, and those that are switched off, do not count."""
    schedule = scheduled(tmp_path)
    assert found(schedule).cronograma.reglas == (
        Regla(tipo=PERIODICA, horas=(time(16, 30),), dias_mes=frozenset({5, 20})),
        Regla(tipo=DIARIA, horas=(time(12, 30), time(16, 30))),
    )


def test_hours_are_read_in_the_spellings_that_people_use(tmp_path: Path) -> None:
    """With and without seconds, of twelve hours, padded."""
    texts = ("9:05", "16:30:00", "4:45 PM", "12:10 a.m", " 08:00 ")
    rows = ", ".join(f"(1288, 'd', '{text}', 'A')" for text in texts)
    read = in_database(tmp_path, f"INSERT INTO SIG_TRANS_PROGRA_HOR VALUES {rows}")
    assert read.cronograma is not None
    (rule,) = read.cronograma.reglas
    assert rule.horas == (time(0, 10), time(8), time(9, 5), time(16, 30), time(16, 45))
    assert read.notas == ()


def test_what_is_not_understood_is_counted_and_said(tmp_path: Path) -> None:
    """A letter that nobody knows, an hour that is none, a day 32: the rest holds."""
    read = in_database(
        tmp_path,
        """INSERT INTO SIG_TRANS_PROGRA_HOR VALUES (1288, 'D', '12:30', NULL), (1288, 'X', '12:30', 'A'),
        (1288, 'D', '25:00', 'A'), (1288, 'D', NULL, 'A'), (1288, 'P', '10:00', 'A')""",
        "INSERT INTO SIG_TRANS_PROGRA VALUES (1288, 32, 'A'), (1288, NULL, 'A')",
    )
    assert read.cronograma is not None
    assert [rule.tipo for rule in read.cronograma.reglas] == [DIARIA]
    assert [note.split(" ")[0] for note in read.notas] == ["2", "3", "hay"]


def test_empty_tables_and_no_tables_give_no_schedule(tmp_path: Path) -> None:
    """Then the next source is asked."""
    assert in_database(tmp_path).cronograma is None
    (tmp_path / "otra").mkdir()
    with pytest.raises(ScheduleMissingError):
        found(scheduled(tmp_path / "otra", ()))


def test_a_table_of_another_shape_is_said_and_the_settings_serve(tmp_path: Path) -> None:
    """A table of the same name that has not the columns."""
    unit = scheduled(tmp_path, ("CREATE TABLE SIG_TRANS_PROGRA (SEC_EJEC int, X int)",))
    with pytest.raises(ScheduleMissingError) as caught:
        found(unit)
    assert "SIGA-047" in str(caught.value.fields["motivo"])
    unit.settings["cronograma"] = {"diaria": ["12:30"]}
    assert found(unit).origen is Origen.CONFIGURACION


def test_the_centre_comes_before_the_database(tmp_path: Path) -> None:
    """Its schedule is signed; without one in the profile the database is asked."""
    unit = scheduled(tmp_path)
    (unit.place.siga / "clave-fija.txt").unlink()
    centre = MadeCentre()
    unit.place.write_profile(centre)
    assert found(unit).origen is Origen.BASE
    schedule = Cronograma(zona=LIMA, reglas=(Regla(tipo=DIARIA, horas=(time(7),)),), cierre=(2, 15))
    unit.place.write_profile(centre, cronograma=schedule.to_json())
    assert (found(unit).origen, found(unit).cronograma) == (Origen.CENTRO, schedule)


def test_a_profile_that_is_gone_or_spoiled_keeps_its_last_word(tmp_path: Path) -> None:
    """The courier is being reinstalled: the hours of the centre hold meanwhile, and the reason is said."""
    unit = scheduled(tmp_path).at("2021-10-21T12:00")
    (unit.place.siga / "clave-fija.txt").unlink()
    schedule = Cronograma(zona=LIMA, reglas=(Regla(tipo=DIARIA, horas=(time(7),)),))
    unit.place.write_profile(MadeCentre(), cronograma=schedule.to_json())
    unit.look()
    for spoil in (lambda: unit.place.profile_path.write_bytes(b"{"), unit.place.profile_path.unlink):
        spoil()
        after = found(unit)
        assert (after.cronograma, after.recordado) == (schedule, True)
        assert after.notas


def test_several_units_and_none_chosen_is_said(tmp_path: Path) -> None:
    """Whose hours these are is never guessed."""
    unit = scheduled(tmp_path, unidad=None)
    with pytest.raises(UnitNotChosenError) as caught:
        found(unit)
    assert caught.value.fields["presentes"] == "1287, 1288"


SECTION = {
    "periodica": ["16:30"], "dias_periodica": [5, 31], "diaria": ["08:00", "12:30"],
    "dias_diaria": ["lun", "Mié", "sábado"], "dispersion_min": 5, "plazo_min": 120,
}  # fmt: skip


def test_the_section_of_the_settings() -> None:
    """Hours, days of the month, days of the week by their names."""
    assert schedule_of(SECTION, LIMA) == Cronograma(
        zona=LIMA,
        reglas=(
            Regla(tipo=PERIODICA, horas=(time(16, 30),), dias_mes=frozenset({5, 31})),
            Regla(tipo=DIARIA, horas=(time(8), time(12, 30)), dias_semana=frozenset({1, 3, 6})),
        ),
        dispersion_min=5,
        plazo_min=120,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"horas": ["12:30"]},
        {"diaria": "12:30"},
        {"diaria": ["12:30:10"]},
        {"diaria": [1230]},
        {"dias_diaria": ["lunae", "xyz"]},
        {"dias_periodica": None},
        {"dias_periodica": [0]},
        {"dias_periodica": ["5"]},
        {"periodica": []},
        {"dispersion_min": 999},
        {"dispersion_min": True},
        {"plazo_min": "un día"},
        {"periodica": [], "dias_periodica": None, "diaria": []},
    ],
)
def test_a_section_that_does_not_hold(change: dict[str, Any]) -> None:
    """Each is an error that names what is wrong, never a schedule with fewer hours than was meant."""
    section = {name: value for name, value in {**SECTION, **change}.items() if value is not None}
    with pytest.raises(ScheduleSourceError) as caught:
        schedule_of(section, LIMA)
    assert caught.value.fields["motivo"]


@given(
    st.dictionaries(
        st.sampled_from([*SECTION, "otra"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), st.lists, max_leaves=6),
    )
)
def test_no_section_escapes_as_another_error(section: dict[str, Any]) -> None:
    """Whatever TOML holds."""
    with suppress(ScheduleSourceError):
        assert schedule_of(section, LIMA).reglas


def test_the_closing_day_of_the_centre_holds_for_exports_by_hand_too(tmp_path: Path) -> None:
    """Once it was seen; a setting of the unit's own comes before it."""
    unit = scheduled(tmp_path).at("2022-02-20T12:00")
    assert len(unit.place.export()) == 2
    (unit.place.siga / "clave-fija.txt").unlink()
    schedule = Cronograma(zona=LIMA, reglas=(Regla(tipo=DIARIA, horas=(time(7),)),), cierre=(2, 15))
    unit.place.write_profile(
        MadeCentre(), cronograma=schedule.to_json(), vence=Instant.parse("2030-01-01T00:00:00.000Z")
    )
    unit.look()
    unit.later(hours=2)
    assert len(unit.place.export()) == 1
    assert len(unit.later(minutes=2).place.export(cierre_anio_anterior=DiaDelAnio(2, 28))) == 2
