"""Whether calls leave a trace: in their arguments, numpy's global generator, or a later call."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from ..grading.compare import close
from ..worker import wire
from .answers import Lost, Outcome, Source, plain
from .batch import Batch, Fetched

NAME = "leaves_no_trace"
TITLE = (
    "A call changes nothing: not its arguments, not numpy's global random generator, and the same "
    "call later gives the same answer."
)
HINTS = {
    "same": "Make new arrays, also where nothing changes: x.copy() is one.",
    "argument": "Work on a copy: x = x.copy().",
    "rng": "Draw from a generator of your own, as np.random.default_rng gives one.",
    "repeat": "Keep what a call needs inside the function; names outside it live on.",
}
"""By the kind of trace."""
_REPEATS = 4


@dataclass(frozen=True)
class Trace:
    """A trace that a call left, and the call."""

    kind: str
    says: str
    call: wire.Call


Made = tuple[wire.Call, Outcome]


def find(made: Iterable[Made]) -> Trace | None:
    """The trace left by the smallest call that left one."""
    found = [t for call, outcome in made if (t := _left(call, outcome)) is not None]
    return min(found, key=lambda t: len(wire.encode(t.call)), default=None)


def _left(call: wire.Call, outcome: Outcome) -> Trace | None:
    if isinstance(outcome, Lost):
        return None
    if outcome.changed:
        says = f"{call.function} changed {_argument(outcome.changed[0], call)} that it was given"
        return Trace("argument", says, call)
    if outcome.rng_changed:
        says = f"{call.function} changed the state of numpy's global random generator"
        return Trace("rng", says, call)
    if outcome.shared:
        return Trace("same", _not_new(outcome.shared[0], call), call)
    return None


def _not_new(name: str, call: wire.Call) -> str:
    whose = _argument(name, call) if name else "what it returned before"
    if call.fresh:
        return f"{call.function} returned {whose}, or a part of it, where new arrays are promised"
    return f"{call.function} changed what it had returned before"


def _argument(name: str, call: wire.Call) -> str:
    """An argument as the worker names it, if there is one of that name."""
    numbered = {str(n): f"argument {n + 1}" for n in range(len(call.args))}
    named = {key: f"the argument {key}" for key in call.kwargs}
    return (numbered | named).get(name, "an argument")


def repeat(source: Source, batch: Batch, fetched: Fetched) -> Trace | None:
    """Make a few calls a second time, in another order, and compare."""
    chosen = batch.repeatable(fetched, _REPEATS)
    originals = [batch.calls[n] for n in chosen]
    calls = [msgspec.structs.replace(c, number=i, keep=False) for i, c in enumerate(originals)]
    if not calls:
        return None
    for n, second in zip(chosen, list(source.run(calls, forget=True)), strict=True):
        first, call = fetched.outcomes[n], batch.calls[n]
        if not isinstance(first, Lost) and (says := _otherwise(first, second, call.function)):
            return Trace("repeat", says, call)
    return None


def _otherwise(first: wire.Reply, second: Outcome, function: str) -> str:
    """How a second call went otherwise than the first, if it did; to be slow once is no matter."""
    if isinstance(second, Lost):
        return "" if second.timeout else f"called again with the same input, {second.text}"
    if same_reply(first, second):
        return ""
    return f"{function} gave another answer when it was called again with the same input"


def same_reply(a: wire.Reply, b: wire.Reply) -> bool:
    """Whether two replies hold the same value, to rounding; errors equal errors."""
    if a.value == b.value and a.error == b.error:
        return True
    if (a.error is None) != (b.error is None):
        return False
    return a.error is not None or same_value(_plain(a.value), _plain(b.value))


def same_value(a: Any, b: Any, rtol: float = 1e-9, atol: float = 1e-12) -> bool:
    """Whether two plain values are equal to rounding; nan equals nan here."""
    if type(a) is float and type(b) is float:
        near = abs(a - b) <= rtol * abs(b) + atol * max(1.0, abs(b)) < math.inf
        return near or a == b or (math.isnan(a) and math.isnan(b))
    a, b = _alike(a, b)
    if isinstance(a, list) and isinstance(b, list):
        pairs = zip(a, b, strict=False)
        return len(a) == len(b) and all(same_value(x, y, rtol, atol) for x, y in pairs)
    if not _numeric(a) or not _numeric(b):
        return type(a) is type(b) and bool(a == b)
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or (a.dtype.kind == "b") != (b.dtype.kind == "b"):
        return False
    return bool((close(a, b, rtol, atol) | (np.isnan(a) & np.isnan(b))).all())


def _alike(a: Any, b: Any) -> tuple[Any, Any]:
    """A table and a sequence of rows as two sequences: lists of one length cross as a table."""
    if isinstance(a, list) and isinstance(b, np.ndarray) and b.ndim:
        return a, list(b) if b.ndim > 1 else b.tolist()
    if isinstance(b, list) and isinstance(a, np.ndarray) and a.ndim:
        return list(a) if a.ndim > 1 else a.tolist(), b
    return a, b


def _numeric(value: Any) -> bool:
    return isinstance(value, int | float | np.ndarray)


def _plain(node: wire.Node) -> Any:
    try:
        return plain(node)
    except wire.WireError:
        return None
