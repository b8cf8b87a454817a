"""a_l = sigmoid(W_l^T a_(l-1) + b_l) with a_l of shape (units, N), as in the textbook."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(np.minimum(-z, 700)))


def columns(layers):
    """(fan_in, fan_out), (fan_out,)  ->  (fan_out, fan_in), (fan_out, 1)"""
    return [(W.T, b.reshape(-1, 1)) for W, b in layers]


def forward(x, layers):
    A = [x.T]
    for M, b in columns(layers):
        A.append(sigmoid(np.dot(M, A[-1]) + b))
    return [a.T for a in A]


def network_error(y, t):
    D = y.T - t.T
    return float(np.trace(D.T @ D)) / D.shape[1]


def backward(activations, layers, t):
    A = [a.T for a in activations]
    net = columns(layers)
    m = t.shape[0]
    # output layer
    dA = 2.0 * (A[-1] - t.T) / m
    grads = {}
    for l in range(len(net), 0, -1):
        dZ = dA * A[l] * (1 - A[l])
        grads["dW", l] = np.dot(dZ, A[l - 1].T)
        grads["db", l] = np.sum(dZ, axis=1, keepdims=True)
        dA = np.dot(net[l - 1][0].T, dZ)
    return [(grads["dW", l].T, grads["db", l].ravel()) for l in range(1, len(net) + 1)]


def update(layers, gradients, learning_rate):
    out = []
    for l in range(len(layers)):
        W = layers[l][0] - learning_rate * gradients[l][0]
        b = layers[l][1] - learning_rate * gradients[l][1]
        out.append([W, b])
    return out


def softmax_cross_entropy_gradient(logits, t):
    Z = logits.T
    E = np.exp(Z - np.max(Z, axis=0))
    P = E / np.sum(E, axis=0)
    return ((P - t.T) / t.shape[0]).T
