"""A new function in a course: everything it needs, in place, with what is left to write marked.

Nothing in it passes by itself: the reference raises, the public check always fails, and the
mistakes are none yet. ``chainrule prove`` says so until each is written.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Collection
from pathlib import Path

from .course import Course, CourseError, load_course
from .notebooks import write_notebooks
from .stubs import write_stubs

REFERENCE = '''

def NAME(a):
    """TODO: say in one line what it computes.

    Args:
        a: float64 or int64 (N,), TODO: what it is.

    Returns:
        float64 (N,): TODO: the formula.

    What must hold:
        TODO: the properties; nothing is graded that is not promised here.

    Example:
        TODO: one that can be worked out by hand.

    Source:
        TODO: the slide, or the section of a book.
    """
    ### BEGIN SOLUTION
    raise NotImplementedError("TODO: the reference's body")
    ### END SOLUTION
'''
FORM = '    Function("NAME", points=1, returns=lambda a: Array(len(a))),  # TODO: points and form'
PUBLIC = '''

# --- NAME ---


@check("NAME", hint="TODO: one nudge towards a method, never the answer.")
@given(a=draw.arrays((3,)))
def shows_a_property_of_NAME(submission, a):
    """TODO: the property, as the student reads it."""
    got = submission.NAME(a)
    demand(False, "TODO: what should hold", got=got)
'''
HIDDEN = '''

# --- NAME ---


@check("NAME")
@given(a=draw.arrays((3,)))
def NAME_agrees_on_any_input(submission, reference, a):
    """TODO: the property, as the student reads it."""
    expect(submission.NAME(a), reference.NAME(a))
'''
MISTAKES = '''

# --- NAME ---


@mistake("NAME", "todo-sign", family="sign")
def NAME_with_the_wrong_sign(a):
    """TODO: what a good teacher says to a student who wrote this."""
    raise NotImplementedError("TODO: the wrong body")


@mistake("NAME", "todo-scale", family="scale")
def NAME_at_the_wrong_scale(a):
    """TODO: what a good teacher says to a student who wrote this."""
    raise NotImplementedError("TODO: the wrong body")
'''
HINTS = """

HELP["NAME"] = Help(
    formula="TODO: the lecture's formula, in a line",
    hints=("TODO: a nudge", "TODO: where to look", "TODO: a method, never the answer"),
)
"""
GRADING = "chainrule.grading"


class ScaffoldError(Exception):
    """The function cannot be added; the message says why."""


def add(course: Course, assignment: str, name: str) -> list[str]:
    """Write a new function's parts into a course; returns the files that changed.

    Raises:
        ScaffoldError: it cannot be added; nothing has been changed then.
    """
    _refuse(course, assignment, name)
    folder = course.folder
    parts = {
        folder / "solutions" / f"{assignment}.py": ("", REFERENCE, ()),
        folder / "graders" / "public" / f"{assignment}.py": (
            FORM,
            PUBLIC,
            ("Array", "Function", "check", "demand", "draw"),
        ),
        folder / "graders" / "hidden" / f"{assignment}.py": (
            "",
            HIDDEN,
            ("check", "draw", "expect"),
        ),
        folder / "graders" / "mistakes" / f"{assignment}.py": ("", MISTAKES, ("mistake",)),
    }
    hints = folder / "graders" / "hints" / f"{assignment}.py"
    if hints.exists():
        parts[hints] = ("", HINTS, ("Help",))
    before = {path: path.read_text("utf-8") if path.exists() else None for path in parts}
    try:
        for path, (form, end, names) in parts.items():
            text = before[path] or f'"""About ``{assignment}``."""\n'
            path.write_text(_extended(text, name, form, end, names), "utf-8", newline="\n")
        stubs = write_stubs(folder) + write_notebooks(folder)
        load_course(folder, only=[assignment])
    except (CourseError, OSError, ScaffoldError, SyntaxError, ValueError) as error:
        _restore(before)
        raise ScaffoldError(f"nothing was changed: {error}") from error
    changed = [path.relative_to(folder).as_posix() for path in parts]
    return changed + [stub for stub in stubs if Path(stub).stem == assignment]


def _refuse(course: Course, assignment: str, name: str) -> None:
    if assignment not in course.names:
        raise ScaffoldError(f"no assignment is called {assignment!r}: {', '.join(course.names)}")
    if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
        raise ScaffoldError(f"{name!r} is no name of a function; write it like softmax_gradient")
    if name.startswith("_"):
        raise ScaffoldError(f"{name!r} begins with an underscore, which hides it from students")
    if any(name in a.by_name or name in a.reference for a in course.assignments):
        raise ScaffoldError(f"the course has a {name} already")


def _restore(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, "utf-8", newline="\n")


def _extended(text: str, name: str, form: str, end: str, names: Collection[str]) -> str:
    """A module with a line in ``FUNCTIONS``, what it needs imported, and more at its end."""
    if form:
        text = _declared(text, form)
    if names:
        text = _imported(text, names, hypothesis="@given" in end)
    return (text.rstrip("\n") + "\n" + end).replace("NAME", name)


def _declared(text: str, form: str) -> str:
    lines = text.split("\n")
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(t, ast.Name) and t.id == "FUNCTIONS" for t in targets):
            last = (node.end_lineno or 0) - 1
            if lines[last].strip() in (")", "]"):
                return "\n".join([*lines[:last], form, *lines[last:]])
    raise ScaffoldError("FUNCTIONS should end with a bracket on a line of its own")


def _imported(text: str, names: Collection[str], hypothesis: bool) -> str:
    """The module with the names imported, beside those that it imports already."""
    if hypothesis:
        text = _import_from(text, "hypothesis", {"given"})
    return _import_from(text, GRADING, set(names))


def _import_from(text: str, module: str, names: set[str]) -> str:
    imports = [n for n in ast.parse(text).body if isinstance(n, ast.Import | ast.ImportFrom)]
    found = [n for n in imports if isinstance(n, ast.ImportFrom) and n.module == module]
    lines = text.split("\n")
    have = {a.name for n in found for a in n.names}
    if names <= have:
        return text
    if found:
        kept = {a.name for a in found[0].names}
        line = _import_line(module, kept | (names - have))
        first, last = found[0].lineno - 1, found[0].end_lineno or 0
        return "\n".join([*lines[:first], line, *lines[last:]])
    place = max((n.end_lineno or 0 for n in imports), default=_after_docstring(text))
    return "\n".join([*lines[:place], "", _import_line(module, names), *lines[place:]])


def _after_docstring(text: str) -> int:
    body = ast.parse(text).body
    return (body[0].end_lineno or 0) if body and isinstance(body[0], ast.Expr) else 0


def _import_line(module: str, names: set[str]) -> str:
    """As the formatter would write it: classes before functions, one a line if it is long."""
    ordered = sorted(names, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= 100:
        return line
    return "\n".join([f"from {module} import (", *(f"    {n}," for n in ordered), ")"])
