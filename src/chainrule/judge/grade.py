"""Grading one submission: every function's checks in order, the traces, the mistake's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..course import Assignment
from ..grading.declare import Check, Function
from ..results import CheckResult, FunctionResult
from ..worker import wire
from . import message, traces
from .answers import Lost, Outcome, Source
from .batch import NOTHING, Batch
from .diagnose import Dictionary
from .entries import transcript
from .named import Named
from .record import Example, Recording
from .submission import Step
from .verdict import PASSED, Bench, Verdict

TRACE_POINTS = 1
_TOLD = ("failed", "error")


@dataclass
class Grader:
    """Grades submissions of one assignment against one recording.

    Args:
        assignment: what is graded.
        recording: the inputs.
        reveal: how much of a hidden check's input is told: none, message or counterexample.
        only: a function's name, if just one is graded.
    """

    assignment: Assignment
    recording: Recording
    reveal: str = "message"
    only: str | None = None
    _dictionaries: dict[str, Dictionary] = field(default_factory=dict)
    _batches: dict[str, Batch] = field(default_factory=dict)

    def grade(self, source: Source) -> tuple[FunctionResult, ...]:
        """The verdicts on all functions of a submission."""
        states: dict[str, str] = {}
        bench = Bench(self.assignment, source, self.recording.seed)
        rounds = [
            _Round(self, bench, function, states)
            for function in self.assignment.functions
            if self.only in (None, function.name)
        ]
        # No hidden input is seen before the last public check is done: see Batch.fetch_hidden.
        for visibility in ("public", "hidden"):
            for one in rounds:
                one.judge(visibility)
        return tuple(one.result() for one in rounds)

    def dictionary(self, function: str) -> Dictionary:
        """The known mistakes of a function."""
        if function not in self._dictionaries:
            batch = self.batch(function)
            self._dictionaries[function] = Dictionary(self.assignment, batch, self.recording.seed)
        return self._dictionaries[function]

    def batch(self, function: str) -> Batch:
        """The planned calls of a function's checks."""
        if function not in self._batches:
            checks = recorded(self.assignment, self.recording, function)
            self._batches[function] = Batch(function, checks, self.assignment.reference)
        return self._batches[function]

    def all_same(self, outcome: str, text: str) -> tuple[FunctionResult, ...]:
        """The results of a submission that cannot be called at all."""
        results = []
        for function in self.assignment.functions:
            if self.only in (None, function.name):
                worth = Worth(self.assignment, self.recording, function)
                rows = [_row(c, worth.of(c), outcome, text) for c in worth.checks]
                rows.append(trace_row(worth.trace, outcome, text))
                results.append(FunctionResult(function.name, tuple(rows)))
        return tuple(results)


class Worth:
    """How a function's points are shared among its checks, by their weights."""

    def __init__(self, assignment: Assignment, recording: Recording, function: Function) -> None:
        known = {*recording.examples, *recording.faults}
        self.checks = [c for c in assignment.checks_of(function.name) if c.full_name in known]
        weights = sum(c.points for c in self.checks) + TRACE_POINTS
        self._unit = Fraction(function.points, weights)
        self.trace = self._unit * TRACE_POINTS

    def of(self, check: Check) -> Fraction:
        """What a check is worth."""
        return self._unit * check.points


