"""What a student can check about gradients of one neuron and its training."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import (
    Array,
    Function,
    ListOf,
    Number,
    check,
    demand,
    expect,
    numerical_gradient_of,
)

from ..inputs import (
    BATCHES,
    LECTURE_T,
    LECTURE_W,
    LECTURE_X,
    Predictions,
    Samples,
    arrays,
    integers_array,
    learning_rates,
    matrices,
    neurons,
    regressions,
    vectors,
)

check = partial(check, examples=12)  # a student waits for these; graders have time for more

TITLE = "Learning with one neuron"


def _trained(*args, **_):
    return Array(len(args[1])), ListOf(Number())


FUNCTIONS = (
    Function("numerical_gradient", points=4, returns=lambda f, w, h=1e-5: Array(*np.shape(w))),
    Function("error_gradient", points=2, returns=lambda y, t: Array(*np.shape(y))),
    Function("delta_rule", points=3, returns=lambda x, w, t: Array(len(w))),
    Function("batch_gradient", points=3, returns=lambda x, w, t: Array(len(w))),
    Function(
        "gradient_step",
        points=2,
        returns=lambda w, gradient, learning_rate: Array(*np.shape(w)),
        new_arrays=True,
    ),
    Function("train_neuron", points=3, returns=_trained),
    Function("train_neuron_online", points=3, returns=_trained),
)

RELATED = {"rtol": 1e-5, "atol": 1e-8}
"""For relations between several results of one submission: each may be off by its tolerance."""
W_AND_LOSSES = ["w", "losses"]


def _mean_error(x: np.ndarray, w: np.ndarray, t: np.ndarray) -> float:
    """The mean squared error of a neuron; the sigmoid is the one that the assignment gives."""
    return float(np.mean((0.5 + 0.5 * np.tanh(x @ w / 2) - t) ** 2))


def _slope_of_error(x: np.ndarray, w: np.ndarray, t: np.ndarray) -> np.ndarray:
    return numerical_gradient_of(lambda v: _mean_error(x, v, t), w)


def _tolerance_at(f, w: np.ndarray) -> dict[str, float]:
    return {"rtol": 1e-6, "atol": 1e-8 * max(1.0, abs(f(w)))}


# --- numerical_gradient ----------------------------------------------------------------------


@check("numerical_gradient")
def differentiates_a_parabola(submission):
    """The gradient of u² + 3uv at (1, 2) is (8, 3), and takes at most five values of f."""
    calls = []

    def f(w):
        calls.append(1)
        u, v = np.ravel(w)
        return float(u * u + 3 * u * v)

    w = np.array([1.0, 2.0])
    got = submission.numerical_gradient(f, w)
    demand(len(calls) <= 5, "f is called at most 2·2 + 1 = 5 times", got=len(calls))
    expect(got, np.array([8.0, 3.0]), **_tolerance_at(f, w))


@check("numerical_gradient", hint="Move one entry at a time, and put it back before the next.")
@given(w=matrices(((3,), (2, 3), (3, 1), (2, 2))))
@example(w=np.array([[1.0, -2.0, 0.5], [2.0, 1.0, -1.0]]))
def differentiates_cubics(submission, w):
    """The gradient of a cubic of all entries is right, in whatever shape w has."""
    weights = np.arange(1.0, w.size + 1).reshape(w.shape) / 7  # who rounds?

    def f(v):
        v = np.asarray(v)
        return float((weights * v**3).sum() / 3 + v.sum() ** 2 / 2)

    expect(submission.numerical_gradient(f, w), weights * w**2 + w.sum(), **_tolerance_at(f, w))


@check("numerical_gradient", hint="h is half the distance between the two points.")
@given(w=vectors((2, 3)), h=st.sampled_from((0.1, 0.5)))
@example(w=np.array([1.0, 2.0]), h=0.5)
def takes_the_step_it_is_told(submission, w, h):
    """With step h, the slope of u³ comes out as 3u² + h², in each entry for itself."""

    def f(v):
        return float((np.asarray(v) ** 3).sum())

    got = submission.numerical_gradient(f, w, h=h)
    expect(got, 3 * w**2 + h**2, **_tolerance_at(f, w))


@check("numerical_gradient", hint="What happens to 1e-5 in an array of integers?")
@given(w=integers_array((3,), -3, 3))
@example(w=np.array([2, -1, 3]))
def takes_integer_weights(submission, w):
    """Whole-number weights have a gradient like any others."""

    def f(v):
        return float(v[0] * v[1] + v[1] * v[2] + v[2] ** 2)

    want = np.array([w[1], w[0] + w[2], w[1] + 2 * w[2]], dtype=np.float64)
    expect(submission.numerical_gradient(f, w), want, **_tolerance_at(f, w))


# --- error_gradient --------------------------------------------------------------------------


@check("error_gradient")
def shows_three_slopes(submission):
    """Predictions 0.7625, 0.5 and 0.2 for the targets 1, 0 and 0.2 have slopes −0.475, 1 and 0."""
    got = submission.error_gradient(np.array([0.7625, 0.5, 0.2]), np.array([1.0, 0.0, 0.2]))
    expect(got, np.array([-0.475, 1.0, 0.0]))


@check("error_gradient", hint="Differentiate the square by the prediction, not by the target.")
@given(batch=regressions())
@example(batch=Predictions(np.array([1.0, 3.0]), np.array([0.0, 1.0])))
def is_the_slope_of_the_squares(submission, batch):
    """The gradient is what differences of (y − t)² on both sides of y give."""
    y, t = batch
    slope = ((y + 0.5 - t) ** 2 - (y - 0.5 - t) ** 2) / 1.0
    expect(submission.error_gradient(y, t), slope)


# --- delta_rule ------------------------------------------------------------------------------


@check("delta_rule")
def agrees_with_the_lecture_points(submission):
    """The lecture's last point has the gradient (−0.0628, −0.0691, −0.0942)."""
    expect(
        submission.delta_rule(LECTURE_X[3], LECTURE_W, 1),
        np.array([-0.062780858734, -0.069058944608, -0.094171288101]),
    )
    expect(
        submission.delta_rule(LECTURE_X[0], LECTURE_W, 0),
        np.array([0.296291661733, 0.029629166173, -0.059258332347]),
    )


