"""Layers are objects with forward and backward; the functions only wrap them."""

import functools

import numpy as np


class Dense:
    """A fully connected layer followed by a sigmoid."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        return np.exp(-np.logaddexp(0, -(x.dot(self.W) + self.b)))

    def backward(self, x, y, dy):
        """Given dE/dy returns dE/dx, dE/dW, dE/db."""
        da = dy * y * (1 - y)
        return da.dot(self.W.T), x.T.dot(da), da.sum(axis=0)

    def stepped(self, dW, db, rate):
        return self.W - rate * dW, self.b - rate * db


class Network:
    def __init__(self, layers):
        self.layers = [Dense(W, b) for W, b in layers]

    def forward(self, x):
        activations = [x]
        for layer in self.layers:
            activations.append(layer.forward(activations[-1]))
        return activations

    def backward(self, activations, t):
        dy = SumOfSquares.gradient(activations[-1], t)
        gradients = []
        for i in reversed(range(len(self.layers))):
            dy, dW, db = self.layers[i].backward(activations[i], activations[i + 1], dy)
            gradients.append((dW, db))
        return gradients[::-1]


class SumOfSquares:
    @staticmethod
    def value(y, t):
        return np.square(y - t).sum() / len(y)

    @staticmethod
    def gradient(y, t):
        return 2 * (y - t) / len(y)


class SoftmaxCrossEntropy:
    def gradient(self, logits, t):
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return (p - t) / len(t)


def _through_network(method, arguments_first, layers, *rest):
    return getattr(Network(layers), method)(arguments_first, *rest)


forward = functools.partial(_through_network, "forward")
backward = functools.partial(_through_network, "backward")
network_error = SumOfSquares.value
softmax_cross_entropy_gradient = SoftmaxCrossEntropy().gradient


class _Descent:
    def __call__(self, layers, gradients, learning_rate):
        return [
            Dense(W, b).stepped(dW, db, learning_rate)
            for (W, b), (dW, db) in zip(layers, gradients, strict=True)
        ]


update = _Descent()
