"""Hidden checks of one neuron's forward pass."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import check, expect, no_warnings, numerical_gradient_of, raises

from ..inputs import BATCHES, Samples, matrices, neurons, vectors, whole_numbers

SHAPES = ((1,), (5,), (2, 3), (3, 3), (4, 1), (2, 1, 3))
SATURATED = np.array([30.0, -40.0, 100.0, -709.0, 711.0, -5000.0, 10_000.0, -10_000.0, 0.5])
TAILS = np.array([9.0, -9.0, 13.0, -13.0, 16.0, -16.0, 19.0, -19.0])
"""Where the sigmoid looks flat and is not yet, to nine decimals."""
PARTS = ["y", "e", "total_e"]
ONE_SAMPLE = Samples(np.array([[0.5, -1.2, 0.7]]), np.array([0.4, 0.9, -0.3]), np.array([0.3]))
ONE_INPUT = Samples(np.array([[1.0], [-0.5]]), np.array([0.7]), np.array([0.2, 0.9]))
SQUARE = Samples(np.array([[1.0, 0.5], [0.3, -1.4]]), np.array([0.4, -0.9]), np.array([1.0, 0.4]))
SURE = Samples(np.array([[1.4, 1.4], [-1.4, 1.4]]), np.array([2.0, 2.0]), np.array([0.0, 1.0]))
FAR = Samples(np.array([[-1.4, -1.4], [0.5, -1.0]]), np.array([2.0, 2.0]), np.array([1.0, 0.3]))
NINE = Samples(np.eye(9)[:, :2] + 0.5, np.array([0.3, -1.0]), np.linspace(0.0, 1.0, 9))
"""More samples than others have: some like to take their data in pieces of eight."""
WHOLE = Samples(np.array([[1, 2], [1, -1], [0, 3]]), np.array([1, -1]), np.array([0, 1, 1]))
# One argument alone is whole: who gives the dtype of one to another?
WHOLE_INPUTS = Samples(
    np.array([[1, 2], [1, -1], [2, 0]]), np.array([0.6, -0.7]), np.array([0.2, 0.9, 0.5])
)
WHOLE_WEIGHTS = Samples(
    np.array([[1.0, 0.4], [0.5, -1.3]]), np.array([1, -1]), np.array([0.3, 0.8])
)
WHOLE_TARGETS = Samples(
    np.linspace(-1.2, 1.2, 60).reshape(12, 5),
    np.array([0.4, -0.9, 0.3, 0.8, -0.5]),
    np.arange(12) % 2,
)
"""Also longer and wider than the others: some count to ten, or write out a few inputs."""


# --- sigmoid ---------------------------------------------------------------------------------


@check("sigmoid", points=2)
@given(a=matrices(SHAPES))
@example(a=np.array([[[1.5]]]))
def holds_in_any_shape(submission, reference, a):
    """Arrays of any shape give the right values."""
    expect(submission.sigmoid(a), reference.sigmoid(a))


@check("sigmoid")
@given(a=vectors((3, 4), -1, 1), scale=st.sampled_from((30, 800, 10_000)))
@example(a=np.array([1.0, -1.0, 0.5]), scale=10_000)
@example(a=np.append(SATURATED, TAILS), scale=1)  # who cuts the tails off?
def saturates_quietly(submission, reference, a, scale):
    """Large pre-activations of either sign, side by side, are right and give no warning."""
    with no_warnings(submission):
        got = submission.sigmoid(a * scale)
    expect(got, reference.sigmoid(a * scale))


@check("sigmoid")
@given(a=whole_numbers(SHAPES, -4, 4))
@example(a=np.array([1, -1, 0]))
@example(a=np.array([-800, 800]))
def holds_for_integers(submission, reference, a):
    """Integer arrays give the right values, without a warning."""
    with no_warnings(submission):
        got = submission.sigmoid(a)
    expect(got, reference.sigmoid(a))


@check("sigmoid")
@given(a=st.sampled_from((-2.5, -1, 0, 1, 3.25, 40.0)))
def holds_for_a_scalar(submission, reference, a):
    """A single number gives the right number."""
    expect(submission.sigmoid(a), float(reference.sigmoid(a)))


# --- sigmoid_derivative ----------------------------------------------------------------------


@check("sigmoid_derivative", points=2)
@given(a=matrices(SHAPES))
@example(a=np.array([[[1.5]]]))
def slope_holds_in_any_shape(submission, reference, a):
    """Arrays of any shape give the right slopes."""
    expect(submission.sigmoid_derivative(a), reference.sigmoid_derivative(a))


@check("sigmoid_derivative")
@given(a=vectors((3, 4), -8.0, 8.0))
@example(a=np.array([1.0, -2.0, 0.3]))
@example(a=np.append(TAILS, [6.0, -7.0, 0.3]))
def is_the_slope_of_the_sigmoid(submission, reference, a):
    """The slopes are what small changes of each pre-activation do to its sigmoid."""
    slope = numerical_gradient_of(lambda v: float(reference.sigmoid(v).sum()), a)
    expect(submission.sigmoid_derivative(a), slope)


@check("sigmoid_derivative")
@given(a=vectors((3, 4), -1, 1), scale=st.sampled_from((300, 800, 10_000)))
@example(a=np.array([1.0, -1.0, 0.5]), scale=10_000)
@example(a=np.append(SATURATED, [600.0, -600.0]), scale=1)  # e^600 is a number, its square is not
def flattens_quietly(submission, reference, a, scale):
    """Large pre-activations of either sign, side by side, are right and give no warning."""
    with no_warnings(submission):
        got = submission.sigmoid_derivative(a * scale)
    expect(got, reference.sigmoid_derivative(a * scale))


@check("sigmoid_derivative")
@given(a=whole_numbers(SHAPES, -4, 4))
@example(a=np.array([1, -1, 0]))
@example(a=np.array([-800, 800]))
def slope_holds_for_integers(submission, reference, a):
    """Integer arrays give the right slopes, without a warning."""
    with no_warnings(submission):
        got = submission.sigmoid_derivative(a)
    expect(got, reference.sigmoid_derivative(a))


@check("sigmoid_derivative")
@given(a=st.sampled_from((-2.5, -1, 0, 1, 3.25, 40.0)))
@example(a=1000)
def slope_holds_for_a_scalar(submission, reference, a):
    """A single number gives the right slope."""
    expect(submission.sigmoid_derivative(a), float(reference.sigmoid_derivative(a)))


# --- predict ---------------------------------------------------------------------------------


@check("predict", points=2)
@given(neuron=neurons())
@example(neuron=ONE_SAMPLE)
@example(neuron=ONE_INPUT)
@example(neuron=SQUARE)
@example(neuron=FAR)
@example(neuron=WHOLE_INPUTS)
@example(neuron=WHOLE_TARGETS)
def is_right_on_any_data(submission, reference, neuron):
    """Data of any size are predicted rightly, also square ones and single samples."""
    expect(submission.predict(neuron.x, neuron.w), reference.predict(neuron.x, neuron.w))


@check("predict")
@given(neuron=neurons(BATCHES), bias=st.sampled_from((0.0, 2.0, -0.5)))
@example(neuron=SQUARE, bias=2.0)
@example(neuron=SQUARE, bias=-0.5)
def bias_input_is_taken_as_it_is(submission, reference, neuron, bias):
    """The bias input need not be 1: whatever the first column holds is multiplied by w[0]."""
    x = neuron.x.copy()
    x[:, 0] = bias
    expect(submission.predict(x, neuron.w), reference.predict(x, neuron.w))


@check("predict")
@given(neuron=neurons(BATCHES))
@example(neuron=SQUARE)
@example(neuron=WHOLE)
def inputs_and_weights_move_together(submission, reference, neuron):
    """Reordering inputs with their weights changes nothing; samples move their predictions.

    Among the data are whole numbers, for whoever takes a dtype from them.
    """
    x, w, _ = neuron
    want = reference.predict(x, w)
    expect(submission.predict(x[:, ::-1], w[::-1]), want)
    expect(submission.predict(x[::-1], w), want[::-1])


# --- forward_pass ----------------------------------------------------------------------------


@check("forward_pass", points=2)
@given(neuron=neurons())
@example(neuron=ONE_SAMPLE)
@example(neuron=ONE_INPUT)
@example(neuron=SQUARE)
@example(neuron=WHOLE)
@example(neuron=WHOLE_INPUTS)
@example(neuron=WHOLE_WEIGHTS)
def squared_errors_are_right(submission, reference, neuron):
    """Predictions, squared errors and their mean are right on data of any size."""
    expect(submission.forward_pass(*neuron), reference.forward_pass(*neuron), names=PARTS)


@check("forward_pass", points=2)
@given(neuron=neurons())
@example(neuron=ONE_SAMPLE)
@example(neuron=ONE_INPUT)
@example(neuron=SQUARE)
@example(neuron=WHOLE)
@example(neuron=SURE)
def cross_entropies_are_right(submission, reference, neuron):
    """With "bce" predictions, errors and their mean are right, also for soft targets."""
    got = submission.forward_pass(*neuron, loss="bce")
    expect(got, reference.forward_pass(*neuron, loss="bce"), rtol=1e-5, names=PARTS)


@check("forward_pass")
@given(neuron=neurons(BATCHES), loss=st.sampled_from(("mse", "bce")))
@example(neuron=SQUARE, loss="bce")
@example(neuron=NINE, loss="mse")
@example(neuron=WHOLE_TARGETS, loss="bce")
def samples_commute(submission, reference, neuron, loss):
    """Reordering the samples reorders predictions and errors, and leaves the total."""
    x, w, t = neuron
    y, e, total = reference.forward_pass(x, w, t, loss=loss)
    got = submission.forward_pass(x[::-1], w, t[::-1], loss=loss)
    expect(got, (y[::-1], e[::-1], total), rtol=1e-5, names=PARTS)


@check("forward_pass")
@given(loss=st.sampled_from(("absolute", "rmse", "bce_of_logits")))
@example(loss="ms")  # a part of a name
def knows_two_losses_only(submission, loss):
    """Any other loss raises ValueError, also for a single sample."""
    with raises(ValueError):
        submission.forward_pass(*ONE_SAMPLE, loss=loss)
