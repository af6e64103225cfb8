"""Where an installation lies on this machine.

``--dir DIR``, else the variable ``SIGASERS_DIR``, else the platform's usual place: on Windows the guide's
folder for the agent (section 5) and ``%ProgramData%`` for the rest, on Linux ``/var/lib/sigasers``.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "SIGASERS_DIR"
_WINDOWS_SERS = Path(r"C:\Users\Public\mef\sers_siga")
_LINUX_ROOT = Path("/var/lib/sigasers")


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The folders of the three programs: ``siga``, ``sers`` (Ruta de Instalación SERS) and ``centro``."""

    siga: Path
    sers: Path
    centro: Path

    @classmethod
    def under(cls, root: Path) -> "Installation":
        """Give the installation whose folders all lie in ``root``, as ``--dir`` means it."""
        return cls(siga=root / "siga", sers=root / "sers_siga", centro=root / "centro")

    @property
    def source_out(self) -> Path:
        """The default Ruta de Transmisión."""
        return self.sers / "SourceOut"


def find_installation(chosen: Path | None) -> Installation:
    """Give the installation by the order above; nothing is created."""
    named = chosen or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        return Installation.under(named.expanduser().absolute())
    if sys.platform == "win32":
        data = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "sigasers"
        return Installation(siga=data / "siga", sers=_WINDOWS_SERS, centro=data / "centro")
    return Installation.under(_LINUX_ROOT)
