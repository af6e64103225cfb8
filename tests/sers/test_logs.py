"""What the help desk reads: plain words, each fact only when it happened."""

import json

import httpx2

from sigasers.sers import files
from sigasers.sers.engine import run_pass
from sigasers.sers.trace import KEPT_FILES, MAX_BYTES, Trace
from tests.sers.made_profile import MadeProfile


def one_pass(profile: MadeProfile) -> None:
    with profile.agent() as agent:
        run_pass(agent, files.scan(agent.settings.source_out))


def test_the_three_facts_are_logged_only_when_they_happened(profile: MadeProfile) -> None:
    """credenciales without the network; passkey and sessionId only after the centre answered."""
    words = profile.folder.logs / "traceclient.log"
    profile.centre.before = lambda _method, _path: httpx2.Response(503)
    profile.put("a.dat", b"a")
    one_pass(profile)
    text = words.read_text(encoding="utf-8")
    assert "credenciales" in text
    assert "passkey" not in text
    assert "sessionId" not in text
    profile.centre.before = lambda _method, _path: None
    one_pass(profile)
    text = words.read_text(encoding="utf-8")
    assert text.index("passkey") < text.index("sessionId")
    lines = [
        json.loads(line) for line in (profile.folder.logs / "sers.jsonl").read_text("utf-8").splitlines()
    ]
    assert {"credenciales", "passkey", "sessionId", "acuse", "constancia"} <= {
        line["hecho"] for line in lines
    }


def test_logs_are_rotated(profile: MadeProfile) -> None:
    """They never fill the disk."""
    with Trace(profile.folder.logs) as trace:
        for _ in range(2 * MAX_BYTES // 10_000):
            trace.say("prueba", "x" * 10_000)
    kept = list(profile.folder.logs.glob("traceclient.log*"))
    assert 2 <= len(kept) <= KEPT_FILES + 1
    assert all(path.stat().st_size <= MAX_BYTES for path in kept)


def test_one_fact_is_one_line(profile: MadeProfile) -> None:
    """A name with a line break makes no second line."""
    with Trace(profile.folder.logs) as trace:
        trace.say("prueba", "uno\ndos")
    assert len((profile.folder.logs / "traceclient.log").read_text("utf-8").splitlines()) == 1
