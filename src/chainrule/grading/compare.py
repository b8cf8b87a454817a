"""When two results agree, and what a check says when they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from .failure import Failure, NotWritten, StudentError, Unmet

FLOAT32 = (1e-3, 1e-6)
"""rtol and atol wherever a result is float32."""
_FEW = 8
"""Of so many parts, which are right may be told of a hidden input: there is a bit in each."""


def agree(got: Any, want: Any, *, rtol: float = 1e-6, atol: float = 1e-9) -> bool:
    """Whether every part of ``got`` has the shape of ``want`` and its values, within tolerance.

    |got - want| <= rtol * |want| + atol * max(1, max|want|) in every entry; float32 on either
    side widens both to 1e-3 and 1e-6. Infinities agree with themselves, nan with nothing.
    """
    return first_difference(got, want, rtol, atol) is None


def expect(
    got: Any,
    want: Any,
    *,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    label: str | None = None,
    names: Any = None,
) -> None:
    """Demand that two results agree, part by part.

    Args:
        got: the submission's result: arrays, numbers, or nested lists and tuples of them.
        want: what it should be, of the same structure.
        rtol: relative tolerance.
        atol: absolute tolerance, scaled by the largest wanted entry above 1.
        label: what is compared, in the student's words.
        names: a name for each part, flattened in order.

    Raises:
        Failure: naming the first part that differs, and the parts that are right.
    """
    difference = first_difference(got, want, rtol, atol)
    if difference is None:
        return
    flat = _flat_names(names, len(leaves(want)))
    wrong, where = difference
    block = flat[wrong] if flat else None
    right = _right_parts(got, want, rtol, atol, flat)
    what = f"{label or 'the result'} is not right"
    says = what + (f", first in {block}" if block else "")
    raise Failure(
        says,
        expected=want,
        got=got,
        block=block,
        right_blocks=right,
        blocks=tuple(flat),
        where=where,
        brief=says if len(flat) <= _FEW else what,
    )


def demand(condition: Any, says: str, *, got: Any = None, expected: Any = None) -> None:
    """Demand anything else; ``says`` is what should hold."""
    if not bool(condition):
        raise Unmet(says, expected=expected, got=got)


@contextmanager
def raises(error: type[Exception] = ValueError) -> Iterator[None]:
    """Demand that the calls inside raise ``error``."""
    try:
        yield
    except NotWritten:
        raise
    except StudentError as raised:
        if isinstance(raised, error):
            return
        due = f"this input should raise {error.__name__}"
        says, brief = f"{due}; it raised {raised.kind}", f"{due}; it raised another exception"
        raise Failure(says, got=str(raised), brief=brief) from None
    except Failure as failure:
        raise Failure(
            f"this input should raise {error.__name__}; it returned a result", got=failure.got
        ) from None
    raise Failure(f"this input should raise {error.__name__}; it returned a result")


@contextmanager
def no_warnings(submission: Any) -> Iterator[None]:
    """Demand that the calls inside give no warning."""
    before = len(submission.warnings)
    yield
    new = submission.warnings[before:]
    if new:
        raise Failure("this input should give no warning", got=new[0])


def passed_on(
    submission: Callable[..., Any], reference: Callable[..., Any], *args: Any, **kwargs: Any
) -> Any:
    """A result to hand on: the student's own if it is right, else the reference's."""
    want = reference(*args, **kwargs)
    try:
        got = submission(*args, **kwargs)
    except (Failure, StudentError):
        return want
    return got if agree(got, want) else want


def leaves(value: Any) -> list[Any]:
    """The arrays and numbers of a nested structure, in order."""
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def first_difference(
    got: Any, want: Any, rtol: float, atol: float
) -> tuple[int, tuple[int, ...] | None] | None:
    """The number of the first part that differs, and the index within it; ``None`` if none."""
    if structure(got) != structure(want):
        return 0, None
    for number, (g, w) in enumerate(zip(leaves(got), leaves(want), strict=True)):
        same, where = _compare(g, w, rtol, atol)
        if not same:
            return number, where
    return None


def structure(value: Any) -> Any:
    """The nesting of a value without its leaves; lists and tuples are alike."""
    return [structure(v) for v in value] if isinstance(value, list | tuple) else None


def close(got: Any, want: Any, rtol: float, atol: float) -> Any:
    """Entry by entry, whether two arrays of one shape agree."""
    g, w = np.asarray(got), np.asarray(want)
    if np.float32 in (g.dtype, w.dtype):
        rtol, atol = max(rtol, FLOAT32[0]), max(atol, FLOAT32[1])
    g, w = g.astype(np.float64), w.astype(np.float64)
    with np.errstate(all="ignore"):
        size = np.abs(w[np.isfinite(w)]).max(initial=1.0)
        near = np.abs(g - w) <= rtol * np.abs(w) + atol * size
    return (near & np.isfinite(g) & np.isfinite(w)) | (g == w)


def _compare(got: Any, want: Any, rtol: float, atol: float) -> tuple[bool, tuple[int, ...] | None]:
    """Whether two leaves agree, and if not, the first differing index (none if shapes differ)."""
    if isinstance(want, str) or want is None:
        return isinstance(got, type(want)) and bool(got == want), None
    if np.shape(got) != np.shape(want):
        return False, None
    near = close(got, want, rtol, atol)
    if near.all():
        return True, None
    return False, tuple(int(i) for i in np.argwhere(~near)[0])


def _right_parts(
    got: Any, want: Any, rtol: float, atol: float, names: Sequence[str]
) -> tuple[str, ...]:
    if not names or structure(got) != structure(want):
        return ()
    parts = zip(names, leaves(got), leaves(want), strict=True)
    return tuple(name for name, g, w in parts if _compare(g, w, rtol, atol)[0])


def _flat_names(names: Any, count: int) -> list[str]:
    if names is None:
        return []
    flat = [str(name) for name in leaves(list(names))]
    if len(flat) != count:
        raise ValueError(f"{len(flat)} names for {count} parts")
    return flat
