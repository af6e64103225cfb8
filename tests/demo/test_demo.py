"""``sigasers demo``: the main job from an empty folder to signed receipts, as its user runs it."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest


def _demo(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sigasers", "demo", "--dir", str(folder), "--tamano", "chica", "--salir"]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=280, check=False
    )


def _left_running(folder: Path) -> list[str]:
    commands = [" ".join(item.info["cmdline"] or []) for item in psutil.process_iter(["cmdline"])]
    return [command for command in commands if str(folder) in command]


def test_demo_ends_with_verified_receipts_and_goes_on_when_repeated(tmp_path: Path) -> None:
    """Two packages, two logs, two acuses, two constancias; a second run finds them and changes nothing."""
    first = _demo(tmp_path)
    assert first.returncode == 0, first.stdout[-3000:] + first.stderr[-3000:]
    assert first.stdout.count("VERIFICADO: ") == 2
    assert first.stdout.count(": conforme") >= 2
    sent = sorted(path.name for path in (tmp_path / "sers_siga" / "Repository").rglob("*") if path.is_file())
    assert [Path(name).suffixes[-1] for name in sent] == [".jws", ".jws", ".html", ".rar"] * 2
    assert not list((tmp_path / "sers_siga" / "SourceOut").glob("*.rar"))

    second = _demo(tmp_path)
    assert second.returncode == 0, second.stdout[-3000:] + second.stderr[-3000:]
    assert "ya se exportaron" in second.stdout
    again = sorted(path.name for path in (tmp_path / "sers_siga" / "Repository").rglob("*") if path.is_file())
    assert again == sent
    assert not [
        item
        for item in psutil.process_iter(["cmdline"])
        if str(tmp_path) in " ".join(item.info["cmdline"] or [])
    ]


def test_demo_tells_which_order_failed(tmp_path: Path) -> None:
    """When a real order fails, the demo says which and how to go on; nothing keeps running."""
    (tmp_path / "siga").mkdir(parents=True)
    (tmp_path / "siga" / "siga.toml").write_text("unidad = 9999\n", encoding="utf-8")
    done = _demo(tmp_path)
    assert done.returncode == 1
    assert "DEMO-001" in done.stderr
    assert "siga exportar" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert not [
        item
        for item in psutil.process_iter(["cmdline"])
        if str(tmp_path) in " ".join(item.info["cmdline"] or [])
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no request to end")
def test_demo_that_is_asked_to_end_leaves_nothing_running(tmp_path: Path) -> None:
    """A service manager's or a timeout's SIGTERM ends centre and courier with it, as Ctrl-C does."""
    command = [sys.executable, "-m", "sigasers", "demo", "--dir", str(tmp_path), "--tamano", "chica"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert any("El centro está listo" in line for line in process.stdout)
        process.terminate()
        rest = process.stdout.read()
    assert process.returncode not in {0, -signal.SIGTERM}, rest
    assert "Traceback" not in rest
    assert not _left_running(tmp_path)
