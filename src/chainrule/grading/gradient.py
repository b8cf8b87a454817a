"""Numerical gradients for graders."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def numerical_gradient_of(
    f: Callable[[np.ndarray], float], w: np.ndarray, h: float = 1e-5
) -> np.ndarray:
    """Central differences of ``f`` at ``w``, entry by entry.

    Args:
        f: maps an array of the shape of ``w`` to a float.
        w: any shape; taken as float64.
        h: the step; the error is about h**2 times the third derivative.

    Returns:
        float64, the shape of ``w``.
    """
    w = np.asarray(w, dtype=np.float64)
    gradient = np.empty_like(w)
    for index in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient
