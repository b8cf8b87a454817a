"""Which known mistake gives just these answers.

The student's answers on the recorded inputs are compared with those of every known wrong
function: first all of them, then all with the result turned or scaled, then those that are
finite numbers only (what a student does with arguments that should be refused is another
matter), then, where just the edges are wrong, in which way they are; last, two mistakes that
explain the answers call by call. Nothing is named unless everything that is compared agrees, and
agrees with one mistake alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..course import Assignment
from ..grading.compare import leaves
from ..grading.declare import Mistake
from ..worker import wire
from . import obvious
from .answers import plain
from .batch import Batch
from .entries import STATEFUL, Answer, Entry, Transcript, same, same_values
from .named import Named
from .twists import TWISTS

_PROBES = 6
_MIN_EVIDENCE = 3
"""Calls that must tell a mistake from the reference before it is named with another one."""
_MIN_CLEAN = 5
_MIN_SHARE = 0.75
"""How many telling calls, and which share of all, a name by finite answers alone rests on."""

_FLOOD = 100
"""So many times the numbers of the right answers are no answers that anybody knows."""


class Dictionary:
    """The known mistakes of one function, ready to be compared on the recorded inputs."""

    def __init__(self, assignment: Assignment, batch: Batch, seed: int) -> None:
        self._assignment = assignment
        self._batch = batch
        self._seed = seed

    @cached_property
    def right(self) -> Transcript:
        """The reference's answers."""
        entry = self._entry()
        return [entry.answer(n) for n in range(len(self._batch.own) + len(self._batch.live))]

    @cached_property
    def entries(self) -> list[Entry]:
        """Every behaviour of every mistake."""
        return [
            Entry(self._assignment, self._batch, self._seed, mistake, behaviour)
            for mistake in self._assignment.mistakes
            if mistake.function == self._batch.function
            for behaviour in mistake.behaviours
        ]

    def _entry(self) -> Entry:
        return Entry(self._assignment, self._batch, self._seed)

    @cached_property
    def _slow(self) -> set[int]:
        return self._batch.slow_answers()

    def name(
        self, student: Transcript, calls: Sequence[wire.Call], passed: Mapping[str, bool]
    ) -> Named | None:
        """The mistake that gives the student's answers, if exactly one does.

        Args:
            student: the answers.
            calls: what they answer.
            passed: of each check that was made, whether it passed.
        """
        if _numbers(student) > _FLOOD * (_numbers(self.right) + 1000):
            return None  # no known mistake is so large, and comparing would take minutes
        wrong = self.wrong(student)
        if not wrong:
            return self._loud(student)
        exact = self.alike(student, wrong)
        if exact:  # with several, these inputs do not tell them apart
            return _only(exact)
        return (
            self._shown([student[n] for n in wrong], [calls[n] for n in wrong])
            or self._twisted(student, calls, wrong)
            or self._clean(student, calls, wrong)
            or self._edges(student, wrong, passed)
            or self._pair(student, wrong)
            or obvious.of([student[n] for n in wrong])
        )

    def wrong(self, student: Transcript) -> list[int]:
        """The calls that the student does not answer like the reference."""
        pairs = enumerate(zip(student, self.right, strict=True))
        return [n for n, (answer, right) in pairs if not self._same(n, answer, right)]

    def alike(self, student: Transcript, wrong: Sequence[int]) -> list[Mistake]:
        """The mistakes with just these answers."""
        order = self._order(wrong, range(len(student)))
        return _mistakes(e for e in self.entries if self._equal(e, student, order))

    def _order(self, wrong: Sequence[int], among: Iterable[int]) -> list[int]:
        """The calls that tell most first, quick ones before long trainings."""
        rest = set(among) - set(wrong)
        quick_first = sorted(wrong, key=self._slow.__contains__)
        return quick_first + sorted(rest, key=lambda n: (n in self._slow, n))

    def _same(self, number: int, a: Answer, b: Answer) -> bool:
        """Whether two answers agree; which error it is matters only where one is asked for."""
        if a.error is not None and b.error is not None and self.right[number].error is None:
            return a.raised[0] == b.raised[0]
        return same(a, b)

    def _equal(self, entry: Entry, student: Transcript, order: Sequence[int]) -> bool:
        pure = entry.mistake is None or entry.mistake.family != STATEFUL
        return all(
            self._same(n, student[n], known := entry.answer(n))
            and (pure or student[n].marked or not known.marked)
            for n in order
        )

    def _shown(self, wrong: Sequence[Answer], calls: Sequence[wire.Call]) -> Named | None:
        """The mistake that a look at the wrong results shows, where right ones are many."""
        signs = [m for m in _mistakes(self.entries) if m.shows]
        if not signs or not all(a.returned for a in wrong) or len(wrong) < _MIN_EVIDENCE:
            return None
        results = [a.value for a in wrong]
        arguments = [tuple(plain(node) for node in call.args) for call in calls]
        return _only([m for m in signs if _says(m, results, arguments)])

    def _twisted(
        self, student: Transcript, calls: Sequence[wire.Call], wrong: Sequence[int]
    ) -> Named | None:
        """A right or known wrong result that is turned or scaled on top."""
        order = self._order(wrong, range(len(student)))
        reference = self._entry()
        for twist in TWISTS:
            back = [twist.undone(s, c) for s, c in zip(student, calls, strict=True)]
            if sum(not same(b, s) for b, s in zip(back, student, strict=True)) < _MIN_EVIDENCE:
                continue
            other = Named(twist.slug, twist.sentence)
            if self._equal(reference, back, order):
                return other
            found = _mistakes(e for e in self.entries if self._equal(e, back, order))
            if len(found) == 1:
                return _joined(found[0], Named(twist.slug, twist.on_top))
        return None

    def _clean(
        self, student: Transcript, calls: Sequence[wire.Call], wrong: Sequence[int]
    ) -> Named | None:
        """The mistake with the same finite numbers, wherever finite numbers are right."""
        sound = [n for n, answer in enumerate(self.right) if answer.clean]
        both = [n for n in sound if student[n].clean]
        telling = [n for n in wrong if n in set(both) and not _values(student[n], self.right[n])]
        if len(telling) < _MIN_CLEAN or len(both) < _MIN_SHARE * len(sound):
            return None
        order = self._order(telling, both)
        checks = frozenset(self._checks(telling))
        ends = set(telling)
        found = _mistakes(e for e in self.entries if _fits(e, student, order, ends))
        if found:
            return _only(found, checks)
        for twist in TWISTS:
            if all(_values(twist.undone(student[n], calls[n]), self.right[n]) for n in order):
                return Named(twist.slug, twist.sentence, checks)
        return None

    def _loud(self, student: Transcript) -> Named | None:
        """The mistake that gives the right answers and warns on the same calls."""
        order = range(len(student))

        def fits(entry: Entry) -> bool:
            return all(
                student[n].warned == entry.answer(n).warned
                and self._same(n, entry.answer(n), self.right[n])
                for n in order
            )

        if not any(answer.warned for answer in student):
            return None
        return _only(_mistakes(e for e in self.entries if fits(e)))

    def _edges(
        self, student: Transcript, wrong: Sequence[int], passed: Mapping[str, bool]
    ) -> Named | None:
        """The mistake that errs on the same calls in the same way, none of them an ordinary one.

        Ways are coarse, so the same checks must fail as well.
        """
        if any(self.right[n].clean and student[n].clean for n in wrong):
            return None
        rest = [n for n in self._order(wrong, range(len(student))) if n not in set(wrong)]

        def fits(entry: Entry) -> bool:
            return (
                all(
                    _kind(student[n], self.right[n]) == _kind(entry.answer(n), self.right[n])
                    for n in wrong
                )
                and all(self._same(n, entry.answer(n), self.right[n]) for n in rest)
                and entry.passes_like(passed)
            )

        return _only(_mistakes(_first_of_each(self.entries, fits)))

    def _checks(self, places: Iterable[int]) -> Iterator[str]:
        """The checks that make one of these calls."""
        planned = len(self._batch.own)
        numbers = {self._batch.own[n] for n in places if n < planned}
        yield from (self._batch.live[n - planned][0].full_name for n in places if n >= planned)
        for (check, _), made in self._batch.places.items():
            if not numbers.isdisjoint(made):
                yield check

    def _pair(self, student: Transcript, wrong: Sequence[int]) -> Named | None:
        """Two mistakes, each of which explains calls that the other does not."""
        quick = [n for n in wrong if n not in self._slow]
        # The same ones for whoever errs on them: an entry answers each but once for a class.
        probe = sorted(quick, key=_scattered)[:_PROBES]
        hits: list[tuple[Entry, Mistake, set[int]]] = []
        raised = {n for n in wrong if student[n].error is not None}  # many ways lead to an error
        right = sorted(set(range(len(student))) - set(wrong) - self._slow)
        for entry in self.entries:
            if entry.mistake and any(self._same(n, student[n], entry.answer(n)) for n in probe):
                hit = {n for n in wrong if self._same(n, student[n], entry.answer(n))}
                if len(hit) >= _MIN_EVIDENCE:
                    hits.append((entry, entry.mistake, hit))
        pairs = {
            tuple(sorted((a.slug, b.slug))): (a, b)
            for n, (one, a, first) in enumerate(hits)
            for other, b, second in hits[n + 1 :]
            if a.slug != b.slug
            and len(first | second) == len(wrong)
            and min(len(first - second), len(second - first)) >= _MIN_EVIDENCE
            and max(len(first - second - raised), len(second - first - raised)) >= _MIN_EVIDENCE
            and self._silent(one, right)
            and self._silent(other, right)
        }
        if len(pairs) != 1:
            return None
        ((a, b),) = pairs.values()
        return _joined(a, Named(b.slug, b.sentence))

    def _silent(self, entry: Entry, right: Sequence[int]) -> bool:
        """Whether an entry answers rightly what the student does."""
        return all(self._same(n, entry.answer(n), self.right[n]) for n in right)


