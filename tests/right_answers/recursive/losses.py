"""Losses without a single loop: recursion and reduce."""

import math
from functools import reduce

import numpy as np


def total(numbers):
    """A sum, by halves (so that the recursion stays shallow)."""
    if len(numbers) == 0:
        return 0.0
    if len(numbers) == 1:
        return numbers[0]
    half = len(numbers) // 2
    return total(numbers[:half]) + total(numbers[half:])


def one_hot(labels, num_classes):
    def row(label):
        if not 0 <= label < num_classes:
            raise ValueError(f"{label} is not in [0, {num_classes})")
        return [0.0] * label + [1.0] + [0.0] * (num_classes - label - 1)

    def rows(rest):
        return [] if not rest else [row(rest[0]), *rows(rest[1:])]

    return rows(labels.tolist())


def softmax(logits):
    if logits.ndim > 1:
        return np.array([*map(softmax, logits)])
    top = reduce(max, logits.tolist())
    exps = np.exp(logits - top)
    return exps / total(exps)


def same(y, t):
    if y.shape != t.shape:
        raise ValueError("the shapes differ")


def mean_squared_error(y, t):
    same(y, t)
    return total((y - t) ** 2) / len(y)


def surprise(y, t):
    """-t log y of two numbers, and of two arrays the sum over all their entries"""
    if np.ndim(y):
        return total([*map(surprise, y, t)])
    if t == 0:
        return 0.0
    return math.inf if y == 0 else -t * math.log(y)


def cross_entropy(y, t, base=math.e):
    same(y, t)
    return surprise(y, t) / len(y) / math.log(base)


def binary_cross_entropy(y, t):
    same(y, t)
    return (surprise(y, t) + surprise(1 - y, 1 - t)) / len(y)
