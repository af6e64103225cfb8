"""``sers acuse verificar``: the unit's own check of a receipt, with what was pinned at registration."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.cli.core import run_with
from sigasers.cli.sers_acuse import acuse
from tests.made_centre import CONTENT, MadeCentre

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def centre() -> MadeCentre:
    return MadeCentre()


@pytest.fixture
def run(tmp_path: Path, centre: MadeCentre, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the order in an installation registered at ``centre``; gives exit code, output and errors."""
    sers = tmp_path / "sers_siga"
    sers.mkdir()
    pinned = {"v": 1, "huella": centre.huella, "documento_raiz": centre.root_document}
    (sers / "confianza.json").write_text(json.dumps(pinned), encoding="ascii")
    (tmp_path / "a.acuse.jws").write_text(centre.sign(centre.acuse()), encoding="ascii")
    for name, data in CONTENT.items():
        (tmp_path / name).write_bytes(data)

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run_with(acuse, ["verificar", *map(str, arguments), "--dir", str(tmp_path)])
        out, err = capfd.readouterr()
        return code, " ".join(out.split()), err

    return run


def test_true_receipt_with_files_and_constancia(run: Run, tmp_path: Path, centre: MadeCentre) -> None:
    """The operator reads number, files and verdict."""
    token = (tmp_path / "a.acuse.jws").read_text(encoding="ascii")
    (tmp_path / "c.jws").write_text(centre.sign(centre.constancia(token)), encoding="ascii")
    code, out, _ = run(tmp_path / "a.acuse.jws", "--archivos", tmp_path, "--constancia", tmp_path / "c.jws")
    assert code == 0
    assert "Acuse A-1-000006 verificado" in out
    assert "C-1-000003: conforme" in out


def test_receipt_of_a_second_self_made_centre_is_refused(run: Run, tmp_path: Path) -> None:
    """A receipt that anyone can make for himself does not verify here."""
    other = MadeCentre()
    path = tmp_path / "otro.jws"
    path.write_text(other.sign(other.acuse()), encoding="ascii")
    code, out, err = run(path)
    assert code == 65
    assert "KEY-" in err
    assert "verificado" not in out


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"S" * 100)])
def test_other_files_than_the_receipts_are_told_by_name(
    run: Run, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    """A missing or altered file is named."""
    change(tmp_path / "a.rar")
    code, _, err = run(tmp_path / "a.acuse.jws", "--archivos", tmp_path)
    assert code == 1
    assert "a.rar" in err


def test_unregistered_profile_is_told_what_to_do(tmp_path: Path, run: Run) -> None:
    """Without a pinned root nothing can be verified, and the sentence says so."""
    (tmp_path / "sers_siga" / "confianza.json").unlink()
    code, _, err = run(tmp_path / "a.acuse.jws")
    assert code != 0
    assert "SERS-" in err
