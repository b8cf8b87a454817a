# vim: set fileencoding=latin-1 :
"""La règle delta (ce fichier est écrit en latin-1)."""

import logging
import warnings

import numpy as np

journal = logging.getLogger("règle")


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.asarray(a) < 0, e, 1) / (1 + e)


def numerical_gradient(f, w, h=1e-5):
    if h > 1e-2:
        warnings.warn("h est très grand")
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        d = np.zeros(w.shape)
        d[i] = h
        g[i] = (f(w + d) - f(w - d)) / (2 * h)
        print("dérivée", i, "=", g[i])
    return g


def error_gradient(y, t):
    print("écart", y - t)
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(x @ w)
    return 2 * x * (y - t) * y * (1 - y)


def batch_gradient(x, w, t):
    total = 0
    for x_n, t_n in zip(x, t):
        total = total + delta_rule(x_n, w, t_n)
    journal.info("gradient %s", total / len(x))
    return total / len(x)


def gradient_step(w, gradient, learning_rate):
    if learning_rate > 1:
        warnings.warn("un pas énorme", stacklevel=2)
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for i in range(iterations):
        y = sigmoid(x @ w)
        losses.append(np.mean((y - t) ** 2))
        if i % 10 == 0:
            print(f"itération {i}: E = {losses[-1]:.6f}", flush=True)
        if losses[-1] <= tolerance:
            print("assez bon, arrêt")
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for epoch in range(epochs):
        somme = 0
        for x_n, t_n in zip(x, t):
            somme += (sigmoid(x_n @ w) - t_n) ** 2
            w = gradient_step(w, delta_rule(x_n, w, t_n), learning_rate)
        losses.append(somme / len(x))
        print("époque", epoch, losses[-1], end="\r")
    return w, losses


if __name__ == "__main__":
    x = np.array([[1, 0.1, -0.2], [1, -0.1, 0.9], [1, 1.2, 0.1], [1, 1.1, 1.5]])
    print(train_neuron(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1]), 1.0, 100))
