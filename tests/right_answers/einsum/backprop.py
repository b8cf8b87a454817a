"""Backpropagation with einsum. n: sample, i: unit below, j: unit above."""

import numpy as np


def sigmoid(a):
    small = np.exp(np.minimum(a, 0))
    return small / (small + np.exp(np.minimum(-a, 0)))


def forward(x, layers):
    a = [x]
    for weight, bias in layers:
        a += [sigmoid(np.einsum("ni,ij->nj", a[-1], weight) + bias)]
    return a


def network_error(y, t):
    return np.einsum("nk,nk->", y - t, y - t) / y.shape[0]


def backward(activations, layers, t):
    n = t.shape[0]
    dE_da = 2.0 / n * (activations[-1] - t)
    gradients = [None] * len(layers)
    for level in range(len(layers) - 1, -1, -1):
        above, below = np.asarray(activations[level + 1]), np.asarray(activations[level])
        dE_dz = np.einsum("nj,nj,nj->nj", dE_da, above, 1 - above)
        gradients[level] = (np.einsum("ni,nj->ij", below, dE_dz), np.einsum("nj->j", dE_dz))
        dE_da = np.einsum("nj,ij->ni", dE_dz, layers[level][0])
    return gradients


def update(layers, gradients, learning_rate):
    new_layers = []
    for layer, gradient in zip(layers, gradients, strict=True):
        new_layers.append(
            tuple(p - learning_rate * g for p, g in zip(layer, gradient, strict=True))
        )
    return new_layers


def softmax_cross_entropy_gradient(logits, t):
    e = np.exp(logits - logits.max(axis=1)[:, None])
    p = np.einsum("nk,n->nk", e, 1 / np.einsum("nk->n", e))
    # the Jacobian of the softmax, written out: dp_j/dz_k = p_j (delta_jk - p_k). With
    # dE/dp_j = -t_j/p_j the p_j cancels, which also keeps p = 0 harmless.
    k = logits.shape[1]
    jacobian_over_p = np.eye(k)[None] - p[:, None, :]
    return -np.einsum("nj,njk->nk", t, jacobian_over_p) / len(logits)
