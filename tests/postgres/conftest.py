"""PostgreSQL databases to read: an empty one a test, and the demonstration base."""

import itertools

import pytest

from scripts.postgres import PostgresServer
from tests.postgres.one_base import PostgresBase

_numbers = itertools.count(1)


@pytest.fixture
def base(postgres: PostgresServer) -> PostgresBase:
    """An empty database."""
    name = f"prueba_{next(_numbers)}"
    postgres.create_database(name)
    return PostgresBase(postgres, name)


@pytest.fixture
def siga(postgres: PostgresServer, postgres_siga: str) -> PostgresBase:
    """The demonstration base."""
    return PostgresBase(postgres, postgres_siga)
