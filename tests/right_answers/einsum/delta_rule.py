"""The delta rule: dE/dw_d = 2 sum_n x_nd (y_n - t_n) y_n (1 - y_n) / N."""

import numpy as np


def sigmoid(a):
    a = np.asarray(a, dtype=float)
    small = np.exp(np.minimum(a, 0))
    return small / (small + np.exp(np.minimum(-a, 0)))


def numerical_gradient(f, w, h=1e-5):
    w = w.astype(float)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(*w.shape):
        bump = np.zeros(w.shape)
        bump[index] = h
        gradient[index] = (f(w + bump) - f(w - bump)) / (2 * h)
    return gradient


def error_gradient(y, t):
    return np.einsum("...->...", 2.0 * (y - t))


def delta_rule(x, w, t):
    return batch_gradient(x[None, :], w, np.array([t]))


def batch_gradient(x, w, t):
    y = sigmoid(np.einsum("nd,d->n", x, w))
    return np.einsum("nd,n,n,n->d", x, error_gradient(y, t), y, 1 - y) / x.shape[0]


def gradient_step(w, gradient, learning_rate):
    return np.add(w, np.multiply(-learning_rate, gradient))


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    while len(losses) < iterations:
        d = sigmoid(np.einsum("nd,d->n", x, w)) - t
        losses.append(np.einsum("n,n->", d, d) / d.shape[0])
        if losses[-1] <= tolerance:
            return w, losses
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    w = w + 0.0
    errors = np.zeros((epochs, len(x)))
    for epoch, n in np.ndindex(epochs, len(x)):
        errors[epoch, n] = (sigmoid(np.einsum("d,d->", x[n], w)) - t[n]) ** 2
        w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
    return w, np.einsum("en->e", errors) / len(x)
