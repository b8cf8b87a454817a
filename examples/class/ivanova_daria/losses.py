"""losses, D. Ivanova"""
import math
import numpy as np


def one_hot(labels, num_classes):
    classes = np.arange(num_classes)
    if not np.isin(labels, classes).all():
        raise ValueError("unknown class")
    return (labels[:, None] == classes).astype(float)


def softmax(logits):
    m = logits.max(axis=-1, keepdims=True)
    p = np.exp(logits - m)
    return p / p.sum(axis=-1, keepdims=True)


def mse(y, t):
    if y.shape != t.shape:
        raise ValueError
    return np.mean(np.square(y - t))


mean_squared_error = mse


def ce(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError
    logs = np.log(np.clip(y, 1e-15, 1))
    return -np.sum(t * logs) / len(t) / math.log(base)


cross_entropy = ce


def bce(y, t):
    if y.shape != t.shape:
        raise ValueError
    return ce(np.stack([y, 1 - y], axis=1), np.stack([t, 1 - t], axis=1))
