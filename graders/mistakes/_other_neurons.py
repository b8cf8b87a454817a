"""Trainings of another neuron or another error than the lecture's; ``delta_rule`` takes them in."""

import numpy as np

from ._batch_training import _descends
from ._descent import _both
from ._online_training import _learns
from ._trainings import batch, gradient_of, online, sigma


def _neuron(slug, family, sentence, predict, slope, **variants):
    """Declare both trainings of a neuron that predicts otherwise, in its losses and its steps."""

    def rule(loop, x, w, t, rate, rounds, **choices):
        def errors(x, w, t):
            return (predict(x @ w) - t) ** 2

        def signal(_, t, a):
            y = predict(a)
            return 2 * (y - t) * slope(y, **choices)

        other = {"gradient": lambda *data: gradient_of(*data, signal)}
        if loop is online:
            other["error"] = errors
        else:
            other["loss"] = lambda *data: float(np.mean(errors(*data)))
        with np.errstate(all="ignore"):
            return loop(x, w, t, rate, rounds, **other)

    return _both(slug, family, sentence, rule, **variants)


train_precedence, online_precedence = _neuron(
    "precedence",
    "lecture-bug",
    "Your y is 1/1+e^−v, which Python reads as 1 + e^−v, as in the lecture's listing. Use the "
    "sigmoid that is given.",
    lambda a: 1 + np.exp(-a),
    lambda y: y * (1 - y),
)
train_no_sigmoid, online_no_sigmoid = _neuron(
    "sigmoid-missing",
    "architecture",
    "Your neuron has no sigmoid: you take the weighted sum x·w for the prediction. y = σ(x·w).",
    lambda a: a,
    lambda y, of: {"line": 1, "line without 2": 0.5, "y": y * (1 - y)}[of],
    of=("line", "line without 2", "y"),
)
train_twice, online_twice = _neuron(
    "sigmoid-twice",
    "derivative",
    "You apply the sigmoid twice. y = σ(x·w), once.",
    lambda a: sigma(sigma(a)),
    lambda y: y * (1 - y),
)
train_falling, online_falling = _neuron(
    "sign-of-exponent",
    "sign",
    "Your prediction falls where it should rise: the sigmoid has a minus in its exponent.",
    lambda a: sigma(-a),
    lambda y: y * (1 - y),
)
train_decides, online_decides = _neuron(
    "step-for-sigmoid",
    "architecture",
    "Your neuron decides, 0 or 1, and learns by the perceptron's rule. Here y is the sigmoid, and "
    "its slope y (1 − y) belongs into the update.",
    lambda a: 1.0 * (a > 0),
    lambda y, two: two / 2,
    two=(1, 2),
)
train_tanh, online_tanh = _neuron(
    "tanh-for-sigmoid",
    "architecture",
    "Your neuron squashes with tanh. The lecture's has the sigmoid, with the slope y (1 − y).",
    np.tanh,
    lambda y: 1 - y**2,
)


def _decided(loop, x, w, t, rate, rounds, half):
    def measured(x, w, t):
        y = sigma(x @ w)
        return (((y >= 0.5) if half else (y > 0.5)) - t) ** 2

    if loop is online:
        return loop(x, w, t, rate, rounds, error=measured)
    return loop(x, w, t, rate, rounds, loss=lambda *data: float(np.mean(measured(*data))))


train_decisions, online_decisions = _both(
    "decisions-measured",
    "wrong-argument",
    "Your losses compare decisions, 0 or 1, with the targets. Measure the predictions themselves.",
    _decided,
    half=(False, True),
)


def _halved(loop, x, w, t, rate, rounds, seen):
    def gradient(x, w, t):
        return gradient_of(x, w, t) / 2

    if seen and loop is not online:
        return loop(
            x,
            w,
            t,
            rate,
            rounds,
            gradient=gradient,
            loss=lambda x, w, t: float(np.mean((sigma(x @ w) - t) ** 2)) / 2,
        )
    w, losses = loop(x, w, t, rate, rounds, gradient=gradient)
    return w, [loss / 2 for loss in losses]


train_half_error, online_half_error = _both(
    "half-error",
    "scale",
    "You train with ½ (y − t)²: losses and steps are half as large as they should be. The "
    "lecture's error has no half, so its slope has a 2.",
    _halved,
    seen=(True, False),
)


def _table(x, w, t):
    return float(np.mean((sigma(x @ w)[:, None] - t) ** 2))


def _pairs(x, w, t):
    y = sigma(x @ w)
    return 2 * (y - np.mean(t)) * y * (1 - y) @ x / len(x)


train_pairs = _descends(
    "table-of-all-pairs",
    "shape",
    "A column minus a row is a table of all pairs of samples: your losses compare each prediction "
    "with every target. Keep y and t both (N,).",
    lambda x, w, t, rate, n, tol, steps: batch(
        x, w, t, rate, n, tol, loss=_table, gradient=_pairs if steps else gradient_of
    ),
    steps=(False, True),
)
online_by_four = _learns(
    "divided-by-four",
    "scale",
    "You divide by 4, as many samples as the lecture has. Divide by len(x).",
    lambda x, w, t, rate, n: online(x, w, t, rate, n, note=lambda errors: sum(errors) / 4),
)
train_by_four = _descends(
    "divided-by-four",
    "scale",
    "You divide by 4, as many samples as the lecture has. Divide by len(x).",
    lambda x, w, t, rate, n, tol, what: batch(
        x,
        w,
        t,
        rate,
        n,
        tol,
        gradient=lambda *data: gradient_of(*data) * (len(x) / 4 if what != "loss" else 1),
        loss=lambda *data: (
            float(np.sum((sigma(data[0] @ data[1]) - data[2]) ** 2))
            / (4 if what != "step" else len(x))
        ),
    ),
    what=("both", "loss", "step"),
)
