"""Losses as objects. The functions that are asked for are made from them at the end."""

import functools
import math

import numpy as np


class Encoder:
    """Turns labels into rows of an identity matrix."""

    def __call__(self, labels, num_classes):
        labels = np.asarray(labels, dtype=np.intp)
        outside = labels[(labels < 0) | (labels >= num_classes)]
        if outside.size:
            raise ValueError(f"labels {outside.tolist()} are not in [0, {num_classes})")
        out = np.zeros((labels.size, num_classes))
        np.put_along_axis(out, labels[:, None], 1.0, axis=1)
        return out


class Softmax:
    def __init__(self, axis=-1):
        self.axis = axis

    def __call__(self, logits):
        shifted = np.exp(logits - logits.max(axis=self.axis, keepdims=True))
        return shifted / shifted.sum(axis=self.axis, keepdims=True)


class Loss:
    def per_sample(self, y, t):
        raise RuntimeError("a subclass says what one sample costs")

    def __call__(self, y, t):
        if y.shape != t.shape:
            raise ValueError(f"{type(self).__name__}: {y.shape} is not {t.shape}")
        return float(np.mean(self.per_sample(y, t)))


class MeanSquaredError(Loss):
    def per_sample(self, y, t):
        return (y - t) ** 2


class CrossEntropy(Loss):
    def __init__(self, base=math.e):
        self.unit = math.log(base)

    def per_sample(self, y, t):
        wrong = ((y == 0) & (t > 0)).any(axis=1)
        logs = np.log(y, out=np.zeros(y.shape), where=y > 0)
        return np.where(wrong, np.inf, -(t * logs).sum(axis=1) / self.unit)


class BinaryCrossEntropy(CrossEntropy):
    def per_sample(self, y, t):
        return super().per_sample(np.c_[y, 1 - y], np.c_[t, 1 - t])


def _entropy(kind, y, t, **settings):
    return kind(**settings)(y, t)


one_hot = Encoder()
softmax = Softmax()
mean_squared_error = MeanSquaredError().__call__
cross_entropy = functools.partial(_entropy, CrossEntropy)
binary_cross_entropy = BinaryCrossEntropy()
