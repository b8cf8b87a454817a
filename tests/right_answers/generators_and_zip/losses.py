"""Losses with generators. Everything that comes out is a tuple, a list or a number."""

import math
from itertools import chain, repeat
from operator import mul


def one_hot(labels, num_classes):
    def code(k):
        if k < 0 or k >= num_classes:
            raise ValueError(f"class {k} of {num_classes}")
        return tuple(chain(repeat(0.0, k), (1.0,), repeat(0.0, num_classes - k - 1)))

    return tuple(code(int(k)) for k in labels)


def softmax(logits):
    if logits.ndim == 2:
        return tuple(map(softmax, logits))
    numbers = tuple(map(float, logits))
    weights = tuple(math.exp(z - max(numbers)) for z in numbers)
    return tuple(w / sum(weights) for w in weights)


def pairs(y, t):
    """(y, t) number by number; zip alone would hide a difference in length."""
    if y.shape != t.shape:
        raise ValueError("not the same shape")
    return zip(map(float, y.flat), map(float, t.flat), strict=True)


def mean_squared_error(y, t):
    return sum((a - b) ** 2 for a, b in pairs(y, t)) / len(y)


def log(p):
    return math.log(p) if p else -math.inf


def cross_entropy(y, t, base=math.e):
    kept = ((p, q) for p, q in pairs(y, t) if q)
    return -sum(q * log(p) for p, q in kept) / math.log(base) / len(y)


def binary_cross_entropy(y, t):
    both = (side for p, q in pairs(y, t) for side in ((p, q), (1 - p, 1 - q)))
    ps, qs = zip(*((p, q) for p, q in both if q), strict=True)
    return -sum(map(mul, map(log, ps), qs)) / len(y)
