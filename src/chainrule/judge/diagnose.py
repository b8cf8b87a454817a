"""Which known mistake gives just these answers.

The student's answers on the recorded inputs are compared with those of every known wrong
function, one mistake at a time, then a mistake with its result turned or scaled, then two
mistakes that explain it call by call. Nothing is named unless everything agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
_PROBES = 6
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

    Bodies that pass a function to be called back have no plan; each of them is run here and
    stands as one answer.
    """
    answers = [Answer.of(fetched.outcomes[n]) for n in batch.own]
    bodies = [run_live(bench, batch, number) for number in range(len(batch.live))]
    calls = [batch.calls[n] for n in batch.own] + [call for _, call in bodies]
    return answers + [answer for answer, _ in bodies], calls


def run_live(bench: Bench, batch: Batch, number: int) -> tuple[Answer, wire.Call]:
    """The answers of one body without a plan, as one, and its first call."""
    check, example = batch.live[number]
    steps = bench.run_body(check, example.arguments, Replayed(example, [], bench.source))
    mine = [step for step in steps if step.call.function == batch.function]
    answers = [Answer.of(step.outcome) for step in mine]
    first = mine[0].call if mine else wire.Call(0, batch.function, [], {})
    trouble = [a for a in answers if a.lost or a.error is not None]
    return trouble[0] if trouble else Answer([a.value for a in answers]), first


class Entry:
    """One behaviour of a mistake; it is called only as far as it is compared.

    Most entries differ from a student at the first call that tells anything, so of hundreds of
    behaviours only a few are ever run on all inputs.
    """

    def __init__(self, mistake: Mistake | None, bench: Bench, batch: Batch) -> None:
        self.mistake = mistake
        self._bench = bench
        self._batch = batch
        self._known: dict[int, Answer] = {}

    def answer(self, number: int) -> Answer:
        """The answer with this place in a transcript."""
        if number not in self._known:
            self._known[number] = self._one(number)
        return self._known[number]

    def equals(self, student: Transcript, order: Sequence[int]) -> bool:
        """Whether this gives the student's answer to every call."""
        return all(_same(student[n], self.answer(n)) for n in order)

    def _one(self, number: int) -> Answer:
        planned = len(self._batch.own)
        if number >= planned:
            return run_live(self._bench, self._batch, number - planned)[0]
        chain = self._batch.chain(self._batch.own[number])
        return Answer.of(list(self._bench.source.run(chain, forget=True))[-1])


class Dictionary:
    """The known mistakes of one function, ready to be compared on the recorded inputs."""

    def __init__(self, assignment: Assignment, batch: Batch, seed: int) -> None:
        self._assignment = assignment
        self._batch = batch
        self._seed = seed

    @cached_property
    def reference(self) -> tuple[Transcript, list[wire.Call]]:
        """The reference's answers and the calls."""
        local = Local(self._assignment.reference)
        bench = Bench(self._assignment, local, self._seed)
        return transcript(bench, self._batch, self._batch.fetch(local))

    @cached_property
    def entries(self) -> list[Entry]:
        """Every behaviour of every mistake."""
        function = self._batch.function
        return [
            self._entry(mistake, {function: behaviour})
            for mistake in self._assignment.mistakes
            if mistake.function == function
            for behaviour in mistake.behaviours
        ]

    def _entry(self, mistake: Mistake | None, replaced: dict[str, Callable[..., Any]]) -> Entry:
        local = Local({**self._assignment.reference, **replaced})
        bench = Bench(self._assignment, local, self._seed)
        return Entry(mistake, bench, self._batch)

    def name(self, student: Transcript) -> Named | None:
        """The mistake that gives the student's answers, if exactly one does."""
        right, calls = self.reference
        wrong = [n for n, (s, r) in enumerate(zip(student, right, strict=True)) if not _same(s, r)]
        if not wrong:
            return None
        slow = self._batch.slow_answers()
        rest = set(range(len(right))) - set(wrong)
        order = sorted(wrong, key=slow.__contains__) + sorted(rest, key=lambda n: (n in slow, n))
        exact = _mistakes(e for e in self.entries if e.equals(student, order))
        if exact:  # with several, these inputs do not tell them apart
            return Named(exact[0].slug, exact[0].sentence) if len(exact) == 1 else None
        return self._twisted(student, calls, order) or self._pair(student, wrong)

    def _twisted(
        self, student: Transcript, calls: list[wire.Call], order: list[int]
    ) -> Named | None:
        """A right or known wrong result that is turned or scaled on top."""
        right = self._entry(None, {})
        for slug, sentence, factor in TWISTS:
            back = [_scaled(s, 1.0 / factor(c)) for s, c in zip(student, calls, strict=True)]
            if sum(not _same(b, s) for b, s in zip(back, student, strict=True)) < _MIN_EVIDENCE:
                continue
            if right.equals(back, order):
                return Named(slug, sentence)
            found = _mistakes(e for e in self.entries if e.equals(back, order))
            if len(found) == 1:
                return _joined(found[0], Named(slug, sentence))
        return None

    def _pair(self, student: Transcript, wrong: list[int]) -> Named | None:
        """Two mistakes, each of which explains calls that the other does not."""
        slow = self._batch.slow_answers()
        quick = [n for n in wrong if n not in slow]
        probe = quick[:: max(1, len(quick) // _PROBES)]
        hits: list[tuple[Mistake, set[int]]] = []
        for entry in self.entries:
            if entry.mistake and any(_same(student[n], entry.answer(n)) for n in probe):
                hit = {n for n in wrong if _same(student[n], entry.answer(n))}
                if len(hit) >= _MIN_EVIDENCE:
                    hits.append((entry.mistake, hit))
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


def _mistakes(entries: Iterable[Entry]) -> list[Mistake]:
    """The different mistakes among some behaviours."""
    found = {e.mistake.slug: e.mistake for e in entries if e.mistake is not None}
    return list(found.values())


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


def _joined(mistake: Mistake, other: Named) -> Named:
    return Named(
        f"{mistake.slug}+{other.slug}", f"Two things: {mistake.sentence} And: {other.sentence}"
    )
