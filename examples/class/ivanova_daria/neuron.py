"""neuron, D. Ivanova"""
import numpy as np


def sigmoid(a):
    return 0.5 * (1 + np.tanh(a / 2))


def predict(x, w):
    return sigmoid(x.dot(w))


def forward_pass(x, w, t, loss="mse"):
    errors = {
        "mse": lambda y: (y - t) ** 2,
        "bce": lambda y: -t * np.log(y) - (1 - t) * np.log(1 - y),
    }
    if loss not in errors:
        raise ValueError(f"no such loss: {loss}")
    y = predict(x, w)
    e = errors[loss](y)
    return y, e, np.mean(e)
