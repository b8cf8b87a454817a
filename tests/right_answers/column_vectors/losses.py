"""Losses for column vectors: in here one SAMPLE IS ONE COLUMN, as in the maths course.

At the border everything is transposed.
"""

import math

import numpy as np


def one_hot(labels, num_classes):
    labels = np.asarray(labels)
    if labels.min() < 0 or labels.max() > num_classes - 1:
        raise ValueError("There is a label that is no class.")
    columns = np.zeros((num_classes, labels.size))
    for n, label in enumerate(labels):
        columns[label, n] = 1.0
    return columns.T


def softmax(logits):
    Z = logits.T if logits.ndim == 2 else logits.reshape(-1, 1)
    E = np.exp(Z - Z.max(axis=0))
    P = E / E.sum(axis=0)
    return P.T.reshape(logits.shape)


def column(v, name):
    if v.ndim != 1:
        raise ValueError(name + " must be a vector")
    return v.reshape(-1, 1)


def mean_squared_error(y, t):
    y, t = column(y, "y"), column(t, "t")
    if y.shape != t.shape:
        raise ValueError("y and t have different lengths")
    d = y - t
    return (d.T @ d).item() / len(d)  # d.T @ d is 1 x 1


def cross_entropy(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("y and t have different shapes")
    total = 0.0
    for y_n, t_n in zip(y, t):
        needed = t_n != 0
        if (y_n[needed] == 0).any():
            return np.inf
        total += -(t_n[needed] @ np.log(y_n[needed])) / math.log(base)
    return total / len(y)


def binary_cross_entropy(y, t):
    y, t = column(y, "y"), column(t, "t")
    if y.shape != t.shape:
        raise ValueError("y and t have different lengths")
    # a binary problem is a problem with two classes
    return cross_entropy(np.hstack([y, 1 - y]), np.hstack([t, 1 - t]))
