"""Values of SQLite columns whose declared type tells nothing of their form, as text that loses nothing.

They come as tagged text (``sqlite_statements.tagged``): each value by how it is stored, not by how SQLite would cast it
(a REAL cast to text keeps 15 digits).
"""

import pyarrow as pa

from sigasers.siga.sources.place import Place
from sigasers.siga.sources.texts import decoded

_BYTES = "Bytes en una columna que no es de bytes; se escribieron en hexadecimal."


def untagged(place: Place, raw: pa.Array, first: int) -> pa.Array:
    r"""Integers by their digits, REAL by its shortest decimal, text as stored, bytes as ``\x`` and hexadecimal digits.

    ``first`` is the ordinal of the chunk's first row.
    """
    stored = raw.view(pa.binary()) if pa.types.is_string(raw.type) else raw
    found = [
        None if data is None else _text(place, data, first + index)
        for index, data in enumerate(stored.to_pylist())
    ]
    return pa.array(found, pa.string())


def _text(place: Place, data: bytes, row: int) -> str:
    tag, body = data[:1], data[1:]
    if tag == b"t":
        return decoded(place, body, row)
    if tag == b"r":
        return repr(float(body))
    if tag == b"b":
        place.note("binario_como_texto", _BYTES, row)
        return f"\\x{body.decode('ascii').lower()}"
    return body.decode("ascii")
