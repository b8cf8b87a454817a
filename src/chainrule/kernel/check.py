"""Judging a notebook's functions as they are now."""

from __future__ import annotations

import atexit
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..course import Course, CourseError, find_course, load_course, version_of
from ..launch.limits import Limits
from ..renderers.card import Card, function_card, notice, overview_card
from ..results import SubmissionResult
from ..run import Desk, Options
from ..submissions import Source
from ..watch.warm import WarmLauncher
from .state import State

_ERRSTATE: dict[str, Any] = {
    "divide": "warn",
    "over": "warn",
    "under": "ignore",
    "invalid": "warn",
}


def verdict(
    function: str | None,
    history: Sequence[str],
    namespace: Mapping[str, object],
    course: str | Path | None = None,
) -> Card:
    """Judge one function, or all of an assignment, by the public checks.

    Args:
        function: its name; ``None`` for all functions of the notebook's assignment.
        history: the cells that were run, by the number that Jupyter shows.
        namespace: the notebook's names.
        course: the folder with ``graders``; without one, the nearest from here upwards.
    """
    try:
        folder = _folder(course)
        opened = _opened(folder, version_of(folder))
    except CourseError as error:
        return notice("The checks are not here.", *_missing(str(error)))
    state = State(history, namespace)
    # A notebook may have set what numpy and Python do about warnings; the judge minds its own.
    with np.errstate(**_ERRSTATE), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _all(opened, state) if function is None else _one(opened, state, function)


def _folder(given: str | Path | None) -> Path:
    if given is None:
        return find_course(Path.cwd()).resolve()
    return Path(given).expanduser().resolve()


def _missing(said: str) -> tuple[str, ...]:
    """What to do where there is no course, or where it is damaged."""
    if "holds no graders/public" not in said and "no course found" not in said:
        return (said,)
    move = f"Put this notebook into the folder that holds graders (now it runs in {Path.cwd()}), "
    return (
        "They are in the folder graders that came with the exercises.",
        move + 'or name that folder: check("...", course="DIR"), %check ... --course DIR.',
    )


def _one(course: Course, state: State, function: str) -> Card:
    owner = next((a.name for a in course.assignments if function in a.by_name), None)
    if owner is None:
        names = [f.name for a in course.assignments for f in a.functions]
        return notice(f"No function is called {function}.", f"There are: {', '.join(names)}.")
    if function not in state.namespace:
        return notice(f"{function} is not there yet.", "Run the cell that defines it, then check.")
    cell = state.where(function)
    if cell is None:
        return notice(
            f"{function} does not come from a cell of this notebook.",
            "So it would not be handed in with it. Define it in a cell, run that, and check.",
        )
    result = _judged(course, owner, state, function)
    guide = course[owner].help.get(function)
    return function_card(result, f"Judged as you last ran it, in [{cell}].", guide)


def _all(course: Course, state: State) -> Card:
    """The assignment of which most functions are there."""
    there = {a.name: [n for n in a.by_name if state.where(n)] for a in course.assignments}
    name = max(there, key=lambda assignment: len(there[assignment]))
    if not there[name]:
        return notice("No function is there yet.", "Run the cells that define them, then check.")
    unseen = [n for n in course[name].by_name if n not in there[name]]
    result = _judged(course, name, state, None)
    seen = tuple(f for f in result.functions if f.name not in unseen)
    return overview_card(
        SubmissionResult(
            result.student, name, result.sha256, seen, result.max_score, None, result.notes
        ),
        unseen,
    )


def _judged(course: Course, assignment: str, state: State, only: str | None) -> SubmissionResult:
    # All functions of the assignment: a check of one may call another.
    cells = state.cells(course[assignment].by_name)
    source = Source("you", assignment, "the notebook", "notebook", b"", cells, "", (), None)
    try:
        return _desk(course.folder, course.version, only).grade(source)
    finally:
        _launcher().prepare()


@cache
def _opened(folder: Path, version: str) -> Course:  # noqa: ARG001 - a part of the key
    """The course, loaded anew when one of its files has changed."""
    return load_course(folder, hidden=False)


@cache
def _desk(folder: Path, version: str, only: str | None) -> Desk:
    options = Options(folder, hidden=False, only=only)
    return Desk(options, _launcher(), _opened(folder, version))


@cache
def _launcher() -> WarmLauncher:
    """Starts workers; the next one is always ready, and goes when the kernel does."""
    launcher = WarmLauncher(Limits())
    atexit.register(launcher.close)
    return launcher


def show(function: str | None = None, *, course: str | Path | None = None) -> None:
    """Judge in a running notebook, and show the card."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if ipython is None or shell is None:
        print("check() works in a notebook; for modules there is the command: chainrule check")
        return
    history = shell.history_manager.input_hist_raw
    card = verdict(function, history, shell.user_ns, course)
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and not card.passed:
        # nbgrader's validation takes a cell for right unless it raises.
        raise NotPassed(f"not all public checks pass, or it is not written yet\n{card.text}")
    ipython.display.display(card)


class NotPassed(Exception):
    """The public checks on a function do not all pass."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: what is wrong, and not where in this package that was found out."""
        return str(self).split("\n")
