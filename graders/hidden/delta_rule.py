"""Hidden checks of gradients of one neuron and of its training."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import check, demand, expect, numerical_gradient_of

from ..inputs import (
    BATCHES,
    LECTURE_T,
    LECTURE_W,
    LECTURE_X,
    Predictions,
    Samples,
    arrays,
    learning_rates,
    matrices,
    neurons,
    regressions,
    whole_numbers,
)
from ._calm import (
    Training,
    calm_single_samples,
    calm_trainings,
    first_small_loss,
    stopping_trainings,
)

EXACTLY = {"rtol": 1e-9, "atol": 1e-9}
"""Trajectories from one start agree to this, or one of the two is wrong."""
LECTURE = Samples(LECTURE_X, LECTURE_W, LECTURE_T)
ONE_SAMPLE = Samples(np.array([[0.5, -1.2, 0.7]]), np.array([0.4, 0.9, -0.3]), np.array([0.3]))
ONE_INPUT = Samples(np.array([[1.0], [-0.5]]), np.array([0.7]), np.array([0.2, 0.9]))
SQUARE = Samples(np.array([[1.0, 0.5], [0.3, -1.4]]), np.array([0.4, -0.9]), np.array([1.0, 0.4]))
FAR = Samples(np.array([[-1.4, -1.4], [0.5, -1.0]]), np.array([2.0, 2.0]), np.array([1.0, 0.3]))
NINE = Samples(np.eye(9)[:, :2] + 0.5, np.array([0.3, -1.0]), np.linspace(0.1, 0.9, 9))
"""More samples than others have: some like to take their data in pieces of eight."""
SILENT = Samples(np.array([[1.0, 0.0]]), np.array([0.4, -0.9]), np.array([1.0]))
MANY = Samples(
    np.column_stack(
        [np.ones(12), [7.0, 0.0, 0.2, -1.5, -0.8, 0.3, -8.0, -1.4, -0.8, 1.8, 1.1, 0.6]],
    ),
    np.array([1, 2]),
    np.array([0.3, 0.2, 0.2, 0.2, 0.5, 0.6, 1.0, 0.8, 0.5, 0.9, 0.3, 0.4]),
)
"""More than ten samples, one of them twice; whole weights; y up to 3e-7 from 0 and from 1, where a
cut at 1e-7 is not yet felt. At the rate 5 the loss rises once and falls again."""
FORTY = Samples(
    np.column_stack([np.ones(40), np.linspace(-2.0, 2.0, 40)]),
    np.array([0.5, -1.0]),
    np.linspace(0.1, 0.9, 40) ** 2,
)
"""More samples than anybody's usual batch of 32."""
NEARLY = Samples(
    np.array([[1.0, 0.5], [1.0, -1.0], [1.0, 2.0]]),
    np.array([0.3, -0.8]),
    np.array([0.47512, 0.75016, 0.21437]),
)
"""Targets within 2e-4 of the predictions: a mean error of 2e-8, which is not yet 0."""
WIDE = Samples(
    np.array([[1, 40], [1, -25], [0, 3], [2, 11]]),
    np.array([0.5, -0.02]),
    np.array([0.3, 0.9, 0.4, 0.2]),
)
"""Whole inputs beside weights and targets with fractions; large, and so are the gradients."""
WHOLE = Samples(np.array([[1, 2], [1, -1], [0, 1]]), np.array([1, -1]), np.array([0, 1, 1]))
XOR_X = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
XOR_T = np.array([0, 1, 1, 0])


def _tolerance(f, w: np.ndarray) -> dict[str, float]:
    return {"rtol": 1e-6, "atol": 1e-8 * max(1.0, abs(f(w)))}


# --- numerical_gradient ----------------------------------------------------------------------


@check("numerical_gradient", points=2)
@given(
    w=matrices(((4,), (2, 3), (3, 3), (2, 1, 2), (1,))),
    h=st.sampled_from((1e-5, 1e-3, 0.1)),
)
@example(w=np.array([[1.0, -2.0, 0.5], [2.0, 1.0, -1.0]]), h=1e-3)
@example(w=np.array([0.5]), h=0.1)
@example(w=np.array([[1.0, -2.0, 0.5], [2.0, 1.0, -1.0]]), h=1e-5)  # as before, with another f
def agrees_on_curved_functions(submission, w, h):
    """Sines, exponentials and products of all entries have the central differences of step h."""
    weights = np.arange(1.0, w.size + 1).reshape(w.shape) / w.size

    def f(v):
        v = np.reshape(v, w.shape)
        return float((weights * np.sin(v)).sum() + np.exp((weights * v).sum() / 4))

    expect(
        submission.numerical_gradient(f, w, h=h), numerical_gradient_of(f, w, h), **_tolerance(f, w)
    )


