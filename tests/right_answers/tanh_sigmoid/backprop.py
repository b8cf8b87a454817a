"""Backpropagation in terms of u = tanh(a/2): y = (1 + u)/2, dy/da = (1 - u^2)/4."""

import numpy as np


def sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2


def forward(x, layers):
    result = [x]
    for W, b in layers:
        result.append(sigmoid(np.matmul(result[-1], W) + b))
    return tuple(result)


def network_error(y, t):
    return np.mean(np.sum(np.square(t - y), axis=-1))


def derivative(y):
    u = 2 * y - 1
    return (1 - u**2) / 4


def backward(activations, layers, t):
    """Recursive: the gradients of the layers above come back with the upstream error."""

    def go(level):
        # returns dE/d(activations[level]) and the gradients of all layers above
        if level == len(layers):
            return 2 / len(t) * (activations[-1] - t), []
        upstream, above = go(level + 1)
        local = upstream * derivative(activations[level + 1])
        own = np.matmul(np.transpose(activations[level]), local), np.sum(local, axis=0)
        return np.matmul(local, np.transpose(layers[level][0])), [own] + above

    return go(0)[1]


def update(layers, gradients, learning_rate):
    return [
        tuple(np.subtract(p, learning_rate * np.asarray(g)) for p, g in zip(*pair))
        for pair in zip(layers, gradients)
    ]


def softmax_cross_entropy_gradient(logits, t):
    top = logits.max(axis=-1, keepdims=True)
    log_p = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    return (np.exp(log_p) - t) / len(t)