class _Round:
    """One function of one submission."""

    def __init__(
        self, grader: Grader, bench: Bench, function: Function, states: dict[str, str]
    ) -> None:
        self._grader = grader
        self._bench = bench
        self._function = function
        self._states = states
        self._worth = Worth(grader.assignment, grader.recording, function)
        self._batch = grader.batch(function.name)
        self._fetched = NOTHING
        self._verdicts: dict[str, Verdict] = {}

    def judge(self, visibility: str) -> None:
        """Judge the public checks in order, and after those of all functions the hidden ones."""
        source = self._bench.source
        if visibility == "public":
            self._fetched = self._batch.fetch_public(source)
        else:
            self._fetched = self._batch.fetch_hidden(source, self._fetched)
        for check in self._worth.checks:
            if check.visibility == visibility:
                self._judge(check)

    def result(self) -> FunctionResult:
        """Look for traces and for the mistake's name."""
        if self._never_answers():
            waits = Verdict("skipped", RuntimeError("waits for: a call that returns something"))
            self._verdicts = {n: waits if v is PASSED else v for n, v in self._verdicts.items()}
        named = self._name()
        rows = [self._row(check, named) for check in self._worth.checks]
        rows.append(self._trace_row(rows))
        return FunctionResult(self._function.name, tuple(rows))

    def _never_answers(self) -> bool:
        """Whether every call raised that should return something.

        What refuses everything has refused nothing in particular.
        """
        outcomes = [self._fetched.outcomes[n] for n in self._batch.answered]
        raised = [isinstance(o, wire.Reply) and o.error is not None for o in outcomes]
        return bool(raised) and all(raised)

    def _judge(self, check: Check) -> None:
        name = check.full_name
        fault = self._grader.recording.faults.get(name)
        if fault is not None:
            verdict = Verdict(
                "grader_error", RuntimeError("the reference does not pass this check")
            )
        elif (waiting := self._waits_for(check)) and not self._unwritten(check):
            verdict = Verdict("skipped", RuntimeError(f"waits for: {waiting}"))
        else:
            verdict = self._try(check)
        self._verdicts[name] = verdict
        self._states[name] = verdict.outcome

    def _try(self, check: Check) -> Verdict:
        if check.full_name in self._grader.recording.live:
            return self._bench.live(check)
        found = self._bench.replay(check, self._open(check))
        first = not any(v.outcome in _TOLD for v in self._verdicts.values())
        return self._bench.shrink(check, found) if first and found is not PASSED else found

    def _open(self, check: Check) -> Iterator[tuple[Example, list[Outcome]]]:
        """The examples that are not settled by their answers, with those answers."""
        for i, example in enumerate(self._grader.recording.examples[check.full_name]):
            place = check.full_name, i
            if not self._batch.settled(self._fetched, place):
                yield example, self._batch.of(self._fetched, place)

    def _unwritten(self, check: Check) -> bool:
        """Whether the first planned call of a check says that the function is not written."""
        for i in range(len(self._grader.recording.examples[check.full_name])):
            for outcome in self._batch.of(self._fetched, (check.full_name, i)):
                if isinstance(outcome, wire.Reply) and outcome.error is not None:
                    return outcome.error.is_not_implemented
                return False
        return all(v.outcome == "not_written" for v in self._verdicts.values()) and bool(
            self._verdicts
        )

    def _waits_for(self, check: Check) -> str | None:
        """The title of the first check this one waits for in vain."""
        for name in check.after:
            for other in self._grader.assignment.checks:
                matches = name in (other.full_name, other.function)
                if name == other.name and other.function == check.function:
                    matches = True
                state = self._states.get(other.full_name, "passed")
                if matches and other is not check and state != "passed":
                    return other.title
        return None

    def _name(self) -> Named | None:
        """The known mistake, where something failed."""
        failed = [c for c, _ in self._batch.checks if self._verdicts[c.full_name].outcome in _TOLD]
        if not failed or not self._grader.assignment.mistakes:
            return None
        name = self._function.name
        answers, calls = transcript(self._bench, self._batch, self._fetched)
        passed = {
            check.full_name: self._verdicts[check.full_name] is PASSED
            for check, _ in self._batch.checks
            if self._verdicts[check.full_name].outcome != "skipped"
        }
        named = self._grader.dictionary(name).name(answers, calls, passed)
        return named or (REMEMBERS if self._trace and self._trace.kind == "repeat" else None)

    def _row(self, check: Check, named: Named | None) -> CheckResult:
        verdict = self._verdicts[check.full_name]
        worth = self._worth.of(check)
        if verdict.outcome in ("passed", "not_written"):
            text = "" if verdict is PASSED else not_written(check.function)
            return _row(check, worth, verdict.outcome, text)
        told = named if named and named.explains(check.full_name) else None
        told = told if verdict.outcome in _TOLD else None
        reveal = self._grader.reveal if check.visibility == "hidden" else "counterexample"
        if verdict.outcome == "skipped":
            reveal = "message"
        text = message.explain(check, verdict, reveal, told.sentence if told else None)
        shown = message.counterexample(verdict) if reveal == "counterexample" else None
        if reveal == "none":
            told = None
        return _row(check, worth, verdict.outcome, text, shown, told.slug if told else None)

    def _trace_row(self, rows: Sequence[CheckResult]) -> CheckResult:
        worth = self._worth.trace
        if all(r.outcome == "not_written" for r in rows):
            return trace_row(worth, "not_written", not_written(self._function.name))
        trace = self._trace
        if trace is not None:
            told = self._grader.reveal == "counterexample" or self._batch.is_public(trace.call)
            shown = {"calls": [_call_text(trace.call)] if told else [], "got": trace.says}
            where = f"\nInput:    {_call_text(trace.call)}" if told else ""
            text = f"{trace.says}.{where}\nHint: {traces.HINTS[trace.kind]}"
            return trace_row(worth, "failed", text, shown, SLUGS[trace.kind])
        if not any(r.outcome == "passed" for r in rows):
            return trace_row(worth, "skipped", "Waits for: another check of this function passes.")
        return trace_row(worth, "passed", "")

    @cached_property
    def _trace(self) -> traces.Trace | None:
        made = [(self._batch.calls[n], self._fetched.outcomes[n]) for n in self._batch.own]
        marked = [
            (step.call, step.outcome)
            for step in self._bench.marked
            if step.call.function == self._function.name
        ]
        found = traces.find((*made, *marked))
        return found or traces.repeat(self._bench.source, self._batch, self._fetched)


