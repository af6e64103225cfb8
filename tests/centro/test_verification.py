"""The verifying child: it opens real packages without rights, and what it says is held in bounds."""

import asyncio
import ctypes
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.centro.llaves import frames
from sigasers.centro.verificacion import examination, verdict
from sigasers.centro.verificacion.runner import ChildAnswer, examine
from sigasers.errors.centro import KeysProcessError, VerifierDiedError
from sigasers.errors.formats import WrongPasswordError
from sigasers.formats.documents import Nivel, Resultado
from sigasers.model import Digest, FileStatement
from tests.package import packages

FILE = FileStatement(nombre="a.rar", tamano_bytes=1, sha256=Digest("0" * 64))


async def known(_comment: bytes) -> str:
    return packages.PASSWORD


def answer_for(path: Path, open_seal: object = known) -> ChildAnswer:
    return asyncio.run(examine(path, open_seal))  # type: ignore[arg-type]


@pytest.fixture
def rar(tmp_path: Path) -> Path:
    path = tmp_path / "a.rar"
    path.write_bytes(packages.true_package())
    return path


def test_true_package_is_conforme(rar: Path) -> None:
    """A child of its own opens the package, checks all of it and finds nothing."""
    answer = answer_for(rar)
    assert answer.report is not None
    assert answer.report["tablas"] == 2
    assert answer.report["filas"] == packages.ROWS
    judged = verdict.of_report(answer.report, FILE, "1288")
    assert verdict.of_sobre([judged], ()).resultado is Resultado.CONFORME


def test_comment_reaches_whoever_opens_the_seal(rar: Path) -> None:
    """What the keys process is asked to unseal is the archive's own comment."""
    seen: list[bytes] = []

    async def remember(comment: bytes) -> str:
        seen.append(comment)
        return packages.PASSWORD

    answer_for(rar, remember)
    assert b'"p"' in seen[0]


def test_package_of_another_unit_is_refused(rar: Path) -> None:
    """The unit inside must be the unit that signed."""
    answer = answer_for(rar)
    assert answer.report is not None
    judged = verdict.of_report(answer.report, FILE, "1287")
    assert judged.resultado is Resultado.RECHAZADO
    assert judged.razones[-1].codigo == verdict.UNIT_DIFFERS


def test_altered_count_is_refused_with_its_table(tmp_path: Path) -> None:
    """A manifest that promises more rows than there are is refused, and the reason names the table."""
    path = tmp_path / "a.rar"
    path.write_bytes(packages.bent_package(lambda entry: replace(entry, filas=entry.filas + 1)))
    answer = answer_for(path)
    assert answer.report is not None
    judged = verdict.of_report(answer.report, FILE, "1288")
    assert judged.resultado is Resultado.RECHAZADO
    assert {reason.tabla for reason in judged.razones} == {"ORDEN"}


@pytest.mark.parametrize("keep", [0, 7, 300, -1])
def test_cut_file_is_refused_without_asking_for_a_password(tmp_path: Path, keep: int) -> None:
    """A file that is no whole RAR is the unit's affair, not a death of the child."""
    path = tmp_path / "a.rar"
    path.write_bytes(packages.true_package()[:keep])

    async def never(_comment: bytes) -> str:
        raise AssertionError("asked for a password")

    answer = answer_for(path, never)
    assert answer.report is not None
    assert verdict.of_report(answer.report, FILE, "1288").resultado is Resultado.RECHAZADO


def test_seal_that_does_not_open_is_a_refusal(rar: Path) -> None:
    """A password that cannot be had for a reason in the package ends in a refusal with that reason."""

    async def refuse(_comment: bytes) -> str:
        raise WrongPasswordError("not sealed to us")

    answer = answer_for(rar, refuse)
    assert answer.seal_error is not None
    judged = verdict.of_error(answer.seal_error, FILE)
    assert judged.resultado is Resultado.RECHAZADO
    assert judged.razones[0].codigo == WrongPasswordError.code


