"""A course as nbgrader has it: source notebooks, a header, and a configuration that uses us."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..course import Course
from ..notebooks import build, dumps
from ..release import needed

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

_CONFIG = '''"""nbgrader for a course: made by `chainrule nbgrader init`, now yours."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = {name}

# Each released notebook begins with this one's cells.
c.IncludeHeaderFooter.header = {header}
# What stands in the place of a solution that generate_assignment takes out.
c.ClearSolutions.code_stub = {{"python": 'raise NotImplementedError("not written yet")'}}

# Where the checks and the reference lie, seen from this folder. Students need neither.
c.Chainrule.course = {course}
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

# The public checks go out with each notebook, for its %check; nothing of them comes back.
_PUBLIC = [
{public}]
c.Autograde.exclude_overwriting = dict.fromkeys(
    {names},
    _PUBLIC,
)

# Beside each autograded notebook lies what `chainrule grade` writes for it; it goes no further.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "grades.json"]
'''


def nbgrader_course(course: Course, folder: Path) -> dict[str, str]:
    """The files of an nbgrader course, by path.

    Args:
        course: what it is about; without its hidden checks it will do.
        folder: where the files will lie, to name the course from there.

    As nbgrader has it, a source notebook is the teacher's, with the reference between its markers;
    generate_assignment takes that out. Without markers it would take out the whole cell.

    Raises:
        StubError, NarrativeError: a notebook cannot be made.
        ReleaseError: what students need would give away an answer.
    """
    public = needed(course.folder, course.names)
    files = {CONFIG: _config(course, folder, public), HEADER: dumps(_HEADER)}
    for name in course.names:
        notebook = build(course, name, solved=True, nbgrader=True)
        files[f"source/{name}/{name}.ipynb"] = dumps(notebook)
        for path in public:
            files[f"source/{name}/{path}"] = (course.folder / path).read_text("utf-8")
    return files


def _config(course: Course, folder: Path, public: list[str]) -> str:
    here = folder.resolve()
    try:
        common = os.path.commonpath([course.folder, here])
    except ValueError:  # on another drive
        common = ""
    # Far apart, neither moves along with the other.
    apart = common in ("", Path(common).anchor)
    where = course.folder if apart else Path(os.path.relpath(course.folder, here))
    quoted = {
        "name": json.dumps(course.name),
        "course": json.dumps(where.as_posix()),
        "public": "".join(f"    {json.dumps(path)},\n" for path in public),
        "names": json.dumps(list(course.names)),
    }
    return _CONFIG.format(header=json.dumps(HEADER), **quoted)
