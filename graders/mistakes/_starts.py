"""Starts of a network, for mistakes that draw or train them."""

from itertools import pairwise

import numpy as np


def fill(sizes, weights):
    """Layers with weights from one rule and biases 0."""
    return [(weights((m, n)), np.zeros(n)) for m, n in pairwise(sizes)]


def start(sizes, seed):
    generator = np.random.default_rng(seed)
    return fill(sizes, lambda shape: generator.uniform(-1, 1, shape))
