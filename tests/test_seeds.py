"""The short form of `quality/seeds.py`: inputs that nobody has looked at reject no right answer."""

from __future__ import annotations

import pytest
from quality import seeds

from chainrule.prove.right import Right

pytestmark = pytest.mark.timeout(600)

SEED = 20_261_124
ASSIGNMENTS = ("losses", "neuron", "backprop")
"""Those without trainings, which take long; `prove` has them all under the usual seed."""


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_right_answers_pass_under_another_seed(assignment: str) -> None:
    recording = seeds.recorded(assignment, SEED)
    assert recording.faults == {}
    grader = seeds.grader_of(assignment, recording)
    tried, rejected = seeds.right(grader, SEED, seeds.launch())
    assert tried >= 15
    assert rejected == []


def test_no_wrong_answer_passes_under_another_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "exposed_by_luck", lambda _: range(10**6))  # so that all are tried
    grader = seeds.grader_of("neuron", seeds.recorded("neuron", SEED))
    tried, passed = seeds.wrong(grader, SEED)
    assert tried > 150
    assert passed == []


def test_a_check_that_is_too_strict_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def rejects(*_: object) -> list[Right]:
        return [Right("ada", "sigmoid", ("holds (failed): not so",))]

    monkeypatch.setattr(seeds, "try_right", rejects)
    grader = seeds.grader_of("neuron", seeds.recorded("neuron", SEED))
    _, rejected = seeds.right(grader, SEED, seeds.launch())
    assert rejected[0] == f"seed {SEED}: ada: sigmoid.holds (failed): not so"
