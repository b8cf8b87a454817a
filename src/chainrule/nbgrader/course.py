"""A course as nbgrader has it: source notebooks, a header, and a configuration that uses us."""

from __future__ import annotations

import os
from pathlib import Path

from ..course import Course
from ..notebooks import build, dumps

CONFIG = "nbgrader_config.py"
HEADER = "source/header.ipynb"

_HEADER = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "header",
            "metadata": {},
            "source": (
                "Write your own code in the cells with a function to be written, and run the check "
                "below each. Delete, copy or move none of the cells.\n\n"
                "Before you hand this in: *Kernel → Restart Kernel and Run All Cells*, then save."
            ),
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}

_CONFIG = '''"""nbgrader for the course {name}: made by `chainrule nbgrader init`, now yours."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = {name!r}

# Each released notebook begins with this one's cells.
c.IncludeHeaderFooter.header = {header!r}
# What stands in the place of a solution that generate_assignment takes out.
c.ClearSolutions.code_stub = {{"python": 'raise NotImplementedError("not written yet")'}}

# Where the checks and the reference lie, seen from this folder. Students need neither.
c.Chainrule.course = {course!r}
# As the options of `chainrule grade`: seed, isolation, reveal, call_seconds, memory_mb.
# c.Chainrule.call_seconds = 20.0

# Submissions are graded in chainrule's sandbox, without a kernel. Whatever a notebook has become,
# it is read; cells are mended where the grades are made.
c.Autograde.exporter_class = "chainrule.nbgrader.exporter.Careful"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "chainrule.nbgrader.preprocessors.Chainrule",
    "chainrule.nbgrader.preprocessors.Record",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Beside each autograded notebook lies what `chainrule grade` writes for it; it goes no further.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "grades.json"]
'''


def nbgrader_course(course: Course, folder: Path, *, solved: bool = False) -> dict[str, str]:
    """The files of an nbgrader course, by path.

    Args:
        course: what it is about; without its hidden checks it will do.
        folder: where the files will lie, to name the course from there.
        solved: whether the source notebooks hold the reference, for generate_assignment to take
            out again.

    Raises:
        StubError, NarrativeError: a notebook cannot be made.
    """
    files = {
        f"source/{name}/{name}.ipynb": dumps(build(course, name, solved=solved, nbgrader=True))
        for name in course.names
    }
    return {CONFIG: _config(course, folder), HEADER: dumps(_HEADER), **files}


def _config(course: Course, folder: Path) -> str:
    try:
        place = os.path.relpath(course.folder, folder.resolve())
    except ValueError:  # on another drive
        place = ""
    if not place or place.count("..") > 2:  # far apart: neither moves along with the other
        place = str(course.folder)
    return _CONFIG.format(name=course.name, header=HEADER, course=Path(place).as_posix())
