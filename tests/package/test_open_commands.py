"""``siga clave``, ``siga abrir`` and ``siga verificar``, as an operator runs them on a sealed package."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.formats.archive_comment import Role, label_bytes
from sigasers.keys.sealing import Recipient, open_password, seal_password
from sigasers.keys.sealing_store import SealingStore
from tests.package import packages
from tests.package.packages import PASSWORD
from tests.rar5.rar_judges import JudgeRefusedError, official_unrar

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run an order of ``siga`` in an installation of its own; gives exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run_with(grupo, [*map(str, arguments), "--dir", str(tmp_path)])
        out, err = capfd.readouterr()
        return code, " ".join(out.split()), err

    return run


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A package sealed to this unit and to a centre, under a name of its own choosing."""
    keys = tmp_path / "sers_siga" / "llaves"
    keys.mkdir(parents=True)
    unit = SealingStore(folder=keys, role=Role.UNIDAD).create()
    return _package(tmp_path / "renombrado.rar", unit)


def _package(path: Path, unit: X25519PrivateKey) -> Path:
    label = label_bytes(packages.label_of(packages.manifest_of()))
    recipients = (
        Recipient(role=Role.UNIDAD, public_key=unit.public_key()),
        Recipient(role=Role.CENTRO, public_key=X25519PrivateKey.generate().public_key()),
    )
    path.write_bytes(packages.bent_package(comment=seal_password(PASSWORD, label, recipients)))
    return path


def test_password_is_printed_alone(run: Run, sealed: Path) -> None:
    """``siga clave`` prints the password and nothing else, of a renamed archive too."""
    assert run("clave", sealed)[:2] == (0, PASSWORD)


def test_printed_password_opens_in_the_official_engine(run: Run, sealed: Path) -> None:
    """Any RAR program opens the file with it; the engine is first seen to refuse another password."""
    with pytest.raises(JudgeRefusedError):
        official_unrar(sealed, "otra clave")
    members = official_unrar(sealed, run("clave", sealed)[1])
    assert sorted(members) == ["manifest.json", "tablas/ORDEN.parquet", "tablas/VACIA.parquet"]
    assert members["tablas/ORDEN.parquet"] == packages.parquet_of(packages.rows_of())


def test_package_of_another_unit_does_not_open(run: Run, sealed: Path, tmp_path: Path) -> None:
    """A package sealed to others is told as such; nothing is extracted."""
    foreign = _package(tmp_path / "ajeno.rar", X25519PrivateKey.generate())
    for order in (("clave",), ("verificar",), ("abrir", "--destino", tmp_path / "x")):
        code, _, err = run(order[0], foreign, *order[1:])
        assert code == 65
        assert "KEY-" in err
    assert not (tmp_path / "x").exists()


def test_true_package_is_whole_but_of_unproved_origin(run: Run, sealed: Path) -> None:
    """A bare RAR proves no origin, and the sentence says so."""
    code, out, _ = run("verificar", sealed)
    assert code == 0
    assert "Íntegro, origen no comprobado" in out
    assert "2 tablas" in out


def test_structure_alone_needs_no_key(run: Run, tmp_path: Path) -> None:
    """Whoever has no key can still see that a copy is whole."""
    path = tmp_path / "a.rar"
    path.write_bytes(packages.true_package())
    assert run("verificar", path, "--sin-clave")[0] == 0
    path.write_bytes(packages.true_package()[:-3])
    assert run("verificar", path, "--sin-clave")[0] == 65


def test_altered_package_is_refused_with_its_table(run: Run, sealed: Path, tmp_path: Path) -> None:
    """A package whose content is not what its manifest says ends with 1 and names the table."""
    store = SealingStore(folder=tmp_path / "sers_siga" / "llaves", role=Role.UNIDAD)
    key = store.load(store.kids()[0])
    label = label_bytes(packages.label_of(packages.manifest_of()))
    comment = seal_password(PASSWORD, label, [Recipient(role=Role.UNIDAD, public_key=key.public_key())])
    bent = packages.bent_package(lambda entry: _with_rows(entry, 7), comment=comment)
    sealed.write_bytes(bent)
    code, out, _ = run("verificar", sealed)
    assert code == 1
    assert "tabla ORDEN" in out


def _with_rows(entry: object, rows: int) -> object:
    from dataclasses import replace

    return replace(entry, filas=rows)  # type: ignore[type-var]


def test_extracting_gives_every_member_and_replaces_nothing(run: Run, sealed: Path, tmp_path: Path) -> None:
    """The folder then holds manifest and tables; a second time the files are left alone."""
    target = tmp_path / "abierto"
    assert run("abrir", sealed, "--destino", target)[0] == 0
    names = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert names == ["manifest.json", "tablas/ORDEN.parquet", "tablas/VACIA.parquet"]
    (target / "manifest.json").write_text("mío", encoding="utf-8")
    code, _, err = run("abrir", sealed, "--destino", target)
    assert code == 74
    assert "SS-014" in err
    assert (target / "manifest.json").read_text(encoding="utf-8") == "mío"
    assert not list(target.rglob("*.part"))


def test_damaged_member_is_not_left_behind(run: Run, sealed: Path, tmp_path: Path) -> None:
    """A member that fails its checksum is told, and no file of it stays."""
    data = bytearray(sealed.read_bytes())
    data[-400] ^= 1
    sealed.write_bytes(data)
    target = tmp_path / "abierto"
    assert run("abrir", sealed, "--destino", target)[0] == 65
    assert not (target / "tablas" / "VACIA.parquet").exists()
    assert not list(target.rglob("*.part"))


def test_fixed_password_is_read_from_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A RAR made with the fixed password opens with it, and the wrong one is told."""
    import io

    path = tmp_path / "fija.rar"
    path.write_bytes(packages.true_package())
    assert run("verificar", path)[0] == 65  # not sealed, and it says what to do
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert run("verificar", path, "--clave-por-entrada")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("otra\n"))
    code, out, err = run("verificar", path, "--clave-por-entrada")
    assert code == 65
    assert "FMT-015" in err
    assert "íntegro" not in out


def test_newer_package_waits(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this version cannot understand is called neither whole nor broken."""
    import io

    path = tmp_path / "nuevo.rar"
    path.write_bytes(packages.bent_package(comment=b'{"v":2,"crit":[],"p":"","s":[]}'))
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    code, out, _ = run("verificar", path, "--clave-por-entrada")
    assert code == 1
    assert "En espera" in out
    assert "íntegro" not in out


@pytest.mark.parametrize("content", [b"", b"no es un rar", b"Rar!\x1a\x07\x01\x00"])
def test_file_that_is_no_package_is_told_in_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    """Whatever is given, the operator reads a sentence with a code."""
    path = tmp_path / "a.rar"
    path.write_bytes(content)
    code, _, err = run("verificar", path)
    assert code == 65
    assert "FMT-01" in err
    assert "Traceback" not in err


def test_sealed_copy_opens_for_the_centre_too() -> None:
    """The one file holds all that its two rightful readers need."""
    centre = X25519PrivateKey.generate()
    label = label_bytes(packages.label_of(packages.manifest_of()))
    comment = seal_password(PASSWORD, label, [Recipient(role=Role.CENTRO, public_key=centre.public_key())])
    assert open_password(comment, Role.CENTRO, centre) == PASSWORD
