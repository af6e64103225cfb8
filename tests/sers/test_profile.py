"""The installation folder: what it holds, what it refuses, and what `siga` reads of it."""

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from sigasers.errors.keys import RolledBackError
from sigasers.errors.sers import (
    NetworkShareError,
    ProfileCopiedError,
    ProfileDamagedError,
    ProfileMissingError,
    SettingError,
    WrongReceiptError,
)
from sigasers.formats import base64url
from sigasers.formats.documents import Resultado
from sigasers.host import volumes
from sigasers.keys.receipts import verify_perfil
from sigasers.keys.trust import open_root
from sigasers.protocol.outbox import State
from sigasers.sers import database, files, identity, public_profile, sending, settings, trust_file
from sigasers.sers.engine import PassReport
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.line import Line
from sigasers.sers.service import serve
from sigasers.sers.session import open_session
from sigasers.sers.status import status
from tests.sers.made_profile import CentreKeys, FastClock, MadeProfile, make_profile
from tests.sers.simulated_centre import HOST, new_identifier, now


def send(profile: MadeProfile, said: list[str] | None = None) -> sending.Outcome:
    heard = [] if said is None else said
    return sending.send(
        profile.root,
        clock=FastClock(),
        say=heard.append,
        line=lambda _f, _t: Line(profile.centre.client(), [HOST]),
    )


def test_the_public_profile_is_what_siga_expects(profile: MadeProfile) -> None:
    """Signed by the centre; beside it our outbox, the root document and our public sealing key."""
    with profile.agent() as agent:
        open_session(agent)
    found = json.loads(profile.folder.public_profile.read_bytes())
    assert found["v"] == 1
    trust = open_root(found["local"]["documento_raiz"], huella=profile.trust.huella)
    assert verify_perfil(found["firmado"], trust).unidad.value == 1288
    assert found["local"]["outbox"] == str(profile.source_out)
    assert len(base64url.decode(found["local"]["sellado"]["publica"])) == 32
    assert (profile.folder.keys / f"sellado-{found['local']['sellado']['kid']}.pem").is_file()


def test_a_profile_that_is_damaged_is_fetched_again(profile: MadeProfile) -> None:
    """What does not verify is as good as none."""
    profile.folder.public_profile.write_bytes(b"{}")
    with profile.agent() as agent:
        open_session(agent)
    assert public_profile.known(profile.folder, profile.trust) is not None


def test_a_newer_root_document_is_taken_an_older_one_never(profile: MadeProfile) -> None:
    """(época, n) never goes back."""
    keys = profile.centre.made
    assert isinstance(keys, CentreKeys)
    first = keys.root_document
    keys.n = 2
    newer = trust_file.renew(profile.folder, profile.trust, keys.root_document)
    assert trust_file.load(profile.folder).document.n == 2
    with pytest.raises(RolledBackError):
        trust_file.renew(profile.folder, newer, first)
    assert trust_file.load(profile.folder).document.n == 2


def test_a_session_for_somebody_else_is_refused(profile: MadeProfile) -> None:
    """The centre must take us for whom our certificate names."""
    profile.centre.registro = new_identifier()
    with profile.agent() as agent, pytest.raises(WrongReceiptError):
        open_session(agent)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"huella":"x","documento_raiz":"y"}'])
def test_a_damaged_trust_file_is_told(profile: MadeProfile, content: bytes) -> None:
    """Whom to trust is never guessed."""
    profile.folder.trust.write_bytes(content)
    with pytest.raises(ProfileDamagedError):
        trust_file.load(profile.folder)


def test_a_certificate_of_another_key_is_told(profile: MadeProfile, tmp_path: Path) -> None:
    """Key and certificate must belong together."""
    other = make_profile(tmp_path / "otra")
    profile.folder.certificate.write_bytes(other.folder.certificate.read_bytes())
    with pytest.raises(ProfileDamagedError):
        identity.load(profile.folder, profile.trust)


def test_a_moved_folder_is_named(profile: MadeProfile, tmp_path: Path) -> None:
    """The error says where the original was."""
    moved = profile.root.rename(tmp_path / "movida")
    with pytest.raises(ProfileCopiedError) as caught:
        database.open_existing(ProfileFolder.at(moved))
    assert caught.value.fields["original"] == str(tmp_path / "sers_siga")


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """State on a share may be lost or sent twice."""
    table = tmp_path / "mounts"
    table.write_text(f"srv:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(volumes, "_MOUNTS", table)
    with pytest.raises(NetworkShareError):
        make_profile(tmp_path / "sers_siga")


def test_a_database_of_a_later_program_is_left_alone(profile: MadeProfile) -> None:
    """A newer schema is not read by guess."""
    db = database.open_existing(profile.folder)
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(ProfileDamagedError):
        database.open_existing(profile.folder)


def test_a_folder_without_tables_is_not_registered(tmp_path: Path) -> None:
    """Registration died before the first table."""
    folder = ProfileFolder.at(tmp_path)
    with pytest.raises(ProfileMissingError):
        database.open_existing(folder)
    folder.database.write_bytes(b"")
    with pytest.raises(ProfileMissingError):
        database.open_existing(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sers.emparejar", "quizás"),
        ("sers.intervalo_s", "0"),
        ("sers.intervalo_s", "mucho"),
        ("configuration.pathRepository", "C:\\\\Users"),
    ],
)
def test_a_setting_that_is_not_valid_is_named(profile: MadeProfile, key: str, value: str) -> None:
    """The key stands in the sentence."""
    with profile.folder.properties.open("a", encoding="utf-8") as file:
        file.write(f"{key}={value}\n")
    with pytest.raises(SettingError) as caught:
        settings.load(profile.folder)
    assert caught.value.fields["clave"] == key


