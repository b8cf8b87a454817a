"""Wrong neurons as students hand them in; after the two underscores, the mistake of each."""

import math

import numpy as np


def _good_sigmoid(a):
    a = np.clip(a, -700, 700)
    return 1 / (1 + np.exp(-a))


def sigmoid__precedence(a):
    a = np.clip(a, -700, 700)
    return 1/1 + math.e**(-a)


def sigmoid__sign_of_exponent(a):
    a = np.clip(a, -600, 600)
    y = 1.0 / (1.0 + np.exp(a))
    return y


def sigmoid__overflow(a):
    return 1 / (1 + np.exp(-a))


def sigmoid__tanh(a):
    return np.tanh(a)


def sigmoid__step(a):
    return np.where(np.array(a) >= 0, 1.0, 0.0)


def sigmoid__pre_activation_returned(a):
    return a


def sigmoid__rounded(a):
    return np.round(_good_sigmoid(a), 3)


def sigmoid_derivative__takes_y(a):
    return a * (1 - a)


def sigmoid_derivative__sigmoid_twice(a):
    s = _good_sigmoid(a)
    return _good_sigmoid(s) * (1 - _good_sigmoid(s))


def sigmoid_derivative__tanh_derivative(a):
    return 1 - _good_sigmoid(a) ** 2


def sigmoid_derivative__sign(a):
    y = _good_sigmoid(a)
    return y * (y - 1)


def sigmoid_derivative__factor_y_missing(a):
    a = np.clip(a, -300, 300)
    return np.exp(-a) / (1 + np.exp(-a))


def predict__bias_dropped(x, w):
    out = []
    for row in x:
        v = 0
        for d in range(1, len(w)):
            v += row[d] * w[d]
        out.append(_good_sigmoid(v))
    return np.array(out)


def predict__bias_added_twice(x, w):
    v = np.dot(x, w) + w[0]
    return _good_sigmoid(v)


def predict__pre_activation_returned(x, w):
    y = []
    for sample in x:
        y.append(sum(xi * wi for xi, wi in zip(sample, w)))
    return np.array(y)


def predict__sum_not_accumulated(x, w):
    y = []
    for n in range(len(x)):
        for d in range(len(x[0])):
            v = x[n][d] * w[d]
        y.append(_good_sigmoid(v))
    return y


def predict__sum_not_reset(x, w):
    y = np.zeros(len(x))
    v = 0
    for n in range(len(x)):
        for d in range(len(w)):
            v += x[n, d] * w[d]
        y[n] = _good_sigmoid(v)
    return y


def predict__return_inside_loop(x, w):
    y = []
    for n in range(x.shape[0]):
        a = np.dot(x[n], w)
        y.append(_good_sigmoid(a))
        return np.array(y)


def predict__precedence(x, w):
    v = x @ w
    return 1 / 1 + np.exp(-v)


def predict__step_for_sigmoid(x, w):
    return np.array([1.0 if s > 0 else 0.0 for s in x.dot(w)])


def forward_pass__last_error_for_total(x, w, t, loss="mse"):
    y = _good_sigmoid(x @ w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = -(t * np.log(y) + (1 - t) * np.log(1 - y))
    else:
        raise ValueError(loss)
    total_e = 0
    for err in e:
        total_e = err
    return y, e, total_e


def forward_pass__sum_for_mean(x, w, t, loss="mse"):
    if loss not in ("mse", "bce"):
        raise ValueError("unknown loss")
    ys, es = [], []
    total = 0.0
    for xn, tn in zip(x, t):
        p = float(_good_sigmoid(np.dot(xn, w)))
        if loss == "mse":
            err = (p - tn) ** 2
        else:
            err = -tn * math.log(p) - (1 - tn) * math.log(1 - p)
        ys.append(p)
        es.append(err)
        total += err
    return np.array(ys), np.array(es), total


def forward_pass__loss_ignored(x, w, t, loss="mse"):
    if loss not in ["mse", "bce"]:
        raise ValueError("loss must be mse or bce")
    y = _good_sigmoid(np.matmul(x, w))
    e = np.power(t - y, 2)
    return y, e, np.mean(e)


def forward_pass__unknown_loss_accepted(x, w, t, loss="mse"):
    y = _good_sigmoid(x @ w)
    if loss == "mse":
        e = (t - y) ** 2
    else:
        e = -t * np.log(y) - (1 - t) * np.log(1 - y)
    return y, e, e.mean()


def forward_pass__order_of_results(x, w, t, loss="mse"):
    y = _good_sigmoid(x @ w)
    if loss == "mse":
        e = (t - y) ** 2
    elif loss == "bce":
        e = -t * np.log(y) - (1 - t) * np.log(1 - y)
    else:
        raise ValueError(loss)
    return e, y, np.mean(e)
