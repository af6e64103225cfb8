"""``systemd-creds``: sealed with the machine's own key (its TPM, or ``/var/lib/systemd/credential.secret``).

Only root may use that key (systemd 250 to 255; a newer one asks polkit, which a service cannot answer), so any other
account takes the next vault. The secret passes through pipes: it is in no argument and no environment.
"""

import base64
import binascii
import hashlib
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.keys.vaults.seam import VaultRefusedError, VaultUnfitError

_PLACES = (Path("/usr/bin/systemd-creds"), Path("/bin/systemd-creds"))
_LIMIT_S = 30


@dataclass(frozen=True, kw_only=True)
class SystemdVault:
    """``program`` is the absolute path of systemd-creds; nothing is searched in ``PATH``."""

    program: Path | None = field(
        default_factory=lambda: next((each for each in _PLACES if each.exists()), None)
    )
    nombre: str = "systemd"

    def seal(self, secret: bytes, context: bytes) -> bytes:
        """Seal, and open again: what does not come back here would be found missing by an unattended run."""
        try:
            sealed = self._run("encrypt", secret, context)
            if self.open(sealed, context) == secret:
                return sealed
        except (VaultRefusedError, OSError, subprocess.SubprocessError) as error:
            raise VaultUnfitError from error
        raise VaultUnfitError

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Give the secret; see ``seam.Vault``."""
        try:
            return self._run("decrypt", sealed, context)
        except (OSError, subprocess.SubprocessError, binascii.Error, VaultUnfitError) as error:
            raise VaultRefusedError from error

    def _run(self, action: str, data: bytes, context: bytes) -> bytes:
        """Run systemd-creds on ``data``; sealed bytes are base64 for it, raw for us."""
        if self.program is None or getattr(os, "geteuid", lambda: -1)() != 0:
            raise VaultUnfitError
        name = f"sigasers-{hashlib.sha256(context).hexdigest()}"
        given = base64.b64encode(data) if action == "decrypt" else data
        command = [str(self.program), action, f"--name={name}", "-", "-"]
        done = subprocess.run(
            command, input=given, capture_output=True, check=True, timeout=_LIMIT_S, env={"LC_ALL": "C"}
        )
        return base64.b64decode(done.stdout) if action == "encrypt" else done.stdout
