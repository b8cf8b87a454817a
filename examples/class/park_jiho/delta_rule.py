"""Assignment 3 (Park Jiho)

With matplotlib installed, plot() draws the learning curve.
"""
import numpy as np

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

try:
    import torch  # only to compare with autograd at home
    HAS_TORCH = True
except ImportError:
    HAS_TORCH = False


def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape, or a scalar."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def numerical_gradient(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    steps = h * np.eye(w.size).reshape(w.size, *w.shape)
    slopes = [(f(w + step) - f(w - step)) / (2 * h) for step in steps]
    return np.reshape(slopes, w.shape)


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(np.sum(x * w))
    return 2 * x * ((y - t) * ((1 - y) * y))


def batch_gradient(x, w, t):
    y = sigmoid(x @ w)
    per_sample = 2 * x * ((y - t) * (1 - y) * y)[:, None]
    return per_sample.mean(axis=0)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        losses.append(float(np.mean((sigmoid(x @ w) - t) ** 2)))
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        e = []
        for xn, tn in zip(x, t):
            e.append((sigmoid(xn @ w) - tn) ** 2)
            w = gradient_step(w, delta_rule(xn, w, tn), learning_rate)
        losses.append(float(np.mean(e)))
    return w, losses


def plot(losses):
    if plt is not None:
        plt.plot(losses)
        plt.show()


if __name__ == "__main__":
    data = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
    plot(train_neuron(data, np.array([1, -1, 1]), np.array([0, 0, 0, 1]), 0.5, 1000)[1])
