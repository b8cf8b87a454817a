"""Traces that calls leave: results that are not new, and calls that go otherwise a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from tiny_course import write_course

from chainrule.course import load_course
from chainrule.judge.answers import Local, Lost, Outcome
from chainrule.judge.grade import Grader
from chainrule.judge.record import record
from chainrule.results import CheckResult
from chainrule.worker import wire
from chainrule.worker.execute import Runner
from chainrule.worker.values import to_node


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Grader:
    """A course in which a double is promised to be a new array."""
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    public = folder / "graders/public/sums.py"
    text = public.read_text()
    public.write_text(text.replace("Array(len(x))", "Array(len(x)), new_arrays=True"))
    hidden = folder / "graders/hidden/sums.py"
    hidden.write_text(
        f"import numpy as np\n{hidden.read_text()}\n\n"
        '@check("double")\ndef zeros(submission):\n    """Zeros stay."""\n'
        "    expect(submission.double(np.zeros(1)), np.zeros(1))\n"
    )
    (sums, _) = load_course(folder).assignments
    return Grader(sums, record(sums, 0))


def trace(grader: Grader, double: Callable[..., Any]) -> CheckResult:
    """What is said of a double's traces; its values are right."""
    function = grader.grade(Local({"double": double, "total": np.sum}))[0]
    assert [c.outcome for c in function.checks[:-1]] == ["passed"] * 3
    return function.checks[-1]


buffers: dict[int, np.ndarray] = {}


def into_a_buffer(x: np.ndarray) -> np.ndarray:
    buffer = buffers.setdefault(len(x), np.empty(len(x)))
    buffer[:] = 2 * x
    return buffer


@pytest.mark.parametrize(
    ("double", "says"),
    [
        (lambda x: 2 * x if x.any() else x, "returned argument 1, or a part of it"),
        (lambda x: 2 * x if x.any() else x[::-1], "returned argument 1, or a part of it"),
        (into_a_buffer, "returned what it returned before"),
    ],
    ids=["itself", "a view", "a buffer"],
)
def test_what_should_be_new_is_new(grader: Grader, double: Callable[..., Any], says: str) -> None:
    found = trace(grader, double)
    assert (found.outcome, found.mistake) == ("failed", "no-new-array")
    assert says in found.message


CONSTANT = np.ones(2)
NAMES = {"into": into_a_buffer, "again": lambda x: CONSTANT, "back": lambda x: x}


def test_an_earlier_result_stays_what_it_was() -> None:
    runner = Runner(NAMES, lambda number, value: None)
    for name, shared in (("into", [""]), ("again", []), ("back", [])):
        calls = [wire.Call(n, name, [to_node(np.array([n, 2.0]))], {}) for n in range(3)]
        assert [runner.call(call).shared for call in calls] == [[], shared, shared]


def test_new_arrays_are_fine(grader: Grader) -> None:
    assert trace(grader, lambda x: 2 * x).outcome == "passed"
    assert trace(grader, lambda x: list(2 * x)).outcome == "passed"


class DiesAgain:
    """Answers every input once."""

    def __init__(self, timeout: bool) -> None:
        self._inner = Local({"double": lambda x: 2 * x, "total": np.sum})
        self._seen: set[str] = set()
        self._timeout = timeout

    def run(self, calls: Sequence[Any], *args: Any, **options: Any) -> Iterator[Outcome]:
        for call, outcome in zip(calls, self._inner.run(calls, *args, **options), strict=True):
            key = repr((call.function, call.args))
            again = call.function == "double" and key in self._seen
            self._seen.add(key)
            yield Lost(self._timeout, "double ended its process") if again else outcome


def test_to_die_at_the_second_call_is_a_trace(grader: Grader) -> None:
    found = grader.grade(DiesAgain(timeout=False))[0].checks[-1]
    assert (found.outcome, found.mistake) == ("failed", "keeps-state")
    assert "called again with the same input, double ended its process" in found.message


def test_to_be_slow_at_the_second_call_is_none(grader: Grader) -> None:
    assert grader.grade(DiesAgain(timeout=True))[0].checks[-1].outcome == "passed"
