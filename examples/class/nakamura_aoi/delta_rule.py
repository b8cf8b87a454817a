"""Assignment 3. Aoi Nakamura"""

import numpy as np


# given
def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def numerical_gradient(f, w, h=1e-5):
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


def error_gradient(y, t):
    return 2 * np.subtract(y, t)


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
        for x_n, t_n in zip(x, t):
            errors.append((sigmoid(x_n @ w) - t_n) ** 2)
            w = gradient_step(w, delta_rule(x_n, w, t_n), learning_rate)
        losses.append(np.mean(errors))
    return w, losses
