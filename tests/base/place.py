"""An installation whose database is a real PostgreSQL on loopback, and the command run in it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from scripts.postgres import PostgresServer
from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo

ROOT = Path(__file__).resolve().parents[2]
_RUN = "from sigasers.cli.core import run; run('siga')"


@dataclass(frozen=True)
class Installed:
    """Its folders under ``root``; the key that lies apart is under ``root`` too."""

    root: Path

    @property
    def siga(self) -> Path:
        return self.root / "siga"

    def configure(self, postgres: PostgresServer, base: str, usuario: str, *more: str) -> None:
        self.siga.mkdir(parents=True, exist_ok=True)
        lines = [
            "unidad = 1288", "[base]", "motor = 'postgresql'", f"servidor = '{postgres.host}'",
            f"puerto = {postgres.port}", f"nombre = '{base}'", f"usuario = '{usuario}'", *more,
        ]  # fmt: skip
        (self.siga / "siga.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, *arguments: str) -> int:
        """Run ``siga`` in this process."""
        return run_with(grupo, [*arguments, "--dir", str(self.root)])

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "XDG_CONFIG_HOME": str(self.root / "aparte"), "PYTHONUTF8": "1", **more}

    def child(self, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``siga`` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-c", _RUN, *arguments, "--dir", str(self.root)],
            input=stdin, env=self.environment(**more), capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def started(self, *arguments: str, **streams: object) -> "subprocess.Popen[bytes]":
        """Start ``siga`` with streams of the caller's."""
        command = [sys.executable, "-c", _RUN, *arguments, "--dir", str(self.root)]
        return subprocess.Popen(command, env=self.environment(), **streams)  # type: ignore[call-overload, no-any-return]

    def written(self) -> bytes:
        """Give every byte of every file below ``root``."""
        return b"".join(path.read_bytes() for path in self.root.rglob("*") if path.is_file())


def make_login(postgres: PostgresServer, base: str, name: str, password: str, *grants: str) -> None:
    """Make a role that can enter ``base``, with ``grants`` such as ``SELECT ON ALL TABLES IN SCHEMA public``."""
    role = sql.Identifier(name)
    with psycopg.connect(postgres.conninfo(base), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
        for grant in grants:
            owner.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(grant), role))  # type: ignore[arg-type]
