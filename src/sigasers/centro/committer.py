"""From whole sobres to acuses, a group at a time, in the order that keeps an acuse true.

1. one transaction: log entries with dense indexes, and the tree's nodes;
2. the keys process signs the grown log's checkpoint, durably remembered there, and the acuses under it;
3. one transaction: acuses stored, verification queued; only then are those who wait told.
A stop anywhere is made good by the next round: it begins with whatever has no acuse yet.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from sqlite3 import Connection

from sigasers.centro import log_rows, offers
from sigasers.centro.clock import Clock
from sigasers.centro.database import Writer, write_setting
from sigasers.centro.identity import new_identifier
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.log_rows import LoggedSobre
from sigasers.centro.offers import Offer
from sigasers.errors import OwnError
from sigasers.errors.centro import RolledBackError
from sigasers.formats import base64url
from sigasers.formats.documents import Acuse, Asiento
from sigasers.formats.documents.acuse import acuse_number
from sigasers.keys.jws import document_id
from sigasers.model import Digest, Instant, Nemonico
from sigasers.protocol import merkle

CHECKPOINT = "checkpoint"
_GROUP = 256  # acuses of one signed checkpoint; bounds a frame and how long the first of them waits


class Committer:
    """The one task that appends to the log."""

    def __init__(
        self, *, writer: Writer, reader: Connection, keys: KeysClient, clock: Clock, aud: str, epoca: int
    ) -> None:
        self._writer, self._reader, self._keys, self._clock = writer, reader, keys, clock
        self._aud, self._epoca = aud, epoca
        self._work = asyncio.Event()
        self._waiting: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.acknowledged = asyncio.Event()  # set when verification has new work

    def whole(self, sobres: list[Digest]) -> None:
        """Take note that ``sobres`` miss nothing any more."""
        if sobres:
            self._work.set()

    async def wait_for(self, sobre: Digest, timeout_s: float) -> None:
        """Wait until the acuse of ``sobre`` is stored, or the time is over."""
        event = self._waiting[sobre.hex]
        try:
            await asyncio.wait_for(event.wait(), timeout_s)
        except TimeoutError:
            pass
        finally:
            self._waiting.pop(sobre.hex, None)

    async def check_not_behind(self) -> None:
        """Raise ``RolledBackError`` if the database is behind what was signed; asked before anything is served."""
        signed, _ = await self._keys.last()
        if signed > (own := log_rows.size(self._reader)):
            raise RolledBackError(f"log of {own}, last signed {signed}", motivo=f"{own} de {signed} asientos")

    async def run(self) -> None:
        """Work for ever; the first round finishes what an earlier engine began. Errors end the engine."""
        self._work.set()
        while True:
            await self._work.wait()
            self._work.clear()
            while await self.round():
                pass

    async def round(self) -> bool:
        """Acknowledge one group; tells whether there was any."""
        await self._writer.run(self._log_whole)
        logged = log_rows.without_acuse(self._reader, _GROUP)
        if not logged:
            return False
        size = log_rows.size(self._reader)
        read = log_rows.reader(self._reader)
        signed, _ = await self._keys.last()
        items = [self._item(entry, merkle.inclusion_path(read, entry.indice, size)) for entry in logged]
        consistency = merkle.consistency_path(read, min(signed, size), size)
        note, tokens = await self._keys.group(size, merkle.root(read, size), consistency, items)
        await self._writer.run(lambda db: self._store(db, note, logged, tokens))
        for entry in logged:
            if (event := self._waiting.get(entry.sobre.hex)) is not None:
                event.set()
        self.acknowledged.set()
        return True

    def _log_whole(self, connection: Connection) -> None:
        """Give every whole sobre that is not in the log its entry."""
        fresh = [sobre for sobre in offers.unacknowledged(connection) if not _is_logged(connection, sobre)]
        if not fresh:
            return
        found = [_offer(connection, sobre) for sobre in fresh[:_GROUP]]
        last = log_rows.last_completed(connection)
        earlier = [offer.ofrecido for offer in found] + ([last] if last else [])
        completed = max(self._clock(), *earlier)  # a machine's clock may go back; the log's never does
        log_rows.append(connection, [_asiento(offer, completed) for offer in found])

    def _item(self, entry: LoggedSobre, path: list[bytes]) -> Mapping[str, object]:
        offer = _offer(self._reader, entry.sobre)
        asiento = Asiento.from_bytes(entry.asiento)
        acuse = Acuse(
            aud=self._aud,
            epoca=self._epoca,
            sobre=offer.id,
            unidad=Nemonico.parse(offer.unidad),
            sistema=offer.sistema,
            registro=offer.registro,
            instalacion=offer.instalacion,
            n=offer.n,
            archivos=offer.archivos,
            ofrecido=offer.ofrecido,
            completado=asiento.completado,
            asiento=entry.asiento,
            indice=entry.indice,
            prueba="",
            marcas=offer.marcas,
        )
        return {
            "indice": entry.indice,
            "camino": [base64url.encode(item) for item in path],
            "carga": json.loads(acuse.to_payload()),  # our own bytes; the keys process judges them strictly
        }

    def _store(
        self, connection: Connection, note: str, logged: list[LoggedSobre], tokens: tuple[str, ...]
    ) -> None:
        now = self._clock()
        for entry, token in zip(logged, tokens, strict=True):
            number = acuse_number(self._epoca, entry.indice)
            log_rows.store_acuse(connection, entry.sobre, number, document_id(token), token)
            _queue(connection, entry.sobre, now)
        write_setting(connection, CHECKPOINT, note)


def _offer(connection: Connection, sobre: Digest) -> Offer:
    offer = offers.read_offer(connection, sobre)
    if offer is None:
        raise OwnError(f"sobre {sobre} is in the log and not in its table")
    return offer


def _is_logged(connection: Connection, sobre: Digest) -> bool:
    row = connection.execute("SELECT 1 FROM asientos WHERE sobre = ?", (sobre.hex,)).fetchone()
    return row is not None


def _asiento(offer: Offer, completed: Instant) -> Asiento:
    return Asiento(
        sobre=offer.id,
        registro=offer.registro,
        instalacion=offer.instalacion,
        n=offer.n,
        ofrecido=offer.ofrecido,
        completado=completed,
        sal=new_identifier(),
    )


def _queue(connection: Connection, sobre: Digest, now: Instant) -> None:
    """Queue the verification of an acknowledged sobre."""
    connection.execute(
        "INSERT OR IGNORE INTO trabajos SELECT id, unidad, 0, ? FROM sobres WHERE id = ?",
        (str(now), sobre.hex),
    )
