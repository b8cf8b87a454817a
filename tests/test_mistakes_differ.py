"""Every known mistake is one: each of its behaviours gives itself away on some valid input.

What a behaviour leaves behind is compared with what the reference leaves: the value, an error, a
warning, a changed argument, numpy's global generator, the number of calls of a function that was
passed in, and the answer to the same call again.
"""

import copy
import importlib.util
import itertools
import sys
import warnings
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from chainrule.course import load_course
from chainrule.grading import agree

ROOT = Path(__file__).parent.parent
BY_PROPERTY = {"initialize", "solve_xor"}
"""Many results are right here, so none is wrong for differing; their checks prove the mistakes."""
INTEGERS = {"classify", "count_layers", "count_parameters"}
WARNINGS_COUNT = {"sigmoid", "sigmoid_derivative"}
NEW = {"gradient_step", "update"}  # these promise new arrays


def _all_inputs():
    found = {}
    for stem, name in (("mistake_inputs", "INPUTS"), ("mistake_inputs_layers", "INPUTS_LAYERS")):
        path = Path(__file__).with_name(f"{stem}.py")
        if path.exists():
            spec = importlib.util.spec_from_file_location(stem, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found.update(getattr(module, name))
    return found


INPUTS = _all_inputs()
ASSIGNMENTS = sorted(p.stem for p in (ROOT / "graders" / "mistakes").glob("[!_]*.py"))


@cache
def _assignment(name):
    return load_course(ROOT, only=[name])[name]


def _mistakes_of(name):
    return [m for m in _assignment(name).mistakes if m.function not in BY_PROPERTY]


class _Counted:
    """A function passed in: how often it is called, and whether `w` has moved by then."""

    def __init__(self, f, w):
        self.f, self.w, self.start, self.calls, self.saw = f, w, np.array(w), 0, False

    def __call__(self, v):
        self.calls += 1
        self.saw = self.saw or not np.array_equal(self.w, self.start)
        return self.f(v)


def _global_state():
    _, key, position, *_ = np.random.get_state()  # noqa: NPY002
    return key[0], key[-1], position


def _call(function, args):
    """The value and everything else that a call leaves behind."""
    if callable(args[0]):
        args = (_Counted(args[0], args[1]), *args[1:])
    before = (args[0], *copy.deepcopy(args[1:])) if callable(args[0]) else copy.deepcopy(args)
    np.random.seed(360)  # noqa: NPY002  the global generator is what is watched
    state = _global_state()
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value, error = function(*args), None
        except Exception as raised:  # noqa: BLE001  a wrong answer may raise anything
            value, error = None, "ValueError" if isinstance(raised, ValueError) else "other"
    counted = args[0] if isinstance(args[0], _Counted) else None
    traces = (
        not _same(args, before),
        _global_state() != state,
        counted is not None and (counted.saw or counted.calls > 2 * np.size(args[1]) + 1),
    )
    return value, error, traces, bool(caught)


def _is_other(value):
    """Whether this is no numbers at all: a dictionary, say, or an error that was not raised."""
    return not isinstance(value, list | tuple) and np.asarray(value).dtype == object


def _same(a, b):
    """Whether two values agree, nan with nan; float64 is not integers or booleans."""
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    if a is None or isinstance(a, str) or callable(a):
        return callable(a) or (type(a) is type(b) and a == b)
    if b is None or isinstance(b, str) or _is_other(a) or _is_other(b):
        return _is_other(a) and type(a) is type(b)
    try:
        a, b = np.asarray(a), np.asarray(b)
    except ValueError:  # lists that are no arrays
        return False
    if (
        a.shape != b.shape
        or "U" in (a.dtype.kind, b.dtype.kind)
        or (a.dtype.kind == "b") != (b.dtype.kind == "b")
    ):
        return False
    with np.errstate(all="ignore"):
        both_nan = np.isnan(a) & np.isnan(b)
    return agree(np.where(both_nan, 0, a), np.where(both_nan, 0, b))


def _dtype_differs(name, got, want):
    if got is None or name not in {"one_hot", *INTEGERS}:
        return False
    got, want = np.asarray(got).dtype, np.asarray(want).dtype
    return got.kind not in "iu" if name in INTEGERS else got != want


@cache
def _right_calls(name, function):
    right = _assignment(name).reference[function]
    return [_call(right, copy.deepcopy(args)) for args in INPUTS[function]]


def _gives_itself_away(name, function, wrong):
    for args, want in zip(INPUTS[function], _right_calls(name, function), strict=True):
        given = copy.deepcopy(args)
        got = _call(wrong, given)
        if got[1:3] != want[1:3] or (function in WARNINGS_COUNT and got[3] > want[3]):
            return True
        if want[1] is not None:
            continue
        if not _same(got[0], want[0]) or _dtype_differs(function, got[0], want[0]):
            return True
        again = _call(wrong, copy.deepcopy(args))[0]
        if not _same(again, want[0]):
            return True
        if function in NEW and (_overlap(got[0], given) or _overlap(got[0], again)):
            return True
    return False


def _overlap(a, b):
    """Whether any arrays of two nested values lie in the same memory."""
    if isinstance(a, list | tuple):
        return any(_overlap(part, b) for part in a)
    if isinstance(b, list | tuple):
        return any(_overlap(a, part) for part in b)
    return isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and np.may_share_memory(a, b)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_behaviour_of_a_mistake_differs_from_the_reference(name):
    right = [
        f"{mistake.function}.{mistake.slug} {getattr(behaviour, 'choices', {})}"
        for mistake in _mistakes_of(name)
        for behaviour in mistake.behaviours
        if not _gives_itself_away(name, mistake.function, behaviour)
    ]
    assert right == []


def _answer(function, args):
    """The value, or the kind of error as text, and nothing else that the call leaves."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return function(*copy.deepcopy(args))
        except Exception as raised:  # noqa: BLE001
            return "ValueError" if isinstance(raised, ValueError) else "other"


def _outline(value):
    """A coarse key: what agrees has the same one, but for rare cases at its edges."""
    if isinstance(value, list | tuple):
        return tuple(map(_outline, value))
    if value is None or isinstance(value, str):
        return value
    if _is_other(value):
        return type(value).__name__
    array = np.asarray(value, dtype=float)
    return array.shape, tuple(f"{n:.3g}" for n in (array.ravel()[:2] + 0.0).tolist())


def _alike(name, function):
    """Pairs of slugs with two behaviours that agree on every input."""
    right = [_answer(_assignment(name).reference[function], args) for args in INPUTS[function]]
    groups = defaultdict(list)
    for mistake in _assignment(name).mistakes:
        for behaviour in mistake.behaviours if mistake.function == function else ():
            answers = [_answer(behaviour, args) for args in INPUTS[function]]
            if not _same(answers, right):  # else it is told by what it changes
                groups[tuple(map(_outline, answers))].append((mistake.slug, answers))
    for group in groups.values():
        for (slug, answers), (other, others) in itertools.combinations(group, 2):
            if slug != other and _same(answers, others):
                yield f"{function}: {slug}, {other}"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_two_mistakes_answer_alike(name):
    """Two slugs with the same answers everywhere could never be told apart, so neither is named."""
    functions = sorted({mistake.function for mistake in _mistakes_of(name)})
    assert {pair for function in functions for pair in _alike(name, function)} == set()


def test_no_mistake_is_lost_on_its_way_into_an_assignment():
    """Two functions of one name, in two files that are both taken in, would hide one another."""
    held = {(m.function, m.slug) for name in ASSIGNMENTS for m in _assignment(name).mistakes}
    written = {
        (mistake.function, mistake.slug)
        for module in list(sys.modules.values())
        if Path(getattr(module, "__file__", None) or "").parent == ROOT / "graders" / "mistakes"
        for value in vars(module).values()
        if (mistake := getattr(value, "__chainrule_mistake__", None))
    }
    assert written - held == set()


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_mistake_says_in_a_sentence_or_two_what_to_do_next(name):
    for mistake in _assignment(name).mistakes:
        assert 20 < len(mistake.sentence) < 330, mistake.slug
        assert mistake.sentence[-1] in ".?", mistake.slug
