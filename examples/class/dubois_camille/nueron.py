import numpy as np


def sigmoid(a):
    # exp(a) ne déborde que pour a > 0
    a = np.asarray(a, dtype=float)
    petit = np.exp(-abs(a))
    return np.where(a < 0, petit / (1 + petit), 1 / (1 + petit))


def sigmoid_derivative(a):
    return sigmoid(a) * sigmoid(-a)


def predict(x, w):
    return sigmoid((x * w).sum(axis=1))


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = -t * np.log(y) - (1 - t) * np.log(1 - y)
    else:
        raise ValueError("loss : mse ou bce")
    return y, e, e.sum() / len(e)
