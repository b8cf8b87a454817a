"""Losses. Whatever comes out is right, only its memory looks unusual."""

import math

import numpy as np


def _frozen(a):
    a = np.asfortranarray(a)
    a.flags.writeable = False
    return a


def one_hot(labels, num_classes):
    if ((labels < 0) | (labels >= num_classes)).any():
        raise ValueError("not a class")
    table = np.zeros((num_classes, len(labels)))
    table[labels, range(len(labels))] = 1
    return table.T  # Fortran order


def softmax(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return _frozen(e / e.sum(axis=-1, keepdims=True))


def _alike(y, t):
    if y.shape != t.shape:
        raise ValueError("y and t must have one shape")


def mean_squared_error(y, t):
    _alike(y, t)
    return np.array(np.mean((y - t) ** 2))  # a 0-d array


def _nats(p, q):
    p, q = p[q != 0], q[q != 0]
    if (p == 0).any():
        return np.inf
    return -(q * np.log(p)).sum()


def cross_entropy(y, t, base=math.e):
    _alike(y, t)
    result = np.array(_nats(y, t) / len(y) / math.log(base))
    result.flags.writeable = False
    return result


def binary_cross_entropy(y, t):
    _alike(y, t)
    return np.array((_nats(y, t) + _nats(1 - y, 1 - t)) / len(y))
