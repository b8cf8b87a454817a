"""Week 2, part 1: losses, one line of numpy each where possible."""

import math

import numpy as np


def one_hot(labels, num_classes):
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= num_classes)):
        raise ValueError(f"labels must lie in [0, {num_classes})")
    return np.eye(num_classes)[labels]


def softmax(logits):
    exp = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


def _same_shape(y, t):
    if np.shape(y) != np.shape(t):
        raise ValueError(f"y has shape {np.shape(y)}, t has {np.shape(t)}")


def _xlogy(x, y):
    # 0 * log 0 is 0 here, and x * log 0 is -inf
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x == 0, 0.0, x * np.log(y))


def mean_squared_error(y, t):
    _same_shape(y, t)
    return np.mean((y - t) ** 2)


def cross_entropy(y, t, base=math.e):
    _same_shape(y, t)
    return -_xlogy(t, y).sum(axis=1).mean() / np.log(base)


def binary_cross_entropy(y, t):
    _same_shape(y, t)
    return -np.mean(_xlogy(t, y) + _xlogy(1 - t, 1 - y))