@check("numerical_gradient")
@given(w=arrays((3, 2)))
@example(w=np.array([[1.0, -2.0], [0.5, 2.0], [1.5, -1.0]]))
def keeps_the_shape_for_the_function(submission, w):
    """A function of a matrix is given matrices, as often as needed and no more."""
    a = np.array([[1.0, -0.5, 2.0], [0.0, 1.5, -1.0]])
    calls = []

    def f(v):
        calls.append(np.shape(v))
        return float(((a @ np.asarray(v)) ** 2).sum() / 2)

    got = submission.numerical_gradient(f, w)
    demand(set(calls) <= {w.shape}, "f is given arrays of the shape of w", got=calls[:1])
    demand(
        len(calls) <= 2 * w.size + 1, f"f is called at most 2·{w.size} + 1 times", got=len(calls)
    )
    expect(got, a.T @ a @ w, **_tolerance(f, w))


@check("numerical_gradient")
@given(w=whole_numbers(((2, 3),)))
@example(w=np.array([[1, -2, 0], [2, 1, -1]]))
def differentiates_at_whole_numbers(submission, w):
    """A matrix of integers has a gradient with fractions."""

    def f(v):
        v = np.reshape(v, w.shape)
        return float(np.sin(v).sum() + (v * v[::-1]).sum() / 4)

    expect(submission.numerical_gradient(f, w), np.cos(w) + w[::-1] / 2, **_tolerance(f, w))


# --- error_gradient --------------------------------------------------------------------------


@check("error_gradient", points=2)
@given(batch=regressions((1, 2, 4)))
@example(batch=Predictions(np.array([0.7]), np.array([1.0])))
@example(batch=Predictions(np.array([1, 0, 3]), np.array([0, 0, 1])))
@example(batch=Predictions(np.array([0.25, 0.5]), np.array([1, 0])))
@example(batch=Predictions(np.array([0.123456, 0.5]), np.array([0.98765, 0.25])))  # who rounds?
@example(
    batch=Predictions(np.array([[0.5004, 0.5, 0.75]] * 4), np.array([[0.5, 0.500003, -30.0]] * 4))
)  # a matrix; slopes small and large
def is_right_for_each_prediction(submission, reference, batch):
    """Every prediction has its own slope, also where there is one only, or whole numbers."""
    expect(submission.error_gradient(*batch), reference.error_gradient(*batch))


@check("error_gradient")
@given(batch=regressions())
@example(batch=Predictions(np.array([1.0, 0.5]), np.array([0.0, 2.0])))
@example(batch=Predictions(np.array([0.25, 0.5]), np.array([1, 0])))
def changes_sign_with_the_error(submission, reference, batch):
    """Exchanging predictions and targets turns the sign, and equal ones have no slope."""
    expect(submission.error_gradient(batch.t, batch.y), -reference.error_gradient(*batch))
    expect(submission.error_gradient(batch.t, batch.t), np.zeros(len(batch.t)))


# --- delta_rule ------------------------------------------------------------------------------


@check("delta_rule", points=2)
@given(neuron=neurons())
@example(neuron=ONE_SAMPLE)
@example(neuron=ONE_INPUT)
@example(neuron=SQUARE)
@example(neuron=FAR)
@example(neuron=SILENT)
@example(neuron=MANY._replace(w=np.array([1.0, 2.0])))
def is_right_for_any_sample(submission, reference, neuron):
    """Samples of any size, with soft targets and silent inputs too, have the right gradient."""
    x, w, t = neuron.x[0], neuron.w, float(neuron.t[0])
    expect(submission.delta_rule(x, w, t), reference.delta_rule(x, w, t))


@check("delta_rule")
@given(
    both=whole_numbers(((2, 2), (2, 3)), -1, 1),
    t=st.integers(0, 1),
)
@example(both=np.array([[1, -1, 1], [1, 1, -1]]), t=1)
@example(both=(WIDE.x[0], WIDE.w), t=0.3)  # one of the two whole, and large
def is_right_for_integers(submission, reference, both, t):
    """Whole numbers have the same gradient as the equal floats."""
    expect(submission.delta_rule(both[0], both[1], t), reference.delta_rule(both[0], both[1], t))


