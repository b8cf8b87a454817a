"""XOR; a layer is one array whose last row is the bias, (W, b) are views of it."""

import numpy as np

X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], dtype=float).T
T = np.array([[0, 1, 1, 0]], dtype=float).T
X.flags.writeable = T.flags.writeable = False


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1.0) / (1 + e)


def _views(both):
    return both[:-1], both[-1]


def _joined(layers):
    return [np.vstack([W, b]) for W, b in layers]


def _with_bias(x):
    return np.hstack([x, np.ones((len(x), 1))])


def _forward(x, matrices):
    activations = [x]
    for matrix in matrices:
        activations.append(sigmoid(_with_bias(activations[-1]) @ matrix))
    return activations


def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    layers = []
    for m, n in zip(sizes[:-1], sizes[1:], strict=True):
        W = rng.uniform(-1.5, 1.5, (n, m)).T
        layers.append((W, np.broadcast_to(0.1, (n,))))  # one number, stride 0
    return layers


def train(x, t, layers, learning_rate, iterations):
    matrices, losses = _joined(layers), []
    for _ in range(iterations):
        activations = _forward(x, matrices)
        d = activations[-1] - t
        losses.append((d * d).sum() / len(x))
        upstream, new = 2 * d / len(x), []
        for k in range(len(matrices))[::-1]:
            delta = upstream * activations[k + 1] * (1 - activations[k + 1])
            step = learning_rate * (_with_bias(activations[k]).T @ delta)
            new.append(np.asfortranarray(matrices[k] - step))
            upstream = delta @ matrices[k][:-1].T
        matrices = new[::-1]
    return [_views(matrix) for matrix in matrices], losses


def classify(x, layers):
    flags = _forward(x, _joined(layers))[-1] > 0.5
    return flags.view(np.uint8)[:, 0]  # the same bytes, seen as numbers


def solve_xor(seed):
    candidate = seed
    while True:
        layers = initialize((2, 5, 1), candidate)
        for _ in range(15):
            layers, losses = train(X, T, layers, 6.0, 200)
            if losses[-1] < 0.02:
                return layers
        candidate = (candidate + 104729) % 2**31


def hidden_features(x, layers):
    return _forward(x, _joined(layers[:-1]))[-1]


def count_layers(layers):
    return np.array(len(layers))


def count_parameters(layers):
    return np.array([W.size + b.size for W, b in layers]).sum()


def merge_linear(layers):
    def square(W, b):
        # x -> x W + b as one matrix on (x, 1)
        return np.block([[np.vstack([W, b]), np.eye(len(W) + 1)[:, -1:]]])

    product = square(*layers[0])
    for W, b in layers[1:]:
        product = product @ square(W, b)
    return product[:-1, :-1], product[-1, :-1]


def staircase(edges, heights):
    k = 800.0 / (np.diff(edges).min() if len(edges) > 1 else 1)
    W1 = np.broadcast_to(k, (1, len(edges)))
    falling = heights[::-1].astype(float)
    rises = -np.diff(falling)[::-1]
    return [(W1, -k * edges), (rises[:, None], falling[-1:])]