def _says(mistake: Mistake, results: list[Any], arguments: list[tuple[Any, ...]]) -> bool:
    try:
        return mistake.shows is not None and bool(mistake.shows(results, arguments))
    except Exception:  # it meets results that nobody thought of
        return False


def _scattered(number: int) -> int:
    """A place in an order of all calls that is always the same and far from their own."""
    return number * 2_654_435_761 % 2**32  # Knuth's multiplicative hash: the golden ratio's


def _numbers(transcript: Transcript) -> int:
    """How many numbers the answers hold."""
    return sum(np.size(leaf) for answer in transcript for leaf in leaves(answer.value))


def _mistakes(entries: Iterable[Entry]) -> list[Mistake]:
    """The different mistakes among some behaviours."""
    found = {e.mistake.slug: e.mistake for e in entries if e.mistake is not None}
    return list(found.values())


def _only(found: Sequence[Mistake], checks: frozenset[str] | None = None) -> Named | None:
    """The name of the one mistake that was found; with several, these inputs do not tell."""
    return Named(found[0].slug, found[0].sentence, checks) if len(found) == 1 else None


def _first_of_each(entries: Iterable[Entry], fits: Callable[[Entry], bool]) -> Iterator[Entry]:
    """One fitting behaviour of each mistake that has one."""
    found: set[str] = set()
    for entry in entries:
        if entry.mistake and entry.mistake.slug not in found and fits(entry):
            found.add(entry.mistake.slug)
            yield entry


