"""What a student can check about one-hot, softmax and the loss functions."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import Array, Function, Number, check, demand, expect, raises

from ..inputs import (
    BATCHES,
    Labels,
    Predictions,
    arrays,
    binary_predictions,
    class_predictions,
    integers_array,
    label_batches,
    matrices,
    regressions,
    vectors,
)

check = partial(check, examples=12)  # a student waits for these; graders have time for more

TITLE = "Canonical representation and loss functions"
FUNCTIONS = (
    Function(
        "one_hot",
        points=3,
        returns=lambda labels, num_classes: Array(len(labels), num_classes, dtype="float64"),
    ),
    Function("softmax", points=5, returns=lambda logits: Array(*np.shape(logits))),
    Function("mean_squared_error", points=3, returns=lambda y, t: Number()),
    Function("cross_entropy", points=5, returns=lambda y, t, base=math.e: Number(finite=False)),
    Function("binary_cross_entropy", points=4, returns=lambda y, t: Number(finite=False)),
)

RELATED = {"rtol": 3e-5, "atol": 3e-9}
"""For relations between several losses of one submission: each may be off by its tolerance."""


def _is_free(loss: float) -> None:
    demand(
        abs(loss) <= 1e-6, "a certain and right prediction costs nothing", got=loss, expected=0.0
    )


def _is_costly(loss: float, samples: int) -> None:
    demand(
        loss * samples > 10,
        "a certain but wrong prediction costs infinity, or at least a number above 10",
        got=loss,
    )


# --- one_hot ---------------------------------------------------------------------------------


@check("one_hot")
def shows_three_labels(submission):
    """The labels 2, 0, 10 of eleven classes become three rows with a 1 at 2, 0 and 10.

    With more than ten classes it shows who sorts them as text.
    """
    rows = [
        [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
    ]
    expect(submission.one_hot(np.array([2, 0, 10]), 11), np.array(rows))


@check("one_hot", hint="Each row is one sample; classes are counted from 0.")
@given(batch=label_batches())
@example(batch=Labels(np.array([0, 0, 1]), 4))
@example(batch=Labels(np.array([2]), 3))
def puts_the_one_at_the_label(submission, batch):
    """Each row holds a single 1, at the sample's label, and 0 elsewhere."""
    rows = submission.one_hot(batch.labels, batch.num_classes)
    demand(((rows == 0) | (rows == 1)).all(), "every entry is 0 or 1", got=rows)
    expect(rows.sum(axis=1), np.ones(len(rows)), label="the sum of each row")
    expect(rows.argmax(axis=1), batch.labels, label="the place of the 1 in each row")


@check("one_hot", hint="Does your code notice a label by itself, or does numpy take it silently?")
@given(batch=label_batches(), where=st.sampled_from((0, -1)), bad=st.sampled_from((-1, 0, 1)))
@example(batch=Labels(np.array([0, 1, 1]), 2), where=0, bad=0)
@example(batch=Labels(np.array([0, 1, 1]), 2), where=0, bad=-1)
def refuses_a_label_outside(submission, batch, where, bad):
    """A label below 0, or not below the number of classes, raises ValueError."""
    labels = batch.labels.copy()
    labels[where] = bad if bad < 0 else batch.num_classes + bad
    with raises(ValueError):
        submission.one_hot(labels, batch.num_classes)


# --- softmax ---------------------------------------------------------------------------------


@check("softmax")
def shows_logits_that_are_logarithms(submission):
    """The logits log 1, log 2, log 5 become the probabilities 1/8, 2/8, 5/8."""
    logits = np.log(np.array([[1.0, 2.0, 5.0], [5.0, 2.0, 1.0]]))
    expect(submission.softmax(logits), np.array([[0.125, 0.25, 0.625], [0.625, 0.25, 0.125]]))


@check("softmax", hint="Each row is one sample; which axis runs along a row?")
@given(logits=matrices(BATCHES))
@example(logits=np.array([[0.0, 1.0, 2.0], [3.0, 1.0, 0.5], [-1.0, 0.0, 2.0]]))
@example(logits=np.array([[0, 1, 2], [3, 1, 0]]))
def rows_sum_to_one(submission, logits):
    """The probabilities of each row sum to 1."""
    expect(
        submission.softmax(logits).sum(axis=1), np.ones(len(logits)), label="the sum of each row"
    )


