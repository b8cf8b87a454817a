import numpy as np


def sigmoid(a):
    return 1.0 / (1.0 + np.exp(np.minimum(-np.asarray(a), 700)))


def numerical_gradient(f, w, h=1e-5):
    flat = w.reshape(-1, 1).astype(float)
    g = np.zeros_like(flat)
    for p in range(len(flat)):
        e_p = np.zeros_like(flat)
        e_p[p, 0] = h
        g[p, 0] = f((flat + e_p).reshape(w.shape)) - f((flat - e_p).reshape(w.shape))
    g /= 2 * h
    return g.reshape(w.shape)


def error_gradient(y, t):
    return 2 * y - 2 * t


def delta_rule(x, w, t):
    x_col, w_col = x.reshape(-1, 1), w.reshape(-1, 1)
    y = sigmoid(w_col.T @ x_col)  # 1 x 1
    gradient = x_col @ (error_gradient(y, t) * y * (1 - y))
    return gradient[:, 0]


def batch_gradient(x, w, t):
    Xc, w_col, t_row = x.T, w.reshape(-1, 1), t.reshape(1, -1)
    y = sigmoid(w_col.T @ Xc)  # 1 x N
    delta = error_gradient(y, t_row) * y * (1 - y)
    return (Xc @ delta.T)[:, 0] / Xc.shape[1]


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    history = []
    stop = False
    i = 0
    while i < iterations and not stop:
        y = sigmoid(w @ x.T)
        history.append(float(((y - t) ** 2).mean()))
        stop = history[-1] <= tolerance
        if not stop:
            w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
        i += 1
    return w, history


def train_neuron_online(x, w, t, learning_rate, epochs):
    history = []
    w_now = w
    for _epoch in range(epochs):
        sse = 0.0
        for n in range(x.shape[0]):
            y_n = sigmoid(w_now @ x[n])
            sse = sse + (y_n - t[n]) ** 2
            w_now = gradient_step(w_now, delta_rule(x[n], w_now, t[n]), learning_rate)
        history.append(float(sse / x.shape[0]))
    return w_now, history
