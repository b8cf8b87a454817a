# Chidi Okonkwo
from math import exp


def sigmoid(a):
    return 1 / (1 + exp(-a))


def neuron(x, w):
    return sigmoid(sum(xp * wp for xp, wp in zip(x, w)))


def pairwise(function, a, b):
    """function(number, number) for numbers, lists, lists of lists, ..."""
    try:
        pairs = zip(a, b)
    except TypeError:
        return function(a, b)
    return [pairwise(function, p, q) for p, q in pairs]


def numerical_gradient(f, w, h=1e-5):
    # f wants an array, so this one needs copies of w
    up, down, gradient = w.astype(float), w.astype(float), w.astype(float)
    for i in range(w.size):
        here = up.flat[i]
        up.flat[i] = here + h
        down.flat[i] = here - h
        gradient.flat[i] = (f(up) - f(down)) / (2 * h)
        up.flat[i] = down.flat[i] = here
    return gradient


def error_gradient(y, t):
    return pairwise(lambda yn, tn: 2 * (yn - tn), y, t)


def delta_rule(x, w, t):
    y = neuron(x, w)
    return [2 * xp * (y - t) * y * (1 - y) for xp in x]


def batch_gradient(x, w, t):
    total = [0.0] * len(w)
    for xn, tn in zip(x, t):
        for p, g in enumerate(delta_rule(xn, w, tn)):
            total[p] += g
    return [g / len(x) for g in total]


def gradient_step(w, gradient, learning_rate):
    return pairwise(lambda wp, gp: wp - learning_rate * gp, w, gradient)


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    w = list(w)
    losses = []
    for i in range(iterations):
        errors = [(neuron(xn, w) - tn) ** 2 for xn, tn in zip(x, t)]
        losses.append(sum(errors) / len(errors))
        if losses[-1] <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    w = list(w)
    losses = []
    for i in range(epochs):
        total = 0
        for xn, tn in zip(x, t):
            total += (neuron(xn, w) - tn) ** 2
            w = gradient_step(w, delta_rule(xn, w, tn), learning_rate)
        losses.append(total / len(x))
    return w, losses
