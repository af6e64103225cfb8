"""The page of all tables is in step with the catalogue."""

from scripts.catalogue_tables import PAGE, render
from sigasers.siga.catalogue import load_catalogue


def test_the_page_of_tables_is_what_the_script_makes_today() -> None:
    """After a change: ``python -m scripts.catalogue_tables``."""
    assert PAGE.read_text(encoding="utf-8") == render(load_catalogue())
