import numpy as np


def sigmoid(a):
    a = np.clip(a, -500, 500)
    return 1 / (1 + np.exp(-a))


def sigmoid_derivative(a):
    return sigmoid(a) * (1 - sigmoid(a))


def predict(x, w):
    return sigmoid(np.dot(x, w))


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        errors = (y - t) ** 2
    elif loss == "bce":
        p = np.clip(y, 1e-7, 1 - 1e-7)
        errors = -t * np.log(p) - (1 - t) * np.log(1 - p)
    else:
        raise ValueError("I only know mse and bce, not " + str(loss))
    return y, errors, np.mean(errors)
