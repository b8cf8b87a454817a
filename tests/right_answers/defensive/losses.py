"""Canonical representation and losses, with every argument checked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def _numbers(value: ArrayLike, name: str, dimensions: tuple[int, ...]) -> NDArray[Any]:
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold numbers, not {array.dtype}")
    if array.ndim not in dimensions:
        raise ValueError(f"{name} must have {dimensions} dimensions, not {array.ndim}")
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


def _pair(y: ArrayLike, t: ArrayLike, dimensions: int) -> tuple[Floats, Floats]:
    y_, t_ = _numbers(y, "y", (dimensions,)), _numbers(t, "t", (dimensions,))
    if y_.shape != t_.shape:
        raise ValueError(f"y {y_.shape} and t {t_.shape} must have the same shape")
    return y_.astype(np.float64), t_.astype(np.float64)


def _probabilities(value: Floats, name: str) -> None:
    if value.min() < 0 or value.max() > 1 + 1e-9:
        raise ValueError(f"{name} must lie between 0 and 1")


def one_hot(labels: ArrayLike, num_classes: int) -> Floats:
    labels = _numbers(labels, "labels", (1,))
    if labels.dtype.kind not in "iu":
        raise ValueError("labels must be integers")
    if num_classes < 1:
        raise ValueError("there must be a class")
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError(f"labels must lie in [0, {num_classes})")
    return (labels[:, np.newaxis] == np.arange(num_classes)).astype(np.float64)


def softmax(logits: ArrayLike) -> Floats:
    z = _numbers(logits, "logits", (1, 2)).astype(np.float64)
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    result = exponentials / exponentials.sum(axis=-1, keepdims=True)
    assert np.allclose(result.sum(axis=-1), 1)
    return result


def mean_squared_error(y: ArrayLike, t: ArrayLike) -> float:
    y_, t_ = _pair(y, t, 1)
    return float(np.mean((y_ - t_) ** 2))


def _nats(y: Floats, t: Floats) -> Floats:
    result = np.zeros(y.shape)
    counted = t > 0
    impossible = counted & (y == 0)
    fine = counted & ~impossible
    result[fine] = -t[fine] * np.log(y[fine])
    result[impossible] = math.inf
    return result


def cross_entropy(y: ArrayLike, t: ArrayLike, base: float = math.e) -> float:
    y_, t_ = _pair(y, t, 2)
    _probabilities(y_, "y")
    _probabilities(t_, "t")
    if not np.allclose(t_.sum(axis=1), 1):
        raise ValueError("every row of t must sum to 1")
    if base <= 0 or base == 1:
        raise ValueError("this is no base of a logarithm")
    return float(_nats(y_, t_).sum() / len(y_) / math.log(base))


def binary_cross_entropy(y: ArrayLike, t: ArrayLike) -> float:
    y_, t_ = _pair(y, t, 1)
    _probabilities(y_, "y")
    _probabilities(t_, "t")
    return float((_nats(y_, t_) + _nats(1 - y_, 1 - t_)).mean())
