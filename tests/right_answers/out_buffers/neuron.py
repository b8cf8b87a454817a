"""In-place arithmetic on buffers of our own."""

import numpy as np


def _sigmoid_inplace(buffer):
    """buffer becomes sigmoid(buffer); exp only ever sees numbers in [-700, 700]."""
    np.clip(buffer, -700, 700, out=buffer)
    np.negative(buffer, out=buffer)
    np.exp(buffer, out=buffer)
    buffer += 1
    np.reciprocal(buffer, out=buffer)
    return buffer


def sigmoid(a):
    return _sigmoid_inplace(np.array(a, dtype=float))


def sigmoid_derivative(a):
    y = sigmoid(a)
    rest = np.subtract(1, y)
    return np.multiply(y, rest, out=y)


def predict(x, w):
    buffer = np.empty(len(x))
    np.dot(x.astype(float), w.astype(float), out=buffer)
    return _sigmoid_inplace(buffer)


def forward_pass(x, w, t, loss="mse"):
    if loss != "mse" and loss != "bce":
        raise ValueError(loss)
    y = predict(x, w)
    e = np.empty_like(y)
    if loss == "mse":
        np.subtract(y, t, out=e)
        np.square(e, out=e)
        return y, e, e.mean()
    e[:] = 0
    other = np.zeros_like(y)
    with np.errstate(divide="ignore"):
        np.log(y, out=e, where=t != 0)
        np.log(1 - y, out=other, where=t != 1)
    np.multiply(e, -t, out=e, where=t != 0)
    np.multiply(other, t - 1, out=other, where=t != 1)
    e += other
    return y, e, e.mean()