# --- batch_gradient --------------------------------------------------------------------------


@check("batch_gradient", points=2)
@given(neuron=neurons())
@example(neuron=ONE_SAMPLE)
@example(neuron=ONE_INPUT)
@example(neuron=SQUARE)
@example(neuron=FAR)
@example(neuron=WIDE._replace(x=WIDE.x.astype(np.float64)))
def is_right_for_any_batch(submission, reference, neuron):
    """Batches of any size have the right gradient, also square ones and one sample."""
    expect(submission.batch_gradient(*neuron), reference.batch_gradient(*neuron))


@check("batch_gradient")
@given(neuron=neurons(BATCHES))
@example(neuron=SQUARE)
@example(neuron=MANY)
@example(neuron=FORTY)
def twice_the_samples_change_nothing(submission, reference, neuron):
    """Giving every sample twice, or in another order, leaves the gradient as it is."""
    x, w, t = neuron
    want = reference.batch_gradient(x, w, t)
    expect(submission.batch_gradient(np.concatenate([x, x]), w, np.concatenate([t, t])), want)
    expect(submission.batch_gradient(x[::-1], w, t[::-1]), want)


@check("batch_gradient")
@given(neuron=neurons(BATCHES))
@example(neuron=SQUARE)
@example(neuron=WHOLE)
@example(neuron=WHOLE._replace(w=np.array([0.5, -1.0]), t=np.array([0.2, 1.0, 0.7])))
def inputs_commute(submission, reference, neuron):
    """Reordering the inputs, whole numbers too, with their weights reorders the gradient."""
    x, w, t = neuron
    expect(
        submission.batch_gradient(x[:, ::-1], w[::-1], t),
        reference.batch_gradient(x, w, t)[::-1],
    )


# --- gradient_step ---------------------------------------------------------------------------


@check("gradient_step")
@given(both=arrays((2, 4)), learning_rate=learning_rates())
@example(both=np.array([[0.5], [-2.0]]), learning_rate=0.3)
@example(both=np.array([[1, -1, 2], [2, 0, -3]]), learning_rate=0.05)
@example(both=np.array([[1.0, -2.0], [5e-5, -3e-6]]), learning_rate=5.0)
@example(
    both=(np.arange(-6.0, 6.0).reshape(3, 4) / 4, np.arange(-50, 70, 10).reshape(3, 4)),
    learning_rate=0.3,
)  # matrices; whole slopes for weights with fractions
def is_right_for_any_weights(submission, reference, both, learning_rate):
    """Steps from any weights, whole numbers too, end where they should."""
    got = submission.gradient_step(both[0], both[1], learning_rate)
    expect(got, reference.gradient_step(both[0], both[1], learning_rate))


@check("gradient_step")
@given(both=arrays((2, 3)), learning_rate=learning_rates())
@example(both=np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 2.0]]), learning_rate=0.3)
@example(both=np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 2.0]]), learning_rate=0.0)
def two_steps_are_one_of_twice_the_rate(submission, reference, both, learning_rate):
    """Two steps along one gradient are one at twice the learning rate, and 0 moves nothing."""
    w, gradient = both
    once = reference.gradient_step(w, gradient, learning_rate)
    twice = submission.gradient_step(once, gradient, learning_rate)
    expect(twice, reference.gradient_step(w, gradient, 2 * learning_rate))


# --- train_neuron ----------------------------------------------------------------------------


@check("train_neuron", points=2)
@given(training=calm_trainings(online=False))
@example(training=Training(*LECTURE, 5.0, 200))
@example(training=Training(*ONE_SAMPLE, 0.3, 10))
@example(training=Training(*ONE_INPUT, 0.3, 20))
@example(training=Training(*SQUARE, 0.3, 20))
@example(training=Training(*WHOLE, 0.05, 20))
@example(training=Training(*WIDE, 0.001, 12))
@example(training=Training(*NEARLY, 0.3, 1))
@example(training=Training(*LECTURE, 12.0, 5))  # the last step leads uphill again
def follows_the_descent(submission, reference, training):
    """Weights and losses follow gradient descent on the whole batch, step by step."""
    got = submission.train_neuron(*training)
    want = reference.train_neuron(*training)
    demand(
        len(got[1]) == len(want[1]),
        "there is one loss an iteration",
        got=len(got[1]),
        expected=len(want[1]),
    )
    expect(got, want, **EXACTLY, names=["w", *(f"losses[{n}]" for n in range(len(want[1])))])


