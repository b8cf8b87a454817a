"""XOR with the smallest network, 2-2-1. It gets stuck now and then: start again."""

import numpy as np

X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]]).T
T = np.array([[0, 1, 1, 0]]).T


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(np.minimum(-z, 700)))


def forward_columns(x, layers):
    A = [x.T]
    for W, b in layers:
        A.append(sigmoid(np.dot(W.T, A[-1]) + b.reshape(-1, 1)))
    return A


def initialize(sizes, seed):
    rng = np.random.RandomState(seed)  # my own generator, not the global one
    layers = []
    for l in range(1, len(sizes)):
        M = rng.randn(sizes[l], sizes[l - 1])
        b = rng.randn(sizes[l], 1)
        layers.append((M.T, b[:, 0]))
    return layers


def train(x, t, layers, learning_rate, iterations):
    losses = []
    L, m = len(layers), x.shape[0]
    for _ in range(iterations):
        A = forward_columns(x, layers)
        losses.append(float(((A[-1] - t.T) ** 2).sum() / m))
        dA = 2.0 * (A[-1] - t.T) / m
        new = [None] * L
        for l in range(L, 0, -1):
            W, b = layers[l - 1]
            dZ = dA * A[l] * (1 - A[l])
            dA = W @ dZ
            dW, db = A[l - 1] @ dZ.T, dZ.sum(axis=1)
            new[l - 1] = (W - learning_rate * dW, b - learning_rate * db)
        layers = new
    return layers, losses


def classify(x, layers):
    return np.where(forward_columns(x, layers)[-1][0] > 0.5, 1, 0)


def solve_xor(seed):
    layers = initialize((2, 2, 1), seed)
    retry = 0
    while True:
        for _ in range(5):
            layers, losses = train(X, T, layers, 4.0, 300)
            if losses[-1] < 0.02:
                return layers
        # stuck: the loss does not go below 0.125 any more
        retry += 1
        layers = initialize((2, 2, 1), (seed + 7919 * retry) % 2**31)


def hidden_features(x, layers):
    return forward_columns(x, layers)[-2].T


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    total = 0
    for W, b in layers:
        fan_in, fan_out = W.shape
        assert b.shape == (fan_out,)
        total += (fan_in + 1) * fan_out
    return total


def merge_linear(layers):
    # homogeneous coordinates: one matrix does both, [M b; 0 1]
    product = np.eye(layers[0][0].shape[0] + 1)
    for W, b in layers:
        H = np.zeros((W.shape[1] + 1, W.shape[0] + 1))
        H[:-1, :-1] = W.T
        H[:-1, -1] = b
        H[-1, -1] = 1
        product = H @ product
    return product[:-1, :-1].T, product[:-1, -1]


def staircase(edges, heights):
    M = len(edges)
    narrowest = 1.0
    for i in range(1, M):
        narrowest = min(narrowest if i > 1 else np.inf, edges[i] - edges[i - 1])
    s = 250.0 / narrowest
    W1 = np.full((M, 1), s)
    b1 = -s * np.asarray(edges).reshape(M, 1)
    W2 = np.array([[heights[i + 1] - heights[i] for i in range(M)]])
    b2 = np.array([[heights[0]]])
    return [(W1.T, b1[:, 0]), (W2.T, b2[:, 0])]
