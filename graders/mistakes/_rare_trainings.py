"""Wrong trainings of a neuron that only rare data show; ``delta_rule`` takes them in.

No rounds, many rounds, long batches, one sample, bias inputs that differ.
"""

import numpy as np

from ._batch_training import _descends, _stops_on
from ._descent import _both, _by_rounds
from ._online_training import _learns
from ._trainings import batch, errors_of, gradient_of, online

PIECE = 8


def _whole_pieces(x):
    """The samples that fill pieces of eight; those of a batch that fills none are one piece."""
    return slice(max(1, len(x) // PIECE) * PIECE)


train_one_at_least, online_one_at_least = _both(
    "always-one-round",
    "indexing",
    "You ask at the end of a round whether it was the last, so that there is always one. No rounds "
    "leave the weights as they are.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate, max(rounds, 1)),
)
train_hard_targets, online_hard_targets = _both(
    "targets-rounded",
    "wrong-argument",
    "You make every target 0 or 1 before you train. Targets may lie between: take them as they "
    "are.",
    lambda loop, x, w, t, rate, rounds, at: loop(
        x, w, (t >= 0.5 if at else t > 0.5) * 1.0, rate, rounds
    ),
    at=(True, False),
)
train_first_bias, online_first_bias = _both(
    "bias-of-first-sample",
    "edge-case",
    "You read the bias input once, from the first sample, and use it for all. Each sample brings "
    "its own.",
    lambda loop, x, w, t, rate, rounds: loop(
        np.column_stack([np.full(len(x), x[0, 0]), x[:, 1:]]), w, t, rate, rounds
    ),
)


def _until_flat(x, w, t, rate, iterations, tolerance, own):
    def flat(losses, _):
        still = len(losses) > 1 and abs(losses[-1] - losses[-2]) < own
        return -1.0 if still else losses[-1]

    return _stops_on(flat, x, w, t, rate, iterations, tolerance)


train_until_flat = _descends(
    "stops-when-flat",
    "training",
    "You stop when the loss hardly changes any more. Go on: only the tolerance and the number of "
    "iterations end the training.",
    _until_flat,
    own=(1e-3, 1e-4, 1e-6, 1e-8),
)


def _seldom(x, w, t, rate, iterations, tolerance):
    def third(losses, _):
        return losses[-1] if len(losses) % 3 == 1 else np.inf

    return _stops_on(third, x, w, t, rate, iterations, tolerance)


train_seldom = _descends(
    "tolerance-seldom-checked",
    "training",
    "You look at the tolerance in every third iteration only. Compare each loss with it.",
    _seldom,
)
train_pieces = _descends(
    "last-piece-left-out",
    "indexing",
    "You take the samples in pieces of eight, and those that fill no piece never teach. Every "
    "sample counts.",
    lambda x, w, t, rate, n, tol: batch(
        x,
        w,
        t,
        rate,
        n,
        tol,
        gradient=lambda x, w, t: gradient_of(x[_whole_pieces(x)], w, t[_whole_pieces(x)]),
    ),
)
online_pieces = _learns(
    "last-piece-left-out",
    "indexing",
    "You take the samples in pieces of eight, and those that fill no piece are never met. Every "
    "sample counts.",
    lambda x, w, t, rate, n: online(x[_whole_pieces(x)], w, t[_whole_pieces(x)], rate, n),
)


class _Staged:
    """A gradient that is halved after every so many steps."""

    def __init__(self, every):
        self.every, self.steps = every, 0

    def __call__(self, x, w, t):
        self.steps += 1
        return gradient_of(x, w, t) * 0.5 ** ((self.steps - 1) // self.every)


train_stages = _descends(
    "learning-rate-falls-in-stages",
    "training",
    "Your learning rate is cut after every so many iterations. Here it stays as it was passed in.",
    lambda x, w, t, rate, n, tol, every: batch(x, w, t, rate, n, tol, gradient=_Staged(every)),
    every=(50, 20, 100),
)
online_stages = _learns(
    "learning-rate-falls-in-stages",
    "training",
    "Your learning rate is cut after every so many epochs. Here it stays as it was passed in.",
    lambda x, w, t, rate, n, every: _by_rounds(
        online, x, w, t, n, lambda i: rate * 0.5 ** (i // every)
    ),
    every=(10, 20, 50),
)


def _skips_repeats(x, w, t, rate, epochs):
    losses, last = [], None
    for _ in range(epochs):
        errors = []
        for sample, target in zip(x, t):
            errors.append(errors_of(sample, w, target))
            if last is None or not np.array_equal(sample, last):
                w = w - rate * gradient_of(sample, w, target)
            last = sample
        losses.append(float(np.mean(errors)))
    return w, losses


online_skips_repeats = _learns(
    "repeated-sample-skipped",
    "training",
    "A sample that equals the one before it does not move the weights in your loop. Every sample "
    "teaches in every epoch, also if there is but one.",
    _skips_repeats,
)
