import numpy as np


# Given, so that a mistake in `neuron` does not cost points again here.
def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape, or a scalar."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def numerical_gradient(f, w, h=1e-5):
    grad = np.zeros_like(w, dtype=float)
    f0 = f(w)
    for i in np.ndindex(w.shape):
        w2 = np.array(w, dtype=float)
        w2[i] += h
        grad[i] = (f(w2) - f0) / h
    return grad


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(np.dot(w, x))
    return 2 * x * (t - y) * y * (1 - y)


def batch_gradient(x, w, t):
    g = 0
    for xi, ti in zip(x, t):
        g = g + delta_rule(xi, w, ti)
    return g


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for k in range(iterations):
        y = sigmoid(x @ w)
        g = 2 * x.T @ ((y - t) * y * (1 - y)) / len(t)
        w = gradient_step(w, g, learning_rate)
        mse = np.mean((sigmoid(x @ w) - t) ** 2)
        losses.append(mse)
        if mse <= tolerance:
            return w, losses
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for k in range(epochs):
        total = 0
        for n in np.random.permutation(len(x)):   # shuffling helps, says the book
            y = sigmoid(x[n] @ w)
            total += (y - t[n]) ** 2
            w = w - learning_rate * 2 * x[n] * (y - t[n]) * y * (1 - y)
        losses.append(total / len(x))
    return w, losses
