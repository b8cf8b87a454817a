"""Gradient descent as an object that is handed a model."""

import functools
import operator

import numpy as np


class CentralDifference:
    def __call__(self, f, w, h=1e-5):
        self_free = np.array(w, dtype=float)
        result = np.zeros(self_free.shape)
        for i in np.ndindex(self_free.shape):
            result[i] = self.slope(f, self_free, i, h)
        return result

    @staticmethod
    def slope(f, w, i, h):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        return (f(up) - f(down)) / (2 * h)


class SigmoidNeuron:
    """y = sigmoid(x.w). Immutable: `moved` gives another neuron."""

    def __init__(self, w):
        self.w = w

    def __call__(self, x):
        return np.exp(-np.logaddexp(0, -x.dot(self.w)))

    def error(self, x, t):
        return np.mean((self(x) - t) ** 2)

    def gradient(self, x, t):
        y = self(x)
        dE_da = 2 * (y - t) * y * (1 - y)
        return np.dot(dE_da, x) / np.size(t)  # one sample or many

    def moved(self, gradient, learning_rate):
        return SigmoidNeuron(gradient_step(self.w, gradient, learning_rate))


class Trainer:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.losses = []

    def batch(self, neuron, x, t, iterations, tolerance):
        for _ in range(iterations):
            self.losses.append(neuron.error(x, t))
            if self.losses[-1] <= tolerance:
                break
            neuron = neuron.moved(neuron.gradient(x, t), self.learning_rate)
        return neuron.w, self.losses

    def online(self, neuron, x, t, epochs):
        for _ in range(epochs):
            errors = []
            for x_n, t_n in zip(x, t, strict=True):
                errors.append(neuron.error(x_n, t_n))
                neuron = neuron.moved(neuron.gradient(x_n, t_n), self.learning_rate)
            self.losses.append(np.mean(errors))
        return neuron.w, self.losses


class _Gradient:
    def __call__(self, x, w, t):
        return SigmoidNeuron(w).gradient(x, t)


def _twice(function):
    @functools.wraps(function)
    def doubled(y, t):
        return 2 * function(y, t)

    return doubled


numerical_gradient = CentralDifference()
error_gradient = _twice(operator.sub)
delta_rule = batch_gradient = _Gradient()


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    return Trainer(learning_rate).batch(SigmoidNeuron(w), x, t, iterations, tolerance)


def train_neuron_online(x, w, t, learning_rate, epochs):
    return Trainer(learning_rate).online(SigmoidNeuron(w), x, t, epochs)
