"""What the rules found, for the operator: a table by weight and code, a line of figures, and the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from sigasers.cli import technical_log
from sigasers.cli.core import confirm
from sigasers.siga.probing.steps import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from sigasers.cli.export_progress import TerminalProgress
    from sigasers.protocol.rules import RuleFinding, RulesReport
    from sigasers.siga.export.validation import Subject, Validation

_SHOWN = 40
_ROLES = {"sistema": "año del sistema", "programacion": "año de programación"}
_QUESTION = "¿Generar el paquete de todos modos?"


class TerminalReviewer:
    """``siga.export.validation.Reviewer`` on a terminal; without one (``interactive`` false) it never asks."""

    def __init__(
        self, console: Console, progress: TerminalProgress, *, interactive: bool, yes: bool = False
    ) -> None:
        self._console, self._progress = console, progress
        self._asks = interactive and not yes

    def review(self, validation: Validation, *, may_refuse: bool) -> bool:
        """Show ``validation``, and ask whether to go on where that is for a person to say; *no* is the default."""
        with self._progress.paused():
            show_validation(self._console, validation)
            if not may_refuse:
                return True
            if self._asks:
                return confirm(_QUESTION, default=False)
            self._console.print("Se continúa; los hallazgos quedan en el manifiesto y en el registro HTML.")
            return True


def show_validation(console: Console, validation: Validation) -> None:
    """Show what the rules found in one year."""
    console.print()
    console.print(_title(validation.subject), soft_wrap=True)
    for defect in validation.defects:
        technical_log.write("siga", defect)
    report = validation.report
    if report is None:
        console.print("[bold red]Las reglas no se pudieron aplicar[/] por un defecto del programa.")
        return
    if report.findings:
        console.print(_table(report))
    if len(report.findings) > _SHOWN:
        console.print(f"  … y {len(report.findings) - _SHOWN} hallazgos más", style="dim")
    console.print(_verdict(report))
    console.print(_figures(report), style="dim")


def _title(subject: Subject) -> Text:
    unit = f"{subject.unidad.nemonico} {subject.unidad.nombre}"
    title = Text(f"Validación · año {subject.anio} ({_ROLES[subject.ambito.value]})", style="bold")
    return title.append(f"  {printable(unit)}", style="dim not bold")


def _table(report: RulesReport) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Nivel", no_wrap=True)
    table.add_column("Regla", no_wrap=True)
    table.add_column("Hallazgo", ratio=1, overflow="fold")
    table.add_column("Filas", justify="right", no_wrap=True)
    for finding in _by_weight(report)[:_SHOWN]:
        level = Text("Rechazo", "bold red") if _is_grave(finding) else Text("Observación", "yellow")
        table.add_row(
            level, Text(finding.codigo), _words(finding), f"{finding.cantidad:,}" if finding.cantidad else "–"
        )
    return table


def _words(finding: RuleFinding) -> Text:
    """Give the sentence, and below it where to look: table, column, first row in the package's order."""
    where = printable(finding.tabla)
    if finding.columna:
        where += f" · {printable(finding.columna)}"
    if finding.fila:
        where += f" · fila {finding.fila:,}"
    return Text(finding.texto).append(f"\n{where}", style="dim")


def _by_weight(report: RulesReport) -> list[RuleFinding]:
    return sorted(report.findings, key=lambda each: (not _is_grave(each), each.codigo, each.tabla))


def _is_grave(finding: RuleFinding) -> bool:
    return finding.nivel.value == "rechazo"


def _verdict(report: RulesReport) -> Text:
    grave = len(report.rechazos)
    light = len(report.findings) - grave
    if grave:
        words = f"{_count(grave, 'hallazgo grave', 'hallazgos graves')}"
        verdict = Text(f"Para corregir antes de enviar: {words}", style="bold red")
        return verdict.append(f" y {_count(light, 'observación', 'observaciones')}." if light else ".")
    verdict = Text("Sin hallazgos graves", style="bold green")
    return verdict.append(f"; {_count(light, 'observación', 'observaciones')}." if light else ".")


def _figures(report: RulesReport) -> str:
    parts = [f"Reglas {report.version}: {_count(report.aplicadas, 'aplicada', 'aplicadas')}"]
    if report.omitidas:
        parts.append(f"{len(report.omitidas)} sin los datos que necesitan ({_listed(report.omitidas)})")
    if report.defectos:
        parts.append(
            f"{len(report.defectos)} con defecto del programa ({_listed(code for code, _ in report.defectos)})"
        )
    return ", ".join(parts) + "."


def _listed(codes: Iterable[str]) -> str:
    """Give codes in one line; more than a few are only counted."""
    found = list(codes)
    return ", ".join(found[:6]) + (" …" if len(found) > 6 else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
