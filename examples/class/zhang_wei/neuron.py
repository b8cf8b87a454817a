import numpy as np


def sigmoid(a):
    a = np.clip(a, -500, 500)
    return 1 / (1 + np.exp(-a))


def sigmoid_derivative(a):
    return sigmoid(a) * (1 - sigmoid(a))


def predict(x, w):
    return sigmoid(np.matmul(x, w))


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = np.square(y - t)
    elif loss == "bce":
        e = -t * np.log(y) - (1 - t) * np.log(1 - y)
    else:
        raise ValueError("loss")
    return y, e, e.mean()
