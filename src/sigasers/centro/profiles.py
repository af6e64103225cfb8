"""The profile of a unit: issued at first need, renewed well before it lapses, numbered without going back.

One that carries another schedule than the unit's present one is renewed at once.
"""

import asyncio
from datetime import timedelta
from sqlite3 import Connection

from sigasers.centro import schedules
from sigasers.centro.clock import Clock
from sigasers.centro.database import Writer
from sigasers.centro.identity import Identity
from sigasers.centro.llaves.client import KeysClient
from sigasers.model import Instant, Nemonico

LIFE = timedelta(days=90)
RENEWED_AFTER = timedelta(days=30)


class Profiles:
    """Current profiles; each is signed once and stored before it is given."""

    def __init__(
        self, *, writer: Writer, reader: Connection, keys: KeysClient, clock: Clock, epoca: int
    ) -> None:
        self._writer, self._reader, self._keys, self._clock = writer, reader, keys, clock
        self._epoca = epoca
        self._turn = asyncio.Lock()

    async def current(self, who: Identity) -> tuple[tuple[int, int], str]:
        """Give (época, n) and the signed profile of a registration."""
        async with self._turn:
            row = self._reader.execute(
                "SELECT n, emitido, jws, cronograma FROM perfiles WHERE registro = ? AND epoca = ?"
                " ORDER BY n DESC LIMIT 1",
                (who.registro.text, self._epoca),
            ).fetchone()
            now = self._clock()
            order = schedules.current_order(self._reader, who.unidad, who.sistema)
            if (
                row is not None
                and row["cronograma"] == order
                and now < Instant.parse(row["emitido"]).plus(RENEWED_AFTER)
            ):
                return (self._epoca, int(row["n"])), str(row["jws"])
            return await self._issue(who, 1 if row is None else int(row["n"]) + 1, now)

    async def _issue(self, who: Identity, n: int, now: Instant) -> tuple[tuple[int, int], str]:
        version = schedules.current(self._reader, who.unidad, who.sistema)
        token = await self._keys.perfil(
            unidad=Nemonico.parse(who.unidad),
            sistema=who.sistema,
            registro=who.registro,
            n=n,
            issued=now,
            expires=now.plus(LIFE),
            cronograma=version.cronograma if version else None,
        )

        def insert(connection: Connection) -> None:
            connection.execute(
                "INSERT INTO perfiles (registro, epoca, n, emitido, jws, cronograma) VALUES (?, ?, ?, ?, ?, ?)",
                (who.registro.text, self._epoca, n, str(now), token, version.orden if version else 0),
            )

        await self._writer.run(insert)
        return (self._epoca, n), token
