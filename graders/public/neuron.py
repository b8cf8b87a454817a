"""What a student can check about one neuron's forward pass."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import (
    Array,
    Function,
    Number,
    check,
    demand,
    expect,
    no_warnings,
    raises,
)

from ..inputs import LECTURE_T, LECTURE_W, LECTURE_X, Samples, matrices, neurons, vectors

check = partial(check, examples=12)  # a student waits for these; graders have time for more

TITLE = "One neuron, forward"


def _like(a):
    """A result of the shape of ``a``, be it an array or a single number."""
    return Array(*np.shape(a)) if np.ndim(a) else Number()


FUNCTIONS = (
    Function("sigmoid", points=5, returns=_like),
    Function("sigmoid_derivative", points=5, returns=_like),
    Function("predict", points=4, returns=lambda x, w: Array(len(x))),
    Function(
        "forward_pass",
        points=6,
        returns=lambda x, w, t, loss="mse": (Array(len(x)), Array(len(x)), Number()),
    ),
)

RELATED = {"rtol": 1e-5, "atol": 1e-8}
"""For relations between several results of one submission: each may be off by its tolerance."""
EXTREMES = np.array([-10_000.0, -1000.0, -750.0, 0.0, 750.0, 1000.0, 10_000.0])
SLOPES = {0: 0.25, 1: 0.19661193324148185, 2: 0.10499358540350649, -2: 0.10499358540350649}
LECTURE_Y = np.array([0.668187772168, 0.880797077978, 0.475020812521, 0.802183888559])
LECTURE_SQUARED = np.array([0.446474898875, 0.775803492574, 0.225644772328, 0.039131213946])
LECTURE_BCE = np.array([1.103186048885, 2.126928011043, 0.644396660074, 0.220417409918])


def _log_odds(y: np.ndarray) -> np.ndarray:
    demand(((y > 0) & (y < 1)).all(), "every value lies between 0 and 1", got=y)
    return np.log(y / (1 - y))


# --- sigmoid ---------------------------------------------------------------------------------


@check("sigmoid", hint="Which operation does Python do first in 1/1+x?")
def shows_known_values(submission):
    """At 0 the sigmoid is 1/2; at log 3 it is 3/4, and at −log 3 it is 1/4."""
    a = np.array([0.0, np.log(3), -np.log(3)])
    expect(submission.sigmoid(a), np.array([0.5, 0.75, 0.25]))


@check("sigmoid", hint="Solve y = σ(a) for a.")
@given(a=vectors())
@example(a=np.array([1.0, -2.0]))
def log_odds_give_the_input_back(submission, a):
    """The logarithm of y / (1 − y) is the pre-activation that y came from."""
    expect(_log_odds(submission.sigmoid(a)), a, **RELATED, label="log(y / (1 − y))")


@check("sigmoid")
@given(a=matrices())
@example(a=np.array([[2.0]]))
def mirrors_around_one_half(submission, a):
    """The sigmoid of −a is 1 minus the sigmoid of a, for arrays of any shape."""
    expect(submission.sigmoid(-a), 1 - submission.sigmoid(a), **RELATED)


@check("sigmoid", hint="exp of a large number overflows; can you avoid such an exponent?")
def stands_extremes(submission):
    """Pre-activations as large as ±10,000 give 0 or 1, without a warning."""
    with no_warnings(submission):
        y = submission.sigmoid(EXTREMES)
    expect(y, np.array([0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0]))


@check("sigmoid")
def takes_one_number(submission):
    """A single number gives a single number, and an extreme one gives no warning."""
    expect(submission.sigmoid(0.0), 0.5)
    with no_warnings(submission):
        expect(submission.sigmoid(-1000.0), 0.0)
        expect(submission.sigmoid(1000.0), 1.0)


@check(
    "sigmoid", hint="An array made like another keeps its dtype, and that may hold no fractions."
)
def takes_whole_numbers(submission):
    """Integers give the same as the equal floats."""
    whole = np.array([[-2, -1], [0, 3]])
    expect(submission.sigmoid(whole), submission.sigmoid(whole.astype(np.float64)), **RELATED)
    expect(submission.sigmoid(np.array([0])), np.array([0.5]))


# --- sigmoid_derivative ----------------------------------------------------------------------


@check("sigmoid_derivative", hint="The argument is the pre-activation a, not y = σ(a).")
def shows_known_slopes(submission):
    """The slope at 0 is 1/4, at log 3 and −log 3 it is 3/16, and at 2 it is 0.1050."""
    a = np.array([0.0, np.log(3), -np.log(3), 2.0])
    expect(submission.sigmoid_derivative(a), np.array([0.25, 0.1875, 0.1875, SLOPES[2]]))


@check("sigmoid_derivative", hint="Which of the chain's factors is missing, or there twice?")
@given(a=vectors())
@example(a=np.array([1.0, -2.0]))
@example(a=np.array([3.0, -2.5]))  # who cuts the tails off?
def reciprocal_is_a_sum_of_exponentials(submission, a):
    """One over the slope at a is 2 + exp(a) + exp(−a)."""
    slope = submission.sigmoid_derivative(a)
    demand((slope > 0).all(), "the sigmoid rises everywhere: its slope is above 0", got=slope)
    expect(1 / slope, 2 + np.exp(a) + np.exp(-a), **RELATED, label="one over the slope")


@check("sigmoid_derivative")
@given(a=matrices())
@example(a=np.array([[1.0, 2.0], [-0.5, 3.0]]))
def same_slope_on_both_sides(submission, a):
    """The slope at −a is the slope at a, for arrays of any shape."""
    expect(submission.sigmoid_derivative(-a), submission.sigmoid_derivative(a), **RELATED)


@check("sigmoid_derivative", hint="Infinity over infinity is nan; which form never gets there?")
def is_flat_at_extremes(submission):
    """At pre-activations as large as ±10,000 the slope is 0, without a warning."""
    with no_warnings(submission):
        slope = submission.sigmoid_derivative(EXTREMES)
    expect(slope, np.array([0.0, 0.0, 0.0, 0.25, 0.0, 0.0, 0.0]))


@check("sigmoid_derivative")
def takes_a_single_number(submission):
    """A single number gives a single number, and an extreme one gives no warning."""
    expect(submission.sigmoid_derivative(0.0), 0.25)
    expect(submission.sigmoid_derivative(2.0), SLOPES[2])
    with no_warnings(submission):
        expect(submission.sigmoid_derivative(-1000.0), 0.0)


@check("sigmoid_derivative")
def takes_integers(submission):
    """Integers give the same as the equal floats."""
    whole = np.array([[0, 1], [2, -2]])
    expect(submission.sigmoid_derivative(whole), np.reshape(list(SLOPES.values()), (2, 2)))


# --- predict ---------------------------------------------------------------------------------


@check("predict")
def predicts_the_lecture_points(submission):
    """The lecture's four points and weights give 0.668, 0.881, 0.475 and 0.802."""
    expect(submission.predict(LECTURE_X, LECTURE_W), LECTURE_Y)


