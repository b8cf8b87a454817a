"""The reference for the delta rule, proved against autograd and its own numerical gradient."""

import itertools

import autograd.numpy as anp
import numpy as np
from autograd import elementwise_grad, grad
from autograd.scipy.special import expit
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from reference_inputs import MODULES, T, W, X, data, numbers, pairs, proved, shapes

delta_rule = MODULES["delta_rule"]


def mean_error(w, x, t):
    return anp.mean((expit(anp.dot(x, w)) - t) ** 2)


error_slope = grad(mean_error)


@proved
@given(shapes.flatmap(lambda s: st.tuples(numbers(s), numbers(s))))
def test_numerical_gradient_is_autograds(case):
    w, c = case
    asked = []

    def f(v):
        return anp.sum(c * anp.sin(v)) + anp.sum(v) ** 2 / 10

    def observed(v):
        asked.append((v, v.copy()))
        return f(v)

    got = delta_rule.numerical_gradient(observed, w)
    assert len(asked) <= 2 * w.size + 1
    assert np.shape(got) == w.shape
    for given_array, copy in asked:  # no array is changed once f has seen it
        assert_array_equal(given_array, copy)
    want = grad(f)(w.astype(float))
    assert_allclose(got, want, rtol=1e-6, atol=1e-8)


def test_numerical_gradient_steps_by_h_to_either_side():
    seen = []
    delta_rule.numerical_gradient(lambda v: seen.append(float(v[0])) or 0.0, np.array([1]), h=0.25)
    assert sorted(seen) == [0.75, 1.25]
    assert delta_rule.numerical_gradient(lambda v: v[0] ** 3, np.array([0.0]), h=2.0) == [4.0]


@proved
@given(pairs)
def test_error_gradient_is_autograds(case):
    y, t = case
    got = delta_rule.error_gradient(y, t)
    assert np.shape(got) == y.shape
    want = elementwise_grad(lambda v: (v - t) ** 2)(y.astype(float))
    assert_allclose(got, want, rtol=1e-12)


@proved
@given(data)
def test_delta_rule_and_batch_gradient_are_autograds(case):
    x, w, t = case
    got = delta_rule.delta_rule(x[0], w, t[0])
    want = error_slope(w.astype(float), x[:1], t[:1])
    assert got.shape == w.shape
    assert_allclose(got, want, rtol=1e-9, atol=1e-14)
    got = delta_rule.batch_gradient(x, w, t)
    assert got.shape == w.shape
    assert_allclose(got, error_slope(w.astype(float), x, t), rtol=1e-9, atol=1e-14)
    numeric = delta_rule.numerical_gradient(lambda v: mean_error(v, x, t), w)
    assert_allclose(got, numeric, rtol=1e-6, atol=1e-9)


@proved
@given(pairs, st.sampled_from([0, 0.0, 0.3, 1, 5.0]))
def test_gradient_step_goes_against_the_gradient_in_a_new_array(case, learning_rate):
    w, gradient = case
    got = delta_rule.gradient_step(w, gradient, learning_rate)
    assert not np.shares_memory(got, w)
    assert np.asarray(got).dtype == np.float64
    assert np.shape(got) == w.shape
    assert_allclose(got, w + learning_rate * -1.0 * gradient, rtol=1e-12, atol=1e-14)


def batch_descent(x, w, t, learning_rate, iterations):
    """All weights and losses on the way, by autograd."""
    path, seen = [w.astype(float)], []
    for _ in range(iterations):
        seen.append(float(mean_error(path[-1], x, t)))
        path.append(path[-1] - learning_rate * error_slope(path[-1], x, t))
    return path, seen


@proved
@given(data, st.sampled_from([0.05, 0.3, 2]), st.integers(0, 12))
def test_train_neuron_follows_autograd(case, learning_rate, iterations):
    x, w, t = case
    path, seen = batch_descent(x, w, t, learning_rate, iterations)
    got, measured = delta_rule.train_neuron(x, w, t, learning_rate, iterations, tolerance=-1.0)
    assert_allclose(got, path[-1], rtol=1e-9, atol=1e-12)
    assert len(measured) == iterations
    assert_allclose(measured, seen, rtol=1e-9, atol=1e-14)
    assert all(type(loss) is float for loss in measured)


def test_train_neuron_stops_at_the_tolerance_without_another_update():
    path, seen = batch_descent(X, W, T, 0.5, 40)
    assert all(a > b for a, b in itertools.pairwise(seen))
    for tolerance, length in (
        (seen[0] + 1e-9, 1),
        ((seen[16] + seen[17]) / 2, 18),
        (seen[39] / 2, 40),
    ):
        w, measured = delta_rule.train_neuron(X, W, T, 0.5, 40, tolerance=tolerance)
        assert len(measured) == length
        assert_allclose(w, path[40 if length == 40 else length - 1], rtol=1e-9)
    exact = np.array([[0.0]])  # y = 1/2 whatever the weight: a loss of exactly 0 stops by itself
    assert delta_rule.train_neuron(exact, np.array([1]), np.array([0.5]), 1, 5)[1] == [0.0]


def test_training_composes_and_zero_iterations_change_nothing():
    for train in (delta_rule.train_neuron, delta_rule.train_neuron_online):
        w, none = train(X, W, T, 0.3, 0)
        assert (w.tolist(), none) == (W.tolist(), [])
        w2, first = train(X, W, T, 0.3, 2)
        w5, then = train(X, w2, T, 0.3, 3)
        w, together = train(X, W, T, 0.3, 5)
        assert_allclose(w5, w, rtol=1e-12)
        assert_allclose(first + then, together, rtol=1e-12)


@proved
@given(data, st.sampled_from([0.05, 0.3, 2]), st.integers(0, 4))
def test_train_neuron_online_follows_autograd(case, learning_rate, epochs):
    x, w, t = case
    got, measured = delta_rule.train_neuron_online(x, w, t, learning_rate, epochs)
    at, seen = w.astype(float), []
    for _ in range(epochs):
        errors = []
        for n in range(len(x)):
            errors.append(mean_error(at, x[n : n + 1], t[n : n + 1]))
            at = at - learning_rate * error_slope(at, x[n : n + 1], t[n : n + 1])
        seen.append(float(np.mean(errors)))
    assert_allclose(got, at, rtol=1e-9, atol=1e-12)
    assert_allclose(measured, seen, rtol=1e-9, atol=1e-14)
    assert all(type(loss) is float for loss in measured)


def test_one_neuron_cannot_learn_xor():
    x = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
    t = np.array([0, 1, 1, 0])
    _, seen = delta_rule.train_neuron(x, np.array([0.3, -0.2, 0.4]), t, 1.0, 3000)
    assert 0.25 <= seen[-1] < 0.2501
