"""Numbers as SQLite stores them, made exact decimals by one rule wherever they are read or summed.

An integer is itself. A REAL x is the whole number nearest to the double x·10^s, halves away from zero, as long as
that is under 10^15: below it every decimal of 15 digits comes back as it was stored. Above, its 15 significant
digits are taken.
A REAL whose shortest decimal is not the one written is *inexact*: an observation. Only the noise of a double's last
bit (0.1 + 0.2) is not, as long as the written number has under 15 digits: with more, that bit may be a digit.
"""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

EXACT_PRODUCT = 1e15
EXACT_INTEGER = float(2**53)
NOISELESS = 1e14  # from here on a number has 15 digits
DOUBT = 2.0**-51  # a double nearest to a decimal, times 10^s, is off by less than 2^-52 of itself
_DIGITS = 400  # the longest double has 309 digits before the point


def unscaled_real(number: float, scale: int) -> tuple[int, bool]:
    """Give the whole number that stands for ``number``·10^scale, and whether it is inexact."""
    product = number * 10.0**scale
    if abs(product) < EXACT_PRODUCT:
        whole = math.trunc(product + math.copysign(0.5, product))
        return whole, _is_inexact(number, product, whole, scale)
    if number.is_integer() and abs(number) < EXACT_INTEGER:
        return int(number) * 10**scale, False
    with localcontext() as context:
        context.prec = _DIGITS
        taken = Decimal(f"{number:.15g}").scaleb(scale).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return int(taken), taken.scaleb(-scale) != Decimal(repr(number))


def _is_inexact(number: float, product: float, whole: int, scale: int) -> bool:
    if Decimal(repr(number)) == Decimal(whole).scaleb(-scale):
        return False
    return abs(product) >= NOISELESS or abs(product - whole) > abs(product) * DOUBT


def unscaled_tagged(text: str, scale: int) -> tuple[int, bool] | None:
    """Read what ``sqlite_statements.tagged`` wrote; ``None`` for text and bytes, which are no number."""
    if text[0] == "i":
        return int(text[1:]) * 10**scale, False
    if text[0] == "r" and math.isfinite(float(text[1:])):
        return unscaled_real(float(text[1:]), scale)
    return None


def decimal_text(unscaled: int, scale: int) -> str:
    """Give ``unscaled``·10^-scale with exactly ``scale`` decimals."""
    digits = str(abs(unscaled)).rjust(scale + 1, "0")
    point = f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
    return f"-{point}" if unscaled < 0 else point
