"""``sers estado``: how this profile stands, without network and without disturbing the service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.sers.rows import Entry
    from sigasers.sers.status import Status

_NOT_REGISTERED = 1


@click.command("estado")
@click.option("--json", "as_json", is_flag=True, help="Lo mismo, para programas.")
@con_instalacion
def estado(instalacion: Installation, *, as_json: bool) -> int:
    """Muestra el registro, el certificado, lo pendiente, el último acuse y el siguiente paso."""
    from sigasers.sers.clock import SystemClock
    from sigasers.sers.status import status

    found = status(instalacion.sers, now=SystemClock().now())
    if as_json:
        click.echo(json.dumps(_members(found), ensure_ascii=False, indent=1))
    else:
        _tell(found)
    return 0 if found.registered else _NOT_REGISTERED


def _members(found: Status) -> dict[str, object]:
    return {
        "v": 1,
        "registrado": found.registered,
        "carpeta": str(found.folder),
        "problema": None if found.problem is None else found.problem.code,
        "unidad": found.unidad,
        "sistema": found.sistema,
        "registro": found.registro,
        "centro": found.centre,
        "certificado_vence": None if found.expires is None else str(found.expires),
        "servicio_activo": found.service_running,
        "sobres": {state.value: count for state, count in (found.counts or {}).items()},
        "en_curso": [_entry(entry) for entry in found.open_entries],
        "ultimo_acuse": _entry(found.last_acknowledged),
        "ultima_constancia": _entry(found.last_judged),
        "en_source_out": list(found.waiting),
        "html_sin_rar": list(found.lone),
        "apartados": found.aside,
        "siguiente_paso": found.next_step,
    }


def _entry(entry: Entry | None) -> dict[str, object] | None:
    if entry is None:
        return None
    return {
        "estado": entry.state.value,
        "n": entry.n,
        "sobre": None if entry.sobre is None else str(entry.sobre),
        "archivos": [file.name for file in entry.files],
        "acuse": entry.acuse_number,
        "acusado": None if entry.acknowledged_at is None else str(entry.acknowledged_at),
        "constancia": entry.constancia_number,
        "resultado": entry.verdict,
    }


def _tell(found: Status) -> None:
    from sigasers import mensajes

    if found.registered:
        consola.print(
            f"Unidad {found.unidad}, sistema {found.sistema}, centro {found.centre}", soft_wrap=True
        )
        if found.expires is not None:
            consola.print(f"Certificado vigente hasta: {found.expires.at:%d/%m/%Y}")
    consola.print(f"Servicio: {'en marcha' if found.service_running else 'detenido'}")
    if found.problem is not None:
        sentence = mensajes.sentence(found.problem.code, found.problem.fields)
        consola.print(f"[bold red]{found.problem.code}[/]: ", end="")
        consola.print(f"{sentence.que} {sentence.porque}", markup=False, soft_wrap=True)
    for state, count in (found.counts or {}).items():
        consola.print(f"  {state.value}: {count}")
    for title, entry in (
        ("Último acuse", found.last_acknowledged),
        ("Última constancia", found.last_judged),
    ):
        if entry is not None:
            number = entry.acuse_number if title.endswith("acuse") else entry.constancia_number
            consola.print(f"{title}: {number} — {entry.stem}", markup=False, soft_wrap=True)
    for name in found.waiting:
        consola.print(f"En SourceOut: {name}", markup=False, soft_wrap=True)
    for name in found.lone:
        consola.print(f"HTML sin su RAR (no se envía solo): {name}", markup=False, soft_wrap=True)
    if found.aside:
        consola.print(f"Apartados con su motivo: {found.aside} (carpeta Apartados)")
    consola.print("Siguiente paso: ", style="bold", end="")
    consola.print(found.next_step, markup=False, soft_wrap=True)
