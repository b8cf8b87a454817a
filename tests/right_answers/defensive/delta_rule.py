"""Gradient descent for one neuron, with every argument checked."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Trained(NamedTuple):
    w: Floats
    losses: list[float]


def _floats(value: ArrayLike, name: str, ndim: int | None = None) -> Floats:
    array = np.array(value, dtype=np.float64)
    if ndim is not None and array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions, not {array.ndim}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


@dataclass(frozen=True)
class Data:
    x: Floats
    t: Floats

    def __post_init__(self) -> None:
        if self.x.shape[0] != self.t.shape[0]:
            raise ValueError("as many targets as samples")

    def check(self, w: Floats) -> None:
        if self.x.shape[1:] != w.shape:
            raise ValueError("as many weights as inputs")


@dataclass
class Settings:
    learning_rate: float
    iterations: int
    tolerance: float = 0.0
    losses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.iterations = operator.index(self.iterations)
        if self.iterations < 0:
            raise ValueError("iterations must not be negative")
        if not np.isfinite(self.learning_rate):
            raise ValueError("learning_rate must be finite")


def _sigmoid(a: Floats) -> Floats:
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, e) / (1.0 + e)


def numerical_gradient(
    f: Callable[[Floats], float], w: ArrayLike, h: float = 1e-5
) -> Floats:
    if not callable(f):
        raise ValueError("f must be a function")
    if not h > 0:
        raise ValueError("h must be positive")
    w = _floats(w, "w")
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        high, low = w.copy(), w.copy()
        high[index] += h
        low[index] -= h
        gradient[index] = (float(f(high)) - float(f(low))) / (2 * h)
    return gradient


def error_gradient(y: ArrayLike, t: ArrayLike) -> Floats:
    y, t = _floats(y, "y"), _floats(t, "t")
    if y.shape != t.shape:
        raise ValueError("y and t must have the same shape")
    return 2.0 * (y - t)


def delta_rule(x: ArrayLike, w: ArrayLike, t: float) -> Floats:
    x, w = _floats(x, "x", 1), _floats(w, "w", 1)
    if x.shape != w.shape:
        raise ValueError("as many weights as inputs")
    y = _sigmoid(x @ w)
    return 2.0 * x * (y - float(t)) * y * (1.0 - y)


def batch_gradient(x: ArrayLike, w: ArrayLike, t: ArrayLike) -> Floats:
    data, w = Data(_floats(x, "x", 2), _floats(t, "t", 1)), _floats(w, "w", 1)
    data.check(w)
    y = _sigmoid(data.x @ w)
    result = (2.0 * (y - data.t) * y * (1.0 - y)) @ data.x / data.x.shape[0]
    assert result.shape == w.shape
    return result


def gradient_step(w: ArrayLike, gradient: ArrayLike, learning_rate: float) -> Floats:
    w, gradient = _floats(w, "w"), _floats(gradient, "gradient")
    if w.shape != gradient.shape:
        raise ValueError("w and gradient must have the same shape")
    return w - float(learning_rate) * gradient


def train_neuron(
    x: ArrayLike,
    w: ArrayLike,
    t: ArrayLike,
    learning_rate: float,
    iterations: int,
    tolerance: float = 0.0,
) -> Trained:
    data, w = Data(_floats(x, "x", 2), _floats(t, "t", 1)), _floats(w, "w", 1)
    data.check(w)
    settings = Settings(learning_rate, iterations, tolerance)
    for _ in range(settings.iterations):
        y = _sigmoid(data.x @ w)
        settings.losses.append(float(np.mean((y - data.t) ** 2)))
        if settings.losses[-1] <= settings.tolerance:
            break
        w = gradient_step(w, batch_gradient(data.x, w, data.t), settings.learning_rate)
    return Trained(w, settings.losses)


def train_neuron_online(
    x: ArrayLike, w: ArrayLike, t: ArrayLike, learning_rate: float, epochs: int
) -> Trained:
    data, w = Data(_floats(x, "x", 2), _floats(t, "t", 1)), _floats(w, "w", 1)
    data.check(w)
    settings = Settings(learning_rate, epochs)
    for _ in range(settings.iterations):
        errors = []
        for sample, target in zip(data.x, data.t, strict=True):
            errors.append(float((_sigmoid(sample @ w) - target) ** 2))
            w = gradient_step(w, delta_rule(sample, w, target), settings.learning_rate)
        settings.losses.append(float(np.mean(errors)))
    return Trained(w, settings.losses)
