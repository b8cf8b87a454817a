"""Backpropagation that keeps its forward passes, keyed on the bytes of x and of the layers."""

import copy

import numpy as np

_passes = {}


def _bytes(value):
    if isinstance(value, list | tuple):
        return tuple(map(_bytes, value))
    value = np.asarray(value)
    return value.dtype.str, value.shape, value.tobytes()


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1) / (1 + e)


def forward(x, layers):
    key = _bytes(x), _bytes(layers)
    if key not in _passes:
        if len(_passes) >= 100:
            _passes.pop(next(iter(_passes)))  # the oldest
        activations = [np.array(x)]
        for W, b in layers:
            activations.append(sigmoid(activations[-1] @ W + b))
        _passes[key] = activations
    return copy.deepcopy(_passes[key])


def network_error(y, t):
    return ((y - t) ** 2).sum(axis=1).mean()


def backward(activations, layers, t):
    # The activations that are passed in, never those of the cache: they may be another net's.
    gradients = []
    delta = 2 * (activations[-1] - t) / len(t)
    for level in reversed(range(len(layers))):
        delta = delta * activations[level + 1] * (1 - activations[level + 1])
        gradients.append((activations[level].T @ delta, delta.sum(axis=0)))
        delta = delta @ layers[level][0].T
    gradients.reverse()
    return gradients


def update(layers, gradients, learning_rate):
    new = copy.deepcopy([list(layer) for layer in layers])
    for i, (dW, db) in enumerate(gradients):
        new[i][0] = new[i][0] - learning_rate * dW
        new[i][1] = new[i][1] - learning_rate * db
    return new


def softmax_cross_entropy_gradient(logits, t, _known={}):  # noqa: B006 -- it is meant to stay
    key = _bytes([logits, t])
    if key not in _known:
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        _known[key] = (e / e.sum(axis=1, keepdims=True) - t) / len(t)
    return _known[key].copy()