def test_trouble_of_the_keys_process_is_not_the_units(rar: Path) -> None:
    """When the keys process fails nobody is judged: the error passes through and the job is tried again."""

    async def fail(_comment: bytes) -> str:
        raise KeysProcessError("gone")

    with pytest.raises(KeysProcessError):
        answer_for(rar, fail)


def _child_code(body: str) -> str:
    return "import os, socket, sys\nfrom sigasers.centro.verificacion import confine\n" + body


def _run(body: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _child_code(body), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces and Landlock are Linux's")
def test_child_without_network_cannot_reach_even_loopback() -> None:
    """After leaving the network a connection to a listening loopback port fails for want of a network."""
    done = _run(
        "print(confine.leave_network())\n"
        "try: socket.create_connection(('127.0.0.1', 9), timeout=5)\n"
        "except OSError as error: print(error.errno)\n"
    )
    granted, number = done.stdout.split()
    assert (granted, number) == ("True", "101"), done.stderr  # ENETUNREACH; a refused connection would be 111


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces and Landlock are Linux's")
def test_child_without_files_cannot_open_what_it_could_read(rar: Path) -> None:
    """After leaving files even a readable file cannot be opened; where the kernel has no Landlock it says so."""
    done = _run(
        "granted = confine.leave_files()\n"
        "try: open(sys.argv[1]); opened = True\n"
        "except PermissionError: opened = False\n"
        "print(granted, opened)\n",
        str(rar),
    )
    landlock = ctypes.CDLL(None).syscall(444, 0, 0, 1) > 0
    assert done.stdout.split() == [str(landlock), str(not landlock)], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_child_that_takes_too_much_memory_dies_and_is_not_a_verdict() -> None:
    """A memory limit ends the child, not the machine."""
    done = _run("confine.limit_resources(confine.ChildLimits(memory_bytes=1 << 29))\nb'x' * (1 << 30)\n")
    assert "MemoryError" in done.stderr


def test_child_that_dies_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that ends without a frame is a failure of ours, with its exit code."""
    path = tmp_path / "a.rar"
    path.write_bytes(b"x")
    monkeypatch.setattr("sigasers.centro.verificacion.runner._MODULE", "sigasers.no_such_module")
    with pytest.raises(VerifierDiedError):
        answer_for(path)


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"resultado": "perfecto", "hallazgos": [], "omitidos": 0},
        {"resultado": "conforme", "hallazgos": [{"codigo": 1}], "omitidos": 0},
        {"resultado": "conforme", "hallazgos": [], "omitidos": -1},
        {"resultado": "conforme", "hallazgos": [], "omitidos": 0, "unidad": "1" * 7},
    ],
)
def test_report_that_is_none_is_a_death(report: dict[str, object]) -> None:
    """What a broken or hostile child says is never taken for a verdict."""
    with pytest.raises(VerifierDiedError):
        verdict.of_report(report, FILE, "1288")


def test_serve_reports_over_its_pipes() -> None:
    """The child's conversation, without its process: comment, password, report."""
    questions = io.BytesIO(frames.encode({"clave": packages.PASSWORD}))
    answers = io.BytesIO()
    examination.serve(io.BytesIO(packages.true_package()), questions, answers, isolated=True)
    answers.seek(0)
    assert frames.read(answers).keys() == {"comentario"}  # type: ignore[union-attr]
    report = frames.read(answers)
    assert report is not None
    assert report["resultado"] == "conforme"


def test_lone_rar_and_sobre_without_package_are_observed() -> None:
    """Nothing to open, or a RAR without its HTML, is said and not refused."""
    fine = verdict.Verdict(resultado=Resultado.CONFORME)
    assert verdict.of_sobre([fine], (verdict.LONE_RAR_MARK,)).resultado is Resultado.OBSERVADO
    assert verdict.of_sobre([], ()).resultado is Resultado.OBSERVADO


def test_verdict_of_two_deaths_is_in_review() -> None:
    """A file that kills its verifier twice waits for a person."""
    judged = verdict.of_sobre([verdict.in_review(FILE)], ())
    assert judged.resultado is Resultado.EN_REVISION
    assert judged.razones[0].nivel is Nivel.OBSERVACION
