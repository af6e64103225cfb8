"""Which account of the operating system runs this process, and on which machine.

Asked of the system, not of the environment: ``LOGNAME`` and ``USERNAME`` are what anyone sets them to. On Linux the
account that somebody logged in with is told too where it is another (``sudo``).
"""

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

UNKNOWN = "desconocido"
_LOGIN_UID = Path("/proc/self/loginuid")
_NO_LOGIN = 2**32 - 1  # what the kernel tells for services, which nobody logged in


def os_account() -> str:
    """Give the account's name; an account without a name, as in a container, is its number."""
    if sys.platform == "win32":
        with suppress(OSError):
            return os.getlogin()  # GetUserNameW
        return UNKNOWN
    account = os.geteuid()
    login = _login_uid()
    name = _name_of(account)
    return name if login in {None, account} else f"{name} (ingresó como {_name_of(login or 0)})"


def account_id() -> str:
    """Give what tells who works from others of this machine: the account's number, on Windows its name.

    With it stands the account that logged in where that is another: two people who use ``sudo`` are two.
    """
    if sys.platform == "win32":
        return os_account()
    account, login = os.geteuid(), _login_uid()
    return str(account) if login in {None, account} else f"{account}-{login}"


def host_name() -> str:
    """Give the machine's name."""
    return platform.node() or UNKNOWN


def owns(folder: Path) -> bool:
    """Tell whether this process is the machine's administrator, or of the account that ``folder`` belongs to.

    Windows: whether it is elevated; there a folder made by an administrator belongs to the group. Raises ``OSError``.
    """
    return is_administrator() if sys.platform == "win32" else os.geteuid() in {0, folder.stat().st_uid}


def is_administrator() -> bool:
    """Tell whether this process is elevated; elsewhere than on Windows it counts as able."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415 - its Windows half exists there alone

    return bool(ctypes.windll.shell32.IsUserAnAdmin())


def _login_uid() -> int | None:
    """Give the number of the account that logged in, ``None`` where nobody did or the kernel does not say."""
    try:
        number = int(_LOGIN_UID.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return None if number == _NO_LOGIN else number


def _name_of(number: int) -> str:
    if sys.platform == "win32":
        return UNKNOWN
    import pwd  # noqa: PLC0415 - only POSIX has it

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
