"""Trainings of a neuron that hand back something else, or stumble at an end; ``delta_rule`` takes
them in."""

import numpy as np

from ._batch_training import _descends, _risen
from ._descent import _both
from ._online_training import _learns
from ._trainings import (
    batch,
    declared,
    errors_of,
    gradient_of,
    mean_error,
    online,
    sigma,
    stops_at_once,
)


def _all_weights(loop, *problem, start, listed):
    x, w, t, rate, rounds = problem
    history, losses = [np.array(w, dtype=float)], []
    for _ in range(rounds):
        moved, noted = loop(x, history[-1], t, rate, 1)
        losses += noted
        if stops_at_once(loop, x, history[-1], t, rate):
            break
        history.append(moved)
    kept = history if start else history[1:]
    return (kept if listed else np.array(kept)), losses


train_history, online_history = _both(
    "all-weights-returned",
    "shape",
    "You return the weights of every round. Only the last ones are asked for.",
    _all_weights,
    start=(True, False),
    listed=(True, False),
)


def _each_weights(x, w, t, rate, epochs, start):
    history, losses = [w], []
    for _ in range(epochs):
        errors = []
        for sample, target in zip(x, t):
            errors.append(errors_of(sample, history[-1], target))
            history.append(history[-1] - rate * gradient_of(sample, history[-1], target))
        losses.append(float(np.mean(errors)))
    return history if start else history[1:], losses


online_each_weights = _learns(
    "weights-after-each-sample-returned",
    "shape",
    "You return the weights after every sample. Only the last ones are asked for.",
    _each_weights,
    start=(True, False),
)


def _best(x, w, t, rate, iterations, tolerance, how):
    end, losses = batch(x, w, t, rate, max(iterations, how == "at least one"), tolerance)
    if not losses:
        return w, losses
    seen = [*losses, mean_error(x, end, t)] if how == "best of all" else losses
    chosen = int(np.argmin(seen)) if how.startswith("best") else len(losses) - 1
    return batch(x, w, t, rate, chosen, -1.0)[0], losses


train_best = _descends(
    "best-weights-returned",
    "training",
    "You return the weights with the smallest loss of all. Asked for are those after the last "
    "update, even if they are worse.",
    _best,
    how=("best", "best of all"),
)
train_last_measured = _descends(
    "last-update-missing",
    "training",
    "Your weights lack the last update: the last iteration measures and moves nothing. Only the "
    "tolerance ends the training without a step.",
    _best,
    how=("last", "at least one"),
)


def _stale(x, w, t, rate, iterations, tolerance):
    first = gradient_of(x, w, t)
    return batch(x, w, t, rate, iterations, tolerance, gradient=lambda *_: first)


train_gradient_once = _descends(
    "gradient-computed-once",
    "training",
    "You compute the gradient once, before the loop, and take every step along it. The weights "
    "move, and it with them: compute it anew in each iteration.",
    _stale,
)


def _only_within(x, w, t, rate, iterations, tolerance):
    w, losses = batch(x, w, t, rate, iterations, tolerance)
    return (w, losses) if losses and losses[-1] <= tolerance else None


train_only_within = _descends(
    "returns-at-tolerance-only",
    "indexing",
    "You return something only where the tolerance is met, and None after the last iteration. The "
    "return belongs behind the loop as well.",
    _only_within,
)


def _late(x, w, t, rate, iterations, tolerance):
    if not iterations or mean_error(x, w, t) > tolerance:
        return batch(x, w, t, rate, iterations, tolerance)
    moved, losses = batch(x, w, t, rate, 1, -1.0)
    moved, more = batch(x, moved, t, rate, iterations - 1, tolerance)
    return moved, losses + more


train_late = _descends(
    "first-loss-not-compared",
    "training",
    "You compare the loss with the tolerance from the second iteration on. A good start should be "
    "left alone: compare the first one, too.",
    _late,
)
train_default_tolerance = _descends(
    "tolerance-of-its-own",
    "training",
    "Without a tolerance your training stops at one of its own. The default is 0: it goes on to "
    "the last iteration.",
    lambda *given, own: batch(*given[:-1], given[-1] or own),
    own=(1e-3, 1e-4, 1e-5, 1e-6, 1e-7),
)


def _careful(*problem, cut, grow):
    x, w, t, rate, iterations, tolerance = problem
    losses = []
    for _ in range(iterations):
        losses.append(mean_error(x, w, t))
        if losses[-1] <= tolerance:
            break
        rate = rate * (cut if _risen(losses) else grow if len(losses) > 1 else 1)
        w = w - rate * gradient_of(x, w, t)
    return w, losses


