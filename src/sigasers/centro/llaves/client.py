"""The engine's side of the keys process: starts it, asks it one thing at a time, and notices its end."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from sigasers import failpoint
from sigasers.centro.llaves import frames
from sigasers.errors.centro import (
    HalfPreparedError,
    KeysProcessError,
    KeysRefusedError,
    RolledBackError,
    SealRefusedError,
)
from sigasers.formats import base64url
from sigasers.formats.cronograma import Cronograma
from sigasers.formats.json_fields import Fields
from sigasers.model import Digest, Identifier, Instant, Nemonico

_MODULE = "sigasers.centro.llaves.process"
_KEPT = (
    "SYSTEMROOT",
    failpoint.VARIABLE,
)  # Windows starts nothing without the first; tests stop it by the second
_END_S = 10.0


class KeysClient:
    """One keys process. Safe for any number of tasks: questions wait for one another."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Talk to ``process``, which has said that it is ready; see ``start``."""
        self._process = process
        self._turn = asyncio.Lock()

    @classmethod
    async def start(cls, folder: Path) -> Self:
        """Start the process on the keys in ``folder``; raises ``HalfPreparedError``, ``KeysProcessError``."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-X", "utf8", "-m", _MODULE, str(folder),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in _KEPT if name in os.environ}, cwd=folder,
        )  # fmt: skip
        client = cls(process)
        ready = await client._answer()
        if "listo" not in ready:
            await client.close()
            raise HalfPreparedError(str(ready.get("detalle")), falta=str(folder))
        return client

    async def wait(self) -> int:
        """Wait until the process has ended, and give its exit code."""
        return await self._process.wait()

    async def close(self) -> None:
        """End the process by closing its input."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _END_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def last(self) -> tuple[int, str]:
        """Give size and note of the last checkpoint signed (0 and empty before the first)."""
        fields = await self._ask("ultimo", {})
        return fields.integer("tamano"), fields.text("checkpoint", max_chars=20_000)

    async def client_certificate(
        self, csr: bytes, *, unidad: Nemonico, sistema: str, registro: Identifier, at: Instant
    ) -> bytes:
        """Give a unit's new certificate (DER)."""
        subject = {"unidad": str(unidad), "sistema": sistema, "registro": str(registro), "hora": str(at)}
        return _der(await self._ask("cliente", {"csr": base64url.encode(csr)} | subject))

    async def server_certificate(self, csr: bytes, names: Sequence[str], *, at: Instant) -> bytes:
        """Give a server's new certificate (DER)."""
        members = {"csr": base64url.encode(csr), "nombres": list(names), "hora": str(at)}
        return _der(await self._ask("servidor", members))

    async def oferta(self, sobre: Digest, *, unidad: Nemonico, registro: Identifier, at: Instant) -> str:
        """Give a signed oferta."""
        members = {"sobre": str(sobre), "unidad": str(unidad), "registro": str(registro), "ofrecido": str(at)}
        return _jws(await self._ask("oferta", members))

    async def constancia(self, payload: Mapping[str, object]) -> str:
        """Give the signed constancia of ``payload``."""
        return _jws(await self._ask("constancia", {"carga": dict(payload)}))

    async def perfil(
        self,
        *,
        unidad: Nemonico,
        sistema: str,
        registro: Identifier,
        n: int,
        issued: Instant,
        expires: Instant,
        cronograma: Cronograma | None = None,
    ) -> str:
        """Give a signed profile with the centre's sealing keys and the unit's schedule."""
        members: dict[str, object] = {
            "unidad": str(unidad), "sistema": sistema, "registro": str(registro), "n": n,
            "emitido": str(issued), "vence": str(expires),
            "cronograma": cronograma.to_json() if cronograma else None,
        }  # fmt: skip
        return _jws(await self._ask("perfil", members))

    async def group(
        self, size: int, root: bytes, consistency: Sequence[bytes], acuses: Sequence[Mapping[str, object]]
    ) -> tuple[str, tuple[str, ...]]:
        """Give the checkpoint of the grown log and the signed acuses under it; raises ``RolledBackError``."""
        members = {
            "tamano": size,
            "raiz": base64url.encode(root),
            "consistencia": [base64url.encode(item) for item in consistency],
            "acuses": list(acuses),
        }
        fields = await self._ask("grupo", members)
        return fields.text("checkpoint", max_chars=20_000), tuple(
            str(item) for item in fields.items("acuses", max_items=10_000)
        )

    async def open_seal(self, *, sobre: str, certificate: bytes, archive: Digest, comment: bytes) -> str:
        """Give a package's password; raises ``SealRefusedError`` for a reason that lies in the package."""
        members = {
            "sobre": sobre,
            "certificado": base64url.encode(certificate),
            "archivo": str(archive),
            "comentario": base64url.encode(comment),
        }
        fields = await self._ask("abrir", members)
        if fields.optional("rechazo"):
            raise SealRefusedError("seal refused", codigo=fields.text("rechazo", max_chars=20))
        return fields.text("clave", max_chars=200)

    async def _ask(self, pedido: str, members: Mapping[str, object]) -> Fields:
        # Shielded: a question whose asker went away still takes its answer, or the next would get it.
        answer = await asyncio.shield(self._exchange({"pedido": pedido} | dict(members)))
        code = answer.get("error")
        if code == RolledBackError.code:
            raise RolledBackError(str(answer.get("detalle")))
        if code is not None:
            raise KeysRefusedError(f"{pedido}: {code} {answer.get('detalle')}")
        return Fields(answer, "keys process")

    async def _exchange(self, members: Mapping[str, object]) -> dict[str, object]:
        async with self._turn:
            if self._process.stdin is None:
                raise KeysProcessError("keys process without pipes")
            try:
                self._process.stdin.write(frames.encode(members))
                await self._process.stdin.drain()
            except (OSError, RuntimeError) as error:  # uvloop tells a closed pipe by a RuntimeError
                raise KeysProcessError("keys process has ended") from error
            return await self._answer()

    async def _answer(self) -> dict[str, object]:
        if self._process.stdout is None:
            raise KeysProcessError("keys process without pipes")
        try:
            prefix = await self._process.stdout.readexactly(frames.LENGTH.size)
            body = await self._process.stdout.readexactly(frames.body_length(prefix))
        except asyncio.IncompleteReadError as error:
            raise KeysProcessError("keys process has ended") from error
        return frames.decode(body)


def _der(fields: Fields) -> bytes:
    return base64url.decode(fields.text("certificado", max_chars=20_000))


def _jws(fields: Fields) -> str:
    return fields.text("jws", max_chars=2 << 20)
