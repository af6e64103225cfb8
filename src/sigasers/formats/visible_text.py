"""Names from outside as people may look at them: signs that hide, or that turn the text around, are spelt out."""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, direction marks, halves of a pair, separators of lines."""


def visible(text: str) -> str:
    """Give ``text`` with each unseen sign as ``[U+202E]``."""
    if text.isprintable():
        return text
    return "".join(f"[U+{ord(char):04X}]" if unicodedata.category(char) in UNSEEN else char for char in text)
