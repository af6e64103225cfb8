r"""Which accounts of Windows may run a task: service accounts alone, told apart by their names and SIDs.

Taken: LOCAL SERVICE (the usual one), NETWORK SERVICE, ``NT SERVICE\name``, group managed accounts ``DOM\name$``.
Refused: SYSTEM, which can do anything, and what looks like a person. Names of the built-in accounts differ by the
system's language, their SIDs do not.
"""

import hashlib
import re
import struct
import sys

from sigasers.errors.tasks import TaskAccountRefusedError
from sigasers.host.tasks.seam import shown

LOCAL_SERVICE = "S-1-5-19"
NETWORK_SERVICE = "S-1-5-20"
_SYSTEM = "S-1-5-18"
_NAMES = {
    "local service": LOCAL_SERVICE,
    "localservice": LOCAL_SERVICE,
    "servicio local": LOCAL_SERVICE,
    "network service": NETWORK_SERVICE,
    "networkservice": NETWORK_SERVICE,
    "servicio de red": NETWORK_SERVICE,
    "system": _SYSTEM,
    "sistema": _SYSTEM,
    "localsystem": _SYSTEM,
}
_AUTHORITY = re.compile(r"(?:nt authority|autoridad nt|nt-autorität|\.)\\", re.IGNORECASE)
_SERVICE_SID = re.compile(r"S-1-5-80(?:-\d{1,10}){5}", re.ASCII)
_SERVICE = re.compile(r"NT SERVICE\\([^\\/\"\[\]:|<>+=;,?*]{1,200})", re.IGNORECASE)
_MANAGED = re.compile(r"[^\\/\"\[\]:|<>+=;,?*@\s]{1,64}\\[^\\/\"\[\]:|<>+=;,?*@\s]{1,64}\$")


def principal(account: str | None) -> str:
    """Give how a definition names ``account`` (``None``: LOCAL SERVICE); raises ``TaskAccountRefusedError``."""
    if account is None:
        return LOCAL_SERVICE
    found = _built_in(account)
    if found == _SYSTEM:
        raise _refused(account, "Esa cuenta puede hacer todo en el equipo, y la tarea no lo necesita")
    if found in {LOCAL_SERVICE, NETWORK_SERVICE}:
        return found
    if _SERVICE_SID.fullmatch(account) or _SERVICE.fullmatch(account) or _MANAGED.fullmatch(account):
        return account
    raise _refused(
        account, "No es una cuenta de servicio: una persona se va, cambia su clave, y la tarea se detiene"
    )


def service_sid(name: str) -> str:
    r"""Give the SID of ``NT SERVICE\name``: Windows computes it from the name (SHA-1 of it in capitals, UTF-16)."""
    digest = hashlib.sha1(name.upper().encode("utf-16-le"), usedforsecurity=False).digest()
    return "S-1-5-80-" + "-".join(str(number) for number in struct.unpack("<5I", digest))


def is_same(one: str, other: str) -> bool:
    """Tell whether two names or SIDs are one account, whichever of both the system gives back."""
    return _sid(one) == _sid(other)


def _sid(account: str) -> str:
    service = _SERVICE.fullmatch(account)
    found = service_sid(service[1]) if service else _built_in(account)
    if not found.upper().startswith("S-1-"):
        found = _looked_up(found) or found
    return found.casefold()


def _built_in(account: str) -> str:
    bare = _AUTHORITY.sub("", account.strip(), count=1)
    return _NAMES.get(bare.casefold(), account.strip())


def _refused(account: str, motivo: str) -> TaskAccountRefusedError:
    return TaskAccountRefusedError("account refused", cuenta=shown(account), motivo=motivo)


def _looked_up(name: str) -> str | None:
    """Ask Windows for the SID of ``name``; elsewhere, and where it knows none, nothing."""
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415 - its Windows half exists there alone
    from ctypes import wintypes  # noqa: PLC0415 - as above

    advapi, kernel = ctypes.WinDLL("advapi32"), ctypes.WinDLL("kernel32")
    sid, size = ctypes.create_string_buffer(256), wintypes.DWORD(256)
    domain, length, use = ctypes.create_unicode_buffer(256), wintypes.DWORD(256), wintypes.DWORD()
    if not advapi.LookupAccountNameW(
        None, name, sid, ctypes.byref(size), domain, ctypes.byref(length), ctypes.byref(use)
    ):
        return None
    text = wintypes.LPWSTR()
    if not advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)):
        return None
    try:
        return str(text.value)
    finally:
        kernel.LocalFree(text)
