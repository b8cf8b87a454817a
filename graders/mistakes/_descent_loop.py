"""Wrong loops that both trainings of a neuron share: what moves, stops and is handed back."""

import numpy as np

from ._descent import _both
from ._trainings import errors_of, gradient_of, online, sigma, stops_at_once

train_start, online_start = _both(
    "old-weights-returned",
    "training",
    "You return the weights that you were given. Training moved a copy of them; return that one.",
    lambda loop, x, w, t, rate, rounds: (np.array(w, dtype=float), loop(x, w, t, rate, rounds)[1]),
)
train_frozen, online_frozen = _both(
    "weights-never-move",
    "training",
    "Your weights never move, and so the loss never changes. Does the update go into another name, "
    "W for w, or is your gradient 0?",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, 0.0, rounds),
)
train_name, online_name = _both(
    "wrong-name",
    "lecture-bug",
    "Your update stops with a NameError. In the lecture's listing it is W, where w is meant: to "
    "Python these are two names.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate, rounds, gradient=_unknown),
)


def _unknown(x, w, t):
    raise NameError("name 'W' is not defined")


def _reused(loop, x, w, t, rate, rounds):
    if rounds * (len(x) if loop is online else 1) > 1:
        raise TypeError("'float' object cannot be interpreted as an integer")
    return loop(x, w, t, rate, rounds)


train_reused, online_reused = _both(
    "loop-variable-reused",
    "lecture-bug",
    "The first update works and the next breaks off. In the lecture's listing `d` counts the "
    "inputs and is then overwritten by the derivative: does a name mean two things in yours, too?",
    _reused,
)
train_zeros, online_zeros = _both(
    "start-ignored",
    "training",
    "You begin with weights of your own. Begin with the ones that were passed in.",
    lambda loop, x, w, t, rate, rounds, value: loop(x, np.full(len(w), value), t, rate, rounds),
    value=(0.0, 1.0),
)


def _always_first(loop, x, w, t, rate, rounds):
    moved, noted = loop(x, w, t, rate, min(rounds, 1))
    return moved, noted * (1 if stops_at_once(loop, x, w, t, rate) else rounds)


train_reset, online_reset = _both(
    "weights-reset",
    "training",
    "Every round begins again with the initial weights, so that nothing adds up. Copy them once, "
    "before the loop, and give the new weights the name that the next round reads.",
    _always_first,
)


def _refused(x, w, t):
    raise TypeError("Cannot cast ufunc 'subtract' output from float64 to int64")


def _whole(loop, x, w, t, rate, rounds, how):
    if np.asarray(w).dtype.kind == "f" or rounds == 0:
        return loop(x, w, t, rate, rounds)
    if how == "refused":
        return loop(x, w, t, rate, rounds, gradient=_refused)
    if loop is online:
        return _truncated_online(x, w, t, rate, rounds)
    losses = []
    for _ in range(rounds):
        moved, noted = loop(x, w, t, rate, 1)
        w = np.trunc(moved).astype(int)
        losses += noted
    return w, losses


train_integer, online_integer = _both(
    "integer-weights",
    "numerics",
    "Whole-number weights stay whole: the update writes into an array of integers, which cuts "
    "fractions off or refuses. Begin with a copy in floats.",
    _whole,
    how=("truncated", "refused"),
)


def _truncated_online(x, w, t, rate, epochs):
    losses = []
    for _ in range(epochs):
        errors = []
        for sample, target in zip(x, t):
            errors.append(errors_of(sample, w, target))
            w = np.trunc(w - rate * gradient_of(sample, w, target)).astype(int)
        losses.append(float(np.mean(errors)))
    return w, losses


train_momentum, online_momentum = _both(
    "momentum",
    "training",
    "Part of the last step stays in the next one. Plain gradient descent forgets it.",
    lambda loop, x, w, t, rate, rounds, beta, share: loop(
        x, w, t, rate, rounds, gradient=_Velocity(beta, share)
    ),
    beta=(0.9, 0.5),
    share=(False, True),
)
train_summed, online_summed = _both(
    "gradient-not-reset",
    "training",
    "Your gradient keeps what earlier steps put into it. Set it back to zero before each one.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate, rounds, gradient=_Velocity(1, False)),
)


class _Velocity:
    """A gradient that remembers earlier ones."""

    def __init__(self, beta, share):
        self.beta, self.new, self.last = beta, 1 - beta if share else 1, 0

    def __call__(self, x, w, t):
        self.last = self.beta * self.last + self.new * gradient_of(x, w, t)
        return self.last


train_in_place, online_in_place = _both(
    "w-changed",
    "purity",
    "Training writes into the caller's weights, as the lecture's listing does: the start is gone. "
    "Copy them first, as floats.",
    lambda loop, x, w, t, rate, rounds: _written_back(w, loop(x, w, t, rate, rounds)),
)


