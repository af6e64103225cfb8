"""JSON as RFC 8259 and I-JSON (RFC 7493) mean it: one meaning for each document, or a refusal.

Python's reader keeps the last of two equal keys, takes NaN and turns ``1e999`` into infinity; two readers that
differ there can be shown two contents under one digest. It says nothing about which fields a format has.
"""

import json
import math

from sigasers.errors.formats import BadJsonError

MAX_DEPTH = 64


def loads(data: bytes, *, max_bytes: int) -> object:
    """Give the value of the JSON text ``data`` (UTF-8, no byte order mark, at most ``max_bytes`` long).

    Raises ``BadJsonError`` for anything else: duplicate keys at any level, NaN and infinities, numbers out of
    range, lone surrogates, nesting over ``MAX_DEPTH``, text after the value.
    """
    if len(data) > max_bytes:
        raise BadJsonError(f"json of {len(data)} bytes, limit {max_bytes}")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise BadJsonError(f"bad json: {type(error).__name__}") from error
    _check(value)
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJsonError("duplicate key")
    return found


def _constant(text: str) -> float:
    raise BadJsonError(f"{text} is no json number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadJsonError("number out of range")
    return number


def _check(value: object) -> None:
    """Refuse deep nesting and lone surrogates, without recursion of our own."""
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                raise BadJsonError(f"nesting over {MAX_DEPTH}")
            if isinstance(item, dict):
                for key in item:
                    _check_text(key)
                item = list(item.values())
            pending.extend((child, depth + 1) for child in item)


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadJsonError("lone surrogate in text") from error
