"""Points as other systems take them, made from exact fractions and never rounded up to full."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

HUNDRED = 100
"""Where a format wants whole numbers, they count hundredths of a point."""


def exact(points: Fraction, places: int = 9) -> Decimal:
    """A fraction to so many decimals, rounded half to even in decimal arithmetic."""
    with localcontext() as context:
        context.prec = 60
        value = Decimal(points.numerator) / Decimal(points.denominator)
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def plain(points: Fraction | None, places: int = 9) -> str:
    """A decimal without an exponent or trailing zeros; empty where there are no points."""
    if points is None:
        return ""
    text = f"{exact(points, places):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def below(score: Fraction, of: Fraction, places: int) -> Decimal:
    """A score to few decimals that shows as full only when it is full."""
    value = exact(score, places)
    short = score < of and value >= exact(of, places)
    return value - Decimal(1).scaleb(-places) if short and value else value


def cents(score: Fraction | None, of: Fraction) -> str:
    """Two decimals, as gradebooks want them; empty where there is no score."""
    return "" if score is None else f"{below(score, of, 2):f}"


def wholes(points: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[int, int]]:
    """Earned and possible points in whole hundredths.

    Args:
        points: what was earned of what, part by part.

    Returns:
        the same as integers: never more than possible, and adding up to the rounded totals
        because earned and missed points are both rounded as running sums.
    """
    earned = _running([max(e, Fraction(0)) for e, _ in points])
    missed = _running([max(of - e, Fraction(0)) for e, of in points])
    short = any(e < of for e, of in points)
    if short and points and not sum(missed):
        at = next(i for i, (e, of) in enumerate(points) if e < of)
        missed[at] += 1
    return [(e, e + m) for e, m in zip(earned, missed, strict=True)]


def _running(parts: Sequence[Fraction]) -> list[int]:
    """Whole hundredths whose sums are the rounded sums of the parts."""
    total, found = Fraction(0), []
    for part in parts:
        before = round(total * HUNDRED)
        total += part
        found.append(round(total * HUNDRED) - before)
    return found
