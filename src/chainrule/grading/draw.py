"""Hypothesis strategies for small, readable arrays.

Entries are multiples of a step (0.1 by default) drawn as integers, which Hypothesis draws fast
and shrinks towards 0: the counterexample that a student reads is short.
"""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st


def arrays(
    shape: tuple[int, ...], low: float = -3.0, high: float = 3.0, step: float = 0.1
) -> st.SearchStrategy[np.ndarray]:
    """float64 arrays of ``shape`` whose entries are multiples of ``step`` in [low, high]."""
    per_unit = 1 / step
    first, last = math.ceil(low * per_unit - 1e-9), math.floor(high * per_unit + 1e-9)

    def build(ticks: list[int]) -> np.ndarray:
        return (np.array(ticks, dtype=np.float64) / per_unit).reshape(shape)

    return _ticks(shape, first, last).map(build)


def integers_array(shape: tuple[int, ...], low: int, high: int) -> st.SearchStrategy[np.ndarray]:
    """int64 arrays of ``shape`` with entries in [low, high], both included."""
    return _ticks(shape, low, high).map(
        lambda ticks: np.array(ticks, dtype=np.int64).reshape(shape)
    )


def _ticks(shape: tuple[int, ...], low: int, high: int) -> st.SearchStrategy[list[int]]:
    size = math.prod(shape)
    return st.lists(st.integers(low, high), min_size=size, max_size=size)
