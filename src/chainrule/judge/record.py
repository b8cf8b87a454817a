"""A recording: every check's inputs, and the calls that each makes of a right submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

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
        live: checks whose inputs are drawn while they run, so that none can be kept.
    """

    seed: int
    examples: Mapping[str, tuple[Example, ...]]
    faults: Mapping[str, str]
    live: frozenset[str] = frozenset()


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
    live: set[str] = set()
    local = Local(assignment.reference) if assignment.reference else None
    for check in assignment.checks:
        if check.visibility == "hidden" and not hidden:
            continue
        own_seed = generate.seed_of(seed, assignment.name, check)
        try:
            found = generate.inputs(check, own_seed)
            if generate.draws_later(found):
                live.add(check.full_name)
                examples[check.full_name] = ()
                _rehearse(assignment, check, own_seed, local)
            else:
                examples[check.full_name] = _planned(assignment, check, found, local)
        except Exception as error:
            faults[check.full_name] = f"{type(error).__name__}: {error}"
    return Recording(seed, examples, faults, frozenset(live))


def _rehearse(assignment: Assignment, check: Check, seed: int, local: Local | None) -> None:
    """Run a check that cannot be recorded on the reference, which has to pass it."""
    if local is None:
        return
    reference = Reference(assignment.reference)
    source = Live(local)

    def body(arguments: generate.Arguments) -> None:
        call_body(check, Submission(assignment.by_name, source), reference, arguments)

    generate.run(check, seed, body, shrink=False)


def _planned(
    assignment: Assignment,
    check: Check,
    found: Sequence[Mapping[str, Any]],
    local: Local | None,
) -> tuple[Example, ...]:
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
    return msgspec.structs.replace(call, keep=keep)
