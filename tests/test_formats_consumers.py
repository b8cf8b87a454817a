"""The formats beside other people's own programs: the one that Gradescope's users write with, and
the one that Classroom's workflows read with."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import subprocess
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from formats_class import KINDS, grades
from gradescope_utils.autograder_utils.decorators import number as numbered
from gradescope_utils.autograder_utils.decorators import partial_credit, visibility, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

from chainrule.renderers.formats import FORMATS, github
from chainrule.renderers.json import number
from chainrule.results import SubmissionResult

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


class Theirs(unittest.TestCase):
    """A test suite as a lecturer writes it with gradescope-utils."""

    __test__ = False  # to pytest

    @weight(2)
    @numbered("1.1")
    @visibility("visible")
    def test_right(self) -> None:
        """A right answer."""

    @weight(3)
    @visibility("visible")
    def test_wrong(self) -> None:
        """A wrong answer."""
        self.fail("expected 1, got 2")

    @partial_credit(4)
    def test_half(self, set_score: Callable[[float], None] = lambda score: None) -> None:
        """Half an answer."""
        set_score(1.5)


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    """What gradescope-utils writes."""
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Theirs)
    stream = io.StringIO()
    JSONTestRunner(stream=stream, visibility="visible").run(suite)
    return dict(json.loads(stream.getvalue()))


def kind_of(value: object) -> type:
    return float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


@kinds
def test_gradescope_gets_the_fields_and_types_that_its_own_library_writes(
    kind: Callable[[str], SubmissionResult], theirs: dict[str, Any]
) -> None:
    mine = kind("ada")
    result = json.loads(FORMATS["gradescope"](grades(mine))["results.json"])
    known = {name: kind_of(value) for test in theirs["tests"] for name, value in test.items()}
    for test in result["tests"]:
        for name in test.keys() & known.keys():
            assert kind_of(test[name]) is known[name], name
        if "score" in test:  # the library leaves a test without points out of the sum, as we do
            assert known.keys() - {"number"} <= test.keys() | {"output"}
            assert test["status"] == ("passed" if test["score"] >= test["max_score"] else "failed")
    for name in result.keys() & theirs.keys() - {"tests"}:
        assert kind_of(result[name]) is kind_of(theirs[name]), name
    if mine.score is not None:
        total = sum(test.get("score", 0.0) for test in result["tests"])
        assert result["score"] == pytest.approx(total, abs=1e-9)
        assert result["score"] == number(mine.score)


REPORTER = "CHAINRULE_CLASSROOM_REPORTER"
"""Names a checkout of autograding-grading-reporter in which `npm install` was run."""


def report(text: str) -> subprocess.CompletedProcess[str]:
    """What Classroom's reporter says of a result."""
    main, node = Path(os.environ.get(REPORTER, ""), "src", "main.js"), shutil.which("node")
    if REPORTER not in os.environ or not main.is_file() or node is None:
        pytest.skip(f"{REPORTER} names no checkout of Classroom's reporter, or there is no node")
    environment = {"PATH": os.environ["PATH"], "INPUT_RUNNERS": "grade", "GRADE_RESULTS": text}
    return subprocess.run(
        [node, main], capture_output=True, text=True, env=environment, check=False, timeout=60
    )


@kinds
def test_classrooms_own_reporter_reads_our_score(kind: Callable[[str], SubmissionResult]) -> None:
    mine = kind("ada")
    text = github.render(grades(mine))["classroom.txt"].decode().strip()
    said = report(text)
    full = mine.score is not None and mine.score >= mine.max_score
    assert said.returncode == (0 if full else 1), said.stdout
    notice = re.search(r"Points (\S+)/(\S+)", said.stdout)
    if mine.score is None:
        assert notice is None  # neither zero nor full
        return
    assert notice is not None
    assert float(notice[1]) == pytest.approx(number(mine.score), abs=1e-9)
    assert float(notice[2]) == number(mine.max_score)
    assert json.loads(base64.b64decode(text))["tests"][0]["name"] in said.stdout
