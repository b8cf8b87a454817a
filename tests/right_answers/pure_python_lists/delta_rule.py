# delta_rule.py
import math

import numpy as np  # only because f in numerical_gradient wants an array


def sig(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))


def dot(a, b):
    s = 0.0
    for i in range(len(a)):
        s += a[i] * b[i]
    return s


def lists(a):
    return a.tolist() if hasattr(a, "tolist") else a


def numerical_gradient(f, w, h=1e-5):
    numbers = [float(v) for v in w.flatten().tolist()]
    slopes = []
    for i in range(len(numbers)):
        up, down = list(numbers), list(numbers)
        up[i] += h
        down[i] -= h
        f_up = f(np.array(up).reshape(w.shape))
        f_down = f(np.array(down).reshape(w.shape))
        slopes.append((f_up - f_down) / (2 * h))
    return np.array(slopes).reshape(w.shape).tolist()


def error_gradient(y, t):
    y, t = lists(y), lists(t)
    if isinstance(y, list):
        return [error_gradient(y[i], t[i]) for i in range(len(y))]
    return 2 * (y - t)


def delta_rule(x, w, t):
    x, w, t = lists(x), lists(w), float(t)
    y = sig(dot(x, w))
    common = 2 * (y - t) * y * (1 - y)
    return [common * x_p for x_p in x]


def batch_gradient(x, w, t):
    x, w, t = lists(x), lists(w), lists(t)
    total = [0.0] * len(w)
    for n in range(len(x)):
        one = delta_rule(x[n], w, t[n])
        for p in range(len(w)):
            total[p] += one[p]
    return [g / len(x) for g in total]


def gradient_step(w, gradient, learning_rate):
    w, gradient = lists(w), lists(gradient)
    if isinstance(w, list):
        return [gradient_step(w[i], gradient[i], learning_rate) for i in range(len(w))]
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    x, w, t = lists(x), lists(w), lists(t)
    losses = []
    for _ in range(iterations):
        loss = 0.0
        for n in range(len(x)):
            loss += (sig(dot(x[n], w)) - t[n]) ** 2
        loss /= len(x)
        losses.append(loss)
        if loss <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    x, w, t = lists(x), lists(w), lists(t)
    losses = []
    for _ in range(epochs):
        loss = 0.0
        for n in range(len(x)):
            loss += (sig(dot(x[n], w)) - t[n]) ** 2
            # the update belongs INSIDE the loop over the samples
            w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
        losses.append(loss / len(x))
    return w, losses
