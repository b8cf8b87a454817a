"""Known wrong answers to ``train_neuron`` alone; ``delta_rule`` takes them in."""

import numpy as np

from ._trainings import (
    Errors,
    batch,
    declared,
    errors_of,
    flat,
    gradient_of,
    mean_error,
    online,
    sigma,
)


def _descends(slug, family, sentence, rule, **variants):
    """Declare a wrong train_neuron: a rule from all its arguments."""

    def body(x, w, t, learning_rate, iterations, tolerance=0.0, **choices):
        return rule(x, np.array(w, dtype=float), t, learning_rate, iterations, tolerance, **choices)

    return declared("train_neuron", slug, family, sentence, body, variants)


def _online_tolerant(x, w, t, rate, iterations, tolerance, before):
    losses = []
    for _ in range(iterations):
        loss = mean_error(x, w, t)
        moved, noted = online(x, w, t, rate, 1)
        losses.append(loss if before else noted[0])
        if losses[-1] <= tolerance:
            return (w if before else moved), losses
        w = moved
    return w, losses


train_online = _descends(
    "online-for-batch",
    "training",
    "You update after every sample. Here all samples speak first and the weights move once, along "
    "the mean of their gradients.",
    _online_tolerant,
    before=(True, False),
)


train_last_sample = _descends(
    "last-sample-only",
    "lecture-bug",
    "Only the last sample teaches: the update stands outside the loop over the samples, as in the "
    "lecture's listing. Collect the gradient of every sample.",
    lambda x, w, t, rate, n, tol, by: batch(
        x,
        w,
        t,
        rate,
        n,
        tol,
        gradient=lambda x, w, t: gradient_of(x[-1], w, t[-1]) / (len(x) if by else 1),
    ),
    by=(False, True),
)
train_first_sample = _descends(
    "first-sample-only",
    "indexing",
    "Only the first sample teaches. Does something leave the loop over the samples too early?",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: gradient_of(x[0], w, t[0])
    ),
)
train_sum = _descends(
    "sum-for-mean",
    "reduction",
    "You step along the sum of the samples' gradients. E is a mean: divide by N, or the step grows "
    "with the data.",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: len(x) * gradient_of(x, w, t)
    ),
)
train_divided = _descends(
    "divided-twice",
    "scale",
    "You divide the gradient by N twice.",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: gradient_of(x, w, t) / len(x)
    ),
)
train_by_inputs = _descends(
    "divided-by-inputs",
    "reduction",
    "You divide the gradient by the number of inputs. The mean runs over the samples.",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: gradient_of(x, w, t) * len(x) / len(w)
    ),
)


train_means_first = _descends(
    "mean-before-product",
    "reduction",
    "You average the factors of the gradient one by one and multiply then. Multiply for each "
    "sample, then average.",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: _signals(x, w, t).mean() * x.mean(axis=0)
    ),
)
train_all_mean = _descends(
    "averaged-over-everything",
    "reduction",
    "All weights move alike: you average over samples and weights together. Every weight has a "
    "derivative of its own.",
    lambda x, w, t, rate, n, tol, of: batch(
        x, w, t, rate, n, tol, gradient=lambda x, w, t: of(_signals(x, w, t)[:, None] * x)
    ),
    of=(np.mean, np.sum),
)


def _signals(x, w, t):
    y = sigma(x @ w)
    return 2 * (y - t) * y * (1 - y)


def _stale(x, w, t, rate, iterations, tolerance):
    loss, gradient = mean_error(x, w, t), gradient_of(x, w, t)
    rounds = min(iterations, 1) if loss <= tolerance else iterations
    return w - (0 if loss <= tolerance else rate * rounds) * gradient, [loss] * rounds


train_stale = _descends(
    "predictions-never-renewed",
    "training",
    "You predict once, before the loop, so that every step is the same. New weights need new "
    "predictions.",
    _stale,
)


def _one_more(*problem, always):
    """The right losses, and the last weights' as well."""
    x, w, t, rate, iterations, tolerance = problem
    w, losses = batch(x, w, t, rate, iterations, tolerance)
    stopped = losses and losses[-1] <= tolerance
    return w, losses if stopped and not always else [*losses, mean_error(x, w, t)]


def _after(*problem, start, stop):
    """Losses measured after each update; with or without the one at the start."""
    x, w, t, rate, iterations, tolerance = problem
    losses = [mean_error(x, w, t)] if start else []
    for _ in range(iterations):
        w = w - rate * gradient_of(x, w, t)
        losses.append(mean_error(x, w, t))
        if stop and losses[-1] <= tolerance:
            break
    return w, losses


train_loss_after = _descends(
    "loss-after-update",
    "training",
    "You measure the loss after the update, so the loss of the initial weights is missing. "
    "Measure, append, then update.",
    lambda x, w, t, rate, n, tol, stop: _after(x, w, t, rate, n, tol, start=False, stop=stop),
    stop=(True, False),
)
train_loss_extra = _descends(
    "extra-loss",
    "indexing",
    "You note one loss more than there are iterations: that after the last update is too many. "
    "Measure at the beginning of each iteration only.",
    lambda *all_arguments, how: (
        _one_more(*all_arguments, always=how == "at the end")
        if isinstance(how, str)
        else _after(*all_arguments, start=True, stop=how)
    ),
    how=(True, False, "at the end", "at the end unless stopped"),
)
train_each_error = _descends(
    "error-of-each-sample-noted",
    "indexing",
    "Your list has a loss for every sample. One for each iteration is asked for, their mean.",
    lambda x, w, t, rate, n, tol: flat(
        batch(x, w, t, rate, n, tol, loss=lambda *d: Errors(errors_of(*d)))
    ),
)