@check("softmax", hint="exp(a) / exp(b) = exp(a − b): the base of the power matters.")
@given(logits=matrices(BATCHES))
@example(logits=np.array([[1.0, 0.0, -1.0], [0.5, 2.0, -3.0]]))
def ratios_come_from_differences(submission, logits):
    """The log ratio of two probabilities in a row is the difference of their logits."""
    p = submission.softmax(logits)
    demand((p > 0).all(), "every probability is above 0", got=p)
    expect(
        np.log(p) - np.log(p[:, :1]),
        logits - logits[:, :1],
        rtol=1e-5,
        atol=1e-8,
        label="the logarithm of each probability over the row's first",
    )


@check("softmax")
@given(logits=matrices(), shift=st.sampled_from((-20, -3, 0.5, 20)))
@example(logits=np.array([[1.0, 2.0], [0.0, 3.0]]), shift=-3)
@example(logits=np.array([[1.0, 2.0], [0.0, 3.0]]), shift=-20)  # who guards the sum?
def ignores_constant_shift(submission, logits, shift):
    """Adding one number to all logits of a row changes nothing."""
    expect(submission.softmax(logits + shift), submission.softmax(logits), rtol=1e-5, atol=1e-8)


@check("softmax", hint="What may be subtracted from a row without changing its probabilities?")
@given(logits=matrices(BATCHES, -5, 5, 1), scale=st.sampled_from((200, 1000, 2000)))
@example(logits=np.array([[0.0, 1.0], [0.0, 0.0]]), scale=1000)
@example(logits=np.array([[-5.0, -5.0, -5.0], [5.0, 5.0, 5.0]]), scale=2000)
def stands_large_logits(submission, logits, scale):
    """Rows with logits as large as 10,000, and rows far below another, still sum to 1."""
    p = submission.softmax(logits * scale)
    expect(p.sum(axis=1), np.ones(len(p)), label="the sum of each row")
    low = p[logits < logits.max(axis=1, keepdims=True)]
    expect(low, np.zeros_like(low), label="a probability whose logit is far below the largest")


@check("softmax", hint="The last axis of an array is −1, whatever the number of axes.")
@given(logits=vectors((3, 4)))
@example(logits=np.array([0.0, 1.0, 3.0]))
def takes_a_single_row(submission, logits):
    """Logits of shape (K,) give the probabilities of one sample, of shape (K,)."""
    expect(
        submission.softmax(logits),
        submission.softmax(logits[np.newaxis])[0],
        rtol=1e-5,
        atol=1e-8,
    )


# --- mean_squared_error ----------------------------------------------------------------------


@check("mean_squared_error")
def squares_one_error(submission):
    """The lecture's prediction 0.01 for the target 1.0 costs 0.9801."""
    expect(submission.mean_squared_error(np.array([0.01]), np.array([1.0])), 0.9801, rtol=1e-5)


@check("mean_squared_error", hint="Square first, then average.")
@given(t=vectors(), error=st.sampled_from((0.5, 2.0, 3.0)))
@example(t=np.array([0.0, 0.0]), error=0.5)
@example(t=np.array([1.0, -2.0, 0.0, 3.0]), error=2.0)
def errors_do_not_cancel(submission, t, error):
    """Errors of +d and −d cost d² both, so that their mean is d²."""
    signs = np.where(np.arange(len(t)) % 2 == 0, 1.0, -1.0)
    expect(submission.mean_squared_error(t + error * signs, t), error**2, rtol=1e-5)


@check("mean_squared_error")
@given(batch=regressions())
@example(batch=Predictions(np.array([1.0, 0.0]), np.array([0.0, 3.0])))
def averages_over_samples(submission, batch):
    """The loss of a batch is the mean of the losses of its samples."""
    alone = [
        submission.mean_squared_error(batch.y[n : n + 1], batch.t[n : n + 1])
        for n in range(len(batch.y))
    ]
    expect(submission.mean_squared_error(*batch), sum(alone) / len(alone), **RELATED)


@check("mean_squared_error", hint="numpy broadcasts (N,) with (1,) and (N, 1) without a word.")
@given(y=vectors((3,)), shape=st.sampled_from(((1,), (3, 1), (4,))))
@example(y=np.array([1.0, 2.0, 3.0]), shape=(3, 1))
@example(y=np.array([1.0, 2.0, 3.0]), shape=(1,))
def refuses_unequal_lengths(submission, y, shape):
    """Predictions and targets of different shapes raise ValueError."""
    with raises(ValueError):
        submission.mean_squared_error(y, np.ones(shape))


