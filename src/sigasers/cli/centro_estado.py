"""``centro estado`` and ``centro envios``: what the centre holds, and who sent what."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation


@click.command("estado")
@con_instalacion
def estado(instalacion: Installation) -> None:
    """Muestra si el centro funciona y cuánto tiene."""
    from sigasers.centro import administration
    from sigasers.keys.trust import show_huella

    found = administration.state(instalacion.centro)
    consola.print("Centro en funcionamiento." if found.running else "Centro detenido.")
    consola.print(f"  id: {found.centre_id}")
    consola.print(f"  huella de la raíz: {show_huella(found.huella)}", soft_wrap=True)
    consola.print(f"  unidades: {found.units}")
    consola.print(f"  acuses en la bitácora: {found.log_size}")
    consola.print(f"  sobres a los que les faltan archivos: {found.open_offers}")
    consola.print(f"  sobres por verificar: {found.waiting_verification}")
    consola.print(f"  hallazgos en las cadenas: {found.findings}")


@click.group("envios", no_args_is_help=True)
def envios() -> None:
    """Muestra lo que enviaron las unidades."""


@envios.command("listar")
@click.option("--unidad", metavar="NEMÓNICO", help="Solo los de esta unidad.")
@click.option("--json", "como_json", is_flag=True, help="Como JSON, para otros programas.")
@con_instalacion
def listar(instalacion: Installation, unidad: str | None, *, como_json: bool) -> None:
    """Muestra los sobres, del más nuevo al más antiguo, con su acuse y su constancia."""
    from sigasers.centro import administration
    from sigasers.model import Nemonico

    chosen = str(Nemonico.parse(unidad)) if unidad else None
    rows = administration.sent(instalacion.centro, chosen)
    if como_json:
        click.echo(
            json.dumps([asdict(row) | {"ofrecido": str(row.ofrecido)} for row in rows], ensure_ascii=False)
        )
        return
    for row in rows:
        verdict = f"constancia {row.constancia}: {row.resultado}" if row.constancia else "por verificar"
        receipt = f"acuse {row.acuse} · {verdict}" if row.acuse else "incompleto"
        consola.print(f"{row.ofrecido}  unidad {row.unidad}  sobre {row.n}  {receipt}", soft_wrap=True)
        if row.hallazgos:
            consola.print(f"    hallazgos: {', '.join(row.hallazgos)}", soft_wrap=True)
        for name, size, _ in row.archivos:
            consola.print(f"    {name}  ({size:,} bytes)", markup=False, soft_wrap=True)
    if not rows:
        consola.print("No hay sobres.")
