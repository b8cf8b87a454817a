import numpy as np

f32 = np.float32


def sigmoid(a):
    return 1 / (1 + np.exp(-np.clip(a, f32(-80), f32(80))))


def numerical_gradient(f, w, h=1e-5):
    # a difference of two nearly equal numbers: this one needs double precision inside
    w = w.astype(np.float64)
    grad = np.zeros(w.size, dtype=f32)
    for i in range(w.size):
        values = []
        for step in (h, -h):
            moved = w.copy()
            moved.flat[i] += step
            values.append(f(moved))
        grad[i] = (values[0] - values[1]) / (2 * h)
    return grad.reshape(w.shape)


def error_gradient(y, t):
    return 2 * np.subtract(y, t).astype(f32)


def delta_rule(x, w, t):
    x, w, t = x.astype(f32), w.astype(f32), f32(t)
    y = sigmoid(x @ w)
    return 2 * x * (y - t) * y * (1 - y)


def batch_gradient(x, w, t):
    x, w, t = x.astype(f32), w.astype(f32), t.astype(f32)
    y = sigmoid(x @ w)
    return np.mean(2 * x * ((y - t) * y * (1 - y))[:, None], axis=0)


def gradient_step(w, gradient, learning_rate):
    return w.astype(f32) - f32(learning_rate) * gradient.astype(f32)


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    x, w, t = x.astype(f32), w.astype(f32), t.astype(f32)
    losses = []
    for _ in range(iterations):
        losses.append(np.mean((sigmoid(x @ w) - t) ** 2))
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    x, w, t = x.astype(f32), w.astype(f32), t.astype(f32)
    losses = []
    for _ in range(epochs):
        e = np.empty(len(x), dtype=f32)
        for n in range(len(x)):
            e[n] = (sigmoid(x[n] @ w) - t[n]) ** 2
            w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
        losses.append(e.mean())
    return w, losses
