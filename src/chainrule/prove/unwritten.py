"""What a scaffold left to write in the texts of a function, and that no wrong answer would show."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from ..course import Assignment

MARK = "TODO"


def unwritten(assignment: Assignment, function: str) -> Iterator[str]:
    """Each text of a function that still says what is to be written, or is missing."""
    for what, text in _texts(assignment, function):
        if MARK in text:
            yield f"{function}: {what}"
    if assignment.help and function not in assignment.help:
        yield f"{function}: hints and a formula (graders/hints/{assignment.name}.py)"


def _texts(assignment: Assignment, function: str) -> Iterator[tuple[str, str]]:
    yield "the reference's docstring", inspect.getdoc(assignment.reference.get(function)) or ""
    for check in assignment.checks_of(function):
        yield f"the property of {check.name}", check.title
        yield f"the hint of {check.name}", check.hint
    for mistake in assignment.mistakes:
        if mistake.function == function:
            yield f"the sentence of {mistake.slug}", mistake.sentence
    if function in assignment.help:
        yield "the formula", assignment.help[function].formula
        yield "a hint", " ".join(assignment.help[function].hints)
