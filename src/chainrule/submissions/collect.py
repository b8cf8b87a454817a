"""From the paths of a command line to everything that can be graded, and everything that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .layout import Unit
from .model import DEFAULT_LIMITS, Intake, IntakeLimits, Problem, Source, UsageError
from .names import folded, inert, inert_name
from .paths import Given, given
from .submission import take_in


def collect(
    paths: Sequence[Path],
    assignments: Sequence[str],
    limits: IntakeLimits = DEFAULT_LIMITS,
    keep: Callable[[Source], Source] = lambda source: source,
    *,
    own: bool = False,
) -> Intake:
    """Take in modules, notebooks, folders, classes, nbgrader trees and archives of these.

    Args:
        paths: what the user named.
        assignments: the course's assignments, in order.
        limits: how much of a file is read.
        keep: told of each source as it is found; gives what stays of it in the intake.
        own: whether the paths are one student's, in whose folder nobody else's can lie.

    Returns:
        the sources by student and assignment; what cannot be graded is a problem that stops
        nothing else.

    Raises:
        UsageError: a path does not exist, or there is nothing to grade in it.

    A student is called like their folder or archive. For a single file that is the folder around
    it (nbgrader's folder of the assignment not counted), as far as the path names one: a bare
    `losses.py` belongs to a student `losses`.
    """
    if not paths:
        raise UsageError("nothing to grade was named; give a file, a folder or an archive")
    found = Given()
    for path in _once(paths, found.notes):
        given(found, path, assignments, limits, own=own)
    intake = _Heap(problems=found.problems, notes=found.notes)
    for student, unit in _apart(found.taken_units(), intake.notes):
        taken = take_in(student, unit.node, assignments, limits)
        intake.sources += map(keep, taken.sources)
        intake.problems += taken.problems
        intake.notes += taken.notes
    return intake.ordered(assignments)


@dataclass
class _Heap:
    """An intake in the making."""

    problems: list[Problem]
    notes: list[str]
    sources: list[Source] = field(default_factory=list)

    def ordered(self, assignments: Sequence[str]) -> Intake:
        order = {name: number for number, name in enumerate(assignments)}
        return Intake(
            tuple(sorted(self.sources, key=lambda s: (s.student, order[s.assignment]))),
            tuple(sorted(self.problems, key=lambda p: (p.student or "", p.path))),
            tuple(self.notes),
        )


def _once(paths: Sequence[Path], notes: list[str]) -> Iterator[Path]:
    """Each path, but not the same place twice: its student would be two."""
    seen = set()
    for path in paths:
        # `resolve` minds loops and unreadable folders; what is wrong with them is told later.
        try:
            place = path.resolve()
        except (OSError, RuntimeError, ValueError):
            place = path
        if place in seen:
            notes.append(f"{inert(str(path))} was named twice and is graded once")
        else:
            seen.add(place)
            yield path


def _apart(units: list[Unit], notes: list[str]) -> Iterator[tuple[str, Unit]]:
    """Each unit under a name of its own, by name and path.

    Names that differ only in what was made inert, or in small and capital letters, would share
    a row of a table or a file of feedback. A unit is let go once it has been read: it knows all
    that lies below it.
    """
    seen: dict[str, int] = {}
    units.sort(key=lambda unit: (inert_name(unit.student), unit.node.path))
    units.reverse()
    while units:
        unit = units.pop()
        plain = name = inert_name(unit.student)
        while folded(name) in seen:
            seen[folded(plain)] += 1
            name = f"{plain} ({seen[folded(plain)]})"
        seen[folded(name)] = 1
        if name != plain:
            notes.append(f"{name} is {unit.node.path}: another student is called {plain}, too")
        yield name, unit
