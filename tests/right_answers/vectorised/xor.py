"""Week 2, part 5: XOR."""

import itertools

import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.asarray(a) >= 0, 1 / (1 + e), e / (1 + e))


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(sigmoid(activations[-1] @ W + b))
    return activations


def backward(activations, layers, t):
    y = activations[-1]
    delta = 2 * (y - t) / len(y) * y * (1 - y)
    gradients = []
    for (W, _), h in zip(reversed(layers), reversed(activations[:-1]), strict=True):
        gradients.append((h.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T * h * (1 - h)
    return gradients[::-1]


def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    return [
        (rng.uniform(-1, 1, (fan_in, fan_out)), rng.uniform(-1, 1, fan_out))
        for fan_in, fan_out in itertools.pairwise(sizes)
    ]


def train(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        activations = forward(x, layers)
        losses.append(((activations[-1] - t) ** 2).sum(axis=1).mean())
        layers = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(layers, backward(activations, layers, t), strict=True)
        ]
    return layers, losses


def classify(x, layers):
    return (forward(x, layers)[-1][:, 0] > 0.5).astype(int)


def solve_xor(seed):
    for start in itertools.count(seed):
        layers = initialize((2, 4, 1), start)
        for _ in range(10):
            layers, losses = train(X, T, layers, 5.0, 500)
            if losses[-1] < 0.01:
                return layers


def hidden_features(x, layers):
    return forward(x, layers)[-2]


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    return sum(W.size + b.size for W, b in layers)


def merge_linear(layers):
    (W, b), *rest = layers
    for W_next, b_next in rest:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


def staircase(edges, heights):
    gap = np.diff(edges).min() if len(edges) > 1 else 1.0
    steepness = 400 / gap
    first = np.full((1, len(edges)), steepness), -steepness * edges
    second = np.diff(heights)[:, None], heights[:1]
    return [first, second]
