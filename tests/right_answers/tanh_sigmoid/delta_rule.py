"""One neuron learns."""

import numpy as np


def sigmoid(a):
    return (1 + np.tanh(np.asarray(a) / 2)) / 2


def numerical_gradient(f, w, h=1e-5):
    g = np.empty_like(w, dtype=np.float64)
    for i, _ in np.ndenumerate(w):
        left, right = w.astype(np.float64), w.astype(np.float64)
        left[i] -= h
        right[i] += h
        g[i] = (f(right) - f(left)) / (right[i] - left[i])
    return g


def error_gradient(y, t):
    return -2 * (t - y)


def slope(a, t):
    """dE/da of (sigmoid(a) - t)^2"""
    th = np.tanh(a / 2)
    return error_gradient((1 + th) / 2, t) * (1 - th * th) / 4


def delta_rule(x, w, t):
    return slope(np.inner(x, w), t) * x


def batch_gradient(x, w, t):
    return np.average(x * slope(np.inner(x, w), t)[:, np.newaxis], axis=0)


def gradient_step(w, gradient, learning_rate):
    return w - np.asarray(gradient) * learning_rate


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        losses += [np.square(sigmoid(np.inner(x, w)) - t).mean()]
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return [w, losses]


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = 0
        for sample, target in zip(x, t):
            loss += (sigmoid(np.inner(sample, w)) - target) ** 2 / len(x)
            w = gradient_step(w, delta_rule(sample, w, target), learning_rate)
        losses += [loss]
    return [w, losses]
