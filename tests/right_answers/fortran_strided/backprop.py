"""Weights are kept transposed, inputs are passed through as views."""

import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1.0) / (1 + e)


def forward(x, layers):
    first = x.view()
    first.flags.writeable = False  # of the view, x itself stays as it is
    activations = [first]
    for W, b in layers:
        activations.append(sigmoid(W.T @ activations[-1].T + b[:, None]).T)
    return activations


def network_error(y, t):
    return np.asarray(((y - t) ** 2).sum() / len(y))


def backward(activations, layers, t):
    y = activations[-1]
    upstream = 2 * (y - t).T / len(t)
    gradients = []
    for k in range(len(layers))[::-1]:
        a, below = activations[k + 1].T, activations[k]
        delta = upstream * a * (1 - a)
        both = np.zeros((delta.shape[0], below.shape[1] + 1))
        both[:, :-1] = delta @ below
        both[:, -1] = delta.sum(axis=1)
        # W and b of a layer are views of one array
        gradients.append((both[:, :-1].T, both[:, -1]))
        upstream = layers[k][0] @ delta
    return gradients[::-1]


def update(layers, gradients, learning_rate):
    new = []
    for (W, b), (dW, db) in zip(layers, gradients, strict=True):
        both = np.zeros((W.shape[0] + 1, W.shape[1]), order="F")
        both[:-1] = W - learning_rate * dW
        both[-1] = b - learning_rate * db
        both.flags.writeable = False
        new.append((both[:-1], both[-1]))
    return new


def softmax_cross_entropy_gradient(logits, t):
    z = np.asfortranarray(logits, dtype=float)
    e = np.exp(z - z.max(axis=1)[:, None])
    return ((e.T / e.sum(axis=1) - t.T) / len(t)).T
