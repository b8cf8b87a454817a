"""The help that a student can ask for: all of it is there, and none of it is the answer."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tiny_course import write, write_course

from chainrule.course import Assignment, Course, CourseError, load_course
from chainrule.release import answer_lines

COURSE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(COURSE, hidden=False)


def texts(assignment: Assignment) -> list[str]:
    return [t for h in assignment.help.values() for t in (h.formula, *h.hints)]


def plain(code: str) -> str:
    return re.sub(r"\s+", "", code)


def test_every_function_has_three_hints_and_a_formula(course: Course) -> None:
    for assignment in course.assignments:
        assert list(assignment.help) == [f.name for f in assignment.functions]
        for found in assignment.help.values():
            assert len(set(found.hints)) == 3
            assert all(h[0].isupper() and h.endswith((".", "?")) for h in found.hints)
            assert found.formula
            assert len(found.formula.splitlines()) == 1


def test_no_hint_holds_a_line_of_the_reference(course: Course) -> None:
    tried = 0
    for assignment in course.assignments:
        said = [plain(t) for t in texts(assignment)]
        source = (COURSE / "solutions" / f"{assignment.name}.py").read_text("utf-8")
        for line in answer_lines(source):
            code = plain(line.removeprefix("return "))
            if line.startswith("#") or len(code) < 8 or code.isidentifier():
                continue
            tried += 1
            assert not [t for t in said if code in t], line
    assert tried > 60


def test_no_hint_is_code(course: Course) -> None:
    """The right side of no assignment of a reference is in a hint, however it is spaced."""
    for assignment in course.assignments:
        said = [plain(h) for found in assignment.help.values() for h in found.hints]
        tree = ast.parse((COURSE / "solutions" / f"{assignment.name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.Return) and not isinstance(node.value, ast.Name):
                code = plain(ast.unparse(node.value)) if node.value else ""
                assert len(code) < 8 or not [t for t in said if code in t], code


def test_hints_get_bolder(course: Course) -> None:
    """A nudge is short; the method takes more words than the nudge."""
    for assignment in course.assignments:
        for name, found in assignment.help.items():
            nudge, _, method = found.hints
            assert len(nudge) < len(method), name


def test_help_about_a_function_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    text = 'from chainrule.grading import Help\n\nHELP = {"triple": Help("3x", ("A", "B", "C"))}\n'
    write(folder, {"graders/hints/sums.py": text})
    with pytest.raises(CourseError, match="'triple', which is not declared"):
        load_course(folder)
