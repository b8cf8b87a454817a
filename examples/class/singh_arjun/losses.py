import math
import numpy as np


def one_hot(labels, num_classes):
    if (labels < 0).any() or (labels >= num_classes).any():
        raise ValueError('label not in range')
    out = np.zeros((labels.size, num_classes))
    out[range(labels.size), labels] = 1.0
    return out


def softmax(logits):
    logits -= logits.max(axis=-1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=-1, keepdims=True)


def mean_squared_error(y, t):
    if y.shape != t.shape:
        raise ValueError('y and t differ')
    d = y - t
    d *= d
    return d.mean()


def cross_entropy(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError('y and t differ')
    y[y == 0] = 1e-12          # no log(0)
    return -np.sum(t * np.log(y)) / len(y) / np.log(base)


def binary_cross_entropy(y, t):
    if y.shape != t.shape:
        raise ValueError('y and t differ')
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
