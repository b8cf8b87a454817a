import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-np.clip(a, -500, 500)))


def forward(x, layers):
    acts = [x]
    a = x
    for layer in layers:
        a = sigmoid(np.dot(a, layer[0]) + layer[1])
        acts.append(a)
    return acts


def network_error(y, t):
    return np.sum((y - t) ** 2) / y.shape[0]


def backward(activations, layers, t):
    N = t.shape[0]
    grads = []
    y = activations[-1]
    delta = 2 * (y - t) * y * (1 - y)
    i = len(layers) - 1
    while True:
        a = activations[i]
        grads.append((np.dot(a.T, delta) / N, np.sum(delta, axis=0) / N))
        if i == 0:
            break
        delta = np.dot(delta, layers[i][0].T) * a * (1 - a)
        i -= 1
    return list(reversed(grads))


def update(layers, gradients, learning_rate):
    new = []
    for i in range(len(layers)):
        W = layers[i][0].astype(float)  # astype copies
        b = layers[i][1].astype(float)
        W -= learning_rate * gradients[i][0]
        b -= learning_rate * gradients[i][1]
        new.append((W, b))
    return new


def softmax_cross_entropy_gradient(logits, t):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    return (p - t) / logits.shape[0]
