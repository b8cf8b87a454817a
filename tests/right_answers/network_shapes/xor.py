"""XOR with a deeper network, 2-3-3-1, and momentum."""

try:
    import cupy as xp
except ImportError:
    import numpy as xp

SHAPE = (2, 3, 3, 1)
X = xp.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = (X.sum(axis=1) % 2).reshape(4, 1)


def sigmoid(a):
    return 1 / (1 + xp.exp(-xp.clip(a, -600, 600)))


def augmented(a):
    return xp.concatenate([a, xp.ones((a.shape[0], 1))], axis=1)


def joined(layers):
    return [xp.concatenate([W, b[None]]) for W, b in layers]


def split(thetas):
    return [(theta[:-1], theta[-1]) for theta in thetas]


def run(x, thetas):
    activations = [x]
    for theta in thetas:
        activations.append(sigmoid(augmented(activations[-1]) @ theta))
    return activations


def gradient(activations, thetas, t):
    back = 2 / len(t) * (activations[-1] - t)
    out = []
    for i in range(1, len(thetas) + 1):
        y = activations[-i]
        delta = back * (y - y * y)
        out = [augmented(activations[-i - 1]).T @ delta] + out
        back = delta @ thetas[-i][:-1].T
    return out


def initialize(sizes, seed):
    rng = xp.random.default_rng(seed)
    return split([rng.uniform(-2, 2, (m + 1, n)) for m, n in zip(sizes, sizes[1:])])


def train(x, t, layers, learning_rate, iterations):
    thetas, losses = joined(layers), []
    for _ in range(iterations):
        activations = run(x, thetas)
        losses.append(float(((activations[-1] - t) ** 2).sum()) / len(x))
        thetas = [
            theta - learning_rate * g
            for theta, g in zip(thetas, gradient(activations, thetas, t))
        ]
    return split(thetas), losses


def classify(x, layers):
    return xp.sign(xp.clip(run(x, joined(layers))[-1][:, 0] - 0.5, 0, 1)).astype(int)


def solve_xor(seed):
    """Deep and narrow gets stuck more often: give up early, and start from further away."""
    rng = xp.random.default_rng([seed, 1])
    thetas = joined(initialize(SHAPE, seed))
    while True:
        speeds = [xp.zeros(theta.shape) for theta in thetas]
        for _ in range(2500):
            activations = run(X, thetas)
            if xp.abs(activations[-1] - T).max() < 0.2:
                return split(thetas)
            slopes = gradient(activations, thetas, T)
            speeds = [0.9 * speed - 1.0 * g for speed, g in zip(speeds, slopes)]
            thetas = [theta + speed for theta, speed in zip(thetas, speeds)]
        thetas = [rng.normal(0, 2, theta.shape) for theta in thetas]


def hidden_features(x, layers):
    return run(x, joined(layers))[len(layers) - 1]


def count_layers(layers):
    return len(joined(layers))


def count_parameters(layers):
    return sum(theta.size for theta in joined(layers))


def merge_linear(layers):
    thetas = joined(layers)
    whole = thetas[0]
    for theta in thetas[1:]:
        whole = whole @ theta[:-1]
        whole[-1] += theta[-1]  # a new array since the product
    return whole[:-1], whole[-1]


def staircase(edges, heights):
    M = edges.shape[0]
    gap = 1.0
    if M > 1:
        gap = float((edges[1:] - edges[:-1]).min())
    slope = xp.ones((1, M)) * (2000 / gap)
    return [
        (slope, (-slope * edges)[0]),
        ((heights[1:] - heights[:-1]).reshape(M, 1), heights[0].reshape(1)),
    ]
