import numpy as np


def sigmoid(a):
    a = np.asarray(a, dtype=np.float64)
    out = np.empty(a.shape)
    positive = a >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-a[positive]))
    e = np.exp(a[~positive])
    out[~positive] = e / (1.0 + e)
    return out


def sigmoid_slope(a):
    e = np.exp(-np.abs(a))
    return e / (1.0 + e) ** 2


def numerical_gradient(f, w, h=1e-5):
    def along(i):
        direction = np.zeros(w.size)
        direction[i] = h
        direction = direction.reshape(w.shape)
        return (f(w + direction) - f(w - direction)) / (2 * h)

    return np.reshape([along(i) for i in range(w.size)], w.shape)


def error_gradient(y, t):
    return 2.0 * np.subtract(y, t)


def delta_rule(x, w, t):
    a = (x * w).sum()
    return error_gradient(sigmoid(a), t) * sigmoid_slope(a) * x


def batch_gradient(x, w, t):
    a = (x * w).sum(axis=1)
    per_sample = error_gradient(sigmoid(a), t) * sigmoid_slope(a)
    return (per_sample.reshape(-1, 1) * x).sum(axis=0) / x.shape[0]


def gradient_step(w, gradient, learning_rate):
    step = learning_rate * np.asarray(gradient, dtype=float)
    return np.asarray(w, dtype=float) - step


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        d = sigmoid((x * w).sum(axis=1)) - t
        losses.append((d * d).sum() / d.size)
        if not losses[-1] > tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = 0.0
        for n, x_n in enumerate(x):
            d = sigmoid((x_n * w).sum()) - t[n]
            w = gradient_step(w, delta_rule(x_n, w, t[n]), learning_rate)
            loss += d * d
        losses.append(loss / len(t))
    return w, losses
