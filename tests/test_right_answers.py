"""Every answer under right_answers/ agrees with the reference, to the contract's tolerances.

The answers are there to catch unfair graders: they differ in everything the contract leaves free.
This file shows without the engine that they are right, so that a rejected one accuses a grader.
"""

import contextlib
import copy
import importlib.util
import io
import itertools
import math
import sys
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from right_answers_inputs import NETS, T, X, cases, grid, net, plain_forward, whole

TESTS = Path(__file__).parent
ANSWERS = TESTS / "right_answers"
SOLUTIONS = TESTS.parent / "solutions"
STYLES = sorted(path.parent.name for path in ANSWERS.glob("*/losses.py"))

ARRAY, FLOAT64, NUMBER, INTEGERS, INTEGER = "array", "float64", "number", "integers", "integer"
LAYERS = [(ARRAY, ARRAY)]
FORMS = {
    "losses": {
        "one_hot": FLOAT64,
        "softmax": ARRAY,
        "mean_squared_error": NUMBER,
        "cross_entropy": NUMBER,
        "binary_cross_entropy": NUMBER,
    },
    "neuron": {
        "sigmoid": ARRAY,
        "sigmoid_derivative": ARRAY,
        "predict": ARRAY,
        "forward_pass": (ARRAY, ARRAY, NUMBER),
    },
    "delta_rule": {
        "numerical_gradient": ARRAY,
        "error_gradient": ARRAY,
        "delta_rule": ARRAY,
        "batch_gradient": ARRAY,
        "gradient_step": ARRAY,
        "train_neuron": (ARRAY, [NUMBER]),
        "train_neuron_online": (ARRAY, [NUMBER]),
    },
    "backprop": {
        "forward": [ARRAY],
        "network_error": NUMBER,
        "backward": LAYERS,
        "update": LAYERS,
        "softmax_cross_entropy_gradient": ARRAY,
    },
    "xor": {
        "initialize": LAYERS,
        "train": (LAYERS, [NUMBER]),
        "classify": INTEGERS,
        "solve_xor": LAYERS,
        "hidden_features": ARRAY,
        "count_layers": INTEGER,
        "count_parameters": INTEGER,
        "merge_linear": (ARRAY, ARRAY),
        "staircase": LAYERS,
    },
}
# Three have more than one right value: what they promise is tested further down.
FREE = {"initialize", "solve_xor", "staircase"}
COMPARED = [(module, name) for module, forms in FORMS.items() for name in forms if name not in FREE]

each_style = pytest.mark.parametrize("style", STYLES)


@cache
def load(folder, module):
    """The module, imported by path under a name of its own."""
    name = f"_right_answers_{folder.name}_{module}"
    spec = importlib.util.spec_from_file_location(name, folder / f"{module}.py")
    loaded = sys.modules[name] = importlib.util.module_from_spec(spec)
    with quiet():
        spec.loader.exec_module(loaded)
    return loaded


def answer(style, module):
    return load(ANSWERS / style, module)


def reference(module, name):
    return getattr(load(SOLUTIONS, module), name)


@contextlib.contextmanager
def quiet():
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def normalised(value, form):
    """The value as arrays in nested tuples; fails if it does not have the promised form."""
    if isinstance(form, list):
        return tuple(normalised(value[i], form[0]) for i in range(len(value)))
    if isinstance(form, tuple):
        assert len(value) == len(form)
        return tuple(normalised(value[i], part) for i, part in enumerate(form))
    array = np.asarray(value)
    assert array.dtype.kind in ("iu" if form in (INTEGER, INTEGERS) else "iuf"), array.dtype
    if form == FLOAT64:
        assert array.dtype == np.float64
    if form in (NUMBER, INTEGER):
        assert array.ndim == 0, array.shape
    return array


def assert_agree(got, want, rtol=1e-6, atol=1e-9):
    if isinstance(want, tuple):
        assert len(got) == len(want)
        for one, other in zip(got, want, strict=True):
            assert_agree(one, other, rtol, atol)
        return
    assert got.shape == want.shape
    if got.dtype == np.float32:
        rtol, atol = 1e-3, 1e-6
    scale = max(1.0, float(np.max(np.abs(want), initial=0.0)))
    error = np.abs(got.astype(float) - want)
    assert np.all(error <= rtol * np.abs(want) + atol * scale), f"{got} is not {want}"


def arrays_in(value):
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays_in(item)


def fingerprint(value):
    """Equal for equal numbers in equal types."""
    return [(a.dtype, a.shape, a.tobytes()) for a in arrays_in(value)]


def generator_state():
    _, keys, *rest = np.random.get_state()  # noqa: NPY002 -- it is the global one we watch
    return keys.tobytes(), rest


