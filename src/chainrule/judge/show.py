"""Values as a student reads them: short, whole numbers never cut, shapes before values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..grading.forms import Opaque, show_shape

MAX_TEXT = 400
_MAX_ENTRIES = 24


def show(value: Any, where: tuple[int, ...] | None = None) -> str:
    """A value as text; large arrays are shown around the index ``where``."""
    if isinstance(value, np.ndarray | np.generic):
        return _array(np.asarray(value), where)
    if value is None or isinstance(value, bool | int | float):
        return _number(value)
    if isinstance(value, list | tuple):
        return _sequence(value)
    if isinstance(value, Opaque):
        return f"a value of type {value.kind}"
    return "a function" if callable(value) else line(str(value))[:MAX_TEXT]


def _array(array: np.ndarray, where: tuple[int, ...] | None) -> str:
    if array.ndim == 0:
        return _number(array.item())
    if array.size > _MAX_ENTRIES:
        return _large(array, where)
    return _nested(array.tolist())


def _large(array: np.ndarray, where: tuple[int, ...] | None) -> str:
    """The shape, and the neighbourhood of one entry."""
    index = where if where and len(where) == array.ndim else (0,) * array.ndim
    start = max(0, index[-1] - 2)
    part = array[index[:-1]][start : start + 5]
    before = "..., " if start else ""
    after = ", ..." if start + 5 < array.shape[-1] else ""
    place = ", ".join([*(str(i) for i in index[:-1]), f"{start}:{start + len(part)}"])
    entries = ", ".join(_number(v) for v in part.tolist())
    return f"shape {show_shape(array.shape)}, at [{place}]: [{before}{entries}{after}]"


def _nested(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_nested(v) for v in value) + "]"
    return _number(value)


def _number(value: Any) -> str:
    """A number with up to 9 significant digits, written as Python reads it."""
    if not isinstance(value, float) or not math.isfinite(value):
        return repr(value)
    text = f"{value:.9g}"
    return text if any(c in text for c in ".en") else text + ".0"


def _sequence(value: list[Any] | tuple[Any, ...]) -> str:
    opening, closing = ("(", ")") if isinstance(value, tuple) else ("[", "]")
    shown = [show(v) for v in value[:6]]
    if len(value) > 6:
        shown.append(f"... {len(value) - 6} more")
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    return opening + ", ".join(shown) + comma + closing


def inert(text: str) -> str:
    """Text without control, direction or surrogate characters: it can do nothing anywhere."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() or c == " ") else repr(c)[1:-1] for c in text
    )


def line(text: str) -> str:
    """Inert text that stays on its line."""
    return inert(text).replace("\n", "\\n")


def as_json(value: Any) -> Any:
    """A value as JSON holds it; nan and infinities become text."""
    if isinstance(value, np.ndarray | np.generic):
        return as_json(np.asarray(value).tolist()) if np.size(value) <= 200 else show(value)
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if isinstance(value, list | tuple):
        return [as_json(v) for v in value[:200]]
    if isinstance(value, dict):
        return {str(k): as_json(v) for k, v in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return show(value)