# --- cross_entropy ---------------------------------------------------------------------------


@check("cross_entropy")
def agrees_with_the_lecture(submission):
    """The lecture's prediction (0.01, 0.97, 0.02) for class 0 costs 4.605 nats or 6.64 bits."""
    y, t = np.array([[0.01, 0.97, 0.02]]), np.array([[1.0, 0.0, 0.0]])
    expect(submission.cross_entropy(y, t), math.log(100), rtol=1e-5, label="the loss in nats")
    expect(
        submission.cross_entropy(y, t, base=2), math.log2(100), rtol=1e-5, label="the loss in bits"
    )


@check("cross_entropy", hint="Look at the sum over k: which terms does t leave?")
@given(batch=class_predictions(BATCHES, soft=False))
@example(batch=Predictions(np.array([[0.2, 0.7, 0.1]]), np.array([[0.0, 1.0, 0.0]])))
def only_the_right_class_counts(submission, batch):
    """What the wrong classes get does not matter; only the right class's probability does."""
    other = np.where(batch.t == 1, batch.y, 1 - batch.y)
    expect(submission.cross_entropy(other, batch.t), submission.cross_entropy(*batch), **RELATED)


@check("cross_entropy", hint="A target is a weight for each class, not the name of one.")
@given(batch=class_predictions(BATCHES))
@example(batch=Predictions(np.array([[0.2, 0.7]]), np.array([[0.7, 0.3]])))
def soft_targets_are_weights(submission, batch):
    """A soft target costs what its classes cost, weighted by the target."""
    y, t = batch
    classes = np.eye(y.shape[1])
    costs = [
        [submission.cross_entropy(y[n : n + 1], classes[k : k + 1]) for k in np.flatnonzero(t[n])]
        for n in range(len(y))
    ]
    weighted = [
        cost * float(t[n, k])
        for n, row in enumerate(costs)
        for cost, k in zip(row, np.flatnonzero(t[n]), strict=True)
    ]
    expect(submission.cross_entropy(y, t), sum(weighted) / len(y), **RELATED)


@check("cross_entropy", hint="0 · log 0 counts as 0, but numpy makes it nan.")
def an_impossible_class_may_get_zero(submission):
    """A probability of 0 for a class that the target does not name costs nothing."""
    y = np.array([[0.0, 0.25, 0.75], [0.5, 0.0, 0.5]])
    t = np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5]])
    expect(submission.cross_entropy(y, t), math.log(8) / 2, rtol=1e-5)


@check("cross_entropy")
@given(batch=label_batches())
def certainty_is_free(submission, batch):
    """A prediction of 1 for the right class costs nothing."""
    t = np.eye(batch.num_classes)[batch.labels]
    _is_free(submission.cross_entropy(t, t))


@check("cross_entropy", hint="Which number should stand for log 0 where the target is not 0?")
@given(batch=label_batches(BATCHES))
@example(batch=Labels(np.array([0]), 2))
def a_certain_mistake_is_costly(submission, batch):
    """A prediction of 0 for the right class costs infinity, or at least a number above 10."""
    classes = np.eye(batch.num_classes)
    t = classes[batch.labels]
    y = t.copy()
    y[0] = classes[(batch.labels[0] + 1) % batch.num_classes]
    _is_costly(submission.cross_entropy(y, t), len(t))


@check("cross_entropy", hint="log_b(y) is a ratio of two natural logarithms.")
@given(batch=class_predictions(), base=st.sampled_from((2, 10, 3.5)))
@example(batch=Predictions(np.array([[0.25, 0.75]]), np.array([[1.0, 0.0]])), base=2)
def the_base_is_a_unit(submission, batch, base):
    """The loss in base b, times the natural logarithm of b, is the loss in nats."""
    expect(
        submission.cross_entropy(*batch, base=base) * math.log(base),
        submission.cross_entropy(*batch),
        **RELATED,
        label="the loss in base b times log b",
    )


