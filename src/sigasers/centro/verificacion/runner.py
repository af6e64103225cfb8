"""Starts a verifying child for one file and takes from it no more than it may say.

The child gets the file as an inherited descriptor, an empty environment and the working folder ``/``: it knows
no path of the store. It is ended when it says too much, something that is no frame, or nothing for too long.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigasers.centro.llaves import frames
from sigasers.centro.verificacion.confine import ChildLimits
from sigasers.errors import SigasersError
from sigasers.errors.centro import VerifierDiedError
from sigasers.errors.formats import FormatError
from sigasers.formats import base64url
from sigasers.formats.rar5 import MAX_COMMENT_BYTES

_MODULE = "sigasers.centro.verificacion.child"
_MAX_STDERR = 64 << 10
OpenSeal = Callable[[bytes], Awaitable[str]]


@dataclass(frozen=True, kw_only=True)
class ChildAnswer:
    """What came of one child: its report's members, or the error that kept the password from it."""

    report: dict[str, object] | None = None
    seal_error: SigasersError | None = None


async def examine(path: Path, open_seal: OpenSeal, limits: ChildLimits | None = None) -> ChildAnswer:
    """Let a child verify the RAR ``path``; ``open_seal`` gives the password for the archive's comment.

    Errors of ``open_seal`` whose fault is theirs come back as ``seal_error``. Raises ``VerifierDiedError`` when
    the child ends without a report, and what ``open_seal`` raises of the environment.
    """
    bounds = limits or ChildLimits()
    with path.open("rb") as file:
        child = await _start(file.fileno())
        stderr = asyncio.create_task(_drain(child))
        try:
            async with asyncio.timeout(bounds.wall_s):
                return await _converse(child, stderr, open_seal)
        except TimeoutError as error:
            raise VerifierDiedError("child over its time", motivo="tiempo agotado") from error
        finally:
            await _end(child)
            await stderr


async def _start(descriptor: int) -> asyncio.subprocess.Process:
    environment: dict[str, str]
    arguments: dict[str, Any] = {}  # Any: what create_subprocess_exec takes differs by platform
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows alone has it
        import subprocess  # noqa: PLC0415

        number = msvcrt.get_osfhandle(descriptor)
        os.set_handle_inheritable(number, True)  # noqa: FBT003 - the call takes it so
        arguments["startupinfo"] = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [number]})
        environment = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows")}
    else:
        number = descriptor
        arguments["pass_fds"] = (descriptor,)
        environment = {}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-X", "utf8", "-m", _MODULE, str(number),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        cwd=Path(sys.executable).anchor, env=environment, limit=_MAX_STDERR, **arguments,
    )  # fmt: skip


async def _converse(
    child: asyncio.subprocess.Process, stderr: "asyncio.Task[str]", open_seal: OpenSeal
) -> ChildAnswer:
    """Read the comment, answer with the password, read the report."""
    first = await _frame(child, stderr)
    if "comentario" not in first:
        return ChildAnswer(report=first)
    try:
        password = await open_seal(_comment(first))
    except SigasersError as error:
        if error.fault.value != "theirs":
            raise
        return ChildAnswer(seal_error=error)
    await _send(child, {"clave": password})
    return ChildAnswer(report=await _frame(child, stderr))


async def _send(child: asyncio.subprocess.Process, members: dict[str, object]) -> None:
    if child.stdin is None:
        raise VerifierDiedError("child without pipes", motivo="sin tuberías")
    try:
        child.stdin.write(frames.encode(members))
        await child.stdin.drain()
    except (BrokenPipeError, ConnectionError) as error:
        raise VerifierDiedError("child closed its input", motivo="terminó antes") from error


async def _frame(child: asyncio.subprocess.Process, stderr: "asyncio.Task[str]") -> dict[str, object]:
    if child.stdout is None:
        raise VerifierDiedError("child without pipes", motivo="sin tuberías")
    try:
        prefix = await child.stdout.readexactly(frames.LENGTH.size)
        return frames.decode(await child.stdout.readexactly(frames.body_length(prefix)))
    except asyncio.IncompleteReadError as error:
        code = await child.wait()
        raise VerifierDiedError(
            f"child ended with {code}: {await stderr}", motivo=f"salida {code}"
        ) from error
    except SigasersError as error:
        raise VerifierDiedError(f"child said no frame: {error}", motivo="respuesta inválida") from error


async def _drain(child: asyncio.subprocess.Process) -> str:
    """Read what the child says on standard error, keeping its last part for the log."""
    kept = b""
    while child.stderr is not None and (more := await child.stderr.read(_MAX_STDERR)):
        kept = (kept + more)[-2000:]
    return kept.decode("utf-8", "replace")


def _comment(members: dict[str, object]) -> bytes:
    text = members["comentario"]
    try:
        if not isinstance(text, str) or len(text) > 2 * MAX_COMMENT_BYTES:
            raise FormatError("comment frame")
        return base64url.decode(text)
    except FormatError as error:
        raise VerifierDiedError("child's comment is no base64url", motivo="respuesta inválida") from error


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        child.kill()
    await child.wait()