def recorded(
    assignment: Assignment, recording: Recording, function: str
) -> list[tuple[Check, tuple[Example, ...]]]:
    """The checks of a function that have a recording, with their examples."""
    return [
        (check, recording.examples[check.full_name])
        for check in assignment.checks_of(function)
        if check.full_name in recording.examples
    ]


SLUGS = {
    "argument": "changes-argument",
    "rng": "changes-global-rng",
    "same": "no-new-array",
    "repeat": "keeps-state",
}


REMEMBERS = Named(
    SLUGS["repeat"],
    "Your function gives another answer when it is called again with the same input: something "
    "outlives the call, or it draws at random. Keep what a call needs inside the function.",
)
"""What is said of wrong values where a call leaves a trace in later ones."""


def not_written(function: str) -> str:
    """What a student reads of a function that is not there yet."""
    return f"{function} is not written yet."


def _call_text(call: wire.Call) -> str:
    return message.show_call(Step(call, [], Lost(False, ""), b"", False))


def _row(
    check: Check,
    worth: Fraction,
    outcome: str,
    text: str,
    shown: dict[str, Any] | None = None,
    mistake: str | None = None,
) -> CheckResult:
    points = _points(outcome, worth)
    return CheckResult(
        check.name, check.title, check.visibility, outcome, points, worth, text, shown, mistake
    )


def trace_row(
    worth: Fraction,
    outcome: str,
    text: str,
    shown: dict[str, Any] | None = None,
    mistake: str | None = None,
) -> CheckResult:
    """The result of the engine's own check."""
    points = _points(outcome, worth)
    return CheckResult(
        traces.NAME, traces.TITLE, "public", outcome, points, worth, text, shown, mistake
    )


def _points(outcome: str, worth: Fraction) -> Fraction | None:
    if outcome == "grader_error":
        return None
    return worth if outcome == "passed" else Fraction(0)
