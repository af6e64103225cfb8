"""Connections to the demonstration base, read only."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

OWN, NEIGHBOUR, YEAR = 1288, 1287, 2021


@pytest.fixture(scope="session")
def base(base_chica: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{base_chica}?mode=ro", uri=True)
    yield connection
    connection.close()
