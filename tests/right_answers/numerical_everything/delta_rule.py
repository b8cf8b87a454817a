"""No derivative is worked out on paper here."""

import numpy as np


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def mean_error(w, x, t):
    """also for complex w"""
    d = sigmoid(x @ w) - t
    return np.sum(d * d) / len(t)


def complex_step(f, w, h=1e-30):
    gradient = np.zeros(len(w))
    for p in range(len(w)):
        moved = w.astype(complex)
        moved[p] += 1j * h
        gradient[p] = f(moved).imag / h
    return gradient


def numerical_gradient(f, w, h=1e-5):
    gradient = np.zeros(np.shape(w))
    for p in np.ndindex(np.shape(w)):
        values = []
        for sign in (+1, -1):
            moved = w + 0.0
            moved = np.array(moved)
            moved[p] += sign * h
            values.append(f(moved))
        gradient[p] = (values[0] - values[1]) / (2 * h)
    return gradient


def error_gradient(y, t):
    h = 1e-4  # for a square central differences are exact for every h
    return ((y + h - t) ** 2 - (y - h - t) ** 2) / (2 * h)


def delta_rule(x, w, t):
    return numerical_gradient(lambda v: (sigmoid(x @ v) - t) ** 2, w)


def batch_gradient(x, w, t):
    return numerical_gradient(lambda v: mean_error(v, x, t), w)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    # many steps: here the error of the central differences would add up
    losses = []
    for _ in range(iterations):
        losses.append(mean_error(w, x, t))
        if losses[-1] <= tolerance:
            break
        gradient = complex_step(lambda v: mean_error(v, x, t), w)
        w = gradient_step(w, gradient, learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        errors = []
        for n in range(len(x)):
            one_x, one_t = x[n : n + 1], t[n : n + 1]
            errors.append(mean_error(w, one_x, one_t))
            gradient = complex_step(lambda v, a=one_x, b=one_t: mean_error(v, a, b), w)
            w = gradient_step(w, gradient, learning_rate)
        losses.append(np.mean(errors))
    return w, losses
