"""The reference as a whole, its losses and its neuron, proved against scipy and autograd.

All arguments are read-only, so a function that changes one fails; warnings are errors, so one that
overflows fails too.
"""

import doctest
import inspect
import math

import numpy as np
import pytest
from autograd import elementwise_grad
from autograd.scipy.special import expit
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from reference_inputs import (
    MODULES,
    T,
    W,
    X,
    data,
    frozen,
    numbers,
    probabilities,
    proved,
    shapes,
    sizes,
)
from scipy import special

COURSE = {
    "losses": {
        "one_hot": "labels, num_classes",
        "softmax": "logits",
        "mean_squared_error": "y, t",
        "cross_entropy": f"y, t, base={math.e}",
        "binary_cross_entropy": "y, t",
    },
    "neuron": {
        "sigmoid": "a",
        "sigmoid_derivative": "a",
        "predict": "x, w",
        "forward_pass": "x, w, t, loss='mse'",
    },
    "delta_rule": {
        "numerical_gradient": "f, w, h=1e-05",
        "error_gradient": "y, t",
        "delta_rule": "x, w, t",
        "batch_gradient": "x, w, t",
        "gradient_step": "w, gradient, learning_rate",
        "train_neuron": "x, w, t, learning_rate, iterations, tolerance=0.0",
        "train_neuron_online": "x, w, t, learning_rate, epochs",
    },
    "backprop": {
        "forward": "x, layers",
        "network_error": "y, t",
        "backward": "activations, layers, t",
        "update": "layers, gradients, learning_rate",
        "softmax_cross_entropy_gradient": "logits, t",
    },
    "xor": {
        "initialize": "sizes, seed",
        "train": "x, t, layers, learning_rate, iterations",
        "classify": "x, layers",
        "solve_xor": "seed",
        "hidden_features": "x, layers",
        "count_layers": "layers",
        "count_parameters": "layers",
        "merge_linear": "layers",
        "staircase": "edges, heights",
    },
}
SECTIONS = ("Args:", "Returns:", "Raises:", "What must hold:", "Example:", "Source:")


losses, neuron = MODULES["losses"], MODULES["neuron"]
RAISING = {
    "one_hot",
    "mean_squared_error",
    "cross_entropy",
    "binary_cross_entropy",
    "forward_pass",
}


# The course


@pytest.mark.parametrize(("name", "functions"), COURSE.items())
def test_functions_and_parameters_are_the_contract(name, functions):
    for function, parameters in functions.items():
        signature = inspect.signature(getattr(MODULES[name], function))
        assert str(signature) == f"({parameters})"


@pytest.mark.parametrize("name", COURSE)
def test_worked_examples_are_right(name):
    result = doctest.testmod(MODULES[name])
    assert result.failed == 0
    assert result.attempted >= len(COURSE[name])


@pytest.mark.parametrize(
    ("module", "function"), [(m, f) for m, functions in COURSE.items() for f in functions]
)
def test_docstrings_are_complete_and_in_order(module, function):
    text = inspect.getdoc(getattr(MODULES[module], function))
    found = [line for line in text.splitlines() if line in SECTIONS]
    assert found == [s for s in SECTIONS if s != "Raises:" or function in RAISING]
    assert text.splitlines()[0].endswith(".")
    assert ">>> " in text


# losses


@proved
@given(
    st.integers(1, 6).flatmap(
        lambda k: st.tuples(
            arrays(np.int64, st.integers(1, 6), elements=st.integers(0, k - 1)), st.just(k)
        )
    )
)
def test_one_hot_marks_the_label_alone(case):
    labels, num_classes = frozen(case[0]), case[1]
    got = losses.one_hot(labels, num_classes)
    assert got.dtype == np.float64
    want = [[float(k == label) for k in range(num_classes)] for label in labels.tolist()]
    assert got.tolist() == want


@pytest.mark.parametrize("labels", [[-1], [3], [0, 1, 3], [2, -3]])
def test_one_hot_refuses_labels_outside_the_classes(labels):
    with pytest.raises(ValueError, match="labels must lie in"):
        losses.one_hot(np.array(labels), 3)


@proved
@given(
    st.one_of(st.tuples(sizes), st.tuples(sizes, sizes)).flatmap(
        lambda shape: st.one_of(numbers(shape, -10_000, 10_000), numbers(shape))
    )
)
def test_softmax_is_scipys(logits):
    got = losses.softmax(logits)
    assert got.shape == logits.shape
    assert got.dtype == np.float64
    assert_allclose(got, special.softmax(logits, axis=-1), rtol=1e-12, atol=1e-300)
    assert_allclose(got.sum(axis=-1), 1, rtol=1e-12)


@proved
@given(sizes.flatmap(lambda n: st.tuples(numbers(n), numbers(n))))
def test_mean_squared_error_is_the_mean_of_squares(case):
    y, t = case
    got = losses.mean_squared_error(y, t)
    assert type(got) is float
    want = math.fsum((a - b) ** 2 for a, b in zip(y.tolist(), t.tolist(), strict=True)) / len(y)
    assert got == pytest.approx(want, rel=1e-12, abs=1e-300)


@proved
@given(
    st.tuples(sizes, sizes).flatmap(lambda s: st.tuples(probabilities(s), probabilities(s))),
    st.sampled_from([None, 2, 10, 3.5]),
)
def test_cross_entropy_is_scipys(case, base):
    y, t = case
    got = losses.cross_entropy(y, t) if base is None else losses.cross_entropy(y, t, base=base)
    assert type(got) is float
    want = -special.xlogy(t, y).sum() / len(y) / math.log(base or math.e)
    assert got == pytest.approx(want, rel=1e-12, abs=1e-12)


