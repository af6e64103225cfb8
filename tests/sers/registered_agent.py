"""The real ``sers`` in processes of its own, registered with a real ``centro``."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sigasers import failpoint
from sigasers.centro import administration
from sigasers.centro.administration import SentRow
from sigasers.formats import properties
from tests.centro.running_centre import RunningCentre
from tests.rar5.archives import archive_of

_COMMAND = [sys.executable, "-X", "utf8", "-c", "from sigasers.cli import sers; sers()"]
_TIMEOUT_S = 120


@dataclass
class RealAgent:
    """One agent's folder ``place`` (as ``--dir`` names it) and the centre it belongs to."""

    place: Path
    centre: RunningCentre
    code: str = ""
    identity: Path = field(default_factory=Path)

    @property
    def root(self) -> Path:
        return self.place / "sers_siga"

    @property
    def source_out(self) -> Path:
        return self.root / "SourceOut"

    def ask_identity(self, unidad: str = "1288") -> None:
        """Have the centre issue a code and an identity file."""
        self.code, found = self.centre.new_code(unidad)
        self.place.mkdir(parents=True, exist_ok=True)
        self.identity = self.place / found.file_name
        self.identity.write_bytes(found.to_payload())

    def start(self, *arguments: str, fault: str = "", code: str | None = None) -> "subprocess.Popen[str]":
        """Start one order of ``sers``."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGASERS_")}
        faults = {failpoint.VARIABLE: fault} if fault else {}
        codes = {} if code is None else {"SIGASERS_CODIGO": code}
        return subprocess.Popen(
            [*_COMMAND, *arguments, "--dir", str(self.place)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", env=kept | faults | codes,
        )  # fmt: skip

    def run(
        self, *arguments: str, fault: str = "", code: str | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run one order of ``sers`` to its end."""
        process = self.start(*arguments, fault=fault, code=code)
        out, err = process.communicate(timeout=_TIMEOUT_S)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def register(self, *, fault: str = "", code: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run ``sers registrar``."""
        return self.run(
            "registrar", "--identidad", str(self.identity), "--si",
            fault=fault, code=self.code if code is None else code,
        )  # fmt: skip

    def set(self, **values: str) -> None:
        """Set values of ``application.properties`` (``sers.`` goes before each name)."""
        path = self.root / "application.properties"
        changed = {f"sers.{key}": value for key, value in values.items()}
        path.write_bytes(properties.update(path.read_bytes(), changed))

    def drop(self, stem: str, content: str) -> None:
        """Put a package into SourceOut: HTML first, RAR last."""
        (self.source_out / f"{stem}.html").write_bytes(f"<p>{content}</p>".encode())
        part = self.source_out / f".{stem}.part"
        part.write_bytes(archive_of({"a": content.encode() * 50}))
        part.rename(self.source_out / f"{stem}.rar")

    def sent(self, name: str) -> list[SentRow]:
        """Give what the centre holds under the file name ``name``."""
        rows = administration.sent(self.centre.root, None)
        return [row for row in rows if any(file[0] == name for file in row.archivos)]
