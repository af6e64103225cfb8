"""What an export shows: on a terminal a bar under the tables as they end, elsewhere one plain line a table."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sigasers.formats.manifest import Estado

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from sigasers.formats.manifest import TableManifest
    from sigasers.model import Ejercicio, Instant
    from sigasers.siga.export.year import Package

_WIDTH = 58
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
        self._console.print(Text(line, style=style if table.filas or style else "dim"), soft_wrap=True)

    def note(self, text: str) -> None:
        """Show something to know."""
        self._console.print(Text(f"Aviso: {text}", style="yellow"), soft_wrap=True)

    def _hour(self, at: Instant) -> str:
        return at.at.astimezone(self._zone).strftime("%H:%M:%S")


def show_summary(console: Console, packages: Sequence[Package]) -> None:
    """Show what was made: files, sizes, SHA-256, rows, time, observations."""
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


def _remarks(package: Package) -> str:
    """Count what there is to know, in words."""
    tables = package.manifest.tablas
    parts = [note.texto for note in package.manifest.observaciones]
    missing = sum(table.archivo is None for table in tables)
    observed = sum(bool(table.observaciones) for table in tables if table.archivo)
    parts += [f"{missing} tablas no exportadas"] if missing else []
    parts += [f"{observed} tablas con observaciones (vea el registro HTML)"] if observed else []
    return "; ".join(parts) or "ninguna"


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
