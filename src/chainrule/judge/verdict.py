"""The verdict on one check: its body run on the recorded inputs, then on smaller ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..clock import clock
from ..course import Assignment
from ..grading.declare import Check
from ..grading.failure import Failure, NotWritten, StudentError
from . import generate
from .answers import Outcome, Source
from .batch import left_a_mark
from .record import Example, Reference, call_body
from .replay import Replayed
from .submission import Answerer, Live, LostCall, Step, Submission

SHRINK_CALLS = 120
"""How many inputs are tried for a smaller counterexample."""

_MET = (Failure, StudentError)


@dataclass(frozen=True)
class Verdict:
    """How a check went.

    Args:
        outcome: as in the results.
        problem: what the body met, where it did not pass.
        arguments: the input on which it met it.
        steps: the calls the body made on that input.
    """

    outcome: str
    problem: Exception | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


PASSED = Verdict("passed")


class Bench:
    """One submission's source beside the reference, ready to run bodies.

    ``marked`` are the calls with callbacks that left a trace; no plan of a batch holds them.
    """

    def __init__(self, assignment: Assignment, source: Source, seed: int) -> None:
        self.assignment = assignment
        self.source = source
        self.seed = seed
        self.reference = Reference(assignment.reference)
        self.marked: list[Step] = []

    def try_body(self, check: Check, arguments: Any, answerer: Answerer) -> Verdict:
        """Run a check's body once."""
        submission = Submission(self.assignment.by_name, answerer)
        try:
            call_body(check, submission, self.reference, arguments)
        except Exception as problem:
            return Verdict(outcome_of(problem), problem, dict(arguments), tuple(submission.steps))
        finally:
            self.marked += [s for s in submission.steps if s.callbacks and left_a_mark(s.outcome)]
        return PASSED

    def run_body(
        self, check: Check, arguments: Any, answerer: Answerer
    ) -> tuple[list[Step], Exception | None]:
        """The calls a body makes, and what it met if it does not pass."""
        submission = Submission(self.assignment.by_name, answerer)
        try:
            call_body(check, submission, self.reference, arguments)
        except Exception as problem:
            return submission.steps, problem
        return submission.steps, None

    def replay(self, check: Check, examples: Iterable[tuple[Example, list[Outcome]]]) -> Verdict:
        """The first example that does not pass."""
        for example, outcomes in examples:
            answerer = Replayed(example, outcomes, self.source)
            verdict = self.try_body(check, example.arguments, answerer)
            if verdict is not PASSED:
                return verdict
        return PASSED

    def live(self, check: Check) -> Verdict:
        """The verdict on a check that draws as it goes: its inputs are made for this source."""
        best = PASSED

        def body(arguments: Any) -> None:
            nonlocal best
            verdict = self.try_body(check, arguments, Live(self.source))
            if verdict.problem is None:
                return
            if best is PASSED or verdict.outcome == best.outcome:
                best = verdict
            raise verdict.problem

        try:
            generate.smallest(
                check, self._seed_of(check), body, (Exception,), check.examples + SHRINK_CALLS
            )
        except Exception as problem:  # Hypothesis' own word: there is nothing to draw, say
            return Verdict("grader_error", problem)
        shown = {n: v for n, v in best.arguments.items() if not generate.draws_later([{n: v}])}
        return best if best is PASSED else replace(best, arguments=shown)

    def _seed_of(self, check: Check) -> int:
        return generate.seed_of(self.seed, self.assignment.name, check)

    @clock.phase("shrinking")
    def shrink(self, check: Check, found: Verdict) -> Verdict:
        """The same failure on a smaller input, where Hypothesis finds one."""
        told = found.outcome in ("failed", "error") and isinstance(found.problem, _MET)
        if not (told and check.is_property and check.shrink):
            return found
        best = found

        def body(arguments: Any) -> None:
            nonlocal best
            verdict = self.try_body(check, arguments, Live(self.source))
            if verdict.problem is None:
                return
            if isinstance(verdict.problem, _MET) and verdict.outcome == found.outcome:
                best = verdict
            raise verdict.problem

        try:
            generate.smallest(check, self._seed_of(check), body, _MET, SHRINK_CALLS)
        except Exception:  # the live run went another way; the replayed failure stands
            return found
        return best


def outcome_of(problem: Exception) -> str:
    """The outcome that an exception of a body stands for."""
    if isinstance(problem, NotWritten):
        return "not_written"
    if isinstance(problem, StudentError):
        return "error"
    if isinstance(problem, Failure):
        return "failed"
    if isinstance(problem, LostCall):
        return "timeout" if problem.lost.timeout else "error"
    return "grader_error"
