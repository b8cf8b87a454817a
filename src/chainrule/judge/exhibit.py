"""A submission's pictures: its exhibits run on a source, whatever that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from ..course import Assignment
from ..grading.exhibit import Exhibit
from ..grading.exhibit import Panel as Declared
from ..grading.failure import Failure, NotWritten, StudentError
from ..launch.channel import SandboxLost
from ..results import Panel, Picture
from .answers import Source
from .show import inert
from .submission import Live, LostCall, Submission

MOST = 20_000
"""Numbers of one panel that are kept."""
_WORDS = ("title", "says")


def pictures(
    assignment: Assignment, source: Source, without: Mapping[str, str]
) -> tuple[Picture, ...]:
    """Every exhibit of an assignment, drawn or left out with a word why.

    Args:
        assignment: declares them.
        source: answers the calls; it must not have seen a hidden input.
        without: functions that are not to be called, and why.
    """
    return tuple(_picture(assignment, exhibit, source, without) for exhibit in assignment.exhibits)


def _picture(
    assignment: Assignment, exhibit: Exhibit, source: Source, without: Mapping[str, str]
) -> Picture:
    about = exhibit.name, exhibit.title, exhibit.text
    reason = next((without[f] for f in exhibit.functions if f in without), "")
    if reason:
        return Picture(*about, missing=reason)
    try:
        panels = exhibit.body(Submission(assignment.by_name, Live(source)))
        return Picture(*about, panels=tuple(_panel(panel) for panel in panels))
    except Exception as problem:
        return Picture(*about, missing=_why(problem))


def _why(problem: Exception) -> str:
    if isinstance(problem, NotWritten):
        return "a function is not written yet"
    if isinstance(problem, StudentError):
        return inert(f"your code raised {problem.kind}: {problem.text}"[:300])
    if isinstance(problem, Failure):
        return inert(problem.says[:300])
    if isinstance(problem, LostCall):
        return inert(problem.lost.text[:300])
    if isinstance(problem, SandboxLost):
        return "the sandbox was ended from outside"
    return f"what came back cannot be drawn ({type(problem).__name__})"


def _panel(panel: Declared) -> Panel:
    data = dict(_data(panel))
    if _count(data) > MOST:
        raise ValueError("too many numbers for a picture")
    return Panel(type(panel).__name__, panel.title, panel.says, data)


def _data(panel: Declared) -> Iterator[tuple[str, Any]]:
    for field in fields(panel):
        if field.name not in _WORDS:
            yield field.name, _plain(getattr(panel, field.name))


def _plain(value: Any) -> Any:
    """A value as JSON holds it; four digits are more than a picture shows."""
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float):
        return float(f"{value:.4g}") if np.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} cannot be drawn")


def _count(value: Any) -> int:
    values = value.values() if isinstance(value, dict) else value
    return sum(map(_count, values)) if isinstance(value, dict | list) else 1
