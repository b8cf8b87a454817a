"""One neuron that remembers what it has been asked."""

import functools

import numpy as np

_answers = {}


def remember(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        parts = [function.__name__]
        for value in [*args, *kwargs.values()]:
            array = np.asarray(value)
            parts += [array.dtype.str, array.shape, array.tobytes()]
        key = (*parts, *kwargs)
        if key not in _answers:
            _answers[key] = function(*args, **kwargs)
        answer = _answers[key]
        if isinstance(answer, tuple):
            return tuple(np.array(part) for part in answer)
        return np.array(answer)

    return wrapper


@remember
def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.less(a, 0), e, 1) / (1 + e)


@remember
def sigmoid_derivative(a):
    return sigmoid(a) * (1 - sigmoid(a))  # the second one is remembered


@remember
def predict(x, w):
    return sigmoid(np.tensordot(x, w, axes=1))


@remember
def forward_pass(x, w, t, loss="mse"):
    if loss not in ("mse", "bce"):
        raise ValueError("mse, bce")
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    else:
        a = np.tensordot(x, w, axes=1)
        e = np.log1p(np.exp(-np.abs(a))) + np.maximum(a, 0) - t * a
    return y, e, e.mean()
