import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])


def sigmoid(a):
    return 1 / (1 + np.exp(-np.clip(a, -500, 500)))


def forward(x, layers):
    acts = [x]
    for W, b in layers:
        acts.append(sigmoid(np.dot(acts[-1], W) + b))
    return acts


def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    layers = []
    for i in range(len(sizes) - 1):
        limit = np.sqrt(6 / (sizes[i] + sizes[i + 1]))  # Xavier
        W = rng.uniform(-limit, limit, size=(sizes[i], sizes[i + 1]))
        layers.append((W, np.zeros(sizes[i + 1])))
    return layers


def backprop(acts, layers, delta):
    """delta: dE/da of the last layer"""
    grads = []
    for i in range(len(layers) - 1, -1, -1):
        grads.append((np.dot(acts[i].T, delta), np.sum(delta, axis=0)))
        delta = np.dot(delta, layers[i][0].T) * acts[i] * (1 - acts[i])
    return grads[::-1]


def step(layers, grads, learning_rate):
    return [
        (layers[i][0] - learning_rate * grads[i][0], layers[i][1] - learning_rate * grads[i][1])
        for i in range(len(layers))
    ]


def train(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        acts = forward(x, layers)
        y = acts[-1]
        losses.append(np.sum((y - t) ** 2) / len(x))
        grads = backprop(acts, layers, 2 * (y - t) * y * (1 - y) / len(x))
        layers = step(layers, grads, learning_rate)
    return layers, losses


def classify(x, layers):
    y = forward(x, layers)[-1]
    labels = np.zeros(len(x), dtype=int)
    labels[y[:, 0] > 0.5] = 1
    return labels


def solve_xor(seed):
    # binary cross entropy instead of MSE: its delta is just y - t, so it does not get flat
    tries = 0
    while True:
        layers = initialize((2, 3, 1), seed + tries)
        for i in range(4000):
            acts = forward(X, layers)
            if i % 50 == 0:
                p = np.clip(acts[-1], 1e-12, 1 - 1e-12)
                if np.mean(-T * np.log(p) - (1 - T) * np.log(1 - p)) < 0.05:
                    return layers
            layers = step(layers, backprop(acts, layers, (acts[-1] - T) / 4), 2.0)
        tries += 1


def hidden_features(x, layers):
    acts = forward(x, layers)
    return acts[len(acts) - 2]


def count_layers(layers):
    n = 0
    for _ in layers:
        n += 1
    return n


def count_parameters(layers):
    n = 0
    for W, b in layers:
        n += W.size
        n += b.size
    return n


def merge_linear(layers):
    # b: where the origin goes. W: where the unit vectors go, seen from there.
    def linear(x):
        for W, b in layers:
            x = np.dot(x, W) + b
        return x

    D = layers[0][0].shape[0]
    bias = linear(np.zeros((1, D)))[0]
    return linear(np.eye(D)) - bias, bias


def staircase(edges, heights):
    M = len(edges)
    if M == 1:
        gap = 1
    else:
        gap = min(np.diff(edges))
    k = 500 / gap
    W1 = np.zeros((1, M))
    b1 = np.zeros(M)
    W2 = np.zeros((M, 1))
    for m in range(M):
        W1[0, m] = k
        b1[m] = -k * edges[m]
        W2[m, 0] = heights[m + 1] - heights[m]
    return [(W1, b1), (W2, np.array([heights[0]]))]
