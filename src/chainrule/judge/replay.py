"""A body answered from a batch; what was not planned is asked live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..worker import wire
from .answers import Outcome, Source
from .record import Example
from .session import handles
from .submission import Live


class Replayed:
    """Answers a body from a batch; a call that was not planned is made live.

    Args:
        example: whose plan was fetched.
        outcomes: one a planned call, in order.
        source: answers what the plan does not hold.
    """

    def __init__(self, example: Example, outcomes: Sequence[Outcome], source: Source) -> None:
        self._plan = example.plan
        self._outcomes = outcomes
        self._live = Live(source)
        self._made: set[int] = set()

    def answer(self, call: wire.Call, callbacks: list[Callable[..., Any]], key: bytes) -> Outcome:
        """The fetched outcome where the call is the planned one, else a live one."""
        number = call.number
        given_live = any(n in self._made for n in handles(call))
        planned = number < len(self._plan) and self._plan[number].key == key
        if planned and not given_live:
            return self._outcomes[number]
        for earlier in handles(call):
            if earlier not in self._made:
                self._make(self._plan[earlier].call)
        self._made.add(number)
        return self._live.answer(call, callbacks, key)

    def _make(self, planned: wire.Call) -> None:
        """Make a planned call again in the live worker, after what it is itself given."""
        for earlier in handles(planned):
            if earlier not in self._made:
                self._make(self._plan[earlier].call)
        self._made.add(planned.number)
        call = wire.Call(planned.number, planned.function, planned.args, planned.kwargs, True)
        self._live.answer(call, [], b"")
