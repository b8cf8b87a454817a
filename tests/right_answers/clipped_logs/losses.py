import math

import numpy as np

EPS = 1e-7  # never take the log of zero


def one_hot(labels, num_classes):
    result = np.zeros((len(labels), num_classes))
    for i, c in enumerate(labels):
        if not 0 <= c < num_classes:
            raise ValueError("class %d does not exist" % c)
        result[i][c] = 1
    return result


def softmax(logits):
    m = np.max(logits, axis=-1, keepdims=True)
    p = np.exp(logits - m)
    p = p / np.sum(p, axis=-1, keepdims=True)
    return p


def mean_squared_error(y, t):
    assert_shapes(y, t)
    return sum((y - t) ** 2) / len(y)


def assert_shapes(y, t):
    if y.shape != t.shape:
        raise ValueError("y and t should have the same shape")


def cross_entropy(y, t, base=math.e):
    assert_shapes(y, t)
    y = np.clip(y, EPS, 1 - EPS)
    return float(-np.sum(t * np.log(y)) / len(y) / np.log(base))


def binary_cross_entropy(y, t):
    assert_shapes(y, t)
    tiny = 1e-8
    loss = -(t * np.log(y + tiny) + (1 - t) * np.log(1 - y + tiny))
    return float(loss.mean())