train_last_error = _descends(
    "error-of-one-sample",
    "reduction",
    "Your loss is the error of one sample. It is the mean over all of them.",
    lambda x, w, t, rate, n, tol, i, by: batch(
        x, w, t, rate, n, tol, loss=lambda *d: float(errors_of(*d)[i] / (len(x) if by else 1))
    ),
    i=(-1, 0),
    by=(False, True),
)
train_absolute_loss = _descends(
    "absolute-losses",
    "derivative",
    "Your losses are means of absolute errors. The errors are squared.",
    lambda x, w, t, rate, n, tol: batch(
        x, w, t, rate, n, tol, loss=lambda *d: float(np.mean(errors_of(*d) ** 0.5))
    ),
)
train_bce_loss = _descends(
    "cross-entropy-losses",
    "wrong-argument",
    "Your losses are cross-entropies. Measure the mean squared error.",
    lambda x, w, t, rate, n, tol: batch(x, w, t, rate, n, tol, loss=_cross_entropy),
)


def _cross_entropy(x, w, t):
    a = x @ w
    return float(np.mean(t * np.logaddexp(0, -a) + (1 - t) * np.logaddexp(0, a)))


# --- when train_neuron stops ---

train_never_stops = _descends(
    "tolerance-ignored",
    "wrong-argument",
    "You never look at the tolerance. Stop as soon as a loss is small enough.",
    lambda x, w, t, rate, n, tol: batch(x, w, t, rate, n, -1.0),
)
train_own_tolerance = _descends(
    "early-stop",
    "training",
    "You stop at a loss of your own choosing. The tolerance is an argument, 0 by default.",
    lambda x, w, t, rate, n, tol, own: batch(x, w, t, rate, n, max(own, tol)),
    own=(0.1, 0.05, 0.02, 0.01),
)


def _stops(x, w, t, rate, iterations, tolerance, how):
    """Stops at the right time or nearly, and leaves something undone or done too much."""
    losses = []
    for _ in range(iterations):
        loss = mean_error(x, w, t)
        small = loss <= tolerance
        if small and how == "unnoted":
            break
        losses.append(loss)
        if how == "reversed" and loss > tolerance:
            break
        w = w - rate * gradient_of(x, w, t)
        if (small and how == "updated") or (
            how == "looks ahead" and mean_error(x, w, t) <= tolerance
        ):
            break
    return w, losses


train_stops_late = _descends(
    "stops-after-update",
    "training",
    "You update once more before you stop. The weights should be those that reached the last loss.",
    lambda *all_arguments: _stops(*all_arguments, how="updated"),
)
train_stops_unnoted = _descends(
    "last-loss-not-noted",
    "training",
    "The loss that ends the training is not in your list. Append first, then compare.",
    lambda *all_arguments: _stops(*all_arguments, how="unnoted"),
)
train_stops_early = _descends(
    "stops-an-iteration-early",
    "training",
    "You compare after the update, so that the loss that is small enough is never noted. Compare "
    "the loss that you appended.",
    lambda *all_arguments: _stops(*all_arguments, how="looks ahead"),
)
train_stops_reversed = _descends(
    "tolerance-turned",
    "sign",
    "Your comparison is turned: you stop while the loss is still large.",
    lambda *all_arguments: _stops(*all_arguments, how="reversed"),
)


def _stops_on(measure, x, w, t, rate, iterations, tolerance):
    losses = []
    for _ in range(iterations):
        losses.append(mean_error(x, w, t))
        if measure(losses, gradient_of(x, w, t)) <= tolerance:
            break
        w = w - rate * gradient_of(x, w, t)
    return w, losses


train_stops_on_change = _descends(
    "stops-on-small-change",
    "wrong-argument",
    "You stop when the loss changes little. The tolerance is for the loss itself.",
    lambda *all_arguments: _stops_on(
        lambda losses, _: abs(losses[-1] - losses[-2]) if len(losses) > 1 else np.inf,
        *all_arguments,
    ),
)
train_stops_on_gradient = _descends(
    "stops-on-small-gradient",
    "wrong-argument",
    "You stop when the gradient is small. The tolerance is for the loss.",
    lambda *all_arguments: _stops_on(lambda _, g: np.linalg.norm(g), *all_arguments),
)
train_stops_on_rise = _descends(
    "stops-when-loss-rises",
    "training",
    "You stop as soon as the loss does not fall. A large step may overshoot once: go on.",
    lambda *all_arguments, strictly: _stops_on(
        lambda losses, _: -1.0 if _risen(losses, strictly) else losses[-1], *all_arguments
    ),
    strictly=(False, True),
)


def _risen(losses, strictly=True):
    before, now = losses[-2:] if len(losses) > 1 else (np.inf, 0.0)
    return now > before if strictly else now >= before


train_stops_on_root = _descends(
    "stops-on-root",
    "wrong-argument",
    "You compare the root of the loss with the tolerance. The tolerance is for the mean squared "
    "error itself.",
    lambda *all_arguments: _stops_on(lambda losses, _: losses[-1] ** 0.5, *all_arguments),
)
