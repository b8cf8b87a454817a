"""JUnit XML as pytest writes it, with the points as properties.

A suite is one submission, a test case one check. What has no verdict is an error of the kind
``grader_error``, so that no reader takes it for passed or failed.

Source: https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ...results import CheckResult, FunctionResult, Grades, Problem, SubmissionResult
from .numbers import plain
from .view import bounded, one_line, text

MOST = 20_000_000
_KINDS = {
    "failed": "failure",
    "not_written": "failure",
    "skipped": "skipped",
    "error": "error",
    "timeout": "error",
    "grader_error": "error",
}


def render(grades: Grades) -> dict[str, bytes]:
    """``junit.xml``."""
    return {"junit.xml": bounded(lambda limit: _document(grades, limit), MOST)}


def _document(grades: Grades, limit: int) -> bytes:
    root = ET.Element("testsuites", name="chainrule")
    for submission in grades.submissions:
        root.append(_suite(submission, limit))
    for problem in grades.problems:
        root.append(_problem(problem))
    for kind in ("tests", "failures", "errors", "skipped"):
        root.set(kind, str(sum(int(suite.get(kind, "0")) for suite in root)))
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _suite(submission: SubmissionResult, limit: int) -> ET.Element:
    suite = ET.Element("testsuite", name=text(f"{submission.student}.{submission.assignment}"))
    _properties(
        suite,
        student=submission.student,
        assignment=submission.assignment,
        points=plain(submission.score),
        max_points=plain(submission.max_score),
        sha256=submission.sha256,
    )
    for function in submission.functions:
        for check in function.checks:
            suite.append(_case(submission, function, check, limit))
    if submission.reason is not None:
        suite.append(_not_graded(submission.assignment, submission.reason))
    return _counted(suite)


def _case(
    submission: SubmissionResult, function: FunctionResult, check: CheckResult, limit: int
) -> ET.Element:
    classname = text(f"{submission.student}.{submission.assignment}.{function.name}")
    case = ET.Element("testcase", classname=classname, name=text(check.name), time="0.000")
    _properties(
        case,
        points=plain(check.points),
        max_points=plain(check.max_points),
        outcome=check.outcome,
        visibility=check.visibility,
        title=check.title,
        mistake=check.mistake or "",
    )
    if check.outcome != "passed":
        message = one_line(f"{check.title} {check.outcome}")
        told = ET.SubElement(case, _KINDS[check.outcome], type=check.outcome, message=message)
        told.text = text(check.message, limit)
    return case


def _problem(problem: Problem) -> ET.Element:
    suite = ET.Element("testsuite", name=text(problem.student or problem.path))
    suite.append(
        _not_graded(problem.assignment or "submission", f"{problem.path}: {problem.reason}")
    )
    return _counted(suite)


def _not_graded(what: str, why: str) -> ET.Element:
    case = ET.Element("testcase", classname=text(what), name="graded", time="0.000")
    told = ET.SubElement(case, "error", type="grader_error", message="not graded")
    told.text = text(why)
    return case


def _counted(suite: ET.Element) -> ET.Element:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("time", "0.000")
    return suite


def _properties(parent: ET.Element, **values: str) -> None:
    group = ET.SubElement(parent, "properties")
    for name, value in values.items():
        if value:
            ET.SubElement(group, "property", name=name, value=one_line(value))
