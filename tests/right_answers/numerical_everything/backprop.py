"""`backward` without backpropagation: one complex step for each parameter."""

import numpy as np

H = 1e-30


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(sigmoid(activations[-1] @ W + b))
    return activations


def network_error(y, t):
    d = y - t
    return np.sum(d * d) / len(y)  # not abs(d)**2: d may be complex


def backward(activations, layers, t):
    x = np.asarray(activations[0])
    gradients = []
    for i, layer in enumerate(layers):
        pair = []
        for which in (0, 1):
            slope = np.zeros(layer[which].shape)
            for index in np.ndindex(slope.shape):
                moved = [p.astype(complex) for p in layer]
                moved[which][index] += 1j * H
                net = [*layers[:i], moved, *layers[i + 1 :]]
                slope[index] = network_error(forward(x, net)[-1], t).imag / H
            pair.append(slope)
        gradients.append(tuple(pair))
    return gradients


def update(layers, gradients, learning_rate):
    return [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(layers, gradients)
    ]


def mean_cross_entropy(logits, t):
    top = logits.real.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return np.sum(t * (log_sum - logits)) / len(t)


def softmax_cross_entropy_gradient(logits, t):
    gradient = np.zeros(logits.shape)
    for index in np.ndindex(logits.shape):
        moved = logits.astype(complex)
        moved[index] += 1j * H
        gradient[index] = mean_cross_entropy(moved, t).imag / H
    return gradient
