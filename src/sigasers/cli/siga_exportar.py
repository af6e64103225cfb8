"""``siga exportar``: the guide's Transmisión de Datos, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.base_option import con_base, con_unidad
from sigasers.cli.core import con_instalacion, consola, ends_on_term, is_terminal
from sigasers.cli.export_settings import export_settings, order_of

if TYPE_CHECKING:
    from sigasers.host.installation import Installation

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
    from sigasers.cli.export_progress import TerminalProgress, failed, package_facts, show_summary
    from sigasers.cli.findings_view import TerminalReviewer
    from sigasers.siga.export.run import Run

    access = actual()
    settings = export_settings(instalacion, base=base, ue=ue, destino=destino)
    with ends_on_term(), TerminalProgress(consola, settings.configuration.zona_horaria) as progress:
        run = Run(
            siga_folder=instalacion.siga,
            configuration=settings.configuration,
            progress=progress,
            secrets=settings.secrets,
            reviewer=TerminalReviewer(consola, progress, interactive=is_interactive(), yes=si),
            quien=str(access.quien) if access.quien else None,
            on_package=lambda package: access.record("exportacion.hecha", **package_facts(package)),
        )
        packages = run.export(order_of(tipo, anio))
    show_summary(consola, packages)
    return EXIT_LACKING if failed(packages) else 0


def is_interactive() -> bool:
    """Tell whether somebody is there to answer: both ends are a terminal."""
    return is_terminal() and consola.is_terminal
