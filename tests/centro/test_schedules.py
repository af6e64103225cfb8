"""Schedules at the centre: set by its staff, signed into the unit's profile, and held against what the unit sent."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sigasers.centro import schedules
from sigasers.centro.database import make_schema, open_centre_database
from sigasers.centro.identity import new_identifier
from sigasers.centro.llaves.client import KeysClient
from sigasers.errors.centro import KeysRefusedError
from sigasers.formats.archive_comment import Role, label_bytes
from sigasers.formats.cronograma import Cronograma, Regla
from sigasers.formats.documents import Profile, Resultado
from sigasers.formats.manifest import Manifest
from sigasers.keys.kinds import load_spki
from sigasers.keys.receipts import verify_constancia, verify_perfil
from sigasers.keys.sealing import Recipient, seal_password
from sigasers.model import Ejercicio, Identifier, Instant, Nemonico, TipoTransmision
from tests.centro.running_centre import MadeUnit, RunningCentre, today
from tests.centro.test_sobres_wire import constancia_of
from tests.package import packages

LIMA = ZoneInfo("America/Lima")
HALF_HOURS = Regla(tipo=TipoTransmision.DIARIA, horas=tuple(time(n // 2, n % 2 * 30) for n in range(48)))
CRONOGRAMA = Cronograma(zona=LIMA, reglas=(HALF_HOURS,), dispersion_min=5, plazo_min=600)
OTHER = replace(CRONOGRAMA, plazo_min=700)
# A database as the first version of the program made it: no schedules, and profiles without their number.
VERSION_1 = """
    CREATE TABLE perfiles (registro TEXT NOT NULL, epoca INTEGER NOT NULL, n INTEGER NOT NULL, emitido TEXT NOT NULL,
        jws TEXT NOT NULL, PRIMARY KEY (registro, epoca, n)) STRICT;
    INSERT INTO perfiles VALUES ('r', 1, 1, '2026-01-01T00:00:00.000Z', 'x');
    PRAGMA user_version = 1;
"""


@pytest.fixture
def schedule_file(tmp_path: Path) -> Path:
    """A schedule as the staff writes it."""
    path = tmp_path / "cronograma.json"
    path.write_text(json.dumps(CRONOGRAMA.to_json()), encoding="utf-8")
    return path


@pytest.fixture
def scheduled(unit: MadeUnit, schedule_file: Path) -> Iterator[MadeUnit]:
    """The unit 1288 with that schedule."""
    told = unit.centre.command("cronograma", "fijar", "1288", str(schedule_file))
    assert told.returncode == 0, told
    yield unit
    unit.centre.command("cronograma", "quitar", "1288")


def profile_of(unit: MadeUnit) -> Profile:
    """Give the verified profile that the centre has for the unit now."""
    return verify_perfil(unit.ask("GET", "/v1/perfil").text, unit.trust)


def test_a_schedule_is_in_the_next_profile(scheduled: MadeUnit, tmp_path: Path) -> None:
    """Set: a new version at once. Unchanged: none. Changed: another. Taken away: one without."""
    centre = scheduled.centre
    first = profile_of(scheduled)
    assert first.cronograma == CRONOGRAMA.to_json()
    assert scheduled.session().json["perfil"] == [1, first.n]
    again = centre.command("cronograma", "fijar", "1288", str(tmp_path / "cronograma.json"))
    assert "sin cambios" in again.stdout
    assert profile_of(scheduled) == first
    (tmp_path / "otro.json").write_text(json.dumps(OTHER.to_json(), indent=2), encoding="utf-8")
    assert centre.command("cronograma", "fijar", "1288", str(tmp_path / "otro.json")).returncode == 0
    assert scheduled.session().json["perfil"] == [1, first.n + 1]
    second = profile_of(scheduled)
    assert (second.n, second.cronograma) == (first.n + 1, OTHER.to_json())
    assert centre.command("cronograma", "quitar", "1288").returncode == 0
    third = profile_of(scheduled)
    assert (third.n, third.cronograma) == (first.n + 2, None)


def test_a_schedule_is_one_units(scheduled: MadeUnit, neighbour: MadeUnit) -> None:
    """Another unit's profile knows nothing of it, until it is copied to it."""
    centre = scheduled.centre
    assert profile_of(neighbour).cronograma is None
    told = centre.command("cronograma", "fijar", "1287", "--copiar-de", "001288")
    assert told.returncode == 0, told
    assert profile_of(neighbour).cronograma == CRONOGRAMA.to_json()
    assert centre.command("cronograma", "quitar", "1287").returncode == 0


