"""``siga exportar``: the guide's Transmisión de Datos, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.base_option import con_base, con_unidad
from sigasers.cli.core import con_instalacion, consola, is_terminal
from sigasers.cli.siga_secretos import passwords_of

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.configuration import Configuration

EXIT_LACKING = 1


@click.command("exportar")
@click.option(
    "--tipo",
    type=click.Choice(["periodica", "diaria"]),
    required=True,
    help="«periodica»: año del sistema y año de programación; «diaria»: solo el año del sistema.",
)
@click.option("--anio", type=click.IntRange(1990, 2199), metavar="AÑO", help="Exporta solo este año.")
@con_base
@con_unidad
@click.option(
    "--destino",
    type=click.Path(path_type=Path),
    metavar="CARPETA",
    help="Ruta de Transmisión (si falta: «ruta_transmision» de siga.toml, o SourceOut del SERS).",
)
@click.option(
    "--si", is_flag=True, help="No pregunta: genera el paquete aunque la validación tenga hallazgos graves."
)
@con_instalacion
@con_permiso("exportar")
def exportar(
    instalacion: Installation,
    tipo: str,
    anio: int | None,
    base: Path | None,
    ue: str | None,
    destino: Path | None,
    *,
    si: bool,
) -> int:
    """Exporta la información del SIGA a la Ruta de Transmisión: un RAR con clave y un registro HTML por año.

    Antes de generar cada paquete aplica las reglas de «siga validar» y muestra lo que encuentran.

    Termina con 1 si se generó pero le falta alguna tabla que la base tiene y no se pudo leer.
    """
    from sigasers.cli.export_progress import TerminalProgress, failed, show_summary
    from sigasers.cli.findings_view import TerminalReviewer
    from sigasers.model import Ejercicio, TipoTransmision
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.export.run import Order, Run
    from sigasers.siga.sources.server import Server

    configuration = override(load_configuration(instalacion), base, ue, destino)
    secrets = passwords_of(instalacion)
    if isinstance(configuration.base, Server):
        secrets.password_for(
            configuration.base
        )  # asked for now, if it must be: not under the progress display
    order = Order(tipo=TipoTransmision(tipo.upper()), anio=Ejercicio(anio) if anio else None)
    with TerminalProgress(consola, configuration.zona_horaria) as progress:
        run = Run(
            siga_folder=instalacion.siga,
            configuration=configuration,
            progress=progress,
            secrets=secrets,
            reviewer=TerminalReviewer(consola, progress, interactive=is_interactive(), yes=si),
        )
        packages = run.export(order)
    for package in packages:
        actual().record(
            "exportacion.hecha",
            tipo=tipo,
            anio=package.manifest.anio.value,
            archivo=package.rar.name,
            sha256=str(package.sha256),
        )
    show_summary(consola, packages)
    return EXIT_LACKING if failed(packages) else 0


def is_interactive() -> bool:
    """Tell whether somebody is there to answer: both ends are a terminal."""
    return is_terminal() and consola.is_terminal


def override(
    configuration: Configuration, base: Path | None, ue: str | None, destino: Path | None
) -> Configuration:
    """Give the settings with what the command line says in their place."""
    from sigasers.model import Nemonico

    return replace(
        configuration,
        base=base.absolute() if base else configuration.base,
        unidad=Nemonico.parse(ue) if ue else configuration.unidad,
        ruta_transmision=destino.absolute() if destino else configuration.ruta_transmision,
    )
