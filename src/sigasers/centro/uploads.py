"""Uploads: tus pieces onto the disk, whole files into the store, in the order that keeps an answer true.

One piece: bytes written → checksum → synced → offset committed → answered. The last piece: synced → whole
SHA-256 equal → moved into the store → recorded, and its sobres marked whole, in one transaction → answered.
Whatever fails in between, ``_settle`` brings file and row together again, as at a restart.
"""

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, TypeVar

from sigasers import durable
from sigasers.centro import offers, upload_rows
from sigasers.centro.clock import Clock
from sigasers.centro.database import Writer
from sigasers.centro.folders import Folders
from sigasers.centro.identity import Identity, new_identifier
from sigasers.centro.limits import Limits
from sigasers.centro.part_file import PartFile, hash_file, place_in_store
from sigasers.centro.upload_rows import UploadRow
from sigasers.errors import SigasersError
from sigasers.errors.centro import (
    PieceCutError,
    PieceError,
    ShareFullError,
    StoreFullError,
    UploadGoneError,
    UploadRefusedError,
    WholeFileError,
)
from sigasers.errors.disk import DiskError, NameTakenError
from sigasers.model import Digest, Identifier, Instant
from sigasers.protocol import tus

if TYPE_CHECKING:
    from hashlib import _Hash

T = TypeVar("T")
_DISK_THREADS = 8


@dataclass
class _Active:
    """What is remembered of an open upload between requests; all of it can be had again from row and file."""

    row: UploadRow
    upload: tus.Upload
    whole: "_Hash | None" = None
    waiting: asyncio.Timeout | None = None
    idle: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, kw_only=True)
class UploadRequest:
    """A checked creation: which file of which sobre."""

    sobre: Digest
    sha256: Digest
    size_bytes: int


