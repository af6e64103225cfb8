"""What an export shows: on a terminal a bar under the tables as they end, elsewhere one plain line a table."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Self

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sigasers.formats.manifest import Estado
from sigasers.siga.probing.steps import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from sigasers.formats.manifest import TableManifest
    from sigasers.model import Ejercicio, Instant
    from sigasers.siga.export.year import Package

_WIDTH = 58
_FAILED_SHOWN = 20
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_HEAD = f"{'Descripción':<{_WIDTH}} {'Inicio':>8} {'Fin':>8} {'Duración':>9} {'Filas':>10}"


class TerminalProgress:
    """``siga.export.progress.Progress`` on a rich console; times in ``zone``.

    Where tables are not to be ``listed``, only those are shown that could not be read.
    """

    def __init__(self, console: Console, zone: ZoneInfo, *, listed: bool = True) -> None:
        self._console, self._zone, self._listed = console, zone, listed
        self._bar = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("tablas"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, visible=False)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away while something else is shown or asked."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def year_started(self, anio: Ejercicio, raiz: str, tables: int) -> None:
        """Show the head of the year's list."""
        if self._listed:
            self._console.print(f"\n[bold]Año {anio}[/]  {escape(raiz)}", soft_wrap=True)
            self._console.print(Text(_HEAD, style="bold dim"), soft_wrap=True)
        self._bar.reset(self._task, total=tables, description=f"Año {anio}", visible=True)

    def table_done(self, table: TableManifest) -> None:
        """Show one line."""
        self._bar.advance(self._task)
        if not self._listed and table.estado is not Estado.FALLIDA:
            return
        seconds = (table.fin.at - table.inicio.at).total_seconds()
        rows = f"{table.filas:,}" if table.archivo else table.estado.value
        line = (
            f"{_cut(table.descripcion):<{_WIDTH}} {self._hour(table.inicio):>8} {self._hour(table.fin):>8} "
            f"{seconds:>7.2f} s {rows:>10}"
        )
        style = "" if table.archivo and not table.observaciones else "yellow"
        style = "bold red" if table.estado is Estado.FALLIDA else style
        self._console.print(Text(line, style=style if table.filas or style else "dim"), soft_wrap=True)

    def note(self, text: str) -> None:
        """Show something to know."""
        self._console.print(Text(f"Aviso: {text}", style="yellow"), soft_wrap=True)

    def _hour(self, at: Instant) -> str:
        return at.at.astimezone(self._zone).strftime("%H:%M:%S")


class PlainProgress:
    """``siga.export.progress.Progress`` for a run that nobody watches: a line a year, and what could not be read."""

    def __init__(self, console: Console, zone: ZoneInfo) -> None:
        self._console, self._zone = console, zone

    def year_started(self, anio: Ejercicio, raiz: str, tables: int) -> None:
        """Write the year's line."""
        self._line(f"Año {anio}: {tables} tablas, {raiz}")

    def table_done(self, table: TableManifest) -> None:
        """Write a line for a table that could not be read."""
        if table.estado is Estado.FALLIDA:
            self._line(f"No se exportó la tabla {printable(table.nombre)}")

    def note(self, text: str) -> None:
        """Write a line."""
        self._line(f"Aviso: {text}")

    def _line(self, text: str) -> None:
        now = datetime.now(self._zone)
        self._console.print(f"{now:%H:%M:%S} {text}", markup=False, soft_wrap=True)


def show_summary(console: Console, packages: Sequence[Package]) -> None:
    """Show what was made: files, sizes, SHA-256, rows, time, observations; last, what is lacking."""
    table = Table(title="Exportación terminada", title_justify="left", show_edge=False)
    for head in ("Año", "Filas", "Tablas", "RAR", "Tiempo", "Observaciones"):
        table.add_column(head, justify="left" if head == "Observaciones" else "right")
    for package in packages:
        tables = package.manifest.tablas
        seconds = (package.fin.at - package.inicio.at).total_seconds()
        table.add_row(
            str(package.manifest.anio),
            f"{package.manifest.filas:,}",
            f"{sum(one.archivo is not None for one in tables)} de {len(tables)}",
            f"{package.tamano_bytes / 1024:,.0f} KB",
            f"{seconds:.1f} s",
            _remarks(package),
        )
    console.print()
    console.print(table)
    for package in packages:
        console.print()
        console.print(Text(str(package.rar)), soft_wrap=True)
        console.print(Text(str(package.html)), soft_wrap=True)
        console.print(f"SHA-256 {package.sha256}", soft_wrap=True)
    for package in packages:
        _show_failed(console, package)


def package_facts(package: Package) -> dict[str, str | int | None]:
    """Give what the audit file keeps of a package."""
    manifest = package.manifest
    return {
        "tipo": manifest.tipo.value,
        "anio": manifest.anio.value,
        "turno": manifest.turno,
        "corrida": str(manifest.corrida),
        "archivo": package.rar.name,
        "sha256": str(package.sha256),
    }


def failed(packages: Sequence[Package]) -> bool:
    """Tell whether any package lacks a table that the database has."""
    return any(table.estado is Estado.FALLIDA for package in packages for table in package.manifest.tablas)


def _show_failed(console: Console, package: Package) -> None:
    """Name the tables that could not be read, each with its reason; beyond a screenful they are counted."""
    tables = [table for table in package.manifest.tablas if table.estado is Estado.FALLIDA]
    if not tables:
        return
    words = "Una tabla no se exportó" if len(tables) == 1 else f"{len(tables):,} tablas no se exportaron"
    console.print()
    console.print(Text(f"Año {package.manifest.anio}: {words}", style="bold red"), soft_wrap=True)
    for table in tables[:_FAILED_SHOWN]:
        notes = [note.texto for note in table.observaciones if note.codigo == "tabla_fallida"]
        reason = " ".join(_SENTENCE_END.split(printable(notes[0]), maxsplit=2)[:2]) if notes else ""
        line = Text(f"  {printable(table.nombre)}", style="red")
        console.print(
            line.append(f" ({printable(table.descripcion)}): {reason}", style="not bold"), soft_wrap=True
        )
    if len(tables) > _FAILED_SHOWN:
        rest = len(tables) - _FAILED_SHOWN
        console.print(
            Text(f"  … y {rest:,} más; el registro HTML las nombra todas", style="red"), soft_wrap=True
        )


def _remarks(package: Package) -> str:
    """Count what there is to know, in words."""
    tables = package.manifest.tablas
    parts = [note.texto.rstrip(".") for note in package.manifest.observaciones]
    lost = sum(table.estado is Estado.FALLIDA for table in tables)
    absent = sum(table.estado is Estado.AUSENTE for table in tables)
    observed = sum(bool(table.observaciones) for table in tables if table.archivo)
    parts += [_count(lost, "tabla no exportada", "tablas no exportadas")] if lost else []
    parts += [_count(absent, "tabla que la base no tiene", "tablas que la base no tiene")] if absent else []
    if observed:
        words = _count(observed, "tabla con observaciones", "tablas con observaciones")
        parts.append(f"{words} (vea el registro HTML)")
    return "; ".join(parts) or "ninguna"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
