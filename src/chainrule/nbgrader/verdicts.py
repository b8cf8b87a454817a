"""What nbgrader is told of a result: scores, a text each, and the outputs of grade cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..judge.show import inert
from ..renderers.json import number
from ..renderers.lines import as_text
from ..renderers.terminal import decimal, headline, show_function
from ..results import FunctionResult, SubmissionResult
from .cells import block

_WIDTH = 96
"""Characters in a line: what formgrader's comment box and a feedback page hold."""


@dataclass(frozen=True)
class Verdict:
    """On one function of one submission.

    Args:
        score: the points earned; ``None`` where that could not be established.
        max_score: the points to be had.
        text: what the student is told; empty for full marks.
    """

    score: float | None
    max_score: float
    text: str = ""

    @property
    def full(self) -> bool:
        """Whether nothing is wrong."""
        return self.score is not None and self.score >= self.max_score


def verdicts(result: SubmissionResult) -> dict[str, Verdict]:
    """The verdicts on a submission, by function."""
    return {f.name: _verdict(f, result.reason) for f in result.functions}


def open_verdict(points: float, reason: str) -> Verdict:
    """The verdict on what could not be graded: a person has to look."""
    return Verdict(None, points, f"Not graded: {inert(reason)}")


def _verdict(function: FunctionResult, reason: str | None) -> Verdict:
    most = number(function.max_score)
    score = number(function.score)
    text = _text(function)
    if score is None:
        text = f"Not graded: {inert(reason or 'it could not be judged')}\n{text}".rstrip()
    elif function.score != function.max_score:
        points = f"{decimal(function.score or function.max_score * 0)}"
        text = f"{points} of {decimal(function.max_score)} points. {text}"
    return Verdict(score, most or 0.0, text)


def _text(function: FunctionResult) -> str:
    """The same words as in a terminal."""
    if all(check.outcome == "not_written" for check in function.checks):
        return f"{function.name} is not written yet."
    page = as_text(partial(show_function, function), _WIDTH)
    lines = page.rstrip().split("\n")
    if headline(function) in lines[0]:
        lines[0] = lines[0].strip()
    return "\n".join(line.removeprefix("    ") for line in lines)


def outputs(verdict: Verdict) -> list[dict[str, Any]]:
    """A grade cell's outputs, of which nbgrader reads the score.

    None for full marks; a number for some; an error for none, and for what is not graded, so that
    nothing which reads them without us takes it for right.
    """
    if verdict.full:
        return []
    if verdict.score:
        said = {"output_type": "stream", "name": "stdout", "text": verdict.text + "\n"}
        number = {"data": {"text/plain": repr(verdict.score)}, "metadata": {}}
        return [said, {"output_type": "execute_result", "execution_count": None, **number}]
    first, _, _ = verdict.text.partition("\n")
    name = "NotGraded" if verdict.score is None else "Wrong"
    lines = verdict.text.split("\n")
    return [{"output_type": "error", "ename": name, "evalue": first, "traceback": lines}]


def comment(verdict: Verdict | None, notes: Sequence[str]) -> str | None:
    """A comment in Markdown: our own notes, and what was found as a block."""
    found = [block(verdict.text)] if verdict is not None and verdict.text else []
    return "\n\n".join([*notes, *found]) or None
