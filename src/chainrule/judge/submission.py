"""What a check sees as ``submission``: the student's functions, answered by form.

Each call is turned into a message, answered by whoever answers in this run (a live worker, or
answers fetched beforehand), checked for its form and handed to the check as plain arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ..grading.declare import Function
from ..grading.failure import FormError, NotWritten, StudentError, StudentValueError
from ..grading.forms import read
from ..worker import wire
from ..worker.values import to_node
from .answers import Lost, Outcome, Source, plain


class LostCall(Exception):
    """A call without a reply: out of time, or its worker died."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.text)
        self.lost = lost


@dataclass
class Step:
    """One call of a check's body, and how it went."""

    call: wire.Call
    callbacks: list[Callable[..., Any]]
    outcome: Outcome
    key: bytes
    again: bool


class Answerer(Protocol):
    """Answers the calls of one body, numbered from 0."""

    def answer(self, call: wire.Call, callbacks: list[Callable[..., Any]], key: bytes) -> Outcome:
        """The outcome of a call."""
        ...


class Live:
    """Answers each call when it is made."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def answer(self, call: wire.Call, callbacks: list[Callable[..., Any]], key: bytes) -> Outcome:
        """Ask the source now; results of the first call's predecessors are dropped."""
        (outcome,) = self._source.run([call], callbacks, forget=call.number == 0)
        return outcome


@dataclass
class Submission:
    """The functions of a module as a check calls them.

    Args:
        functions: the declared functions by name.
        answerer: who answers.
    """

    functions: Mapping[str, Function]
    answerer: Answerer
    warnings: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    _own: dict[int, tuple[Any, wire.Handle]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or name not in self.functions:
            raise AttributeError(f"the course declares no function {name!r}")
        return lambda *args, **kwargs: self._call(name, args, kwargs, again=False)

    @property
    def again(self) -> _Again:
        """The same functions; a call through it is really made, even if it was made before."""
        return _Again(self)

    def _call(self, name: str, args: Any, kwargs: Any, again: bool) -> Any:
        callbacks: list[Callable[..., Any]] = []
        call = wire.Call(
            len(self.steps),
            name,
            [self._node(a, callbacks) for a in args],
            {k: self._node(v, callbacks) for k, v in kwargs.items()},
            keep=True,
            fresh=self.functions[name].new_arrays,
        )
        key = wire.encode([call.function, call.args, call.kwargs])
        outcome = self.answerer.answer(call, callbacks, key)
        self.steps.append(Step(call, callbacks, outcome, key, again))
        return self._read(call, outcome, args, kwargs)

    def _read(self, call: wire.Call, outcome: Outcome, args: Any, kwargs: Any) -> Any:
        if isinstance(outcome, Lost):
            raise LostCall(outcome)
        self.warnings += outcome.warnings
        if outcome.error is not None:
            raise student_error(outcome.error)
        try:
            value = plain(outcome.value)
        except wire.WireError as error:
            raise LostCall(Lost(False, f"its process sent {error}")) from None
        form = self.functions[call.function].returns(*args, **kwargs)
        result = read(form, value, f"the result of {call.function}")
        self._remember(result, wire.Handle(call.number, ()))
        return result

    def _remember(self, value: Any, handle: wire.Handle) -> None:
        """Know a result again when a check passes it on, whole or in part."""
        if isinstance(value, np.ndarray | list | tuple):
            self._own[id(value)] = value, handle
        if isinstance(value, list | tuple):
            for i, item in enumerate(value):
                self._remember(item, wire.Handle(handle.call, (*handle.path, i)))

    def _node(self, value: Any, callbacks: list[Callable[..., Any]]) -> wire.Node:
        if id(value) in self._own:
            return self._own[id(value)][1]
        if callable(value):
            callbacks.append(value)
            return wire.Callback(len(callbacks) - 1)
        if isinstance(value, list | tuple):
            return wire.Seq([self._node(item, callbacks) for item in value])
        return to_node(value)


@dataclass(frozen=True)
class _Again:
    _submission: Submission

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = self._submission._call
        return lambda *args, **kwargs: call(name, args, kwargs, again=True)


def student_error(error: wire.Error) -> StudentError:
    """The exception that a check meets for an exception of the student's."""
    kind = NotWritten if error.is_not_implemented else StudentError
    if error.is_value_error:
        kind = StudentValueError
    return kind(error.kind, error.text, error.traceback)


__all__ = ["FormError", "Live", "LostCall", "Step", "Submission", "student_error"]
