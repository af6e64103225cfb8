"""Verification as jobs: one acknowledged sobre after the other, units in turn, each ending in a constancia.

A job is deleted in the transaction that stores its constancia. A verifier that dies costs a try; the second death
ends in *en revisión*, with no more tries. Troubles of disk or keys process cost nothing: they end the engine.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from sigasers.centro import offers, packages, registrations
from sigasers.centro.clock import Clock
from sigasers.centro.database import Writer
from sigasers.centro.folders import Folders
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.offers import Offer
from sigasers.centro.packages import StatedRun
from sigasers.centro.verificacion import verdict
from sigasers.centro.verificacion.runner import examine
from sigasers.centro.verificacion.verdict import Verdict
from sigasers.errors.centro import KeysProcessError
from sigasers.errors.disk import DiskError
from sigasers.formats.documents import Constancia, Resultado
from sigasers.formats.strict_json import loads
from sigasers.keys.jws import document_id
from sigasers.model import Digest, FileStatement, Identifier, Nemonico

MAX_DEATHS = 2
_MAX_TRIES = (
    5  # a job whose very *en revisión* cannot be issued stays in the queue for a person, and is left alone
)
_PACKAGE = ".rar"
_MAX_PAYLOAD = 2 << 20
log = logging.getLogger("sigasers.centro")


@dataclass(frozen=True, kw_only=True)
class _Job:
    """An acknowledged sobre that waits for its verdict."""

    offer: Offer
    acuse: Digest
    deaths: int


class Verification:
    """The one task that verifies; its children do the work."""

    def __init__(
        self,
        *,
        folders: Folders,
        writer: Writer,
        reader: Connection,
        keys: KeysClient,
        clock: Clock,
        aud: str,
        epoca: int,
    ) -> None:
        self._folders, self._writer, self._reader, self._keys = folders, writer, reader, keys
        self._clock, self._aud, self._epoca = clock, aud, epoca
        self._last_unit = ""

    async def run(self, acknowledged: asyncio.Event) -> None:
        """Work for ever, woken by ``acknowledged``; begins with what an earlier engine left."""
        while True:
            while await self.step():
                pass
            await acknowledged.wait()
            acknowledged.clear()

    async def step(self) -> bool:
        """Judge one sobre; tells whether there was any."""
        job = self._next()
        if job is None:
            return False
        self._last_unit = job.offer.unidad
        try:
            await self._conclude(job, await self._judge(job))
        except (DiskError, KeysProcessError):  # the engine ends, and the job waits for the next one
            raise
        except Exception:
            # Whatever else a stranger's file brings about costs this job a try, never the centre its service.
            log.exception("verification of %s failed", job.offer.id)
            await self._writer.run(lambda db: _count_death(db, job.offer.id))
        return True

    def _next(self) -> _Job | None:
        """Give the oldest job of the unit that comes after the last one served: no unit waits for another's."""
        query = (
            "SELECT t.sobre, t.intentos, a.id FROM trabajos t JOIN acuses a ON a.sobre = t.sobre"
            " WHERE t.unidad > ? AND t.intentos < ? ORDER BY t.unidad, t.creado LIMIT 1"
        )
        for after in (self._last_unit, ""):
            row = self._reader.execute(query, (after, _MAX_TRIES)).fetchone()
            if row is not None:
                offer = offers.read_offer(self._reader, Digest(row["sobre"]))
                if offer is not None:
                    return _Job(offer=offer, acuse=Digest(row["id"]), deaths=row["intentos"])
        return None

    async def _judge(self, job: _Job) -> Verdict:
        if job.offer.nuevo:
            return Verdict(resultado=Resultado.EN_ESPERA)
        if job.offer.clase != "envio":
            return Verdict(resultado=Resultado.CONFORME)
        packages = [file for file in job.offer.archivos if file.nombre.lower().endswith(_PACKAGE)]
        if job.deaths >= MAX_DEATHS:
            return verdict.of_sobre([verdict.in_review(file) for file in packages], job.offer.marcas)
        return verdict.of_sobre([await self._examine(job, file) for file in packages], job.offer.marcas)

    async def _examine(self, job: _Job, file: FileStatement) -> Verdict:
        certificate = registrations.certificate_der(self._reader, job.offer.firmante) or b""

        async def open_seal(comment: bytes) -> str:
            return await self._keys.open_seal(
                sobre=job.offer.jws, certificate=certificate, archive=file.sha256, comment=comment
            )

        path = self._folders.stored(job.offer.unidad, file.sha256)
        answer = await examine(path, open_seal)
        if answer.seal_error is not None:
            return verdict.of_error(answer.seal_error, file)
        return verdict.of_report(answer.report or {}, file, job.offer.unidad)

    async def _conclude(self, job: _Job, judged: Verdict) -> None:
        """Sign the constancia and store it; the running number is taken before, by this one task."""
        number = self._reader.execute("SELECT count(*) FROM constancias").fetchone()[0] + 1
        offer = job.offer
        constancia = Constancia(
            aud=self._aud,
            epoca=self._epoca,
            correlativo=number,
            sobre=offer.id,
            acuse=job.acuse,
            unidad=Nemonico.parse(offer.unidad),
            registro=Identifier(offer.registro.text),
            resultado=judged.resultado,
            razones=judged.razones,
            archivos=offer.archivos,
            emitida=self._clock(),
        )
        payload = loads(constancia.to_payload(), max_bytes=_MAX_PAYLOAD)
        token = await self._keys.constancia(payload if isinstance(payload, dict) else {})
        await self._writer.run(lambda db: _store(db, constancia, token, judged.corridas))


def _count_death(connection: Connection, sobre: Digest) -> None:
    connection.execute("UPDATE trabajos SET intentos = intentos + 1 WHERE sobre = ?", (sobre.hex,))


def _store(connection: Connection, constancia: Constancia, token: str, corridas: Sequence[StatedRun]) -> None:
    connection.execute(
        "INSERT INTO constancias VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            constancia.sobre.hex, constancia.orden, constancia.numero, document_id(token).hex,
            constancia.resultado.value, str(constancia.emitida), token,
        ),
    )  # fmt: skip
    packages.store(connection, constancia.sobre, corridas)
    connection.execute("DELETE FROM trabajos WHERE sobre = ?", (constancia.sobre.hex,))
