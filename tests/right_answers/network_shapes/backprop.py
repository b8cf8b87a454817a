"""Backpropagation. The bias is a row of the weight matrix in here: [W; b]."""

try:
    import cupy as xp
except ImportError:
    import numpy as xp


def sigmoid(a):
    return 1 / (1 + xp.exp(-xp.clip(a, -600, 600)))


def augmented(a):
    return xp.concatenate([a, xp.ones((a.shape[0], 1))], axis=1)


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        theta = xp.concatenate([W, b[None]])
        activations.append(sigmoid(augmented(activations[-1]) @ theta))
    return activations


def network_error(y, t):
    return float(xp.linalg.norm(y - t) ** 2) / y.shape[0]


def backward(activations, layers, t):
    y = activations[-1]
    back = 2 / y.shape[0] * (y - t)
    out = []
    for i in range(1, len(layers) + 1):
        y, below = activations[-i], activations[-i - 1]
        delta = back * (y - y * y)
        theta_gradient = augmented(below).T @ delta
        out = [(theta_gradient[:-1], theta_gradient[-1])] + out
        back = delta @ layers[-i][0].T
    return out


def update(layers, gradients, learning_rate):
    moved = []
    for i in range(len(layers)):
        moved.append(
            tuple(layers[i][j] - learning_rate * gradients[i][j] for j in range(2))
        )
    return moved


def softmax_cross_entropy_gradient(logits, t):
    z = logits - xp.max(logits, axis=1).reshape(-1, 1)
    p = xp.exp(z)
    return (p / xp.sum(p, axis=1).reshape(-1, 1) - t) / logits.shape[0]
