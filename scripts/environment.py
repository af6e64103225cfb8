"""The environment ``.venv``: made, filled with the locked packages, checked, and mended when broken.

Standard library alone. A stamp inside it names the Python, the place and the lock files it was made from; it
is written last and durably, so a preparation that was cut short is simply done again. Every failure is one
Spanish sentence (``CannotPrepareError``). It does not choose versions: ``requirements/*.txt`` do, each file
by its hash.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scripts import diagnosis, project_wheel, venv_state

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "sigasers.json"
LOG = VENV / "instalacion.log"
FOREIGN_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
# Measured on Linux with Python 3.11: what .venv takes when done, and what pip unpacks meanwhile, in MB.
NEEDED_MB = {"run.txt": 450, "dev.txt": 750, "bench.txt": 850}  # each holds the packages of those before it


class CannotPrepareError(Exception):
    """The environment cannot be made; the text is the operator's sentence."""


def ensure(lock: str) -> Path:
    """Give the Python of an environment that holds the packages of ``requirements/<lock>``.

    Makes or mends it first where needed, saying so. Raises ``CannotPrepareError``.
    """
    wanted = _wanted()
    if not _is_ready(lock, wanted):
        try:
            with _only_one():
                if not _is_ready(lock, wanted):
                    _prepare(lock, wanted)
        except OSError as error:
            raise CannotPrepareError(diagnosis.of_os_error(error, ROOT)) from error
    return venv_state.python_of(VENV)


def _wanted() -> dict[str, str]:
    """Give what the stamp must say: where the clone lies, the project's own entry points, the lock files."""
    facts = {"root": str(ROOT), "project": project_wheel.fingerprint(ROOT)}
    for name in NEEDED_MB:
        facts[name] = hashlib.sha256((ROOT / "requirements" / name).read_bytes()).hexdigest()
    return facts


def _is_ready(lock: str, wanted: dict[str, str]) -> bool:
    """Tell whether the stamp fits, the Python runs and no installed file is missing."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    fits = isinstance(stamp, dict) and all(
        stamp.get(name) == wanted[name] for name in ("root", "project", lock)
    )
    return (
        fits
        and venv_state.version_of(VENV) == stamp.get("python")
        and venv_state.is_whole(VENV, stamp["parts"])
    )


def _prepare(lock: str, wanted: dict[str, str]) -> None:
    """Make or mend the environment, install, and stamp it."""
    _check_machine(lock)
    _check_folder()
    had_stamp = STAMP.exists()
    STAMP.unlink(missing_ok=True)
    if VENV.exists() and not (had_stamp and _is_usable()):
        _remove_broken()
    if not VENV.exists():
        _make()
    _install(lock)
    _write_stamp(lock, wanted)
    print("Entorno listo.", flush=True)


def _check_machine(lock: str) -> None:
    """Refuse early what is known to fail: a Python without its own parts, a full disk."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotPrepareError(diagnosis.of_missing_modules(missing))
    for folder in (ROOT, Path(tempfile.gettempdir())):
        free_mb = shutil.disk_usage(folder).free // 1_000_000
        if not VENV.exists() and free_mb < NEEDED_MB[lock]:
            raise CannotPrepareError(diagnosis.of_no_space(folder, NEEDED_MB[lock], free_mb))


def _is_usable() -> bool:
    """Tell whether packages can be added: its Python runs, nothing is missing, and pip answers."""
    if venv_state.version_of(VENV) is None or not venv_state.is_whole(VENV, []):
        return False
    command = [str(venv_state.python_of(VENV)), "-I", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _check_folder() -> None:
    """Refuse a ``.venv`` that is someone's own file or folder; what is broken may be removed, theirs never."""
    if not VENV.exists() and not VENV.is_symlink():
        return
    entries = {entry.name for entry in VENV.iterdir()} if VENV.is_dir() and not VENV.is_symlink() else {"?"}
    if entries and not entries & {"pyvenv.cfg", "bin", "Scripts", "lib", "Lib", LOG.name}:
        raise CannotPrepareError(
            f"«{VENV}» existe y no es un entorno de Python: muévalo o bórrelo, y repita la orden."
        )


def _remove_broken() -> None:
    """Remove an environment that is damaged or half made."""
    print("La carpeta .venv está incompleta o dañada: se vuelve a hacer.", flush=True)
    shutil.rmtree(VENV)


def _make() -> None:
    """Make an empty environment with pip, of the Python below any environment that runs this."""
    print("Preparando el entorno en la carpeta .venv (solo la primera vez)...", flush=True)
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-I", "-m", "venv", str(VENV)], capture_output=True, check=False)
    if made.returncode != 0:
        sentence = diagnosis.of_venv((made.stdout + made.stderr).decode("utf-8", "replace"), ROOT)
        with suppress(OSError):
            shutil.rmtree(VENV)
        raise CannotPrepareError(sentence)


def _install(lock: str) -> None:
    """Install the locked packages, every file checked by its hash, and the project itself in place."""
    path = ROOT / "requirements" / lock
    total = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    print(
        f"Instalando los {total} paquetes de requirements/{lock} (se comprueba cada archivo)...", flush=True
    )
    _pip(["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(path)])
    with tempfile.TemporaryDirectory() as folder:
        wheel = project_wheel.build(ROOT, Path(folder))
        _pip(["--no-deps", "--no-index", "--force-reinstall", str(wheel)])


def _pip(arguments: list[str]) -> None:
    """Run ``pip install``; its words go to the log, the count of packages to a terminal."""
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [str(venv_state.python_of(VENV)), "-I", "-m", "pip", "install", *options, *arguments]
    environ = {**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    output = []
    with subprocess.Popen(
        command,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            _show_progress(output)
    if sys.stdout.isatty():
        print("\r" + " " * 60 + "\r", end="", flush=True)
    with suppress(OSError), LOG.open("a", encoding="utf-8") as log:
        log.writelines(output)
    if process.returncode != 0:
        raise CannotPrepareError(diagnosis.of_pip("".join(output), ROOT, LOG))


def _show_progress(output: list[str]) -> None:
    """Show on a terminal which package is on its way."""
    if sys.stdout.isatty() and output[-1].startswith(("Collecting ", "Installing ")):
        count = sum(line.startswith("Collecting ") for line in output)
        name = output[-1].split()[1].partition("==")[0]
        print(f"\r  {count}: {name:<40.40}", end="", flush=True)


def _write_stamp(lock: str, wanted: dict[str, str]) -> None:
    """Say durably what the environment holds: each lock contains those named before it."""
    names = list(NEEDED_MB)
    held = names[: names.index(lock) + 1]
    stamp = {name: wanted[name] for name in ("root", "project", *held)}
    stamp["python"] = venv_state.version_of(VENV) or ""
    text = json.dumps({**stamp, "parts": venv_state.parts_of(VENV)}, indent=1)
    part = STAMP.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(STAMP)


@contextmanager
def _only_one() -> Iterator[None]:
    """Let one preparation run at a time; a second one waits. The system frees the lock of a dead process."""
    with (ROOT / ".venv.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
