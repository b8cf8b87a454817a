"""One assignment's notebook: text, a cell for each function, a check after each."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

from ..course import Assignment, Course
from ..stubs import make_stub
from .narrative import Narrative, Section, read
from .pieces import Piece, pieces

Notebook = dict[str, Any]
"""nbformat 4.5, with each source as one string, as nbformat has it in memory."""

SETUP = "%load_ext chainrule"
CHECK = "%check"
"""The line magic in check cells, before a function's name."""

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def build(
    course: Course, assignment: str, *, solved: bool = False, nbgrader: bool = False
) -> Notebook:
    """Make an assignment's notebook, the same one every time.

    Args:
        course: its folder holds the solutions; without hidden checks loaded it will do.
        assignment: the assignment's name.
        solved: whether the reference's bodies are in it, between their BEGIN and END markers.
        nbgrader: whether the cells carry nbgrader's metadata (schema 3) and points.

    Raises:
        StubError: the solution is not marked up correctly.
        NarrativeError: what is told about the assignment does not fit it.
        KeyError: there is no such assignment.
    """
    chosen = course[assignment]
    source = (course.folder / "solutions" / f"{assignment}.py").read_text("utf-8")
    source = source.replace("\r\n", "\n")
    stub = make_stub(source)
    told = read(course.folder, assignment, list(chosen.by_name)) or _untold(chosen, stub)
    cells = list(_cells(chosen, pieces(source if solved else stub, chosen.by_name), told))
    if not nbgrader:
        for cell in cells:
            cell["metadata"].pop("nbgrader", None)
    metadata = {"kernelspec": dict(_KERNEL), "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def dumps(notebook: Notebook) -> str:
    """A notebook as its file holds it: sources line by line, keys in order."""
    cells = [
        {**cell, "source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]
    ]
    text = json.dumps({**notebook, "cells": cells}, indent=1, sort_keys=True, ensure_ascii=False)
    return text + "\n"


def _cells(assignment: Assignment, parts: list[Piece], told: Narrative) -> Iterator[Notebook]:
    yield _text("intro", told.intro)
    yield _code("setup", SETUP, locked=True)
    given = 0
    for piece in parts:
        if not piece.function:
            given += 1
            yield _code(f"given-{given}", piece.text, locked=True)
            continue
        name = piece.function
        yield _text(f"text-{name}", told.functions.get(name) or _from_docstring(name, piece.text))
        yield _code(name, piece.text, solution=True)
        points = assignment.by_name[name].points
        yield _code(f"check-{name}", f"{CHECK} {name}", locked=True, points=points)
    if told.outro is not None:
        yield _text("outro", told.outro)


def _text(cell_id: str, section: Section) -> Notebook:
    cell: Notebook = {
        "cell_type": "markdown",
        "id": cell_id,
        "metadata": {},
        "source": section.text,
    }
    if section.figures:
        cell["attachments"] = {n: {"image/png": data} for n, data in section.figures.items()}
    return cell


def _code(
    cell_id: str,
    source: str,
    *,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> Notebook:
    """A code cell; one that is worth points is what nbgrader grades."""
    nbgrader: Notebook = {
        "grade": points is not None,
        "grade_id": cell_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": {"nbgrader": nbgrader},
        "outputs": [],
        "source": source,
    }


def _untold(assignment: Assignment, stub: str) -> Narrative:
    """The least there is to tell: the title, and the module's own docstring."""
    docstring = ast.get_docstring(ast.parse(stub)) or ""
    return Narrative(Section(f"# {assignment.title}\n\n{docstring}".rstrip()), {})


def _from_docstring(name: str, text: str) -> Section:
    [function] = (n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef))
    first = (ast.get_docstring(function) or "").partition("\n")[0]
    return Section(f"## `{name}`\n\n{first}".rstrip())