@check("cross_entropy")
@given(y=arrays((2, 3), 0.05, 0.95, 0.05), shape=st.sampled_from(((3, 3), (1, 3), (2, 1), (3,))))
@example(y=np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]), shape=(1, 3))
@example(y=np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]), shape=(3,))
def refuses_other_shapes(submission, y, shape):
    """Predictions and targets of different shapes raise ValueError."""
    t = np.zeros(shape)
    t[..., 0] = 1.0
    with raises(ValueError):
        submission.cross_entropy(y, t)


# --- binary_cross_entropy --------------------------------------------------------------------


@check("binary_cross_entropy")
def shows_a_coin_and_a_guess(submission):
    """For the target 1 a prediction of 1/2 costs log 2, and one of 1/4 costs log 4.

    What the target 0 costs is left to both_classes_are_alike.
    """
    half = submission.binary_cross_entropy(np.array([0.5, 0.5]), np.array([1.0, 1.0]))
    expect(half, math.log(2), rtol=1e-5, label="the loss of predictions of 1/2")
    guess = submission.binary_cross_entropy(np.array([0.25]), np.array([1.0]))
    expect(guess, math.log(4), rtol=1e-5, label="the loss of 1/4 for the target 1")


@check("binary_cross_entropy", hint="Mind the signs: the minus stands before both terms.")
@given(batch=binary_predictions())
@example(batch=Predictions(np.array([0.8]), np.array([1.0])))
@example(batch=Predictions(np.array([0.2, 0.9]), np.array([1.0, 0.0])))
def both_classes_are_alike(submission, batch):
    """Exchanging the two classes, y for 1 − y and t for 1 − t, changes nothing."""
    expect(
        submission.binary_cross_entropy(1 - batch.y, 1 - batch.t),
        submission.binary_cross_entropy(*batch),
        **RELATED,
    )


@check("binary_cross_entropy")
@given(y=vectors((2, 3), 0.05, 0.95, 0.05), t=st.sampled_from((0.2, 0.5, 0.9)))
@example(y=np.array([0.2, 0.3]), t=0.2)
def a_soft_target_is_a_mixture(submission, y, t):
    """A target of t costs t times what 1 costs, and 1 − t times what 0 costs."""
    ones, zeros = np.ones(len(y)), np.zeros(len(y))
    for_one = submission.binary_cross_entropy(y, ones)
    for_zero = submission.binary_cross_entropy(y, zeros)
    expect(
        submission.binary_cross_entropy(y, t * ones), t * for_one + (1 - t) * for_zero, **RELATED
    )


@check("binary_cross_entropy")
@given(batch=binary_predictions())
@example(batch=Predictions(np.array([0.5, 0.25]), np.array([1.0, 1.0])))
def averages_over_the_batch(submission, batch):
    """The loss of a batch is the mean of the losses of its samples."""
    alone = [
        submission.binary_cross_entropy(batch.y[n : n + 1], batch.t[n : n + 1])
        for n in range(len(batch.y))
    ]
    expect(submission.binary_cross_entropy(*batch), sum(alone) / len(alone), **RELATED)


@check("binary_cross_entropy", hint="One of the two terms is 0 · log 0 here; it counts as 0.")
@given(t=integers_array((3,), 0, 1))
@example(t=np.array([1, 0]))
def certain_and_right_is_free(submission, t):
    """Predictions of exactly 0 and 1 cost nothing where they are right."""
    _is_free(submission.binary_cross_entropy(t.astype(np.float64), t))


@check("binary_cross_entropy")
@given(t=integers_array((3,), 0, 1))
@example(t=np.array([1]))
@example(t=np.array([0]))
def certain_and_wrong_is_costly(submission, t):
    """A prediction of 0 for the target 1, or of 1 for 0, costs infinity or more than 10."""
    y = t.astype(np.float64)
    y[0] = 1 - y[0]
    _is_costly(submission.binary_cross_entropy(y, t), len(t))


@check("binary_cross_entropy")
@given(y=vectors((3,), 0.05, 0.95, 0.05), shape=st.sampled_from(((1,), (3, 1), (4,))))
@example(y=np.array([0.2, 0.3, 0.5]), shape=(3, 1))
@example(y=np.array([0.2, 0.3, 0.5]), shape=(1,))
def refuses_unequal_shapes(submission, y, shape):
    """Predictions and targets of different shapes raise ValueError."""
    with raises(ValueError):
        submission.binary_cross_entropy(y, np.ones(shape))