def _written_back(w, result):
    w = np.asarray(w, dtype=float)  # no copy, where w holds floats
    w[:] = result[0]
    return w, result[1]


train_reseeded, online_reseeded = _both(
    "global-seed",
    "purity",
    "You reseed numpy's global generator, which changes everybody else's random numbers. Nothing "
    "here is random.",
    lambda loop, x, w, t, rate, rounds: (np.random.seed(0), loop(x, w, t, rate, rounds))[1],
)
train_only_w, online_only_w = _both(
    "one-result-only",
    "shape",
    "Return both: the weights and the list of losses.",
    lambda loop, x, w, t, rate, rounds, i: loop(x, w, t, rate, rounds)[i],
    i=(0, 1),
)
train_order, online_order = _both(
    "order-of-results",
    "shape",
    "Your two results come in the wrong order. It is the weights first, then the losses.",
    lambda loop, x, w, t, rate, rounds: loop(x, w, t, rate, rounds)[::-1],
)
train_last_loss, online_last_loss = _both(
    "last-loss-only",
    "lecture-bug",
    "You keep the last loss only. Append one for each round, or nobody sees whether it falls.",
    lambda loop, x, w, t, rate, rounds, listed: _last(loop(x, w, t, rate, rounds), listed),
    listed=(True, False),
)


def _last(result, listed):
    w, losses = result
    return w, losses[-1:] if listed else (losses or [0])[-1]


def _mean(x, w, t):
    return float(np.mean(errors_of(x, w, t)))


def _losses(slug, family, sentence, change, **variants):
    """Declare the same change of the losses for both trainings: where they are measured, so that
    the tolerance sees it, or in the list that is returned."""

    def rule(loop, x, w, t, rate, rounds, seen, **choices):
        def changed(loss):
            return change(loss, len(x), **choices)

        if seen and loop is not online:
            return loop(x, w, t, rate, rounds, loss=lambda *data: changed(_mean(*data)))
        w, losses = loop(x, w, t, rate, rounds)
        return w, [changed(loss) for loss in losses]

    return _both(slug, family, sentence, rule, seen=(True, False), **variants)


train_rounded, online_rounded = _losses(
    "losses-rounded",
    "numerics",
    "You round the losses. Round when you print, not when you compute.",
    lambda e, n, digits: round(e, digits),
    digits=(2, 3, 4, 5, 6),
)
train_half_loss, online_half_loss = _losses(
    "half-losses",
    "scale",
    "Your losses are half of the mean squared error. The lecture's has no half.",
    lambda e, n: e / 2,
)
train_sum_loss, online_sum_loss = _losses(
    "summed-losses",
    "reduction",
    "Your losses are sums over the samples. They should be means.",
    lambda e, n: e * n,
)


def _squared_mean(loop, x, w, t, rate, rounds):
    if loop is online:
        return loop(
            x,
            w,
            t,
            rate,
            rounds,
            error=lambda x, w, t: sigma(x @ w) - t,
            note=lambda errors: np.mean(errors) ** 2,
        )
    return loop(x, w, t, rate, rounds, loss=lambda x, w, t: float(np.mean(sigma(x @ w) - t) ** 2))


train_squared_mean, online_squared_mean = _both(
    "mean-squared-not-squares",
    "reduction",
    "Your losses square the mean of y − t, in which errors of both signs cancel. Square each one "
    "first, then average.",
    _squared_mean,
)
train_root_loss, online_root_loss = _losses(
    "root-of-losses",
    "scale",
    "Your losses are roots of the mean squared error. Leave the root out.",
    lambda e, n: e**0.5,
)
train_divided_loss, online_divided_loss = _losses(
    "losses-divided-twice",
    "scale",
    "Your losses are divided by N twice: a mean has done so already.",
    lambda e, n: e / n,
)


_kept = []


def _keeping(result):
    _kept.extend(result[1])
    return result[0], list(_kept)


train_default_list, online_default_list = _both(
    "losses-kept-between-calls",
    "purity",
    "Your list of losses still holds those of earlier calls: a list as a default argument, or "
    "outside the function, is made only once. Make a new one in each call.",
    lambda loop, x, w, t, rate, rounds: _keeping(loop(x, w, t, rate, rounds)),
)


train_samples_back, online_samples_back = _both(
    "shuffled",
    "purity",
    "You shuffle the samples. Their order is given, and the global generator is not yours to use.",
    lambda loop, x, w, t, rate, rounds: loop(*_shuffled(x, w, t), rate, rounds),
)


def _shuffled(x, w, t):
    order = np.random.permutation(len(x))
    return x[order], w, t[order]
