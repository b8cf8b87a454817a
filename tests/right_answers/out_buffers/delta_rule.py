"""Training with buffers that are allocated once."""

import numpy as np


def _sigmoid_inplace(buffer):
    np.clip(buffer, -700, 700, out=buffer)
    np.negative(buffer, out=buffer)
    np.exp(buffer, out=buffer)
    np.add(buffer, 1, out=buffer)
    return np.divide(1, buffer, out=buffer)


class _Workspace:
    """Everything that one training needs."""

    def __init__(self, x, t):
        self.x = np.array(x, dtype=float)
        self.t = np.array(t, dtype=float)
        self.y = np.empty(len(self.x))
        self.d = np.empty(len(self.x))
        self.delta = np.empty(len(self.x))
        self.gradient = np.empty(self.x.shape[1])

    def predict(self, w):
        np.dot(self.x, w, out=self.y)
        _sigmoid_inplace(self.y)
        np.subtract(self.y, self.t, out=self.d)

    def loss(self):
        np.multiply(self.d, self.d, out=self.delta)
        return self.delta.mean()

    def slope(self):
        np.subtract(1, self.y, out=self.delta)
        self.delta *= self.y
        self.delta *= self.d
        self.delta *= 2
        np.dot(self.delta, self.x, out=self.gradient)
        self.gradient /= len(self.x)
        return self.gradient


def numerical_gradient(f, w, h=1e-5):
    moved = np.array(w, dtype=float)  # the one buffer f sees
    gradient = np.empty(w.shape)
    for i in np.ndindex(w.shape):
        keep = float(moved[i])
        moved[i] = keep + h
        gradient[i] = f(moved)
        moved[i] = keep - h
        gradient[i] -= f(moved)
        moved[i] = keep
    gradient /= 2 * h
    return gradient


def error_gradient(y, t):
    d = np.subtract(y, t)
    return d + d


def delta_rule(x, w, t):
    return batch_gradient(x[np.newaxis], w, [t])


def batch_gradient(x, w, t):
    work = _Workspace(x, t)
    work.predict(np.asarray(w, dtype=float))
    return work.slope()


def gradient_step(w, gradient, learning_rate):
    step = np.empty(w.shape)
    np.multiply(gradient, learning_rate, out=step)
    np.subtract(w, step, out=step)
    return step


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    work = _Workspace(x, t)
    w = np.array(w, dtype=float)
    losses, used = np.zeros(iterations), 0
    for _ in range(iterations):
        work.predict(w)
        losses[used] = work.loss()
        used += 1
        if losses[used - 1] <= tolerance:
            break
        gradient = work.slope()
        gradient *= learning_rate
        w -= gradient
    return w, losses[:used].copy()


def train_neuron_online(x, w, t, learning_rate, epochs):
    w = np.array(w, dtype=float)
    works = [_Workspace(x[n : n + 1], t[n : n + 1]) for n in range(len(x))]
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for work in works:
            work.predict(w)
            losses[epoch] += work.loss()
            gradient = work.slope()
            gradient *= learning_rate
            w -= gradient
    losses /= len(works)
    return w, losses