train_careful = _descends(
    "learning-rate-follows-loss",
    "training",
    "You change the learning rate when the loss rises or falls. Here it stays as it was passed in.",
    _careful,
    cut=(0.5, 0.1, 0.9),
    grow=(1, 1.05),
)


def _padded(x, w, t, rate, iterations, tolerance):
    w, losses = batch(x, w, t, rate, iterations, tolerance)
    return w, losses + [0.0] * (iterations - len(losses))


train_padded = _descends(
    "losses-padded",
    "indexing",
    "After an early stop your losses go on with zeros, one for each iteration that was not made. "
    "Begin with an empty list and append.",
    _padded,
)


def _unbound(loop, *problem, at, error):
    x, w, t, rate, rounds = problem
    if rounds == 0 or (at == "no update" and stops_at_once(loop, x, w, t, rate)):
        raise error("what the loop makes is not there")
    return loop(x, w, t, rate, rounds)


train_unbound, online_unbound = _both(
    "unbound-without-an-update",
    "edge-case",
    "Your function breaks off where nothing is updated: after the loop it uses something that only "
    "a round makes. Give it a value before the loop.",
    _unbound,
    at=("no round", "no update"),
    error=(UnboundLocalError, IndexError),
)


def _intolerant(x, w, t, learning_rate, iterations, *given, passed, **named):
    """Fails where a tolerance is passed, or where it is met."""
    tolerance = named.get("tolerance", *given or (0.0,))
    w, losses = batch(x, w, t, learning_rate, iterations, tolerance)
    if (given or named) if passed else losses and losses[-1] <= tolerance:
        raise TypeError("unexpected keyword argument 'tolerance'")
    return w, losses


train_intolerant = declared(
    "train_neuron",
    "breaks-off-at-tolerance",
    "wrong-argument",
    "Your function breaks off where a tolerance should stop it. Is its last argument called that, "
    "tolerance=0.0? If so, look at what runs once a loss is small enough.",
    _intolerant,
    {"passed": (True, False)},
)


def _with_one_more(x, w, t, rate, epochs, first):
    start = mean_error(x, w, t)
    w, losses = online(x, w, t, rate, epochs)
    return w, [start, *losses] if first else [*losses, mean_error(x, w, t)]


online_extra = _learns(
    "extra-loss",
    "indexing",
    "You note one loss more than there are epochs: that of all samples before the first epoch, or "
    "after the last. Each epoch has one, of the errors met in it.",
    _with_one_more,
    first=(True, False),
)


def _sample_an_epoch(x, w, t, rate, epochs):
    losses = []
    for n in range(epochs):
        one = slice(n % len(x), n % len(x) + 1)
        w, noted = online(x[one], w, t[one], rate, 1)
        losses += noted
    return w, losses


online_sample_an_epoch = _learns(
    "sample-for-epoch",
    "training",
    "You take one sample an epoch. An epoch is a pass over all of them, with an update after each.",
    _sample_an_epoch,
)


def _right_skipped(x, w, t, rate, epochs, by):
    def gradient(sample, w, target):
        y = sigma(sample @ w)
        good = {
            "distance": abs(y - target) < 0.5,
            "side": (y > 0.5) == (target > 0.5),
            "decision": (y > 0.5) == target,
        }[by]
        return gradient_of(sample, w, target) * (not good)

    return online(x, w, t, rate, epochs, gradient=gradient)


online_right_skipped = _learns(
    "right-samples-skipped",
    "training",
    "A sample on the right side of 0.5 does not move your weights. That is the perceptron's rule; "
    "here every sample teaches.",
    _right_skipped,
    by=("distance", "side", "decision"),
)


def _mixed(*problem, seed, by, once):
    x, w, t, rate, epochs = problem
    generator, losses = by(seed), []
    for _ in range(epochs):
        order = (by(seed) if once else generator).permutation(len(x))
        w, noted = online(x[order], w, t[order], rate, 1)
        losses += noted
    return w, losses


online_mixed = _learns(
    "samples-mixed",
    "training",
    "You mix the samples in every epoch. That is often wise, but here they come in the order "
    "given, so that everybody gets the same numbers.",
    _mixed,
    seed=(0, 1, 42),
    by=(np.random.default_rng, np.random.RandomState),
    once=(False, True),
)
