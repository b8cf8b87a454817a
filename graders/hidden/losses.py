"""Hidden checks of one-hot, softmax and the loss functions."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import check, demand, expect, raises

from ..inputs import (
    BATCHES,
    Labels,
    Predictions,
    binary_predictions,
    class_predictions,
    integers_array,
    label_batches,
    matrices,
    regressions,
    vectors,
)
from ..public.losses import RELATED

LONG = 37
"""Samples that fill no pieces of 8, 10, 16 or 32."""
LOSS = {"rtol": 1e-5, "label": "the loss"}


def _expect_loss(got: float, want: float) -> None:
    """A loss, by the contract: one that is truly 0 may come out as 1e-6 from clipped logarithms."""
    if want == 0:
        demand(
            abs(got) <= 1e-6, "a prediction without an error costs nothing", got=got, expected=0.0
        )
    else:
        expect(got, want, **LOSS)


def _sevenths(n: int, total: float) -> np.ndarray:
    return total * np.arange(1, n + 1) / 7


# --- one_hot ---------------------------------------------------------------------------------


@check("one_hot")
@given(batch=label_batches())
@example(batch=Labels(np.array([1, 1, 0]), 5))
@example(batch=Labels(np.array([2, 0, 1]), 3))
@example(batch=Labels(np.array([1, 299]), 300))  # who keeps labels in eight bits?
def encodes_any_batch(submission, reference, batch):
    """Batches of any size are encoded, also where a class is absent or there are hundreds."""
    expect(submission.one_hot(*batch), reference.one_hot(*batch))


@check("one_hot")
@given(batch=label_batches(BATCHES))
@example(batch=Labels(np.array([1, 0, 1, 1]), 4))
@example(batch=Labels(np.array([0, 0, 0]), 1))
def counts_each_class(submission, reference, batch):
    """The sum of each column is the number of samples of that class, also if it is the only one."""
    counts = np.bincount(batch.labels, minlength=batch.num_classes)
    columns = submission.one_hot(*batch).sum(axis=0)
    expect(columns, counts.astype(np.float64), label="the sum of each column")
    backwards = submission.one_hot(batch.labels[::-1], batch.num_classes)
    expect(backwards, reference.one_hot(*batch)[::-1], label="the batch backwards")


@check("one_hot")
@given(
    batch=label_batches(BATCHES), where=st.integers(0, 1), beyond=st.sampled_from((-3, -1, 0, 4))
)
@example(batch=Labels(np.array([0, 1]), 2), where=0, beyond=-1)
@example(batch=Labels(np.array([0, 1]), 2), where=0, beyond=0)
def one_bad_label_is_enough(submission, batch, where, beyond):
    """One label outside among good ones raises ValueError, wherever it stands."""
    labels = batch.labels.copy()
    labels[where] = beyond if beyond < 0 else batch.num_classes + beyond
    with raises(ValueError):
        submission.one_hot(labels, batch.num_classes)


# --- softmax ---------------------------------------------------------------------------------


@check("softmax", points=2)
@given(logits=matrices())
@example(logits=np.array([[0.5], [2.0]]))
@example(logits=np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0], [2.5, 2.0, 1.0]]))
@example(logits=np.array([[1, 2, 0], [0, -1, 3]]))
@example(logits=np.array([[1.0, 0.0, -2.0]]))
@example(  # who drops small ones?
    logits=np.array([[0.0, -9.0, -15.0, -19.0], [19.0, 4.0, 0.0, 10.0]])
)
def agrees_on_any_batch(submission, reference, logits):
    """Batches of any size, in any order of the classes, have the right probabilities."""
    want = reference.softmax(logits)
    expect(submission.softmax(logits), want)
    expect(submission.softmax(logits[:, ::-1]), want[:, ::-1], label="the classes backwards")


@check("softmax")
@given(logits=matrices(BATCHES), far=st.sampled_from((-5000, 0, 5000)))
@example(logits=np.array([[0.0, 1.0], [2.0, 0.0]]), far=5000)
def rows_are_normalised_alone(submission, reference, logits, far):
    """The probabilities of a row do not depend on the other rows, however large those are."""
    logits = np.round(logits)
    mixed = logits.copy()
    mixed[-1] += far
    want = reference.softmax(logits)
    expect(submission.softmax(mixed), want)
    expect(submission.softmax(logits[:1]), want[:1], label="the first row alone")


@check("softmax")
@given(logits=matrices(BATCHES, -10, 10, 1), scale=st.sampled_from((1, 100, 1000)))
@example(logits=np.array([[10.0, 9.0], [-10.0, -10.0]]), scale=1000)
@example(logits=np.array([[10, 9, 10], [-10, -9, -10]]), scale=1000)
@example(logits=np.array([[10.0, -10.0, 0.0], [-10.0, -10.0, -9.0]]), scale=1000)
def holds_up_to_ten_thousand(submission, reference, logits, scale):
    """Logits of any size up to 10,000, of either sign, give the right probabilities."""
    expect(submission.softmax(logits * scale), reference.softmax(logits * scale))


@check("softmax")
@given(logits=vectors((2, 4, 5)))
@example(logits=np.array([1.5]))
@example(logits=np.array([1000, 1001, 999]))
def holds_for_one_row(submission, reference, logits):
    """A single row of shape (K,) gives the right probabilities."""
    expect(submission.softmax(logits), reference.softmax(logits))


# --- mean_squared_error ----------------------------------------------------------------------


@check("mean_squared_error", points=2)
@given(batch=regressions((2, 3, 5, 7)))
@example(batch=Predictions(np.array([2.5]), np.array([-1.0])))
@example(batch=Predictions(np.array([3, -2, 0]), np.array([1, 2, 0])))
@example(batch=Predictions(np.array([1.0, 2.0]), np.array([1.0, 2.0])))
@example(batch=Predictions(np.array([0.5, 0.25, 2.0]), np.array([1, 0, 1])))
@example(batch=Predictions(np.array([0.1234, 0.5]), np.array([0.12, 0.5])))  # who rounds?
@example(batch=Predictions(np.array([1e4, 0.5, -30.0]), np.array([-20.0, 1e4, 2.0])))  # who clips?
@example(batch=Predictions(np.linspace(-2.9, 2.3, LONG), np.linspace(1.1, -2.7, LONG) ** 2))
def is_right_on_any_batch(submission, reference, batch):
    """Batches of any size have the right loss, also whole numbers and a single sample."""
    _expect_loss(submission.mean_squared_error(*batch), reference.mean_squared_error(*batch))


@check("mean_squared_error")
@given(batch=regressions((2, 3, 5)), offset=st.sampled_from((1.0, -2.0)))
@example(batch=Predictions(np.array([1.0, 2.0]), np.array([0.0, 0.0])), offset=1.0)
@example(batch=Predictions(np.array([0.5, 0.25, 2.0]), np.array([1, 0, 1])), offset=1.0)
def only_differences_count(submission, reference, batch, offset):
    """Moving predictions and targets together, or exchanging them, changes nothing."""
    y, t = batch
    want = reference.mean_squared_error(y, t)
    _expect_loss(submission.mean_squared_error(t, y), want)
    expect(submission.mean_squared_error(y + offset, t + offset), want, **RELATED)


@check("mean_squared_error")
@given(rows=st.integers(2, 4))
def refuses_a_column(submission, rows):
    """A column of predictions beside a row of targets raises ValueError."""
    with raises(ValueError):
        submission.mean_squared_error(_sevenths(rows, 2.0).reshape(-1, 1), _sevenths(rows, 1.0))
    with raises(ValueError):
        submission.mean_squared_error(_sevenths(1, 2.0), _sevenths(rows, 1.0))


# --- cross_entropy ---------------------------------------------------------------------------


@check("cross_entropy", points=2)
@given(batch=class_predictions())
@example(batch=Predictions(np.array([[0.3]]), np.array([[1.0]])))
@example(
    batch=Predictions(np.array([[0.001, 0.9], [0.998, 0.002]]), np.array([[1.0, 0.0], [0.3, 0.7]]))
)
@example(batch=Predictions(np.full((3, 3), 0.25), np.eye(3)))
@example(batch=Predictions(np.array([[0.98, 0.02]]), np.array([[1.0, 0.0]])))  # who rounds?
def is_right_for_soft_targets(submission, reference, batch):
    """Batches of any size, with one-hot or soft targets, have the right loss."""
    expect(submission.cross_entropy(*batch), reference.cross_entropy(*batch), **LOSS)


@check("cross_entropy")
@given(batch=class_predictions(BATCHES), base=st.sampled_from((2, 10, 1.5)))
@example(batch=Predictions(np.array([[0.01, 0.97, 0.02]]), np.array([[1, 0, 0]])), base=2)
@example(batch=Predictions(np.array([[0.2, 0.3], [0.5, 0.9]]), np.eye(2)), base=1.5)
def is_right_in_any_base(submission, reference, batch, base):
    """The loss is right in bits and in any other base."""
    expect(
        submission.cross_entropy(*batch, base=base),
        reference.cross_entropy(*batch, base=base),
        **LOSS,
    )


@check("cross_entropy")
@given(batch=class_predictions(BATCHES))
@example(batch=Predictions(np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([[1.0, 0.0], [0.0, 1.0]])))
@example(
    batch=Predictions(
        np.linspace(0.013, 0.987, 3 * LONG).reshape(LONG, 3),
        np.tile([[0.5, 0.3, 0.2], [0.0, 1.0, 0.0], [0.15, 0.0, 0.85]], (LONG, 1))[:LONG],
    )
)
def order_does_not_matter(submission, reference, batch):
    """Reordering the classes or the samples of both arguments changes nothing."""
    y, t = batch
    want = reference.cross_entropy(y, t)
    expect(submission.cross_entropy(y[:, ::-1], t[:, ::-1]), want, **LOSS)
    expect(submission.cross_entropy(y[::-1], t[::-1]), want, **LOSS)


@check("cross_entropy")
@given(batch=class_predictions(BATCHES, soft=False))
@example(batch=Predictions(np.array([[0.5, 0.5], [0.4, 0.6]]), np.array([[0.0, 1.0], [1.0, 0.0]])))
def zeros_and_ones_fit_in(submission, reference, batch):
    """Certain and right predictions in a batch leave the loss of the others as it is."""
    y, t = np.where(batch.t == 1, batch.y, 0.0), batch.t
    y[0] = np.where(t[0] == 1, 0.25, y[0])
    y[-1] = t[-1]
    expect(submission.cross_entropy(y, t), reference.cross_entropy(y, t), **LOSS)


@check("cross_entropy")
@given(batch=label_batches(BATCHES))
@example(batch=Labels(np.array([1, 0]), 2))
def whole_numbers_fit_in(submission, batch):
    """Integer arrays work: certain and right costs nothing, one mistake infinity or above 10."""
    t = np.eye(batch.num_classes, dtype=np.int64)[batch.labels]
    _expect_loss(submission.cross_entropy(t, t), 0.0)
    _expect_loss(submission.cross_entropy(t, t, base=2), 0.0)  # who guards log 0 for nats only?
    y = t.copy()
    y[-1] = np.roll(y[-1], 1)
    loss = submission.cross_entropy(y, t)
    demand(loss * len(t) > 10, "one certain mistake among right answers is costly", got=loss)


@check("cross_entropy")
@given(y=matrices(((3, 2), (2, 3)), 0.1, 0.9))
@example(y=np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]]))
def never_broadcasts(submission, y):
    """Targets of one row, one column or one number raise ValueError, as do transposed ones."""
    for t in (y[:1], y[:, :1], y[0], np.array([[1.0]]), y.T):
        with raises(ValueError):
            submission.cross_entropy(y, t)


# --- binary_cross_entropy --------------------------------------------------------------------


@check("binary_cross_entropy", points=2)
@given(batch=binary_predictions((2, 3, 5, 7)))
@example(batch=Predictions(np.array([0.3]), np.array([0.0])))
@example(batch=Predictions(np.array([0.001, 0.998, 0.4]), np.array([1.0, 0.0, 0.5])))
@example(batch=Predictions(np.array([0.2, 0.9]), np.array([1, 0])))
@example(batch=Predictions(np.array([0.98]), np.array([1.0])))  # who rounds?
def is_right_for_any_targets(submission, reference, batch):
    """Batches of any size, with hard or soft targets, have the right loss."""
    expect(submission.binary_cross_entropy(*batch), reference.binary_cross_entropy(*batch), **LOSS)


@check("binary_cross_entropy")
@given(batch=binary_predictions((3, 5)))
@example(batch=Predictions(np.array([0.5, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])))
def certain_samples_fit_in(submission, reference, batch):
    """Certain and right predictions in a batch leave the loss of the others as it is."""
    y, t = batch.y.copy(), batch.t.copy()
    y[0], t[0] = 0.25, 1.0
    y[-2:] = t[-2:] = (0.0, 1.0)
    expect(submission.binary_cross_entropy(y, t), reference.binary_cross_entropy(y, t), **LOSS)


@check("binary_cross_entropy")
@given(t=integers_array((4,), 0, 1))
@example(t=np.array([0, 1]))
def accepts_whole_numbers(submission, t):
    """Integer arrays work: certain and right costs nothing, one mistake infinity or above 10."""
    _expect_loss(submission.binary_cross_entropy(t, t), 0.0)
    y = t.copy()
    y[-1] = 1 - y[-1]
    loss = submission.binary_cross_entropy(y, t)
    demand(loss * len(t) > 10, "one certain mistake among right answers is costly", got=loss)


@check("binary_cross_entropy")
@given(batch=binary_predictions((3, 5)))
@example(batch=Predictions(np.array([0.5, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])))
@example(batch=Predictions(np.linspace(0.013, 0.987, LONG), np.linspace(1.0, 0.0, LONG) ** 2))
def samples_commute(submission, reference, batch):
    """The order of the samples does not matter, but who belongs to whom does."""
    y, t = batch
    want = reference.binary_cross_entropy(y, t)
    expect(submission.binary_cross_entropy(y[::-1], t[::-1]), want, **LOSS)
    mixed = reference.binary_cross_entropy(y[::-1], t)
    expect(submission.binary_cross_entropy(y[::-1], t), mixed, **LOSS)


@check("binary_cross_entropy")
@given(y=vectors((2, 3), 0.1, 0.9))
@example(y=np.array([0.2, 0.8, 0.5]))
def refuses_columns_and_single_targets(submission, y):
    """Columns for rows, and one target for many predictions, raise ValueError."""
    column = y.reshape(-1, 1)
    for one, other in ((y, column), (column, y), (y, y[:1]), (y[:1], y)):
        with raises(ValueError):
            submission.binary_cross_entropy(one, other)
