"""What the centre takes at once; each number is bounded so that one hostile unit hurts itself alone."""

from dataclasses import dataclass
from datetime import timedelta

from sigasers.model.wire import MAX_FILE_BYTES

MIB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The bounds of one centre; the defaults fit the embedded form.

    ``piece_bytes`` is what agents are told to send at once. ``write_bytes`` is the least that goes to disk in
    one write off the event loop. ``reserve_bytes`` of the disk stay free for log and database.
    """

    max_file_bytes: int = MAX_FILE_BYTES
    piece_bytes: int = 8 * MIB
    write_bytes: int = MIB
    reserve_bytes: int = 256 * MIB
    unit_share: float = 0.25
    max_open_offers: int = 1000
    max_open_uploads: int = 256
    upload_life: timedelta = timedelta(days=7)
    stall_s: float = 120.0
    acuse_wait_s: float = 5.0
