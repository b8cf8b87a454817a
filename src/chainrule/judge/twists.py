"""Right or known wrong results that are turned or scaled on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..worker import wire
from .entries import Answer


@dataclass(frozen=True)
class Twist:
    """A factor on a whole result.

    Args:
        slug: its name.
        sentence: what a teacher would say.
        on_top: the same of a result that is wrong otherwise, too.
        factor: the factor for a call.
    """

    slug: str
    sentence: str
    on_top: str
    factor: Callable[[wire.Call], float]

    def undone(self, answer: Answer, call: wire.Call) -> Answer:
        """The answer without the factor."""
        if answer.value is None:
            return answer
        value = _times(answer.value, 1.0 / self.factor(call))
        return replace(answer, value=value)


def _rows(call: wire.Call) -> float:
    node = call.args[0] if call.args else None
    return float(node.shape[0]) if isinstance(node, wire.Array) and node.shape else 1.0


TWISTS = (
    Twist(
        "sign",
        "The sign is turned: your result is the negative of the right one.",
        "The sign of it all is turned.",
        lambda c: -1.0,
    ),
    Twist(
        "factor-two",
        "Your result is twice the right one: a factor 2 too many.",
        "There is a factor 2 too many.",
        lambda c: 2.0,
    ),
    Twist(
        "factor-half",
        "Your result is half of the right one: a factor 2 is missing.",
        "A factor 2 is missing.",
        lambda c: 0.5,
    ),
    Twist(
        "sum-for-mean",
        "Your result is the right one times the number of samples: a sum where the mean is asked.",
        "It is a sum where the mean is asked.",
        _rows,
    ),
    Twist(
        "mean-for-sum",
        "Your result is the right one divided by the number of samples once too often.",
        "It is divided by the number of samples once too often.",
        lambda c: 1.0 / _rows(c),
    ),
)


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list):
        return [_times(v, factor) for v in value]
    if isinstance(value, bool | str) or value is None:
        return value
    return np.asarray(value) * factor if isinstance(value, int | float | np.ndarray) else value
