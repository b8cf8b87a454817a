"""Losses that remember: the same arrays again cost nothing. Results are always copies."""

import functools
import math

import numpy as np


def _key(value):
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    return type(value), value


def memo(function):
    """Like lru_cache, for arrays: keyed on their bytes, and what is kept is never given away."""
    known = {}

    @functools.wraps(function)
    def remembered(*args, **kwargs):
        key = tuple(map(_key, args)), tuple((k, _key(v)) for k, v in sorted(kwargs.items()))
        if key not in known:
            if len(known) > 500:
                known.clear()
            known[key] = function(*args, **kwargs)
        return np.copy(known[key])

    return remembered


@memo
def one_hot(labels, num_classes):
    if not set(labels.tolist()) <= set(range(num_classes)):
        raise ValueError("labels must be 0 ... num_classes - 1")
    return np.stack([_unit(k, num_classes) for k in labels.tolist()])


@functools.lru_cache(maxsize=None)
def _unit(k, n):
    unit = np.zeros(n)
    unit[k] = 1
    unit.setflags(write=False)
    return unit


@memo
def softmax(logits):
    e = np.exp(logits - np.max(logits, -1, keepdims=True))
    return e / np.sum(e, -1, keepdims=True)


@memo
def mean_squared_error(y, t):
    if y.shape != t.shape:
        raise ValueError("y and t differ in shape")
    return np.var(y - t) + np.mean(y - t) ** 2


@memo
def cross_entropy(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("y and t differ in shape")
    wanted = t > 0
    with np.errstate(divide="ignore"):
        return np.sum(t[wanted] * -np.log(y[wanted])) / (len(t) * np.log(base))


@memo
def binary_cross_entropy(y, t):
    if y.shape != t.shape:
        raise ValueError("y and t differ in shape")
    two_classes = [np.stack([v, 1 - v], axis=-1) for v in (y, t)]
    return cross_entropy(*two_classes)
