import numpy as np


def sigmoid(a):
    out = np.empty(a.shape)
    positive = a >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-a[positive]))
    e = np.exp(a[~positive])
    out[~positive] = e / (1.0 + e)
    return out


def forward(x, layers):
    values = [np.asarray(x, dtype=float)]
    for weights, bias in layers:
        values.append(sigmoid(values[-1].dot(weights) + bias))
    return values


def network_error(y, t):
    return ((y - t) ** 2).sum() / len(y)


def backward(activations, layers, t):
    gradients = {}
    error = (activations[-1] - t) * (2 / len(t))
    for depth in sorted(range(len(layers)), reverse=True):
        out, into = activations[depth + 1], activations[depth]
        error = error * (out * (1 - out))
        gradients[depth] = into.T.dot(error), error.sum(axis=0)
        error = error.dot(layers[depth][0].T)
    return [gradients[depth] for depth in range(len(layers))]


def update(layers, gradients, learning_rate):
    fresh = []
    for (weights, bias), (d_weights, d_bias) in zip(layers, gradients, strict=True):
        fresh.append([weights - learning_rate * d_weights, bias - learning_rate * d_bias])
    return fresh


def softmax_cross_entropy_gradient(logits, t):
    m = logits.max(axis=1)[:, None]
    lse = m + np.log(np.exp(logits - m).sum(axis=1))[:, None]
    return (np.exp(logits - lse) - t) / t.shape[0]
