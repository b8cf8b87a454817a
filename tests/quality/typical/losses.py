"""Wrong losses as students hand them in; after the two underscores, the mistake that each makes."""

import math

import numpy as np


def one_hot__labels_from_one(labels, num_classes):
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError("label out of range")
    result = np.zeros((len(labels), num_classes))
    for i in range(len(labels)):
        result[i][labels[i] - 1] = 1
    return result


def one_hot__num_classes_ignored(labels, num_classes):
    K = max(labels) + 1
    onehot = np.zeros((labels.size, K))
    onehot[np.arange(labels.size), labels] = 1.0
    return onehot


def one_hot__transposed(labels, num_classes):
    if np.any(labels >= num_classes) or np.any(labels < 0):
        raise ValueError
    vec = np.zeros((num_classes, labels.shape[0]))
    for n, label in enumerate(labels):
        vec[label, n] = 1
    return vec


def one_hot__every_row_marked(labels, num_classes):
    for l in labels:
        if l < 0 or l >= num_classes:
            raise ValueError("bad label " + str(l))
    out = np.zeros((len(labels), num_classes))
    out[:, labels] = 1
    return out


def one_hot__range_not_checked(labels, num_classes):
    return np.eye(num_classes)[labels]


def one_hot__not_float64(labels, num_classes):
    rows = []
    for label in labels:
        if not 0 <= label < num_classes:
            raise ValueError(f"label {label} is not one of the {num_classes} classes")
        rows.append([1 if k == label else 0 for k in range(num_classes)])
    return np.array(rows)


def one_hot__every_row_marked__2(labels, num_classes):
    if min(labels) < 0 or max(labels) > num_classes - 1:
        raise ValueError("label")
    table = [[0.0] * num_classes] * len(labels)
    for i, k in enumerate(labels):
        table[i][k] = 1.0
    return np.array(table)


def softmax__wrong_axis(logits):
    z = logits - np.max(logits)
    e = np.exp(z)
    return e / np.sum(e, axis=0)


def softmax__whole_batch_normalised(logits):
    exps = np.exp(logits - logits.max())
    total = 0
    for v in exps.flatten():
        total += v
    return exps / total


def softmax__keepdims_missing(logits):
    m = np.max(logits, axis=-1, keepdims=True)
    numerator = np.exp(logits - m)
    return numerator / numerator.sum(axis=-1)


def softmax__no_max_shift(logits):
    logits = np.array(logits)
    if logits.ndim == 1:
        return np.exp(logits) / sum(np.exp(logits))
    return np.array([np.exp(row) / sum(np.exp(row)) for row in logits])


def softmax__global_max(logits):
    biggest = np.amax(logits)
    e_x = np.exp(logits - biggest)
    return e_x / e_x.sum(-1, keepdims=True)


def softmax__two_axes_needed(logits):
    shifted = logits - np.max(logits, axis=1)[:, None]
    e = np.exp(shifted)
    return e / e.sum(axis=1)[:, None]


def softmax__sigmoid_for_softmax(logits):
    return np.where(
        logits >= 0,
        1 / (1 + np.exp(-np.abs(logits))),
        np.exp(-np.abs(logits)) / (1 + np.exp(-np.abs(logits))),
    )


def softmax__wrong_base(logits):
    top = np.power(2.0, logits - np.max(logits, axis=-1, keepdims=True))
    return top / np.sum(top, axis=-1, keepdims=True)


def softmax__argument_changed(logits):
    logits -= np.max(logits, axis=-1, keepdims=True)
    p = np.exp(logits)
    return p / p.sum(axis=-1, keepdims=True)


def mean_squared_error__sum_for_mean(y, t):
    if y.shape != t.shape:
        raise ValueError("y and t must have the same shape")
    s = 0
    for i in range(len(y)):
        s = s + (y[i] - t[i]) ** 2
    return s


def mean_squared_error__half(y, t):
    if len(y) != len(t) or y.ndim != t.ndim:
        raise ValueError("shape mismatch")
    return 0.5 * np.mean(np.square(t - y))


def mean_squared_error__absolute_error(y, t):
    if np.shape(y) != np.shape(t):
        raise ValueError
    return np.abs(y - t).sum() / len(t)


