"""When two answers are the same answer, and when they only look alike."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.judge.entries import Answer, same

A = np.array([1.0, 2.0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (2.0, 2.0 + 1e-9),
        (A, A * (1 + 1e-8)),
        ([A, 1.0], [A, 1.0]),
        ([A, 1.0], [A, np.float64(1.0)]),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])),
        ([], []),
        ("no number", "no number"),
        (np.zeros((0, 2)), np.zeros((0, 2))),
        # The greatest number of an array gives the room for all of it.
        (np.array([1e6, 0.0]), np.array([1e6, 1e-4])),
    ],
)
def test_the_same(one: object, other: object) -> None:
    assert same(Answer(one), Answer(other))
    assert same(Answer(other), Answer(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (2.0, 2.0 + 1e-4),
        (A, A[:, None]),
        (A, np.array([1.0, 2.001])),
        ([A, 1.0], [1.0, A]),
        ([[], 1.0], [1.0, 1.0]),
        ([[], A], [3.0, A]),
        ([A, 1.0], [A]),
        (np.array([np.nan]), np.array([1.0])),
        (np.array([np.inf]), np.array([-np.inf])),
        (np.array([np.inf]), np.array([1e300])),
        (np.zeros((0, 2)), np.zeros((2, 0))),
        # Each array has a room of its own: a great one lends none to its neighbour.
        ([np.array([1e6]), np.array([0.0])], [np.array([1e6]), np.array([1e-4])]),
    ],
)
def test_not_the_same(one: object, other: object) -> None:
    assert not same(Answer(one), Answer(other))
    assert not same(Answer(other), Answer(one))


def test_an_error_is_no_value() -> None:
    assert not same(Answer(1.0), Answer(error="ValueError"))
    assert same(Answer(error="ValueError"), Answer(error="ValueError"))
    assert not same(Answer(lost=True), Answer(lost=True))
    assert not same(Answer(1.0, misfit="form"), Answer(1.0))
