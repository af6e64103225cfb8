"""Makes the vectors of pseudonyms from docs/spec/pseudonyms.md with the standard library alone.

Canonical texts are written by hand; the key's id and the pseudonyms are computed here, HMAC spelled out (RFC 2104).
"""

import base64
import hashlib
import json
from pathlib import Path

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
# (type, value as JSON text; bytes as hexadecimal), canonical text, domain
CASES = [
    ("texto", "1234567", "1234567", "dni"),
    ("texto", " 01234567\t", "1234567", "dni"),
    ("char(10)", "01234567  ", "1234567", "dni"),
    ("decimal(8,0)", "1234567", "1234567", "dni"),
    ("decimal(12,2)", "1234567.00", "1234567", "dni"),
    ("entero", "1234567", "1234567", "dni"),
    ("real", "1234567.0", "1234567", "dni"),
    ("texto", "1234567", "1234567", "empleado"),
    ("texto", "\u00a0pérez ñíguez\u00a0", "PÉREZ ÑÍGUEZ", "nombre"),
    ("texto", "PE\u0301REZ ÑI\u0301GUEZ", "PÉREZ ÑÍGUEZ", "nombre"),
    ("texto", "ß÷ÿ", "ß÷ÿ", "nombre"),
    ("texto", "000", "0", "codigo"),
    ("texto", "00A1", "00A1", "codigo"),
    ("texto", "1.50", "1.50", "codigo"),
    ("texto", "١٢", "١٢", "codigo"),
    ("decimal(38,10)", "-0.0000000000", "0", "codigo"),
    (
        "decimal(38,10)",
        "1234567890123456789012345678.1234567890",
        "1234567890123456789012345678.123456789",
        "codigo",
    ),
    ("decimal(5,2)", "-1.50", "-1.5", "codigo"),
    ("real", "0.1", "0.1", "codigo"),
    ("fecha", "1980-02-29", "1980-02-29", "nacimiento"),
    ("fecha_hora", "1980-02-29T00:00:00", "1980-02-29T00:00:00", "nacimiento"),
    ("fecha_hora", "1980-02-29T08:05:06.000010", "1980-02-29T08:05:06.000010", "nacimiento"),
    ("binario", "00ff", "0X00FF", "huella"),
    ("texto", "", "", "dni"),
    ("texto", "   ", "", "dni"),
    ("char(8)", "        ", "", "dni"),
]


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """RFC 2104 with SHA-256, for keys of up to 64 bytes."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in padded) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in padded) + inner).digest()


def key_id(key: bytes) -> str:
    """Section 4."""
    return (
        base64.urlsafe_b64encode(hmac_sha256(key, b"sigasers-seudonimo-llave-v1")[:16]).decode().rstrip("=")
    )


def pseudonym(key: bytes, domain: str, canonical: str) -> str:
    """Section 3."""
    if canonical == "":
        return ""
    message = b"sigasers-seudonimo-v1" + b"\0" + domain.encode() + b"\0" + canonical.encode()
    return hmac_sha256(key, message)[:16].hex()


def main() -> None:
    """Write ``vectors.json`` beside this script."""
    document = {
        "llaves": [{"llave": key.hex(), "id": key_id(key)} for key in (KEY, OTHER_KEY)],
        "casos": [
            {
                "tipo": kind,
                "valor": value,
                "canonico": canonical,
                "dominio": domain,
                "seudonimos": [pseudonym(key, domain, canonical) for key in (KEY, OTHER_KEY)],
            }
            for kind, value, canonical, domain in CASES
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    Path(__file__).with_name("vectors.json").write_bytes(text.encode())


if __name__ == "__main__":
    main()
