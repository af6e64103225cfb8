"""``sers enviar``: send what lies in SourceOut now, and say of each file what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.sers.rows import Entry
    from sigasers.sers.sending import Outcome


@click.command("enviar")
@con_instalacion
def enviar(instalacion: Installation) -> int:
    """Envía lo que hay en SourceOut y espera sus acuses y constancias.

    Termina en 0 solo si todo tiene acuse. Si el servicio está funcionando, se lo pide a él.
    """
    from sigasers.errors.sers import NotAcknowledgedError
    from sigasers.sers import sending
    from sigasers.sers.clock import SystemClock

    outcome = sending.send(instalacion.sers, clock=SystemClock(), say=consola.print)
    _tell(outcome)
    if outcome.errors:
        raise outcome.errors[-1]
    if outcome.pending:
        rejected = [entry for entry in outcome.pending if entry.reason_code is not None]
        if len(rejected) < len(outcome.pending):
            raise NotAcknowledgedError("no acuse yet", pendientes=len(outcome.pending) - len(rejected))
    return 1 if outcome.pending or outcome.aside else 0


def _tell(outcome: Outcome) -> None:
    if not outcome.entries and not outcome.aside:
        consola.print("No hay nada que enviar en SourceOut.")
    for entry in outcome.entries:
        _tell_entry(entry)
    for name, text in outcome.aside:
        consola.print(f"[bold red]Apartado:[/] {_escaped(name)}", soft_wrap=True)
        for line in text.splitlines():
            consola.print(f"    {line}", markup=False, soft_wrap=True)
    for name in outcome.left:
        consola.print(f"Queda en SourceOut: {name}", markup=False, soft_wrap=True)


def _tell_entry(entry: Entry) -> None:
    """Say of one sobre its state, its numbers and its files; «enviado» only with a stored acuse."""
    number = f" n.º {entry.n}" if entry.n else ""
    state = "enviado, con acuse" if entry.acuse is not None else entry.state.value
    colour = "green" if entry.acuse is not None else "yellow"
    consola.print(f"[bold {colour}]Sobre{number}: {state}[/]")
    for file in entry.files:
        consola.print(f"  {file.name}  ({file.size_bytes:,} bytes)", markup=False, soft_wrap=True)
        if file.sha256 is not None:
            consola.print(f"    SHA-256 {file.sha256}", markup=False, soft_wrap=True)
    if entry.acuse_number:
        consola.print(f"  Acuse {entry.acuse_number}")
    if entry.constancia_number:
        consola.print(f"  Constancia {entry.constancia_number}: {entry.verdict}")
    elif entry.acuse is not None:
        consola.print("  Constancia: aún no emitida")
    if entry.reason is not None:
        consola.print(f"  {entry.reason_code}: {entry.reason}", markup=False, soft_wrap=True)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
