"""Known wrong answers to ``batch_gradient``; ``delta_rule`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._signals import right, sigma, signals, slope


def _declared(slug, family, sentence, body, variants=None):
    body.__doc__ = sentence
    return mistake("batch_gradient", slug, family=family, variants=variants)(body)


def _from_signal(rule):
    def body(x, w, t):
        a = np.asarray(x) @ np.asarray(w)
        return rule(sigma(a), np.asarray(t), a) @ x / len(x)

    return body


for _slug, _family, _sentence, _rule in signals():
    _name = "mean_" + _slug.replace("-", "_")
    globals()[_name] = _declared(_slug, _family, _sentence, _from_signal(_rule))


def _together(slug, family, sentence, rule, **variants):
    """Declare a wrong batch gradient that puts right dE/da together wrongly."""

    def body(x, w, t, **choices):
        return rule(right(x, w, t), np.asarray(x), np.asarray(w), **choices)

    return _declared(slug, family, sentence, body, variants)


mean_sum = _together(
    "sum-for-mean",
    "reduction",
    "You add the samples' gradients up. E is their mean: divide by N, or the step grows with the "
    "data.",
    lambda d, x, w: d @ x,
)
mean_last = _together(
    "last-sample-only",
    "lecture-bug",
    "Only the last sample teaches: the line stands outside the loop over the samples, as in the "
    "lecture's listing, or it overwrites the sum.",
    lambda d, x, w, mean: d[-1] * x[-1] / (len(x) if mean else 1),
    mean=(False, True),
)
mean_first = _together(
    "first-sample-only",
    "indexing",
    "Only the first sample counts. Does the return stand inside the loop?",
    lambda d, x, w, mean: d[0] * x[0] / (len(x) if mean else 1),
    mean=(False, True),
)
mean_skips = _together(
    "sample-skipped",
    "indexing",
    "One sample is left out: your loop begins too late or ends too early.",
    lambda d, x, w, first: (d[1:] @ x[1:] if first else d[:-1] @ x[:-1]) / len(x),
    first=(True, False),
)
mean_by_inputs = _together(
    "divided-by-inputs",
    "reduction",
    "You divide by the number of inputs. The mean runs over the samples, len(x).",
    lambda d, x, w: d @ x / len(w),
)
mean_by_all = _together(
    "mean-over-all-entries",
    "reduction",
    "You divide by N × D. The mean runs over the N samples only.",
    lambda d, x, w: d @ x / x.size,
)
mean_twice_divided = _together(
    "divided-twice",
    "scale",
    "You divide by N twice. The error is one mean over the samples.",
    lambda d, x, w: d @ x / len(x) ** 2,
)
mean_n_minus_one = _together(
    "divided-by-n-minus-one",
    "scale",
    "You divide by N − 1. A mean divides by N.",
    lambda d, x, w, one: d @ x / np.float64(max(len(x) - 1, one)),
    one=(0, 1),
)
mean_rows = _together(
    "not-averaged",
    "reduction",
    "You return a gradient for each sample. The batch has one: their mean.",
    lambda d, x, w, by_n: d[:, None] * x / (len(x) if by_n else 1),
    by_n=(False, True),
)
mean_wrong_axis = _together(
    "wrong-axis",
    "axis",
    "You average over the inputs and keep the samples. There is one derivative for each weight: "
    "reduce along axis 0.",
    lambda d, x, w: (d[:, None] * x).mean(axis=1),
)
mean_all_mean = _together(
    "averaged-over-everything",
    "reduction",
    "You average over samples and weights together. Every weight has a derivative of its own.",
    lambda d, x, w, of: of(d[:, None] * x),
    of=(np.mean, np.sum),
)
mean_star = _together(
    "star-for-matmul",
    "shape",
    "`*` lines the samples up with the inputs, which fits square data only and is wrong there. "
    "Each row of x is scaled by its own sample.",
    lambda d, x, w: (d * x).mean(axis=0),
)
mean_untransposed = _together(
    "transpose-missing",
    "axis",
    "You multiply x from the wrong side, which fits square data only and is wrong there. The sum "
    "runs over the samples: x.T comes first.",
    lambda d, x, w: x @ d / len(x),
)
mean_means_first = _together(
    "mean-before-product",
    "reduction",
    "You average the factors one by one and multiply then. Multiply for each sample, then average.",
    lambda d, x, w: d.mean() * x.mean(axis=0),
)
mean_no_x = _together(
    "input-missing",
    "derivative",
    "The last factor is missing: da/dw_p = x_p, for each sample.",
    lambda d, x, w, full: np.full(len(w), d.mean()) if full else d.mean(),
    full=(True, False),
)
mean_w_for_x = _together(
    "weight-for-input",
    "derivative",
    "You multiply by the weights. da/dw_p is the input x_p of each sample.",
    lambda d, x, w: d.mean() * w,
)
mean_rate = _together(
    "learning-rate-inside",
    "scale",
    "A learning rate has got into your gradient. It belongs to the update.",
    lambda d, x, w, rate: rate * d @ x / len(x),
    rate=(0.1, 0.01, 0.001, -0.1, -0.01, 0.05, 0.3),
)
mean_updated = _together(
    "weights-returned",
    "wrong-argument",
    "You return new weights, or a step added to them. The gradient alone is asked for.",
    lambda d, x, w, s: w + s * d @ x / len(x),
    s=(-1, 1, -0.1, -0.01),
)
mean_bias_zero = _together(
    "bias-not-trained",
    "indexing",
    "The first weight gets no gradient. The bias learns like the others.",
    lambda d, x, w: np.concatenate([[0.0], (d @ x / len(x))[1:]]),
)
mean_last_zero = _together(
    "last-input-skipped",
    "indexing",
    "The last weight gets no gradient: range(n) stops before n by itself.",
    lambda d, x, w: np.concatenate([(d @ x / len(x))[:-1], [0.0]]),
)
mean_bias_one = _together(
    "bias-input-taken-as-one",
    "edge-case",
    "You take the bias inputs for 1. Their values stand in the first column.",
    lambda d, x, w: np.concatenate([[d.mean()], (d @ x / len(x))[1:]]),
)
mean_column = _together(
    "extra-axis",
    "shape",
    "Your gradient has an axis too many. It should have the shape of w, (D,).",
    lambda d, x, w, axis: np.expand_dims(d @ x / len(x), axis),
    axis=(0, 1),
)
mean_running = _together(
    "running-mean",
    "indexing",
    "You divide inside the loop, so early samples are divided again and again. Divide once, at the "
    "end.",
    lambda d, x, w: sum(d[n] * x[n] / len(x) ** (len(x) - n) for n in range(len(x))),
)


def _of_means(x, w, t):
    y = sigma(np.asarray(x) @ np.asarray(w))
    return np.mean(2 * (y - t)) * np.mean(slope(y)) * np.mean(x, axis=0)


mean_of_means = _declared(
    "means-multiplied",
    "reduction",
    "You multiply the means of the three factors. Multiply them for each sample, and average the "
    "products: a mean of products is no product of means.",
    _of_means,
)
mean_rounded = _together(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda d, x, w, digits: np.round(d @ x / len(x), digits),
    digits=(1, 2, 3, 4, 5),
)
mean_squeezed = _together(
    "single-input-squeezed",
    "shape",
    "A neuron with a single input gets a plain number. Its gradient has the shape of w, (1,).",
    lambda d, x, w: np.squeeze(d @ x / len(x)),
)


def _once(d, x, w, by):
    kept = {tuple(row): s * row for s, row in zip(d, x)}
    return sum(kept.values()) / (len(x) if by == "all" else len(kept))


mean_by_input = _together(
    "equal-samples-counted-once",
    "indexing",
    "A sample that comes twice counts once: np.unique drops it, and so does a dictionary by "
    "inputs. Add every sample up.",
    _once,
    by=("all", "kept"),
)
mean_by_four = _together(
    "divided-by-four",
    "scale",
    "You divide by 4, as many samples as the lecture has. Divide by len(x).",
    lambda d, x, w: d @ x / 4,
)
mean_four = _together(
    "four-samples-only",
    "indexing",
    "Your loop runs over 4 samples, as many as the lecture has. Loop over all of x: range(len(x)).",
    lambda d, x, w, by: sum(d[n] * x[n] for n in range(4)) / (len(x) if by else 4),
    by=(True, False),
)
mean_three = _declared(
    "three-inputs-only",
    "indexing",
    "Your code is written for three inputs, as many as the lecture's data have. Loop over "
    "range(len(w)), or use whole arrays.",
    lambda x, w, t, whole: (
        (right(x, w, t) if whole else right(x[:, :3], w[:3], t)) @ x[:, [0, 1, 2]] / len(x)
    ),
    {"whole": (True, False)},
)
mean_bias_added = _together(
    "bias-input-added",
    "shape",
    "You give each sample another bias input. It stands in x already: the gradient has one entry "
    "for each weight.",
    lambda d, x, w, first: (
        np.concatenate([[d.sum()], d @ x] if first else [d @ x, [d.sum()]]) / len(x)
    ),
    first=(True, False),
)
mean_decay = _together(
    "weight-decay",
    "training",
    "You add a share of the weights to the gradient. That is regularisation, which nobody asked "
    "for here.",
    lambda d, x, w, k: d @ x / len(x) + k * w,
    k=(0.1, 0.01, 0.001, 1e-4),
)
mean_limited = _together(
    "gradient-clipped",
    "scale",
    "You limit the gradient. It is as large as it is; large inputs make it so.",
    lambda d, x, w, k, each: (
        np.clip(d[:, None] * x, -k, k).mean(axis=0) if each else np.clip(d @ x / len(x), -k, k)
    ),
    k=(1, 0.5),
    each=(True, False),
)


mean_error_itself = _declared(
    "error-returned",
    "derivative",
    "You return the error (y − t)² itself. Asked for is how it changes with each weight.",
    lambda x, w, t, full: np.mean((sigma(x @ w) - t) ** 2) * (np.ones(len(w)) if full else 1),
    {"full": (True, False)},
)


@mistake(
    "batch_gradient",
    "target-rounded",
    family="wrong-argument",
    variants={"at": (">", ">=", "whole")},
)
def mean_class(x, w, t, at):
    """You make every target 0 or 1 first. Targets may lie between: take them as they are."""
    hard = {">": t > 0.5, ">=": t >= 0.5, "whole": t >= 1}[at]
    return right(x, w, 1.0 * hard) @ x / len(x)


@mistake(
    "batch_gradient",
    "prediction-clipped",
    family="numerics",
    variants={"by": (0.01, 0.005, 1e-3, 1e-5)},
)
def mean_clipped(x, w, t, by):
    """You keep the predictions away from 0 and 1. The gradient has no logarithm in it: take y as it
    is."""
    y = np.clip(sigma(x @ w), by, 1 - by)
    return 2 * (y - t) * y * (1 - y) @ x / len(x)


@mistake(
    "batch_gradient",
    "made-like-the-inputs",
    family="numerics",
    variants={"added": (False, True)},
)
def mean_like_inputs(x, w, t, added):
    """The gradient is written into an array made like a row of x. If that holds whole numbers,
    fractions are cut off or refused: ask for floats."""
    gradient = np.zeros_like(x[0])
    if added:
        gradient += right(x, w, t) @ x / len(x)
    else:
        gradient[:] = right(x, w, t) @ x / len(x)
    return gradient


@mistake("batch_gradient", "table-of-all-pairs", family="shape", variants={"first": (True, False)})
def mean_pairs(x, w, t, first):
    """A column minus a row is a table of all pairs of samples: each prediction is compared with
    every target. Keep y and t both (N,)."""
    y = sigma(x @ w)
    errors = (y[:, None] - t).mean(axis=1) if first else (y - t[:, None]).sum(axis=0)
    return 2 * errors * slope(y) @ x / len(x)


@mistake("batch_gradient", "total-error-for-each", family="reduction", variants={"two": (1, 2)})
def mean_total(x, w, t, two):
    """You give every sample the mean error. Each is to blame for its own y − t only."""
    y = sigma(x @ w)
    return two * np.mean(y - t) * slope(y) @ x / len(x)


@mistake(
    "batch_gradient", "weights-move-meanwhile", family="training", variants={"rate": (1, 0.1, 0.01)}
)
def mean_online(x, w, t, rate):
    """You move the weights from sample to sample while you collect the gradient. All samples are
    judged by the same weights."""
    w, total = np.array(w, dtype=float), 0
    for sample, target in zip(x, t):
        g = right(sample, w, target) * sample
        total, w = total + g, w - rate * g
    return total / len(x)


@mistake(
    "batch_gradient",
    "integer-buffer",
    family="numerics",
    variants={"early": (True, False, None)},
)
def mean_integers(x, w, t, early):
    """The gradient is collected in an array made like w. If that holds whole numbers, fractions are
    cut off or refused: ask for floats."""
    d, total = right(x, w, t), np.zeros_like(w)
    if early is None:
        total += d @ x / len(x)
        return total
    for n in range(len(x)):
        for p in range(len(w)):
            total[p] += d[n] * x[n][p] / (len(x) if early else 1)
    return total if early else total / len(x)


@mistake("batch_gradient", "w-changed", family="purity", variants={"rate": (1.0, 0.1)})
def mean_changes_w(x, w, t, rate):
    """You update the caller's weights on the way. Only return the gradient; the step comes
    later."""
    gradient = right(x, w, t) @ x / len(x)
    w = np.asarray(w, dtype=float)
    w -= rate * gradient
    return gradient
