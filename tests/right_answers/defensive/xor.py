"""XOR, with every argument checked."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

X: Floats = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T: Floats = np.array([[0.0], [1.0], [1.0], [0.0]])


class Layer(NamedTuple):
    W: Floats
    b: Floats


Layers = Sequence[tuple[ArrayLike, ArrayLike]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How solve_xor goes about it."""

    sizes: tuple[int, ...] = (2, 4, 1)
    learning_rate: float = 5.0
    rounds: int = 12
    iterations: int = 400
    good_enough: float = 0.01
    restarts: int = 500


def _floats(value: ArrayLike, name: str, ndim: int) -> Floats:
    array = np.array(value, dtype=np.float64)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions, not {array.ndim}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


def _checked(layers: Layers) -> list[Layer]:
    result = [Layer(_floats(W, "W", 2), _floats(b, "b", 1)) for W, b in layers]
    if not result:
        raise ValueError("a network has at least one layer")
    for W, b in result:
        if W.shape[1] != b.shape[0]:
            raise ValueError(f"W {W.shape} does not fit to b {b.shape}")
    return result


def _sigmoid(a: Floats) -> Floats:
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, e) / (1.0 + e)


def _forward(x: ArrayLike, net: list[Layer]) -> list[Floats]:
    activations = [_floats(x, "x", 2)]
    for W, b in net:
        activations.append(_sigmoid(activations[-1] @ W + b))
    return activations


def initialize(sizes: Sequence[int], seed: int) -> list[Layer]:
    sizes = [operator.index(size) for size in sizes]
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError("sizes: at least two positive numbers")
    if not 0 <= operator.index(seed) < 2**31:
        raise ValueError("seed must lie in [0, 2**31)")
    rng = np.random.default_rng(seed)
    layers = []
    for fan_in, fan_out in zip(sizes[:-1], sizes[1:], strict=True):
        W = rng.uniform(-1.0, 1.0, (fan_in, fan_out))
        while len(np.unique(W.round(6), axis=1).T) < fan_out:  # two equal columns
            W = rng.uniform(-1.0, 1.0, (fan_in, fan_out))
        layers.append(Layer(W, np.zeros(fan_out)))
    return layers


def train(
    x: ArrayLike, t: ArrayLike, layers: Layers, learning_rate: float, iterations: int
) -> tuple[list[Layer], list[float]]:
    net, t = _checked(layers), _floats(t, "t", 2)
    if operator.index(iterations) < 0:
        raise ValueError("iterations must not be negative")
    losses: list[float] = []
    for _ in range(iterations):
        signals = _forward(x, net)
        if signals[-1].shape != t.shape:
            raise ValueError("y and t must have the same shape")
        losses.append(float(np.sum((signals[-1] - t) ** 2) / len(t)))
        upstream = 2.0 * (signals[-1] - t) / len(t)
        for i in range(len(net) - 1, -1, -1):
            W, b = net[i]
            delta = upstream * signals[i + 1] * (1.0 - signals[i + 1])
            upstream = delta @ W.T
            net[i] = Layer(
                W - learning_rate * signals[i].T @ delta, b - learning_rate * delta.sum(axis=0)
            )
    return net, losses


def classify(x: ArrayLike, layers: Layers) -> NDArray[np.int64]:
    y = _forward(x, _checked(layers))[-1]
    if y.shape[1] != 1:
        raise ValueError("a classifier of two classes has one output")
    return (y[:, 0] > 0.5).astype(np.int64)


def solve_xor(seed: int) -> list[Layer]:
    plan = Plan()
    for restart in range(plan.restarts):
        layers = initialize(plan.sizes, (seed + restart) % 2**31)
        for _ in range(plan.rounds):
            layers, losses = train(X, T, layers, plan.learning_rate, plan.iterations)
            if losses[-1] <= plan.good_enough:
                assert (classify(X, layers) == T[:, 0]).all()
                return layers
    raise RuntimeError("XOR was not solved")


def hidden_features(x: ArrayLike, layers: Layers) -> Floats:
    return _forward(x, _checked(layers))[-2]


def count_layers(layers: Layers) -> int:
    return len(_checked(layers))


def count_parameters(layers: Layers) -> int:
    return sum(W.size + b.size for W, b in _checked(layers))


def merge_linear(layers: Layers) -> Layer:
    W, b = (first := _checked(layers))[0]
    for upper in first[1:]:
        if W.shape[1] != upper.W.shape[0]:
            raise ValueError("these layers cannot be stacked")
        W, b = W @ upper.W, b @ upper.W + upper.b
    return Layer(W, b)


def staircase(edges: ArrayLike, heights: ArrayLike) -> list[Layer]:
    edges, heights = _floats(edges, "edges", 1), _floats(heights, "heights", 1)
    if heights.size != edges.size + 1:
        raise ValueError("one height more than edges")
    gaps = np.diff(edges)
    if np.any(gaps <= 0):
        raise ValueError("edges must increase")
    steepness = 300.0 / (gaps.min() if gaps.size else 1.0)
    return [
        Layer(np.full((1, edges.size), steepness), -steepness * edges),
        Layer(np.diff(heights)[:, np.newaxis], heights[:1]),
    ]