@check("predict", hint="The bias is one of the weights, and its input is one of the columns.")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[2.0, 1.0]]), np.array([0.5, -0.3]), np.array([0.0])))
def log_odds_are_the_weighted_sum(submission, neuron):
    """The log odds of each prediction are the sum of inputs times weights, and nothing else."""
    x, w, _ = neuron
    expect(_log_odds(submission.predict(x, w)), x @ w, **RELATED, label="log(y / (1 − y))")


@check("predict")
@given(x=matrices(low=-1, high=1))
@example(x=np.array([[1.0, 0.5], [1.0, -0.5], [1.0, 2.0]]))
def is_undecided_without_weights(submission, x):
    """With all weights 0 every prediction is 1/2."""
    expect(submission.predict(x, np.zeros(x.shape[1])), np.full(len(x), 0.5))


@check("predict", hint="What must be reset, and what must not, before the next sample?")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[1.0, 0.5], [1.0, -0.5]]), np.array([0.3, 1.0]), np.zeros(2)))
@example(neuron=Samples(np.eye(9)[:, :2] + 1, np.array([0.3, -1.0]), np.zeros(9)))
def samples_are_predicted_alone(submission, neuron):
    """The prediction of a sample does not depend on the samples around it."""
    x, w, _ = neuron
    alone = [submission.predict(x[n : n + 1], w)[0] for n in range(len(x))]
    expect(submission.predict(x, w), np.array(alone), **RELATED)


# --- forward_pass ----------------------------------------------------------------------------


