"""Buffers everywhere: array.array, memoryview, read-only and strided results, deque of losses."""
from array import array
from collections import deque
import numpy as np


def sigmoid(a):
    # the sign trick
    e = np.exp(-np.abs(a))
    return np.where(np.asarray(a) < 0, e, 1.0) / (1.0 + e)


def numerical_gradient(f, w, h=1e-5):
    shape = w.shape
    flat = np.array(w, dtype=np.float64).flatten()
    padded = np.full(2 * flat.size, np.nan)
    for i in reversed(range(flat.size)):
        up = flat.copy()
        up[i] += h
        down = flat.copy()
        down[i] -= h
        padded[2 * i] = (f(up.reshape(shape)) - f(down.reshape(shape))) / (2 * h)
    result = padded[::2].reshape(shape)
    result.flags.writeable = False
    return result


def error_gradient(y, t):
    r = np.broadcast_to(np.asarray(2.0 * (np.asarray(y) - np.asarray(t))), np.shape(y))   # read-only
    return r


def delta_rule(x, w, t):
    y = float(sigmoid(np.dot(x, w)))
    return array("d", (2.0 * float(v) * (y - float(t)) * y * (1.0 - y) for v in x))


def batch_gradient(x, w, t):
    y = sigmoid(np.dot(x, w))
    g = (2.0 / y.size) * np.dot((y - t) * y * (1.0 - y), x)
    return memoryview(np.ascontiguousarray(g))


def gradient_step(w, gradient, learning_rate):
    new = np.empty(np.shape(w) + (2,))
    new[..., 0] = np.asarray(w) - learning_rate * np.asarray(gradient)
    new[..., 1] = np.nan
    return new[..., 0]


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = deque()
    for _ in range(iterations):
        losses.append(float(np.mean((sigmoid(np.dot(x, w)) - t) ** 2)))
        if not losses[-1] > tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return memoryview(np.array(w, dtype=float)), losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = array("d")
    for _ in range(epochs):
        s = 0.0
        for n in range(len(x)):
            s += float(sigmoid(np.dot(x[n], w)) - t[n]) ** 2
            w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
        losses.append(s / len(x))
    return w, losses
