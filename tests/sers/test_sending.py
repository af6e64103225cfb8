"""From SourceOut to Repository: one sobre a package, each acknowledged once, whatever the line does."""

import os
import shutil
import sys
from pathlib import Path

import httpx2
import pytest

from sigasers.errors.sers import (
    BadAnswerError,
    CentreBusyError,
    CentreUnreachableError,
    CertificateRefusedError,
    SourceOutError,
)
from sigasers.formats.documents import Resultado
from sigasers.keys.receipts import verify_acuse, verify_constancia
from sigasers.protocol.outbox import State
from sigasers.sers import files, rows, verdicts
from sigasers.sers.engine import PassReport, run_pass
from sigasers.sers.rows import Entry
from tests.sers.made_profile import FastClock, MadeProfile, everything
from tests.sers.simulated_centre import problem


def one_pass(profile: MadeProfile, clock: FastClock | None = None) -> PassReport:
    with profile.agent(clock) as agent:
        return run_pass(agent, files.scan(agent.settings.source_out))


def entries(profile: MadeProfile) -> list[Entry]:
    with profile.agent() as agent:
        return rows.in_states(agent.db, set(State))


def test_a_pair_travels_in_one_sobre_and_ends_in_repository(profile: MadeProfile) -> None:
    """RAR and HTML of one stem: one sobre, one acuse, one constancia, all filed under the acuse's month."""
    profile.drop("MEF-SIGA-tr_1288_2021")
    assert one_pass(profile).errors == []
    (held,) = profile.centre.acknowledged
    assert [file.nombre for file in held.sobre.archivos] == [
        "MEF-SIGA-tr_1288_2021.rar",
        "MEF-SIGA-tr_1288_2021.html",
    ]
    (entry,) = entries(profile)
    assert entry.state is State.ARCHIVED
    folder = Path(entry.destination or "")
    acuse = (folder / "MEF-SIGA-tr_1288_2021.acuse.jws").read_bytes()
    assert verify_acuse(acuse, profile.trust).numero == entry.acuse_number
    constancia = (folder / "MEF-SIGA-tr_1288_2021.constancia.jws").read_bytes()
    assert verify_constancia(constancia, profile.trust, acuse=acuse).resultado is Resultado.CONFORME
    assert sorted(path.parent for path in everything(profile)) == [folder, folder]
    assert list((profile.root / "AttachOut").iterdir()) == []


def test_numbers_are_dense_and_chained_newest_first(profile: MadeProfile) -> None:
    """Numbers follow the order of sending, newest files first, each naming the sobre before it."""
    for age, stem in enumerate(("nuevo", "medio", "viejo")):
        profile.put(f"{stem}.dat", stem.encode(), age_s=100 * age)
    one_pass(profile)
    sobres = sorted((held.sobre for held in profile.centre.acknowledged), key=lambda sobre: sobre.n)
    assert [sobre.archivos[0].nombre for sobre in sobres] == ["nuevo.dat", "medio.dat", "viejo.dat"]
    assert [sobre.n for sobre in sobres] == [1, 2, 3]
    assert sobres[0].anterior is None
    assert str(sobres[2].anterior) in profile.centre.held
    assert len({sobre.instalacion for sobre in sobres}) == 1


def test_a_file_that_still_grows_waits(profile: MadeProfile) -> None:
    """Only what two scans see alike is taken."""
    (rar, _html) = profile.drop("a")
    with profile.agent() as agent:
        before = files.scan(agent.settings.source_out)
        rar.write_bytes(rar.read_bytes() + b"more")
        assert run_pass(agent, before).errors == []
        assert rows.in_states(agent.db, set(State)) == []
    assert rar.exists()


def test_a_lone_html_never_goes(profile: MadeProfile) -> None:
    """An HTML without its RAR is the exporter's to clear away."""
    profile.set(espera_html_s="0")
    html = profile.put("a.html", b"<p>")
    one_pass(profile)
    assert html.exists()
    assert profile.centre.received == []


def test_a_lone_rar_goes_flagged_after_a_while(profile: MadeProfile) -> None:
    """A RAR waits for its HTML, then goes with the mark `rar_sin_html`."""
    profile.drop("a", html=False)
    one_pass(profile)
    assert profile.centre.held == {}
    profile.set(espera_html_s="0")
    one_pass(profile)
    (held,) = profile.centre.acknowledged
    assert held.sobre.marcas == ("rar_sin_html",)


