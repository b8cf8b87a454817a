import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-np.clip(a, -500, 500)))


def numerical_gradient(f, w, h=1e-5):
    w = np.array(w, dtype=float)  # my own copy, I change it below and f gets it
    grad = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        old = w[i]
        w[i] = old + h
        plus = f(w)
        w[i] = old - h
        minus = f(w)
        w[i] = old
        grad[i] = (plus - minus) / (2 * h)
    return grad


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(np.dot(x, w))
    return 2 * x * (y - t) * y * (1 - y)


def batch_gradient(x, w, t):
    grad = np.zeros(len(w))
    for i in range(len(x)):
        grad += delta_rule(x[i], w, t[i])
    return grad / len(x)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    w = np.array(w, dtype=float)
    losses = []
    for _ in range(iterations):
        y = sigmoid(np.dot(x, w))
        losses.append(float(np.mean((y - t) ** 2)))
        if losses[-1] <= tolerance:
            return w, losses
        w -= learning_rate * batch_gradient(x, w, t)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    w = np.array(w, dtype=float)
    losses = []
    for _ in range(epochs):
        total = 0
        for i in range(len(x)):
            y = sigmoid(np.dot(x[i], w))
            total += (y - t[i]) ** 2
            w -= learning_rate * 2 * x[i] * (y - t[i]) * y * (1 - y)
        losses.append(total / len(x))
    return w, losses
