"""One neuron, recursively."""

import math

import numpy as np


def sigmoid(a):
    """Down to the single numbers, then back up."""
    if np.ndim(a) > 0:
        return np.array([*map(sigmoid, a)])
    if a < 0:
        return 1 - sigmoid(-a)
    return 1 / (1 + math.exp(-a))


def sigmoid_derivative(a):
    if np.ndim(a) > 0:
        return np.array([*map(sigmoid_derivative, a)])
    s = sigmoid(abs(a))
    return s * (1 - s)


def dot(u, v):
    if len(u) == 1:
        return u[0] * v[0]
    half = len(u) // 2
    return dot(u[:half], v[:half]) + dot(u[half:], v[half:])


def predict(x, w):
    if len(x) == 1:
        return np.array([sigmoid(dot(x[0], w))])
    return np.append(predict(x[:1], w), predict(x[1:], w))


def squared_error(y, t):
    return (y - t) ** 2


def bernoulli_error(y, t):
    if t == 0:
        return -math.log(1 - y) if y < 1 else math.inf
    if t == 1:
        return -math.log(y) if y > 0 else math.inf
    # soft: between the two
    return t * bernoulli_error(y, 1) + (1 - t) * bernoulli_error(y, 0)


def forward_pass(x, w, t, loss="mse"):
    cost = {"mse": squared_error, "bce": bernoulli_error}.get(loss)
    if cost is None:
        raise ValueError(f"loss={loss!r}")
    y = predict(x, w)
    e = np.array([*map(cost, y, t)])
    return y, e, dot(e, np.ones(len(e))) / len(e)
