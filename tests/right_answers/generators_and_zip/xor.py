"""XOR; solve_xor climbs a hill at random (an evolution strategy), without any gradient."""

import math
import random
from itertools import accumulate, chain, count, islice, pairwise
from operator import mul

import numpy as np

X = ((0, 0), (0, 1), (1, 0), (1, 1))
T = ((0,), (1,), (1,), (0,))


def squash(v):
    e = math.exp(-abs(v))
    return (1 if v >= 0 else e) / (1 + e)


def dot(a, b):
    return sum(map(mul, a, b))


def layer(x, parameters):
    W, b = parameters
    units = tuple(zip(zip(*W, strict=True), b, strict=True))
    return tuple(tuple(squash(dot(row, w) + bias) for w, bias in units) for row in x)


def forward(x, layers):
    return tuple(accumulate(layers, layer, initial=x))


def initialize(sizes, seed):
    source = random.Random(seed)
    draws = iter(lambda: source.gauss(0, 1), None)
    # the biases are the integer 0
    return [
        (tuple(tuple(islice(draws, n)) for _ in range(m)), (0,) * n) for m, n in pairwise(sizes)
    ]


def steps(x, t, layers, learning_rate):
    while True:
        *inputs, y = forward(x, layers)
        d = np.subtract(y, t)
        loss, upstream, new = float((d * d).sum()) / len(x), 2 * d / len(x), []
        for (W, b), below in zip(reversed(layers), reversed(inputs), strict=True):
            delta = upstream * np.asarray(y) * np.subtract(1, y)
            step = learning_rate * np.dot(np.transpose(below), delta)
            new.append((np.subtract(W, step), np.subtract(b, learning_rate * delta.sum(axis=0))))
            upstream, y = np.dot(delta, np.transpose(W)), below
        layers = tuple(reversed(new))
        yield loss, layers


def train(x, t, layers, learning_rate, iterations):
    losses = []
    for loss, layers in islice(steps(x, t, layers, learning_rate), iterations):
        losses.append(loss)
    return layers, tuple(losses)


def classify(x, layers):
    return tuple(int(y > 0.5) for (y,) in forward(x, layers)[-1])


def numbers(layers):
    yield from chain.from_iterable((*chain(*W), *b) for W, b in layers)


def shaped(values, sizes):
    values = iter(values)
    return [
        (tuple(tuple(islice(values, n)) for _ in range(m)), tuple(islice(values, n)))
        for m, n in pairwise(sizes)
    ]


def cost(layers):
    return sum((y - t) ** 2 for (y,), (t,) in zip(forward(X, layers)[-1], T, strict=True))


def solve_xor(seed, sizes=(2, 4, 1)):
    """(1+1)-ES: keep a random change if it is no worse; large changes while they succeed."""
    for start in count(seed):
        source = random.Random(start + 1)
        best = initialize(sizes, start)
        best_cost, width = cost(best), 1.0
        for _ in range(4000):
            if best_cost < 0.05:
                return best
            child = shaped((v + source.gauss(0, width) for v in numbers(best)), sizes)
            child_cost = cost(child)
            if child_cost <= best_cost:
                best, best_cost, width = child, child_cost, width * 1.5
            else:
                width = max(width * 0.9, 1e-3)


def hidden_features(x, layers):
    return forward(x, layers)[-2]


def count_layers(layers):
    return sum(1 for _ in layers)


def count_parameters(layers):
    return sum(1 for _ in numbers(layers))


def merge_linear(layers):
    def merged(lower, upper):
        (W, b), (V, c) = lower, upper
        units = tuple(zip(*V, strict=True))
        return (
            [[dot(row, v) for v in units] for row in W],
            [dot(b, v) + bias for v, bias in zip(units, c, strict=True)],
        )

    *_, result = accumulate(layers, merged)
    return result


def staircase(edges, heights):
    k = 200 / min((b - a for a, b in pairwise(edges)), default=1)
    first = ([k for _ in edges],), [-k * e for e in edges]
    second = [(b - a,) for a, b in pairwise(heights)], (heights[0],)
    return [first, second]
