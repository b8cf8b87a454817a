"""A neuron whose derivative is the imaginary part of a tiny complex step."""

import numpy as np


def sigmoid(a):
    a = np.asarray(a)
    # tanh also takes complex numbers and does not overflow
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def sigmoid_derivative(a):
    # f(a + ih) = f(a) + ih f'(a) - ...: no difference, so h can be as small as we like
    h = 1e-30
    a = np.clip(a, -500, 500)  # the derivative is 0 out there anyway
    return np.imag(sigmoid(a + 1j * h)) / h


def predict(x, w):
    return sigmoid(x @ w)


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = np.zeros(len(y))
        for n in range(len(y)):
            if t[n] > 0:
                e[n] -= t[n] * np.log(y[n])
            if t[n] < 1:
                e[n] -= (1 - t[n]) * np.log(1 - y[n])
    else:
        raise ValueError("unknown loss")
    return y, e, e.mean()