def scribble(result, arguments):
    """Write over a result: a later call must not notice, unless the memory is an argument's."""
    for array in arrays_in(result):
        shared = any(np.shares_memory(array, other) for other in arrays_in(arguments))
        if array.flags.writeable and not shared:
            array[...] = 77


def call(function, args, kwargs, form):
    """One call, during which nothing else changes, and another one with the same answer."""
    before = fingerprint(args), generator_state()
    with quiet():
        result = function(*args, **kwargs)
        answered = copy.deepcopy(normalised(result, form))
        scribble(result, args)
        again = normalised(function(*args, **kwargs), form)
    assert (fingerprint(args), generator_state()) == before, "an argument or the generator changed"
    assert fingerprint(again) == fingerprint(answered), "a second call differs from the first"
    return answered


def counted(f, size):
    """f for two calls of numerical_gradient, each with 2·size + 1 calls of f at most."""
    left = itertools.repeat(None, 2 * (2 * size + 1))

    def counting(w):
        assert next(left, "none") is None, "f is called too often"
        assert isinstance(w, np.ndarray | np.float64)
        return f(w)

    return counting


@cache
def expected(module, name):
    """The cases of a function with the reference's answers."""
    rows = []
    for args, kwargs in cases(name):
        with quiet():
            want = reference(module, name)(*args, **kwargs)
        rows.append((args, kwargs, copy.deepcopy(normalised(want, FORMS[module][name]))))
    assert rows
    return rows


def tolerances(module, name, args):
    if name == "numerical_gradient":
        f, w = args
        return {"rtol": 1e-6, "atol": 1e-8 * max(1.0, abs(f(w)))}
    if name.startswith("train"):  # a trajectory
        return {"rtol": 1e-9, "atol": 1e-9}
    return {"rtol": 1e-5 if module == "losses" else 1e-6}


@each_style
@pytest.mark.parametrize(("module", "name"), COMPARED)
def test_agrees_with_the_reference(style, module, name):
    function = getattr(answer(style, module), name)
    for args, kwargs, want in expected(module, name):
        given = args
        if name == "numerical_gradient":
            given = counted(args[0], args[1].size), args[1]
        got = call(function, given, kwargs, FORMS[module][name])
        if module == "losses" and name.endswith("cross_entropy") and abs(want) <= 1e-9:
            assert abs(got) <= 1e-6
        else:
            assert_agree(got, want, **tolerances(module, name, args))


TWO, THREE = np.array([0.2, 0.8]), np.array([0.2, 0.3, 0.5])
BAD_CALLS = {
    "one_hot": [(np.array([0, 3]), 3), (np.array([-1, 0]), 3), (np.array([1]), 1)],
    "mean_squared_error": [(TWO, THREE), (TWO, TWO[:1]), (TWO[:1], TWO), (TWO, TWO[:, None])],
    "binary_cross_entropy": [(TWO, THREE), (TWO, TWO[:1]), (TWO[:1], TWO), (TWO, TWO[:, None])],
    "cross_entropy": [
        (TWO[None], THREE[None]),
        (np.array([TWO, TWO]), TWO[None]),
        (TWO[None], np.array([TWO, TWO])),
        (TWO[None], np.array([[1.0]])),
        (TWO[None], TWO),
    ],
}


@each_style
@pytest.mark.parametrize("name", BAD_CALLS)
def test_losses_raise_value_error(style, name):
    for args in BAD_CALLS[name]:
        with quiet(), pytest.raises(ValueError):
            getattr(answer(style, "losses"), name)(*args)


@each_style
def test_forward_pass_knows_its_losses(style):
    with quiet(), pytest.raises(ValueError):
        answer(style, "neuron").forward_pass(X, np.ones(2), T[:, 0], loss="hinge")


@each_style
def test_a_confident_wrong_answer_is_dear(style):
    losses, n = answer(style, "losses"), 2
    y, t = np.array([[1, 0], [0, 1]]), np.array([[0, 1], [0, 1]])
    with quiet():
        for wrong in (y, y.astype(float)):
            assert n * losses.cross_entropy(wrong, t) > 10
            assert n * losses.cross_entropy(wrong, t, base=2) * math.log(2) > 10
        for y_0, t_0 in ((0, 1), (1, 0)):
            assert n * losses.binary_cross_entropy(np.array([y_0, 1]), np.array([t_0, 1])) > 10


@each_style
def test_sigmoids_do_not_warn(style):
    neuron = answer(style, "neuron")
    big = np.array([1e4, -1e4, 800.0, -800.0, 88.8, -88.8, 0.0, 1e-9])
    for a in (big, big.astype(np.int64), big.reshape(2, 4), 1e4, -1e4, 10000, -10000, 0):
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("error")
            assert np.all(np.isfinite(neuron.sigmoid(a)))
            assert np.all(np.isfinite(neuron.sigmoid_derivative(a)))


