"""XOR by recursion."""

from functools import reduce

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1) / (1 + e)


def repeat(step, times, state):
    if times == 0:
        return state
    if times == 1:
        return step(state)
    half = times // 2
    return repeat(step, times - half, repeat(step, half, state))


def initialize(sizes, seed):
    def build(sizes, rng):
        if len(sizes) == 1:
            return []
        m, n, *_ = sizes
        layer = rng.uniform(-1, 1, (m, n)), rng.uniform(-1, 1, n)
        return [layer, *build(sizes[1:], rng)]

    return build(sizes, np.random.default_rng(seed))


def descend(x, layers, t, learning_rate):
    """One step for these layers: (new layers, dE/dx, E)."""
    if not layers:
        d = x - t
        return [], 2 * d / len(t), np.sum(d**2) / len(t)
    (W, b), rest = layers[0], layers[1:]
    y = sigmoid(x @ W + b)
    above, dE_dy, E = descend(y, rest, t, learning_rate)
    delta = dE_dy * y * (1 - y)
    new = W - learning_rate * x.T @ delta, b - learning_rate * delta.sum(axis=0)
    return [new, *above], delta @ W.T, E


def train(x, t, layers, learning_rate, iterations):
    def step(state):
        layers, losses = state
        layers, _, E = descend(x, layers, t, learning_rate)
        return layers, [*losses, E]

    return repeat(step, iterations, (layers, []))


def run(x, layers):
    return reduce(lambda a, layer: sigmoid(a @ layer[0] + layer[1]), layers, x)


def classify(x, layers):
    return (run(x, layers)[:, 0] > 0.5).astype(int).tolist()


def solve_xor(seed):
    def attempt(layers, patience, retry):
        layers, losses = train(X, T, layers, 5.0, 400)
        if losses[-1] < 0.01:
            return layers
        if patience == 0:
            return attempt(initialize((2, 4, 1), seed + retry), 10, retry + 1)
        return attempt(layers, patience - 1, retry)

    return attempt(initialize((2, 4, 1), seed), 10, 1)


def hidden_features(x, layers):
    return run(x, layers[:-1])


def count_layers(layers):
    return 0 if not layers else 1 + count_layers(layers[1:])


def count_parameters(layers):
    if not layers:
        return 0
    W, b = layers[0]
    return W.size + b.size + count_parameters(layers[1:])


def merge_linear(layers):
    if len(layers) == 1:
        return layers[0]
    (W, b), (V, c) = layers[0], layers[1]
    return merge_linear([(W @ V, b @ V + c), *layers[2:]])


def staircase(edges, heights):
    def smallest(gaps):
        return reduce(min, gaps[1:], gaps[0]) if len(gaps) else 1.0

    k = 450 / smallest(np.diff(edges))
    return [
        (np.full((1, len(edges)), k), -k * edges),
        (np.diff(heights)[:, None], heights[:1]),
    ]
