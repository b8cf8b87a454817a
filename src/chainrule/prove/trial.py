"""One answer against every recorded input of a function's checks, without stopping at the first.

What a check would have waited for is ignored: whether some check fails does not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..grading.declare import Check
from ..judge import traces
from ..judge.answers import Lost, Outcome, Source
from ..judge.batch import Batch, Fetched
from ..judge.grade import SLUGS, Grader
from ..judge.record import Example
from ..judge.replay import Replayed
from ..judge.submission import Step
from ..judge.verdict import PASSED, Bench
from .statistics import slip


@dataclass(frozen=True)
class Tally:
    """How one check took an answer.

    Args:
        check: its name.
        visibility: public or hidden.
        certain: whether an input that every seed has exposes the answer: a worked example, say.
        hits: how many of the generated inputs do.
        inputs: how many there are.
    """

    check: str
    visibility: str
    certain: bool
    hits: int
    inputs: int

    @property
    def catches(self) -> bool:
        """Whether the check fails."""
        return self.certain or self.hits > 0


@dataclass(frozen=True)
class Trial:
    """How one function's checks took an answer.

    Args:
        tallies: one a check, the engine's own last.
        trace: the engine's name for a trace that calls left.
        faults: checks whose own code failed.
    """

    tallies: tuple[Tally, ...]
    trace: str | None = None
    faults: tuple[str, ...] = ()

    @property
    def caught_by(self) -> tuple[Tally, ...]:
        """The checks that fail."""
        return tuple(t for t in self.tallies if t.catches)

    @property
    def passed(self) -> dict[str, bool]:
        """Of each check but the engine's own, whether it passes."""
        return {t.check: not t.catches for t in self.tallies[:-1]}

    @property
    def slip(self) -> float:
        """The chance that another seed's inputs let the answer pass."""
        if any(t.certain for t in self.tallies):
            return 0.0
        return slip((t.hits, t.inputs) for t in self.tallies)


@dataclass(frozen=True)
class Tried:
    """A trial, with the answers it came from for whoever wants to name the mistake."""

    trial: Trial
    bench: Bench
    fetched: Fetched


def explicit(check: Check) -> int:
    """How many of a check's recorded examples are written down rather than generated."""
    if not check.is_property:
        return 1
    return len(getattr(check.body, "hypothesis_explicit_examples", ()))


def try_all(grader: Grader, function: str, source: Source, *, thorough: bool) -> Tried:
    """Run every check of a function on its recorded inputs.

    Unless ``thorough``, a check is left at its first failure, where some check is certain to
    fail: which checks fail is known then, and that nothing slips through.
    """
    batch = grader.batch(function)
    bench = Bench(grader.assignment, source, grader.recording.seed)
    fetched = batch.fetch(source)
    trial = _Run(bench, batch, fetched).trial(thorough)
    if not thorough and trial.slip:
        trial = _Run(bench, batch, fetched).trial(True)
    return Tried(trial, bench, fetched)


class _Run:
    def __init__(self, bench: Bench, batch: Batch, fetched: Fetched) -> None:
        self._bench = bench
        self._batch = batch
        self._fetched = fetched
        self._live: list[tuple[bool, Step]] = []
        self._faults: list[str] = []

    def trial(self, thorough: bool) -> Trial:
        """All checks, the engine's own last."""
        tallies = [self._tally(c, examples, thorough) for c, examples in self._batch.checks]
        engine, slug = self._traces()
        return Trial((*tallies, engine), slug, tuple(self._faults))

    def _tally(self, check: Check, examples: Sequence[Example], thorough: bool) -> Tally:
        if not examples:  # its inputs are drawn while it runs
            failed = self._bench.live(check) is not PASSED
            return Tally(check.name, check.visibility, False, int(failed), check.examples)
        known = explicit(check)
        failing = (i for i, e in enumerate(examples) if not self._passes(check, i, e, i < known))
        hits = list(failing if thorough else islice(failing, 1))
        # Fewer inputs than were asked for are all there are: every seed has them.
        exhausted = check.is_property and len(examples) - known < check.examples
        certain = any(i < known or exhausted for i in hits)
        generated = sum(i >= known for i in hits)
        return Tally(check.name, check.visibility, certain, generated, len(examples) - known)

    def _passes(self, check: Check, number: int, example: Example, certain: bool) -> bool:
        place = check.full_name, number
        if self._batch.settled(self._fetched, place):
            return True
        answerer = Replayed(example, self._batch.of(self._fetched, place), self._bench.source)
        verdict = self._bench.try_body(check, example.arguments, answerer)
        if verdict.outcome == "grader_error":
            self._faults.append(f"{check.full_name}: {verdict.problem!r}")
        self._live += [(certain, step) for step in self._bench.marked]
        self._bench.marked.clear()
        return verdict is PASSED

    def _traces(self) -> tuple[Tally, str | None]:
        """What the engine's own check says, and how it names it."""
        calls, sure = self._batch.calls, self._certain()
        planned = [(n in sure, calls[n], self._outcome(n)) for n in self._batch.own]
        live = [(certain, step.call, step.outcome) for certain, step in self._live]
        marked = [
            (certain, traces.find([(call, outcome)]))
            for certain, call, outcome in (*planned, *live)
        ]
        left = [(certain, trace) for certain, trace in marked if trace is not None]
        found = left[0][1] if left else None
        certain = any(c for c, _ in left)
        if not left:
            found = traces.repeat(self._bench.source, self._batch, self._fetched)
            certain = found is not None
        hits, inputs = sum(not c for c, _ in left), sum(not c for c, _ in marked)
        tally = Tally(traces.NAME, "public", certain, hits, inputs)
        return tally, SLUGS[found.kind] if found is not None else None

    def _outcome(self, number: int) -> Outcome | Lost:
        return self._fetched.outcomes[number]

    def _certain(self) -> set[int]:
        """The calls that explicit and worked examples make."""
        return {
            n
            for check, examples in self._batch.checks
            for i in range(min(explicit(check), len(examples)))
            for n in self._batch.places[check.full_name, i]
        }
