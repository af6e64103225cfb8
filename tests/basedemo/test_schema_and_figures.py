"""The base has the real schema, and as many rows as a middle-size unit."""

import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.model import Nemonico
from sigasers.siga.basedemo import DemoSummary, Size, build_demo_database
from sigasers.siga.basedemo.units import known_unit
from tests.basedemo.tables import columns, count, tables

FIGURES = tomllib.loads((Path(__file__).parent / "figures.toml").read_text(encoding="utf-8"))
SCHEDULE = (
    "SIG_TRANS_PROGRA", "SIG_TRANS_PROGRA_HOR", "SIG_TRANS_ENVIO", "LOG_TIPOS_TRANSMISIONES", "SIG_INT_TRANSMISION",
    "SI_PRG_TABLAS_TRANSFER",
)  # fmt: skip


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, DemoSummary]]:
    path = tmp_path_factory.mktemp("media") / "media.db"
    summary = build_demo_database(path, size=Size.MEDIA, unit=known_unit(Nemonico(1288)), year=2021, seed=1)
    connection = sqlite3.connect(path)
    yield connection, summary
    connection.close()
    path.unlink()


def test_has_every_table_and_column_of_the_real_schema(base: sqlite3.Connection) -> None:
    """173 tables with 5,241 columns."""
    assert len(tables(base)) == 173
    assert sum(len(columns(base, table)) for table in tables(base)) == 5241


def test_keeps_declared_types_and_keys_verbatim(base: sqlite3.Connection) -> None:
    """Types as SQL Server has them, keys in their order, tables without key without one."""
    by_name = {c.name: c for c in columns(base, "SIG_ORDEN_ITEM")}
    assert by_name["PREC_UNIT_MONEDA"].declared == "numeric(16,6)"
    assert by_name["ESPECIFICACIONES"].declared.lower() == "text"
    rows = base.execute("PRAGMA table_info(SIG_ORDEN_ITEM)").fetchall()
    key = [row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5]]
    assert key == ["ANO_EJE", "SEC_EJEC", "NRO_ORDEN", "TIPO_BIEN", "TIPO_PPTO", "SEC_ORDEN", "SEC_ITEM"]
    assert [table for table in tables(base) if not any(c.in_key for c in columns(base, table))] == [
        "SGE_CONTRATISTAS_TRX", "SIG_TRANS_PROGRAMACION_UE", "SI_INVENTARIO_INM_TRX", "SI_PROGRAMACION_DETA_TRX",
        "SI_PROGRAMACION_ID_KIT_TRX", "SI_PROGRAMACION_TRX", "SI_REGISTRO_INM_TRX", "SI_RESUMEN_TRX", "SI_TRANS_ORDEN",
        "SI_TRANS_PEDIDO",
    ]  # fmt: skip


def test_fills_groups_a_to_g_and_the_schedule(base: sqlite3.Connection) -> None:
    """The 135 tables of A to G and six of H have rows; the staging tables of H are empty, as in real bases."""
    filled = [table for table in tables(base) if count(base, table)]
    assert len(filled) == 135 + len(SCHEDULE)
    assert set(SCHEDULE) <= set(filled)


@pytest.mark.parametrize("table", sorted(FIGURES))
def test_media_has_the_rows_of_a_middle_unit(
    media: tuple[sqlite3.Connection, DemoSummary], table: str
) -> None:
    """Within a fifth of the survey's figure, and within rows few enough not to matter (100) where it is small."""
    found = count(media[0], table, unit=1288, year=2021)
    assert abs(found - FIGURES[table]) <= max(0.2 * FIGURES[table], 100)


def test_media_has_about_440_000_rows_in_the_system_year(
    media: tuple[sqlite3.Connection, DemoSummary],
) -> None:
    """Masters included, programming in its three phases; the catalogue of origin does not count."""
    connection, summary = media
    exported = [t for t in tables(connection) if t not in SCHEDULE and t != "CATALOGO_BIEN_SERV_ORIGINAL"]
    assert 430_000 <= sum(count(connection, table, unit=1288, year=2021) for table in exported) <= 475_000
    assert summary.rows == sum(count(connection, table) for table in tables(connection))
    assert sum(summary.rows_by_group.values()) == summary.rows


def test_media_has_a_smaller_programming_year(media: tuple[sqlite3.Connection, DemoSummary]) -> None:
    """Of the year to come there are yearly masters and the formulated needs, not yet a CMN in force."""
    connection = media[0]
    rows = {t: count(connection, t, year=2022, unit=1288) for t in ("SIG_CUADRO_NECESIDAD_DET", "meta")}
    assert rows == {"SIG_CUADRO_NECESIDAD_DET": 18_000, "meta": 190}
    for table in (
        "SIG_CUADRO_MODIFICADO_DET",
        "SIG_PEDIDOS",
        "SIG_ORDEN_ADQUISICION",
        "SIG_KARDEX_POR_ALMACEN",
    ):
        assert count(connection, table, year=2022) == 0
