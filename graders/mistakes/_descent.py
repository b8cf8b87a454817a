"""Mistakes that both trainings of a neuron share; ``delta_rule`` takes them in."""

import numpy as np

from ._trainings import batch, declared, gradient_of, online, sigma


def _both(slug, family, sentence, rule, **variants):
    """Declare the same mistake for both trainings: a rule from the right loop, x, w, t, the rate
    and the number of rounds."""

    def for_batch(x, w, t, learning_rate, iterations, tolerance=0.0, **choices):
        def loop(x, w, t, rate, rounds, **other):
            return batch(x, w, t, rate, rounds, tolerance, **other)

        return rule(loop, x, w, t, learning_rate, iterations, **choices)

    def for_online(x, w, t, learning_rate, epochs, **choices):
        return rule(online, x, w, t, learning_rate, epochs, **choices)

    return (
        declared("train_neuron", slug, family, sentence, for_batch, variants),
        declared("train_neuron_online", slug, family, sentence, for_online, variants),
    )


def _steps(slug, family, sentence, gradient, **variants):
    """Declare the same wrong gradient for both trainings."""

    def rule(loop, x, w, t, rate, rounds, **choices):
        return loop(x, w, t, rate, rounds, gradient=lambda *data: gradient(*data, **choices))

    return _both(slug, family, sentence, rule, **variants)


def _signal(slug, family, sentence, signal, **variants):
    """Declare the same wrong dE/da for both trainings."""

    def gradient(x, w, t, **choices):
        return gradient_of(x, w, t, lambda y, t, a: signal(y, t, a, **choices))

    return _steps(slug, family, sentence, gradient, **variants)


train_uphill, online_uphill = _steps(
    "adds-gradient",
    "sign",
    "You walk uphill: the weights move along the gradient, and the error grows. Subtract, or look "
    "at the sign of y − t.",
    lambda x, w, t: -gradient_of(x, w, t),
)
train_no_two, online_no_two = _steps(
    "two-dropped",
    "scale",
    "Each step is half as long as it should be: the 2 of 2 (y − t) is missing.",
    lambda x, w, t: gradient_of(x, w, t) / 2,
)
train_two_twice, online_two_twice = _steps(
    "two-twice",
    "scale",
    "Each step is twice as long as it should be.",
    lambda x, w, t: gradient_of(x, w, t) * 2,
)
train_no_slope, online_no_slope = _signal(
    "sigmoid-slope-missing",
    "derivative",
    "In your update the factor y (1 − y) is missing: the error reaches the weights through the "
    "sigmoid.",
    lambda y, t, a: 2 * (y - t),
)
train_bce, online_bce = _signal(
    "cross-entropy-gradient",
    "derivative",
    "You update with (y − t) x, the gradient of the cross-entropy. The squared error has 2 and "
    "y (1 − y) as well.",
    lambda y, t, a: y - t,
)
train_slope_of_y, online_slope_of_y = _signal(
    "slope-of-y",
    "derivative",
    "You take the sigmoid's slope at y instead of at a. It is y (1 − y).",
    lambda y, t, a: 2 * (y - t) * sigma(y) * (1 - sigma(y)),
)
train_half_slope, online_half_slope = _signal(
    "half-of-the-slope",
    "derivative",
    "Half of the sigmoid's slope is missing: it is y (1 − y).",
    lambda y, t, a, kept: 2 * (y - t) * (y if kept == "y" else 1 - y),
    kept=("y", "1 - y"),
)
train_squared, online_squared = _signal(
    "square-kept",
    "derivative",
    "The square of y − t is still in your update. Differentiated, it is 2 (y − t).",
    lambda y, t, a, two: two * (y - t) ** 2 * y * (1 - y),
    two=(2, 1),
)
train_linear, online_linear = _signal(
    "linear-neuron",
    "architecture",
    "Your update leaves the sigmoid out: it compares the weighted sum with the target.",
    lambda y, t, a, two: two * (a - t),
    two=(2, 1),
)
train_no_x, online_no_x = _steps(
    "input-missing",
    "derivative",
    "All weights move alike: the factor x_p is missing in your update.",
    lambda x, w, t: np.full(len(w), np.mean(gradient_of(np.ones_like(x), w, t, _of(x, w)))),
)


