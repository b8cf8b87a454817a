import numpy as np


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def numerical_gradient(f, w, h=1e-5):
    g = np.zeros(w.shape)
    it = np.nditer(w, flags=['multi_index'])
    for _ in it:
        i = it.multi_index
        old = w[i]
        w[i] = old + h
        plus = f(w)
        w[i] = old - h
        minus = f(w)
        w[i] = old             # put it back
        g[i] = (plus - minus) / (2 * h)
    return g


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(x @ w)
    return 2 * x * (y - t) * y * (1 - y)


def batch_gradient(x, w, t):
    y = sigmoid(x @ w)
    return 2 / len(x) * x.T @ ((y - t) * y * (1 - y))


def gradient_step(w, gradient, learning_rate):
    gradient *= learning_rate
    return w - gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for i in range(iterations):
        losses.append(np.mean((sigmoid(x @ w) - t) ** 2))
        if losses[-1] <= tolerance:
            break
        w -= learning_rate * batch_gradient(x, w, t)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    w = w.astype(float)        # astype copies
    losses = []
    for i in range(epochs):
        total = 0.0
        for xn, tn in zip(x, t):
            total += (sigmoid(xn @ w) - tn) ** 2
            w -= learning_rate * delta_rule(xn, w, tn)
        losses.append(total / len(x))
    return w, losses
