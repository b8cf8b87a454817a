"""Each format says what the results say, and reads back equal, by its own system's rules."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from formats_class import (
    KINDS,
    LOST,
    grades,
    thirds,
    whole_class,
)

from chainrule.renderers.formats import FORMATS, canvas, classroom50, github
from chainrule.renderers.formats.numbers import plain
from chainrule.renderers.formats.view import students
from chainrule.renderers.json import number
from chainrule.results import Grades, SubmissionResult

PER_STUDENT = {
    "gradescope": "results.json",
    "classroom50": "result.json",
    "exercism": "results.json",
    "prairielearn": "results.json",
    "check50": "results.json",
}
kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def one(name: str, result: SubmissionResult | Grades) -> Any:
    """The JSON of a format for a single student; None where there is no file."""
    run = result if isinstance(result, Grades) else grades(result)
    data = FORMATS[name](run).get(PER_STUDENT[name])
    return None if data is None else json.loads(data)


def points_of(result: SubmissionResult) -> list[tuple[float | None, float | None]]:
    checks = [c for f in result.functions for c in f.checks]
    return [(number(c.points), number(c.max_points)) for c in checks]


# Gradescope: fields and kinds as its specification lists them ("Output Format").
GRADESCOPE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        **{
            f"{what}_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]}
            for what in ("output", "test_output", "test_name")
        },
        "visibility": {"enum": ["hidden", "after_due_date", "after_published", "visible"]},
        "stdout_visibility": {"enum": ["hidden", "after_due_date", "after_published", "visible"]},
        "extra_data": {"type": "object"},
        "leaderboard": {"type": "array"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": {"const": "visible"},
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}


@kinds
def test_gradescope(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    result = one("gradescope", mine)
    jsonschema.validate(result, GRADESCOPE)
    assert result.get("score") == number(mine.score)
    assert [(t.get("score"), t["max_score"]) for t in result["tests"]] == points_of(mine)
    assert all(("status" in t) == ("score" in t) for t in result["tests"])


def test_gradescope_takes_what_was_not_read_for_neither_zero_nor_full() -> None:
    result = one("gradescope", grades(problems=(LOST,)))
    assert "score" not in result
    assert result["tests"] == []
    assert "is no text" in result["output"]


# Classroom 50: the fields of its schemas/result-v1.schema.json, written down anew.
TIME = r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"
STRINGS = ("classroom", "assignment", "owner", "commit", "release", "review")
WHOLE = {"type": "integer", "minimum": 0}
CLASSROOM50 = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "schema",
        "assignment_type",
        "submission",
        "datetime",
        "score",
        "max-score",
        "tests",
        *STRINGS,
    ],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        **{name: {"type": "string", "minLength": 1} for name in STRINGS},
        "assignment_type": {"enum": ["individual", "group"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": {"type": "string", "pattern": TIME},
        "graded_at": {"type": "string", "pattern": TIME},
        "score": WHOLE,
        "max-score": WHOLE,
        "submitted_by": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": {"type": "string", "minLength": 1},
                    "passed": {"type": "boolean"},
                    "score": WHOLE,
                    "max-score": WHOLE,
                },
            },
        },
    },
}


@kinds
def test_classroom50(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    result = one("classroom50", mine)
    if mine.score is None:
        assert result is None  # exit status 1: the runner reports an error, no score
        return
    jsonschema.validate(result, CLASSROOM50)
    tests = result["tests"]
    for key in ("score", "max-score"):
        assert result[key] == sum(t[key] for t in tests)
    assert all(t["score"] <= t["max-score"] for t in tests)
    assert [(t["points"], t["max-points"]) for t in tests] == points_of(mine)
    assert abs(result["score"] - mine.score * 100) <= 1
    assert (result["score"] == result["max-score"]) == (mine.score >= mine.max_score)


def test_classroom50_says_who_is_graded_as_its_runner_does() -> None:
    runner = {
        "CLASSROOM": "ml",
        "ASSIGNMENT": "hw1",
        "OWNER": "octo",
        "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
        "COMMIT_URL": "https://host/c",
    }
    result = json.loads(classroom50.render(grades(thirds("ada")), runner)["result.json"])
    jsonschema.validate(result, CLASSROOM50)
    assert (result["owner"], result["classroom"], result["assignment"]) == ("octo", "ml", "hw1")
    assert result["datetime"] == "2026-06-01T14:32:05Z"
    assert result["review"] == "https://host/c"


@kinds
def test_prairielearn(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    result = one("prairielearn", mine)
    if mine.score is None:
        assert result["gradable"] is False
        assert result["format_errors"]
        assert "score" not in result
        return
    assert result["score"] == pytest.approx(float(min(mine.score / mine.max_score, 1)), abs=1e-9)
    assert (result["score"] == 1) == (mine.score >= mine.max_score)
    assert [(t["points"], t["max_points"]) for t in result["tests"]] == points_of(mine)


@kinds
def test_exercism(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    result = one("exercism", mine)
    assert set(result) == {"version", "status", "message", "tests"}
    assert result["version"] == 3
    outcomes = [c.outcome for f in mine.functions for c in f.checks]
    assert (result["status"] == "pass") == (set(outcomes) == {"passed"})
    for test, outcome in zip(result["tests"], outcomes, strict=True):
        assert test["status"] in {"pass", "fail", "error"}
        assert (test["status"] == "pass") == (outcome == "passed")
        assert len(test["output"]) <= 500
        assert isinstance(test["task_id"], int)
        assert (test["message"] is None) == (outcome == "passed")


def test_exercism_is_an_error_only_if_nothing_ran() -> None:
    result = one("exercism", grades(problems=(LOST,)))
    assert result["status"] == "error"
    assert result["tests"] == []
    assert result["message"]


@kinds
def test_check50(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    result = one("check50", mine)
    assert {"slug", "results", "version"} <= set(result)
    checks = [c for f in mine.functions for c in f.checks]
    for got, c in zip(result["results"], checks, strict=True):
        known = c.outcome not in ("skipped", "grader_error")
        assert got["passed"] is ((c.outcome == "passed") if known else None)
        assert (got["data"]["points"], got["data"]["max_points"]) == (
            number(c.points),
            number(c.max_points),
        )
        assert (got["cause"] is None) == (c.outcome == "passed")


def test_artemis() -> None:
    files = FORMATS["artemis"](grades(thirds("ada")))
    assert all(re.fullmatch(r"customFeedbacks/[\w.-]+\.json", name) for name in files)
    told = [json.loads(data) for data in files.values()]
    assert [t["successful"] for t in told] == [True, True, False, True]
    assert len({t["name"] for t in told}) == len(told)
    assert all(t["message"] for t in told if not t["successful"])
    assert not FORMATS["artemis"](grades(KINDS["unknown"]("ada")))


# Canvas: "Student, ID, SIS User ID, SIS Login ID, Section", then assignments; points below.
def test_canvas_follows_the_rules_of_its_import() -> None:
    run = whole_class()
    rows = list(csv.reader(io.StringIO(canvas.render(run)["canvas.csv"].decode())))
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "losses"]
    assert rows[1][0] == "    Points Possible"
    by_name = {s.name: s for s in students(run)}
    assert len(rows) == 2 + len(by_name)
    for row, student in zip(rows[2:], by_name.values(), strict=True):
        assert row[1] or row[3], "Canvas must find the student by an id or a login"
        assert not row[0].startswith(("=", "+", "-", "@"))
        if student.score is None:
            assert row[-1] == ""
        else:
            assert re.fullmatch(r"\d+\.\d\d", row[-1])
            assert abs(Fraction(row[-1]) - student.score) <= Fraction(1, 100)
            assert (Fraction(row[-1]) < student.max_score) == (student.score < student.max_score)
    bob = next(row for row in rows[2:] if row[1])
    assert bob[:4] == ["bob", "4711", "", ""]


def test_nbgrader_csv_reads_back() -> None:
    run = whole_class()
    text = FORMATS["nbgrader"](run)["grades.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    header = (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
        "late_submission_penalty,score,max_score"
    )
    assert text.splitlines()[0] == header
    for row, s in zip(rows, run.submissions, strict=True):
        assert row["student_id"].lstrip("'") == s.student
        assert row["score"] == plain(s.score)
        assert float(row["max_score"]) == number(s.max_score)


def test_csv_reads_back_check_by_check() -> None:
    run = whole_class()
    files = {
        n: list(csv.DictReader(io.StringIO(d.decode()))) for n, d in FORMATS["csv"](run).items()
    }
    totals = [None if r["score"] == "" else float(r["score"]) for r in files["scores.csv"]]
    assert totals == [*(number(s.score) for s in run.submissions), None, None]
    found = [
        (None if r["points"] == "" else float(r["points"]), float(r["max_points"]))
        for r in files["checks.csv"]
    ]
    ordered = [s for student in students(run) for s in student.submissions]
    assert found == [pair for s in ordered for pair in points_of(s)]
    cells = [cell for rows in files.values() for row in rows for cell in row.values()]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


def test_junit_reads_back_with_junitparser() -> None:
    junitparser = pytest.importorskip("junitparser", reason="needs junitparser")
    run = whole_class()
    xml = junitparser.JUnitXml.fromstring(FORMATS["junit"](run)["junit.xml"])
    suites = list(xml)
    assert len(suites) == len(run.submissions) + len(run.problems)
    for suite, s in zip(suites, run.submissions, strict=False):
        told = {p.name: p.value for p in suite.properties()}
        assert told.get("points", "") == plain(s.score)
        cases = [c for c in suite if c.name != "graded"]
        checks = [c for f in s.functions for c in f.checks]
        for case, c in zip(cases, checks, strict=True):
            said = {p.get("name"): p.get("value") for p in case._elem.iter("property")}
            assert said.get("points", "") == plain(c.points)
            assert said["max_points"] == plain(c.max_points)
            assert bool(case.is_passed) == (c.outcome == "passed")
    assert xml.errors >= 1


def test_junit_counts_like_pytest() -> None:
    root = ET.fromstring(FORMATS["junit"](whole_class())["junit.xml"])
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for attribute, tag in (
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{tag}")))


def test_what_has_no_verdict_is_an_error_to_every_junit_reader() -> None:
    root = ET.fromstring(FORMATS["junit"](grades(KINDS["unknown"]("ada")))["junit.xml"])
    assert [e.get("type") for e in root.iter("error")] == ["grader_error"]


# github-education-resources/autograding-grading-reporter: its table and its notice.
def reporter(results: dict[str, Any]) -> tuple[float, float]:
    passed = sum(t["status"] == "pass" for t in results["tests"])
    table = passed / len(results["tests"]) * results["max_score"]
    return table, sum(t["score"] for t in results["tests"])


@kinds
def test_the_old_classroom_result(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    text = github.render(grades(mine))["classroom.txt"]
    results = json.loads(base64.b64decode(text))
    table, notice = reporter(results)
    assert results["version"] == 1
    if mine.score is None:
        assert (results["status"], results["max_score"], table, notice) == ("error", 0, 0, 0)
        return
    assert notice == number(mine.score)
    full = mine.score >= mine.max_score
    assert table == (number(mine.max_score) if full else 0)
    assert results["status"] == ("pass" if full else "fail")
