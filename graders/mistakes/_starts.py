"""Starts of a network, for mistakes that draw or train them."""

from itertools import pairwise

import numpy as np


def fill(sizes, weights):
    """Layers with weights from one rule and biases 0."""
    return [(weights((m, n)), np.zeros(n)) for m, n in pairwise(sizes)]


# The usual ways to draw: only equal numbers are recognised.
DRAWN = {
    "old": (False, True),
    "how": ("normal", "uniform", "small", "scaled", "positive", "half"),
    "biases": ("zero", "drawn"),
}

USUAL = {**DRAWN, "how": ("normal", "uniform")}


def drawn(pairs, seed, old, how, biases, W=lambda m, n: (m, n), b=lambda m, n: (n,)):
    """Layers for pairs (fan_in, fan_out), drawn in turn; W and b give the shapes."""
    generator = (np.random.RandomState if old else np.random.default_rng)(seed)
    draw = {
        "normal": lambda shape: generator.normal(size=shape),
        "uniform": lambda shape: generator.uniform(-1, 1, shape),
        "small": lambda shape: 0.1 * generator.normal(size=shape),
        "scaled": lambda shape: generator.normal(size=shape),
        "positive": lambda shape: generator.uniform(size=shape),
        "half": lambda shape: generator.uniform(-0.5, 0.5, shape),
    }[how]
    layers = []
    for m, n in pairs:
        weights = draw(W(m, n)) / (np.sqrt(m) if how == "scaled" else 1)
        layers.append((weights, np.zeros(b(m, n)) if biases == "zero" else draw(b(m, n))))
    return layers


def start(sizes, seed):
    generator = np.random.default_rng(seed)
    return fill(sizes, lambda shape: generator.uniform(-1, 1, shape))
