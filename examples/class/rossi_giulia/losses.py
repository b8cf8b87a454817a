import math
import numpy as np


def one_hot(labels, num_classes):
    out = np.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        out[i, label] = 1
    return out


def softmax(logits):
    return np.exp(logits) / np.sum(np.exp(logits), axis=-1, keepdims=True)


def mean_squared_error(y, t):
    if y.shape != t.shape:
        raise ValueError("shape mismatch")
    return np.sum((y - t) ** 2) / 2


def cross_entropy(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape mismatch")
    eps = 1e-12  # so that we never take log(0)
    return -np.mean(t * np.log(y + eps)) / np.log(base)


def binary_cross_entropy(y, t):
    if y.shape != t.shape:
        raise ValueError("shape mismatch")
    eps = 1e-12
    return -np.mean(t * np.log(y + eps))
