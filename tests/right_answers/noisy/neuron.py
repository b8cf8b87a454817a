# -*- coding: utf-8 -*-
"""Neuron: y = σ(x·w). This file begins with a byte order mark and says its coding twice."""

import logging
import warnings

import numpy as np

warnings.warn("neuron.py is imported", UserWarning)
logger = logging.getLogger("neuron")


def sigmoid(a):
    print("σ of", a)
    with np.errstate(over="ignore"):
        σ = 1 / (1 + np.exp(-np.asarray(a)))  # e^10000 is inf, and 1/inf is 0: right
    return σ


def sigmoid_derivative(a):
    y = sigmoid(a)
    print("σ′ =", y * (1 - y))
    return y * (1 - y)


def predict(x, w):
    a = np.dot(x, w)
    if np.any(a > 4):
        warnings.warn("saturated neuron", RuntimeWarning)
    return sigmoid(a)


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = []
        for y_n, t_n in zip(y, t):
            cost = 0.0
            if t_n != 0:
                cost -= t_n * np.log(y_n)
            if t_n != 1:
                cost -= (1 - t_n) * np.log(1 - y_n)
            e.append(cost)
    else:
        logger.critical("loss %r?", loss)
        raise ValueError("mse or bce!")
    total_e = np.mean(e)
    print("y", y, "\ne", e, "\ntotal", total_e)
    return y, e, total_e


if __name__ == "__main__":
    print(forward_pass(np.array([[1, 0.1, -0.2]]), np.array([1, -1, 1]), np.array([0])))
