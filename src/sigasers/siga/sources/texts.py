"""Text, bytes and times as engines give them, made the column's exact type, or refused (``Place.bad``).

What Python and Arrow say of a bad value quotes it. So a refusal is raised outside the handler of their error: it then
has neither cause nor context, and the technical log, which writes both, holds no cell.
"""

import re
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.formats.column_type import Kind
from sigasers.siga.sources.place import Place

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?")
_CUT_TIME = "Hora con fracciones menores que un microsegundo; se recortaron."
_NOT_UTF8 = "Texto que no está en UTF-8; se leyó como Windows-1252."


def text(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Text as stored; bytes in a text column are taken as its text."""
    texts = raw.view(pa.string()) if pa.types.is_binary(raw.type) else raw
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        texts = None
    return _decoded(place, raw, first) if texts is None else texts


def _decoded(place: Place, raw: pa.Array, first: int) -> pa.Array:
    texts: list[str | None] = []
    for index, data in enumerate(raw.view(pa.binary()).to_pylist()):
        texts.append(None if data is None else decoded(place, data, first + index))
    return pa.array(texts, pa.string())


def decoded(place: Place, data: bytes, row: int) -> str:
    """Give text as Python's; what is not UTF-8, as Windows-1252, observed."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        place.note("texto_no_utf8", _NOT_UTF8, row)
        return _windows(data)


def readable(raw: pa.Array) -> list[str | None]:
    """Give text or bytes as Python's text; what is not UTF-8, as Windows-1252."""
    stored = raw if pa.types.is_binary(raw.type) else raw.cast(pa.string()).view(pa.binary())
    return [None if data is None else _lenient(data) for data in stored.to_pylist()]


def _lenient(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(data)


def binary(_place: Place, raw: pa.Array, _first: int) -> pa.Array:
    """Bytes as they are; text in a column of bytes is taken as its bytes."""
    return raw.view(pa.binary()) if pa.types.is_string(raw.type) else raw


def time(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """``AAAA-MM-DD``, with or without time, blank or T between."""
    texts = text(place, raw, first)
    try:
        found = pc.cast(texts, place.column.tipo.arrow)
    except pa.ArrowInvalid:
        found = None  # and leave the handler: what Arrow says quotes the value
    return _times_by_row(place, texts, first) if found is None else found


def _times_by_row(place: Place, texts: pa.Array, first: int) -> pa.Array:
    values: list[date | None] = []
    for index, text in enumerate(texts.to_pylist()):
        values.append(None if text is None else _time(place, text, first + index))
    return pa.array(values, place.column.tipo.arrow)


def _time(place: Place, text: str, row: int) -> date:
    at, rest = _read_time(text)
    if at is None:
        raise place.bad("se esperaba una fecha", row)
    if place.column.tipo.kind is Kind.FECHA:
        if at.time().isoformat() != "00:00:00":
            raise place.bad("se esperaba una fecha sin hora", row)
        return at.date()
    if rest.strip("0"):
        place.note("fecha_recortada", _CUT_TIME, row)
    return at


def _read_time(text: str) -> tuple[datetime | None, str]:
    """Give the time to the microsecond and the digits beyond; ``None`` for what is no time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None, ""
    fraction = (match[4] or "").ljust(9, "0")
    try:
        at = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}:{match[3] or '00'}.{fraction[:6]}")
    except ValueError:
        at = None
    return at, fraction[6:]


def _windows(data: bytes) -> str:
    """Decode Windows-1252, its five holes as Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
