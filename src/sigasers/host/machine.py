"""Which machine this is: an id that stays over restarts and that a copied folder does not carry along."""

import hashlib
import platform
import sys
from pathlib import Path

_LINUX_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_id() -> str:
    """Give 32 hexadecimal digits: a digest of the system's own id (which is nobody else's business).

    Windows: ``MachineGuid``; Linux: ``machine-id``; where there is none: the host's name.
    """
    return hashlib.sha256(f"sigasers {_system_id()}".encode()).hexdigest()[:32]


def _system_id() -> str:
    if sys.platform == "win32":
        return _windows_id() or platform.node()
    for path in _LINUX_IDS:
        try:
            text = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if text:
            return text
    return platform.node()


def _windows_id() -> str:
    if sys.platform != "win32":
        return ""
    import winreg  # noqa: PLC0415 - only Windows has it

    try:
        flags = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, flags) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""
