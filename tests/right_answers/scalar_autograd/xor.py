"""XOR on a scalar reverse-mode engine."""

import math
import random

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])


class Value:
    __slots__ = ("data", "grad", "parents")

    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents


class MLP:
    """A network of Values; `tape` holds what was computed, in order."""

    def __init__(self, layers):
        self.layers = [
            ([[Value(float(v)) for v in c] for c in np.transpose(W)], [Value(float(v)) for v in b])
            for W, b in layers
        ]
        self.tape = []

    def parameters(self):
        return [p for cols, bs in self.layers for group in (*cols, bs) for p in group]

    def _new(self, data, parents):
        v = Value(data, parents)
        self.tape.append(v)
        return v

    def neuron(self, inputs, weights, bias):
        a = bias.data
        for x, w in zip(inputs, weights, strict=True):
            a += x.data * w.data
        e = math.exp(-abs(a))
        s = 1 / (1 + e) if a >= 0 else e / (1 + e)
        slope = s * (1 - s)
        parents = [(bias, slope)]
        for x, w in zip(inputs, weights, strict=True):
            parents += [(x, slope * w.data), (w, slope * x.data)]
        return self._new(s, parents)

    def __call__(self, row):
        activations = [[Value(float(v)) for v in row]]
        for columns, biases in self.layers:
            below = activations[-1]
            units = zip(columns, biases, strict=True)
            activations.append([self.neuron(below, column, bias) for column, bias in units])
        return activations

    def error(self, x, t):
        """E with all gradients filled in."""
        self.tape = []
        for p in self.parameters():
            p.grad = 0.0
        terms, total = [], 0.0
        for row, target in zip(x, t, strict=True):
            for y, k in zip(self(row)[-1], target, strict=True):
                total += (y.data - k) ** 2
                terms.append((y, 2 * (y.data - k) / len(x)))
        E = self._new(total / len(x), terms)
        E.grad = 1.0
        for v in reversed(self.tape):
            for parent, local in v.parents:
                parent.grad += local * v.grad
        return E.data

    def arrays(self):
        return [
            (np.array([[v.data for v in c] for c in cols]).T, np.array([v.data for v in bs]))
            for cols, bs in self.layers
        ]


def initialize(sizes, seed):
    r = random.Random(seed)
    return [
        (
            np.array([[r.gauss(0, 1) for _ in range(n)] for _ in range(m)]),
            np.array([r.gauss(0, 1) for _ in range(n)]),
        )
        for m, n in zip(sizes, sizes[1:], strict=False)
    ]


def train(x, t, layers, learning_rate, iterations):
    net, losses = MLP(layers), []
    rows, targets = x.tolist(), t.tolist()
    for _ in range(iterations):
        losses.append(net.error(rows, targets))
        for p in net.parameters():
            p.data -= learning_rate * p.grad
    return net.arrays(), losses


def classify(x, layers):
    net = MLP(layers)
    return np.array([int(net(row)[-1][0].data > 0.5) for row in x])


def solve_xor(seed):
    """Adam, because every step is expensive here."""
    attempt = 0
    while True:
        net = MLP(initialize((2, 4, 1), seed + attempt))
        moments = [(0.0, 0.0)] * len(net.parameters())
        for i in range(1, 400):
            if net.error(X.tolist(), T.tolist()) < 0.01:
                return net.arrays()
            for j, p in enumerate(net.parameters()):
                m, v = moments[j]
                m, v = 0.9 * m + 0.1 * p.grad, 0.99 * v + 0.01 * p.grad**2
                moments[j] = m, v
                p.data -= 0.1 * (m / (1 - 0.9**i)) / (math.sqrt(v / (1 - 0.99**i)) + 1e-9)
        attempt += 1


def hidden_features(x, layers):
    net = MLP(layers)
    return np.array([[v.data for v in net(row)[-2]] for row in x])


def count_layers(layers):
    return len(MLP(layers).layers)


def count_parameters(layers):
    return len(MLP(layers).parameters())


def merge_linear(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = np.dot(W, V), np.dot(b, V) + c
    return W, b


def staircase(edges, heights):
    edges, heights = [float(v) for v in edges], [float(v) for v in heights]
    gaps = [b - a for a, b in zip(edges, edges[1:], strict=False)] or [1.0]
    k = 350 / min(gaps)
    jumps = [[b - a] for a, b in zip(heights, heights[1:], strict=False)]
    return [
        (np.array([[k for _ in edges]]), np.array([-k * e for e in edges])),
        (np.array(jumps), np.array([heights[0]])),
    ]