def mean_squared_error__root_taken(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes differ")
    return math.sqrt(((y - t) ** 2).mean())


def mean_squared_error__mean_before_square(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes differ")
    difference = np.mean(y - t)
    return difference ** 2


def mean_squared_error__shapes_not_checked(y, t):
    N = len(y)
    return 1 / N * np.sum((y - t) ** 2)


def mean_squared_error__not_averaged(y, t):
    if y.shape != t.shape:
        raise ValueError("not the same shape")
    e = []
    for yn, tn in zip(y, t):
        e.append((yn - tn) ** 2)
    return np.array(e)


def cross_entropy__sum_for_mean(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("y and t differ in shape")
    y = np.clip(y, 1e-12, None)
    loss = 0.0
    for n in range(y.shape[0]):
        for k in range(y.shape[1]):
            loss -= t[n, k] * math.log(y[n, k], base)
    return loss


def cross_entropy__mean_over_all_entries(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape")
    eps = 1e-15
    return -np.mean(t * np.log(y + eps)) / np.log(base)


def cross_entropy__minus_missing(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape")
    logs = np.log(np.maximum(y, 1e-10)) / math.log(base)
    return np.sum(t * logs) / y.shape[0]


def cross_entropy__base_ignored(y, t, base=math.e):
    assert_same = y.shape == t.shape
    if not assert_same:
        raise ValueError("shape mismatch")
    out = 0
    for yi, ti in zip(y, t):
        for p, q in zip(yi, ti):
            if q > 0:
                out += -q * math.log(p if p > 0 else 1e-300)
    return out / len(y)


def cross_entropy__zero_times_log_zero(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("y.shape != t.shape")
    return -(t * np.log(y)).sum(axis=1).mean() / np.log(base)


def cross_entropy__arguments_swapped(y, t, base=math.e):
    if np.shape(y) != np.shape(t):
        raise ValueError("shape")
    t = np.clip(t, 1e-12, 1)
    return -np.sum(y * np.log(t)) / np.log(base) / len(y)


def cross_entropy__binary_terms_added(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape")
    y = np.clip(y, 1e-12, 1 - 1e-12)
    ce = t * np.log(y) + (1 - t) * np.log(1 - y)
    return -np.sum(ce) / len(y) / np.log(base)


def cross_entropy__soft_targets_hardened(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape")
    labels = np.argmax(t, axis=1)
    picked = np.clip(y[np.arange(len(y)), labels], 1e-12, 1)
    return -np.mean(np.log(picked)) / np.log(base)


def cross_entropy__clip_too_hard(y, t, base=math.e):
    if y.shape != t.shape:
        raise ValueError("shape")
    y = np.clip(y, 0.01, 0.99)
    return float(-np.sum(t * np.log(y)) / (len(y) * np.log(base)))


def cross_entropy__shapes_not_checked(y, t, base=math.e):
    y = np.where(y == 0, 1e-20, y)
    return -np.sum(t * np.log(y)) / np.log(base) / y.shape[0]


def binary_cross_entropy__minus_covers_one_term(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return np.mean(-t * np.log(y) + (1 - t) * np.log(1 - y))


def binary_cross_entropy__second_term_missing(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    total = 0.0
    for p, q in zip(y, t):
        total += q * math.log(max(p, 1e-15))
    return -total / len(y)


def binary_cross_entropy__sum_for_mean(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    eps = 1e-15
    y = np.minimum(np.maximum(y, eps), 1 - eps)
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))


def binary_cross_entropy__not_averaged(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    y = np.clip(y, 1e-9, 1 - 1e-9)
    return -(t * np.log(y) + (1 - t) * np.log(1 - y))


def binary_cross_entropy__arguments_swapped(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    t = np.clip(t, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(t) + (1 - y) * np.log(1 - t))


def binary_cross_entropy__wrong_logarithm(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes")
    y = np.clip(y, 1e-12, 1 - 1e-12)
    return -(t * np.log2(y) + (1 - t) * np.log2(1 - y)).mean()


def binary_cross_entropy__zero_times_log_zero(y, t):
    if np.shape(y) != np.shape(t):
        raise ValueError("shapes")
    first = t * np.log(y)
    second = (1 - t) * np.log(1 - y)
    return -(first + second).sum() / t.size
