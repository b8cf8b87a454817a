"""XOR"""

import logging
import warnings

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])
print(X, T)
logger = logging.getLogger(__name__)
logger.addHandler(logging.StreamHandler())


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def forward(x, layers):
    acts = [x]
    for W, b in layers:
        acts.append(sigmoid(acts[-1] @ W + b))
    return acts


def initialize(sizes, seed):
    print("seed", seed, "sizes", sizes)
    rng = np.random.default_rng(seed)
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers.append((2 * rng.random((n_in, n_out)) - 1, 2 * rng.random(n_out) - 1))
    return layers


def train(x, t, layers, learning_rate, iterations):
    losses = []
    for i in range(iterations):
        acts = forward(x, layers)
        y = acts[-1]
        losses.append(np.sum((y - t) ** 2) / len(x))
        if i % 500 == 0:
            print("#" * int(50 * min(losses[-1], 1)), losses[-1])
            logger.warning("iteration %d", i)
        delta = 2 * (y - t) / len(x) * y * (1 - y)
        new = []
        for (W, b), a in zip(layers[::-1], acts[-2::-1]):
            new.append((W - learning_rate * a.T @ delta, b - learning_rate * delta.sum(axis=0)))
            delta = delta @ W.T * a * (1 - a)
        layers = new[::-1]
    return layers, losses


def classify(x, layers):
    y = forward(x, layers)[-1]
    print(y)
    return np.array([1 if p > 0.5 else 0 for p in y[:, 0]])


def solve_xor(seed):
    for attempt in range(1000):
        layers = initialize((2, 4, 1), seed + attempt)
        for _ in range(8):
            layers, losses = train(X, T, layers, 5, 500)
            if losses[-1] < 0.01:
                print("solved :-)")
                return layers
        warnings.warn("did not converge, trying seed %d" % (seed + attempt + 1))
    return layers


def hidden_features(x, layers):
    h = forward(x, layers)[-2]
    print(h)
    return h


def count_layers(layers):
    print(len(layers))
    return len(layers)


def count_parameters(layers):
    count = sum(W.size + b.size for W, b in layers)
    logger.error("%d parameters", count)
    return count


def merge_linear(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        print(W.shape, "@", V.shape)
        W, b = W @ V, b @ V + c
    return W, b


def staircase(edges, heights):
    d = np.min(np.diff(edges)) if len(edges) > 1 else 1
    k = 1e4 / d
    warnings.warn("very steep: %g" % k)
    return [
        (k * np.ones((1, len(edges))), -k * edges),
        (np.diff(heights).reshape(-1, 1), np.array([heights[0]])),
    ]


if __name__ == "__main__":
    net = solve_xor(0)
    print(classify(X, net), hidden_features(X, net))
