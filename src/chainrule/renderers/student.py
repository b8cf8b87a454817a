"""What a student reads of their own work: how many checks pass, the first thing to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..judge.show import inert
from ..results import FunctionResult, Grades, SubmissionResult
from ..submissions import Problem
from .terminal import show_function


def show(grades: Grades, problems: Sequence[Problem], console: Console) -> None:
    """Every assignment's functions, a line each; what fails in full, its first cause first."""
    for submission in grades.submissions:
        _show_assignment(submission, console)
    for note in grades.notes:
        console.print(Text(f"note: {inert(note)}", "yellow"))
    for problem in problems:
        console.print(
            Text(f"not checked: {inert(problem.path)}: {inert(problem.reason)}", "magenta")
        )


def _show_assignment(submission: SubmissionResult, console: Console) -> None:
    console.print(Text(submission.assignment, "bold"))
    for note in submission.notes:
        console.print(Padding(Text(f"note: {inert(note)}", "yellow"), (0, 0, 0, 2)))
    texts = {c.message for f in submission.functions for c in f.checks}
    if len(texts) == 1 and (text := texts.pop()) and len(submission.functions) > 1:
        console.print(Padding(Text(text, "red"), (0, 0, 0, 2)))
        return
    for function in submission.functions:
        _show_line(function, console)
    _summary(submission.functions, console)


def _show_line(function: FunctionResult, console: Console) -> None:
    outcomes = {c.outcome for c in function.checks}
    if outcomes == {"passed"}:
        console.print(Padding(Text.assemble(("ok ", "green"), function.name), (0, 0, 0, 2)))
    elif outcomes == {"not_written"}:
        line = Text.assemble((".. ", "yellow"), function.name, (" is not written yet", "dim"))
        console.print(Padding(line, (0, 0, 0, 2)))
    else:
        show_function(function, console)


def _summary(functions: Iterable[FunctionResult], console: Console) -> None:
    checks = [c for f in functions for c in f.checks]
    passed = sum(c.outcome == "passed" for c in checks)
    line = f"{passed} of {len(checks)} public checks pass."
    if passed == len(checks):
        line += " Your instructor's grading runs further checks."
    console.print(Padding(Text(line), (1, 0, 1, 2)))
