"""The graders of one neuron ask nothing outside the contract.

Every call that the checks plan for a right answer is looked at: logarithms, pre-activations and
trainings stay where two right answers must agree. A grader that strays would fail somebody
unfairly, and only now and then.
"""

import importlib
import math
from pathlib import Path

import numpy as np
import pytest

from chainrule.course import load_course
from chainrule.judge.record import record
from chainrule.worker import wire
from chainrule.worker.execute import from_node

ROOT = Path(__file__).parent.parent
SEEDS = (0, 1)
ASSIGNMENTS = ("losses", "neuron", "delta_rule")


@pytest.fixture(scope="module")
def course():
    return load_course(ROOT)


@pytest.fixture(scope="module")
def calls(course):
    """The planned calls by function: the check's name, the arguments, the keywords."""
    found = {}
    for name in ASSIGNMENTS:
        for seed in SEEDS:
            recording = record(course[name], seed)
            assert not recording.faults
            for check, examples in recording.examples.items():
                for call in (planned.call for e in examples for planned in e.plan):
                    if not any(isinstance(node, wire.Handle) for node in call.args):
                        arguments = [from_node(node) for node in call.args]
                        keywords = {k: from_node(v) for k, v in call.kwargs.items()}
                        found.setdefault(call.function, []).append((check, arguments, keywords))
    return found


def _safe(p):
    p = np.asarray(p, dtype=float)
    return ((p == 0) | (p == 1) | ((p >= 1e-3 - 1e-12) & (p <= 1 - 1e-3 + 1e-12))).all()


@pytest.mark.parametrize("function", ["cross_entropy", "binary_cross_entropy"])
def test_logarithms_are_taken_of_0_of_1_or_well_between(calls, function):
    for check, (y, t), _ in calls[function]:
        assert _safe(y), check
        if np.shape(y) == np.shape(t) and y.ndim == 2:
            np.testing.assert_allclose(t.sum(axis=1), 1, err_msg=check)


@pytest.mark.parametrize("function", ["cross_entropy", "binary_cross_entropy"])
def test_a_clip_or_an_added_number_is_within_tolerance(calls, course, function):
    """What the contract lets a student do to avoid log 0 moves no loss further than 1e-5."""
    reference = course["losses"].reference[function]
    compared = 0
    for check, (y, t), keywords in calls[function]:
        if np.shape(y) != np.shape(t):
            continue
        want = reference(y, t, **keywords)
        for near in (np.clip(y, 1e-7, 1 - 1e-7), y * (1 - 1e-8) + 1e-8 * 0.5):
            got = reference(near, t, **keywords)
            if math.isinf(want):
                hard = np.isin(t, (0, 1)).all()
                assert hard, check
                assert "base" not in keywords, check
                assert got * len(y) > 10, check
            elif want == 0:
                assert abs(got) <= 1e-6, check
            else:
                assert abs(got - want) <= 1e-5 * want + 1e-9, check
            compared += 1
    assert compared > 200


def test_pre_activations_stay_within_six(calls):
    for check, (x, w, *_), _ in calls["forward_pass"] + calls["predict"]:
        assert np.abs(x @ w).max() <= 6, check


def test_large_numbers_stay_within_ten_thousand(calls):
    for function in ("softmax", "sigmoid", "sigmoid_derivative"):
        assert max(np.abs(a).max() for _, (a,), _ in calls[function]) == 1e4


@pytest.mark.parametrize("function", ["train_neuron", "train_neuron_online"])
def test_trainings_are_short_and_start_calm(calls, course, function):
    hidden = course["delta_rule"].checks[-1].inner
    calm = importlib.import_module(hidden.__module__.rpartition(".")[0] + "._calm")
    for check, (x, w, t, rate, rounds), keywords in calls[function]:
        assert rounds <= (500 if len(x) <= 4 else 20), check
        online = function == "train_neuron_online"
        if not keywords:
            assert calm.is_calm(calm.Training(x, w, t, rate, rounds), online), check