def test_what_was_set_is_shown_as_it_can_be_set_again(scheduled: MadeUnit, tmp_path: Path) -> None:
    """``ver`` writes the file that ``fijar`` reads."""
    shown = scheduled.centre.command("cronograma", "ver", "1288").stdout
    assert Cronograma.parse_bytes(shown.encode()) == CRONOGRAMA
    (tmp_path / "copia.json").write_text(shown, encoding="utf-8")
    told = scheduled.centre.command("cronograma", "fijar", "1288", str(tmp_path / "copia.json"))
    assert "sin cambios" in told.stdout
    assert "America/Lima" in told.stdout
    assert "DIARIA" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("fijar", "1288", "{folder}/malo.json"), 65, "SIGA-096"),
        (("fijar", "1288", "{folder}/nuevo.json"), 65, "FMT-003"),
        (("fijar", "1288", "{folder}/roto.json"), 65, "FMT-002"),
        (("fijar", "999999", "{folder}/cronograma.json"), 65, "CEN-016"),
        (("fijar", "1288", "--copiar-de", "1289"), 65, "CEN-016"),
        (("fijar", "1288", "--copiar-de", "1287"), 65, "CEN-087"),
        (("fijar", "1288"), 2, ""),
        (("fijar", "1288", "{folder}/cronograma.json", "--copiar-de", "1287"), 2, ""),
        (("ver", "1287"), 65, "CEN-087"),
        (("quitar", "1287"), 65, "CEN-087"),
        (("estado", "1286"), 65, "CEN-016"),
    ],
)
def test_wrong_orders_are_told_with_their_code(
    scheduled: MadeUnit,
    neighbour: MadeUnit,
    schedule_file: Path,
    arguments: tuple[str, ...],
    status: int,
    code: str,
) -> None:
    """A sentence, a code, and the schedule that was there stays."""
    folder, good = schedule_file.parent, CRONOGRAMA.to_json()
    (folder / "malo.json").write_text(json.dumps(good | {"zona": "[red]America/Macondo"}), encoding="utf-8")
    (folder / "nuevo.json").write_text(json.dumps(good | {"v": 2}), encoding="utf-8")
    (folder / "roto.json").write_text("{", encoding="utf-8")
    told = scheduled.centre.command("cronograma", *(item.format(folder=folder) for item in arguments))
    assert told.returncode == status, told
    assert code in told.stderr
    assert "Traceback" not in told.stderr
    assert profile_of(scheduled).cronograma == good


def test_keys_process_signs_no_other_thing_as_a_schedule(own_unit: MadeUnit) -> None:
    """What is no schedule is refused, and what stands beside its members is not signed."""
    centre = own_unit.centre
    assert centre.stop() == 0
    members: dict[str, object] = {
        "unidad": "1288", "sistema": "SIGA", "registro": str(new_identifier()), "n": 1,
        "emitido": str(today()), "vence": str(today().plus(timedelta(days=1))),
    }  # fmt: skip

    async def talk() -> str:
        keys = await KeysClient.start(centre.root / "claves")
        try:
            for wrong in ({}, {"v": 2, "crit": []}, CRONOGRAMA.to_json() | {"reglas": []}, [1]):
                with pytest.raises(KeysRefusedError):
                    await keys._ask("perfil", members | {"cronograma": wrong})
            more = CRONOGRAMA.to_json() | {"contrabando": "x"}
            answer = await keys._ask("perfil", members | {"cronograma": more})
            return answer.text("jws", max_chars=1 << 20)
        finally:
            await keys.close()

    assert verify_perfil(asyncio.run(talk()), own_unit.trust).cronograma == CRONOGRAMA.to_json()


def test_a_database_of_version_1_takes_schedules(tmp_path: Path) -> None:
    """The tables that are missing are made, and the profiles there are have no schedule in them."""
    path = tmp_path / "centro.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_1)
    with closing(open_centre_database(path)) as connection:
        for _ in range(2):
            make_schema(connection)
        row = connection.execute("SELECT n, cronograma FROM perfiles").fetchone()
        assert tuple(row) == (1, 0)
        assert schedules.current(connection, "1288", "SIGA") is None
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2


