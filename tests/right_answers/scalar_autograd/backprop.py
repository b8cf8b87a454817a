"""Backpropagation with a scalar engine: the graph is built, then walked backwards."""

import math

import numpy as np


class Value:
    __slots__ = ("data", "grad", "parents")

    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents


class Tape:
    """Values in the order they were made: that order is already topological."""

    def __init__(self):
        self.values = []

    def leaf(self, data):
        return Value(float(data))

    def record(self, data, parents):
        self.values.append(Value(data, parents))
        return self.values[-1]

    def affine(self, inputs, weights, bias):
        """One node for the whole weighted sum, or the graph gets slow."""
        total = bias.data
        parents = [(bias, 1.0)]
        for x, w in zip(inputs, weights, strict=True):
            total += x.data * w.data
            parents.append((x, w.data))
            parents.append((w, x.data))
        return self.record(total, parents)

    def sigmoid(self, a):
        e = math.exp(-abs(a.data))
        s = 1 / (1 + e) if a.data >= 0 else e / (1 + e)
        return self.record(s, [(a, s * (1 - s))])

    def squared_error(self, y, t, scale):
        d = y.data - t
        return self.record(scale * d * d, [(y, scale * 2 * d)])

    def total(self, values):
        return self.record(math.fsum(v.data for v in values), [(v, 1.0) for v in values])

    def backward(self):
        self.values[-1].grad = 1.0
        for v in reversed(self.values):
            for parent, local in v.parents:
                parent.grad += local * v.grad


def _parameters(tape, layers):
    """Columns of W, because unit j needs the weights W[:, j]."""
    return [
        ([[tape.leaf(v) for v in column] for column in np.transpose(W)], list(map(tape.leaf, b)))
        for W, b in layers
    ]


def _run(tape, row, net):
    values = [[tape.leaf(v) for v in row]]
    for columns, biases in net:
        values.append(
            [
                tape.sigmoid(tape.affine(values[-1], column, bias))
                for column, bias in zip(columns, biases, strict=True)
            ]
        )
    return values


def forward(x, layers):
    tape = Tape()
    net = _parameters(tape, layers)
    per_sample = [_run(tape, row, net) for row in np.asarray(x)]
    return [
        np.array([[v.data for v in sample[level]] for sample in per_sample])
        for level in range(len(layers) + 1)
    ]


def network_error(y, t):
    tape = Tape()
    pairs = zip(np.ravel(y).tolist(), np.ravel(t).tolist(), strict=True)
    return tape.total([tape.squared_error(tape.leaf(a), b, 1 / len(y)) for a, b in pairs]).data


def backward(activations, layers, t):
    """Builds the graph again from the inputs; of the activations only x is needed."""
    tape = Tape()
    net = _parameters(tape, layers)
    errors = []
    for row, target in zip(activations[0], t.tolist(), strict=True):
        y = _run(tape, row, net)[-1]
        errors += [tape.squared_error(v, k, 1 / len(t)) for v, k in zip(y, target, strict=True)]
    tape.total(errors)
    tape.backward()
    return [
        (np.array([[v.grad for v in c] for c in columns]).T, np.array([v.grad for v in biases]))
        for columns, biases in net
    ]


def update(layers, gradients, learning_rate):
    return [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(layers, gradients, strict=True)
    ]


def softmax_cross_entropy_gradient(logits, t):
    tape = Tape()
    leaves = [[tape.leaf(v) for v in row] for row in logits]
    for row, target in zip(leaves, t.tolist(), strict=True):
        # sum_k t_k (logsumexp(z) - z_k), its logsumexp as one node
        top = max(v.data for v in row)
        e = [math.exp(v.data - top) for v in row]
        lse = tape.record(
            top + math.log(sum(e)), [(v, x / sum(e)) for v, x in zip(row, e, strict=True)]
        )
        costs = []
        for z, q in zip(row, target, strict=True):
            costs.append(tape.record(q * (lse.data - z.data), [(lse, q), (z, -q)]))
        tape.record(sum(c.data for c in costs) / len(t), [(c, 1 / len(t)) for c in costs])
        tape.backward()
        tape = Tape()
    return np.array([[v.grad for v in row] for row in leaves])
