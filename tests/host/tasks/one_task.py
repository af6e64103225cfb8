"""A task for tests: a stand-in for the exporter that writes a trial's result, with the arguments it was given."""

import json
import shutil
import sys
from pathlib import Path

from sigasers.host.tasks import Mark, TaskSpec

MARK = Mark(instalacion="0123456789abcdef", unidad="1288")
OTHER_UNIT = Mark(instalacion="fedcba9876543210", unidad="1300")
STAND_IN = """\
import getpass, json, os, sys
if "--ensayo" in sys.argv:
    at = sys.argv.index("--ensayo") + 1
    told = {"v": 1, "cuenta": str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser(), "equipo": "prueba",
            "argumentos": sys.argv[1:at - 1], "carpeta": os.getcwd(),
            "pasos": [{"nombre": "Base de datos", "resultado": "bien", "codigo": None, "texto": "Se pudo leer"}]}
    with open(sys.argv[at] + ".part", "x", encoding="utf-8") as file:
        json.dump(told, file)
    os.replace(sys.argv[at] + ".part", sys.argv[at])
else:
    with open("corridas.txt", "a", encoding="utf-8") as file:
        file.write("corrida\\n")
"""


def reachable_python() -> str | None:
    """A Python that a service account can start; the one that runs the tests may lie in a closed home."""
    return shutil.which("python3", path="/usr/bin:/usr/local/bin")


def make_spec(
    folder: Path,
    *arguments: str,
    name: str = "MEF_SIGA_TRANSMISION",
    mark: Mark = MARK,
    account: str | None = None,
    script: str = STAND_IN,
    every_min: int = 15,
    python: str = sys.executable,
) -> TaskSpec:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "programa.py"
    program.write_text(script, encoding="utf-8")
    return TaskSpec(
        name=name,
        command=(python, str(program), *arguments),
        folder=folder,
        account=account,
        mark=mark,
        description="Transmisión automática del SIGA (prueba)",
        writable=(folder,),
        every_min=every_min,
    )


def tried(spec: TaskSpec, result: Path) -> TaskSpec:
    """The same task in dry mode."""
    from dataclasses import replace

    return replace(spec, command=(*spec.command, "--ensayo", str(result)))


def told(result: Path) -> dict[str, object]:
    found = json.loads(result.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
