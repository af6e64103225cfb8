"""A probe of the database as the operator sees it, step by step, or as JSON for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sigasers import mensajes
from sigasers.cli.avisos import show
from sigasers.cli.core import consola

if TYPE_CHECKING:
    from sigasers.siga.probing.steps import Paso

_MARKS = {
    "bien": "[green]bien   [/]",
    "aviso": "[yellow]aviso  [/]",
    "falla": "[bold red]FALLA  [/]",
    "omitido": "[dim]omitido[/]",
}
_TITLE_WIDTH = 24
_FORMAT_VERSION = 1


class ShownSteps:
    """Prints each step as it ends; on a terminal it says which one runs."""

    def __init__(self) -> None:
        self._status = consola.status("") if consola.is_terminal else None

    def begun(self, titulo: str) -> None:
        """Say what is being tried."""
        if self._status is not None:
            self._status.update(f"{titulo}…")
            self._status.start()

    def ended(self, paso: Paso) -> None:
        """Print one line."""
        if self._status is not None:
            self._status.stop()
        head = f"{paso.titulo:<{_TITLE_WIDTH}} {_MARKS[paso.resultado.value]} {paso.segundos:6.2f} s"
        consola.print(head, end="  " if paso.detalle else "\n", soft_wrap=True)
        if paso.detalle:
            consola.print(paso.detalle, markup=False, soft_wrap=True)


def conclude(pasos: list[Paso]) -> int:
    """Say how the probe ended and give the exit code; the first failure is told in full."""
    failed = next((paso for paso in pasos if paso.error is not None), None)
    if failed is None or failed.error is None:
        warned = sum(paso.resultado.value == "aviso" for paso in pasos)
        noted = f", con {warned} avisos" if warned > 1 else ", con 1 aviso" if warned else ""
        consola.print(f"La base de datos se puede exportar{noted}.", soft_wrap=True)
        return 0
    consola.print(f"La prueba falló en «{failed.titulo}».", markup=False, soft_wrap=True)
    if failed.quien is not None:
        consola.print(f"Lo puede resolver: {failed.quien.value}.", markup=False, soft_wrap=True)
    return show(failed.error, "siga")


def as_json(pasos: list[Paso]) -> int:
    """Print the steps as one JSON object and give the exit code."""
    document = {"v": _FORMAT_VERSION, "resultado": _worst(pasos), "pasos": [_step(paso) for paso in pasos]}
    consola.print(json.dumps(document, ensure_ascii=False), markup=False, soft_wrap=True)
    return next((paso.error.exit_code for paso in pasos if paso.error is not None), 0)


def _worst(pasos: list[Paso]) -> str:
    found = {paso.resultado.value for paso in pasos}
    return "falla" if "falla" in found else "aviso" if "aviso" in found else "bien"


def _step(paso: Paso) -> dict[str, object]:
    told: dict[str, object] = {
        "codigo": paso.codigo,
        "titulo": paso.titulo,
        "resultado": paso.resultado.value,
        "segundos": round(paso.segundos, 3),
        "detalle": paso.detalle,
    }
    if paso.error is not None:
        sentence = mensajes.sentence(paso.error.code, paso.error.fields)
        told["error"] = {
            "codigo": paso.error.code,
            "que": sentence.que,
            "porque": sentence.porque,
            "haga": sentence.haga,
            "quien": paso.quien.value if paso.quien else None,
        }
    return told
