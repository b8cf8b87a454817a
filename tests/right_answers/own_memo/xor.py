"""XOR; what was solved once is remembered by its seed."""

import copy
import functools

import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


def deep_copied(function):
    """Hand out copies only: the caller may write into them."""

    @functools.wraps(function)
    def wrapper(*args):
        return copy.deepcopy(function(*args))

    return wrapper


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1) / (1 + e)


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(sigmoid(activations[-1] @ W + b))
    return activations


@deep_copied
@functools.lru_cache(maxsize=64)
def _initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    shapes = zip(sizes[:-1], sizes[1:], strict=True)
    return [(rng.normal(0, 1.5, s), rng.normal(0, 0.5, s[1])) for s in shapes]


def initialize(sizes, seed):
    return _initialize(tuple(sizes), seed)


def gradients(activations, layers, t):
    result, delta = [], 2 * (activations[-1] - t) / len(t)
    for level in reversed(range(len(layers))):
        delta = delta * activations[level + 1] * (1 - activations[level + 1])
        result.insert(0, (activations[level].T @ delta, delta.sum(axis=0)))
        delta = delta @ layers[level][0].T
    return result


_trainings = {}


def train(x, t, layers, learning_rate, iterations):
    arrays = [x, t, *(p for layer in layers for p in layer)]
    key = (*((a.dtype.str, a.shape, a.tobytes()) for a in arrays), learning_rate, iterations)
    if key not in _trainings:
        losses = []
        for _ in range(iterations):
            activations = forward(x, layers)
            losses.append(((activations[-1] - t) ** 2).sum() / len(t))
            steps = gradients(activations, layers, t)
            layers = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(layers, steps, strict=True)
            ]
        _trainings.clear()
        _trainings[key] = layers, losses
    return copy.deepcopy(_trainings[key])


def classify(x, layers):
    return (forward(x, layers)[-1].ravel() > 0.5).astype(np.int64)


@deep_copied
@functools.lru_cache(maxsize=None)
def solve_xor(seed):
    best, attempt = None, 0
    while best is None:
        layers = initialize((2, 3, 1), seed + attempt)
        speed = [(0.0, 0.0)] * len(layers)
        for _ in range(1500):
            activations = forward(X, layers)
            if np.abs(activations[-1] - T).max() < 0.15:
                best = layers
                break
            speed = [
                (0.9 * vW - dW, 0.9 * vb - db)
                for (vW, vb), (dW, db) in zip(
                    speed, gradients(activations, layers, T), strict=True
                )
            ]
            layers = [
                (W + vW, b + vb) for (W, b), (vW, vb) in zip(layers, speed, strict=True)
            ]
        attempt += 1
    return best


def hidden_features(x, layers):
    return forward(x, layers)[-2].copy()


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    return sum(p.size for layer in layers for p in layer)


def merge_linear(layers):
    W, b = (p.copy() for p in layers[0])
    for V, c in layers[1:]:
        W, b = W.dot(V), b.dot(V) + c
    return W, b


def staircase(edges, heights):
    gap = 1.0 if len(edges) == 1 else np.diff(edges).min()
    k = 256.0 / gap
    return [
        (np.repeat(k, len(edges)).reshape(1, -1), edges * -k),
        (np.diff(heights).reshape(-1, 1), heights[0:1].copy()),
    ]
