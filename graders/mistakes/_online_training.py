"""Known wrong answers to ``train_neuron_online`` alone; ``delta_rule`` takes them in."""

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
)


def _learns(slug, family, sentence, rule, **variants):
    """Declare a wrong train_neuron_online: a rule from all its arguments."""

    def body(x, w, t, learning_rate, epochs, **choices):
        return rule(x, np.array(w, dtype=float), t, learning_rate, epochs, **choices)

    return declared("train_neuron_online", slug, family, sentence, body, variants)


online_batch = _learns(
    "batch-for-online",
    "training",
    "You move the weights once an epoch, along the mean gradient. Here every sample moves them as "
    "soon as it is seen.",
    lambda x, w, t, rate, n: batch(x, w, t, rate, n, -1.0),
)
online_stale = _learns(
    "predictions-from-epoch-start",
    "training",
    "All predictions of an epoch come from the weights at its start. The next sample has to be "
    "predicted by the weights that the last one left.",
    lambda x, w, t, rate, n: batch(
        x, w, t, rate, n, -1.0, gradient=lambda x, w, t: len(x) * gradient_of(x, w, t)
    ),
)
online_last_sample = _learns(
    "last-sample-only",
    "lecture-bug",
    "Only the last sample teaches: the update stands outside the loop over the samples, as in the "
    "lecture's listing. Indent it.",
    lambda x, w, t, rate, n, by: batch(
        x,
        w,
        t,
        rate,
        n,
        -1.0,
        gradient=lambda x, w, t: gradient_of(x[-1], w, t[-1]) / (len(x) if by else 1),
    ),
    by=(False, True),
)
online_first_sample = _learns(
    "first-sample-only",
    "indexing",
    "Only the first sample teaches. Does something leave the loop over the samples too early?",
    lambda x, w, t, rate, n: online(x[:1], w, t[:1], rate, n),
)


def _skipped(x, w, t, rate, epochs, first, by):
    size = len(x) if by else max(len(x) - 1, 1)
    kept = slice(1, None) if first else slice(None, -1)
    return online(x[kept], w, t[kept], rate, epochs, note=lambda e: sum(e) / size)


online_skips = _learns(
    "sample-skipped",
    "indexing",
    "One sample never teaches: your loop begins too late or ends too early.",
    _skipped,
    first=(True, False),
    by=(True, False),
)


online_back = _learns(
    "order-reversed",
    "indexing",
    "You visit the samples from last to first. Their order is given.",
    lambda x, w, t, rate, n: online(x[::-1], w, t[::-1], rate, n),
)
online_rate_by_n = _learns(
    "divided-by-n",
    "scale",
    "You divide each sample's step by N. That belongs to the batch mean; here every sample makes a "
    "whole step.",
    lambda x, w, t, rate, n: online(x, w, t, rate / len(x), n),
)


def _losses_elsewhere(x, w, t, rate, epochs, where):
    """The right steps, with losses measured at another moment."""
    losses = []
    for _ in range(epochs):
        moved, after_own = w, []
        for sample, target in zip(x, t):
            moved = moved - rate * gradient_of(sample, moved, target)
            after_own.append(errors_of(sample, moved, target))
        at = {"start": w, "end": moved}.get(where)
        losses.append(float(np.mean(after_own)) if at is None else mean_error(x, at, t))
        w = moved
    return w, losses


online_loss_end = _learns(
    "loss-after-epoch",
    "training",
    "You measure the loss with the weights at the end of the epoch. Note each sample's error when "
    "it is predicted, before its update.",
    lambda *all_arguments: _losses_elsewhere(*all_arguments, where="end"),
)
online_loss_start = _learns(
    "loss-before-epoch",
    "training",
    "You measure the loss with the weights at the start of the epoch. Note each sample's error "
    "when it is predicted, by the weights of that moment.",
    lambda *all_arguments: _losses_elsewhere(*all_arguments, where="start"),
)
online_loss_own = _learns(
    "loss-after-own-update",
    "training",
    "You measure each sample's error after its own update, which makes it too small. Measure "
    "first, then update.",
    lambda *all_arguments: _losses_elsewhere(*all_arguments, where="own"),
)
online_each_error = _learns(
    "error-of-each-sample-noted",
    "indexing",
    "Your list has a loss for every sample. One for each epoch is asked for, the mean of its "
    "errors.",
    lambda x, w, t, rate, n: flat(_noted_raw(x, w, t, rate, n)),
)


def _noted_raw(x, w, t, rate, epochs):
    losses = []
    for _ in range(epochs):
        errors = []
        for sample, target in zip(x, t):
            errors.append(errors_of(sample, w, target))
            w = w - rate * gradient_of(sample, w, target)
        losses.append(Errors(errors))
    return w, losses


online_last_error = _learns(
    "error-of-one-sample",
    "reduction",
    "Your loss is the error of one sample of the epoch. It is the mean over all of them.",
    lambda x, w, t, rate, n, i, by: online(
        x, w, t, rate, n, note=lambda e: e[i] / (len(e) if by else 1)
    ),
    i=(-1, 0),
    by=(False, True),
)


def _errors_kept(x, w, t, rate, epochs, by):
    w, each = _noted_raw(x, w, t, rate, epochs)
    sums = np.cumsum([np.sum(loss.each) for loss in each])
    sizes = len(x) * (np.arange(1, epochs + 1) if by == "all" else np.ones(epochs))
    return w, [float(loss) for loss in sums / sizes]


online_errors_kept = _learns(
    "errors-not-reset",
    "indexing",
    "Your list of errors keeps those of earlier epochs. Begin each epoch with an empty one.",
    _errors_kept,
    by=("all", "n"),
)


online_between = _learns(
    "weights-move-between-inputs",
    "training",
    "You predict anew after each single weight has moved. One prediction serves all weights of a "
    "sample.",
    lambda x, w, t, rate, n: online(
        x, w, t, rate, n, gradient=lambda sample, w, target: _between(sample, w, target, rate)
    ),
)


def _between(sample, w, target, rate):
    start, w = w, w.copy()
    for p in range(len(w)):
        w[p] -= rate * gradient_of(sample, w, target)[p]
    return (start - w) / rate


def _early(x, w, t, rate, epochs, own):
    losses = []
    while len(losses) < epochs and (not losses or losses[-1] > own):
        w, noted = online(x, w, t, rate, 1)
        losses += noted
    return w, losses


online_early = _learns(
    "early-stop",
    "training",
    "You stop at a loss of your own choosing. All epochs are asked for.",
    _early,
    own=(0.1, 0.05, 0.02, 0.01),
)
