"""One neuron, forward, with every argument checked."""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Loss(str, enum.Enum):
    MSE = "mse"
    BCE = "bce"


class ForwardPass(NamedTuple):
    predictions: Floats
    errors: Floats
    mean_error: float


def _floats(value: ArrayLike, name: str, ndim: int | None = None) -> Floats:
    array = np.array(value, dtype=np.float64)
    if ndim is not None and array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be finite")
    return array


def sigmoid(a: ArrayLike) -> Floats:
    a = _floats(a, "a")
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(a: ArrayLike) -> Floats:
    e = np.exp(-np.abs(_floats(a, "a")))
    return e / np.square(1.0 + e)


def predict(x: ArrayLike, w: ArrayLike) -> Floats:
    x, w = _floats(x, "x", 2), _floats(w, "w", 1)
    if x.shape[1] != w.shape[0]:
        raise ValueError(f"x has {x.shape[1]} columns, but there are {w.shape[0]} weights")
    return sigmoid(x @ w)


def forward_pass(x: ArrayLike, w: ArrayLike, t: ArrayLike, loss: str = "mse") -> ForwardPass:
    kind = Loss(loss)  # raises ValueError itself
    y, t = predict(x, w), _floats(t, "t", 1)
    if y.shape != t.shape:
        raise ValueError("one target for each sample, please")
    if kind is Loss.MSE:
        errors = (y - t) ** 2
    else:
        if t.min() < 0 or t.max() > 1:
            raise ValueError("bce needs targets in [0, 1]")
        tiny = np.finfo(float).tiny
        errors = -t * np.log(np.maximum(y, tiny))
        errors -= (1 - t) * np.log(np.maximum(1 - y, tiny))
    return ForwardPass(y, errors, float(errors.mean()))
