"""Pictures of one neuron's gradients and of its training."""

from __future__ import annotations

import numpy as np

from chainrule.grading import Heat, Lines, agree, exhibit, numerical_gradient_of

from ..inputs import LECTURE_T, LECTURE_W, LECTURE_X

START = LECTURE_W.astype(np.float64)
RATE = 2.0
ITERATIONS = 60


def _error(w: np.ndarray) -> float:
    return float(np.mean((0.5 + 0.5 * np.tanh(LECTURE_X @ w / 2) - LECTURE_T) ** 2))


def _descent() -> list[float]:
    """The losses that come of measured gradients."""
    w, losses = START, []
    for _ in range(ITERATIONS):
        losses.append(_error(w))
        w = w - RATE * numerical_gradient_of(_error, w)
    return losses


@exhibit("batch_gradient")
def gradient_beside_the_measured_one(submission):
    """Your gradient beside the measured one.

    The lecture's four points at its first weights. Below: how much the error really changes when
    one weight is moved a little. Both rows should look the same.
    """
    got = submission.batch_gradient(LECTURE_X, LECTURE_W, LECTURE_T)
    measured = numerical_gradient_of(_error, START)
    wrong = ~np.isclose(got, measured, rtol=1e-5, atol=1e-8)
    says = f"{wrong.sum()} of {wrong.size} entries of your gradient differ from the measured ones."
    marks = np.stack([wrong, np.zeros_like(wrong)])
    columns = ["bias w0", "w1", "w2"]
    values = np.stack([got, measured])
    return [Heat("", says, values, ["yours", "measured"], columns, marks)]


@exhibit("train_neuron")
def descent_beside_the_right_one(submission):
    """Your loss curve beside the right one.

    The lecture's points and first weights, at a learning rate of 2. From the same start the two
    curves are one: where they part, look at the gradient and at the step.
    """
    _, losses = submission.train_neuron(LECTURE_X, LECTURE_W, LECTURE_T, RATE, ITERATIONS)
    got, right = np.asarray(losses, dtype=np.float64), np.asarray(_descent())
    says = _compared(got, right)
    lines = [("right", right), ("yours", got)]
    return [Lines("", says, lines, ("iteration", "mean squared error"))]


def _compared(got: np.ndarray, right: np.ndarray) -> str:
    if len(got) != len(right):
        return f"Your list holds {len(got)} losses for {len(right)} iterations."
    apart = [n for n in range(len(right)) if not agree(got[n], right[n], rtol=1e-4)]
    if not apart:
        return f"Both fall from {right[0]:.3g} to {right[-1]:.3g}, as one curve."
    return (
        f"They part at iteration {apart[0]}; at the end yours is {got[-1]:.3g}, and the right one "
        f"is {right[-1]:.3g}."
    )
