"""What of a student's result crosses: as a numeric array, as a sequence, or by name only."""

from __future__ import annotations

import ctypes
from array import array
from collections import UserList, deque
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from chainrule.grading.failure import FormError
from chainrule.grading.forms import Array, ListOf, Number, Opaque, read
from chainrule.judge.answers import plain
from chainrule.worker.values import to_node

A = np.array([1.0, -2.5])


class OnlyInterface:
    """An array by numpy's oldest protocol."""

    def __init__(self, held: np.ndarray) -> None:
        self._held = held
        self.__array_interface__ = held.__array_interface__


class OnlyArray:
    """An array by numpy's protocol of one method."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return A


def crossed(value: Any) -> Any:
    return plain(to_node(value))


@pytest.mark.parametrize(
    "value",
    [
        memoryview(A),
        array("d", A),
        (ctypes.c_double * 2)(*A),
        OnlyInterface(A),
        OnlyArray(),
        np.ma.MaskedArray(A),
        np.longdouble(A),
        [memoryview(np.array(v)) for v in A],
        UserList(A),
        deque(A),
    ],
    ids=lambda v: type(v).__name__,
)
def test_what_numpy_makes_a_numeric_array_of_is_one(value: Any) -> None:
    np.testing.assert_array_equal(read(Array(2), crossed(value), "it"), A)


@pytest.mark.parametrize("value", [array("f", A), memoryview(np.float32(A))])
def test_single_precision_stays_what_it_is(value: Any) -> None:
    assert crossed(value).dtype == np.float32


@pytest.mark.parametrize(
    "value",
    [np.array([1.0, 2.5], dtype=object), [np.array([1.0, 2.0], dtype=object)] * 2],
    ids=["vector", "rows"],
)
def test_an_array_of_objects_is_no_numeric_array(value: Any) -> None:
    shape = np.shape(value)
    with pytest.raises(FormError, match="array of dtype object"):
        read(Array(*shape), crossed(value), "it")


def test_an_array_of_objects_is_a_sequence() -> None:
    layers = np.empty(2, dtype=object)
    layers[:] = [(A, 1.0), (A, 2.0)]
    assert len(read(ListOf((Array(2), Number())), crossed(layers), "it")) == 2


@pytest.mark.parametrize(
    "value", [b"12", {1.0: 2.0}, {1.0}, (x for x in A), Fraction(1, 2), np.array(None)]
)
def test_what_is_no_data_crosses_by_name(value: Any) -> None:
    assert isinstance(crossed(value), Opaque)


@pytest.mark.parametrize("value", [[None] * 20_000, np.empty(20_000, dtype=object)])
def test_a_sequence_of_too_many_parts_crosses_by_name(value: Any) -> None:
    assert "more than" in str(crossed(value)) or "object array" in str(crossed(value))
