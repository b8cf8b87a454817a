"""A right sigmoid network whose parts can be exchanged, for mistakes that spoil one of them.

Students get a single step wrong far more often than the whole, so a mistake in ``backprop`` or
``xor`` says only which step it replaces.
"""

import numpy as np

# What students put in front of (y − t): with and without the 2, with and without the mean.
SCALES = ("2/N", "1/N", "2", "1")
# Where the derivative of the sigmoid goes wrong.
PLACES = ("all", "output", "hidden")


def sigmoid(a):
    """σ(a), as the lecture writes it."""
    return 1 / (1 + np.exp(-a))


def slope(y):
    """The derivative of σ, expressed by the activation."""
    return y * (1 - y)


def forward(x, layers, *, hidden=sigmoid, output=sigmoid, bias=1):
    """All activations; ``hidden`` and ``output`` replace the sigmoids, ``bias`` scales b."""
    activations = [x]
    for i, (W, b) in enumerate(layers, start=1):
        squash = output if i == len(layers) else hidden
        activations.append(squash(activations[-1] @ W + bias * b))
    return activations


def cast(x, layers, what):
    """x and the layers, the ``what`` of them converted to the type of the other."""
    kind = x.dtype if what == "layers" else layers[0][0].dtype
    return x.astype(kind), [(W.astype(kind), b.astype(kind)) for W, b in layers]


def error(y, t, scale="1/N"):
    """The network error, its factor chosen by ``scale``."""
    return float(factor(y, scale) * ((y - t) ** 2).sum())


def factor(y, scale):
    """The number a scale stands for."""
    n, k = y.shape
    over = {
        "2/N": n,
        "1/N": n,
        "2": 1,
        "1": 1,
        "2/NK": n * k,
        "1/NK": n * k,
        "2/NN": n * n,
        "1/N2": 2 * n,
    }
    return int(scale[0]) / over[scale]


def delta(y, t, scale="2/N"):
    """dE/da of the output layer, its factor chosen by ``scale``."""
    return factor(y, scale) * (y - t) * slope(y)


def backward(activations, layers, t, **steps):
    """Backpropagation; each keyword replaces one step.

    ``start`` is the delta of the output layer, ``weight(i, delta)`` and ``bias(delta)`` are the
    gradients of layer i, ``back(delta, i)`` sends its delta through its weights, and ``slope(i)``
    is the derivative at the activations that feed it.
    """
    weight = steps.get("weight", lambda i, d: activations[i].T @ d)
    bias = steps.get("bias", lambda d: d.sum(axis=0))
    back = steps.get("back", lambda d, i: d @ layers[i][0].T)
    bend = steps.get("slope", lambda i: slope(activations[i]))
    d = steps["start"] if "start" in steps else delta(activations[-1], t)
    gradients = []
    for i in reversed(range(len(layers))):
        gradients.insert(0, (weight(i, d), bias(d)))
        if i > 0:
            d = back(d, i) * bend(i)
    return gradients


def update(layers, gradients, learning_rate):
    """One step of gradient descent."""
    pairs = zip(layers, gradients, strict=True)
    return [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in pairs]


def train(x, t, layers, learning_rate, iterations, **steps):
    """Batch gradient descent; ``loss(y, t)`` and ``gradients(activations, layers, t)`` replace
    what is recorded and what is followed."""
    loss, gradients = steps.get("loss", error), steps.get("gradients", backward)
    losses = []
    for _ in range(iterations):
        activations = steps.get("forward", forward)(x, layers)
        losses.append(loss(activations[-1], t))
        layers = update(layers, gradients(activations, layers, t), learning_rate)
    return layers, losses
