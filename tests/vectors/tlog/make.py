"""Makes the vectors of the log from docs/spec/log.md with the standard library alone: each hash is written out.

Nothing here loops over a tree: the four leaves, the inner nodes, the paths and the texts are put down one by one,
so that a reader can follow them with ``sha256sum``. No signature stands here, so no key does.
"""

import base64
import hashlib
import json
from pathlib import Path

ORIGIN = "sigasers.pe/bitacora/c-00000000000000000000000000000000/1"
PUBLIC = bytes(range(32))  # stands for a raw Ed25519 public key: only its key hash is looked at


def sha256(*parts: bytes) -> bytes:
    """Give SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def b64(data: bytes) -> str:
    """Give standard base64."""
    return base64.b64encode(data).decode()


def asiento(n: int) -> bytes:
    """Give the exact bytes of the asiento of the ``n``-th sobre."""
    return (
        '{"v":1,"sobre":"' + str(n) * 64 + '","registro":"AAAAAAAAAAAAAAAAAAAAAA",'
        '"instalacion":"BBBBBBBBBBBBBBBBBBBBBA","n":' + str(n) + ',"ofrecido":"2021-10-21T21:30:00.000Z",'
        '"completado":"2021-10-21T21:31:00.000Z","sal":"CCCCCCCCCCCCCCCCCCCCCA"}'
    ).encode()


ASIENTOS = [asiento(n) for n in (1, 2, 3, 4)]
ENTRIES = [b"\x01" + sha256(data) for data in ASIENTOS]
A, B, C, D = (sha256(b"\x00", entry) for entry in ENTRIES)
AB = sha256(b"\x01", A, B)
CD = sha256(b"\x01", C, D)
ABC = sha256(b"\x01", AB, C)
ABCD = sha256(b"\x01", AB, CD)
ROOTS = [sha256(), A, AB, ABC, ABCD]
INCLUSION = {
    (0, 1): [],
    (0, 2): [B],
    (1, 2): [A],
    (0, 3): [B, C],
    (1, 3): [A, C],
    (2, 3): [AB],
    (0, 4): [B, CD],
    (1, 4): [A, CD],
    (2, 4): [D, AB],
    (3, 4): [C, AB],
}
CONSISTENCY = {
    (1, 2): [B],
    (1, 3): [B, C],
    (1, 4): [B, CD],
    (2, 3): [C],
    (2, 4): [CD],
    (3, 4): [C, D, AB],
}
KEY_HASH = sha256(ORIGIN.encode(), b"\n", b"\x01", PUBLIC)[:4]
CHECKPOINT = f"{ORIGIN}\n4\n{b64(ABCD)}\n"
NOTE = f"{CHECKPOINT}\n— {ORIGIN} {b64(KEY_HASH + bytes(64))}\n"  # the signature is 64 zeros: of no key
PROOF = f"c2sp.org/tlog-proof@v1\nindex 2\n{b64(D)}\n{b64(AB)}\n\n{NOTE}"

VECTORS = {
    "asientos": [data.decode() for data in ASIENTOS],
    "entries": [entry.hex() for entry in ENTRIES],
    "leaves": [leaf.hex() for leaf in (A, B, C, D)],
    "roots": [root.hex() for root in ROOTS],
    "inclusion": [
        {"index": index, "size": size, "path": [item.hex() for item in path]}
        for (index, size), path in INCLUSION.items()
    ],
    "consistency": [
        {"first": first, "second": second, "path": [item.hex() for item in path]}
        for (first, second), path in CONSISTENCY.items()
    ],
    "public": PUBLIC.hex(),
    "key_hash": KEY_HASH.hex(),
    "checkpoint": CHECKPOINT,
    "note": NOTE,
    "proof": PROOF,
}

if __name__ == "__main__":
    target = Path(__file__).with_name("vectors.json")
    target.write_text(json.dumps(VECTORS, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
