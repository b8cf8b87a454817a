"""What hidden checks compute for themselves: a small network, and how calmly it trains."""

from __future__ import annotations

import numpy as np

from ..networks import Layers, Problem, outputs

NUDGE = 1e-7
"""How far a start is moved to see whether its training is calm."""
CALM = 2e-5
"""How far a loss may move then; beyond it, honest answers part by rounding alone."""


def cross_entropy(logits: np.ndarray, t: np.ndarray) -> float:
    """The mean cross-entropy of softmax(logits), by log-sum-exp and never by a softmax."""
    top = logits.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float((t * (log_sum - logits)).sum() / len(t))


def losses_of(problem: Problem, rate: float, iterations: int) -> np.ndarray:
    """The errors of batch gradient descent on a network of sigmoids."""
    x, layers, t = problem
    losses = []
    for _ in range(iterations):
        losses.append(((outputs(x, layers) - t) ** 2).sum() / len(x))
        layers = _step(x, layers, t, rate)
    return np.array(losses)


def is_calm(problem: Problem, rate: float, iterations: int) -> bool:
    """Whether no loss moves by more than 2e-5 when the start moves by 1e-7.

    Two moves are tried, up and down in turns and all the same way. Each has to stay a factor of 4
    inside the bound, since other moves may do more.
    """
    x, layers, t = problem
    plain = losses_of(problem, rate, iterations)
    moved = [_nudged(layers, signs) for signs in (_alternating, np.ones_like)]
    changes = [losses_of(Problem(x, start, t), rate, iterations) - plain for start in moved]
    return float(np.abs(changes).max(initial=0.0)) <= CALM / 4


def _alternating(array: np.ndarray) -> np.ndarray:
    return (1.0 - 2.0 * (np.arange(array.size) % 2)).reshape(array.shape)


def _nudged(layers: Layers, signs) -> Layers:
    floats = [(W.astype(np.float64), b.astype(np.float64)) for W, b in layers]
    return [(W + NUDGE * signs(W), b + NUDGE * signs(b)) for W, b in floats]


def _step(x: np.ndarray, layers: Layers, t: np.ndarray, rate: float) -> Layers:
    """One update; the blame travels as one array from the last layer to the first."""
    signals = [outputs(x, layers[:depth]) for depth in range(len(layers) + 1)]
    blame = 2 * (signals[-1] - t) / len(x)
    stepped = []
    for depth in reversed(range(len(layers))):
        (W, b), out = layers[depth], signals[depth + 1]
        blame = blame * out * (1 - out)
        stepped.append((W - rate * signals[depth].T @ blame, b - rate * blame.sum(axis=0)))
        blame = blame @ W.T
    return stepped[::-1]
