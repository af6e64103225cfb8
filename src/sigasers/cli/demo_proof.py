"""The end of the demo: every receipt checked twice, and a summary that a person understands."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sigasers
from sigasers import durable
from sigasers.cli.core import consola
from sigasers.cli.demo_programs import shown
from sigasers.errors.demo import DemoStepError

if TYPE_CHECKING:
    from sigasers.cli.demo_steps import Demo, Sent
    from sigasers.keys.trust import Trust

VERIFIER = Path(sigasers.__file__).parents[2] / "verificador.py"


def prove(demo: Demo) -> None:
    """Check every acuse and constancia with ``sers acuse verificar`` and with the independent verifier."""
    root = write_root_document(demo)
    huella = _trust(demo).huella
    for item in demo.sent():
        demo.run(
            "sers", "acuse", "verificar", str(item.acuse),
            "--constancia", str(item.constancia), "--archivos", str(item.rar.parent),
        )  # fmt: skip
        if VERIFIER.exists():
            _verify_alone(item, huella, root)


def write_root_document(demo: Demo) -> Path:
    """Write the pinned root document as the file that the independent verifier starts from."""
    root = demo.identities / "documento-raiz.jws"
    durable.replace(root, _trust(demo).token.encode("ascii"), step="demo.root_document")
    return root


def _trust(demo: Demo) -> Trust:
    from sigasers.sers import trust_file
    from sigasers.sers.folder import ProfileFolder

    return trust_file.load(ProfileFolder.at(demo.installation.sers))


def _verify_alone(item: Sent, huella: str, root: Path) -> None:
    """Run the one-file verifier, which shares no line with the program."""
    command = [
        sys.executable, "-I", "-X", "utf8", str(VERIFIER), "--huella", huella, "--raiz", str(root), str(item.acuse),
        "--constancia", str(item.constancia), "--archivos", str(item.rar.parent),
    ]  # fmt: skip
    consola.print("$ python " + shown(command[4:]), style="dim", markup=False, soft_wrap=True)
    done = subprocess.run(command, check=False)
    if done.returncode != 0:
        raise DemoStepError("verifier refused", orden="verificador.py", codigo=done.returncode)


def summarise(demo: Demo) -> None:
    """Tell what lies where, how long each step took, and what to try next."""
    from sigasers.keys.receipts import verify_acuse, verify_constancia

    trust = _trust(demo)
    consola.print()
    consola.rule("[bold]Resumen", align="left")
    for item in demo.sent():
        token = item.acuse.read_bytes()
        acuse = verify_acuse(token, trust)
        constancia = verify_constancia(item.constancia.read_bytes(), trust, acuse=token)
        for path in (item.rar, item.html):
            consola.print(f"{path.name}", markup=False, soft_wrap=True)
            consola.print(f"    {path.stat().st_size:,} bytes · SHA-256 {_sha256(path)}", soft_wrap=True)
        consola.print(
            f"    acuse [bold]{acuse.numero}[/] · constancia [bold]{constancia.numero}[/]: "
            f"[bold green]{constancia.resultado.value}[/]",
            soft_wrap=True,
        )
    _tell_times(demo)
    _tell_next(demo)


def _tell_times(demo: Demo) -> None:
    consola.print("\nTiempo de cada paso:")
    for title, seconds in demo.times.items():
        consola.print(f"  {seconds:6.1f} s  {title}", markup=False)
    consola.print(f"  {sum(demo.times.values()):6.1f} s  en total")


def _tell_next(demo: Demo) -> None:
    folders = {
        "Base de datos": demo.base,
        "Salida (SourceOut)": demo.installation.source_out,
        "Enviado, con acuses (Repository)": demo.installation.sers / "Repository",
        "Registro del mensajero": demo.installation.sers / "logs" / "traceclient.log",
        "Centro": demo.installation.centro,
    }
    consola.print("\nCarpetas:")
    for name, path in folders.items():
        consola.print(f"  {name}: {path}", markup=False, soft_wrap=True)
    first = demo.sent()[0]
    consola.print("\nPara probar después (en la carpeta del proyecto, con el entorno .venv):")
    for order in (
        demo.order("siga", "clave", str(first.rar)),
        demo.order("siga", "abrir", str(first.rar), "--destino", str(demo.root / "abierto")),
        demo.order("siga", "exportar", "--tipo", "diaria"),
        demo.order("sers", "estado"),
        demo.order("centro", "envios", "listar"),
        demo.order("centro", "bitacora", "verificar"),
    ):
        consola.print("  " + shown(order), markup=False, soft_wrap=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
