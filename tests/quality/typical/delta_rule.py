"""Wrong training of one neuron; after the two underscores, the mistake that each makes."""

import numpy as np


def _sig(v):
    return 1 / (1 + np.exp(-v))


def numerical_gradient__forward_difference(f, w, h=1e-5):
    w = w.astype(float)
    grad = np.zeros_like(w)
    base = f(w)
    for i in np.ndindex(*w.shape):
        wp = w.copy()
        wp[i] += h
        grad[i] = (f(wp) - base) / h
    return grad


def numerical_gradient__two_missing(f, w, h=1e-5):
    grad = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    while not it.finished:
        idx = it.multi_index
        plus = np.array(w, dtype=float)
        minus = np.array(w, dtype=float)
        plus[idx] += h
        minus[idx] -= h
        grad[idx] = (f(plus) - f(minus)) / h
        it.iternext()
    return grad


def numerical_gradient__brackets_missing(f, w, h=1e-5):
    g = np.zeros(w.shape)
    for idx in np.ndindex(w.shape):
        a = w.astype(np.float64).copy()
        b = w.astype(np.float64).copy()
        a[idx] = a[idx] + h
        b[idx] = b[idx] - h
        g[idx] = (f(a) - f(b)) / 2 * h
    return g


def numerical_gradient__step_ignored(f, w, h=1e-5):
    eps = 1e-5
    result = np.empty(w.shape)
    for idx in np.ndindex(w.shape):
        d = np.zeros(w.shape)
        d[idx] = eps
        result[idx] = (f(w + d) - f(w - d)) / (2 * eps)
    return result


def numerical_gradient__integer_copy(f, w, h=1e-5):
    grad = np.zeros(w.shape)
    for idx in np.ndindex(w.shape):
        wp = w.copy()
        wm = w.copy()
        wp[idx] = wp[idx] + h
        wm[idx] = wm[idx] - h
        grad[idx] = (f(wp) - f(wm)) / (2 * h)
    return grad


def error_gradient__two_dropped(y, t):
    return y - t


def error_gradient__sign(y, t):
    return 2 * (t - y)


def error_gradient__square_kept(y, t):
    return 2 * (y - t) ** 2


def delta_rule__two_dropped(x, w, t):
    y = _sig(np.dot(w, x))
    return (y - t) * y * (1 - y) * x


def delta_rule__sign(x, w, t):
    v = 0
    for i in range(len(x)):
        v += x[i] * w[i]
    y = _sig(v)
    return np.array([2 * (t - y) * y * (1 - y) * xi for xi in x])


def delta_rule__sigmoid_slope_missing(x, w, t):
    prediction = _sig(x @ w)
    return 2 * (prediction - t) * x


def delta_rule__input_missing(x, w, t):
    y = _sig(x @ w)
    g = 2 * (y - t) * y * (1 - y)
    return np.array([g for _ in w])


def delta_rule__slope_of_y(x, w, t):
    y = _sig(x @ w)
    dy = _sig(y) * (1 - _sig(y))
    return 2 * (y - t) * dy * x


def delta_rule__weight_for_input(x, w, t):
    y = _sig(sum(x * w))
    delta = 2 * (y - t) * y * (1 - y)
    return delta * w


def batch_gradient__sum_for_mean(x, w, t):
    y = _sig(x @ w)
    d = 2 * (y - t) * y * (1 - y)
    return x.T @ d


def batch_gradient__two_dropped(x, w, t):
    grad = np.zeros(len(w))
    for xn, tn in zip(x, t):
        yn = _sig(xn @ w)
        grad += (yn - tn) * yn * (1 - yn) * xn
    return grad / len(x)


def batch_gradient__cross_entropy_gradient(x, w, t):
    y = _sig(np.dot(x, w))
    return np.dot(x.T, y - t) / x.shape[0]


def batch_gradient__last_sample_only(x, w, t):
    for n in range(len(x)):
        y = _sig(x[n] @ w)
        g = 2 * (y - t[n]) * y * (1 - y) * x[n]
    return g


