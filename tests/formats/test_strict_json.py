"""JSON has one meaning here or none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import BadJsonError
from sigasers.formats import strict_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("añ€", max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_plain_json_is_read_as_it_is(value: object) -> None:
    """Whatever has one meaning comes back."""
    assert strict_json.loads(json.dumps(value).encode(), max_bytes=1 << 20) == value


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'[{"x":{"a":1,"b":2,"a":3}}]',
        b'{"a":1,"\\u0061":2}',
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"1e999",
        b'"\\ud800"',
        b'{"\\udfff":1}',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        '"ñ"'.encode("utf-16"),
        b"1 2",
        b"{} x",
        b"",
        b"{",
        b"'a'",
        b"01",
        b"[1,]",
        b"9" * 5000,
    ],
)
def test_two_meanings_or_none_are_refused(text: bytes) -> None:
    """Two readers that differ here could be shown two contents under one digest."""
    with pytest.raises(BadJsonError):
        strict_json.loads(text, max_bytes=1 << 20)


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_depth_is_bounded(opening: bytes) -> None:
    """64 levels are read, 65 refused, and a hundred thousand end neither the process nor its stack."""
    closing = {b"[": b"]", b'{"a":': b"}"}[opening]
    core = opening[:1] + closing
    strict_json.loads(opening * 63 + core + closing * 63, max_bytes=1 << 20)
    for depth in (64, 100_000):
        with pytest.raises(BadJsonError):
            strict_json.loads(opening * depth + core + closing * depth, max_bytes=1 << 30)


def test_size_is_bounded_before_parsing() -> None:
    """A byte over the limit is refused; at the limit it is read."""
    assert strict_json.loads(b"[1]", max_bytes=3) == [1]
    with pytest.raises(BadJsonError):
        strict_json.loads(b"[1]", max_bytes=2)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_value_or_our_error(data: bytes) -> None:
    """Nothing foreign escapes."""
    try:
        strict_json.loads(data, max_bytes=1000)
    except BadJsonError:
        return
