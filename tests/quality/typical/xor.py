"""Wrong answers about XOR as students hand them in; after the two underscores, the mistake."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _run(x, layers):
    a = [x]
    for W, b in layers:
        a.append(sigmoid(a[-1] @ W + b))
    return a


def _grads(a, layers, t):
    d = 2 * (a[-1] - t) * a[-1] * (1 - a[-1]) / len(t)
    out = []
    for i in range(len(layers) - 1, -1, -1):
        out.append((a[i].T @ d, d.sum(axis=0)))
        d = d @ layers[i][0].T * a[i] * (1 - a[i])
    return out[::-1]


def initialize__zero_weights(sizes, seed):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers.append((np.zeros((n_in, n_out)), np.zeros(n_out)))
    return layers


def initialize__seed_ignored(sizes, seed):
    rng = np.random.default_rng(42)
    return [(rng.normal(size=(i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]


def initialize__shapes_transposed(sizes, seed):
    rng = np.random.default_rng(seed)
    return [(rng.uniform(-1, 1, (o, i)), rng.uniform(-1, 1, o)) for i, o in zip(sizes, sizes[1:])]


def initialize__global_generator_seeded(sizes, seed):
    np.random.seed(seed)
    layers = []
    for i in range(len(sizes) - 1):
        W = np.random.randn(sizes[i], sizes[i + 1])
        b = np.random.randn(sizes[i + 1])
        layers.append((W, b))
    return layers


def train__missing_two(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        a = _run(x, layers)
        losses.append(np.sum((a[-1] - t) ** 2) / len(x))
        g = _grads(a, layers, t)
        layers = [
            (W - learning_rate * dW / 2, b - learning_rate * db / 2)
            for (W, b), (dW, db) in zip(layers, g)
        ]
    return layers, losses


def train__biases_not_trained(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        a = _run(x, layers)
        losses.append(np.sum((a[-1] - t) ** 2) / len(x))
        g = _grads(a, layers, t)
        layers = [(layers[i][0] - learning_rate * g[i][0], layers[i][1]) for i in range(len(layers))]
    return layers, losses


def train__loss_after_update(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        g = _grads(_run(x, layers), layers, t)
        layers = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(layers, g)
        ]
        y = _run(x, layers)[-1]
        losses.append(float(np.mean(np.sum((y - t) ** 2, axis=1))))
    return layers, losses


def train__cross_entropy_delta(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        a = _run(x, layers)
        losses.append(float(np.sum((a[-1] - t) ** 2) / len(x)))
        d = (a[-1] - t) / len(x)
        new = []
        for i in range(len(layers) - 1, -1, -1):
            W, b = layers[i]
            new.insert(0, (W - learning_rate * a[i].T @ d, b - learning_rate * d.sum(axis=0)))
            d = d @ W.T * a[i] * (1 - a[i])
        layers = new
    return layers, losses


def train__output_weights_updated_first(x, t, layers, learning_rate, iterations):
    layers = [(np.array(W, float), np.array(b, float)) for W, b in layers]
    losses = []
    for _ in range(iterations):
        a = _run(x, layers)
        losses.append(float(np.sum((a[-1] - t) ** 2) / len(x)))
        d = 2 * (a[-1] - t) * a[-1] * (1 - a[-1]) / len(x)
        for i in range(len(layers) - 1, -1, -1):
            W, b = layers[i]
            layers[i] = (W - learning_rate * a[i].T @ d, b - learning_rate * d.sum(axis=0))
            d = d @ layers[i][0].T * a[i] * (1 - a[i])
    return layers, losses


def classify__floats_returned(x, layers):
    return np.round(_run(x, layers)[-1]).flatten()


def classify__column_returned(x, layers):
    y = _run(x, layers)[-1]
    return np.where(y > 0.5, 1, 0)


def classify__booleans_returned(x, layers):
    return _run(x, layers)[-1].ravel() > 0.5


def classify__threshold_inclusive(x, layers):
    return np.array([1 if y[0] >= 0.5 else 0 for y in _run(x, layers)[-1]])


def hidden_features__pre_activations(x, layers):
    h = x
    for i in range(len(layers) - 1):
        W, b = layers[i]
        z = h @ W + b
        h = sigmoid(z)
    return z if len(layers) > 1 else x


def hidden_features__returns_output(x, layers):
    return _run(x, layers)[-1]


def hidden_features__first_hidden_layer(x, layers):
    if len(layers) == 1:
        return x
    W, b = layers[0]
    return sigmoid(np.dot(x, W) + b)


def count_layers__input_counted(layers):
    return len(layers) + 1


def count_layers__hidden_only(layers):
    return len(layers[:-1])


def count_parameters__biases_missing(layers):
    n = 0
    for W, b in layers:
        n += W.shape[0] * W.shape[1]
    return n


def count_parameters__arrays_counted(layers):
    return sum(len(layer) for layer in layers)


def merge_linear__bias_dropped(layers):
    W = layers[0][0]
    for W2, b2 in layers[1:]:
        W = W @ W2
    return W, np.zeros(W.shape[1])


def merge_linear__last_bias_only(layers):
    W, b = layers[0]
    for W2, b2 in layers[1:]:
        W = W @ W2
        b = b2
    return W, b


def staircase__output_bias_missing(edges, heights):
    gap = min(np.diff(edges)) if len(edges) > 1 else 1.0
    k = 500 / gap
    W1 = np.full((1, len(edges)), k)
    b1 = -k * np.array(edges, dtype=float)
    W2 = np.diff(heights).reshape(-1, 1)
    return [(W1, b1), (W2, np.zeros(1))]


def staircase__not_steep_enough(edges, heights):
    gap = np.min(np.diff(edges)) if len(edges) > 1 else 1.0
    k = 10 / gap
    W1 = k * np.ones((1, len(edges)))
    b1 = -k * np.asarray(edges, dtype=float)
    W2 = np.diff(np.asarray(heights, dtype=float))[:, None]
    return [(W1, b1), (W2, np.array([float(heights[0])]))]


def solve_xor__zero_start(seed):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    T = np.array([[0], [1], [1], [0]], dtype=float)
    layers = [(np.zeros((2, 4)), np.zeros(4)), (np.zeros((4, 1)), np.zeros(1))]
    for _ in range(3000):
        g = _grads(_run(X, layers), layers, T)
        layers = [(W - 2 * dW, b - 2 * db) for (W, b), (dW, db) in zip(layers, g)]
    return layers


def solve_xor__hard_coded_weights(seed):
    W1 = np.array([[20.0, -20.0], [20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    W2 = np.array([[20.0], [20.0]])
    b2 = np.array([-30.0])
    return [(W1, b1), (W2, b2)]
