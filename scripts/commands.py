"""The commands of ``run.py``: prepare the environment, then become the program that was asked for.

Standard library alone. Exit codes are those of the product: 2 wrong usage, 74 the environment is in the way,
130 stopped by the operator.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from scripts import environment

ROOT = Path(__file__).resolve().parent.parent
USAGE = """\
Uso: python3 run.py ORDEN [opciones]        (en Windows: py run.py ORDEN [opciones])

Órdenes:
  demo    recorre el trabajo completo: base de datos, exportación, envío y acuse (ver: run.py demo --help)
  test    ejecuta todas las comprobaciones del proyecto (con argumentos: solo pytest, con ellos)
  bench   mide la exportación junto a otras herramientas y escribe docs/rendimiento.md (ver: run.py bench --help)
  docs    vuelve a escribir las páginas que se generan del programa (órdenes, errores)

La primera vez prepara el entorno en la carpeta .venv; después empieza de inmediato.
"""


def main(arguments: list[str]) -> int:
    """Run the command that ``arguments`` name; gives an exit code where it does not become that program."""
    _make_output_safe()
    if not arguments or arguments[0] in {"-h", "--help", "help", "ayuda"}:
        print(USAGE, end="")
        return 0 if arguments else 2
    command, *rest = arguments
    if command not in _COMMANDS:
        print(f"No existe la orden «{command}».\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    lock, program, needs_root = _COMMANDS[command]
    try:
        python = environment.ensure(lock)
    except environment.CannotPrepareError as error:
        print(f"No se pudo preparar el entorno. {error}", file=sys.stderr)
        return 74
    except KeyboardInterrupt:
        print("\nDetenido por el operador; la próxima vez se continúa la preparación.", file=sys.stderr)
        return 130
    return _become([str(python), *program, *rest], cwd=ROOT if needs_root else None)


# Command: lock file, program with its first arguments, whether it runs in the clone's folder.
_COMMANDS = {
    "demo": ("run.txt", ["-m", "sigasers", "demo"], False),
    "test": ("dev.txt", ["-m", "scripts.checks"], True),
    "bench": ("bench.txt", ["-m", "scripts.bench"], True),
    "docs": ("dev.txt", ["-m", "scripts.docs"], True),
}


def _make_output_safe() -> None:
    """Let a console or pipe of another encoding lose an accent rather than end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _become(command: list[str], cwd: Path | None) -> NoReturn:
    """Replace this process by ``command``, so that signals reach it; Windows has no such call and waits."""
    environ = {name: value for name, value in os.environ.items() if name not in environment.FOREIGN_VARIABLES}
    if cwd is not None:
        os.chdir(cwd)
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execve(command[0], command, environ)  # noqa: S606 - the environment's own Python, by full path
    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:  # the child got it too and ends in its own time
                continue
