"""Backprop (written on Windows, so the lines end in CR LF)."""

import logging
import warnings

import numpy as np

logging.getLogger("backprop").warning("imported")


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def forward(x, layers):
    print("=" * 20, "forward", "=" * 20)
    acts = [x]
    for i, (W, b) in enumerate(layers):
        acts.append(sigmoid(acts[-1] @ W + b))
        print("layer", i, "W", W.shape, "b", b.shape, "->", acts[-1].shape)
    return acts


def network_error(y, t):
    E = np.sum((y - t) ** 2) / len(y)
    print("E =", E)
    return E


def backward(activations, layers, t):
    print("=" * 20, "backward", "=" * 20)
    y = activations[-1]
    delta = 2 * (y - t) / len(y) * y * (1 - y)
    grads = []
    for i in reversed(range(len(layers))):
        a = activations[i]
        if np.abs(delta).max() < 1e-6:
            warnings.warn("vanishing gradient in layer %d" % i)
        grads = [(a.T @ delta, np.sum(delta, axis=0))] + grads
        delta = delta @ layers[i][0].T * a * (1 - a)
    return grads


def update(layers, gradients, learning_rate):
    result = []
    for (W, b), (dW, db) in zip(layers, gradients):
        print("largest step", np.max(np.abs(learning_rate * dW)))
        result.append((W - learning_rate * dW, b - learning_rate * db))
    return result


def softmax_cross_entropy_gradient(logits, t):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    print(p)
    return (p - t) / len(t)


if __name__ == "__main__":
    raise SystemExit("this is only run as a script")
