# Chidi Okonkwo - no numpy, I wanted to see every loop
from math import exp, inf, log, e


def one_hot(labels, num_classes):
    rows = []
    for label in labels:
        if not 0 <= label < num_classes:
            raise ValueError("label out of range: %d" % label)
        row = [0.0] * num_classes
        row[label] = 1.0
        rows.append(row)
    return rows


def softmax(logits):
    if hasattr(logits[0], '__len__'):
        return [softmax(row) for row in logits]
    biggest = max(logits)
    powers = [exp(z - biggest) for z in logits]
    total = sum(powers)
    return [p / total for p in powers]


def mean_squared_error(y, t):
    check_shapes(y, t)
    total = 0
    for yn, tn in zip(y, t):
        total += (yn - tn) ** 2
    return total / len(t)


def cross_entropy(y, t, base=e):
    check_shapes(y, t)
    total = 0
    for y_row, t_row in zip(y, t):
        for yk, tk in zip(y_row, t_row):
            total += cost(yk, tk)
    return total / len(t) / log(base)


def binary_cross_entropy(y, t):
    check_shapes(y, t)
    total = 0
    for yn, tn in zip(y, t):
        total += cost(yn, tn) + cost(1 - yn, 1 - tn)
    return total / len(t)


def cost(y, t):
    if t == 0:
        return 0.0      # 0 log 0 = 0
    if y == 0:
        return inf
    return -t * log(y)


def check_shapes(y, t):
    if y.shape != t.shape:
        raise ValueError("shapes %s and %s" % (y.shape, t.shape))
