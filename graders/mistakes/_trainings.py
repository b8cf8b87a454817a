"""The two trainings of one neuron, right but for what a mistake replaces."""

import numpy as np

from chainrule.grading import mistake


def sigma(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def gradient_of(x, w, t, signal=None):
    """The gradient of one sample's error or, for a batch, of the mean; or what another signal
    dE/da makes of it."""
    y = sigma(x @ w)
    d = 2 * (y - t) * y * (1 - y) if signal is None else signal(y, t, x @ w)
    return d * x if x.ndim == 1 else d @ x / len(x)


def errors_of(x, w, t):
    return (sigma(x @ w) - t) ** 2


def mean_error(x, w, t):
    return float(np.mean(errors_of(x, w, t)))


def batch(*problem, gradient=gradient_of, loss=mean_error):
    """The right loop, with another gradient or another loss."""
    x, w, t, rate, iterations, tolerance = problem
    w, losses = np.array(w, dtype=float), []
    for _ in range(iterations):
        losses.append(loss(x, w, t))
        if losses[-1] <= tolerance:
            break
        w = w - rate * gradient(x, w, t)
    return w, losses


def online(*problem, gradient=gradient_of, note=np.mean, error=errors_of):
    """The right loop, with another gradient or other errors, or another note of an epoch's."""
    x, w, t, rate, epochs = problem
    w, losses = np.array(w, dtype=float), []
    for _ in range(epochs):
        errors = []
        for sample, target in zip(x, t):
            errors.append(error(sample, w, target))
            w = w - rate * gradient(sample, w, target)
        losses.append(float(note(errors)))
    return w, losses


def stops_at_once(loop, x, w, t, rate):
    """Whether the loss of these weights is within the tolerance, where there is one."""
    return len(loop(x, w, t, rate, 2)[1]) < 2


def declared(function, slug, family, sentence, body, variants):
    body.__doc__ = sentence
    return mistake(function, slug, family=family, variants=variants)(body)


class Errors(float):
    """A mean error that still knows what it is the mean of."""

    __slots__ = ("each",)

    def __new__(cls, each):
        new = super().__new__(cls, np.mean(each))
        new.each = each
        return new


def flat(result):
    return result[0], [float(e) for loss in result[1] for e in loss.each]
