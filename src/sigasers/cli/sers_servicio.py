"""``sers servicio``: the agent as a service."""

from __future__ import annotations

import signal
from datetime import datetime
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from types import FrameType

    from sigasers.host.installation import Installation
    from sigasers.sers.clock import SystemClock
    from sigasers.sers.engine import PassReport


@click.group("servicio", no_args_is_help=True)
def servicio() -> None:
    """El agente como servicio: vigila SourceOut y envía sin que nadie lo pida."""


@servicio.command("ejecutar")
@con_instalacion
def ejecutar(instalacion: Installation) -> None:
    """Vigila SourceOut y envía lo que aparezca, hasta Ctrl-C o la señal de término."""
    from sigasers.sers.agent import open_agent
    from sigasers.sers.clock import SystemClock
    from sigasers.sers.service import serve

    clock = SystemClock()

    def started() -> None:
        _listen(clock)
        where = agent.settings.source_out
        consola.print(f"Servicio SERS en marcha. Vigila: {where}", markup=False, soft_wrap=True)
        consola.print("Para detenerlo: Ctrl-C.")

    with open_agent(instalacion.sers, clock=clock) as agent:
        serve(agent, on_start=started, on_pass=_tell)
    consola.print("Servicio SERS detenido.")


def _listen(clock: SystemClock) -> None:
    """Stop on Ctrl-C, SIGTERM and, on Windows, Ctrl-Break: at once where it waits, else out of what it does."""
    from sigasers.sers.clock import Stopping

    def stop(_number: int, _frame: FrameType | None) -> None:
        if not clock.stopping:  # a second signal finds the first at work
            clock.stop()
            raise Stopping

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def _tell(report: PassReport) -> None:
    """Say on the terminal what went wrong; what went well stands in the log."""
    from sigasers import mensajes

    for error in report.errors:
        sentence = mensajes.sentence(error.code, error.fields)
        now = datetime.now().astimezone()
        consola.print(f"{now:%H:%M:%S} {error.code}: {sentence.que}", markup=False, soft_wrap=True)
