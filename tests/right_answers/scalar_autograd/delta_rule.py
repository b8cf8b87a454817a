"""Gradient descent on one neuron; no derivative is worked out by hand in this file."""

import math

import numpy as np


class Value:
    """A number that remembers how it was made (reverse-mode automatic differentiation)."""

    __slots__ = ("_made_from", "data", "grad")

    def __init__(self, data, made_from=()):
        self.data = float(data)
        self.grad = 0.0
        self._made_from = made_from  # pairs (value, d self / d value)

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        return self + (-Value.of(other))

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, k):
        return Value(self.data**k, ((self, k * self.data ** (k - 1)),))

    def sigmoid(self):
        e = math.exp(-abs(self.data))
        s = 1 / (1 + e) if self.data >= 0 else e / (1 + e)
        return Value(s, ((self, s * (1 - s)),))

    def backward(self):
        """Depth first without recursion, so that long sums cannot hit the recursion limit."""
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            v, done = stack.pop()
            if done:
                order.append(v)
            elif id(v) not in seen:
                seen.add(id(v))
                stack.append((v, True))
                stack.extend((child, False) for child, _ in v._made_from)
        self.grad = 1.0
        for v in reversed(order):
            for child, local in v._made_from:
                child.grad += local * v.grad


def _sum(values):
    total = Value(0)
    for v in values:
        total = total + v
    return total


def _neuron(x, weights):
    return _sum(w * v for w, v in zip(weights, x, strict=True)).sigmoid()


def _mean_error(x, weights, t):
    errors = [(_neuron(row, weights) - target) ** 2 for row, target in zip(x, t, strict=True)]
    return _sum(errors) * (1 / len(errors))


def _differentiate(x, w, t):
    """E and dE/dw for rows x."""
    weights = [Value(v) for v in w]
    E = _mean_error(x, weights, t)
    E.backward()
    return E.data, np.array([v.grad for v in weights])


def numerical_gradient(f, w, h=1e-5):
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        for sign in (1, -1):
            moved = w.astype(float)
            moved[i] += sign * h
            g[i] += sign * f(moved) / (2 * h)
    return g


def error_gradient(y, t):
    values = []
    for a, b in zip(np.ravel(y), np.ravel(t), strict=True):
        v = Value(a)
        ((v - b) ** 2).backward()
        values.append(v.grad)
    return np.array(values).reshape(np.shape(y))


def delta_rule(x, w, t):
    return _differentiate([x.tolist()], w.tolist(), [t])[1]


def batch_gradient(x, w, t):
    return _differentiate(x.tolist(), w.tolist(), t.tolist())[1]


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    rows, targets = x.tolist(), t.tolist()
    for _ in range(iterations):
        E, gradient = _differentiate(rows, w.tolist(), targets)
        losses.append(E)
        if E <= tolerance:
            break
        w = gradient_step(w, gradient, learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        errors = []
        for row, target in zip(x.tolist(), t.tolist(), strict=True):
            E, gradient = _differentiate([row], w.tolist(), [target])
            errors.append(E)
            w = gradient_step(w, gradient, learning_rate)
        losses.append(sum(errors) / len(errors))
    return w, losses
