"""A neuron whose results are views: strided, reversed, read-only."""

import numpy as np


def _every_second(a):
    """The same numbers, two apart in memory."""
    wide = np.zeros((*a.shape, 2))
    wide[..., 0] = a
    return wide[..., 0]


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return _every_second(np.asarray(np.where(np.less(a, 0), e, 1.0) / (1 + e)))


def sigmoid_derivative(a):
    e = np.exp(-np.abs(a))
    result = np.asarray(e / (1 + e) / (1 + e))
    return np.asfortranarray(result).reshape(np.shape(a), order="A")


def predict(x, w):
    backwards = sigmoid(x[::-1] @ w)
    return backwards[::-1]  # a negative stride


def forward_pass(x, w, t, loss="mse"):
    table = np.zeros((len(x), 2), order="F")
    table[:, 0] = predict(x, w)
    y = table[:, 0]
    if loss == "mse":
        table[:, 1] = (y - t) ** 2
    elif loss == "bce":
        a = x @ w
        # t log(1 + e^-a) + (1 - t) log(1 + e^a)
        table[:, 1] = t * np.logaddexp(0, -a) + (1 - t) * np.logaddexp(0, a)
    else:
        raise ValueError(loss)
    table.flags.writeable = False
    return table[:, 0], table[:, 1], table[:, 1].mean()
