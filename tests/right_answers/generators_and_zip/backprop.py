"""Backpropagation on tuples of tuples."""

import math
from itertools import accumulate
from operator import mul

import numpy as np


def squash(v):
    e = math.exp(-abs(v))
    return (1 if v >= 0 else e) / (1 + e)


def dot(a, b):
    return sum(map(mul, a, b))


def columns(table):
    return tuple(zip(*table, strict=True))


def layer(x, parameters):
    W, b = parameters
    units = tuple(zip(columns(W), b, strict=True))
    return tuple(tuple(squash(dot(row, w) + bias) for w, bias in units) for row in x)


def forward(x, layers):
    return tuple(accumulate(layers, layer, initial=x))


def network_error(y, t):
    return sum(
        (a - b) ** 2
        for row, target in zip(y, t, strict=True)
        for a, b in zip(row, target, strict=True)
    ) / len(y)


def through_sigmoid(upstream, y):
    return [
        [g * v * (1 - v) for g, v in zip(g_row, y_row, strict=True)]
        for g_row, y_row in zip(upstream, y, strict=True)
    ]


def gradients_from_the_top(activations, layers, t):
    *inputs, y = activations
    upstream = [
        [2 * (a - b) / len(t) for a, b in zip(row, target, strict=True)]
        for row, target in zip(y, t, strict=True)
    ]
    for (W, _), below in zip(reversed(layers), reversed(inputs), strict=True):
        delta = through_sigmoid(upstream, y)
        per_unit = columns(delta)
        yield [[dot(x, d) for d in per_unit] for x in columns(below)], [*map(sum, per_unit)]
        upstream = [[dot(row, d) for row in W] for d in delta]
        y = below


def backward(activations, layers, t):
    return [*gradients_from_the_top(activations, layers, t)][::-1]


def update(layers, gradients, learning_rate):
    def moved(p, g):
        return p - learning_rate * np.asarray(g)

    return [(*map(moved, p, g),) for p, g in zip(layers, gradients, strict=True)]


def softmax_cross_entropy_gradient(logits, t):
    def row(z, target):
        weights = [math.exp(v - max(z)) for v in z]
        return tuple(
            (w / sum(weights) - q) / len(t) for w, q in zip(weights, target, strict=True)
        )

    return tuple(map(row, logits.tolist(), t.tolist()))
