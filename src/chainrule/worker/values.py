"""Student-owned objects to plain data, in the student's own process.

Whatever ``__array__``, ``__len__`` or ``__getitem__`` a student's object has runs here, where it
can harm nobody; the judge only ever sees numbers, text and plain arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import wire

MAX_ITEMS = 200_000
_MAX_PARTS = wire.MAX_NODES // 2
_FLOAT = np.dtype("<f8")
# Tuples, for a union is built anew each time, and this is where a worker spends its time.
_ARRAYS = (np.ndarray, np.generic)
_LISTS = (list, tuple)
_PLAIN = {type(None), bool, float}
_SCALARS = (bool, int, float, np.generic)


def to_node(value: Any, depth: int = 0) -> wire.Node:  # noqa: PLR0911 - one kind after another
    """A student's result as plain data; what is none is named by its type only."""
    kind = type(value)
    if kind is np.float64 or (kind is np.ndarray and value.dtype is _FLOAT):
        return wire.Array("<f8", value.shape, value.tobytes())
    if kind in _PLAIN or (kind is int and -(2**63) <= value < 2**63):
        return value  # type: ignore[no-any-return]
    if kind is str:
        return value[:10_000]  # type: ignore[no-any-return]
    if isinstance(value, _ARRAYS):
        return _from_array(np.asarray(value), depth)
    if depth > wire.MAX_DEPTH:
        return wire.Opaque("nested too deeply")
    if isinstance(value, _LISTS):
        return _from_list(value, depth)
    return _from_object(value, depth)


def _from_array(array: np.ndarray, depth: int = 0) -> wire.Node:
    if array.dtype == object:
        return _from_objects(array, depth)
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        array = array.astype(np.float64)
    try:
        return wire.pack(np.ascontiguousarray(array).reshape(array.shape))
    except wire.WireError:
        return wire.Opaque(f"array of {array.dtype}")


def _from_objects(array: np.ndarray, depth: int) -> wire.Node:
    """An array of objects is a sequence of them, but no numeric array."""
    if array.ndim == 0 or len(array) > _MAX_PARTS:
        return wire.Opaque("object array")
    return wire.Seq([to_node(item, depth + 1) for item in array], objects=True)


def _from_list(value: Sequence[Any], depth: int) -> wire.Node:
    """Nested lists of numbers cross as one array; anything else item by item."""
    if len(value) > MAX_ITEMS:
        return wire.Opaque(f"sequence of more than {MAX_ITEMS} items")
    if value and _is_numbers(value):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            array = np.empty((), dtype=object)
        if array.dtype.kind in "iufb":
            return _from_array(array)
    if len(value) > _MAX_PARTS:
        return wire.Opaque(f"sequence of more than {_MAX_PARTS} items")
    return wire.Seq([to_node(item, depth + 1) for item in value])


def _is_numbers(value: Any) -> bool:
    """Whether a list holds nothing but Python and numpy scalars, however nested.

    Lists of arrays are kept apart: stacking them would hide each one's own dtype.
    """
    if isinstance(value, _LISTS):
        return all(map(_is_numbers, value))
    return isinstance(value, _SCALARS)


def _from_object(value: Any, depth: int) -> wire.Node:
    """Sequences first, so that each item keeps its dtype; then what numpy makes an array of."""
    kind = type(value).__name__[:200]
    if isinstance(value, str):
        return str(value)[:10_000]
    if isinstance(value, bytes | bytearray | set | frozenset | dict):
        return wire.Opaque(kind)
    if _is_sequence(value) and not _is_array_like(value):
        if len(value) > MAX_ITEMS:
            return wire.Opaque(f"sequence of more than {MAX_ITEMS} items")
        return _from_list([value[i] for i in range(len(value))], depth)
    array = np.asarray(value)
    return wire.Opaque(kind) if array.dtype == object else _from_array(array)


def _is_sequence(value: Any) -> bool:
    return isinstance(value, Sequence) or (
        hasattr(value, "__len__") and hasattr(value, "__getitem__") and not hasattr(value, "keys")
    )


def _is_array_like(value: Any) -> bool:
    """Whether numpy takes a value as a whole and does not ask for its items."""
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        return True
    try:
        memoryview(value).release()
    except TypeError:
        return False
    return True


def follow(value: Any, path: Sequence[int]) -> Any:
    """A part of a student's own result, by the indices the judge saw."""
    for index in path:
        value = value[index]
    return value
