"""Training as a generator of (loss, weights)."""

import math
from itertools import islice
from operator import mul

import numpy as np


def squash(v):
    e = math.exp(-abs(v))
    return (1 if v >= 0 else e) / (1 + e)


def neuron(x, w):
    return squash(sum(map(mul, x, w)))


def neighbours(w, h):
    for i in range(w.size):
        step = np.array([h * (i == j) for j in range(w.size)]).reshape(w.shape)
        yield w + step, w - step


def numerical_gradient(f, w, h=1e-5):
    slopes = [(f(a) - f(b)) / (2 * h) for a, b in neighbours(w, h)]
    return np.reshape(slopes, w.shape)


def error_gradient(y, t):
    if np.ndim(y) == 0:
        return 2 * (float(y) - float(t))
    return [error_gradient(a, b) for a, b in zip(y, t, strict=True)]


def delta_rule(x, w, t):
    y = neuron(x, w)
    return tuple(float(2 * (y - t) * y * (1 - y) * v) for v in x)


def batch_gradient(x, w, t):
    rows = (delta_rule(a, w, b) for a, b in zip(x, t, strict=True))
    return tuple(sum(column) / len(x) for column in zip(*rows, strict=True))


def gradient_step(w, gradient, learning_rate):
    if np.ndim(w) > 1:
        rows = zip(w, gradient, strict=True)
        return [gradient_step(a, g, learning_rate) for a, g in rows]
    return [a - learning_rate * g for a, g in zip(w, gradient, strict=True)]


def descent(x, w, t, learning_rate):
    """(loss, weights before the update), for ever; lazy, so nobody updates in vain."""
    while True:
        yield sum((neuron(a, w) - b) ** 2 for a, b in zip(x, t, strict=True)) / len(x), w
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    path = descent(x, w, t, learning_rate)
    for loss, w in islice(path, iterations):
        losses.append(loss)
        if loss <= tolerance:
            return w, losses
    if iterations:
        _, w = next(path)  # the weights after the last update
    return w, losses


def online(x, w, t, learning_rate):
    while True:
        errors = []
        for a, b in zip(x, t, strict=True):
            errors.append((neuron(a, w) - b) ** 2)
            w = gradient_step(w, delta_rule(a, w, b), learning_rate)
        yield sum(errors) / len(errors), w


def train_neuron_online(x, w, t, learning_rate, epochs):
    history = [(None, w), *islice(online(x, w, t, learning_rate), epochs)]
    return history[-1][1], [loss for loss, _ in history[1:]]
