"""The formats of other systems, by name: each renders the same results and decides nothing.

A renderer gives files: one, or a folder's worth of them. What cannot be said in a format (a score
that is not established, say) is left out of it rather than invented; each module says how.
"""

from __future__ import annotations

from collections.abc import Callable

from ...results import Grades
from . import (
    artemis,
    canvas,
    check50,
    classroom50,
    exercism,
    github,
    gradescope,
    junit,
    markdown,
    nbgrader,
    prairielearn,
    table,
)

Renderer = Callable[[Grades], dict[str, bytes]]

FORMATS: dict[str, Renderer] = {
    "artemis": artemis.render,
    "canvas": canvas.render,
    "check50": check50.render,
    "classroom50": classroom50.render,
    "csv": table.render,
    "exercism": exercism.render,
    "github": github.render,
    "gradescope": gradescope.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "nbgrader": nbgrader.render,
    "prairielearn": prairielearn.render,
}

__all__ = ["FORMATS", "Renderer"]
