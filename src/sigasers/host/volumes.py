"""Whether a folder lies on this machine: a state database on a network share is not safe (locks, syncs, WAL).

Linux asks the table of mounts, Windows the drive's type; elsewhere, and where neither can be asked, a folder counts
as local. And what a drive's letter of Windows stands for: one that a person connected is not there for a service.
"""

import os
import re
import sys
from pathlib import Path, PureWindowsPath

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.davfs", "ceph"}
_DRIVE_REMOTE = 4  # GetDriveTypeW
_DEVICE_CHARS = 4096
_REDIRECTED = re.compile(r"\\Device\\(?:Mup|\w+Redirector)\\(?:;\w+\\)*;[A-Za-z]:\w*(\\.+)")


def is_network_share(folder: Path) -> bool:
    """Tell whether ``folder`` (absolute, existing) lies on a network share."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - its Windows half exists there alone

        root = PureWindowsPath(folder).anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(folder, table) in _NETWORK


def file_system_of(folder: Path, mounts: str) -> str:
    """Give the type at ``folder`` by the text of ``/proc/self/mounts``; the longest, then the last mount counts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if _below(str(folder), place) and len(place) >= len(best):
            best, kind = place, fields[2]
    return kind


def _below(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def drive_stands_for(folder: Path) -> str | None:
    r"""Give the folder or share that the drive's letter of ``folder`` stands for in this session; nothing if a disk.

    Windows alone (``QueryDosDeviceW``): drives connected to a share, and those made by ``subst``.
    """
    drive = PureWindowsPath(folder).drive
    if sys.platform != "win32" or not re.fullmatch(r"[A-Za-z]:", drive):
        return None
    import ctypes  # noqa: PLC0415 - its Windows half exists there alone

    buffer = ctypes.create_unicode_buffer(_DEVICE_CHARS)
    if not ctypes.windll.kernel32.QueryDosDeviceW(drive, buffer, _DEVICE_CHARS):
        return None
    return place_of_device(buffer.value)


def place_of_device(device: str) -> str | None:
    r"""Give what a device of Windows stands for: ``\\servidor\recurso``, ``D:\carpeta``; nothing if it is a disk."""
    redirected = _REDIRECTED.fullmatch(device)
    if redirected:
        return "\\" + redirected[1]
    other = device.removeprefix("\\??\\")
    if other == device:
        return None
    return "\\\\" + other.removeprefix("UNC\\") if other.startswith("UNC\\") else other


def long_paths_enabled() -> bool:
    """Tell whether Windows lets programs that ask for it pass 259 characters; elsewhere there is no such limit."""
    if sys.platform != "win32":
        return True
    import winreg  # noqa: PLC0415 - exists there alone

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False
