"""Where a submission's answers come from: a worker process, or trusted code in this process."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..grading import forms
from ..worker import wire
from ..worker.execute import Runner
from ..worker.values import to_node
from .show import line


@dataclass(frozen=True)
class Lost:
    """A call that gave no reply: why, and whether it was the clock."""

    timeout: bool
    text: str


Outcome = wire.Reply | Lost
Callbacks = Sequence[Callable[..., Any]]


class Source(Protocol):
    """Makes calls in order and says how each went."""

    def run(
        self,
        calls: Sequence[wire.Call],
        callbacks: Callbacks = (),
        forget: bool = False,
        frame: bytes | None = None,
    ) -> Iterator[Outcome]:
        """One outcome a call, in order; ``frame`` is these calls as they are sent, if at hand."""
        ...


class Local:
    """Trusted functions, called in this process through the same steps as a worker's."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._callbacks: Callbacks = ()
        self._runner = Runner(namespace, self._ask)

    def run(
        self,
        calls: Sequence[wire.Call],
        callbacks: Callbacks = (),
        forget: bool = False,
        frame: bytes | None = None,
    ) -> Iterator[Outcome]:
        """Call the functions here; their warnings and error state stay here too."""
        self._callbacks = callbacks
        if forget:
            self._runner.forget()
        with warnings.catch_warnings(), np.errstate():
            self._runner.watch_warnings()
            outcomes = [self._runner.call(call) for call in calls]
        yield from outcomes

    def _ask(self, number: int, value: wire.Node) -> wire.Node:
        answer = ask(self._callbacks, number, value)
        if answer.error is not None:
            raise TypeError(answer.error)
        return answer.value


def ask(callbacks: Callbacks, number: int, value: wire.Node) -> wire.Answer:
    """Answer a student who calls a function of the judge's, whatever they pass."""
    if not 0 <= number < len(callbacks):
        return wire.Answer(None, "no such function")
    try:
        plain_value = plain(value)
        if isinstance(plain_value, list):
            plain_value = np.asarray(plain_value, dtype=np.float64)
        if np.iscomplexobj(plain_value):
            raise TypeError("it takes real numbers only")
        with np.errstate(all="ignore"):
            return wire.Answer(to_node(callbacks[number](plain_value)))
    except Exception as error:  # the student's argument does not fit
        return wire.Answer(None, f"f could not be evaluated there: {error}"[:500])


def plain(node: wire.Node, depth: int = 0) -> Any:
    """What crossed, as arrays, lists, text, numbers and None.

    Raises:
        WireError: for what no honest worker sends.
    """
    if depth > 2 * wire.MAX_DEPTH:
        raise wire.WireError("nested too deeply")
    if isinstance(node, wire.Array):
        return wire.unpack(node)
    if isinstance(node, wire.Seq):
        items = [plain(item, depth + 1) for item in node.items]
        return forms.Objects(items) if node.objects else items
    if isinstance(node, wire.Opaque):
        return forms.Opaque(line(node.kind[:200]))
    if isinstance(node, wire.Handle | wire.Callback):
        raise wire.WireError("a worker has no handles to give")
    return node
