"""The seam of the vaults."""

from typing import Protocol


class VaultUnfitError(Exception):
    """Not an error of the tree: this machine or account has no such vault; another one is taken."""


class VaultRefusedError(Exception):
    """Not an error of the tree: the sealed bytes do not open here; ``secret_store`` says so with their file."""


class Vault(Protocol):
    """Seals small secrets so that they open on this machine alone, and only under the context they were sealed with."""

    @property
    def nombre(self) -> str:
        """How the file of a sealed secret names the vault; never changes."""

    def seal(self, secret: bytes, context: bytes) -> bytes:
        """Give ``secret`` sealed, bound to ``context``.

        Raises ``VaultUnfitError``, ``SecretStoreError`` and ``DiskError``.
        """

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Give back what ``seal`` took; raises ``VaultRefusedError`` for changed bytes, another context or machine."""
