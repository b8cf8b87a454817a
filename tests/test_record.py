"""Recorded once, replayed always: what a replay says is what a live run says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_course import write_course

from chainrule.course import load_course
from chainrule.judge import cache
from chainrule.judge.answers import Local
from chainrule.judge.grade import Grader
from chainrule.judge.record import Recording, record
from chainrule.judge.verdict import Bench
from chainrule.results import CheckResult, FunctionResult

ROOT = Path(__file__).parent.parent
DRAWS = '''

from hypothesis import strategies as st


@check("double", hint="Any length will do.")
@given(data=st.data())
def doubles_what_is_drawn_from_its_answer(submission, reference, data):
    """A double can be doubled again, and any entry of it."""
    first = submission.double(np.array([1.0, 3.0]))
    entry = data.draw(st.integers(0, len(first) - 1))
    expect(submission.double(first[entry : entry + 1]), 2 * first[entry : entry + 1])
'''


def drawing(folder: Path, text: str = DRAWS) -> Path:
    """A course with a check whose inputs depend on what a submission answers."""
    write_course(folder)
    path = folder / "graders" / "hidden" / "sums.py"
    path.write_text("import numpy as np\n" + path.read_text("utf-8") + text, "utf-8")
    return folder


def graded(recording: Recording, folder: Path, **functions: Callable[..., Any]) -> CheckResult:
    """How the check that draws takes a submission."""
    assignment = load_course(folder)["sums"]
    results = Grader(assignment, recording).grade(Local({**assignment.reference, **functions}))
    (found,) = [c for c in results[0].checks if c.name.startswith("doubles_what")]
    return found


def small_only(x: Any) -> Any:
    return 2 * x if abs(x).max() < 5 else x


def missing(x: Any) -> Any:
    raise NotImplementedError


def test_a_check_that_cannot_be_recorded_runs_live(tmp_path: Path) -> None:
    folder = drawing(tmp_path)
    recording = record(load_course(folder)["sums"], 0)
    name = "double.doubles_what_is_drawn_from_its_answer"
    assert recording.live == {name}
    assert not recording.faults
    assert graded(recording, folder).outcome == "passed"
    wrong = graded(recording, folder, double=small_only)
    assert (wrong.outcome, wrong.points) == ("failed", 0)
    assert "Any length will do." in wrong.message
    assert graded(recording, folder, double=missing).outcome == "not_written"


def test_its_counterexample_shows_the_calls_and_no_machinery(tmp_path: Path) -> None:
    folder = drawing(tmp_path)
    assignment = load_course(folder)["sums"]
    grader = Grader(assignment, record(assignment, 0), reveal="counterexample")
    results = grader.grade(Local({**assignment.reference, "double": small_only}))
    (check,) = [c for c in results[0].checks if c.name.startswith("doubles_what")]
    assert check.counterexample is not None
    assert check.counterexample["input"] == {}
    assert any("double([6.0])" in call for call in check.counterexample["calls"])
    assert "DataObject" not in check.message + str(check.counterexample)
    assert grader.grade(Local({**assignment.reference, "double": small_only})) == results


def test_a_live_check_that_the_reference_does_not_pass_is_at_fault(tmp_path: Path) -> None:
    folder = drawing(tmp_path, DRAWS.replace("2 * first", "3 * first"))
    recording = record(load_course(folder)["sums"], 0)
    assert [*recording.faults] == ["double.doubles_what_is_drawn_from_its_answer"]
    assert graded(recording, folder).outcome == "grader_error"


def test_that_it_runs_live_is_kept_with_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    folder = drawing(tmp_path / "course")
    course = load_course(folder)
    made = cache.recording_of(course, course["sums"], 0, hidden=True)
    assert len(list((tmp_path / "kept").iterdir())) == 1
    monkeypatch.setattr(cache, "record", None)  # nothing is made anew
    assert cache.recording_of(course, course["sums"], 0, hidden=True).live == made.live != set()


@pytest.fixture(scope="module")
def neuron() -> Grader:
    course = load_course(ROOT, only=["neuron"])
    assignment = course["neuron"]
    recording = cache.recording_of(course, assignment, 0, hidden=True)
    return Grader(assignment, recording, reveal="counterexample")


def verdicts(results: tuple[FunctionResult, ...]) -> list[object]:
    """All that does not depend on whether a mistake was recognised."""
    return [
        (f.name, c.name, c.outcome, c.points, c.counterexample) for f in results for c in f.checks
    ]


def some_mistakes(grader: Grader) -> list[tuple[str, Callable[..., Any]]]:
    """A few whose values are wrong: traces are looked for in calls that were planned."""
    known = [m for m in grader.assignment.mistakes if m.family != "purity"]
    return [(m.function, m.behaviours[0]) for m in known[:: len(known) // 7]]


def test_answers_fetched_beforehand_give_the_verdicts_of_calls_made_one_by_one(
    neuron: Grader,
) -> None:
    unplanned = {
        name: tuple(replace(example, plan=()) for example in examples)
        for name, examples in neuron.recording.examples.items()
    }
    assignment = replace(neuron.assignment, mistakes=())
    one_by_one = Grader(assignment, replace(neuron.recording, examples=unplanned), neuron.reveal)
    batched = Grader(assignment, neuron.recording, neuron.reveal)
    for function, behaviour in some_mistakes(neuron):
        source = {**assignment.reference, function: behaviour}
        assert verdicts(batched.grade(Local(source))) == verdicts(one_by_one.grade(Local(source)))


def test_replayed_inputs_give_the_verdicts_of_generated_ones(neuron: Grader) -> None:
    for function, behaviour in some_mistakes(neuron):
        source = Local({**neuron.assignment.reference, function: behaviour})
        bench = Bench(neuron.assignment, source, neuron.recording.seed)
        batch = neuron.batch(function)
        fetched = batch.fetch(source)
        for check, examples in batch.checks:
            answered = [
                (e, batch.of(fetched, (check.full_name, i))) for i, e in enumerate(examples)
            ]
            replayed = bench.replay(check, answered)
            if check.is_property and check.shrink:
                assert replayed.outcome == bench.live(check).outcome, check.full_name
