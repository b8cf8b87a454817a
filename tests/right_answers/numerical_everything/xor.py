"""XOR with numerical derivatives; solve_xor is Levenberg-Marquardt on them."""

import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])
H = 1e-30


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(sigmoid(activations[-1] @ W + b))
    return activations


def flatten(layers):
    return np.concatenate([np.ravel(p) for layer in layers for p in layer]).astype(float)


def unflatten(theta, layers):
    """theta in the shapes of layers"""
    out, at = [], 0
    for W, b in layers:
        new_W = theta[at : at + W.size].reshape(W.shape)
        at += W.size
        out.append((new_W, theta[at : at + b.size]))
        at += b.size
    return out


def jacobian(theta, layers, x):
    """d output / d theta, (N * K, parameters)"""
    columns = []
    for p in range(len(theta)):
        moved = theta.astype(complex)
        moved[p] += 1j * H
        columns.append(forward(x, unflatten(moved, layers))[-1].imag.ravel() / H)
    return np.array(columns).T


def initialize(sizes, seed):
    rng = np.random.default_rng(seed)
    return [
        (rng.normal(size=(m, n)), rng.normal(size=n)) for m, n in zip(sizes[:-1], sizes[1:])
    ]


def train(x, t, layers, learning_rate, iterations):
    theta, losses = flatten(layers), []
    for _ in range(iterations):
        r = (forward(x, unflatten(theta, layers))[-1] - t).ravel()
        losses.append(r @ r / len(x))
        theta = theta - learning_rate * 2 * r @ jacobian(theta, layers, x) / len(x)
    return unflatten(theta, layers), losses


def classify(x, layers):
    return np.heaviside(forward(x, layers)[-1][:, 0] - 0.5, 0).astype(int)


def solve_xor(seed):
    attempt = 0
    while True:
        shape = initialize((2, 3, 1), seed + attempt)
        theta, damping = flatten(shape), 0.1
        for _ in range(60):
            r = (forward(X, unflatten(theta, shape))[-1] - T).ravel()
            if np.abs(r).max() < 0.1:
                return unflatten(theta, shape)
            J = jacobian(theta, shape, X)
            A = J.T @ J + damping * np.eye(len(theta))
            candidate = theta - np.linalg.solve(A, J.T @ r)
            s = (forward(X, unflatten(candidate, shape))[-1] - T).ravel()
            if s @ s < r @ r:
                theta, damping = candidate, damping / 3
            else:
                damping *= 4
        attempt += 1


def hidden_features(x, layers):
    return forward(x, layers)[-2]


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    return len(flatten(layers))


def merge_linear(layers):
    """W is the Jacobian of the stack, which a difference gives exactly for a linear map."""

    def stack(x):
        for W, b in layers:
            x = x @ W + b
        return x

    D = len(layers[0][0])
    b = stack(np.zeros(D))
    W = np.array([(stack(e) - stack(-e)) / 2 for e in np.eye(D)])
    return W, b


def staircase(edges, heights):
    """Makes the steps steeper until they are flat enough."""
    gap = min(np.diff(edges)) if len(edges) > 1 else 1.0
    k = 1.0 / gap
    while sigmoid(-k * 0.05 * gap) > 1e-5:
        k *= 1.5
    return [
        (np.array([[k] * len(edges)]), np.array([-k * e for e in edges])),
        (np.array([[b - a] for a, b in zip(heights[:-1], heights[1:])]), np.array([heights[0]])),
    ]
