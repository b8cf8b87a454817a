"""The reference for backpropagation and XOR, proved against autograd, scipy and differences."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from autograd.scipy.special import expit, logsumexp
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from reference_inputs import MODULES, frozen, numbers, proved, shapes, sizes
from scipy import special

backprop, xor, delta_rule = MODULES["backprop"], MODULES["xor"], MODULES["delta_rule"]
SEEDS = [*range(28), 20_240_917, 2**31 - 1]
learning_rates = st.sampled_from([0, 0.05, 0.3, 1, 5.0])


@st.composite
def networks(draw, outputs=sizes):
    """A network of one to four layers, samples for it and their truth: (x, layers, t)."""
    widths = [*draw(st.lists(sizes, min_size=1, max_size=4)), draw(outputs)]
    n = draw(sizes)
    layers = [
        (draw(numbers((widths[i], fan_out))), draw(numbers(fan_out)))
        for i, fan_out in enumerate(widths[1:])
    ]
    return draw(numbers((n, widths[0]))), layers, draw(numbers((n, widths[-1]), 0, 1))


def as_floats(layers):
    return [(W.astype(float), b.astype(float)) for W, b in layers]


def run(x, layers):
    """The activations of all layers, for autograd."""
    activations = [x]
    for W, b in layers:
        activations.append(expit(anp.dot(activations[-1], W) + b))
    return activations


def error(layers, x, t):
    return anp.sum((run(x, layers)[-1] - t) ** 2) / x.shape[0]


error_slope = grad(error)


def assert_same_layers(got, want, **tolerances):
    assert len(got) == len(want)
    for (W, b), (want_W, want_b) in zip(got, want, strict=True):
        assert (W.shape, b.shape) == (want_W.shape, want_b.shape)
        assert_allclose(W, want_W, **tolerances)
        assert_allclose(b, want_b, **tolerances)


# backprop


@proved
@given(networks())
def test_forward_keeps_every_activation(case):
    x, layers, _ = case
    got = backprop.forward(x, layers)
    want = run(x.astype(float), layers)
    assert isinstance(got, list)
    assert [a.shape for a in got] == [a.shape for a in want]
    for a, wanted in zip(got, want, strict=True):
        assert_allclose(a, wanted, rtol=1e-12, atol=1e-15)


@proved
@given(st.tuples(sizes, sizes).flatmap(lambda s: st.tuples(numbers(s), numbers(s))))
def test_network_error_sums_outputs_and_averages_samples(case):
    y, t = case
    got = backprop.network_error(y, t)
    assert type(got) is float
    rows = [sum((a - b) ** 2 for a, b in zip(*row, strict=True)) for row in zip(y, t, strict=True)]
    assert got == pytest.approx(float(sum(rows)) / len(y), rel=1e-12, abs=1e-300)


@proved
@given(networks())
def test_gradients_are_autograds(case):
    x, layers, t = case
    activations = [frozen(a) for a in backprop.forward(x, layers)]
    want = error_slope(as_floats(layers), x.astype(float), t)
    assert_same_layers(backprop.backward(activations, layers, t), want, rtol=1e-8, atol=1e-13)
    # The same, in the shape in which the stub of xor gives it.
    total, gradients = xor.error_and_gradients(x, layers, t)
    assert total == pytest.approx(float(error(layers, x.astype(float), t)), rel=1e-12)
    assert_same_layers(gradients, want, rtol=1e-8, atol=1e-13)


@proved
@given(networks())
def test_gradients_are_the_differences_of_the_error(case):
    x, layers, t = case
    gradients = backprop.backward(backprop.forward(x, layers), layers, t)
    for i, pair in enumerate(layers):
        for part in (0, 1):

            def moved(value, i=i, pair=pair, part=part):
                changed = list(layers)
                changed[i] = (value, pair[1]) if part == 0 else (pair[0], value)
                return backprop.network_error(backprop.forward(x, changed)[-1], t)

            numeric = delta_rule.numerical_gradient(moved, pair[part])
            assert_allclose(gradients[i][part], numeric, rtol=1e-6, atol=1e-8)


@proved
@given(networks(), learning_rates)
def test_update_steps_against_the_gradient_in_new_arrays(case, learning_rate):
    _, layers, _ = case
    gradients = [(frozen(W[::-1]), frozen(b + 1)) for W, b in layers]
    got = backprop.update(layers, gradients, learning_rate)
    want = [(W - learning_rate * W[::-1], b - learning_rate * (b + 1)) for W, b in layers]
    assert_same_layers(got, want, rtol=1e-12, atol=1e-14)
    for new, old in zip(got, layers, strict=True):
        for a, b in zip(new, old, strict=True):
            assert a.dtype == np.float64
            assert not np.shares_memory(a, b)


@st.composite
def logits_and_truth(draw):
    shape = draw(st.tuples(sizes, sizes))
    hard = draw(arrays(np.int64, shape[0], elements=st.integers(0, shape[1] - 1)))
    soft = draw(arrays(np.float64, shape, elements=st.floats(0.1, 1)))
    one_hot = np.eye(shape[1], dtype=np.int64)[hard]
    t = draw(st.sampled_from([one_hot, soft / soft.sum(axis=1, keepdims=True)]))
    return draw(st.one_of(numbers(shape), numbers(shape, -800, 800))), frozen(t)


@proved
@given(logits_and_truth())
def test_softmax_cross_entropy_gradient_is_autograds(case):
    logits, t = case

    def mean_cross_entropy(z):
        return -anp.sum(t * (z - logsumexp(z, axis=1, keepdims=True))) / z.shape[0]

    got = backprop.softmax_cross_entropy_gradient(logits, t)
    assert got.shape == logits.shape
    assert_allclose(got, grad(mean_cross_entropy)(logits.astype(float)), rtol=1e-9, atol=1e-12)
    assert_allclose(got.sum(axis=1), 0, atol=1e-12)


@proved
@given(st.tuples(sizes, sizes).flatmap(lambda s: numbers(s, -10_000, 10_000)))
def test_given_softmax_is_scipys(logits):
    assert_allclose(backprop.softmax(logits), special.softmax(logits, axis=1), atol=1e-11)


# xor


def test_points_are_the_exclusive_or():
    assert [(int(a) ^ int(b)) for a, b in xor.X] == xor.T[:, 0].tolist()
    assert (xor.X.shape, xor.T.shape) == ((4, 2), (4, 1))
    assert len(np.unique(xor.X, axis=0)) == 4


@proved
@given(st.lists(sizes, min_size=2, max_size=5).map(tuple), st.integers(0, 2**31 - 1))
@example((1, 1, 1), 0)
@example((2, 60, 1), 2**31 - 1)
def test_initialize_draws_distinct_columns_from_the_seed(widths, seed):
    layers, same = xor.initialize(widths, seed), xor.initialize(widths, seed)
    other = xor.initialize(list(widths), seed ^ 1)
    assert [W.shape for W, _ in layers] == [*pairwise(widths)]
    assert [b.shape for _, b in layers] == [(fan_out,) for fan_out in widths[1:]]
    for (W, b), (same_W, same_b), (other_W, _) in zip(layers, same, other, strict=True):
        assert_array_equal(W, same_W)
        assert_array_equal(b, same_b)
        assert np.isfinite(b).all()
        assert not np.allclose(W, other_W, rtol=0, atol=1e-9)
        gaps = np.abs(W[:, :, None] - W[:, None, :]).max(axis=0)
        assert (gaps + np.eye(len(gaps)) > 1e-9).all()


@proved
@given(networks(), st.sampled_from([0.05, 0.3, 2]), st.integers(0, 8))
def test_train_follows_autograd(case, learning_rate, iterations):
    x, start, t = case
    layers, losses = xor.train(x, t, start, learning_rate, iterations)
    at, seen = as_floats(start), []
    for _ in range(iterations):
        seen.append(float(error(at, x.astype(float), t)))
        slopes = error_slope(at, x.astype(float), t)
        at = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(at, slopes, strict=True)
        ]
    assert_same_layers(layers, at, rtol=1e-8, atol=1e-11)
    assert len(losses) == iterations
    assert_allclose(losses, seen, rtol=1e-9, atol=1e-12)
    assert all(type(loss) is float for loss in losses)


def test_training_composes():
    start = xor.initialize((2, 3, 1), 7)
    halfway, first = xor.train(xor.X, xor.T, start, 0.5, 200)
    split, then = xor.train(xor.X, xor.T, halfway, 0.5, 300)
    layers, losses = xor.train(xor.X, xor.T, start, 0.5, 500)
    assert_same_layers(split, layers, rtol=1e-12)
    assert first + then == losses
    assert losses[-1] < losses[0]


@proved
@given(networks(outputs=st.just(1)))
def test_classify_asks_for_more_than_a_half(case):
    x, layers, _ = case
    W, b = layers[-1]
    for last in (layers[-1], (0 * W, 0 * b)):  # all zero: y is 0.5 everywhere, and the class 0
        changed = [*layers[:-1], last]
        got = xor.classify(x, changed)
        assert got.dtype == np.int64
        assert got.shape == (len(x),)
        y = run(x.astype(float), changed)[-1][:, 0]
        clear = np.abs(y - 0.5) > 1e-12
        assert_array_equal(got[clear], (y > 0.5)[clear])
    assert not got.any()


def assert_solves(layers):
    y = run(xor.X, layers)[-1]
    assert_array_equal(y > 0.5, xor.T == 1)
    assert_array_equal(xor.classify(xor.X, layers), xor.T[:, 0])


@pytest.mark.parametrize("seed", SEEDS)
def test_xor_is_solved_from_any_seed(seed):
    layers = xor.solve_xor(seed)
    assert_solves(layers)
    assert_same_layers(xor.solve_xor(seed), layers, rtol=0)


def test_solving_starts_from_initialize_and_restarts_when_stuck(monkeypatch):
    initialize, starts = xor.initialize, []

    def stuck_at_first(widths, seed):
        starts.append(seed)
        layers = initialize(widths, seed)
        # Equal hidden units stay equal, and then XOR cannot be learned.
        return layers if len(starts) > 1 else [(0 * W, 0 * b) for W, b in layers]

    monkeypatch.setattr(xor, "initialize", stuck_at_first)
    assert_solves(xor.solve_xor(11))
    assert starts[0] == 11
    assert len(starts) == 2


def test_solving_never_pretends(monkeypatch):
    monkeypatch.setattr(xor, "train", lambda *arguments, **_: (arguments[2], [0.25]))
    with pytest.raises(RuntimeError, match="not learned"):
        xor.solve_xor(0)


@proved
@given(networks())
def test_hidden_features_stand_before_the_output_layer(case):
    x, layers, _ = case
    got = xor.hidden_features(x, layers)
    assert_allclose(got, run(x.astype(float), layers)[-2], rtol=1e-12, atol=1e-15)
    assert_array_equal(xor.hidden_features(x, layers[:1]), x)


@proved
@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_counting(widths):
    layers = xor.initialize(widths, 0)
    got = xor.count_layers(layers), xor.count_parameters(layers)
    weights = sum(widths[i] * widths[i + 1] for i in range(len(widths) - 1))
    assert got == (len(widths) - 1, weights + sum(widths[1:]))
    assert [type(count) for count in got] == [int, int]


@proved
@given(networks())
def test_merged_layer_equals_the_stack(case):
    x, layers, _ = case
    W, b = xor.merge_linear(layers)
    assert W.dtype == b.dtype == np.float64
    assert (W.shape, b.shape) == ((x.shape[1], len(layers[-1][1])), layers[-1][1].shape)
    want = x
    for layer_W, layer_b in layers:
        want = want @ layer_W + layer_b
    assert_allclose(x @ W + b, want, rtol=1e-9, atol=1e-9)


@st.composite
def stairs(draw):
    m = draw(sizes)
    gaps = draw(arrays(np.float64, m, elements=st.floats(1e-3, 1e3)))
    edges = draw(st.sampled_from([np.cumsum(gaps) - 7, np.cumsum(np.ceil(gaps)).astype(np.int64)]))
    return frozen(edges), draw(numbers(m + 1, -5, 5))


@proved
@given(stairs())
@example((np.array([0.0]), np.array([2, 2])))  # no step at all: exact
@example((np.array([-3]), np.array([0, 1])))  # one edge: its gap counts as 1
def test_staircase_climbs_within_the_tolerance(case):
    edges, heights = case
    m = len(edges)
    (W1, b1), (W2, b2) = xor.staircase(edges, heights)
    assert [a.shape for a in (W1, b1, W2, b2)] == [(1, m), (m,), (m, 1), (1,)]
    assert all(a.dtype == np.float64 for a in (W1, b1, W2, b2))
    clearance = 0.05 * (np.diff(edges).min() if m > 1 else 1.0) * (1 + 1e-9)
    far = edges[0] - 1e4, edges[-1] + 1e4
    x = np.sort(np.concatenate([edges - clearance, edges + clearance, far]))
    x = np.concatenate([x, (x[2:-2:2] + x[3:-1:2]) / 2])  # and the middle of each step
    y = special.expit(x[:, None] @ W1 + b1) @ W2 + b2
    want = heights[np.searchsorted(edges, x)]
    assert_allclose(y[:, 0], want, rtol=1e-12, atol=1e-3 * np.abs(np.diff(heights)).max())


# Both


@proved
@given(shapes.flatmap(numbers))
def test_given_sigmoids_take_any_shape(a):
    for module in (delta_rule, backprop, xor):
        got = module.sigmoid(a)
        assert np.shape(got) == a.shape
        assert_allclose(got, special.expit(a), rtol=1e-12)


def test_the_global_random_generator_is_left_alone():
    np.random.seed(5)  # noqa: NPY002 - the legacy generator is what must not be touched
    want = np.random.random()  # noqa: NPY002 - as above
    np.random.seed(5)  # noqa: NPY002 - as above
    xor.solve_xor(3)
    assert np.random.random() == want  # noqa: NPY002 - as above
