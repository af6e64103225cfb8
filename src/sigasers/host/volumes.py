"""Whether a folder lies on this machine: a state database on a network share is not safe (locks, syncs, WAL).

Linux asks the table of mounts, Windows the drive's type; elsewhere, and where neither can be asked, a folder counts
as local.
"""

import os
import sys
from pathlib import Path, PureWindowsPath

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.davfs", "ceph"}
_DRIVE_REMOTE = 4  # GetDriveTypeW


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