@check("delta_rule", hint="Three factors: dE/dy, dy/da and da/dw. Which one is wrong?")
@given(neuron=neurons(BATCHES))
@example(neuron=Samples(np.array([[1.0, -0.5]]), np.array([0.3, 1.0]), np.array([0.0])))
@example(neuron=Samples(np.array([[1.0, -0.5]]), np.array([0.3, 1.0]), np.array([0.5])))
def is_the_slope_of_the_error(submission, neuron):
    """The gradient is what small changes of the weights do to the sample's squared error."""
    x, w, t = neuron
    want = _slope_of_error(x[:1], w, t[:1])
    expect(submission.delta_rule(x[0], w, float(t[0])), want, **RELATED)


@check("delta_rule")
@given(neuron=neurons(BATCHES))
@example(neuron=Samples(np.array([[1.0, -0.5]]), np.array([0.3, 1.0]), np.array([0.0])))
@example(neuron=Samples(np.array([[0.5]]), np.array([0.7]), np.array([0.2])))
def mirrors_with_the_input(submission, neuron):
    """Turning the signs of x and w leaves the prediction as it is and turns the gradient."""
    x, w, t = neuron
    expect(
        submission.delta_rule(-x[0], -w, float(t[0])),
        -submission.delta_rule(x[0], w, float(t[0])),
        **RELATED,
    )


# --- batch_gradient --------------------------------------------------------------------------


@check("batch_gradient")
def agrees_with_the_lecture_batch(submission):
    """The lecture's four points have the gradient (0.1638, 0.0566, 0.0092)."""
    expect(
        submission.batch_gradient(LECTURE_X, LECTURE_W, LECTURE_T),
        np.array([0.163846126983, 0.056593938771, 0.009180654803]),
    )


@check("batch_gradient", hint="The error is a mean over the samples; is your gradient?")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[1.0, -0.5]]), np.array([0.3, 1.0]), np.array([0.0])))
def is_the_slope_of_the_mean_error(submission, neuron):
    """The gradient is what small changes of the weights do to the mean squared error."""
    expect(submission.batch_gradient(*neuron), _slope_of_error(*neuron), **RELATED)


@check("batch_gradient")
@given(neuron=neurons())
@example(neuron=Samples(np.array([[1.0, -0.5], [1.0, 1.2]]), np.array([0.3, 1.0]), np.zeros(2)))
@example(neuron=Samples(np.array([[1.0], [-0.5]]), np.array([0.7]), np.array([0.2, 0.9])))
def is_the_mean_over_samples(submission, neuron):
    """The gradient of a batch is the mean of its samples' gradients."""
    x, w, t = neuron
    alone = [submission.batch_gradient(x[n : n + 1], w, t[n : n + 1]) for n in range(len(x))]
    expect(submission.batch_gradient(x, w, t), sum(alone) / len(alone), **RELATED)


