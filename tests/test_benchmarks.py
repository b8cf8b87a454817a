"""What the benchmark grades is what it says: right answers, and so many mistakes."""

from __future__ import annotations

import random
import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.mistaken import right, wrong  # noqa: E402 - after its folder
from benchmarks.school import write_class, write_crowd  # noqa: E402 - as above
from benchmarks.single import STYLES  # noqa: E402 - as above
from chainrule.course import load_course  # noqa: E402 - as above
from chainrule.judge import cache  # noqa: E402 - as above
from chainrule.judge.answers import Local  # noqa: E402 - as above
from chainrule.judge.grade import Grader  # noqa: E402 - as above

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the benchmark is for Linux")


def names(code: str) -> dict[str, object]:
    module = types.ModuleType("neuron")
    exec(code, vars(module))  # noqa: S102 - our own answers
    return vars(module)


def test_a_wrong_submission_has_as_many_wrong_functions_as_it_should() -> None:
    course = load_course(ROOT, only=["neuron"])
    assignment = course["neuron"]
    recording = cache.recording_of(course, assignment, 0, hidden=True)
    grader = Grader(assignment, recording)
    chance = random.Random(1)  # noqa: S311 - no secret
    for count in (0, 1, 4):
        code = wrong(assignment, right(STYLES[0], "neuron"), count, chance)
        results = grader.grade(Local({**assignment.reference, **names(code)}))
        lost = [f.name for f in results if f.score != f.max_score]
        # A wrong sigmoid is used by the functions after it, as in a student's file.
        assert len(lost) >= count
        assert bool(lost) == bool(count)


def test_a_class_is_two_thirds_right_and_no_two_files_are_the_same(tmp_path: Path) -> None:
    assert write_class(tmp_path / "class", 12, ("neuron",)) == 12
    codes = [p.read_text("utf-8") for p in sorted((tmp_path / "class").glob("*/neuron.py"))]
    assert len(set(codes)) == 12
    assert [n for n, code in enumerate(codes) if "_m0_" in code] == [2, 5, 8, 11]


def test_a_crowd_has_one_in_a_hundred_that_hangs_and_one_that_dies(tmp_path: Path) -> None:
    write_crowd(tmp_path, 200)
    codes = [p.read_text("utf-8") for p in tmp_path.glob("*/neuron.py")]
    assert sum("while True" in code for code in codes) == 2
    assert sum("string_at(0)" in code for code in codes) == 2
