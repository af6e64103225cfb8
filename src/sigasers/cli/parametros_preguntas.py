"""The questions of ``siga parametros fijar``: one parameter after the other, with what holds now offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.core import consola

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sigasers.host.installation import Installation
    from sigasers.siga.base_answer import BaseAnswer
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.settings_file import SettingsFile

_NONE = "-"


def asked(
    instalacion: Installation, ask: Callable[[Configuration], BaseAnswer] | None
) -> dict[str, str | None]:
    """Give the answers by the names of ``siga.toml``; one that changes nothing is not there, a dash takes away.

    Both routes are there until the file has them.
    """
    from sigasers.siga.configuration import FILE_NAME, configuration_of
    from sigasers.siga.settings_file import read_settings

    file = read_settings(instalacion.siga / FILE_NAME)
    now = configuration_of(file, instalacion)
    answers = {
        "ruta_transmision": _asked_route(
            file, "Ruta de Transmisión", "ruta_transmision", now.ruta_transmision
        ),
        "ruta_instalacion_sers": _asked_route(
            file, "Ruta de Instalación SERS", "ruta_instalacion_sers", now.ruta_instalacion_sers
        ),
        "unidad": _asked_unit(now, ask),
    }
    for name, question in (
        ("anio_sistema", "Año del sistema (vacío: el de la base)"),
        ("anio_programacion", "Año de programación (vacío: el siguiente)"),
        (
            "cierre_anio_anterior",
            "Hasta qué día se envía también el año anterior, como 02-28 (vacío: 03-31, o el del cronograma)",
        ),
    ):
        answers[name] = _optional(question, getattr(now, name))
    answers["zona_horaria"] = _asked("Zona horaria", str(now.zona_horaria))
    return answers


def _asked_route(file: SettingsFile, question: str, name: str, known: Path) -> str | None:
    """Ask for a route. The usual one that is accepted is written too: the scheduled task wants both routes saved."""
    answer = _asked(question, str(known))
    return str(known) if answer is None and name not in file.values else answer


def _asked(question: str, known: str) -> str | None:
    """Ask for what always has a value; nothing where it stays."""
    answer = str(click.prompt(question, default=known)).strip()
    return None if answer == known else answer


def _optional(question: str, known: object) -> str | None:
    """Ask for what may be left out; nothing where it stays."""
    shown = str(known) if known is not None else ""
    text = f"{question} ({_NONE}: quitarlo)" if shown else question
    answer = str(click.prompt(text, default=shown, show_default=bool(shown))).strip()
    return None if answer == shown else answer


def _asked_unit(now: Configuration, ask: Callable[[Configuration], BaseAnswer] | None) -> str | None:
    """Show the units of the database, where it answers and has several, and ask for one."""
    from sigasers.siga.probing.steps import printable

    answer = ask(now) if ask and now.base is not None else None
    if answer is not None and len(answer.presentes) > 1:
        consola.print("La base de datos tiene estas unidades; cada una lleva su propia instalación:")
        for unit in answer.presentes:
            consola.print(printable(f"  {unit.nemonico}  {unit.nombre}"), markup=False, soft_wrap=True)
    return _optional("Unidad ejecutora (vacío: la única de la base)", now.unidad)
