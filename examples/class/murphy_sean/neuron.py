import numpy as np


def sigmoid(a):
    a = np.asarray(a, dtype=float)
    return np.exp(np.minimum(a, 0)) / (1 + np.exp(-np.abs(a)))


def sigmoid_derivative(a):
    return sigmoid(a) * (1 - sigmoid(a))


def predict(x, w)
    return sigmoid(x @ w)


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t)**2
    elif loss == "bce":
        e = -t*np.log(y) - (1 - t)*np.log(1 - y)
    else:
        raise ValueError(loss)
    return y, e, e.mean()
