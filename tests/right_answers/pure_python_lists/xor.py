# xor.py
import math
import random

X = [[0, 0], [0, 1], [1, 0], [1, 1]]
T = [[0], [1], [1], [0]]


def sig(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))


def plain(a):
    if hasattr(a, "tolist"):
        return a.tolist()
    if isinstance(a, (list, tuple)):
        return [plain(item) for item in a]
    return a


def run(row, layers):
    """all activations for ONE sample"""
    acts = [row]
    for W, b in layers:
        row = acts[-1]
        out = []
        for j in range(len(b)):
            v = b[j]
            for i in range(len(row)):
                v += row[i] * W[i][j]
            out.append(sig(v))
        acts.append(out)
    return acts


def initialize(sizes, seed):
    r = random.Random(seed)
    layers = []
    for i in range(len(sizes) - 1):
        W = [[r.uniform(-1, 1) for _ in range(sizes[i + 1])] for _ in range(sizes[i])]
        b = [r.uniform(-1, 1) for _ in range(sizes[i + 1])]
        layers.append([W, b])
    return layers


def sample_gradients(acts, target, layers):
    """deltas of every layer for one sample"""
    y = acts[-1]
    delta = [2 * (y[k] - target[k]) * y[k] * (1 - y[k]) for k in range(len(y))]
    deltas = [delta]
    for layer in range(len(layers) - 1, 0, -1):
        W, a = layers[layer][0], acts[layer]
        delta = [
            sum(W[i][j] * delta[j] for j in range(len(delta))) * a[i] * (1 - a[i])
            for i in range(len(a))
        ]
        deltas.insert(0, delta)
    return deltas


def train(x, t, layers, learning_rate, iterations):
    x, t, layers = plain(x), plain(t), plain(layers)
    losses = []
    for _ in range(iterations):
        loss = 0.0
        new = plain(layers)  # a deep copy that collects the steps
        for n in range(len(x)):
            acts = run(x[n], layers)
            for k in range(len(t[n])):
                loss += (acts[-1][k] - t[n][k]) ** 2
            deltas = sample_gradients(acts, t[n], layers)
            for layer in range(len(layers)):
                W, b = new[layer]
                for j in range(len(b)):
                    step = learning_rate * deltas[layer][j] / len(x)
                    b[j] -= step
                    for i in range(len(W)):
                        W[i][j] -= step * acts[layer][i]
        losses.append(loss / len(x))
        layers = new
    return layers, losses


def classify(x, layers):
    layers = plain(layers)
    return [1 if run(row, layers)[-1][0] > 0.5 else 0 for row in plain(x)]


def solve_xor(seed):
    # sample after sample (online), learns faster than the whole batch
    attempt = 0
    while True:
        layers = initialize((2, 4, 1), seed + attempt)
        for _ in range(60):
            for _ in range(50):
                for n in range(4):
                    layers, _ = train([X[n]], [T[n]], layers, 1.5, 1)
            if all(abs(run(X[n], layers)[-1][0] - T[n][0]) < 0.3 for n in range(4)):
                return layers
        attempt += 1


def hidden_features(x, layers):
    layers = plain(layers)
    return [run(row, layers)[-2] for row in plain(x)]


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    count = 0
    for W, b in layers:
        count += len(W) * len(b) + len(b)
    return count


def merge_linear(layers):
    layers = plain(layers)
    W, b = layers[0]
    for W2, b2 in layers[1:]:
        columns = range(len(b2))
        W, b = (
            [[sum(row[k] * W2[k][j] for k in range(len(W2))) for j in columns] for row in W],
            [sum(b[k] * W2[k][j] for k in range(len(W2))) + b2[j] for j in columns],
        )
    return W, b


def staircase(edges, heights):
    edges, heights = plain(edges), plain(heights)
    M = len(edges)
    gap = 1.0
    if M > 1:
        gap = min(edges[i + 1] - edges[i] for i in range(M - 1))
    s = 200 / gap
    W1 = [[s] * M]
    b1 = [-s * e for e in edges]
    W2 = [[heights[i + 1] - heights[i]] for i in range(M)]
    b2 = [heights[0]]
    return [(W1, b1), (W2, b2)]