def test_without_the_file_the_defaults_hold(tmp_path: Path) -> None:
    """A lost application.properties stops nothing."""
    found = settings.load(ProfileFolder.at(tmp_path))
    assert found.source_out == tmp_path / "SourceOut"
    assert found.pairing.enabled


def test_a_sending_waits_for_acuse_and_constancia(profile: MadeProfile) -> None:
    """One order: sent, acknowledged, judged."""
    profile.drop("a")
    outcome = send(profile)
    (entry,) = outcome.entries
    assert outcome.pending == []
    assert (entry.state, entry.verdict) == (State.ARCHIVED, "conforme")


def test_a_constancia_that_does_not_come_is_not_waited_for_without_end(profile: MadeProfile) -> None:
    """The acuse is enough to end well."""
    profile.centre.verdict = None
    profile.drop("a")
    said: list[str] = []
    outcome = send(profile, said)
    assert outcome.pending == []
    assert outcome.entries[0].constancia is None
    assert "constancias" in said[0]


def test_what_stays_in_source_out_is_named(profile: MadeProfile) -> None:
    """A lone HTML is told."""
    profile.put("solo.html", b"<p>")
    assert send(profile).left == ("solo.html (HTML sin su RAR: no se envía solo)",)


def test_the_service_sends_and_slows_down_when_it_fails(profile: MadeProfile) -> None:
    """Two scans apart it takes what is there; failures in a row lengthen the pause."""
    profile.drop("a")
    reports: list[PassReport] = []
    with profile.agent(FastClock(stop_after=12)) as agent:
        serve(agent, on_pass=reports.append)
    assert len(profile.centre.acknowledged) == 1
    assert all(not report.errors for report in reports)
    profile.source_out.rename(profile.root / "away")
    with profile.agent(FastClock(stop_after=2)) as agent:
        profile.source_out.rmdir()
        serve(agent, on_pass=reports.append)
    assert reports[-1].errors


def test_an_idle_service_asks_at_its_start_and_each_hour(profile: MadeProfile) -> None:
    """Only in a session does the centre tell of another cronograma; nothing to send is no reason not to hear of it."""
    reports: list[PassReport] = []
    with profile.agent(FastClock(stop_after=20_000)) as agent:
        serve(agent, on_pass=reports.append)
        asked = [report.session_at for report in reports if report.session_at]
    assert len(asked) >= 3
    assert len(asked) < len(reports)
    pauses = [later.at - earlier.at for earlier, later in pairwise(asked)]
    assert all(timedelta(hours=1) <= pause <= timedelta(hours=1, minutes=2) for pause in pauses)


def test_status_tells_the_next_step(profile: MadeProfile) -> None:
    """Waiting files, acknowledged ones, an expired certificate, a folder gone: each has its step."""
    profile.drop("a")
    profile.put("solo.html", b"<p>")
    before = status(profile.root, now=now())
    assert before.waiting == ("a.html", "a.rar")
    assert before.lone == ("solo.html",)
    assert "sers enviar" in before.next_step
    profile.centre.verdict = None
    send(profile)
    told = status(profile.root, now=now())
    assert told.counts == {State.ARCHIVED: 1}
    assert told.last_acknowledged is not None
    assert "constancia" in told.next_step
    profile.centre.verdict = Resultado.CONFORME
    send(profile)
    done = status(profile.root, now=now())
    assert done.last_judged is not None
    assert done.next_step.startswith("Nada pendiente")
    late = status(profile.root, now=now().plus(timedelta(days=400)))
    assert "venció" in late.next_step
    (profile.source_out / "solo.html").unlink()
    profile.source_out.rmdir()
    assert status(profile.root, now=now()).problem is not None


def test_status_of_nothing(tmp_path: Path) -> None:
    """Not registered is an answer, not an error."""
    told = status(tmp_path / "nada", now=now())
    assert not told.registered
    assert "registrar" in told.next_step


def test_folders_and_links_are_not_looked_at(profile: MadeProfile) -> None:
    """Folders and links are nobody's to send."""
    (profile.source_out / "carpeta").mkdir()
    (profile.source_out / "enlace.dat").symlink_to("/etc/hostname")
    assert files.scan(profile.source_out) == []
