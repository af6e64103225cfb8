"""``siga validar``: applies the rules to a finished package, or to the base as it is now. It sends nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import como_dueno
from sigasers.cli.base_option import con_base, con_unidad
from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.export_settings import export_settings, order_of
from sigasers.cli.siga_clave import con_clave, password_for

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.export.validation import Validation

EXIT_GRAVE = 1
_ONLY_BASE = "ARCHIVO ya dice de qué paquete se trata: no lleva --tipo, --anio, --base ni --ue."


@click.command("validar")
@click.argument(
    "archivo",
    metavar="[ARCHIVO]",
    required=False,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
)
@click.option(
    "--tipo",
    type=click.Choice(["periodica", "diaria"]),
    help="«periodica» (si falta): año del sistema y de programación; «diaria»: solo el del sistema.",
)
@click.option("--anio", type=click.IntRange(1990, 2199), metavar="AÑO", help="Valida solo este año.")
@con_base
@con_unidad
@con_clave
@con_instalacion
@como_dueno
def validar(
    instalacion: Installation,
    archivo: Path | None,
    tipo: str | None,
    anio: int | None,
    base: Path | None,
    ue: str | None,
    *,
    por_entrada: bool,
) -> int:
    """Aplica las reglas de validación a un RAR o, sin ARCHIVO, a la base tal como está ahora.

    No envía nada ni deja archivos. Termina con 0 si no hay hallazgos graves, con 1 si los hay.
    """
    if archivo is None:
        return _base(instalacion, tipo or "periodica", anio, base, ue)
    if any(value is not None for value in (tipo, anio, base, ue)):
        raise click.UsageError(_ONLY_BASE)
    return _package(instalacion, archivo, por_entrada=por_entrada)


def _base(instalacion: Installation, tipo: str, anio: int | None, base: Path | None, ue: str | None) -> int:
    """Read the base as an export would and show what the rules find."""
    from sigasers.cli.export_progress import TerminalProgress
    from sigasers.cli.findings_view import TerminalReviewer
    from sigasers.siga.export.run import Run

    settings = export_settings(instalacion, base=base, ue=ue)
    with TerminalProgress(consola, settings.configuration.zona_horaria, listed=False) as progress:
        run = Run(
            siga_folder=instalacion.siga,
            configuration=settings.configuration,
            progress=progress,
            secrets=settings.secrets,
            reviewer=TerminalReviewer(consola, progress, interactive=False),
        )
        return _exit_code(run.rehearse(order_of(tipo, anio)))


def _package(instalacion: Installation, archivo: Path, *, por_entrada: bool) -> int:
    """Verify a package; what is whole is held against the rules."""
    from sigasers.cli.findings_view import show_validation
    from sigasers.cli.siga_verificar import tell_verification
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.export.rehearsal import known_history
    from sigasers.siga.export.validation import SilentReviewer, Validator
    from sigasers.siga.package_validation import validate_package

    configuration = load_configuration(instalacion)
    with archivo.open("rb") as file, known_history(instalacion.siga) as history:
        password = password_for(file, instalacion, por_entrada=por_entrada)
        validator = Validator(history=history, zone=configuration.zona_horaria, reviewer=SilentReviewer())
        found = validate_package(file, password, validator)
    if found.validation is None:
        return tell_verification(found.report)
    show_validation(consola, found.validation)
    return _exit_code([found.validation])


def _exit_code(validations: list[Validation]) -> int:
    """Give 1 for a grave finding, and where the rules could not be applied: silence is no praise."""
    return EXIT_GRAVE if any(each.grave or each.report is None for each in validations) else 0
