"""A recording: every check's inputs, and the calls that each makes of a right submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..course import Assignment
from ..grading.declare import Check
from ..worker import wire
from . import generate
from .answers import Local
from .session import handles
from .submission import Live, Step, Submission


class GraderFault(Exception):
    """A check is at fault: the reference itself does not pass it."""


@dataclass(frozen=True)
class PlannedCall:
    """A call known before a submission is seen.

    Args:
        call: as the body numbers it, from 0.
        key: its function and arguments as bytes.
        again: whether it must really be made anew.
    """

    call: wire.Call
    key: bytes
    again: bool


@dataclass(frozen=True)
class Example:
    """One input of one check, and its planned calls; none where a callback is involved."""

    arguments: Mapping[str, Any]
    plan: tuple[PlannedCall, ...] = ()


@dataclass(frozen=True)
class Recording:
    """The examples of every check of an assignment, for one seed.

    Args:
        examples: by the check's full name.
        faults: checks that the reference does not pass, with what it said.
    """

    seed: int
    examples: Mapping[str, tuple[Example, ...]]
    faults: Mapping[str, str]


class Reference:
    """The reference as a check calls it."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            return self._namespace[name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"the reference has no {name!r}") from None


def call_body(
    check: Check, submission: Submission, reference: Any, arguments: Mapping[str, Any]
) -> None:
    """Run a check's body on one input."""
    if check.wants_reference:
        check.inner(submission, reference, **arguments)
    else:
        check.inner(submission, **arguments)


def record(assignment: Assignment, seed: int, *, hidden: bool = True) -> Recording:
    """Generate the inputs of every check and plan its calls with the reference's answers.

    Where there is no reference (a student's machine) the inputs are kept without a plan, and
    every call is made when the check makes it.
    """
    examples: dict[str, tuple[Example, ...]] = {}
    faults: dict[str, str] = {}
    local = Local(assignment.reference) if assignment.reference else None
    for check in assignment.checks:
        if check.visibility == "hidden" and not hidden:
            continue
        try:
            examples[check.full_name] = _record_check(assignment, check, seed, local)
        except Exception as error:
            faults[check.full_name] = f"{type(error).__name__}: {error}"
    return Recording(seed, examples, faults)


def _record_check(
    assignment: Assignment, check: Check, seed: int, local: Local | None
) -> tuple[Example, ...]:
    found = generate.inputs(check, generate.seed_of(seed, assignment.name, check))
    if local is None:
        return tuple(Example(arguments) for arguments in found)
    reference = Reference(assignment.reference)
    planned = []
    for arguments in found:
        submission = Submission(assignment.by_name, Live(local))
        call_body(check, submission, reference, arguments)
        planned.append(Example(arguments, plan(submission.steps)))
    return tuple(planned)


def plan(steps: list[Step]) -> tuple[PlannedCall, ...]:
    """The calls of a body as they can be made beforehand; none if it passes a function."""
    if any(step.callbacks for step in steps):
        return ()
    wanted = {number for step in steps for number in handles(step.call)}
    return tuple(
        PlannedCall(_kept(step.call, step.call.number in wanted), step.key, step.again)
        for step in steps
    )


def _kept(call: wire.Call, keep: bool) -> wire.Call:
    return wire.Call(call.number, call.function, call.args, call.kwargs, keep)
