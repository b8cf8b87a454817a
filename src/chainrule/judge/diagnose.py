"""Which known mistake gives just these answers.

The student's answers on the recorded inputs are compared with those of every known wrong
function, one mistake at a time, then a mistake with its result turned or scaled, then two
mistakes that explain it call by call. Nothing is named unless everything agrees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..course import Assignment
from ..grading.declare import Mistake
from ..worker import wire
from .answers import Local, Lost, Outcome, plain
from .batch import Batch, Fetched
from .replay import Replayed
from .traces import same_value
from .verdict import Bench

RTOL, ATOL = 1e-6, 1e-9
_MIN_EVIDENCE = 3
"""Calls that must tell a mistake from the reference before it is named."""


@dataclass(frozen=True)
class Named:
    """A recognised mistake."""

    slug: str
    sentence: str


@dataclass(frozen=True)
class Answer:
    """An outcome in comparable form: a value, an error's kind, or nothing."""

    value: Any = None
    error: str | None = None
    lost: bool = False

    @staticmethod
    def of(outcome: Outcome) -> Answer:
        """The comparable form of an outcome."""
        if isinstance(outcome, Lost):
            return Answer(lost=True)
        if outcome.error is not None:
            return Answer(error="ValueError" if outcome.error.is_value_error else "other")
        try:
            return Answer(plain(outcome.value))
        except wire.WireError:
            return Answer(lost=True)


Transcript = list[Answer]


def transcript(bench: Bench, batch: Batch, fetched: Fetched) -> tuple[Transcript, list[wire.Call]]:
    """A source's answers to every recorded call of the function, in order, and those calls.

    Bodies that pass a function to be called back have no plan; they are run here.
    """
    calls = [batch.calls[n] for n in batch.own]
    answers = [Answer.of(fetched.outcomes[n]) for n in batch.own]
    for check, examples in batch.checks:
        for example in examples:
            if not example.plan:
                live = Replayed(example, [], bench.source)
                for step in bench.run_body(check, example.arguments, live):
                    if step.call.function == batch.function:
                        answers.append(Answer.of(step.outcome))
                        calls.append(step.call)
    return answers, calls


class Dictionary:
    """The known mistakes of one function, answered on the recorded inputs once."""

    def __init__(self, assignment: Assignment, batch: Batch, seed: int) -> None:
        self._assignment = assignment
        self._batch = batch
        self._function = batch.function
        self._seed = seed

    @cached_property
    def reference(self) -> tuple[Transcript, list[wire.Call]]:
        """The reference's answers and the calls."""
        return self.answers({})

    @cached_property
    def entries(self) -> list[tuple[Mistake, Transcript]]:
        """Every behaviour of every mistake with its answers."""
        found = []
        for mistake in self._assignment.mistakes:
            if mistake.function == self._function:
                for behaviour in mistake.behaviours:
                    found.append((mistake, self.answers({self._function: behaviour})[0]))
        return found

    def answers(
        self, replaced: dict[str, Callable[..., Any]]
    ) -> tuple[Transcript, list[wire.Call]]:
        """The answers of the reference with some functions replaced."""
        local = Local({**self._assignment.reference, **replaced})
        bench = Bench(self._assignment, local, self._seed)
        return transcript(bench, self._batch, self._batch.fetch(local))

    def name(self, student: Transcript) -> Named | None:
        """The mistake that gives the student's answers, if exactly one does."""
        right, calls = self.reference
        if len(right) != len(student):
            return None  # a body with callbacks went another way
        if sum(not _same(s, r) for s, r in zip(student, right, strict=True)) == 0:
            return None
        exact = {m.slug: m for m, answers in self.entries if _equal(student, answers)}
        if len(exact) == 1:
            (mistake,) = exact.values()
            return Named(mistake.slug, mistake.sentence)
        if exact:
            return None  # known mistakes that these inputs do not tell apart
        return self._twisted(student, calls) or self._pair(student, right)

    def _twisted(self, student: Transcript, calls: list[wire.Call]) -> Named | None:
        """A right or known wrong result that is turned or scaled on top."""
        sources: list[tuple[Mistake | None, Transcript]] = [(None, self.reference[0]), *self.entries]
        for slug, sentence, factor in TWISTS:
            factors = [factor(call) for call in calls]
            back = [_scaled(s, 1.0 / f) for s, f in zip(student, factors, strict=True)]
            if _telling(back, student) < _MIN_EVIDENCE:
                continue
            for mistake, answers in sources:
                if _equal(back, answers):
                    return _joined(mistake, Named(slug, sentence))
        return None

    def _pair(self, student: Transcript, right: Transcript) -> Named | None:
        """Two mistakes, each of which explains calls that the other does not."""
        wrong = [i for i, (s, r) in enumerate(zip(student, right, strict=True)) if not _same(s, r)]
        hits: list[tuple[Mistake, set[int]]] = []
        for mistake, answers in self.entries:
            hit = {i for i in wrong if i < len(answers) and _same(student[i], answers[i])}
            if len(hit) >= _MIN_EVIDENCE:
                hits.append((mistake, hit))
        pairs = {
            tuple(sorted((a.slug, b.slug))): (a, b)
            for n, (a, first) in enumerate(hits)
            for b, second in hits[n + 1 :]
            if a.slug != b.slug
            and len(first | second) == len(wrong)
            and min(len(first - second), len(second - first)) >= _MIN_EVIDENCE
        }
        if len(pairs) != 1:
            return None
        ((a, b),) = pairs.values()
        return _joined(a, Named(b.slug, b.sentence))


def _rows(call: wire.Call) -> float:
    node = call.args[0] if call.args else None
    return float(node.shape[0]) if isinstance(node, wire.Array) and node.shape else 1.0


TWISTS: tuple[tuple[str, str, Callable[[wire.Call], float]], ...] = (
    ("sign", "The sign is turned: your result is the negative of the right one.", lambda c: -1.0),
    ("factor-two", "Your result is twice the right one: a factor 2 too many.", lambda c: 2.0),
    ("factor-half", "Your result is half of the right one: a factor 2 is missing.", lambda c: 0.5),
    (
        "sum-for-mean",
        "Your result is the right one times the number of samples: a sum where the mean is asked.",
        _rows,
    ),
    (
        "mean-for-sum",
        "Your result is the right one divided by the number of samples once too often.",
        lambda c: 1.0 / _rows(c),
    ),
)


def _scaled(answer: Answer, factor: float) -> Answer:
    return answer if answer.value is None else Answer(_times(answer.value, factor))


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list):
        return [_times(v, factor) for v in value]
    if isinstance(value, bool | str) or value is None:
        return value
    return np.asarray(value) * factor if isinstance(value, int | float | np.ndarray) else value


def _same(a: Answer, b: Answer) -> bool:
    if a.lost or b.lost or (a.error is None) != (b.error is None):
        return False
    if a.error is not None:
        return a.error == b.error
    return same_value(a.value, b.value, RTOL, ATOL)


def _equal(a: Transcript, b: Transcript) -> bool:
    return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))


def _telling(a: Transcript, b: Transcript) -> int:
    return sum(not _same(x, y) for x, y in zip(a, b, strict=True))


def _joined(mistake: Mistake | None, other: Named) -> Named:
    if mistake is None:
        return other
    return Named(
        f"{mistake.slug}+{other.slug}", f"Two things: {mistake.sentence} And: {other.sentence}"
    )
