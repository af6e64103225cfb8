"""``cierre_anio_anterior``: until which day of the year the one before goes on being sent."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.siga import ConfigurationError
from sigasers.host.installation import Installation
from sigasers.model import DiaDelAnio
from sigasers.siga.configuration import Configuration, load_configuration
from tests.parameters.unit_place import Unit


def load(root: Path, text: str) -> Configuration:
    Unit(root).write(text)
    return load_configuration(Installation.under(root))


def test_is_none_where_the_file_says_nothing(tmp_path: Path) -> None:
    """The one who runs decides then."""
    assert load(tmp_path, "").cierre_anio_anterior is None


def test_is_a_day_of_every_year(tmp_path: Path) -> None:
    """Month first; the last of February is that of the year."""
    day = load(tmp_path, 'cierre_anio_anterior = "02-29"\n').cierre_anio_anterior
    assert day is not None
    assert day == DiaDelAnio(2, 29)
    assert (day.en(2024), day.en(2025)) == (date(2024, 2, 29), date(2025, 2, 28))


@pytest.mark.parametrize(
    "value", ["'31-03'", "'00-10'", "'02-30'", "'3-31'", "331", "2021-03-31", "true", "''"]
)
def test_what_is_no_day_is_told_with_its_line(tmp_path: Path, value: str) -> None:
    """Never guessed: a month and a day changed places would close the year months early."""
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, f"# x\ncierre_anio_anterior = {value}\n")
    assert "línea 2: «cierre_anio_anterior» debe ser un día" in str(caught.value.fields["motivo"])


@given(day=st.dates(date(2023, 1, 1), date(2024, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    """All of them, those of a leap year too."""
    text = f"{day:%m-%d}"
    assert str(DiaDelAnio.parse(text)) == text
    assert DiaDelAnio.parse(text).en(day.year) == day