@proved
@given(sizes.flatmap(lambda n: st.tuples(probabilities(n), probabilities(n))))
def test_binary_cross_entropy_is_scipys(case):
    y, t = case
    got = losses.binary_cross_entropy(y, t)
    assert type(got) is float
    want = -(special.xlogy(t, y) + special.xlog1py(1 - t, -y.astype(float))).mean()
    assert got == pytest.approx(want, rel=1e-12, abs=1e-12)


def test_edges_of_the_logarithm():
    certain = np.array([[1, 0], [0, 1]])
    perfect = losses.cross_entropy(certain, certain)
    assert (perfect, math.copysign(1, perfect)) == (0.0, 1.0)
    assert losses.cross_entropy(certain, 1 - certain) == math.inf
    assert losses.cross_entropy(np.array([[0, 0.5]]), np.array([[0.5, 0.5]])) == math.inf
    assert losses.binary_cross_entropy(np.array([0, 1]), np.array([0, 1])) == 0.0
    assert losses.binary_cross_entropy(np.array([0, 1]), np.array([0, 0])) == math.inf
    assert losses.binary_cross_entropy(np.array([0.0]), np.array([1e-3])) == math.inf


def test_numbers_of_the_slides():
    y, t = np.array([[0.01, 0.97, 0.02]]), np.array([[1.0, 0.0, 0.0]])
    assert losses.mean_squared_error(y[0, :1], t[0, :1]) == pytest.approx(0.9801, rel=1e-12)
    assert losses.cross_entropy(y, t, base=2) == pytest.approx(6.643856189774724, rel=1e-12)
    assert losses.cross_entropy(y, t) == pytest.approx(4.605170185988091, rel=1e-12)


@pytest.mark.parametrize("name", ["mean_squared_error", "cross_entropy", "binary_cross_entropy"])
@pytest.mark.parametrize("shape", [(3, 1), (1,), (1, 3), (2, 3), ()])
def test_losses_refuse_to_broadcast(name, shape):
    y = np.full((3, 3) if name == "cross_entropy" else 3, 0.5)
    loss = getattr(losses, name)
    for arguments in ((y, np.full(shape, 0.5)), (np.full(shape, 0.5), y)):
        with pytest.raises(ValueError, match="one shape"):
            loss(*arguments)


# neuron


@proved
@given(shapes.flatmap(lambda s: st.one_of(numbers(s, -10_000, 10_000), numbers(s, -40, 40))))
def test_sigmoid_and_derivative_are_scipys_and_autograds(a):
    y, slope = neuron.sigmoid(a), neuron.sigmoid_derivative(a)
    assert np.shape(y) == np.shape(slope) == a.shape
    # scipy underflows to subnormal numbers at another place than exp does.
    assert_allclose(y, special.expit(a), rtol=1e-12, atol=1e-300)
    assert_allclose(slope, elementwise_grad(expit)(a.astype(float)), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("a", [0, 2, -1.5, 10_000, -10_000, 1e4, -1e4, np.float64(3)])
def test_sigmoid_takes_scalars(a):
    assert np.shape(neuron.sigmoid(a)) == np.shape(neuron.sigmoid_derivative(a)) == ()
    assert_allclose(neuron.sigmoid(a), special.expit(float(a)), rtol=1e-12)
    assert_allclose(
        neuron.sigmoid_derivative(a), special.expit(float(a)) * special.expit(-float(a)), rtol=1e-12
    )


@pytest.mark.parametrize("name", ["neuron", "delta_rule", "backprop", "xor"])
def test_every_sigmoid_is_the_same(name):
    a = np.concatenate([np.linspace(-40, 40, 321), [-1e4, 1e4]])
    assert_allclose(MODULES[name].sigmoid(a), special.expit(a), rtol=1e-12, atol=1e-15)


@proved
@given(data)
def test_predict_and_forward_pass(case):
    x, w, t = case
    want = special.expit(x.astype(float) @ w)
    assert_allclose(neuron.predict(x, w), want, rtol=1e-12)
    for loss, errors in (
        ("mse", (want - t) ** 2),
        (
            "bce",
            -special.xlogy(t, want) - special.xlogy(1 - t, special.expit(-(x @ w).astype(float))),
        ),
    ):
        y, e, total_e = neuron.forward_pass(x, w, t, loss=loss)
        assert_allclose(y, want, rtol=1e-12)
        assert_allclose(e, errors, rtol=1e-9, atol=1e-12)
        assert type(total_e) is float
        assert total_e == pytest.approx(errors.mean(), rel=1e-9, abs=1e-12)
    assert_array_equal(neuron.forward_pass(x, w, t)[1], neuron.forward_pass(x, w, t, "mse")[1])


def test_forward_pass_keeps_the_edge_rules():
    x, w = np.array([[1.0], [-1.0]]), np.array([10_000])
    _, right, _ = neuron.forward_pass(x, w, np.array([1, 0]), "bce")
    _, wrong, total_e = neuron.forward_pass(x, w, np.array([0, 1]), "bce")
    assert right.tolist() == [0, 0]
    assert min(wrong) > 10
    assert total_e > 10


@pytest.mark.parametrize("loss", ["", "MSE", "cross_entropy", None])
def test_forward_pass_refuses_other_losses(loss):
    with pytest.raises(ValueError, match="loss must be"):
        neuron.forward_pass(X, W, T, loss=loss)
