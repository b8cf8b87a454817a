"""The form of a result: its type and shape, read strictly and never broadcast.

A form reads what crossed the channel (arrays, lists, text, ``None``) into what a check works
with, or raises :class:`FormError` with a sentence for the student. Shapes come before values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .failure import FormError


class Form(Protocol):
    """Reads one plain value."""

    def read(self, value: Any, name: str) -> Any:
        """The value in the form that a check expects."""
        ...


@dataclass(frozen=True)
class Opaque:
    """A result that is no array, number, text or sequence; only its type's name crossed."""

    kind: str


class Objects(list[Any]):
    """The items of an array of Python objects: a sequence, but no numeric array."""


@dataclass(frozen=True, init=False)
class Array:
    """A numeric array of exactly this shape; ``None`` in the shape is any length.

    Args:
        shape: one int (or ``None``) an axis.
        dtype: ``"float64"`` demands just that; ``"integer"`` any integer dtype.
        finite: whether nan and infinities are refused.
    """

    shape: tuple[int | None, ...]
    dtype: str | None
    finite: bool

    def __init__(self, *shape: int | None, dtype: str | None = None, finite: bool = True) -> None:
        object.__setattr__(self, "shape", shape)
        object.__setattr__(self, "dtype", dtype)
        object.__setattr__(self, "finite", finite)

    def read(self, value: Any, name: str) -> Any:
        array = as_array(value, name, f"an array of shape {show_shape(self.shape)}")
        self._fits(array, name)
        if array.dtype.kind in "iu":
            return array
        if self.finite and not np.isfinite(array).all():
            raise FormError(f"{name} should hold finite numbers only", got=array)
        return array if array.dtype == np.float32 else array.astype(np.float64, copy=False)

    def _fits(self, array: np.ndarray, name: str) -> None:
        wanted = show_shape(self.shape)
        fits = array.ndim == len(self.shape) and all(
            want is None or want == have for want, have in zip(self.shape, array.shape, strict=True)
        )
        if not fits:
            raise FormError(
                f"{name} should have shape {wanted}; it has shape {show_shape(array.shape)}",
                got=array,
            )
        if self.dtype == "integer" and array.dtype.kind not in "iu":
            raise FormError(f"{name} should hold integers; it holds {array.dtype}", got=array)
        if self.dtype not in (None, "integer") and array.dtype != np.dtype(self.dtype):
            raise FormError(
                f"{name} should have dtype {self.dtype}; it has {array.dtype}", got=array
            )


@dataclass(frozen=True)
class Number:
    """A single number: a Python or numpy scalar, or a 0-d array."""

    finite: bool = True

    def read(self, value: Any, name: str) -> Any:
        array = as_array(value, name, "a single number")
        if array.shape != ():
            raise FormError(
                f"{name} should be a single number; it has shape {show_shape(array.shape)}",
                got=array,
            )
        if self.finite and not np.isfinite(array):
            raise FormError(f"{name} should be a finite number", got=array)
        return np.float32(array) if array.dtype == np.float32 else float(array)


@dataclass(frozen=True)
class Integer:
    """A single integer: any integer dtype, not bool and not float."""

    def read(self, value: Any, name: str) -> Any:
        array = as_array(value, name, "a single integer")
        if array.shape != () or array.dtype.kind not in "iu":
            raise FormError(f"{name} should be a single integer", got=array)
        return int(array)


@dataclass(frozen=True)
class ListOf:
    """A sequence of any length within bounds, each item of one form."""

    form: Any
    at_least: int = 0
    at_most: int | None = None

    def read(self, value: Any, name: str) -> Any:
        count = _count(value, name)
        if count < self.at_least:
            raise FormError(f"{name} should have at least {self.at_least} items; it has {count}")
        if self.at_most is not None and count > self.at_most:
            raise FormError(f"{name} should have at most {self.at_most} items; it has {count}")
        items = as_items(value, name)
        return [read(self.form, item, part(name, i)) for i, item in enumerate(items)]


@dataclass(frozen=True)
class Anything:
    """A result that the check reads by itself."""

    def read(self, value: Any, name: str) -> Any:
        return value


def read(form: Any, value: Any, name: str) -> Any:
    """Read a value by a form, or by a tuple or list of forms (a sequence of just that length)."""
    if not isinstance(form, tuple | list):
        return form.read(value, name)
    count = _count(value, name)
    if count != len(form):
        raise FormError(f"{name} should have {len(form)} items; it has {count}")
    items = as_items(value, name)
    parts = [read(f, v, part(name, i)) for i, (f, v) in enumerate(zip(form, items, strict=True))]
    return tuple(parts) if isinstance(form, tuple) else parts


def part(name: str, index: int) -> str:
    """The name of an item: "the result of f" holds "result[0] of f"."""
    what, of, whose = name.partition(" of ")
    return f"{what.removeprefix('the ')}[{index}]{of}{whose}"


def as_array(value: Any, name: str, wanted: str) -> np.ndarray:
    """A numeric array out of a plain value; bools, complex numbers and text are refused."""
    if value is None:
        raise FormError(f"{name} should be {wanted}; it is None (is the return missing?)")
    if isinstance(value, Objects):
        raise FormError(f"{name} should be {wanted}; it is an array of dtype object")
    array = (
        np.asarray(value)
        if isinstance(value, int | float | np.ndarray | np.generic)
        else _stack(value, name, wanted)
    )
    if array.dtype.kind not in "iuf":
        raise FormError(f"{name} should be {wanted}; it holds {array.dtype}", got=array)
    return array


def _stack(value: Any, name: str, wanted: str) -> np.ndarray:
    """A list of equally shaped arrays is an array, as ``np.asarray`` would make it."""
    if isinstance(value, list | tuple):
        try:
            array = np.asarray([as_array(item, name, wanted) for item in value])
        except (ValueError, OverflowError):
            raise FormError(f"{name} should be {wanted}; its rows differ in length") from None
        if array.dtype != object:
            return array
    kind = value.kind if isinstance(value, Opaque) else type(value).__name__
    article = "an" if kind[:1].lower() in "aeiou" else "a"
    raise FormError(f"{name} should be {wanted}; it is {article} {kind}")


def _count(value: Any, name: str) -> int:
    """How many items there are; known before any is made, of which a student may send millions."""
    return len(value if _has_items(value) else as_items(value, name))


def _has_items(value: Any) -> bool:
    return value.ndim > 0 if isinstance(value, np.ndarray) else isinstance(value, list | tuple)


def as_items(value: Any, name: str) -> list[Any]:
    """The items of any sequence; an array is the sequence of its rows."""
    if _has_items(value):
        return list(value)
    if isinstance(value, Opaque):
        kind = value.kind
    else:
        kind = "single number" if isinstance(value, np.ndarray) else type(value).__name__
    raise FormError(f"{name} should be a list or tuple; it is of type {kind}")


def show_shape(shape: tuple[int | None, ...]) -> str:
    """A shape as numpy writes it, with ``any`` for a free length."""
    inner = ", ".join("any" if n is None else str(n) for n in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"