# --- gradient_step ---------------------------------------------------------------------------


@check("gradient_step")
def shows_one_step(submission):
    """A step from (1, −1) against (0.5, −0.1234), at the rate 0.3, leads to (0.85, −0.96298)."""
    got = submission.gradient_step(np.array([1.0, -1.0]), np.array([0.5, -0.1234]), 0.3)
    expect(got, np.array([0.85, -0.96298]))


@check("gradient_step", hint="In which direction does the error fall?")
@given(both=arrays((2, 3)), learning_rate=learning_rates())
@example(both=np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 2.0]]), learning_rate=0.05)
def moves_against_the_gradient(submission, both, learning_rate):
    """The step is the learning rate times the gradient, and goes the other way."""
    w, gradient = both
    expect(submission.gradient_step(w, gradient, learning_rate), w - learning_rate * gradient)


@check("gradient_step")
@given(w=integers_array((3,), -3, 3), learning_rate=learning_rates())
@example(w=np.array([1, -1, 1]), learning_rate=0.3)
def moves_integer_weights(submission, w, learning_rate):
    """Whole-number weights move by fractions too, and without a gradient not at all."""
    gradient = np.array([0.5, -1.0, 0.25])
    moved = submission.gradient_step(w, gradient, learning_rate)
    expect(moved, np.array([w[n] - learning_rate * gradient[n] for n in range(3)]))
    expect(submission.gradient_step(w, np.zeros(3), learning_rate), w.astype(np.float64))


# --- train_neuron ----------------------------------------------------------------------------


@check("train_neuron")
def learns_the_lecture_points(submission):
    """Three iterations at the rate 0.5 meet the lecture's errors 0.3718, 0.3570 and 0.3434."""
    expect(
        submission.train_neuron(LECTURE_X, LECTURE_W, LECTURE_T, 0.5, 3),
        (
            np.array([0.761348252384, -1.072405173429, 0.989867552264]),
            [0.371763594431, 0.356999706401, 0.343429427227],
        ),
        names=["w", "losses[0]", "losses[1]", "losses[2]"],
    )


@check("train_neuron")
@given(neuron=neurons(), learning_rate=learning_rates())
def changes_nothing_in_no_iterations(submission, neuron, learning_rate):
    """No iterations leave the weights as they were, and no losses."""
    w, losses = submission.train_neuron(*neuron, learning_rate, 0)
    expect(w, neuron.w, label="w")
    demand(len(losses) == 0, "there is one loss an iteration", got=losses, expected=[])


@check("train_neuron", hint="All samples speak before the weights move once.")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(neuron=Samples(LECTURE_X, LECTURE_W, LECTURE_T), learning_rate=5.0)
@example(
    neuron=Samples(np.array([[1.0, 0.5], [-0.4, 1.2]]), np.array([0.3, 1.0]), np.array([0.2, 0.3])),
    learning_rate=0.3,
)
def steps_down_the_mean_error(submission, neuron, learning_rate):
    """One iteration notes the mean error and moves against its gradient, at the rate it is told."""
    x, w, t = neuron
    moved = w - learning_rate * _slope_of_error(x, w, t)
    expect(
        submission.train_neuron(x, w, t, learning_rate, 1),
        (moved, [_mean_error(x, w, t)]),
        **RELATED,
        names=["w", "losses[0]"],
    )


@check("train_neuron", hint="Does anything but the weights survive an iteration?")
@given(neuron=neurons(BATCHES, soft=False), learning_rate=learning_rates())
@example(neuron=Samples(LECTURE_X, LECTURE_W, LECTURE_T), learning_rate=0.3)
@example(
    neuron=Samples(np.array([[1.0, 1.4], [1.0, -1.4]]), np.array([0.0, 2.0]), np.array([1.0, 0.0])),
    learning_rate=0.3,
)  # the loss is small, and goes on falling
def two_iterations_are_one_and_one(submission, neuron, learning_rate):
    """Training for two iterations is training for one, and for one more from there.

    With targets of 0 and 1 no loss is ever 0, which would end the training early.
    """
    x, w, t = neuron
    first, early = submission.train_neuron(x, w, t, learning_rate, 1)
    second, late = submission.train_neuron(x, first, t, learning_rate, 1)
    got = submission.train_neuron(x, w, t, learning_rate, 2)
    expect(got[0], second, **RELATED, label="w")
    expect(list(got[1]), [*early, *late], **RELATED, label="the list of losses")


