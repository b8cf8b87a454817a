"""Inputs that tell right from wrong, shared by the public and the hidden checks.

Sizes differ from one another, so that a wrong axis shows; a square case is among them, because a
missing ``keepdims`` stays silent just there; single samples are rare, because many mistakes hide
in a batch of one. Values keep away from 0 and 1 and from the flat ends of the sigmoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from chainrule.grading import draw

Sizes = Sequence[tuple[int, int]]
Draw = st.DrawFn

# Strategies are built once: making and validating one anew costs more than drawing from it.
arrays = cache(draw.arrays)
integers_array = cache(draw.integers_array)
chosen = cache(st.sampled_from)

BATCHES: Sizes = ((2, 3), (3, 2), (4, 3), (3, 3), (2, 4), (5, 2))
"""(N, K) or (N, D) with at least two samples."""
ANY_BATCH: Sizes = (*BATCHES, (1, 3))
LENGTHS = (2, 3, 5)
LEARNING_RATES = (0.05, 0.3, 5.0)

LECTURE_X = np.array([[1.0, 0.1, -0.2], [1.0, -0.1, 0.9], [1.0, 1.2, 0.1], [1.0, 1.1, 1.5]])
LECTURE_T = np.array([0, 0, 0, 1])
LECTURE_W = np.array([1, -1, 1])
"""The four points of the lecture's listing; the first column is the bias input."""


class Labels(NamedTuple):
    """Class labels (N,) and the number of classes."""

    labels: np.ndarray
    num_classes: int


class Predictions(NamedTuple):
    """Predictions and targets of one shape."""

    y: np.ndarray
    t: np.ndarray


class Samples(NamedTuple):
    """Data of one neuron: x (N, D), w (D,), t (N,)."""

    x: np.ndarray
    w: np.ndarray
    t: np.ndarray


def learning_rates() -> st.SearchStrategy[float]:
    """Never 1: a rate used twice, or not at all, would not show."""
    return st.sampled_from(LEARNING_RATES)


def matrices(
    sizes: Sequence[tuple[int, ...]] = ANY_BATCH,
    low: float = -3.0,
    high: float = 3.0,
    step: float = 0.1,
) -> st.SearchStrategy[np.ndarray]:
    """Matrices, or arrays of any dimension, of one of the sizes."""
    return st.one_of([arrays(size, low, high, step) for size in sizes])


def vectors(
    lengths: Sequence[int] = LENGTHS, low: float = -3.0, high: float = 3.0, step: float = 0.1
) -> st.SearchStrategy[np.ndarray]:
    """Vectors of one of the lengths."""
    return st.one_of([arrays((n,), low, high, step) for n in lengths])


def whole_numbers(
    shapes: Sequence[tuple[int, ...]], low: int = -3, high: int = 3
) -> st.SearchStrategy[np.ndarray]:
    """int64 arrays of one of the shapes."""
    return st.one_of([integers_array(shape, low, high) for shape in shapes])


def label_batches(sizes: Sizes = ANY_BATCH) -> st.SearchStrategy[Labels]:
    """Labels in [0, K); with few samples some class is often absent."""
    return st.one_of([_labels(n, k) for n, k in sizes])


@cache
def _labels(n: int, k: int) -> st.SearchStrategy[Labels]:
    return integers_array((n,), 0, k - 1).map(lambda labels: Labels(labels, k))


@st.composite
def regressions(pick: Draw, lengths: Sequence[int] = LENGTHS) -> Predictions:
    """Predictions and targets of a regression, anywhere in [-3, 3]."""
    n = pick(chosen(lengths))
    both = pick(arrays((2, n)))
    return Predictions(both[0], both[1])


@st.composite
def class_predictions(pick: Draw, sizes: Sizes = ANY_BATCH, soft: bool = True) -> Predictions:
    """Predicted probabilities in [0.05, 0.95] and one-hot or soft targets, both (N, K).

    The rows of y do not sum to 1: nobody who normalises them again stays unseen. A soft target
    gives 0.7 to one class and 0.3 to one, perhaps the same: some classes are always absent.
    """
    n, k = pick(chosen(sizes))
    y = pick(arrays((n, k), 0.05, 0.95, 0.05))
    named = pick(integers_array((1 + soft, n), 0, k - 1))
    classes = np.eye(k)
    return Predictions(y, 0.7 * classes[named[0]] + 0.3 * classes[named[-1]])


@st.composite
def binary_predictions(pick: Draw, lengths: Sequence[int] = LENGTHS) -> Predictions:
    """Predicted probabilities in [0.05, 0.95] and soft targets in [0, 1], both (N,)."""
    n = pick(chosen(lengths))
    return Predictions(pick(arrays((n,), 0.05, 0.95, 0.05)), pick(arrays((n,), 0.0, 1.0, 0.1)))


@st.composite
def neurons(pick: Draw, sizes: Sizes = ANY_BATCH, soft: bool = True) -> Samples:
    """Data of one neuron whose pre-activations stay within 5.6, usually within 2.

    The first column is whatever it is: a bias input need not be 1.
    """
    n, d = pick(chosen(sizes))
    x = pick(arrays((n, d), -1.4, 1.4, 0.1))
    w = pick(arrays((d,), -1.0, 1.0, 0.1))
    t = pick(arrays((n,), 0.0, 1.0, 0.1 if soft else 1.0))
    return Samples(x, w, t)