def test_without_pairing_each_file_goes_alone(profile: MadeProfile) -> None:
    """A profile for single files (SIAF) pairs nothing."""
    path = profile.folder.properties
    path.write_bytes(path.read_bytes().replace(b"sers.emparejar=true", b"sers.emparejar=false"))
    profile.drop("a")
    one_pass(profile)
    assert sorted(len(held.sobre.archivos) for held in profile.centre.acknowledged) == [1, 1]


def test_a_cut_rar_is_kept_aside_with_its_reason(profile: MadeProfile) -> None:
    """A cut RAR is not sent: it lies in Apartados beside a sentence that says why, and the log says it too."""
    (rar, _html) = profile.drop("a", size=5000)
    whole = rar.read_bytes()
    rar.write_bytes(whole[: len(whole) // 2])
    one_pass(profile)
    assert profile.centre.held == {}
    assert (profile.aside / "a.rar").read_bytes() == whole[: len(whole) // 2]
    reason = (profile.aside / "a.rar.motivo.txt").read_text(encoding="utf-8")
    assert "SERS-040" in reason
    assert str(profile.aside) in reason
    assert "SERS-040" in (profile.folder.logs / "traceclient.log").read_text(encoding="utf-8")


def test_two_cut_files_of_one_name_are_both_kept(profile: MadeProfile) -> None:
    """Nothing in Apartados is ever replaced."""
    for content in (b"Rar!", b"Rar!\x1a"):
        profile.put("a.rar", content)
        one_pass(profile)
    assert (profile.aside / "a.rar").read_bytes() == b"Rar!"
    assert (profile.aside / "a (2).rar").read_bytes() == b"Rar!\x1a"


def test_a_rar_of_another_program_travels(profile: MadeProfile) -> None:
    """The courier does not judge what it does not know: an old RAR goes, and the centre speaks."""
    profile.set(espera_html_s="0")
    profile.put("siaf.rar", b"Rar!\x1a\x07\x00" + b"old format")
    one_pass(profile)
    assert len(profile.centre.acknowledged) == 1


def test_a_name_that_cannot_travel_is_kept_aside(profile: MadeProfile) -> None:
    """A name that Windows forbids would not arrive."""
    profile.put("que?.dat", b"x")
    one_pass(profile)
    assert (profile.aside / "que?.dat").exists()
    assert "SERS-043" in (profile.aside / "que?.dat.motivo.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_a_name_that_is_no_text_is_kept_aside_and_stops_nothing(profile: MadeProfile) -> None:
    """A file system without Unicode, or a hostile hand, names files in bytes that no text holds."""
    profile.put(os.fsdecode(b"\xff\xfe.dat"), b"x")
    profile.put("a\x1b[31m\n.dat", b"y")
    profile.drop("sound")
    one_pass(profile)
    assert {path.name for path in profile.aside.glob("*.dat")} == {"__.dat", "a_[31m_.dat"}
    assert "«__.dat»" in (profile.aside / "__.dat.motivo.txt").read_text(encoding="utf-8")
    assert len(profile.centre.acknowledged) == 1


def test_files_in_attachout_that_no_sobre_has_are_told(profile: MadeProfile) -> None:
    """Without its database the agent cannot know whether they arrived: never sent in silence, never left in silence."""
    stray = profile.root / "AttachOut" / "000007" / "uno.txt"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"uno")
    profile.put("dos.txt", b"dos")
    one_pass(profile)
    assert (profile.aside / "uno.txt").read_bytes() == b"uno"
    assert "SERS-044" in (profile.aside / "uno.txt.motivo.txt").read_text(encoding="utf-8")
    assert not stray.parent.exists()
    assert len(profile.centre.acknowledged) == 1


def test_an_empty_file_travels(profile: MadeProfile) -> None:
    """Nothing is needed but its statement."""
    profile.put("vacio.dat", b"")
    assert one_pass(profile).errors == []
    assert len(profile.centre.acknowledged) == 1


def test_large_files_go_in_pieces(profile: MadeProfile) -> None:
    """Pieces no longer than the centre takes, each with its digest."""
    profile.centre.piece_bytes = 1000
    profile.put("grande.dat", bytes(4500))
    one_pass(profile)
    assert sum(line.startswith("PATCH") for line in profile.centre.received) == 5
    assert len(profile.centre.acknowledged) == 1


def test_a_file_the_centre_knows_is_not_sent_again(profile: MadeProfile) -> None:
    """Known by SHA-256: the sobre alone is enough."""
    profile.put("uno.dat", b"same")
    one_pass(profile)
    profile.put("dos.dat", b"same")
    profile.centre.received.clear()
    one_pass(profile)
    assert len(profile.centre.acknowledged) == 2
    assert not any("envios" in line for line in profile.centre.received)


def test_a_file_changed_after_its_sobre_is_noticed(profile: MadeProfile) -> None:
    """What the sobre states and what lies there differ: not sent, kept aside, said why; the next one goes."""
    profile.put("a.dat", b"true")
    profile.centre.before = lambda _method, path: httpx2.Response(503) if "envios" in path else None
    one_pass(profile)
    (entry,) = entries(profile)
    assert entry.state is State.SENDING
    (profile.root / "AttachOut" / f"{entry.id:06d}" / "a.dat").write_bytes(b"fals")
    profile.centre.before = lambda _method, _path: None
    one_pass(profile)
    (entry,) = entries(profile)
    assert entry.state is State.REJECTED
    assert entry.reason_code == "SERS-041"
    assert (profile.aside / "a.dat").read_bytes() == b"fals"
    assert profile.centre.acknowledged == []
    profile.put("b.dat", b"next")
    one_pass(profile)
    assert [held.sobre.n for held in profile.centre.acknowledged] == [2]


def test_a_file_changed_before_its_sobre_takes_no_number(profile: MadeProfile) -> None:
    """Between its digest and its sobre a file changed: it is kept aside and the chain has no gap."""
    profile.put("a.dat", b"true")
    profile.centre.before = lambda _method, _path: httpx2.Response(503)
    one_pass(profile)
    (entry,) = entries(profile)
    (profile.root / "AttachOut" / f"{entry.id:06d}" / "a.dat").write_bytes(b"fals")
    profile.centre.before = lambda _method, _path: None
    one_pass(profile)
    profile.put("b.dat", b"next")
    one_pass(profile)
    assert [held.sobre.n for held in profile.centre.acknowledged] == [1]


def test_a_vanished_file_is_told(profile: MadeProfile) -> None:
    """A file taken out of AttachOut by hand is not silently forgotten."""
    profile.put("a.dat", b"true")
    profile.centre.before = lambda _method, _path: httpx2.Response(503)
    one_pass(profile)
    shutil.rmtree(profile.root / "AttachOut" / "000001")
    profile.centre.before = lambda _method, _path: None
    one_pass(profile)
    (entry,) = entries(profile)
    assert (entry.state, entry.reason_code) == (State.REJECTED, "SERS-042")


def test_a_refused_sobre_is_kept_aside_and_the_rest_goes(profile: MadeProfile) -> None:
    """One refusal for good never holds up the others."""
    refused: list[str] = []

    def refuse_first(_method: str, path: str) -> httpx2.Response | None:
        if path == "/v1/sobres" and not refused:
            refused.append(path)
            return problem(403, "CEN-030", "nunca")
        return None

    profile.centre.before = refuse_first
    profile.put("a.dat", b"a", age_s=0)
    profile.put("b.dat", b"b", age_s=100)
    one_pass(profile)
    states = {entry.stem: entry.state for entry in entries(profile)}
    assert states == {"a": State.REJECTED, "b": State.ARCHIVED}
    assert "CEN-030" in (profile.aside / "a.dat.motivo.txt").read_text(encoding="utf-8")


def test_lost_answers_cost_nothing(profile: MadeProfile) -> None:
    """Each answer is lost once, after the centre acted: still one sobre, one acuse, the file once."""
    lost: set[str] = set()

    def lose(method: str, path: str) -> None:
        name = f"{method} {path.split('/')[2]}"
        if name not in lost:
            lost.add(name)
            raise httpx2.ReadError("lost")

    profile.centre.after = lose
    profile.put("a.dat", b"a" * 3000)
    one_pass(profile)
    assert len(profile.centre.held) == len(profile.centre.acknowledged) == 1
    assert len(lost) >= 6
    (entry,) = entries(profile)
    assert entry.state is State.ARCHIVED


def test_an_upload_cut_again_and_again_ends_while_it_moves(profile: MadeProfile) -> None:
    """Whatever went through counts as progress: more cuts than tries do not end it."""
    profile.centre.piece_bytes = 1000
    patches: list[int] = []

    def cut_every_second(method: str, _path: str) -> None:
        if method == "PATCH":
            patches.append(1)
            if len(patches) % 2:
                raise httpx2.ReadError("cut")

    profile.centre.after = cut_every_second
    profile.put("a.dat", bytes(20_000))
    one_pass(profile)
    assert len(profile.centre.acknowledged) == 1
    assert len(patches) == 20


def test_centre_not_there_loses_nothing(profile: MadeProfile) -> None:
    """The pass ends with the reason; the next one sends."""

    def refuse(_method: str, _path: str) -> httpx2.Response | None:
        raise httpx2.ConnectError("refused") from ConnectionRefusedError(111, "refused")

    profile.centre.before = refuse
    profile.drop("a")
    report = one_pass(profile)
    assert isinstance(report.errors[-1], CentreUnreachableError)
    assert report.errors[-1].code == "SERS-022"
    profile.centre.before = lambda _method, _path: None
    assert one_pass(profile).errors == []
    assert len(profile.centre.acknowledged) == 1


def test_retry_after_is_heeded(profile: MadeProfile) -> None:
    """A busy centre says when to come back."""
    busy: list[str] = []

    def once(_method: str, path: str) -> httpx2.Response | None:
        if path == "/v1/sobres" and not busy:
            busy.append(path)
            return problem(503, "CEN-006", "luego", **{"Retry-After": "37"})
        return None

    profile.centre.before = once
    profile.put("a.dat", b"a")
    clock = FastClock()
    one_pass(profile, clock)
    assert 37.0 in clock.slept
    assert len(profile.centre.acknowledged) == 1


def test_a_busy_centre_ends_in_an_error_not_in_a_loop(profile: MadeProfile) -> None:
    """Busy for long: told, tried again at the next pass."""
    profile.centre.before = lambda _method, path: (
        problem(503, "CEN-006", "luego") if path == "/v1/sobres" else None
    )
    profile.put("a.dat", b"a")
    report = one_pass(profile)
    assert [type(error) for error in report.errors] == [CentreBusyError]


def test_a_revoked_certificate_ends_the_pass(profile: MadeProfile) -> None:
    """Nothing can go: one error, files safe."""
    profile.centre.before = lambda _method, _path: problem(403, "CEN-020", "tras_accion")
    profile.put("a.dat", b"a")
    profile.put("b.dat", b"b")
    report = one_pass(profile)
    assert [type(error) for error in report.errors] == [CertificateRefusedError]
    assert len(everything(profile)) == 2


def test_an_answer_that_is_no_answer_is_told(profile: MadeProfile) -> None:
    """A proxy's page in the centre's place is no acuse."""
    profile.centre.before = lambda _method, _path: httpx2.Response(200, text="<html>Inicie sesión</html>")
    profile.put("a.dat", b"a")
    assert isinstance(one_pass(profile).errors[-1], BadAnswerError)


def test_a_late_acuse_is_waited_for_and_never_claimed(profile: MadeProfile) -> None:
    """Whole at the centre, acuse on its way: the sobre stays *enviando* and is not called sent."""
    profile.centre.hold_acuses = True
    profile.put("a.dat", b"a")
    one_pass(profile)
    (entry,) = entries(profile)
    assert entry.state is State.SENDING
    assert entry.acuse is None
    profile.centre.hold_acuses = False
    one_pass(profile)
    (entry,) = entries(profile)
    assert entry.state is State.ARCHIVED


def test_an_acuse_of_a_foreign_centre_is_refused(profile: MadeProfile, tmp_path: Path) -> None:
    """A receipt that does not verify is no receipt."""
    from tests.sers.made_profile import CentreKeys

    profile.put("a.dat", b"a")
    profile.centre.made = CentreKeys()
    report = one_pass(profile)
    assert report.errors
    assert all(entry.acuse is None for entry in entries(profile))


def test_a_restored_backup_opens_a_new_instalacion(profile: MadeProfile, tmp_path: Path) -> None:
    """The centre's head is ahead of ours: a new chain begins and names the old head."""
    profile.put("a.dat", b"a")
    one_pass(profile)
    shutil.copy(profile.folder.database, tmp_path / "backup.db")
    profile.put("b.dat", b"b")
    one_pass(profile)
    for leftover in profile.root.glob("sers.db*"):
        leftover.unlink()
    shutil.copy(tmp_path / "backup.db", profile.folder.database)
    profile.put("c.dat", b"c")
    one_pass(profile)
    a, b, c = (held.sobre for held in profile.centre.acknowledged)
    assert (a.n, b.n, c.n) == (1, 2, 1)
    assert c.instalacion != b.instalacion
    assert str(c.cabeza_anterior) == next(key for key, held in profile.centre.held.items() if held.sobre is b)


def test_a_fork_is_acknowledged_and_a_new_instalacion_opens(profile: MadeProfile) -> None:
    """An acuse marked `bifurcacion` closes the chain."""
    profile.put("a.dat", b"a")
    one_pass(profile)
    marks = profile.centre.marks
    original = profile.centre._acknowledge

    def forked(sobre_id: object, held: object) -> str:
        marks[str(sobre_id)] = ("bifurcacion",)
        return original(sobre_id, held)  # type: ignore[arg-type]

    profile.centre._acknowledge = forked  # type: ignore[method-assign]
    profile.put("b.dat", b"b")
    one_pass(profile)
    profile.centre._acknowledge = original  # type: ignore[method-assign]
    profile.put("c.dat", b"c")
    one_pass(profile)
    _a, b, c = (held.sobre for held in profile.centre.acknowledged)
    assert (b.n, c.n) == (2, 1)
    assert c.instalacion != b.instalacion


def test_a_superseding_constancia_is_kept_beside_the_first(profile: MadeProfile) -> None:
    """*En revisión* is not the last word; the next one has its order in its name."""
    profile.centre.verdict = Resultado.EN_REVISION
    profile.put("a.dat", b"a")
    one_pass(profile)
    (held,) = profile.centre.acknowledged
    with profile.agent() as agent:
        assert len(verdicts.awaited(agent.db)) == 1
    profile.centre.judge(held, Resultado.CONFORME)
    one_pass(profile)
    (entry,) = entries(profile)
    assert entry.verdict == "conforme"
    names = sorted(path.name for path in Path(entry.destination or "").iterdir())
    assert names == ["a.acuse.jws", "a.constancia-2.jws", "a.constancia.jws", "a.dat"]


def test_a_name_taken_in_repository_gets_a_folder_of_its_own(profile: MadeProfile) -> None:
    """The same name sent twice: nothing in Repository is replaced."""
    for content in (b"one", b"two"):
        profile.put("a.dat", content)
        one_pass(profile)
    first, second = (Path(entry.destination or "") for entry in sorted(entries(profile), key=lambda e: e.id))
    assert second.parent == first
    assert second.name == "A-1-000001"
    assert ((first / "a.dat").read_bytes(), (second / "a.dat").read_bytes()) == (b"one", b"two")


def test_a_missing_source_out_is_told(profile: MadeProfile) -> None:
    """A folder that went away is said with its path."""
    with profile.agent() as agent:
        shutil.rmtree(profile.source_out)
        report = run_pass(agent, [])
    assert isinstance(report.errors[0], SourceOutError)
    assert report.errors[0].fields["ruta"] == str(profile.source_out)


def test_nothing_to_do_asks_nobody(profile: MadeProfile) -> None:
    """An idle pass opens no session."""
    one_pass(profile)
    assert profile.centre.received == []


@pytest.mark.parametrize("name", [".oculto.rar", "~$libro.html", "a.rar.part", "a.tmp"])
def test_work_files_of_other_programs_are_left_alone(profile: MadeProfile, name: str) -> None:
    """Hidden, locked and unfinished files are nobody's to send."""
    path = profile.put(name, b"x")
    one_pass(profile)
    assert path.exists()
    assert profile.centre.received == []
