"""Backpropagation, with every argument checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Layer(NamedTuple):
    W: Floats
    b: Floats


def _floats(value: ArrayLike, name: str, ndim: int) -> Floats:
    array = np.array(value, dtype=np.float64)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions, not {array.ndim}")
    return array


def _checked(layers: Sequence[tuple[ArrayLike, ArrayLike]], name: str = "layers") -> list[Layer]:
    result = [Layer(_floats(W, "W", 2), _floats(b, "b", 1)) for W, b in layers]
    if not result:
        raise ValueError(f"{name} are empty")
    for W, b in result:
        if W.shape[1] != b.shape[0]:
            raise ValueError(f"{name}: W {W.shape} does not fit to b {b.shape}")
    for lower, upper in zip(result[:-1], result[1:], strict=True):
        if lower.W.shape[1] != upper.W.shape[0]:
            raise ValueError(f"{name}: {lower.W.shape} does not feed {upper.W.shape}")
    return result


def _sigmoid(a: Floats) -> Floats:
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, e) / (1.0 + e)


def forward(x: ArrayLike, layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> list[Floats]:
    x, net = _floats(x, "x", 2), _checked(layers)
    if x.shape[1] != net[0].W.shape[0]:
        raise ValueError("x does not fit to the first layer")
    activations = [x]
    for W, b in net:
        activations.append(_sigmoid(activations[-1] @ W + b))
    return activations


def network_error(y: ArrayLike, t: ArrayLike) -> float:
    y, t = _floats(y, "y", 2), _floats(t, "t", 2)
    if y.shape != t.shape:
        raise ValueError("y and t must have the same shape")
    return float(np.sum((y - t) ** 2) / y.shape[0])


def backward(
    activations: Sequence[ArrayLike],
    layers: Sequence[tuple[ArrayLike, ArrayLike]],
    t: ArrayLike,
) -> list[Layer]:
    net, t = _checked(layers), _floats(t, "t", 2)
    signals = [_floats(a, "activation", 2) for a in activations]
    if len(signals) != len(net) + 1:
        raise ValueError("one activation more than layers, please")
    if signals[-1].shape != t.shape:
        raise ValueError("y and t must have the same shape")
    gradients: list[Layer] = []
    upstream = 2.0 * (signals[-1] - t) / t.shape[0]
    for layer, below, above in zip(net[::-1], signals[-2::-1], signals[:0:-1], strict=True):
        delta = upstream * above * (1.0 - above)
        gradients.append(Layer(below.T @ delta, delta.sum(axis=0)))
        assert gradients[-1].W.shape == layer.W.shape
        upstream = delta @ layer.W.T
    return gradients[::-1]


def update(
    layers: Sequence[tuple[ArrayLike, ArrayLike]],
    gradients: Sequence[tuple[ArrayLike, ArrayLike]],
    learning_rate: float,
) -> list[Layer]:
    net, slopes = _checked(layers), _checked(gradients, "gradients")
    if [W.shape for W, _ in net] != [dW.shape for dW, _ in slopes]:
        raise ValueError("layers and gradients must have the same shapes")
    return [
        Layer(W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(net, slopes, strict=True)
    ]


def softmax_cross_entropy_gradient(logits: ArrayLike, t: ArrayLike) -> Floats:
    logits, t = _floats(logits, "logits", 2), _floats(t, "t", 2)
    if logits.shape != t.shape:
        raise ValueError("logits and t must have the same shape")
    if not np.allclose(t.sum(axis=1), 1.0):
        raise ValueError("rows of t must sum to 1")
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (exponentials / exponentials.sum(axis=1, keepdims=True) - t) / t.shape[0]
