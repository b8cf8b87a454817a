"""The delta rule with columns of bigger arrays for results."""

import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.less(a, 0), e, 1.0) / (1 + e)


def _column(v):
    table = np.zeros((len(v), 3))
    table[:, 1] = v
    return table[:, 1]


def numerical_gradient(f, w, h=1e-5):
    reverse = np.zeros(w.size)
    for k in range(w.size):
        probe = np.array(w, dtype=float, order="F")
        index = np.unravel_index(k, w.shape)
        probe[index] = w[index] + h
        up = f(probe)
        probe = np.array(w, dtype=float, order="F")
        probe[index] = w[index] - h
        reverse[w.size - 1 - k] = (up - f(probe)) / (2 * h)
    return reverse[::-1].reshape(w.shape)


def error_gradient(y, t):
    return np.asarray(np.multiply(2, np.subtract(y, t), order="F"))


def delta_rule(x, w, t):
    y = sigmoid(x @ w)
    return _column(2 * (y - t) * y * (1 - y) * x)


def batch_gradient(x, w, t):
    y = sigmoid(x @ w)
    d = 2 * (y - t) * y * (1 - y) / len(t)
    gradient = (d @ x)[::-1].copy()
    return gradient[::-1]


def gradient_step(w, gradient, learning_rate):
    result = np.array(w - learning_rate * gradient, order="F")
    result.flags.writeable = False
    return result


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        losses.append(np.array(((sigmoid(x @ w) - t) ** 2).mean()))
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w.view(), losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    errors = np.zeros((len(x), epochs))
    for epoch in range(epochs):
        for n in range(len(x)):
            errors[n, epoch] = (sigmoid(x[n] @ w) - t[n]) ** 2
            w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
    return w, errors.mean(axis=0)
