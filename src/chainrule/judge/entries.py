"""Answers in comparable form: a submission's transcript, and those of the known mistakes."""

from __future__ import annotations

import math
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
from .batch import Batch, Fetched, left_a_mark
from .replay import Replayed
from .session import handles
from .traces import same_value
from .verdict import Bench

RTOL, ATOL = 1e-6, 1e-9
_DATA_ERRORS = {
    "TypeError",
    "IndexError",
    "KeyError",
    "OverflowError",
    "ZeroDivisionError",
    "FloatingPointError",
    "StopIteration",
}
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
        marked: whether it changed something, or gave what should be new and is not.
        raised: the kind of mishap that an error is, and its text if the call itself failed.
    """

    value: Any = None
    error: str | None = None
    lost: bool = False
    misfit: str | None = None
    warned: bool = False
    marked: bool = False
    raised: tuple[str, str] = ("", "")

    @property
    def returned(self) -> bool:
        """Whether a value came back."""
        return not self.lost and self.error is None

    @cached_property
    def clean(self) -> bool:
        """Whether this is a value of finite numbers only."""
        return self.returned and all(_finite(leaf) for leaf in leaves(self.value))

    @cached_property
    def flat(self) -> Flat | None:
        """The same in one array; ``None`` where it does not fit into one."""
        return Flat.of(self.value)


@dataclass(frozen=True)
class Flat:
    """Nested float64 numbers in one array: answers are compared by the hundred thousand.

    Args:
        form: how they are nested, and the shapes.
        parts: the arrays and numbers themselves.
        single: whether there is just one number.
    """

    form: Any
    parts: list[Any]
    single: bool

    @staticmethod
    def of(value: Any) -> Flat | None:
        """The flat form of a value of float64 numbers only."""
        parts = leaves(value)
        if not parts or not all(type(p) is float or _is_float64(p) for p in parts):
            return None
        return Flat(_form(value), parts, len(parts) == 1 and np.size(parts[0]) == 1)

    @cached_property
    def first(self) -> tuple[float, float]:
        """The first number, and how far another may be from it: most that differ differ there."""
        if self.single:
            number = float(self.parts[0].item() if _is_float64(self.parts[0]) else self.parts[0])
            room = RTOL * abs(number) + ATOL * max(1.0, abs(number))
            return number, room if math.isfinite(room) else 0.0
        found = self.numbers.size > 0
        return (float(self.numbers[0]), float(self.room[0])) if found else (0.0, 0.0)

    @cached_property
    def numbers(self) -> np.ndarray:
        """All numbers."""
        return np.concatenate([np.asarray(part).ravel() for part in self.parts])

    @cached_property
    def room(self) -> np.ndarray:
        """How far another number may be from each."""
        arrays = [np.asarray(part) for part in self.parts]
        with np.errstate(all="ignore"):
            sizes = [np.abs(a[np.isfinite(a)]).max(initial=1.0) for a in arrays]
            room: np.ndarray = RTOL * np.abs(self.numbers) + ATOL * np.repeat(
                sizes, [a.size for a in arrays]
            )
        room[~np.isfinite(room)] = 0.0
        return room

    def agrees(self, other: Flat) -> bool:
        """Whether all numbers agree with others of the same form; nan agrees with nan here."""
        number, room = other.first
        apart = abs(self.first[0] - number)
        if apart > room:  # never where one is nan
            return False
        if self.single and apart <= room:
            return True
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
    answers = [
        answer_to(fetched.outcomes[n], form_of(bench.assignment, batch, n)) for n in batch.own
    ]
    bodies = [run_live(bench, batch, number) for number in range(len(batch.live))]
    calls = [batch.calls[n] for n in batch.own] + [call for _, call in bodies]
    return answers + [answer for answer, _ in bodies], calls


def answer_to(outcome: Outcome, form: Any = None) -> Answer:
    """The comparable form of an outcome.

    Args:
        outcome: how a call went.
        form: of a right result, where it is known.
    """
    if isinstance(outcome, Lost):
        return Answer(lost=True)
    if outcome.error is not None:
        kind = "ValueError" if outcome.error.is_value_error else "other"
        raised = _family(outcome.error), "" if outcome.error.traceback else outcome.error.text
        return Answer(error=kind, marked=left_a_mark(outcome), raised=raised)
    try:
        value = plain(outcome.value)
    except wire.WireError:
        return Answer(lost=True)
    misfit, warned = _misfit(form, value), bool(outcome.warnings)
    return Answer(value, misfit=misfit, warned=warned, marked=left_a_mark(outcome))


def _family(error: wire.Error) -> str:
    """What kind of mishap an error is: what data cause in one style is another error in others."""
    kind = error.kind
    if error.is_value_error or kind in _DATA_ERRORS or kind.startswith(("UFunc", "_UFunc")):
        return "data"
    return "NameError" if kind == "UnboundLocalError" else kind


def _misfit(form: Any, value: Any) -> str | None:
    """Whether a value has the wrong form; shapes show by themselves, types do not."""
    try:
        read(form, value, "it") if form is not None else None
    except FormError:
        return "form"
    except Exception:  # a form of the course's own, and a value it did not expect
        return None
    return None


def form_of(assignment: Assignment, batch: Batch, number: int) -> Any:
    """The form of a right result of a call, if it has one; found once for all submissions."""
    if number not in batch.forms:
        batch.forms[number] = _form_of(assignment, batch.calls[number])
    return batch.forms[number]


def _form_of(assignment: Assignment, call: wire.Call) -> Any:
    if handles(call):
        return None
    try:
        args = [plain(node) for node in call.args]
        kwargs = {name: plain(node) for name, node in call.kwargs.items()}
        return assignment.by_name[call.function].returns(*args, **kwargs)
    except Exception:  # a call on arguments that should be refused has no form
        return None


def run_live(bench: Bench, batch: Batch, number: int) -> tuple[Answer, wire.Call]:
    """The answers of one body without a plan, as one, and its first call."""
    check, example = batch.live[number]
    steps, problem = bench.run_body(check, example.arguments, Replayed(example, [], bench.source))
    mine = [step for step in steps if step.call.function == batch.function]
    answers = [answer_to(step.outcome) for step in mine]  # what they return, the body has read
    first = mine[0].call if mine else wire.Call(0, batch.function, [], {})
    trouble = [a for a in answers if a.lost or a.error is not None]
    says = problem.says if isinstance(problem, Failure) else None
    return trouble[0] if trouble else Answer([a.value for a in answers], misfit=says), first


class Entry:
    """One behaviour of a mistake; it is called only as far as it is compared.

    Most entries differ from a student at the first call that tells anything, so of hundreds of
    behaviours only a few are ever run on all inputs. One that may remember earlier calls is run
    on them in their order, as a student's module is.
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
        self._remembers = mistake is not None and mistake.family == STATEFUL
        self._outcomes: list[Outcome] = []

    def answer(self, number: int) -> Answer:
        """The answer with this place in a transcript."""
        if number not in self._known:
            if not self._remembers:
                self._known[number] = self._one(number)
            elif not self._batch.live:
                self._known[number] = self._in_order(self._batch.own[number])
            else:
                self.learn(transcript(self._bench, self._batch, self._batch.fetch(self.source))[0])
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

    def _in_order(self, place: int) -> Answer:
        """The answer to a call of the batch, after all before it."""
        if place >= len(self._outcomes):
            self._outcomes += self._batch.some(self.source, len(self._outcomes), place + 1)
        form = form_of(self._bench.assignment, self._batch, place)
        return answer_to(self._outcomes[place], form)

    def _one(self, number: int) -> Answer:
        planned = len(self._batch.own)
        if number >= planned:
            return run_live(self._bench, self._batch, number - planned)[0]
        place = self._batch.own[number]
        outcomes = list(self.source.run(self._batch.chain(place), forget=True))
        return answer_to(outcomes[-1], form_of(self._bench.assignment, self._batch, place))
