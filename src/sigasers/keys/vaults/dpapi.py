"""Windows DPAPI with the machine's key: any account of this machine could open it, so the file's rights are closed too.

Machine scope, because the operator who types the password and the account that runs unattended are two. The context
goes in as entropy. On any other system the vault is unfit.
"""

import ctypes
import sys
from dataclasses import dataclass

from sigasers.keys.vaults.seam import VaultRefusedError, VaultUnfitError

_UI_FORBIDDEN = 0x1  # CRYPTPROTECT_UI_FORBIDDEN
_LOCAL_MACHINE = 0x4  # CRYPTPROTECT_LOCAL_MACHINE


class _Blob(ctypes.Structure):
    """DATA_BLOB of wincrypt.h."""

    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


@dataclass(frozen=True, kw_only=True)
class DpapiVault:
    """``CryptProtectData`` and ``CryptUnprotectData`` of crypt32."""

    nombre: str = "dpapi"

    def seal(self, secret: bytes, context: bytes) -> bytes:
        """Give the DPAPI blob; see ``seam.Vault``."""
        sealed = _call("CryptProtectData", secret, context, _UI_FORBIDDEN | _LOCAL_MACHINE)
        if sealed is None:
            raise VaultUnfitError
        return sealed

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Give the secret; see ``seam.Vault``."""
        secret = _call("CryptUnprotectData", sealed, context, _UI_FORBIDDEN)
        if secret is None:
            raise VaultRefusedError
        return secret


def _blob(data: bytes) -> _Blob:
    buffer = ctypes.create_string_buffer(data, len(data))
    return _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))


def _call(function: str, data: bytes, entropy: bytes, flags: int) -> bytes | None:
    """Run one of the two on ``data``; ``None`` where Windows refuses, or where this is no Windows."""
    if sys.platform != "win32":
        return None
    act = getattr(ctypes.windll.crypt32, function)
    act.restype = ctypes.c_int
    given, extra, result = _blob(data), _blob(entropy), _Blob()
    done = act(ctypes.byref(given), None, ctypes.byref(extra), None, None, flags, ctypes.byref(result))
    if not done:
        return None
    try:
        return ctypes.string_at(result.data, result.size)
    finally:
        free = ctypes.windll.kernel32.LocalFree
        free.argtypes = (ctypes.c_void_p,)
        free(ctypes.cast(result.data, ctypes.c_void_p))
