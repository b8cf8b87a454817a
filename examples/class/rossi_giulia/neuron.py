import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def sigmoid_derivative(y):
    # from the slide: dy/da = (1 - y)(y)
    return (1 - y) * y


def predict(x, w):
    return sigmoid(np.dot(x, w))


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = -t * np.log(y) + (1 - t) * np.log(1 - y)
    else:
        raise ValueError("loss must be mse or bce")
    return y, e, np.sum(e)
