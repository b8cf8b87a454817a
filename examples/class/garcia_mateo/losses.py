import math
import numpy as np

# float32 everywhere, like on the GPU
f32 = np.float32


def one_hot(labels, num_classes):
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("label out of range")
    return np.eye(num_classes, dtype=f32)[labels]


def softmax(logits):
    z = logits.astype(f32)
    z = np.exp(z - z.max(axis=-1, keepdims=True))
    return z / z.sum(axis=-1, keepdims=True)


def mean_squared_error(y, t):
    if y.shape != t.shape:
        raise ValueError("different shapes")
    return np.mean((y.astype(f32) - t.astype(f32)) ** 2)


def cross_entropy(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("different shapes")
    y, t = y.astype(f32), t.astype(f32)
    return f32(-np.sum(t * np.log(np.maximum(y, f32(1e-10)))) / len(y) / math.log(base))


def binary_cross_entropy(y, t):
    if y.shape != t.shape:
        raise ValueError("different shapes")
    y, t = y.astype(f32), t.astype(f32)
    tiny = f32(1e-10)
    return -np.mean(t * np.log(np.maximum(y, tiny)) + (1 - t) * np.log(np.maximum(1 - y, tiny)))
