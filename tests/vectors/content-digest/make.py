"""Makes vectors.json from docs/spec/content-digest.md with the standard library alone."""

import hashlib
import json
import struct
from datetime import date, datetime
from decimal import Decimal, localcontext
from pathlib import Path

TABLES = [
    {"name": "empty table without columns", "columns": [], "rows": []},
    {"name": "no rows", "columns": [["A", "entero"], ["B", "texto"]], "rows": []},
    {
        "name": "null and empty text stay apart",
        "columns": [["A", "texto"]],
        "rows": [[None], [""], ["a"], ["á"], ["a\u0301"]],
    },
    {
        "name": "char is padded, inner blanks stay",
        "columns": [["CLASIFICADOR", "char(20)"], ["SEDE", "char(3)"]],
        "rows": [["2.3. 2  9. 1  1", "01"], ["2.3. 2  9. 1  1     ", "01 "], ["ñandú", None], ["", "ABCD"]],
    },
    {
        "name": "decimals",
        "columns": [["M", "decimal(16,2)"], ["P", "decimal(38,6)"], ["N", "decimal(6,0)"]],
        "rows": [
            ["0.00", "-0.000001", "1288"],
            ["-12345678901234.56", "99999999999999999999999999999999.999999", None],
            [None, "-99999999999999999999999999999999.999999", "-1"],
        ],
    },
    {
        "name": "dates, times, integers, reals, bytes",
        "columns": [["F", "fecha"], ["H", "fecha_hora"], ["E", "entero"], ["R", "real"], ["B", "binario"]],
        "rows": [
            ["1753-01-01", "1753-01-01T00:00:00", -(2**63), "-0.0", "00ff"],
            ["2021-10-21", "2021-10-21T16:30:59.123457", 2**63 - 1, "nan", ""],
            [None, None, None, None, None],
            ["1970-01-01", "9999-12-31T23:59:59.999999", 0, "1e300", "41"],
        ],
    },
]


EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  the format has no zone


def decimal_bytes(kind: str, text: str) -> bytes:
    """Give the unscaled integer of a decimal; the default context would round to 28 digits."""
    scale = int(kind.rstrip(")").split(",")[1])
    with localcontext() as context:
        context.prec = 60
        return int(Decimal(text).scaleb(scale)).to_bytes(16, "little", signed=True)


def time_bytes(text: str) -> bytes:
    """Give the microseconds since 1970."""
    delta = datetime.fromisoformat(text) - EPOCH
    return struct.pack("<q", (delta.days * 86400 + delta.seconds) * 10**6 + delta.microseconds)


def real_bytes(text: str) -> bytes:
    """Give a double with one zero and one NaN."""
    return bytes.fromhex("000000000000f87f") if text == "nan" else struct.pack("<d", float(text) + 0.0)


def value_bytes(kind: str, value: object) -> bytes:
    """Give a present value's bytes in the values stream (section 2)."""
    text = str(value)
    writers = {
        "decimal": lambda: decimal_bytes(kind, text),
        "entero": lambda: int(text).to_bytes(8, "little", signed=True),
        "texto": text.encode,
        "char": lambda: text.ljust(int(kind[5:-1])).encode(),
        "binario": lambda: bytes.fromhex(text),
        "fecha": lambda: struct.pack("<i", (date.fromisoformat(text) - EPOCH.date()).days),
        "fecha_hora": lambda: time_bytes(text),
        "real": lambda: real_bytes(text),
    }
    return writers[kind.split("(", maxsplit=1)[0]]()


def digest(columns: list[list[str]], rows: list[list[object]]) -> str:
    """Give the table's digest (section 3)."""
    total = hashlib.sha256(b"sigasers-resumen-contenido-v1\n")
    total.update(struct.pack("<Q", len(rows)) + struct.pack("<I", len(columns)))
    for index, (name, kind) in enumerate(columns):
        cells = [row[index] for row in rows]
        values = [value_bytes(kind, cell) for cell in cells if cell is not None]
        long = kind.startswith(("char", "texto", "binario"))
        lengths = b"".join(struct.pack("<I", len(value)) for value in values) if long else b""
        presence = bytes(cell is not None for cell in cells)
        for text in (name.encode(), kind.encode()):
            total.update(struct.pack("<I", len(text)) + text)
        for stream in (presence, lengths, b"".join(values)):
            total.update(hashlib.sha256(stream).digest())
    return total.hexdigest()


def main() -> None:
    """Write vectors.json beside this script."""
    vectors = [{**table, "digest": digest(table["columns"], table["rows"])} for table in TABLES]
    text = json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"
    Path(__file__).with_name("vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
