"""CAST and CONVERT between stored values, for the pairs that exporter and tests use; the rest is refused.

Stored: numbers as numbers or decimal text, times as ISO text with a blank, text as text, bytes as bytes.
"""

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from tests.sources.tds_emulator.collation import from_windows, to_windows
from tests.sources.tds_emulator.errors import SqlError
from tests.sources.tds_emulator.sql_types import BYTES, DECIMALS, MONEY, TIMES, WHOLE, SqlType

_CONTEXT = Context(prec=100)
_LIMITS = {"tinyint": (0, 255), "smallint": (-(2**15), 2**15 - 1), "int": (-(2**31), 2**31 - 1),
           "bigint": (-(2**63), 2**63 - 1), "bit": (0, 1)}  # fmt: skip
# A login whose language is Spanish reads 'AAAA-MM-DD hh:mm' as year, day, month: only forms without doubt are taken.
_SURE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,7}))?)?")
_SORT_OFFSET = 10**60


def converted(value: object, source: SqlType, target: SqlType, style: int = 0) -> object:
    """Give ``value`` of ``source`` as ``target`` stores it; raises ``SqlError`` where the server would."""
    if value is None:
        return None
    if target.is_text:
        if isinstance(value, bytes) and target.is_wide and not style:
            return _cut(value.decode("utf-16-le", "surrogatepass"), target)
        return _cut(_as_text(value, source, style), target)
    return _TO.get(target.name, _kept)(value, source, target)


def _kept(value: object, _source: SqlType, _target: SqlType) -> object:
    return str(value)


def _real(value: object, _source: SqlType, _target: SqlType) -> float:
    return float(str(value))


def _identifier(value: object, _source: SqlType, _target: SqlType) -> str:
    return str(uuid.UUID(str(value))).upper()


def sortable(value: object, scale: int) -> str | None:
    """Give a decimal as text that sorts as its number does."""
    if value is None:
        return None
    whole = int(Decimal(str(value)).scaleb(scale, _CONTEXT).to_integral_value(ROUND_HALF_UP))
    return str(whole + _SORT_OFFSET)


def _as_text(value: object, source: SqlType, style: int) -> str:
    if isinstance(value, bytes):
        return value.hex().upper() if style == 2 else from_windows(value)
    if source.name in TIMES:
        if source.name not in {"date", "time"} and style not in {121, 126}:
            raise SqlError(281, f"{style} is not a style the emulator knows for {source.name}.")
        return _time_text(str(value), source)
    if source.is_decimal or "money" in source.name:
        scale = source.scale
        return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP, _CONTEXT):f}"
    return str(value).ljust(source.length if source.name == "char" else 0)


def _time_text(text: str, source: SqlType) -> str:
    if source.name == "date":
        return text[:10]
    if source.name == "datetimeoffset":
        return text
    digits = 3 if source.name == "datetime" else 0 if source.name == "smalldatetime" else source.scale
    head, _, fraction = text.partition(".")
    if " " not in head and source.name != "time":
        head += " 00:00:00"
    return f"{head}.{fraction.ljust(7, '0')[:digits]}" if digits else head


def _cut(text: str, target: SqlType) -> str:
    if not target.is_wide:
        text = from_windows(to_windows(text))
    if target.name in {"text", "ntext", "xml"} or target.is_max:
        return text
    if target.is_wide:  # counted in UTF-16
        data = text.encode("utf-16-le", "surrogatepass")[: 2 * target.length]
        fill = target.length - len(data) // 2 if target.name == "nchar" else 0
        return data.decode("utf-16-le", "surrogatepass") + " " * fill
    return text[: target.length].ljust(target.length if target.name == "char" else 0)


def _as_bytes(value: object, source: SqlType, target: SqlType) -> bytes:
    if isinstance(value, bytes):
        data = value
    elif source.is_wide:
        data = str(value).encode("utf-16-le", "surrogatepass")
    else:
        data = to_windows(_as_text(value, source, 0))
    return data if target.is_max or not target.length else data[: target.length]


def _whole(value: object, _source: SqlType, target: SqlType) -> int:
    try:
        number = int(Decimal(str(value)))
    except (InvalidOperation, ValueError) as error:
        raise SqlError(
            245, f"Conversion failed when converting the value to data type {target.name}."
        ) from error
    low, high = _LIMITS[target.name]
    if target.name == "bit":
        return int(bool(number))
    if not low <= number <= high:
        raise SqlError(220, f"Arithmetic overflow error for data type {target.name}.")
    return number


def _decimal(value: object, _source: SqlType, target: SqlType) -> str:
    precision = {"money": 19, "smallmoney": 10}.get(target.name, target.precision)
    try:
        number = Decimal(str(value)).quantize(Decimal(1).scaleb(-target.scale), ROUND_HALF_UP, _CONTEXT)
    except InvalidOperation as error:
        raise SqlError(8114, f"Error converting data type varchar to {target.name}.") from error
    if number.copy_abs() >= Decimal(10) ** (precision - target.scale):
        raise SqlError(8115, f"Arithmetic overflow error converting to data type {target.name}.")
    return f"{number:f}"


def _time(value: object, source: SqlType, target: SqlType) -> str:
    text = str(value)
    if target.name == "datetimeoffset":
        return text
    if target.name == "time":
        head, _, fraction = text.partition(".")
        return f"{head}.{fraction.ljust(7, '0')[: target.scale]}" if target.scale else head
    doubtful = source.is_text and target.name in {"datetime", "smalldatetime"}
    match = (_SURE if doubtful else _ISO).fullmatch(text)
    if match is None:
        raise SqlError(
            242, f"The conversion of a varchar data type to a {target.name} data type is out of range."
        )
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if target.name == "date":
        return day.isoformat()
    clock = (match[4] or "00:00:00").ljust(8, "0") if len(match[4] or "") != 5 else f"{match[4]}:00"
    return _rounded(day, clock, (match[5] or "").ljust(7, "0"), target)


def _rounded(day: date, clock: str, fraction: str, target: SqlType) -> str:
    if target.name == "datetime2":
        return f"{day} {clock}.{fraction[: target.scale]}" if target.scale else f"{day} {clock}"
    start = datetime.fromisoformat(f"{day} {clock}")
    if target.name == "smalldatetime":
        minutes = round((start.second + int(fraction) / 10**7) / 60)
        return (start.replace(second=0) + timedelta(minutes=minutes)).isoformat(sep=" ")
    if day.year < 1753:
        raise SqlError(242, "The conversion resulted in an out-of-range datetime value.")
    thirds = round(int(fraction) * 300 / 10**7)
    if thirds == 300:
        start, thirds = start + timedelta(seconds=1), 0
    return f"{start.isoformat(sep=' ')}.{round(thirds * 10 / 3):03d}"


_TO: dict[str, Callable[[object, SqlType, SqlType], object]] = {
    **dict.fromkeys(BYTES, _as_bytes),
    **dict.fromkeys(WHOLE, _whole),
    **dict.fromkeys((*DECIMALS, *MONEY), _decimal),
    **dict.fromkeys(("float", "real"), _real),
    **dict.fromkeys(TIMES, _time),
    "uniqueidentifier": _identifier,
}