def _fits(entry: Entry, student: Transcript, order: Sequence[int], ends: set[int]) -> bool:
    """Whether an entry gives the student's finite numbers on enough of the calls that tell.

    A number beyond all bounds may be cut off by the student or by the entry. Most entries differ
    at once; only the others are run on all calls.
    """
    met = 0
    for n in order:
        if n in ends and not entry.answer(n).clean:
            continue
        if not _values(student[n], entry.answer(n)):
            return False
        met += n in ends
    return met >= max(_MIN_CLEAN, _MIN_SHARE * len(ends))


def _values(a: Answer, b: Answer) -> bool:
    return a.clean and b.clean and same_values(a, b)


def _kind(answer: Answer, right: Answer) -> str:
    """In which way an answer at the edge is one; what is no number at all is so in no known way."""
    if answer.lost:
        return "lost"
    if right.error is not None:
        return "refused" if answer.error == right.error else "not refused"
    if answer.error is not None:
        return f"error: {answer.raised[0]}"
    if answer.clean:
        return "finite"
    parts = leaves(answer.value)
    numbers = [np.asarray(v) for v in parts if isinstance(v, int | float | np.ndarray)]
    if len(numbers) < len(parts):
        return f"no number: {sorted({getattr(v, 'kind', type(v).__name__) for v in parts})}"
    return "nan" if any(np.isnan(v).any() for v in numbers if v.dtype.kind == "f") else "infinite"


def _joined(mistake: Mistake, other: Named) -> Named:
    return Named(
        f"{mistake.slug}+{other.slug}", f"Two things: {mistake.sentence} And: {other.sentence}"
    )
