"""A proof from beginning to end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..course import Course
from ..launch.choose import IsolationError, Launch, choose
from ..launch.limits import Limits
from ..run import Options
from ..submissions import Source, collect
from .jobs import Findings, Piece, Shop, work
from .machine import LIMITS, equivalent
from .mutants import NoOperators, require_operators
from .proof import Proof

RIGHT = Path("tests") / "right_answers"


@dataclass(frozen=True)
class Plan:
    """What is proved, and how.

    Args:
        course: the course.
        right: the folder of right answers, one folder each.
        only: a function's name, if just one is looked at.
        seed: decides the generated inputs.
        jobs: how many processes.
        mutants: whether machine-made mutants are tried.
    """

    course: Course
    right: Path
    only: str | None = None
    seed: int = 0
    jobs: int = 2
    mutants: bool = True


def prove(plan: Plan, done: Callable[[str], None] = lambda text: None) -> Proof:
    """Run the graders against everything known."""
    start, notes = time.monotonic(), list(_notes(plan))
    shop = Shop(_options(plan), _launch(Limits()), _launch(LIMITS))
    found = Findings()
    for piece, findings in work(shop, pieces(plan), plan.jobs):
        found = _joined(found, findings)
        done(f"{piece.kind} {piece.function or piece.assignment}")
    return Proof(
        plan.course,
        plan.seed,
        found,
        equivalent(plan.course.folder) if plan.mutants else {},
        plan.only,
        time.monotonic() - start,
        tuple(notes),
    )


def pieces(plan: Plan) -> list[Piece]:
    """The work in pieces; what takes long has most behaviours, or is trained."""
    wanted = [
        (a, f) for a in plan.course.assignments for f in a.functions if plan.only in (None, f.name)
    ]
    assignments = list(dict.fromkeys(a.name for a, _ in wanted))
    found = [Piece("record", name) for name in assignments]
    for assignment, function in wanted:
        known = [m for m in assignment.mistakes if m.function == function.name]
        weight = sum(len(m.behaviours) for m in known)
        found.append(Piece("wrong", assignment.name, function.name, weight=10 + weight))
        if plan.mutants:
            text = _reference(plan.course, assignment.name)
            found.append(Piece("mutants", assignment.name, function.name, text, 100))
    found += [Piece("right", s.assignment, source=s, weight=1) for s in _right(plan, assignments)]
    return found


def _right(plan: Plan, assignments: list[str]) -> Iterator[Source]:
    if plan.right.is_dir():
        intake = collect([plan.right], plan.course.names)
        yield from (s for s in intake.sources if s.assignment in assignments)


def _reference(course: Course, assignment: str) -> str:
    return (course.folder / "solutions" / f"{assignment}.py").read_text("utf-8")


def _options(plan: Plan) -> Options:
    return Options(plan.course.folder, plan.seed, reveal="counterexample", only=plan.only)


def _launch(limits: Limits) -> Launch:
    """The best isolation there is; these answers are the course's own, so none will do too."""
    try:
        return choose("auto", limits)
    except IsolationError:
        return choose("none", limits)


def _notes(plan: Plan) -> Iterator[str]:
    if not plan.right.is_dir():
        yield f"No right answers were tried: there is no folder {plan.right}."
    if not plan.mutants:
        yield "No machine-made mutants were tried."
    else:
        require_operators()


def _joined(a: Findings, b: Findings) -> Findings:
    return Findings(
        a.right + b.right,
        a.wrong + b.wrong,
        a.made + b.made,
        a.faults + b.faults,
        a.apart + b.apart,
    )


__all__ = ["NoOperators", "Plan", "prove"]
