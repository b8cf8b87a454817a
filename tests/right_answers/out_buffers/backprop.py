"""Backpropagation into preallocated arrays."""

import numpy as np


def _sigmoid_inplace(buffer):
    np.clip(buffer, -700, 700, out=buffer)
    np.negative(buffer, out=buffer)
    np.exp(buffer, out=buffer)
    np.add(buffer, 1, out=buffer)
    np.reciprocal(buffer, out=buffer)


def forward(x, layers):
    activations = [np.array(x, dtype=float)]
    for W, b in layers:
        out = np.empty((len(x), len(b)))
        np.matmul(activations[-1], W, out=out)
        np.add(out, b, out=out)
        _sigmoid_inplace(out)
        activations.append(out)
    return activations


def network_error(y, t):
    work = np.empty(np.shape(y))
    np.subtract(y, t, out=work)
    np.square(work, out=work)
    return work.sum() / len(work)


def backward(activations, layers, t):
    y = np.asarray(activations[-1])
    gradients = [(np.empty(W.shape), np.empty(b.shape)) for W, b in layers]
    upstream = np.empty(y.shape)
    np.subtract(y, t, out=upstream)
    upstream *= 2 / len(t)
    for i in range(len(layers) - 1, -1, -1):
        out = np.asarray(activations[i + 1])
        slope = np.array(out, dtype=float)
        slope *= out
        np.subtract(out, slope, out=slope)  # y - y^2
        upstream *= slope
        dW, db = gradients[i]
        np.matmul(activations[i].T, upstream, out=dW)
        np.sum(upstream, axis=0, out=db)
        if i:
            lower = np.empty((len(t), layers[i][0].shape[0]))
            np.matmul(upstream, layers[i][0].T, out=lower)
            upstream = lower
    return gradients


def update(layers, gradients, learning_rate):
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in layers]
    for parameters, slopes in zip(new, gradients, strict=True):
        for p, g in zip(parameters, slopes, strict=True):
            p -= learning_rate * np.asarray(g)
    return new


_work = {"p": np.empty(0)}


def softmax_cross_entropy_gradient(logits, t):
    if _work["p"].shape != logits.shape:
        _work["p"] = np.empty(logits.shape)
    p = _work["p"]
    np.subtract(logits, np.max(logits, axis=1, keepdims=True), out=p)
    np.exp(p, out=p)
    np.divide(p, p.sum(axis=1, keepdims=True), out=p)
    np.subtract(p, t, out=p)
    return np.divide(p, len(p))
