"""The delta rule as the special case D-1 of backpropagation."""

try:
    import cupy as xp
except ImportError:
    import numpy as xp


def sigmoid(a):
    return 1 / (1 + xp.exp(-xp.clip(a, -600, 600)))


def numerical_gradient(f, w, h=1e-5):
    def partial(*index):
        plus, minus = xp.array(w, dtype=float), xp.array(w, dtype=float)
        plus[index] += h
        minus[index] -= h
        return (f(plus) - f(minus)) / (plus[index] - minus[index])

    return xp.array([partial(*index) for index in xp.ndindex(w.shape)]).reshape(w.shape)


def error_gradient(y, t):
    return (y - t) + (y - t)


def network_gradient(x, W, t):
    """W (D, 1), t (N, 1): gradient of E (D, 1)"""
    y = sigmoid(x @ W)
    return x.T @ (error_gradient(y, t) * y * (1 - y)) / x.shape[0]


def delta_rule(x, w, t):
    return network_gradient(x.reshape(1, -1), w.reshape(-1, 1), t).reshape(-1)


def batch_gradient(x, w, t):
    return network_gradient(x, w.reshape(-1, 1), t.reshape(-1, 1)).reshape(-1)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    W, column, losses = w.reshape(-1, 1), t.reshape(-1, 1), []
    for _ in range(iterations):
        losses.append(float(((sigmoid(x @ W) - column) ** 2).mean()))
        if losses[-1] <= tolerance:
            break
        W = W - learning_rate * network_gradient(x, W, column)
    return W.reshape(-1), losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    W, losses = w.reshape(-1, 1), []
    for _ in range(epochs):
        e = []
        for n in range(len(x)):
            e.append(float((sigmoid(x[n] @ W) - t[n])[0] ** 2))
            W = W - learning_rate * network_gradient(x[n : n + 1], W, t[n])
        losses.append(sum(e) / len(e))
    return W.reshape(-1), losses
