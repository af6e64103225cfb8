"""Modern_Spanish_CI_AS, as far as tests need it: case ignored, accents told apart, ñ after n, trailing blanks ignored.

It is made to disagree with binary order wherever the real one does: 'a' < 'B', 'ñ' between 'n' and 'o'.
"""

import unicodedata
from functools import lru_cache

NAME = "MODERN_SPANISH_CI_AS"
# The five bytes that a server of this collation puts beside each text column: LCID 0x0C0A, CI, Windows order.
WIRE = bytes.fromhex("0a0cd00000")
_HOLES = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # bytes that Windows-1252 leaves open
_TO_BYTES = {text: bytes([byte]) for byte, text in _HOLES.items()}


@lru_cache(maxsize=100_000)
def key(text: str) -> tuple[str, str]:
    """Give what is compared: the letters, and only where they are equal their accents."""
    letters, accents = [], []
    for letter in text.rstrip(" ").casefold():
        base, *marks = unicodedata.normalize("NFD", letter)
        tilde = base == "n" and marks == ["\u0303"]
        letters.append("n\uffff" if tilde else base)
        accents.append("" if tilde else "".join(marks))
    return "".join(letters), "|".join(accents)


def compare(left: str, right: str) -> int:
    """Order two texts, as SQLite asks a collation."""
    one, other = key(left), key(right)
    return (one > other) - (one < other)


def to_windows(text: str) -> bytes:
    """Encode as a varchar holds it; what Windows-1252 lacks becomes ``?``, as in the server."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return b"".join(_TO_BYTES.get(letter) or letter.encode("cp1252", "replace") for letter in text)


def from_windows(data: bytes) -> str:
    """Decode what a varchar holds."""
    return "".join(_HOLES.get(byte) or bytes([byte]).decode("cp1252") for byte in data)