def test_versions_are_kept_in_order_whatever_the_clock_does(tmp_path: Path) -> None:
    """Every schedule that was ever in force can be judged by; a clock set back changes no order."""
    path = tmp_path / "centro.db"
    now = Instant(datetime(2026, 11, 27, tzinfo=UTC))
    with closing(open_centre_database(path)) as connection:
        make_schema(connection)
        connection.execute("INSERT INTO unidades VALUES ('1288', 'SIGA', 'X', '2026-01-01T00:00:00.000Z')")
        for one, at in ((CRONOGRAMA, now), (OTHER, now.plus(timedelta(days=-1))), (None, now)):
            schedules.add(connection, "1288", "SIGA", one, at)
        found = schedules.versions(connection, "1288", "SIGA")
        assert [(item.orden, item.cronograma) for item in found] == [(1, CRONOGRAMA), (2, OTHER), (3, None)]
        assert [item.fijado for item in found] == [now, now, now]
        assert schedules.current_order(connection, "1288", "SIGA") == 3


def _answering(snapshot: Instant, run: Identifier) -> "tuple[Manifest, bytes]":
    manifest = replace(
        packages.manifest_of(),
        instantanea=snapshot,
        corrida=run,
        tipo=TipoTransmision.DIARIA,
        anio=Ejercicio(snapshot.at.astimezone(LIMA).year),
    )
    return manifest, label_bytes(packages.label_of(manifest))


def _send(unit: MadeUnit, snapshot: Instant, run: Identifier) -> Resultado:
    """Send a package whose data were read at ``snapshot``, sealed to the centre, and give its verdict."""
    manifest, label = _answering(snapshot, run)
    public = load_spki(profile_of(unit).sellado[0].publica, "X25519")
    comment = seal_password(packages.PASSWORD, label, [Recipient(role=Role.CENTRO, public_key=public)])  # type: ignore[arg-type]

    def bend(true: Manifest) -> Manifest:
        return replace(manifest, tablas=true.tablas)

    files = {"a.rar": packages.bent_package(bend_manifest=bend, comment=comment), "a.html": run.text.encode()}
    token = unit.signed(files, desfase_ms=0)
    acuse = unit.deliver(token, files)
    return verify_constancia(constancia_of(unit, token), unit.trust, acuse=acuse).resultado


def test_what_the_unit_sent_is_held_against_its_turnos(own_unit: MadeUnit, tmp_path: Path) -> None:
    """A package read after the last opening answers it; those before it, which nobody answered, are told."""
    centre = own_unit.centre
    now = Instant(datetime.now(UTC))
    with closing(open_centre_database(centre.root / "centro.db")) as connection:
        schedules.add(connection, "1288", "SIGA", CRONOGRAMA, now.plus(timedelta(days=-1)))
    assert profile_of(own_unit).cronograma == CRONOGRAMA.to_json()
    run = new_identifier()
    assert _send(own_unit, Instant(datetime.now(UTC)), run) in {Resultado.CONFORME, Resultado.OBSERVADO}
    told = json.loads(centre.command("cronograma", "estado", "1288", "--dias", "2", "--json").stdout)
    assert len(told["siguientes"]) == 5
    assert told["por_verificar"] == 0
    states = [item["estado"] for item in told["obligaciones"]]
    answered = [item for item in told["obligaciones"] if item["corrida"] == run.text]
    assert len(answered) == 1
    assert (answered[0]["estado"], answered[0]["causa"]) == ("cumplida", "a_tiempo")
    assert len(states) in {47, 48}  # the present half hour may have turned while the test ran
    assert set(states) == {"cumplida", "abierta", "vencida"}
    shown = centre.command("cronograma", "estado", "1288", "--dias", "2").stdout
    assert "cumplido: a tiempo" in shown
    assert "VENCIDO: no se recibió ningún envío" in shown
    assert "Próximos turnos" in shown


def test_state_of_a_unit_whose_schedule_was_taken_away(
    own_centre: RunningCentre, schedule_file: Path
) -> None:
    """What it owed under it is still shown; there is nothing to come."""
    own_centre.start()
    own_centre.new_code("1288")
    assert own_centre.command("cronograma", "estado", "1288").returncode == 65
    assert own_centre.command("cronograma", "fijar", "1288", str(schedule_file)).returncode == 0
    assert own_centre.command("cronograma", "quitar", "1288").returncode == 0
    told = own_centre.command("cronograma", "estado", "1288")
    assert told.returncode == 0
    assert "no tiene ahora un cronograma" in told.stdout
    assert str(Nemonico(1288)) in own_centre.command("unidad", "listar").stdout
