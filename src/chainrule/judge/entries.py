"""Answers in comparable form: a submission's transcript, and those of the known mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..course import Assignment
from ..grading.compare import leaves
from ..grading.declare import Mistake
from ..grading.failure import Failure, FormError
from ..grading.forms import read
from ..worker import wire
from .answers import Local, Lost, Outcome, plain
from .batch import Batch, Fetched
from .replay import Replayed
from .session import handles
from .traces import same_value
from .verdict import Bench

RTOL, ATOL = 1e-6, 1e-9
STATEFUL = "purity"
"""The family whose wrong functions may answer by what was asked before."""


@dataclass(frozen=True)
class Answer:
    """An outcome in comparable form: a value, an error's kind, or nothing.

    Args:
        value: what was returned.
        error: the kind of error that was raised.
        lost: whether there was no reply.
        misfit: what a check says of the value's form or of how it came about, if anything.
        warned: whether the call gave a warning.
    """

    value: Any = None
    error: str | None = None
    lost: bool = False
    misfit: str | None = None
    warned: bool = False

    @cached_property
    def clean(self) -> bool:
        """Whether this is a value of finite numbers only."""
        if self.lost or self.error is not None:
            return False
        return all(_finite(leaf) for leaf in leaves(self.value))

    @cached_property
    def flat(self) -> Flat | None:
        """The same in one array; ``None`` where it does not fit into one."""
        return Flat.of(self.value)


@dataclass(frozen=True)
class Flat:
    """Nested float64 numbers in one array: answers are compared by the hundred thousand.

    Args:
        form: how they are nested, and the shapes.
        numbers: all of them.
        room: how far another number may be from each.
        first: the first of them, and its room: most answers that differ differ there.
    """

    form: Any
    numbers: np.ndarray
    room: np.ndarray
    first: tuple[float, float]

    @staticmethod
    def of(value: Any) -> Flat | None:
        """The flat form of a value of float64 numbers only."""
        parts = leaves(value)
        if not parts or not all(type(p) is float or _is_float64(p) for p in parts):
            return None
        arrays = [np.asarray(part).ravel() for part in parts]
        numbers = np.concatenate(arrays)
        with np.errstate(all="ignore"):
            sizes = [np.abs(a[np.isfinite(a)]).max(initial=1.0) for a in arrays]
            room = RTOL * np.abs(numbers) + ATOL * np.repeat(sizes, [a.size for a in arrays])
        room[~np.isfinite(room)] = 0.0
        first = (float(numbers[0]), float(room[0])) if numbers.size else (0.0, 0.0)
        return Flat(_form(value), numbers, room, first)

    def agrees(self, other: Flat) -> bool:
        """Whether all numbers agree with others of the same form; nan agrees with nan here."""
        if abs(self.first[0] - other.first[0]) > other.first[1]:  # never where one is nan
            return False
        a, b = self.numbers, other.numbers
        with np.errstate(all="ignore"):
            near = (np.abs(a - b) <= other.room) | (a == b)
        return bool(near.all()) or bool((near | (np.isnan(a) & np.isnan(b))).all())


def _is_float64(leaf: Any) -> bool:
    return isinstance(leaf, np.ndarray) and leaf.dtype == np.float64


def _form(value: Any) -> Any:
    # An empty list is not a scalar, whose shape is as empty.
    return [_form(v) for v in value] if isinstance(value, list | tuple) else np.shape(value)


def _finite(leaf: Any) -> bool:
    if isinstance(leaf, int | float | np.ndarray | np.generic):
        array = np.asarray(leaf)
        return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
    return isinstance(leaf, str)


Transcript = list[Answer]


def same(a: Answer, b: Answer) -> bool:
    """Whether two answers agree; a call without a reply agrees with nothing."""
    if a.lost or b.lost or (a.error is None) != (b.error is None):
        return False
    if a.error is not None:
        return a.error == b.error
    return a.misfit == b.misfit and same_values(a, b)


def same_values(a: Answer, b: Answer) -> bool:
    """Whether two answers hold the same numbers, to a tolerance."""
    if a.flat is not None and b.flat is not None and a.flat.form == b.flat.form:
        return a.flat.agrees(b.flat)
    return same_value(a.value, b.value, RTOL, ATOL)


def transcript(bench: Bench, batch: Batch, fetched: Fetched) -> tuple[Transcript, list[wire.Call]]:
    """A source's answers to every recorded call of the function, in order, and those calls.

    Bodies that pass a function to be called back have no plan; each of them is run here and
    stands as one answer.
    """
    answers = [answer_to(bench, batch.calls[n], fetched.outcomes[n]) for n in batch.own]
    bodies = [run_live(bench, batch, number) for number in range(len(batch.live))]
    calls = [batch.calls[n] for n in batch.own] + [call for _, call in bodies]
    return answers + [answer for answer, _ in bodies], calls


def answer_to(bench: Bench, call: wire.Call, outcome: Outcome) -> Answer:
    """The comparable form of an outcome."""
    if isinstance(outcome, Lost):
        return Answer(lost=True)
    if outcome.error is not None:
        return Answer(error="ValueError" if outcome.error.is_value_error else "other")
    try:
        value = plain(outcome.value)
    except wire.WireError:
        return Answer(lost=True)
    return Answer(value, misfit=_misfit(bench, call, value), warned=bool(outcome.warnings))


def _misfit(bench: Bench, call: wire.Call, value: Any) -> str | None:
    """Whether a value has the wrong form; shapes show by themselves, types do not."""
    if handles(call):
        return None
    try:
        args = [_argument(node) for node in call.args]
        kwargs = {name: _argument(node) for name, node in call.kwargs.items()}
        read(bench.assignment.by_name[call.function].returns(*args, **kwargs), value, "it")
    except FormError:
        return "form"
    except Exception:  # a call on arguments that should be refused has no form
        return None
    return None


def _argument(node: wire.Node) -> Any:
    return plain(node)


def run_live(bench: Bench, batch: Batch, number: int) -> tuple[Answer, wire.Call]:
    """The answers of one body without a plan, as one, and its first call."""
    check, example = batch.live[number]
    steps, problem = bench.run_body(check, example.arguments, Replayed(example, [], bench.source))
    mine = [step for step in steps if step.call.function == batch.function]
    answers = [answer_to(bench, _bare(step.call), step.outcome) for step in mine]
    first = mine[0].call if mine else wire.Call(0, batch.function, [], {})
    trouble = [a for a in answers if a.lost or a.error is not None]
    says = problem.says if isinstance(problem, Failure) else None
    return trouble[0] if trouble else Answer([a.value for a in answers], misfit=says), first


def _bare(call: wire.Call) -> wire.Call:
    """The call without a form that could be read: its function argument stays with the body."""
    return wire.Call(call.number, call.function, [wire.Handle(0, ())], {})


class Entry:
    """One behaviour of a mistake; it is called only as far as it is compared.

    Most entries differ from a student at the first call that tells anything, so of hundreds of
    behaviours only a few are ever run on all inputs. One that may remember earlier calls is run
    once, on all calls in their order, as a student's module is.
    """

    def __init__(
        self,
        assignment: Assignment,
        batch: Batch,
        seed: int,
        mistake: Mistake | None = None,
        behaviour: Callable[..., Any] | None = None,
    ) -> None:
        self.mistake = mistake
        self.behaviour = behaviour
        replaced = {} if behaviour is None else {batch.function: behaviour}
        self.source = Local({**assignment.reference, **replaced})
        self._bench = Bench(assignment, self.source, seed)
        self._batch = batch
        self._known: dict[int, Answer] = {}
        self._whole = mistake is not None and mistake.family == STATEFUL

    def answer(self, number: int) -> Answer:
        """The answer with this place in a transcript."""
        if number not in self._known:
            if self._whole:
                self.learn(transcript(self._bench, self._batch, self._batch.fetch(self.source))[0])
            else:
                self._known[number] = self._one(number)
        return self._known[number]

    def passes_like(self, passed: Mapping[str, bool]) -> bool:
        """Whether just the checks that are said to pass do; the others are not looked at."""
        fetched = self._batch.fetch(self.source)
        for check, examples in self._batch.checks:
            places = [(check.full_name, i) for i in range(len(examples))]
            open_ = [
                (example, self._batch.of(fetched, place))
                for example, place in zip(examples, places, strict=True)
                if not self._batch.settled(fetched, place)
            ]
            if check.full_name in passed and passed[check.full_name] != (
                self._bench.replay(check, open_).problem is None
            ):
                return False
        return True

    def learn(self, answers: Transcript) -> None:
        """Take the answers to all calls, where they are known already."""
        self._known = dict(enumerate(answers))

    def _one(self, number: int) -> Answer:
        planned = len(self._batch.own)
        if number >= planned:
            return run_live(self._bench, self._batch, number - planned)[0]
        chain = self._batch.chain(self._batch.own[number])
        return answer_to(self._bench, chain[-1], list(self.source.run(chain, forget=True))[-1])
