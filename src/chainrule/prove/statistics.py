"""What a count proves: bounds on a rate, and the chance that a wrong answer slips through."""

from __future__ import annotations

import math
from collections.abc import Iterable

Z = 1.96
"""Standard deviations on either side: 95 % confidence."""


def wilson(hits: int, trials: int, z: float = Z) -> tuple[float, float]:
    """The Wilson score interval of a rate: the bounds between which it lies."""
    if trials == 0:
        return 0.0, 1.0
    rate, spread = hits / trials, z * z / trials
    middle = rate + spread / 2
    half = z * math.sqrt(rate * (1 - rate) / trials + spread / (4 * trials))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def slip(generated: Iterable[tuple[int, int]]) -> float:
    """The chance that no generated input exposes a wrong answer, from ``(hits, inputs)`` a check.

    The rate of each check is taken at its lower bound, so the chance is overstated.
    """
    chance = 1.0
    for hits, inputs in generated:
        if hits:
            chance *= (1 - wilson(hits, inputs)[0]) ** inputs
    return chance


def share(hits: int, trials: int) -> str:
    """A rate with the bound it is known to lie above: ``19/19 ≥83%``."""
    if trials == 0:
        return "0/0"
    return f"{hits}/{trials} ≥{math.floor(100 * wilson(hits, trials)[0])}%"