@check("train_neuron")
@given(training=calm_trainings(online=False))
@example(training=Training(*LECTURE, 0.3, 20))
@example(training=Training(*NINE, 0.3, 5))
@example(training=Training(*MANY, 5.0, 10))
def the_order_of_samples_does_not_matter(submission, reference, training):
    """The samples in another order give the same weights and losses."""
    x, w, t, rate, rounds = training
    got = submission.train_neuron(x[::-1], w, t[::-1], rate, rounds)
    expect(got, reference.train_neuron(x, w, t, rate, rounds), **EXACTLY)


@check("train_neuron")
@given(training=stopping_trainings())
@example(training=Training(*LECTURE, 5.0, 20))
@example(training=Training(*SQUARE, 0.3, 20))
def stops_in_time(submission, reference, training):
    """Training ends with the first loss within the tolerance, before another update."""
    n, tolerance = first_small_loss(training)
    got = submission.train_neuron(*training, tolerance=tolerance)
    demand(len(got[1]) == n + 1, f"loss {n + 1} is the first one within {tolerance:g}", got=got[1])
    expect(got, reference.train_neuron(*training, tolerance=tolerance), **EXACTLY)


@check("train_neuron")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(neuron=WHOLE, learning_rate=0.3)
def a_good_start_is_left_alone(submission, reference, neuron, learning_rate):
    """Where the first loss is within the tolerance, it is noted and the weights stay."""
    w, losses = submission.train_neuron(*neuron, learning_rate, 4, tolerance=1.5)
    expect(w, neuron.w, label="w")
    expect(
        list(losses),
        reference.train_neuron(*neuron, learning_rate, 1)[1],
        label="the list of losses",
    )


@check("train_neuron")
@given(learning_rate=learning_rates(), whole=st.booleans())
def cannot_learn_xor(submission, learning_rate, whole):
    """On XOR a neuron without weights has found its best already: the error stays at 0.25."""
    w = np.zeros(3, dtype=np.int64 if whole else np.float64)
    got = submission.train_neuron(XOR_X, w, XOR_T, learning_rate, 20)
    expect(got, (np.zeros(3), [0.25] * 20), **EXACTLY)


# --- train_neuron_online ---------------------------------------------------------------------


@check("train_neuron_online", points=2)
@given(training=calm_trainings(online=True))
@example(training=Training(*LECTURE, 0.3, 100))
@example(training=Training(*ONE_INPUT, 0.3, 20))
@example(training=Training(*SQUARE, 0.3, 20))
@example(training=Training(*WHOLE, 0.05, 20))
@example(training=Training(*WIDE, 0.001, 12))
def follows_every_sample(submission, reference, training):
    """Weights and losses follow an update after every sample, epoch by epoch."""
    got = submission.train_neuron_online(*training)
    want = reference.train_neuron_online(*training)
    demand(
        len(got[1]) == len(want[1]),
        "there is one loss an epoch",
        got=len(got[1]),
        expected=len(want[1]),
    )
    expect(got, want, **EXACTLY, names=["w", *(f"losses[{n}]" for n in range(len(want[1])))])


@check("train_neuron_online")
@given(training=calm_single_samples())
@example(training=Training(*ONE_SAMPLE, 0.3, 10))
def one_sample_is_a_batch(submission, reference, training):
    """With a single sample, learning online is learning by batches of one."""
    got = submission.train_neuron_online(*training)
    expect(got, reference.train_neuron(*training), **EXACTLY)


@check("train_neuron_online")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(neuron=LECTURE, learning_rate=0.3)
@example(neuron=WHOLE, learning_rate=0.3)
@example(neuron=NINE, learning_rate=0.3)
@example(neuron=MANY, learning_rate=0.3)
def each_sample_is_met_before_its_update(submission, reference, neuron, learning_rate):
    """The loss of an epoch is made of predictions by the weights that earlier samples left."""
    x, w, t = neuron
    errors, moved = [], np.asarray(w, dtype=np.float64)
    for n in range(len(x)):
        y = 0.5 + 0.5 * np.tanh(x[n] @ moved / 2)
        errors.append((y - t[n]) ** 2)
        moved = moved - learning_rate * reference.delta_rule(x[n], moved, t[n])
    _, losses = submission.train_neuron_online(x, w, t, learning_rate, 1)
    expect(list(losses), [float(np.mean(errors))], label="the list of losses")
