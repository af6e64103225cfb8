"""``run.py``: one clear sentence for each thing that can stand in its way, seen in real runs.

Each test works in a copy of the clone's own files, so that the environment in use is never touched.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import diagnosis, project_wheel, venv_state
from tests.tooling.source_tree import ROOT

CLOSED_PORT = "http://127.0.0.1:9/simple"  # the port "discard": nothing listens on a machine of ours
NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": CLOSED_PORT,
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "1",
    "PIP_DEFAULT_TIMEOUT": "3",
}


def _clone_into(parent: Path) -> Path:
    """Give the files that ``run.py`` works with, in a folder whose name is not ASCII, and no environment."""
    folder = parent / "clon ñandú"
    folder.mkdir()
    for name in ("run.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone."""
    return _clone_into(tmp_path)


def _run(
    clone: Path, *arguments: str, python: str = sys.executable, **environ: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return subprocess.run(
        [python, str(clone / "run.py"), *arguments],
        env={**kept, **environ},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=250,
        cwd=clone.parent,
    )


def _assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 74, one line, no traceback, and it names what matters."""
    assert done.returncode == 74, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == []


def _lock_one_wheel(clone: Path, folder: Path, *, digest: str | None = None) -> dict[str, str]:
    """Let the lock name one small wheel of our own, found in ``folder``; gives the variables for pip."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = project_wheel.build(ROOT, folder)
    wheel = wheel.rename(wheel.with_name("ejemplo-1.0-py3-none-any.whl"))
    _rewrite_as(wheel, "ejemplo", "1.0")
    line = f"ejemplo==1.0 --hash=sha256:{digest or hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    for name in ("run.txt", "dev.txt"):
        (clone / "requirements" / name).write_text(line, encoding="utf-8")
    return {**NO_NETWORK, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": folder.as_uri()}


def _rewrite_as(wheel: Path, name: str, version: str) -> None:
    import zipfile

    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "x = 1\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(project_wheel._record_line(path, text.encode("utf-8")) for path, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


def _python_of(clone: Path) -> Path:
    return venv_state.python_of(clone / ".venv")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A clone whose environment is made, with one small package, and the variables that made it.

    Shared: each test that damages it sees it mended again by ``run.py`` itself.
    """
    folder = tmp_path_factory.mktemp("ready")
    clone = _clone_into(folder)
    environ = _lock_one_wheel(clone, folder / "wheels")
    package = clone / "src" / "sigasers"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "__main__.py").write_text(
        "import sys, ejemplo; print('demo', *sys.argv[1:])\n", encoding="utf-8"
    )
    done = _run(clone, "demo", "uno", "--dos", **environ)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "demo demo uno --dos"
    return clone, environ


def test_a_fresh_clone_is_prepared_once_and_then_starts_at_once(ready: tuple[Path, dict[str, str]]) -> None:
    """The second run says nothing of its own and needs neither network nor packages."""
    clone, _ = ready
    done = _run(clone, "demo", **NO_NETWORK)
    assert (done.returncode, done.stdout, done.stderr) == (0, "demo demo\n", "")


def test_the_environments_commands_are_installed(ready: tuple[Path, dict[str, str]]) -> None:
    """The entry points of pyproject.toml, and the project's version."""
    clone, _ = ready
    folder = _python_of(clone).parent
    assert {"siga", "sers", "centro", "sigasers"} <= {path.stem for path in folder.iterdir()}
    probe = "import importlib.metadata as m, sigasers; print(m.version('sigasers'), sigasers.__file__)"
    said = subprocess.run(
        [str(_python_of(clone)), "-c", probe], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert said.split(" ", 1)[0] == project_wheel._project(ROOT)["version"]
    assert str(clone / "src") in said


@pytest.mark.parametrize(
    "damage", ["a file is gone", "a file is cut", "python is gone", "no stamp", "a bad stamp", "no pip"]
)
def test_a_damaged_environment_is_noticed_and_mended(ready: tuple[Path, dict[str, str]], damage: str) -> None:
    """Whatever was done to it, the next run works and says that it mended."""
    clone, environ = ready
    venv = clone / ".venv"
    (installed,) = venv.rglob("ejemplo.py")
    if damage == "a file is gone":
        installed.unlink()
    elif damage == "a file is cut":
        installed.write_text("", encoding="utf-8")
    elif damage == "python is gone":
        _python_of(clone).unlink()
    elif damage == "no stamp":
        (venv / "sigasers.json").unlink()
    elif damage == "a bad stamp":
        (venv / "sigasers.json").write_text("[]", encoding="utf-8")
    else:
        (venv / "sigasers.json").unlink()
        for pip in venv.rglob("site-packages/pip"):
            shutil.rmtree(pip)
    done = _run(clone, "demo", **environ)
    assert done.returncode == 0, done.stderr
    assert "Entorno listo." in done.stdout
    assert done.stdout.splitlines()[-1] == "demo demo"


def test_a_new_lock_is_installed_into_the_environment_at_hand(ready: tuple[Path, dict[str, str]]) -> None:
    """After a pull that changed the lock, nothing is thrown away."""
    clone, environ = ready
    before = _python_of(clone).lstat().st_ino
    with (clone / "requirements" / "run.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = _run(clone, "demo", **environ)
    assert done.stdout.splitlines()[-1] == "demo demo"
    assert "Instalando" in done.stdout
    assert _python_of(clone).lstat().st_ino == before


def test_a_moved_clone_is_prepared_anew(ready: tuple[Path, dict[str, str]]) -> None:
    """An environment holds its own path in many places."""
    clone, environ = ready
    moved = clone.rename(clone.with_name("otro lugar"))
    done = _run(moved, "demo", **environ)
    assert done.stdout.splitlines()[-1] == "demo demo"
    said = json.loads((moved / ".venv" / "sigasers.json").read_text(encoding="utf-8"))
    assert said["root"] == str(moved)
    moved.rename(clone)
    assert _run(clone, "demo", **environ).returncode == 0


def test_two_at_once_prepare_once(clone: Path, tmp_path: Path) -> None:
    """The second waits for the first, then starts at once."""
    environ = _lock_one_wheel(clone, tmp_path / "wheels")
    (clone / "src" / "sigasers").mkdir(parents=True)
    (clone / "src" / "sigasers" / "__main__.py").write_text("print('demo')\n", encoding="utf-8")
    command = [sys.executable, str(clone / "run.py"), "demo"]
    both = [
        subprocess.Popen(command, env={**os.environ, **environ}, stdout=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    said = [process.communicate(timeout=250)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [text.splitlines()[-1] for text in said] == ["demo", "demo"]
    assert sum("Entorno listo." in text for text in said) == 1


def test_no_network_is_one_sentence(clone: Path) -> None:
    """The package server is a closed port of this machine."""
    _assert_one_sentence(
        _run(clone, "demo", **NO_NETWORK), "No se pudo llegar al servidor de paquetes", "HTTPS_PROXY"
    )


def test_after_a_failure_the_next_run_goes_on(clone: Path, tmp_path: Path) -> None:
    """What failed for the network works when the network is back, with no cleaning by hand."""
    assert _run(clone, "demo", **NO_NETWORK).returncode == 74
    environ = _lock_one_wheel(clone, tmp_path / "wheels")
    (clone / "src" / "sigasers").mkdir(parents=True)
    (clone / "src" / "sigasers" / "__main__.py").write_text("print('demo')\n", encoding="utf-8")
    assert _run(clone, "demo", **environ).returncode == 0


def test_a_package_of_another_hash_is_one_sentence(clone: Path, tmp_path: Path) -> None:
    """Nothing that was altered on its way is installed."""
    environ = _lock_one_wheel(clone, tmp_path / "wheels", digest="0" * 64)
    _assert_one_sentence(_run(clone, "demo", **environ), "SHA-256 no coincide")


def test_no_package_for_this_python_is_one_sentence(clone: Path, tmp_path: Path) -> None:
    """It names the package, the Python and the machine."""
    environ = _lock_one_wheel(clone, tmp_path / "wheels")
    (clone / "requirements" / "run.txt").write_text(f"raro==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    _assert_one_sentence(_run(clone, "demo", **environ), "raro==1.0", "Python 3.", "64 bits")


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts need root"
)
def test_a_full_disk_is_one_sentence(clone: Path, tmp_path: Path, small_disk: Path) -> None:
    """Too small from the start: it says how much is needed and how much there is."""
    target = small_disk / "clon"
    shutil.copytree(clone, target)
    _assert_one_sentence(_run(target, "demo", **NO_NETWORK), "No hay espacio", "MB libres")


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts need root"
)
def test_a_disk_that_fills_on_the_way_is_one_sentence(clone: Path, small_disk: Path) -> None:
    """The free space was there when it was asked, and gone when the environment was made."""
    target = small_disk / "clon"
    shutil.copytree(clone, target)
    environment = target / "scripts" / "environment.py"
    text = environment.read_text(encoding="utf-8")
    environment.write_text(
        re.sub(r"NEEDED_MB = .*", 'NEEDED_MB = {"run.txt": 0, "dev.txt": 0}', text), encoding="utf-8"
    )
    _assert_one_sentence(_run(target, "demo", **NO_NETWORK), "Se llenó el disco")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of memory."""
    folder = tmp_path / "disco"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_python_without_venv_is_one_sentence(clone: Path, tmp_path: Path) -> None:
    """As Debian's python3 without the package python3-venv: the sentence names that package."""
    (tmp_path / "sin").mkdir()
    (tmp_path / "sin" / "sitecustomize.py").write_text(
        "import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8"
    )
    done = _run(clone, "demo", PYTHONPATH=str(tmp_path / "sin"))
    _assert_one_sentence(done, "ensurepip", f"python3.{sys.version_info.minor}-venv")


def test_a_folder_that_is_no_environment_is_left_alone(clone: Path) -> None:
    """Someone's own files in ``.venv`` are never deleted."""
    (clone / ".venv").mkdir()
    (clone / ".venv" / "tesis.docx").write_text("x", encoding="utf-8")
    _assert_one_sentence(_run(clone, "demo", **NO_NETWORK), "no es un entorno de Python")
    assert (clone / ".venv" / "tesis.docx").exists()


def test_a_file_in_the_way_is_one_sentence(clone: Path) -> None:
    """``.venv`` as a plain file is left alone too."""
    (clone / ".venv").write_text("x", encoding="utf-8")
    _assert_one_sentence(_run(clone, "demo", **NO_NETWORK), "no es un entorno de Python")


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.9", "3.10"])
def test_an_old_python_says_so_in_one_sentence(version: str, clone: Path) -> None:
    """Run by the old Pythons that this machine has; at least its source stays readable to all of them."""
    import ast

    source = (clone / "run.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert source.isascii()
    python = _old_python(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    done = _run(clone, "demo", python=python, LC_ALL="C", PYTHONIOENCODING="ascii")
    _assert_one_sentence(done, "3.11", f"Python {version}")


def _old_python(version: str) -> str | None:
    candidates = [*Path("/root/.pyenv/versions").glob(f"{version}.*/bin/python{version}")]
    return str(candidates[0]) if candidates else shutil.which(f"python{version}")


@pytest.mark.parametrize("arguments", [[], ["nada"], ["--help"]])
def test_use_is_explained(arguments: list[str], clone: Path) -> None:
    """Before anything is installed."""
    done = _run(clone, *arguments)
    assert done.returncode == (0 if arguments == ["--help"] else 2)
    assert "Uso: python3 run.py ORDEN" in done.stdout + done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("WARNING: Retrying (Retry(total=4 ...)) after connection broken", "servidor de paquetes"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "Se llenó",
        ),
        ("ERROR: something never seen", "instalacion.log"),
    ],
)
def test_pips_reasons_are_told(output: str, word: str, tmp_path: Path) -> None:
    """What fits no known cause names the log."""
    assert word in diagnosis.of_pip(output, tmp_path, tmp_path / "instalacion.log")
