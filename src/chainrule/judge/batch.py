"""All planned calls of one function as a single batch, and what the reference answers to them.

An example whose every answer agrees with the reference's to rounding passes without its body
being run: every tolerance of a check is wider by orders of magnitude. The comparison is one
vector operation for the whole function; only what differs is looked at by the checks themselves.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from ..grading.declare import Check
from ..worker import wire
from .answers import Local, Lost, Outcome, Source
from .record import Example, PlannedCall
from .session import handles

ROUNDING = 1e-12
"""What two right answers may differ by, relative to the largest entry, without being looked at."""

Recorded = Sequence[tuple[Check, Sequence[Example]]]
Place = tuple[str, int]


@dataclass(frozen=True)
class Fetched:
    """The answers of one source to a batch.

    Args:
        outcomes: one a call.
        agrees: for each call, whether it is the reference's answer to rounding.
    """

    outcomes: list[Outcome]
    agrees: list[bool]


NOTHING = Fetched([], [])


class Batch:
    """The planned calls of a function's checks, equal ones once.

    Args:
        function: the function being judged.
        checks: its checks with their recorded examples.
        reference: the reference's names; without them nothing is compared beforehand.
    """

    def __init__(self, function: str, checks: Recorded, reference: Mapping[str, Any]) -> None:
        self.function = function
        self.checks = checks
        self.calls: list[wire.Call] = []
        self.places: dict[Place, list[int]] = {}
        self.forms: dict[int, Any] = {}
        """Of right results, by call, as far as somebody asked."""
        self._slow: set[int] = set()
        self._public = 0
        known: dict[bytes, int] = {}
        for check, examples in checks:
            for i, example in enumerate(examples):
                places = _number(example.plan, self.calls, known)
                self.places[check.full_name, i] = places
                self._slow |= set() if check.shrink else set(places)
            if check.visibility == "public":
                self._public = len(self.calls)
        self.live = [(c, e) for c, examples in checks for e in examples if not e.plan]
        self._parts = [self.calls[: self._public], self.calls[self._public :]]
        self._frames = [wire.frame(wire.Calls(part, True)) for part in self._parts]
        self.own = [n for n, call in enumerate(self.calls) if call.function == function]
        self._alone = [n for n in self.own if n not in self._slow and not handles(self.calls[n])]
        right = list(Local(reference).run(self.calls, forget=True)) if reference else []
        self.answered = [n for n in self.own if not right or _returned(right[n])]
        """The calls that a right answer answers with a value."""
        self._yardsticks = [_Yardstick(right[: self._public]), _Yardstick(right[self._public :])]

    def fetch(self, source: Source) -> Fetched:
        """Make every call of the batch on a source."""
        return self.fetch_hidden(source, self.fetch_public(source))

    def fetch_public(self, source: Source) -> Fetched:
        """Make the calls of the public checks."""
        return self._fetch(source, 0)

    def fetch_hidden(self, source: Source, public: Fetched) -> Fetched:
        """Make the other calls too, once no public check has anything left to ask.

        A worker that has seen a hidden input can tell it in the answer to any later call, and the
        answers to public checks are shown to students.
        """
        hidden = self._fetch(source, 1)
        return Fetched(public.outcomes + hidden.outcomes, public.agrees + hidden.agrees)

    def _fetch(self, source: Source, part: int) -> Fetched:
        calls = self._parts[part]
        outcomes = list(source.run(calls, forget=True, frame=self._frames[part])) if calls else []
        return Fetched(outcomes, self._yardsticks[part].agrees(outcomes))

    def some(self, source: Source, start: int, end: int) -> list[Outcome]:
        """The calls from one place to another, after those before them; as `fetch` makes them."""
        outcomes: list[Outcome] = []
        for low, high in ((0, self._public), (self._public, len(self.calls))):
            first, last = max(start, low), min(end, high)
            if first < last:
                outcomes += source.run(self.calls[first:last], forget=first == low)
        return outcomes

    def is_public(self, call: wire.Call) -> bool:
        """Whether a public check makes this call, so that its input is no secret."""
        return any(
            call.function == known.function
            and call.args == known.args
            and call.kwargs == known.kwargs
            for known in self._parts[0]
        )

    def of(self, fetched: Fetched, place: Place) -> list[Outcome]:
        """The outcomes of one example's plan."""
        return [fetched.outcomes[n] for n in self.places[place]]

    def settled(self, fetched: Fetched, place: Place) -> bool:
        """Whether an example passes because all its answers are the reference's."""
        places = self.places[place]
        agrees = fetched.agrees
        return bool(places) and all(agrees[n] for n in places)

    def chain(self, number: int) -> list[wire.Call]:
        """A call, after those whose results it is given."""
        call = self.calls[number]
        earlier = [c for n in dict.fromkeys(handles(call)) for c in self.chain(n)]
        return [*earlier, call]

    def slow_answers(self) -> set[int]:
        """The places in a transcript whose calls are long trainings."""
        return {place for place, n in enumerate(self.own) if n in self._slow}

    def repeatable(self, fetched: Fetched, count: int) -> list[int]:
        """A few quick calls that can be made again by themselves."""
        fit = [n for n in self._alone if _returned(fetched.outcomes[n])]
        return fit[:: max(1, len(fit) // count)][:count][::-1]


class _Yardstick:
    """The reference's answers to a batch as one vector, with the room around each entry."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._outcomes = outcomes
        self._shapes: list[Any] = []
        self._values: list[np.ndarray] = []
        self._room: list[np.ndarray] = []
        for outcome in outcomes:
            shape, chunks = _flat(outcome)
            arrays = [np.frombuffer(chunk, "<f8") for chunk in chunks]
            self._shapes.append(shape)
            self._values.append(np.concatenate(arrays) if arrays else np.empty(0))
            room = [
                np.full(a.shape, ROUNDING * np.abs(a[np.isfinite(a)]).max(initial=1.0))
                for a in arrays
            ]
            self._room.append(np.concatenate(room) if room else np.empty(0))
        self._same = [
            s is not None and _compares_exactly(o)
            for s, o in zip(self._shapes, outcomes, strict=True)
        ]

    def agrees(self, outcomes: Sequence[Outcome]) -> list[bool]:
        """For each outcome, whether it is the reference's to rounding."""
        if len(outcomes) != len(self._shapes):
            return [False] * len(outcomes)
        flags = [
            exact and outcome == right
            for exact, outcome, right in zip(self._same, outcomes, self._outcomes, strict=True)
        ]
        near: list[int] = []
        data: list[bytes] = []
        for n in [n for n, flag in enumerate(flags) if not flag]:
            shape, chunks = _flat(outcomes[n])
            if shape is not None and shape == self._shapes[n]:
                flags[n] = True
                near.append(n)
                data += chunks
        for n in self._far(near, b"".join(data)):
            flags[n] = False
        return flags

    def _far(self, numbers: list[int], data: bytes) -> list[int]:
        """Those of some outcomes of the right structure whose entries are not within the room."""
        if not numbers:
            return []
        got = np.frombuffer(data, "<f8")
        want = np.concatenate([self._values[n] for n in numbers])
        room = np.concatenate([self._room[n] for n in numbers])
        with np.errstate(invalid="ignore"):
            near = (np.abs(got - want) <= room) | (got == want)
        owner = np.repeat(numbers, [self._values[n].size for n in numbers])
        return [int(n) for n in owner[~near]]


def _returned(outcome: Outcome) -> bool:
    return isinstance(outcome, wire.Reply) and outcome.error is None


def _compares_exactly(outcome: Outcome) -> bool:
    """Whether what equals an outcome, as Python sees it, has the same types throughout.

    So it is with arrays, which hold their dtype and their bytes; but True equals 1 and 1.0.
    """
    return isinstance(outcome, wire.Reply) and _only_arrays(outcome.value)


def _only_arrays(node: wire.Node) -> bool:
    if isinstance(node, wire.Seq):
        return all(map(_only_arrays, node.items))
    return node is None or isinstance(node, wire.Array)


def _flat(outcome: Outcome) -> tuple[Any, list[bytes]]:
    """An outcome's structure, and the bytes of its float64 entries; ``None`` if it left a mark."""
    if isinstance(outcome, Lost) or outcome.warnings or left_a_mark(outcome):
        return None, []
    if outcome.error is not None:
        error = outcome.error
        return ("error" if error.is_value_error and not error.is_not_implemented else None), []
    chunks: list[bytes] = []
    return _shape(outcome.value, chunks), chunks


def left_a_mark(outcome: Outcome) -> bool:
    """Whether a call changed something, or gave what should be new and is not."""
    if isinstance(outcome, Lost):
        return False
    return bool(outcome.changed or outcome.rng_changed or outcome.shared)


def _shape(node: wire.Node, chunks: list[bytes]) -> Any:
    if type(node) is wire.Array:
        if node.dtype == "<f8" and _fits(node):
            chunks.append(node.data)
            return node.shape
        return (node.dtype, node.shape, node.data)
    if type(node) is float:
        chunks.append(_DOUBLE.pack(node))
        return ()
    if type(node) is wire.Seq:
        items = [_shape(item, chunks) for item in node.items]
        return ["objects", *items] if node.objects else items
    return (type(node).__name__, node if isinstance(node, int | str | None) else 0)


def _fits(node: wire.Array) -> bool:
    size = 8
    for n in node.shape:
        size *= n
    return size == len(node.data)


_DOUBLE = struct.Struct("<d")


def _number(
    plan: Sequence[PlannedCall], calls: list[wire.Call], known: dict[bytes, int]
) -> list[int]:
    """Give each planned call its place in the batch; equal calls share one."""
    places: list[int] = []
    for planned in plan:
        free = not planned.again and not planned.call.keep and not handles(planned.call)
        place = known.get(planned.key) if free else None
        if place is None:
            place = len(calls)
            calls.append(_moved(planned.call, place, places))
            if free:
                known[planned.key] = place
        places.append(place)
    return places


def _moved(call: wire.Call, place: int, places: Sequence[int]) -> wire.Call:
    args = [_moved_node(node, places) for node in call.args]
    kwargs = {name: _moved_node(node, places) for name, node in call.kwargs.items()}
    return msgspec.structs.replace(call, number=place, args=args, kwargs=kwargs)


def _moved_node(node: wire.Node, places: Sequence[int]) -> wire.Node:
    if isinstance(node, wire.Handle):
        return wire.Handle(places[node.call], node.path)
    if isinstance(node, wire.Seq):
        return wire.Seq([_moved_node(item, places) for item in node.items])
    return node
