"""Takes from the running process what a verifier of strange files does not need.

Linux: a network namespace of its own (``unshare``), no opening of any file (Landlock), limits on memory, CPU
time and open files (``setrlimit``). Each is tried by itself, and what the kernel granted is told. Windows: none
of these; the process has an empty environment and no path, and that is all (not tested there).
"""

import ctypes
import os
import sys
from dataclasses import dataclass

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE_RULESET = 444  # the same number on every architecture
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_ALL_OF_VERSION_1 = (1 << 13) - 1


@dataclass(frozen=True, kw_only=True)
class ChildLimits:
    """Bounds of one child: address space (bytes), CPU time (s), wall time (s, held by the parent)."""

    memory_bytes: int = 3 << 30
    cpu_s: int = 900
    wall_s: float = 1800.0


def leave_network() -> bool:
    """Move to a network namespace without interfaces; to be called before the process has a second thread."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def leave_files() -> bool:
    """Give up opening, making and removing any file by name, for this process and what it may start."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    handled = ctypes.c_uint64(_LANDLOCK_ALL_OF_VERSION_1)
    rules = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if rules < 0:
        return False
    try:
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_LANDLOCK_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def limit_resources(limits: ChildLimits) -> bool:
    """Bound memory, CPU time, written files (none) and open files."""
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - POSIX alone has it

    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    return True
