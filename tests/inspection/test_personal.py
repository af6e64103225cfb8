"""The guess about personal columns, judged by the policy that people wrote by hand for 134 tables."""

from collections.abc import Iterator

import pytest

from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.inspection.personal import Proposal, suspicions


def judged() -> Iterator[tuple[str, str, str, Proposal | None]]:
    """Table, column, what the catalogue does with it, what the guess says."""
    for entry in load_catalogue().tablas:
        guesses = {each.columna: each.propuesta for each in suspicions(name for name, _ in entry.columnas)}
        omitted = {name.lower() for name in entry.omitir}
        kept = {name.lower() for name in entry.conservar}
        for name, _ in entry.columnas:
            word = "omitir" if name.lower() in omitted else "conservar" if name.lower() in kept else ""
            yield entry.nombre, name, word, guesses.get(name)


def test_every_column_that_the_catalogue_omits_is_suspected() -> None:
    """None of the sixty would pass unseen in a unit's own table."""
    omitted = [(table, name, guess) for table, name, word, guess in judged() if word == "omitir"]
    assert [each for each in omitted if each[2] is None] == []
    assert len(omitted) > 60


def test_what_is_omitted_unasked_is_hardly_ever_anything_else() -> None:
    """Of 4,000 columns, the addresses of sites, warehouses and public acts, and a flag."""
    columns = list(judged())
    wrong = {
        (table, name.lower())
        for table, name, word, guess in columns
        if word != "omitir" and guess is Proposal.OMITIR
    }
    assert len(columns) > 4000
    assert wrong <= {
        ("SIG_CONTRATISTAS", "flag_no_domiciliado"), ("sig_sedes", "direccion"), ("SIG_ALMACEN", "direccion"),
        ("SIG_CONVOCATORIA", "direccion_base"), ("SIG_CONVOCATORIA", "direccion"),
        ("SIG_PATRIMONIO_INM", "direccion"),
    }  # fmt: skip


def test_advice_does_not_drown_who_reads_it() -> None:
    """Of the columns that people found nothing in, fewer than one in twenty is put before a person."""
    innocent = [guess for _, _, word, guess in judged() if not word]
    assert sum(guess is not None for guess in innocent) < len(innocent) / 20


@pytest.mark.parametrize(
    "name", ["MONTO", "CANTIDAD", "FECHA_REG", "SEC_EJEC", "ITEM_BIEN", "GLOSA", "ESTADO"]
)
def test_usual_columns_are_not_suspected(name: str) -> None:
    """Amounts, dates, codes."""
    assert suspicions([name]) == []