@check("train_neuron", hint="Compare each loss with the tolerance before the weights move.")
def stops_at_the_tolerance(submission):
    """At the rate 5 the lecture's fourth loss, 0.1745, is the first within the tolerance 0.19."""
    w, losses = submission.train_neuron(LECTURE_X, LECTURE_W, LECTURE_T, 5.0, 20, tolerance=0.19)
    demand(len(losses) == 4, "training stops at the first loss that is small enough", got=losses)
    expect(losses[-1], 0.174522, rtol=1e-3, label="the last loss")
    expect(
        _mean_error(LECTURE_X, np.asarray(w, dtype=np.float64), LECTURE_T),
        losses[-1],
        rtol=1e-3,
        label="the error of the weights that come back",
    )


# --- train_neuron_online ---------------------------------------------------------------------


@check("train_neuron_online", hint="Where does the update stand: in the loop over samples?")
def learns_the_lecture_points_online(submission):
    """Two epochs at the rate 0.5 give the lecture's points the mean errors 0.3657 and 0.3256."""
    _, losses = submission.train_neuron_online(LECTURE_X, LECTURE_W, LECTURE_T, 0.5, 2)
    expect(list(losses), [0.365713520222, 0.325619914772], label="the list of losses")


@check("train_neuron_online")
@given(neuron=neurons(), learning_rate=learning_rates())
def changes_nothing_in_no_epochs(submission, neuron, learning_rate):
    """No epochs leave the weights as they were, and no losses."""
    w, losses = submission.train_neuron_online(*neuron, learning_rate, 0)
    expect(w, neuron.w, label="w")
    demand(len(losses) == 0, "there is one loss an epoch", got=losses, expected=[])


@check("train_neuron_online")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(
    neuron=Samples(np.array([[1.0, -0.5]]), np.array([0.3, 1.0]), np.array([0.0])),
    learning_rate=5.0,
)
def one_sample_moves_down_its_error(submission, neuron, learning_rate):
    """With one sample, an epoch notes its error and moves against the gradient of that error."""
    x, w, t = neuron.x[:1], neuron.w, neuron.t[:1]
    expect(
        submission.train_neuron_online(x, w, t, learning_rate, 1),
        (w - learning_rate * _slope_of_error(x, w, t), [_mean_error(x, w, t)]),
        **RELATED,
        names=["w", "losses[0]"],
    )


@check("train_neuron_online", hint="By which weights is the second sample predicted?")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(neuron=Samples(LECTURE_X, LECTURE_W, LECTURE_T), learning_rate=0.3)
@example(
    neuron=Samples(np.array([[1.0, 0.5], [-0.4, 1.2]]), np.array([0.3, 1.0]), np.array([0.0, 0.8])),
    learning_rate=0.3,
)  # each sample has a bias input of its own
def an_epoch_is_sample_after_sample(submission, neuron, learning_rate):
    """An epoch of two samples is an epoch of the first, then one of the second."""
    x, w, t = neuron.x[:2], neuron.w, neuron.t[:2]
    first, early = submission.train_neuron_online(x[:1], w, t[:1], learning_rate, 1)
    second, late = submission.train_neuron_online(x[1:], first, t[1:], learning_rate, 1)
    got = submission.train_neuron_online(x, w, t, learning_rate, 1)
    demand(len(early) == len(late) == 1, "there is one loss an epoch", got=early)
    expect(got[0], second, **RELATED, label="w")
    expect(list(got[1]), [(early[0] + late[0]) / 2], **RELATED, label="the list of losses")


@check("train_neuron_online")
@given(neuron=neurons(BATCHES), learning_rate=learning_rates())
@example(neuron=Samples(LECTURE_X, LECTURE_W, LECTURE_T), learning_rate=0.3)
def two_epochs_are_one_and_one(submission, neuron, learning_rate):
    """Two epochs are one, and one more from there."""
    x, w, t = neuron.x[:2], neuron.w, neuron.t[:2]
    first, early = submission.train_neuron_online(x, w, t, learning_rate, 1)
    second, late = submission.train_neuron_online(x, first, t, learning_rate, 1)
    got = submission.train_neuron_online(x, w, t, learning_rate, 2)
    expect(got[0], second, **RELATED, label="w")
    expect(list(got[1]), [*early, *late], **RELATED, label="the list of losses")