def batch_gradient__divided_by_inputs(x, w, t):
    g = np.zeros(x.shape[1])
    for n in range(x.shape[0]):
        y = _sig(np.dot(x[n], w))
        g = g + 2 * (y - t[n]) * y * (1 - y) * x[n]
    return g / x.shape[1]


def gradient_step__adds_gradient(w, gradient, learning_rate):
    return w + learning_rate * gradient


def gradient_step__learning_rate_ignored(w, gradient, learning_rate):
    return np.array([wi - gi for wi, gi in zip(w, gradient)])


def gradient_step__w_changed__or__integer_weights(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w


def train_neuron__online_for_batch(x, w, t, learning_rate, iterations, tolerance=0.0):
    w = np.array(w, dtype=float)
    losses = []
    for _ in range(iterations):
        loss = np.mean((_sig(x @ w) - t) ** 2)
        losses.append(loss)
        if loss <= tolerance:
            break
        for n in range(len(x)):
            y = _sig(x[n] @ w)
            w = w - learning_rate * 2 * (y - t[n]) * y * (1 - y) * x[n]
    return w, losses


def train_neuron__loss_after_update(x, w, t, learning_rate, iterations, tolerance=0.0):
    w = w.astype(float)
    losses = []
    for i in range(iterations):
        y = _sig(x @ w)
        w = w - learning_rate * x.T @ (2 * (y - t) * y * (1 - y)) / len(t)
        mse = float(np.mean((_sig(x @ w) - t) ** 2))
        losses.append(mse)
        if mse <= tolerance:
            break
    return w, losses


def train_neuron__tolerance_ignored(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for i in range(iterations):
        y = _sig(x @ w)
        losses.append(np.mean((y - t) ** 2))
        grad = np.mean((2 * (y - t) * y * (1 - y))[:, None] * x, axis=0)
        w = w - learning_rate * grad
    return w, losses


def train_neuron__adds_gradient(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    w = w * 1.0
    while len(losses) < iterations:
        y = _sig(np.dot(x, w))
        losses.append(np.mean((y - t) ** 2))
        if losses[-1] <= tolerance:
            return w, losses
        w = w + learning_rate * np.dot(2 * (y - t) * y * (1 - y), x) / len(x)
    return w, losses


def train_neuron__sum_for_mean(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    for _ in range(iterations):
        y = _sig(x @ w)
        loss = ((y - t) ** 2).mean()
        losses.append(loss)
        if loss <= tolerance:
            break
        w = w - learning_rate * np.sum(((y - t) * 2 * y * (1 - y)).reshape(-1, 1) * x, axis=0)
    return w, losses


def train_neuron_online__batch_for_online(x, w, t, learning_rate, epochs):
    losses = []
    for e in range(epochs):
        y = _sig(x @ w)
        losses.append(float(((y - t) ** 2).mean()))
        w = w - learning_rate * (2 * (y - t) * y * (1 - y)) @ x / len(x)
    return w, losses


def train_neuron_online__last_sample_only(x, w, t, learning_rate, epochs):
    w = np.array(w, dtype=float)
    losses = []
    for epoch in range(epochs):
        total = 0
        for n in range(len(x)):
            y = _sig(np.dot(x[n], w))
            total += (y - t[n]) ** 2
        w = w - learning_rate * 2 * (y - t[n]) * y * (1 - y) * x[n]
        losses.append(total / len(x))
    return w, losses


def train_neuron_online__two_dropped(x, w, t, learning_rate, epochs):
    w = w + 0.0
    losses = []
    for epoch in range(epochs):
        errs = []
        for xn, tn in zip(x, t):
            y = _sig(xn @ w)
            errs.append((tn - y) ** 2)
            w = w + learning_rate * (tn - y) * y * (1 - y) * xn
        losses.append(sum(errs) / len(errs))
    return w, losses
