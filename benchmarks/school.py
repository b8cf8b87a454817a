"""The class that is graded: right answers in several hands, and wrong ones of known mistakes."""

from __future__ import annotations

import random
from pathlib import Path

from chainrule.course import load_course

from .measure import ROOT
from .mistaken import right, wrong
from .single import ASSIGNMENTS, STYLES

HANGS = "\n\ndef predict(x, w):\n    while True:\n        pass\n"
DIES = "\n\ndef predict(x, w):\n    import ctypes\n\n    ctypes.string_at(0)\n"
"""Replace a function of `neuron`: one never returns, one ends its process by a signal."""


def write_class(folder: Path, submissions: int, assignments: tuple[str, ...] = ASSIGNMENTS) -> int:
    """Write a class: two thirds right in three styles, one third with one to four mistakes.

    Every student hands in one file per assignment; no two files are the same.

    Returns:
        how many submissions there are.
    """
    course = load_course(ROOT, only=assignments)
    chance = random.Random(0)  # noqa: S311 - no secret
    students = submissions // len(assignments)
    for student in range(students):
        for number, name in enumerate(assignments):
            code = right(STYLES[(student // 3 + number) % len(STYLES)], name)
            if student % 3 == 2:
                code = wrong(course[name], code, 1 + (student // 3) % 4, chance)
            _write(folder, student, name, code)
    return students * len(assignments)


def write_crowd(folder: Path, submissions: int) -> int:
    """Write a large class of one assignment, in which one in a hundred hangs and one dies."""
    codes = [right(style, "neuron") for style in STYLES]
    for student in range(submissions):
        ending = {50: HANGS, 99: DIES}.get(student % 100, "")
        _write(folder, student, "neuron", codes[student % len(codes)] + ending)
    return submissions


def _write(folder: Path, student: int, assignment: str, code: str) -> None:
    place = folder / f"student{student:05}"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{assignment}.py").write_text(f"# student {student}\n{code}", "utf-8")
