import numpy as np


def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def softmax(logits):
    """Given: the softmax of each row of an (N, K) array."""
    return np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True, dtype=np.float64))


def forward(x, layers):
    a = x
    acts = [a]
    for (W, b) in layers:
        a = sigmoid(a @ W + b)
        acts.append(a)
    return acts


def network_error(y, t):
    return np.sum((y - t)**2) / y.shape[0]


def backward(activations, layers, t):
    N = t.shape[0]
    grads = []
    y = activations[-1]
    delta = 2*(y - t)/N * y*(1 - y)
    for i in range(len(layers)-1, -1, -1):
        a_prev = activations[i]
        dW = a_prev.T @ delta
        db = np.mean(delta, axis=0)
        grads = [(dW, db)] + grads
        if i > 0:
            delta = delta @ layers[i][0].T
    return grads


def update(layers, gradients, learning_rate):
    new_layers = layers.copy()
    for (W, b), (dW, db) in zip(new_layers, gradients):
        W -= learning_rate*dW
        b -= learning_rate*db
    return new_layers


def softmax_cross_entropy_gradient(logits, t):
    return softmax(logits) - t