class Uploads:
    """All uploads of one engine. ``on_whole`` is told the sobres that became whole."""

    def __init__(
        self,
        *,
        folders: Folders,
        writer: Writer,
        reader: Connection,
        clock: Clock,
        limits: Limits,
        on_whole: Callable[[list[Digest]], None],
    ) -> None:
        self.limits = limits
        self._folders = folders
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._on_whole = on_whole
        self._active: dict[str, _Active] = {}
        self._pool = ThreadPoolExecutor(_DISK_THREADS, thread_name_prefix="centro-disco")

    def close(self) -> None:
        """End the disk's threads once their work is done."""
        self._pool.shutdown()

    async def recover(self) -> None:
        """Bring every open upload and its file together after a stop of any kind; remove parts of no upload."""
        rows = upload_rows.all_open(self._reader)
        for row in rows:
            await self._settle(row)
        known = {self._folders.part(row.id).name for row in upload_rows.all_open(self._reader)}
        for part in self._folders.incoming.glob("*.part"):
            if part.name not in known:
                await self._disk(partial(_remove_orphan, part))

    async def create(self, who: Identity, request: UploadRequest, metadata: str) -> UploadRow:
        """Open an upload, or give the one that is open for this file.

        Raises ``UploadRefusedError``, ``StoreFullError``, ``ShareFullError``.
        """
        free = await self._disk(lambda: shutil.disk_usage(self._folders.store))
        row = UploadRow(
            id=new_identifier(),
            unidad=who.unidad,
            sha256=request.sha256,
            size_bytes=request.size_bytes,
            offset_bytes=0,
            whole=False,
            touched=self._clock(),
            metadata=metadata,
        )
        if request.size_bytes == 0:
            return await self._create_empty(who, request, row)

        def insert(connection: Connection) -> UploadRow:
            self._check_expected(connection, who, request)
            found = upload_rows.insert_upload(connection, row)
            if found is row:
                self._check_room(connection, row, free.total, free.free)
            return found

        return await self._writer.run(insert)

    async def _create_empty(self, who: Identity, request: UploadRequest, row: UploadRow) -> UploadRow:
        self._check_expected(self._reader, who, request)
        if request.sha256.hex != hashlib.sha256().hexdigest():
            raise UploadRefusedError("a file of 0 bytes has another digest")
        target = self._folders.stored(row.unidad, row.sha256)

        def place() -> None:
            durable.make_folder(target.parent, step="centro.store_folder_empty", mode=0o750)
            with suppress(NameTakenError):
                durable.write_new(target, b"", step="centro.store_empty")

        await self._disk(place)
        await self._record_whole(row, new=True)
        return upload_rows.read_upload(self._reader, row.id) or row

    def _check_expected(self, connection: Connection, who: Identity, request: UploadRequest) -> None:
        if not upload_rows.is_expected(
            connection, who.registro, request.sobre, request.sha256, request.size_bytes
        ):
            raise UploadRefusedError("no open offer misses this file")

    def _check_room(self, connection: Connection, row: UploadRow, total: int, free: int) -> None:
        _, reserved = upload_rows.reserved_bytes(connection)
        if free - reserved < self.limits.reserve_bytes:
            raise StoreFullError("store over its high-water mark")
        count, own = upload_rows.reserved_bytes(connection, row.unidad)
        alone = own == row.size_bytes  # one file may be larger than the share if nothing else is under way
        if count > self.limits.max_open_uploads or (own > total * self.limits.unit_share and not alone):
            raise ShareFullError("unit over its share")

    async def head(self, who: Identity, upload: Identifier) -> UploadRow:
        """Give the upload's checked and synced state; a PATCH that is still open is ended first."""
        active = self._find(who, upload)
        if isinstance(active, UploadRow):
            return active
        active.upload = active.upload.asked()
        if active.upload.state is tus.State.YIELDING:
            if active.waiting is not None:
                active.waiting.reschedule(asyncio.get_running_loop().time())
            await active.idle.wait()
        row = upload_rows.read_upload(self._reader, upload)
        if row is None:
            raise UploadGoneError("upload was discarded")
        return row

    async def patch(
        self, who: Identity, upload: Identifier, piece: tus.Piece, body: AsyncIterator[bytes]
    ) -> int:
        """Take a piece and give the new offset, once it is checked, synced and committed.

        Raises the errors of ``tus.Upload.begin``, ``PieceError``, ``PieceCutError``, ``WholeFileError``,
        ``DiskError``.
        """
        active = self._find(who, upload)
        if isinstance(active, UploadRow):
            return self._patch_whole(active, piece)
        active.upload = active.upload.begin(piece)
        active.idle.clear()
        try:
            return await self._take(active, piece, body)
        except (PieceError, PieceCutError, WholeFileError):
            raise
        except BaseException:
            await asyncio.shield(self._settle_active(active))
            raise
        finally:
            active.idle.set()

    @staticmethod
    def _patch_whole(row: UploadRow, piece: tus.Piece) -> int:
        """Answer a piece for a file that is whole: only an empty one at its end fits."""
        whole = tus.Upload(size_bytes=row.size_bytes, offset_bytes=row.size_bytes)
        whole.begin(piece)
        return row.size_bytes

    async def terminate(self, who: Identity, upload: Identifier) -> None:
        """Discard an upload; a whole file stays in the store."""
        active = self._find(who, upload)
        if isinstance(active, UploadRow):
            await self._writer.run(lambda db: upload_rows.delete_upload(db, upload))
            return
        if active.upload.state is not tus.State.IDLE:
            await self.head(who, upload)
        await self._discard(active)

    async def sweep(self) -> int:
        """Discard what nobody touched for the life of an upload; gives how many."""
        rows = upload_rows.lapsed(self._reader, self._clock().plus(-self.limits.upload_life))
        for row in rows:
            active = self._active.get(row.id.text)
            if active is None or active.upload.state is tus.State.IDLE:
                self._active.pop(row.id.text, None)
                await self._forget(row)
        return len(rows)

    def expires(self, row: UploadRow) -> Instant:
        """Give the instant when ``row`` lapses if nobody touches it."""
        return row.touched.plus(self.limits.upload_life)

    def _find(self, who: Identity, upload: Identifier) -> "_Active | UploadRow":
        """Give the open upload of this unit, or the row of a whole one; raises ``UploadGoneError``."""
        active = self._active.get(upload.text)
        row = active.row if active else upload_rows.read_upload(self._reader, upload)
        if row is None or row.unidad != who.unidad:
            raise UploadGoneError("no such upload of this unit")
        if active is not None:
            return active
        if row.whole:
            return row
        state = tus.Upload(size_bytes=row.size_bytes, offset_bytes=row.offset_bytes)
        active = self._active[upload.text] = _Active(row=row, upload=state)
        return active

    async def _take(self, active: _Active, piece: tus.Piece, body: AsyncIterator[bytes]) -> int:
        """Receive one piece and seal it; raises."""
        part = PartFile(
            self._folders.part(active.row.id),
            active.upload.offset_bytes,
            self._known_hash(active),
            piece.checksum,
        )
        try:
            complete = await self._receive(active, part, piece, body)
            await self._seal(active, part, complete=complete)
        finally:
            await self._disk(part.close)
        if not complete:
            raise PieceCutError("piece ended early")
        return active.upload.offset_bytes

    def _known_hash(self, active: _Active) -> "_Hash | None":
        if active.upload.offset_bytes == 0:
            return hashlib.sha256()
        return active.whole

    async def _receive(
        self, active: _Active, part: PartFile, piece: tus.Piece, body: AsyncIterator[bytes]
    ) -> bool:
        """Write what comes, in batches; tells whether the piece ended as its sender meant."""
        batch = bytearray()
        complete = False
        while True:
            chunk = await self._next_chunk(active, body)
            if chunk is None:
                break
            if not chunk:
                complete = True
                break
            active.upload.check_room(part.received + len(batch) + len(chunk))
            batch += chunk
            if len(batch) >= self.limits.write_bytes:
                full, batch = batch, bytearray()
                await self._disk(partial(part.write, full))
        if batch:
            await self._disk(lambda: part.write(batch))
        return complete and part.received == (piece.length_bytes or part.received)

    async def _next_chunk(self, active: _Active, body: AsyncIterator[bytes]) -> bytes | None:
        """Give the next bytes, none at the end, or ``None`` if sender or a newer request cut the piece."""
        if active.upload.state is tus.State.YIELDING:
            return None
        try:
            async with asyncio.timeout(self.limits.stall_s) as active.waiting:
                return await anext(body, b"")
        except (TimeoutError, ConnectionError):
            return None
        finally:
            active.waiting = None

    async def _seal(self, active: _Active, part: PartFile, *, complete: bool) -> None:
        """Check, sync and commit the bytes of ``part``, or cut them off again."""
        try:
            if complete:
                part.check()
            elif part.has_checksum:
                raise PieceCutError("piece with a checksum was cut")
        except (PieceError, PieceCutError):
            await self._disk(part.cut)
            active.upload = active.upload.dropped()
            raise
        if active.upload.offset_bytes + part.received == active.row.size_bytes:
            await self._finish(active, part)
        else:
            await self._keep(active, part)

    async def _keep(self, active: _Active, part: PartFile) -> None:
        await self._sync(active, part.sync)
        offset, now = part.start + part.received, self._clock()
        await self._writer.run(lambda db: upload_rows.move_offset(db, active.row.id, offset, now))
        active.upload = active.upload.kept(part.received)
        active.whole = part.running

    async def _finish(self, active: _Active, part: PartFile) -> None:
        """Sync the last piece, judge the whole file, move it into the store and record it."""

        def finish() -> bool:
            if part.whole_digest().hexdigest() != active.row.sha256.hex:
                return False
            part.close()
            place_in_store(
                part.path, self._folders.stored(active.row.unidad, active.row.sha256), active.row.sha256
            )
            return True

        await self._sync(active, part.sync_last)
        if not await self._disk(finish):
            await self._discard(active)
            raise WholeFileError("whole file has another digest")
        await self._record_whole(active.row)
        active.upload = active.upload.kept(part.received)
        self._active.pop(active.row.id.text, None)

    async def _sync(self, active: _Active, sync: Callable[[], None]) -> None:
        """Sync a piece; a file whose sync failed is discarded, never synced again (``durable``)."""
        try:
            await self._disk(sync)
        except DiskError:
            await self._discard(active)
            raise

    async def _record_whole(self, row: UploadRow, *, new: bool = False) -> None:
        """Record a file of the store and mark the sobres that miss nothing any more."""
        now = self._clock()

        def record(connection: Connection) -> list[Digest]:
            if new:
                upload_rows.insert_upload(connection, row)
            upload_rows.finish_upload(connection, row, now)
            return offers.mark_whole(connection, offers.open_sobres_with(connection, row.unidad, row.sha256))

        self._on_whole(await self._writer.run(record))

    async def _discard(self, active: _Active) -> None:
        active.upload = active.upload.discarded()
        self._active.pop(active.row.id.text, None)
        await self._forget(active.row)

    async def _forget(self, row: UploadRow) -> None:
        """Remove row, then file: a file without a row is removed at the next start."""
        await self._writer.run(lambda db: upload_rows.delete_upload(db, row.id))
        await self._disk(lambda: durable.remove(self._folders.part(row.id), step="centro.part_remove"))

    async def _settle_active(self, active: _Active) -> None:
        """After a failure within a piece: settle as at a restart, then forget what was in memory.

        Until then the upload stays busy, so that no new piece is written while its file is cut.
        """
        with suppress(
            SigasersError
        ):  # the request's own error is the one to tell; a restart settles the rest
            await self._settle(active.row)
        self._active.pop(active.row.id.text, None)

    async def _settle(self, row: UploadRow) -> None:
        """Bring one open upload's row and file together.

        The file is in the store: recorded. It is longer than the row says: cut back to what was synced.
        It is shorter or gone: the upload is forgotten, and the unit begins anew.
        """
        known = upload_rows.read_upload(self._reader, row.id)
        if known is None or known.whole:
            return
        part = self._folders.part(row.id)
        size = await self._disk(lambda: part.stat().st_size if part.exists() else 0)
        if size == 0 and await self._disk(lambda: self._is_stored(row)):
            await self._record_whole(row)
        elif size < known.offset_bytes:
            await self._forget(row)
        elif size > known.offset_bytes:
            await self._disk(lambda: durable.truncate(part, known.offset_bytes, step="centro.part_cut_back"))

    def _is_stored(self, row: UploadRow) -> bool:
        target = self._folders.stored(row.unidad, row.sha256)
        return target.exists() and hash_file(target).hexdigest() == row.sha256.hex

    async def _disk(self, work: Callable[[], T]) -> T:
        """Run blocking ``work`` off the event loop; it is never abandoned half-way by a cancelled request."""
        future = asyncio.get_running_loop().run_in_executor(self._pool, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            raise


def _remove_orphan(part: Path) -> None:
    """Remove a part that no upload owns: its row went first, and the process died between the two."""
    durable.remove(part, step="centro.part_remove_orphan")