def _of(x, w):
    """The right signal of data (x, w), whatever the gradient multiplies it by."""
    y = sigma(x @ w)
    return lambda _y, t, _a: 2 * (y - t) * y * (1 - y)


train_no_bias, online_no_bias = _steps(
    "bias-not-updated",
    "indexing",
    "The first weight never moves. The bias learns like the others.",
    lambda x, w, t: gradient_of(x, w, t) * (np.arange(len(w)) > 0),
)
train_last_kept, online_last_kept = _steps(
    "last-weight-not-updated",
    "indexing",
    "The last weight never moves: range(n) stops before n by itself.",
    lambda x, w, t: gradient_of(x, w, t) * (np.arange(len(w)) < len(w) - 1),
)
train_one_weight, online_one_weight = _steps(
    "one-weight-updated",
    "indexing",
    "Only one weight moves. The update loops over all of them.",
    lambda x, w, t, p: gradient_of(x, w, t) * (np.arange(len(w)) == p % len(w)),
    p=(0, -1),
)
train_normalised, online_normalised = _steps(
    "gradient-normalised",
    "scale",
    "You divide the gradient by its length. A steep place should make a large step.",
    lambda x, w, t: gradient_of(x, w, t) / (np.linalg.norm(gradient_of(x, w, t)) + 1e-12),
)
train_decay, online_decay = _steps(
    "weight-decay",
    "training",
    "You shrink the weights as well. That is regularisation, which nobody asked for here.",
    lambda x, w, t, k: gradient_of(x, w, t) + k * w,
    k=(0.1, 0.01, 0.001),
)

train_rate, online_rate = _both(
    "learning-rate-ignored",
    "scale",
    "Your steps do not depend on the learning rate that was passed in. Use the argument.",
    lambda loop, x, w, t, rate, rounds, own: loop(x, w, t, own, rounds),
    own=(1, 0.5, 0.1, 0.01, 0.001),
)
train_rate_twice, online_rate_twice = _both(
    "learning-rate-twice",
    "scale",
    "The learning rate is multiplied in twice. At rate 1 you cannot see it; try 0.1.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate**2, rounds),
)
train_rate_falls, online_rate_falls = _both(
    "learning-rate-changes",
    "training",
    "Your learning rate changes while you train. Here it stays as it was passed in.",
    lambda loop, x, w, t, rate, rounds, f: _by_rounds(loop, x, w, t, rounds, lambda i: rate * f(i)),
    f=(
        lambda i: 1 / (1 + i),
        lambda i: 1 / (1 + 0.1 * i),
        lambda i: 1 / (1 + 0.01 * i),
        lambda i: 1 / (1 + 1e-4 * i),
        lambda i: (1 + i) ** -0.5,
        lambda i: 0.95**i,
        lambda i: 0.9**i,
        lambda i: 0.99**i,
        lambda i: 0.5**i,
    ),
)


def _by_rounds(loop, x, w, t, rounds, rate):
    """One round after the other, each at its own rate."""
    w, losses = np.array(w, dtype=float), []
    for i in range(rounds):
        w, noted = loop(x, w, t, rate(i), 1)
        losses += noted
    return w, losses


train_more, online_more = _both(
    "one-round-too-many",
    "indexing",
    "You make one round more than asked for. No rounds must leave the weights as they are.",
    lambda loop, x, w, t, rate, rounds, noted: _cut(
        loop(x, w, t, rate, rounds + 1), noted and rounds
    ),
    noted=(None, True),
)
train_fewer, online_fewer = _both(
    "one-round-missing",
    "indexing",
    "You make one round less than asked for: range(n) stops before n by itself.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate, max(rounds - 1, 0)),
)
train_one_round, online_one_round = _both(
    "only-one-round",
    "indexing",
    "You stop after the first round. Does the return stand inside the loop?",
    lambda loop, x, w, t, rate, rounds, empty: (
        loop(x, w, t, rate, min(rounds, 1)) if rounds or empty else None
    ),
    empty=(True, False),
)


def _cut(result, kept):
    w, losses = result
    return w, losses if kept is None else losses[:kept]
