"""Assignment 5. Aoi Nakamura"""

import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


# --- given ---
def sigmoid(a):
    """1 / (1 + exp(-a)) for an array of any shape."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def outputs(x, layers):
    """what the last of these layers says of x, (N, K); x itself if there is no layer."""
    for weights, biases in layers:
        x = sigmoid(np.dot(x, weights) + biases)
    return x


def error_and_gradients(x, layers, t):
    """E, and the list of its (dW, db), one pair a layer."""

    def through(signal, remaining):
        # The rest of the network is a function of this layer's signal: ask it for E, for E's
        # slope by that signal, and for its own gradients.
        if not remaining:
            miss = signal - t
            return np.sum(miss * miss) / len(t), 2 * miss / len(t), []
        weights, biases = remaining[0]
        answer = sigmoid(np.dot(signal, weights) + biases)
        total, slope, later = through(answer, remaining[1:])
        slope = slope * answer * (1 - answer)
        own = (np.dot(np.transpose(signal), slope), np.sum(slope, axis=0))
        return total, np.dot(slope, np.transpose(weights)), [own, *later]

    total, _, pairs = through(np.asarray(x), list(layers))
    return float(total), pairs


# --- mine ---
def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    return [(rng.uniform(-1, 1, (n, m)), np.zeros(m)) for n, m in zip(sizes, sizes[1:])]


def train(x, t, layers, learning_rate, iterations):
    losses = []
    for _ in range(iterations):
        error, gradients = error_and_gradients(x, layers, t)
        losses.append(error)
        layers = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(layers, gradients)
        ]
    return layers, losses


def classify(x, layers):
    return (outputs(x, layers)[:, 0] > 0.5).astype(int)


def solve_xor(seed):
    for restart in range(20):
        layers = initialize((2, 4, 1), seed + restart)
        for _ in range(8):
            layers, losses = train(X, T, layers, 5.0, 500)
            if losses[-1] < 0.01:
                return layers
    return layers


def hidden_features(x, layers):
    return outputs(x, layers[:-1])


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    return sum(W.size + b.size for W, b in layers)


def merge_linear(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


def staircase(edges, heights):
    edges, heights = np.asarray(edges, float), np.asarray(heights, float)
    gap = np.min(np.diff(edges)) if len(edges) > 1 else 1.0
    steepness = 400 / gap  # 5 % of a gap away from an edge: sigmoid(+-20)
    W1 = np.full((1, len(edges)), steepness)
    return [(W1, -steepness * edges), (np.diff(heights)[:, None], heights[:1])]
