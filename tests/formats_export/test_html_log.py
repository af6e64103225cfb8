"""The HTML log: everything escaped, nothing loaded, every table in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sigasers.formats.html_log import HtmlLog, render_html
from sigasers.formats.manifest import Observacion
from sigasers.formats.manifest_json import parse_manifest
from sigasers.model import Digest, Instant, UnidadEjecutora

START = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
HOSTILE = "<script>alert(1)</script> & \"'Ñ"


class Page(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [
            value or "" for name, value in attrs if name in {"src", "href", "action"} or name[:2] == "on"
        ]
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


@pytest.fixture
def log() -> HtmlLog:
    """The log of the smallest manifest."""
    path = Path(__file__).parents[1] / "vectors/manifest/minimo.json"
    return HtmlLog(
        manifest=parse_manifest(path.read_bytes()),
        archivo="MEF-SIGA-tr_1288_2021_202110211630_X.rar",
        tamano_bytes=1_234_567,
        sha256=Digest("ab" * 32),
        quien="operador",
        equipo="SERVIDOR",
        inicio=START,
        fin=START.plus(timedelta(seconds=95.5)),
        zona=ZoneInfo("America/Lima"),
    )


def test_has_a_row_for_each_table_with_its_figures(log: HtmlLog) -> None:
    """Description and name, rows, start and end in local time, duration, size."""
    rows = Page(render_html(log)).rows
    (meta,) = [row for row in rows if row[0].startswith("Metas presupuestales")]
    assert meta[:6] == ["Metas presupuestalesMETA", "2", "16:30:01", "16:30:01", "0.25 s", "1 KB"]
    (absent,) = [row for row in rows if row[0].startswith("Gestoras")]
    assert absent[1] == "–"
    assert "No está en la base" in absent[6]


def test_says_who_what_and_the_digest(log: HtmlLog) -> None:
    """What the help desk asks first."""
    text = Page(render_html(log)).text
    for wanted in (
        "1288",
        "Periódica",
        "Manual",
        "operador",
        "SERVIDOR",
        "1,234,567",
        "ab" * 32,
        "1 min 35.5 s",
    ):
        assert wanted in text
    assert "21/10/2021 16:30:00" in text


def test_hostile_names_stay_text(log: HtmlLog) -> None:
    """Whatever a database, an account or an observation calls itself."""
    table = replace(
        log.manifest.tablas[0],
        nombre=HOSTILE,
        descripcion=HOSTILE,
        observaciones=(Observacion(codigo="x", texto=HOSTILE, columna=HOSTILE, fila=3, cantidad=2),),
    )
    unit = UnidadEjecutora(nemonico=log.manifest.unidad.nemonico, nombre=HOSTILE)
    manifest = replace(log.manifest, tablas=(table,), unidad=unit, motor=HOSTILE)
    page = Page(render_html(replace(log, manifest=manifest, quien=HOSTILE, equipo=HOSTILE, archivo=HOSTILE)))
    assert page.text.count(HOSTILE) >= 8
    assert "script" not in page.tags


def test_signs_that_hide_or_turn_text_around_are_spelt_out(log: HtmlLog) -> None:
    """A name with ESC or U+202E shows what it is, in the page and in what copies from it."""
    name = "A\x1b[31m\u202eB\u200b"
    note = Observacion(codigo="x", texto=f"De «{name}».", columna=name, fila=3)
    table = replace(log.manifest.tablas[0], nombre=name, descripcion=name, observaciones=(note,))
    page = render_html(replace(log, manifest=replace(log.manifest, tablas=(table,)), equipo=name)).decode()
    assert page.count("A[U+001B][31m[U+202E]B[U+200B]") == 5
    assert not {"\x1b", "\u202e", "\u200b"} & set(page)


def test_loads_nothing_and_runs_nothing(log: HtmlLog) -> None:
    """One file; opened from a mail or an archive it asks nobody for anything."""
    page = render_html(log)
    parsed = Page(page)
    assert parsed.links == []
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(parsed.tags)
    assert b"default-src 'none'" in page
    assert b"url(" not in page


def test_equal_logs_give_equal_bytes(log: HtmlLog) -> None:
    """So that a log can be made again and compared."""
    assert render_html(log) == render_html(replace(log))
