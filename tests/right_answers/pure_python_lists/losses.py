# losses.py -- no numpy, just lists and math like in the slides
import math


def one_hot(labels, num_classes):
    rows = []
    for label in labels:
        if label < 0 or label >= num_classes:
            raise ValueError("label out of range")
        row = []
        for k in range(num_classes):
            if k == label:
                row.append(1.0)
            else:
                row.append(0.0)
        rows.append(row)
    return rows


def softmax_row(z):
    biggest = max(z)
    exps = [math.exp(v - biggest) for v in z]
    total = sum(exps)
    return [v / total for v in exps]


def softmax(logits):
    logits = logits.tolist()
    if isinstance(logits[0], list):
        return [softmax_row(row) for row in logits]
    return softmax_row(logits)


def check_lengths(y, t):
    # lists of lists (cross entropy) or plain lists (the other two)
    if isinstance(y, list) != isinstance(t, list):
        raise ValueError("y and t do not have the same shape")
    if not isinstance(y, list):
        return
    if len(y) != len(t):
        raise ValueError("y and t do not have the same shape")
    for a, b in zip(y, t):
        check_lengths(a, b)


def mean_squared_error(y, t):
    y, t = y.tolist(), t.tolist()
    check_lengths(y, t)
    total = 0
    for n in range(len(y)):
        total += (y[n] - t[n]) ** 2
    return total / len(y)


def cross_entropy(y, t, base=math.e):
    y, t = y.tolist(), t.tolist()
    check_lengths(y, t)
    total = 0.0
    for n in range(len(y)):
        for k in range(len(y[n])):
            if t[n][k] == 0:
                continue  # 0 log 0 = 0
            if y[n][k] == 0:
                return math.inf
            total -= t[n][k] * math.log(y[n][k], base)
    return total / len(y)


def binary_cross_entropy(y, t):
    y, t = y.tolist(), t.tolist()
    check_lengths(y, t)
    total = 0.0
    for n in range(len(y)):
        for weight, p in ((t[n], y[n]), (1 - t[n], 1 - y[n])):
            if weight == 0:
                continue
            if p == 0:
                return math.inf
            total -= weight * math.log(p)
    return total / len(y)
