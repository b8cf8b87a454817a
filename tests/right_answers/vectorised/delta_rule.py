"""Week 2, part 3: gradient descent for one neuron."""

import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.asarray(a) >= 0, 1 / (1 + e), e / (1 + e))


def numerical_gradient(f, w, h=1e-5):
    steps = h * np.eye(w.size).reshape(w.size, *w.shape)
    return np.array([f(w + s) - f(w - s) for s in steps]).reshape(w.shape) / (2 * h)


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(x @ w)
    return error_gradient(y, t) * y * (1 - y) * x


def batch_gradient(x, w, t):
    y = sigmoid(x @ w)
    return x.T @ (error_gradient(y, t) * y * (1 - y)) / len(x)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        losses.append(np.mean((sigmoid(x @ w) - t) ** 2))
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        errors = []
        for x_n, t_n in zip(x, t, strict=True):
            errors.append((sigmoid(x_n @ w) - t_n) ** 2)
            w = gradient_step(w, delta_rule(x_n, w, t_n), learning_rate)
        losses.append(np.mean(errors))
    return w, losses
