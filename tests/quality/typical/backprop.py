"""Wrong networks as students hand them in; after the two underscores, the mistake of each."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward__input_missing(x, layers):
    acts = []
    out = x
    for W, b in layers:
        out = sigmoid(out @ W + b)
        acts.append(out)
    return acts


def forward__bias_missing(x, layers):
    a = [x]
    for W, b in layers:
        a.append(sigmoid(np.dot(a[-1], W)))
    return a


def forward__linear_output(x, layers):
    acts = [x]
    for i, (W, b) in enumerate(layers):
        z = acts[-1] @ W + b
        if i < len(layers) - 1:
            z = sigmoid(z)
        acts.append(z)
    return acts


def forward__pre_activations_returned(x, layers):
    zs = [x]
    h = x
    for W, b in layers:
        z = h @ W + b
        zs.append(z)
        h = sigmoid(z)
    return zs


def forward__only_the_output(x, layers):
    for W, b in layers:
        x = sigmoid(x.dot(W) + b)
    return x


def network_error__mean_over_outputs_too(y, t):
    return np.mean((y - t) ** 2)


def network_error__sum_not_mean(y, t):
    total = 0
    for n in range(y.shape[0]):
        for k in range(y.shape[1]):
            total += (y[n][k] - t[n][k]) ** 2
    return total


def network_error__extra_half(y, t):
    return 1 / (2 * len(y)) * np.sum((t - y) ** 2)


def network_error__axis_left_over(y, t):
    return np.mean((y - t) ** 2, axis=0)


def _backward(activations, layers, t, first, slope, upstream=lambda d, W: d @ W.T):
    grads = []
    delta = first(activations[-1], t)
    for i in range(len(layers) - 1, -1, -1):
        grads.insert(0, (activations[i].T @ delta, delta.sum(axis=0)))
        if i > 0:
            delta = upstream(delta, layers[i][0]) * slope(activations[i])
    return grads


def backward__missing_two(activations, layers, t):
    return _backward(
        activations,
        layers,
        t,
        lambda y, t: (y - t) * y * (1 - y) / len(y),
        lambda a: a * (1 - a),
    )


def backward__sum_not_mean(activations, layers, t):
    grads = [None] * len(layers)
    y = activations[-1]
    d = 2 * (y - t) * y * (1 - y)
    for l in reversed(range(len(layers))):
        a = activations[l]
        grads[l] = (np.dot(a.T, d), np.sum(d, axis=0))
        d = np.dot(d, layers[l][0].T) * a * (1 - a)
    return grads


def backward__missing_output_slope(activations, layers, t):
    return _backward(
        activations, layers, t, lambda y, t: 2 * (y - t) / y.shape[0], lambda a: a * (1 - a)
    )


def backward__missing_hidden_slope(activations, layers, t):
    N = t.shape[0]
    y = activations[-1]
    delta = 2 / N * (y - t) * y * (1 - y)
    grads = []
    for i in range(len(layers))[::-1]:
        dW = activations[i].T @ delta
        db = np.sum(delta, axis=0)
        grads.append((dW, db))
        delta = delta @ layers[i][0].T
    grads.reverse()
    return grads


def backward__slope_of_the_activation(activations, layers, t):
    def ds(a):
        return sigmoid(a) * (1 - sigmoid(a))

    return _backward(activations, layers, t, lambda y, t: 2 * (y - t) * ds(y) / len(y), ds)


def backward__bias_averaged_twice(activations, layers, t):
    y = activations[-1]
    delta = 2 * (y - t) / len(t) * y * (1 - y)
    out = []
    for layer in range(len(layers) - 1, -1, -1):
        a = activations[layer]
        out.append((a.T @ delta, delta.mean(axis=0)))
        delta = (delta @ layers[layer][0].T) * a * (1 - a)
    return out[::-1]


def backward__bias_summed_over_everything(activations, layers, t):
    y = activations[-1]
    delta = 2 * (y - t) / len(t) * y * (1 - y)
    out = []
    for layer in range(len(layers) - 1, -1, -1):
        a = activations[layer]
        b = layers[layer][1]
        out.append((a.T @ delta, np.zeros(b.shape) + np.sum(delta)))
        delta = (delta @ layers[layer][0].T) * a * (1 - a)
    return out[::-1]


def backward__order_reversed(activations, layers, t):
    y = activations[-1]
    delta = 2 * (y - t) / len(t) * y * (1 - y)
    result = []
    for (W, b), a in zip(reversed(layers), reversed(activations[:-1])):
        result.append((a.T @ delta, delta.sum(0)))
        delta = delta @ W.T * a * (1 - a)
    return result


def backward__sign_flipped(activations, layers, t):
    return _backward(
        activations,
        layers,
        t,
        lambda y, t: 2 * (t - y) * y * (1 - y) / len(y),
        lambda a: a * (1 - a),
    )


def backward__weights_not_transposed(activations, layers, t):
    return _backward(
        activations,
        layers,
        t,
        lambda y, t: 2 * (y - t) * y * (1 - y) / len(y),
        lambda a: a * (1 - a),
        lambda d, W: d @ W,
    )


def update__adds_gradient(layers, gradients, learning_rate):
    new = []
    for (W, b), (dW, db) in zip(layers, gradients):
        new.append((W + learning_rate * dW, b + learning_rate * db))
    return new


def update__biases_not_updated(layers, gradients, learning_rate):
    return [(W - learning_rate * dW, b) for (W, b), (dW, _) in zip(layers, gradients)]


def update__learning_rate_ignored(layers, gradients, learning_rate):
    return [(W - dW, b - db) for (W, b), (dW, db) in zip(layers, gradients)]


def softmax_cross_entropy_gradient__sum_not_mean(logits, t):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - t


def softmax_cross_entropy_gradient__sign_flipped(logits, t):
    e = np.exp(logits - np.max(logits))
    p = e / np.sum(e, axis=1).reshape(-1, 1)
    return (t - p) / len(t)


def softmax_cross_entropy_gradient__wrong_axis(logits, t):
    p = np.exp(logits) / np.exp(logits).sum(axis=0)
    return (p - t) / logits.shape[0]


def softmax_cross_entropy_gradient__softmax_missing(logits, t):
    return (logits - t) / len(logits)
