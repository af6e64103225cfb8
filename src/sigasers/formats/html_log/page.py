"""Makes the page: one file, no script, nothing loaded from elsewhere, everything escaped.

What it shows comes from the manifest, which holds no cell of any table; it adds who ran the export and the digest
of the RAR.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template

from sigasers.formats.manifest import Consistencia, Estado, Manifest, TableManifest
from sigasers.formats.visible_text import visible
from sigasers.model import Ambito, Digest, Instant, TipoTransmision

_TEMPLATE = "registro.html.j2"
_KINDS = {TipoTransmision.PERIODICA: "Periódica", TipoTransmision.DIARIA: "Diaria"}
_ROLES = {Ambito.SISTEMA: "año del sistema", Ambito.PROGRAMACION: "año de programación"}
_GROUPS = {
    "maestro": "Maestros",
    "maestro_anual": "Maestros del año",
    "programacion": "Programación",
    "ejecucion": "Ejecución",
    "almacen": "Almacén",
    "patrimonio": "Patrimonio",
    "tesoreria": "Tesorería",
}
_CONSISTENCY = {
    Consistencia.INSTANTANEA: "Instantánea: todas las tablas se leyeron de un mismo momento de la base.",
    Consistencia.POR_TABLA: "Por tabla: cada tabla se leyó de un mismo momento.",
    Consistencia.LECTURA_CONFIRMADA: "Lectura confirmada: el motor no ofrece una instantánea.",
}
_STATES = {Estado.EXPORTADA: "", Estado.AUSENTE: "No está en la base", Estado.FALLIDA: "No se exportó"}


@dataclass(frozen=True, kw_only=True)
class HtmlLog:
    """What the page says: the manifest, the RAR's name, size in bytes and digest, who ran it and where.

    ``inicio`` and ``fin`` are of the whole package; times are shown in ``zona``, the unit's.
    """

    manifest: Manifest
    archivo: str
    tamano_bytes: int
    sha256: Digest
    quien: str
    equipo: str
    inicio: Instant
    fin: Instant
    zona: ZoneInfo


def render_html(log: HtmlLog) -> bytes:
    """Give the page, UTF-8; equal logs give equal bytes."""
    tables = log.manifest.tablas
    return (
        _template()
        .render(
            log=log,
            manifest=log.manifest,
            tipo=_KINDS[log.manifest.tipo],
            ambito=_ROLES[log.manifest.ambito],
            consistencia=_CONSISTENCY[log.manifest.consistencia],
            grupos=[
                (_GROUPS.get(name, name), list(rows))
                for name, rows in groupby(tables, lambda table: table.grupo)
            ],
            exportadas=sum(table.estado is Estado.EXPORTADA for table in tables),
            con_filas=sum(bool(table.filas) for table in tables),
            no_exportadas=[table for table in tables if table.estado is not Estado.EXPORTADA],
            observadas=[table for table in tables if table.observaciones],
            hora=lambda at: _local(at, log.zona).strftime("%H:%M:%S"),
            fecha=lambda at: _local(at, log.zona).strftime("%d/%m/%Y %H:%M:%S"),
            estado=lambda table: _STATES[table.estado],
        )
        .encode("utf-8")
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=lambda value: visible(value) if isinstance(value, str) else value,
    )
    environment.filters |= {
        "numero": _number,
        "tamano": _size,
        "duracion": _duration,
        "tabla_bytes": _table_bytes,
    }
    source = files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source)


def _local(at: Instant, zone: ZoneInfo) -> datetime:
    return at.at.astimezone(zone)


def _number(value: int) -> str:
    """Give digits in groups of three, as Peru writes them."""
    return f"{value:,}"


def _size(value: int) -> str:
    """Give bytes in the unit that people read."""
    if value < 1024:
        return f"{value} B"
    if value < 1024 * 1024:
        return f"{value / 1024:,.0f} KB"
    return f"{value / 1024 / 1024:,.1f} MB"


def _duration(start: Instant, end: Instant) -> str:
    """Give seconds to the hundredth, minutes where there are any."""
    seconds = max((end.at - start.at).total_seconds(), 0.0)
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)} min {rest:04.1f} s" if minutes else f"{rest:.2f} s"


def _table_bytes(table: TableManifest) -> str:
    return _size(table.archivo.tamano_bytes) if table.archivo else "–"
