"""Makes the vectors of docs/spec/rar5.md from that page, with the standard library and AES alone."""

import hashlib
import hmac
import json
import struct
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PASSWORD, SALT, IV = "contraseña-de-vector", bytes(range(16)), bytes(range(16, 32))
NAME, CONTENT, MTIME = "tablas/ÑANDÚ.parquet", b"contenido" * 5, 1_634_851_800
COMMENT = b'{"v":1}'


def vint(value: int) -> bytes:
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def block(body: bytes) -> bytes:
    sized = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


def fold(raw: bytes, size: int) -> bytes:
    out = bytes(size)
    for at in range(0, len(raw), size):
        out = bytes(a ^ b for a, b in zip(out, raw[at : at + size], strict=True))
    return out


def derived(more: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), SALT, 2**15 + more)


def archive() -> tuple[bytes, dict[str, str]]:
    aes, hash_key, check8 = derived(0), derived(16), fold(derived(32), 8)
    check = check8 + hashlib.sha256(check8).digest()[:4]
    checksum = fold(hmac.digest(hash_key, struct.pack("<I", zlib.crc32(CONTENT)), "sha256"), 4)
    padded = CONTENT + bytes(-len(CONTENT) % 16)
    cipher = Cipher(algorithms.AES256(aes), modes.CBC(IV)).encryptor()
    packed = cipher.update(padded) + cipher.finalize()
    record = vint(1) + vint(0) + vint(3) + bytes([15]) + SALT + IV + check
    extra = vint(len(record)) + record
    name = NAME.encode()
    fields = vint(6) + vint(len(CONTENT)) + vint(0x20) + struct.pack("<I", MTIME) + checksum
    fields += vint(0) + vint(0) + vint(len(name)) + name
    comment = vint(3) + vint(2) + vint(len(COMMENT)) + vint(4) + vint(len(COMMENT)) + vint(0)
    comment += struct.pack("<I", zlib.crc32(COMMENT)) + vint(0) + vint(0) + vint(3) + b"CMT"
    file = vint(2) + vint(3) + vint(len(extra)) + vint(len(packed)) + fields + extra
    whole = bytes.fromhex("526172211A070100") + block(vint(1) + vint(0) + vint(0))
    whole += block(comment) + COMMENT + block(file) + packed + block(vint(5) + vint(4) + vint(0))
    return whole, {
        "aes_key": aes.hex(),
        "hash_key": hash_key.hex(),
        "check": check.hex(),
        "checksum": checksum.hex(),
    }


def main() -> None:
    whole, derived_values = archive()
    vector = {
        "password": PASSWORD,
        "salt": SALT.hex(),
        "k": 15,
        "iv": IV.hex(),
        "name": NAME,
        "mtime": MTIME,
        "content": CONTENT.hex(),
        "comment": COMMENT.hex(),
        **derived_values,
        "archive": whole.hex(),
    }
    path = Path(__file__).with_name("one-member.json")
    path.write_text(json.dumps(vector, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