@each_style
def test_steps_return_new_arrays(style):
    rng = np.random.default_rng(6)
    w, gradient, layers = grid(rng, 3), grid(rng, 3), net(rng, 2, 3, 1)
    with quiet():
        results = [answer(style, "delta_rule").gradient_step(w, gradient, 0)]
        results.append(answer(style, "backprop").update(layers, net(rng, 2, 3, 1), 0))
    for got in arrays_in(results):
        assert not any(np.shares_memory(got, given) for given in arrays_in([w, gradient, layers]))


def all_numbers(layers):
    return np.concatenate([part.ravel() for layer in layers for part in layer])


@each_style
@pytest.mark.parametrize("sizes", [*NETS, (2, 8, 1), (1, 6)])
def test_initialize_keeps_its_promises(style, sizes):
    seen = []
    for seed in (0, 1, 12345, 2**31 - 1):
        layers = call(answer(style, "xor").initialize, (sizes, seed), {}, LAYERS)
        assert [w.shape for w, _ in layers] == list(itertools.pairwise(sizes))
        assert [b.shape for _, b in layers] == [(n,) for n in sizes[1:]]
        assert np.all(np.isfinite(all_numbers(layers)))
        for w, _ in layers:
            apart = np.abs(w[:, :, None] - w[:, None, :]).max(axis=0) + np.eye(w.shape[1])
            assert apart.min() > 1e-9
        seen.append(np.concatenate([w.ravel() for w, _ in layers]))
    assert not any(np.allclose(a, b) for a, b in itertools.combinations(seen, 2))


@each_style
def test_solve_xor_solves_it(style):
    solve, solved = answer(style, "xor").solve_xor, []
    for seed in (0, 7, 2**31 - 1, 0):
        with quiet():
            solved.append(normalised(solve(seed), LAYERS))
        assert np.array_equal(plain_forward(X, solved[-1])[-1] > 0.5, T > 0.5)
    assert fingerprint(solved[0]) == fingerprint(solved[3])
    assert fingerprint(solved[0]) != fingerprint(solved[1])


def stairs(rng, m):
    """Edges and heights: uneven, int64, all alike and far from 0, close together."""
    gaps = rng.uniform(0.2, 2, m)
    yield np.cumsum(gaps), grid(rng, m + 1)
    yield np.arange(m) * 3, whole(rng, m + 1)
    yield np.cumsum(gaps) - 40, np.full(m + 1, 0.1)
    yield np.arange(m) / 50, grid(rng, m + 1)


@each_style
@pytest.mark.parametrize("m", [1, 2, 3, 6])
def test_staircase_is_flat_between_its_edges(style, m):
    for edges, heights in stairs(np.random.default_rng(m), m):
        layers = call(answer(style, "xor").staircase, (edges, heights), {}, LAYERS)
        (w1, b1), (w2, b2) = layers
        assert [part.shape for part in (w1, b1, w2, b2)] == [(1, m), (m,), (m, 1), (1,)]
        gap = np.diff(edges).min() if m > 1 else 1
        sides = [edges - 0.051 * gap, edges + 0.051 * gap, edges + gap / 2]
        x = np.concatenate([*sides, [edges[0] - 50, edges[-1] + 50]])
        got = plain_forward(x[:, None], layers[:1])[-1] @ w2[:, 0] + b2
        want = heights[np.searchsorted(edges, x)]
        assert np.all(np.abs(got - want) <= 1e-3 * np.abs(np.diff(heights)).max() + 1e-12)


@each_style
def test_results_can_be_passed_on(style):
    """What one function returns is what the next one gets, whatever it is made of."""
    backprop, xor = answer(style, "backprop"), answer(style, "xor")
    with quiet():
        layers = xor.initialize((2, 3, 2, 1), 5)
        gradients = backprop.backward(backprop.forward(X, layers), layers, T)
        stepped = backprop.update(layers, gradients, 0.3)
        error = backprop.network_error(backprop.forward(X, stepped)[-1], T)
        once, _ = xor.train(X, T, stepped, 0.3, 1)
        twice, losses = xor.train(X, T, layers, 0.3, 2)
        plain = [tuple(part.astype(float) for part in pair) for pair in normalised(layers, LAYERS)]
        want, want_losses = reference("xor", "train")(X, T, plain, 0.3, 2)
    for got in (once, twice):
        assert_agree(normalised(got, LAYERS), normalised(want, LAYERS))
    assert_agree(normalised(losses, [NUMBER]), normalised(want_losses, [NUMBER]))
    assert_agree(normalised(error, NUMBER), np.asarray(want_losses[1]))
    after = [("classify", X), ("hidden_features", X), ("merge_linear",)]
    for name, *first in [*after, ("count_layers",), ("count_parameters",)]:
        with quiet():
            got = getattr(xor, name)(*first, twice)
        form = FORMS["xor"][name]
        assert_agree(normalised(got, form), normalised(reference("xor", name)(*first, want), form))
