"""Foreign readers of RAR5 behind one call, and the proof that each can fail.

A judge gives every member's bytes, or raises ``JudgeRefusedError``. None of them is written by us: the official unrar
engine, the Rust engine ``rars`` and the Objective-C engine of ``unar``; ``rarfile`` reads headers on its own and
takes the data from ``unar``.
"""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import rarfile
import rars
from unrar.cffi import rarfile as unrarfile
from unrar.cffi.unrarlib import BadRarFile

Judge = Callable[[Path, str], dict[str, bytes]]


class JudgeRefusedError(Exception):
    """The judge found the archive wrong, or the password."""


def official_unrar(archive: Path, password: str) -> dict[str, bytes]:
    """The unrar engine of RARLAB, as a library."""
    try:
        opened = unrarfile.RarFile(archive, pwd=password)
        return {name: opened.read(name) for name in opened.namelist()}
    except (BadRarFile, unrarfile.RarFileError, ValueError) as error:
        raise JudgeRefusedError(repr(error)) from error


def rust_rars(archive: Path, password: str) -> dict[str, bytes]:
    """The engine ``rars``, which shares nothing with unrar."""
    try:
        with rars.RarFile(str(archive), password=password) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except (rars.Error, OSError, ValueError) as error:
        raise JudgeRefusedError(repr(error)) from error


def debian_unar(archive: Path, password: str) -> dict[str, bytes]:
    """The program ``unar`` of The Unarchiver, which shares nothing with unrar."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["unar", "-quiet", "-no-directory", "-password", password, "-output-directory", folder]
        done = subprocess.run([*command, str(archive)], capture_output=True, check=False, timeout=60)
        if done.returncode != 0:
            raise JudgeRefusedError(done.stdout.decode() + done.stderr.decode())
        root = Path(folder)
        return {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }


def python_rarfile(archive: Path, password: str) -> dict[str, bytes]:
    """The package ``rarfile``, with ``unar`` for the data."""
    try:
        with rarfile.RarFile(archive) as opened:
            opened.setpassword(password)
            return {name: opened.read(name) for name in opened.namelist()}
    except rarfile.Error as error:
        raise JudgeRefusedError(repr(error)) from error