@check("forward_pass")
def agrees_with_the_first_listing(submission):
    """The lecture's four points have the mean squared error 0.3718."""
    expect(
        submission.forward_pass(LECTURE_X, LECTURE_W, LECTURE_T),
        (LECTURE_Y, LECTURE_SQUARED, float(LECTURE_SQUARED.mean())),
        names=["y", "e", "total_e"],
    )


@check("forward_pass")
def agrees_with_the_second_listing(submission):
    """The lecture's four points have the binary cross-entropy 1.0237."""
    expect(
        submission.forward_pass(LECTURE_X, LECTURE_W, LECTURE_T, loss="bce"),
        (LECTURE_Y, LECTURE_BCE, float(LECTURE_BCE.mean())),
        rtol=1e-5,
        names=["y", "e", "total_e"],
    )


@check("forward_pass")
@given(neuron=neurons(), loss=st.sampled_from(("mse", "bce")))
@example(neuron=Samples(np.array([[2.0, 1.0]]), np.array([0.5, -0.3]), np.array([0.0])), loss="mse")
def predictions_ignore_the_target(submission, neuron, loss):
    """The log odds of y are the weighted sums, whatever the targets and the loss."""
    x, w, t = neuron
    y, _, _ = submission.forward_pass(x, w, t, loss=loss)
    expect(_log_odds(y), x @ w, **RELATED, label="log(y / (1 − y))")


@check("forward_pass")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[1.0, 1.0]]), np.array([0.5, -0.3]), np.array([1.0])))
@example(neuron=Samples(np.array([[1.0, 1.0]]), np.array([0.5, -0.3]), np.array([0.4])))
def squares_each_error(submission, neuron):
    """With "mse", which is the default, the error of a sample is the square of y − t."""
    y, e, _ = submission.forward_pass(*neuron)
    expect(e, (y - neuron.t.astype(y.dtype)) ** 2, **RELATED, label="e")
    named = submission.forward_pass(*neuron, loss="mse")
    expect(named[1], e, **RELATED, label='e with loss="mse"')


@check("forward_pass", hint="Mind the minus signs: one for each of the two terms.")
@given(neuron=neurons(soft=False))
@example(neuron=Samples(np.array([[1.0, 1.0]]), np.array([0.5, -0.3]), np.array([0.0])))
@example(neuron=Samples(np.array([[1.4, 1.4]]), np.array([2.0, 2.0]), np.array([0.0])))
def surprise_is_a_logarithm(submission, neuron):
    """With "bce" and a target of 0 or 1, exp(−e) is the probability given to the target."""
    y, e, _ = submission.forward_pass(*neuron, loss="bce")
    expect(np.exp(-e), np.where(neuron.t == 1, y, 1 - y), **RELATED, label="exp(−e)")


@check("forward_pass", hint="A target is a weight between 0 and 1, not a name.")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[1.0, 1.0]]), np.array([0.5, -0.3]), np.array([0.2])))
def soft_targets_mix_surprises(submission, neuron):
    """With "bce" a target of t costs t times what 1 costs, and 1 − t times what 0 costs."""
    x, w, t = neuron
    _, for_one, _ = submission.forward_pass(x, w, np.ones(len(x)), loss="bce")
    _, for_zero, _ = submission.forward_pass(x, w, np.zeros(len(x)), loss="bce")
    _, e, _ = submission.forward_pass(x, w, t, loss="bce")
    t = t.astype(for_one.dtype)
    expect(e, t * for_one + (1 - t) * for_zero, rtol=3e-5, atol=3e-8, label="e")


@check("forward_pass", hint="The error of the batch is not the error of its last sample.")
@given(neuron=neurons(), loss=st.sampled_from(("mse", "bce")))
@example(neuron=Samples(LECTURE_X[:3], LECTURE_W, LECTURE_T[:3]), loss="mse")
def total_is_the_mean(submission, neuron, loss):
    """The total error is the mean of the samples' errors."""
    _, e, total = submission.forward_pass(*neuron, loss=loss)
    expect(total, e.mean(), **RELATED, label="total_e")


@check("forward_pass")
@given(loss=st.sampled_from(("mae", "hinge")))
def refuses_an_unknown_loss(submission, loss):
    """A loss other than "mse" and "bce" raises ValueError."""
    with raises(ValueError):
        submission.forward_pass(LECTURE_X, LECTURE_W, LECTURE_T, loss=loss)
