"""A real PostgreSQL for tests and benchmarks: a server on loopback that ends with its user, and the demo base in it."""

from scripts.postgres.load import load_sqlite
from scripts.postgres.server import PostgresServer, running_server

__all__ = ["PostgresServer", "load_sqlite", "running_server"]
