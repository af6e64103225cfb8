"""The history as people and programs read it: runs with their packages and receipts, and turnos that were lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sigasers import mensajes
from sigasers.model import Identifier, Instant, TipoTransmision
from sigasers.siga.history import FILE_NAME, Corrida, Estado, History, PackageRow
from sigasers.siga.receipts import ReceiptFinder, Receipts

_STATES = {
    Estado.EN_CURSO: "en curso",
    Estado.COLOCANDO: "en curso",
    Estado.TERMINADO: "terminado",
    Estado.FALLIDO: "falló",
    Estado.INTERRUMPIDO: "interrumpido",
}


@dataclass(frozen=True, kw_only=True)
class PackageView:
    """One package: its RAR's name, and its receipts."""

    anio: int
    ambito: str
    archivo: str
    filas: int | None
    estado: str
    receipts: Receipts | None

    def recibos(self, zone: ZoneInfo) -> str:
        """Say how far it has come on its way to the centre; times are those of ``zone``."""
        if self.receipts is None:
            return "No llegó a la Ruta de Transmisión."
        found = self.receipts
        if found.acuse is None:
            doubt = " Hay un acuse que no se pudo comprobar." if found.dudoso else ""
            return f"Sin acuse todavía: {found.lugar.value}.{doubt}"
        verdict = (
            f"constancia {found.constancia.numero}: {found.constancia.resultado.value}"
            if found.constancia
            else "hay una constancia que no se pudo comprobar"
            if found.dudoso
            else "sin constancia todavía"
        )
        at = found.acuse.completado.at.astimezone(zone)
        return f"Acuse {found.acuse.numero} del {at:%d/%m/%Y %H:%M}; {verdict}."

    def to_json(self) -> dict[str, object]:
        """Give it for other programs."""
        found = self.receipts
        return {
            "anio": self.anio,
            "ambito": self.ambito,
            "archivo": self.archivo,
            "filas": self.filas,
            "estado": self.estado,
            "lugar": found.lugar.name.lower() if found else None,
            "acuse": found.acuse.numero if found and found.acuse else None,
            "constancia": found.constancia.resultado.value if found and found.constancia else None,
        }


@dataclass(frozen=True, kw_only=True)
class RunView:
    """One run; ``motivo`` is the sentence of the error that ended it."""

    corrida: Corrida
    paquetes: tuple[PackageView, ...]

    @property
    def at(self) -> Instant:
        """When it began."""
        return self.corrida.inicio

    @property
    def motivo(self) -> str:
        """Say why it failed, as far as its code tells: the values of the day are in the technical log."""
        return _general(self.corrida.codigo) if self.corrida.codigo else ""

    def to_json(self) -> dict[str, object]:
        """Give it for other programs."""
        row = self.corrida
        return {
            "hecho": "corrida",
            "corrida": str(row.corrida),
            "inicio": str(row.inicio),
            "fin": str(row.fin) if row.fin else None,
            "tipo": row.tipo.value,
            "modo": row.modo,
            "turno": row.turno,
            "unidad": row.unidad.value if row.unidad else None,
            "quien": row.quien,
            "equipo": row.equipo,
            "resultado": row.resultado.value if row.resultado else None,
            "codigo": row.codigo,
            "paquetes": [package.to_json() for package in self.paquetes],
        }


@dataclass(frozen=True, kw_only=True)
class LostTurno:
    """A turno that was given up."""

    turno: str
    tipo: TipoTransmision
    abre: Instant

    @property
    def at(self) -> Instant:
        """When it opened."""
        return self.abre

    def to_json(self) -> dict[str, object]:
        """Give it for other programs."""
        return {
            "hecho": "turno_perdido",
            "turno": self.turno,
            "tipo": self.tipo.value,
            "abre": str(self.abre),
        }


Event = RunView | LostTurno


def events(siga_folder: Path, sers_folder: Path, *, limit: int) -> list[Event]:
    """Give the newest ``limit`` runs and the turnos lost since the oldest of them, newest first.

    No history is made where there is none. Raises ``DiskError`` and ``HistoryTooNewError``.
    """
    if not (siga_folder / FILE_NAME).exists():
        return []
    with History.open(siga_folder) as history:
        runs = history.runs(limit=limit)
        packages: dict[Identifier, list[PackageRow]] = {}
        for row in history.packages():
            packages.setdefault(row.corrida, []).append(row)
        turnos = history.turnos.newest(limit=limit)
    finder = ReceiptFinder(sers_folder, siga_folder)
    found: list[Event] = [
        RunView(corrida=run, paquetes=tuple(_packages(packages.get(run.corrida, []), finder))) for run in runs
    ]
    found += [
        LostTurno(turno=str(row.turno.id), tipo=row.turno.tipo, abre=row.turno.abre)
        for row in turnos
        if row.perdido is not None
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _packages(rows: list[PackageRow], finder: ReceiptFinder) -> Iterator[PackageView]:
    for row in reversed(rows):
        yield PackageView(
            anio=row.anio.value,
            ambito=row.ambito.value,
            archivo=f"{row.raiz}.rar",
            filas=row.filas,
            estado=_STATES[row.estado],
            receipts=finder.of(row.raiz, row.destino, row.sha256) if row.estado is Estado.TERMINADO else None,
        )


def _general(code: str) -> str:
    return mensajes.sentence(code, {}).que.replace("«¿?»", "…").replace("¿?", "…")
