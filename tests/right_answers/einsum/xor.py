"""XOR, with a trick: keep random features and solve for the output layer (least squares)."""

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
T = np.array([[0], [1], [1], [0]], dtype=float)


def sigmoid(a):
    small = np.exp(np.minimum(a, 0))
    return small / (small + np.exp(np.minimum(-a, 0)))


def forward(x, layers):
    a = [x]
    for weight, bias in layers:
        a += [sigmoid(np.einsum("ni,ij->nj", a[-1], weight) + bias)]
    return a


def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    return [
        (rng.standard_normal((m, n)) * np.sqrt(2 / m), np.zeros(n))
        for m, n in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def train(x, t, layers, learning_rate, iterations):
    layers, losses = list(layers), []
    for _ in range(iterations):
        a = forward(x, layers)
        d = a[-1] - t
        losses.append(np.einsum("nk,nk->", d, d) / len(x))
        dE_da, new = 2.0 / len(x) * d, []
        for (weight, bias), above, below in zip(layers[::-1], a[:0:-1], a[-2::-1], strict=True):
            dE_dz = np.einsum("nj,nj,nj->nj", dE_da, above, 1 - above)
            dE_da = np.einsum("nj,ij->ni", dE_dz, weight)
            weight = weight - learning_rate * np.einsum("ni,nj->ij", below, dE_dz)
            new.insert(0, (weight, bias - learning_rate * np.einsum("nj->j", dE_dz)))
        layers = new
    return layers, losses


def classify(x, layers):
    return np.rint(forward(x, layers)[-1]).astype(np.int64).ravel()


def solve_xor(seed):
    """Four points and 8 + 1 free output weights: the logits -4 and 4 can be met exactly."""
    layers = initialize((2, 8, 1), seed)
    while (classify(X, layers) != T[:, 0]).any():
        (weight, bias), _ = layers
        bias = bias + 0.5  # without a bias the origin would say nothing
        features = np.hstack([sigmoid(X @ weight + bias), np.ones((4, 1))])
        out = np.linalg.lstsq(features, 8 * T - 4, rcond=None)[0]
        layers = [(weight, bias), (out[:-1], out[-1])]
        if (classify(X, layers) != T[:, 0]).any():
            seed += 1
            layers = initialize((2, 8, 1), seed)
    return layers


def hidden_features(x, layers):
    return forward(x, layers[:-1])[-1]


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    return int(sum(np.prod(np.shape(p)) for layer in layers for p in layer))


def merge_linear(layers):
    weight, bias = layers[-1]
    # from the top down: W = W1 (W2 ... WL)
    for lower_weight, lower_bias in layers[-2::-1]:
        bias = np.einsum("j,jk->k", lower_bias, weight) + bias
        weight = np.einsum("ij,jk->ik", lower_weight, weight)
    return weight, bias


def staircase(edges, heights):
    gap = np.min(edges[1:] - edges[:-1]) if edges.size > 1 else 1
    s = 1000.0 / gap
    w1 = np.einsum("m->m", np.full(edges.size, s))[None, :]
    w2 = (heights[1:] - heights[:-1])[:, None]
    return [(w1, -s * edges), (w2, np.array([heights[0]]))]
