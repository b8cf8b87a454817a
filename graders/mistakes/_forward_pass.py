"""Known wrong answers to ``forward_pass``; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake


def _sigma(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a, dtype=float))


def _surprise(y, t):
    with np.errstate(all="ignore"):
        return -(t * np.log(y) + (1 - t) * np.log(1 - y))


def _square(y, t):
    return (y - t) ** 2


LOSSES = {"mse": _square, "bce": _surprise}


def _error(loss, losses=LOSSES):
    if loss not in losses:
        raise ValueError(loss)
    return losses[loss]


ONE_OR_BOTH = (None, "mse", "bce")
"""For which of the losses something is wrong; ``None`` for both."""


def _pass(slug, family, sentence, rule, **variants):
    """Declare a wrong pass: a rule from the right y, e and total, and x, w, t, to what is given.

    ``only`` among the variants says for which loss.
    """

    def body(x, w, t, loss="mse", only=None, **choices):
        y = _sigma(x @ w)
        e = _error(loss)(y, t)
        total = float(np.mean(e))
        if only not in (None, loss):
            return y, e, total
        return rule(y, e, total, x, w, t, **choices)

    body.__doc__ = sentence
    return mistake("forward_pass", slug, family=family, variants=variants)(body)


def _predicted(slug, family, sentence, predict, **variants):
    """Declare a pass whose predictions are wrong; the rest follows from them."""

    def body(x, w, t, loss="mse", **choices):
        y = predict(np.asarray(x), np.asarray(w), **choices)
        e = _error(loss)(y, t)
        return y, e, float(np.mean(e))

    body.__doc__ = sentence
    return mistake("forward_pass", slug, family=family, variants=variants)(body)


def _measured(slug, family, sentence, losses, **variants):
    """Declare a pass whose errors are wrong: other rules for "mse", "bce" or both."""

    def body(x, w, t, loss="mse", **choices):
        y = _sigma(x @ w)
        with np.errstate(all="ignore"):
            e = _error(loss, LOSSES | losses)(y, t, **(choices if loss in losses else {}))
        return y, e, float(np.mean(e))

    body.__doc__ = sentence
    return mistake("forward_pass", slug, family=family, variants=variants)(body)


# --- the total, and what is returned ---

pass_last_total = _pass(
    "last-error-for-total",
    "reduction",
    "Your total is the error of the last sample. It is the mean over all of them: sum e, divide by "
    "N.",
    lambda y, e, total, x, w, t: (y, e, float(e[-1])),
    only=ONE_OR_BOTH,
)
pass_first_total = _pass(
    "first-error-for-total",
    "reduction",
    "Your total is the error of the first sample. It is the mean over all of them.",
    lambda y, e, total, x, w, t: (y, e, float(e[0])),
)
pass_sum_total = _pass(
    "sum-for-mean",
    "reduction",
    "Your total is the sum of the errors. Divide by the number of samples.",
    lambda y, e, total, x, w, t: (y, e, float(e.sum())),
    only=ONE_OR_BOTH,
)
pass_by_inputs = _pass(
    "divided-by-inputs",
    "reduction",
    "You divide the total by the number of inputs. The mean runs over the N samples, len(x).",
    lambda y, e, total, x, w, t: (y, e, float(e.sum() / x.shape[1])),
    only=ONE_OR_BOTH,
)
pass_lost_total = _pass(
    "total-not-accumulated",
    "indexing",
    "One error only reaches your total before it is divided by N. Add every sample's error: `+=`.",
    lambda y, e, total, x, w, t, which: (y, e, float(e[which] / len(e))),
    which=(-1, 0),
)
pass_divided_twice = _pass(
    "divided-twice",
    "scale",
    "Your total is divided by N twice: a mean has done so already.",
    lambda y, e, total, x, w, t: (y, e, total / len(e)),
)
pass_by_four = _pass(
    "divided-by-four",
    "wrong-argument",
    "You divide the total by 4, as many samples as the lecture has. Count those that came: len(x).",
    lambda y, e, total, x, w, t: (y, e, float(e.sum() / 4)),
)
pass_pieces = _pass(
    "last-piece-left-out",
    "indexing",
    "You take the samples in pieces of eight and leave out those that fill no piece. Every sample "
    "counts.",
    lambda y, e, total, x, w, t: (
        *(np.where(np.arange(len(y)) < max(1, len(y) // 8) * 8, part, 0.0) for part in (y, e)),
        float(e[: max(1, len(y) // 8) * 8].sum() / len(y)),
    ),
)
pass_half_total = _pass(
    "half-total",
    "scale",
    "Your total is half of the mean. The lecture's has no half.",
    lambda y, e, total, x, w, t: (y, e, total / 2),
    only=ONE_OR_BOTH,
)
pass_root_total = _pass(
    "root-of-total",
    "scale",
    "Your total is the root of the mean. It is the plain mean of the errors.",
    lambda y, e, total, x, w, t: (y, e, total**0.5),
    only=ONE_OR_BOTH,
)
pass_total_mse = _pass(
    "total-always-squared",
    "wrong-argument",
    "Your total is the mean squared error whatever loss was asked for. It is the mean of e.",
    lambda y, e, total, x, w, t: (y, e, float(np.mean((y - t) ** 2))),
)
pass_running_errors = _pass(
    "errors-accumulated",
    "indexing",
    "Your e holds running sums. Each entry is the error of one sample alone.",
    lambda y, e, total, x, w, t: (y, np.cumsum(e), total),
)
pass_array_total = _pass(
    "total-not-a-number",
    "shape",
    "Your total is an array. It should be a single number.",
    lambda y, e, total, x, w, t, full: (
        y,
        e,
        np.full(len(e), total) if full else np.array([total]),
    ),
    full=(True, False),
)
pass_mean_error = _pass(
    "errors-averaged",
    "reduction",
    "You return the mean where the errors of the single samples are asked for. e is (N,).",
    lambda y, e, total, x, w, t, full: (y, np.full(len(e), total) if full else total, total),
    full=(True, False),
    only=ONE_OR_BOTH,
)
pass_order = _pass(
    "order-of-results",
    "shape",
    "Your three results come in another order. It is y, then e, then the total.",
    lambda y, e, total, x, w, t, order: tuple((y, e, total)[i] for i in order),
    order=((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)),
)
pass_lecture_return = _pass(
    "weights-returned",
    "lecture-bug",
    "The lecture's listing returns (y, w, total_e). Here the second one is e, the errors.",
    lambda y, e, total, x, w, t: (y, np.asarray(w, dtype=float), total),
)
pass_two_results = _pass(
    "result-missing",
    "shape",
    "One of the three results is missing. Return y, e and the total.",
    lambda y, e, total, x, w, t, kept: [(y, e), (y, total), (e, total), total, y, e][kept],
    kept=tuple(range(6)),
)
pass_first_only = _pass(
    "return-inside-loop",
    "indexing",
    "You return after the first sample. Does the return stand inside the loop?",
    lambda y, e, total, x, w, t, all_n: (y[:1], e[:1], float(e[0] / (len(e) if all_n else 1))),
    all_n=(True, False),
)
pass_sample_skipped = _pass(
    "sample-skipped",
    "indexing",
    "One sample is left out: your loop begins too late or ends too early.",
    lambda y, e, total, x, w, t, first, by_n: (
        y[1:] if first else y[:-1],
        e[1:] if first else e[:-1],
        float((e[1:] if first else e[:-1]).sum() / max(len(e) - (not by_n), 1)),
    ),
    first=(True, False),
    by_n=(True, False),
)
pass_columns = _pass(
    "columns-returned",
    "shape",
    "Your results are columns (N, 1). They should be (N,), or later differences broadcast.",
    lambda y, e, total, x, w, t: (y[:, None], e[:, None], total),
)
pass_rounded = _pass(
    "rounded",
    "numerics",
    "You round the results. Round when you print, not when you compute.",
    lambda y, e, total, x, w, t, digits: (
        np.round(y, digits),
        np.round(e, digits),
        round(total, digits),
    ),
    digits=(1, 2, 3, 4, 5),
)
pass_total_rounded = _pass(
    "total-rounded",
    "numerics",
    "You round the total. Round when you print, not when you compute.",
    lambda y, e, total, x, w, t, digits: (y, e, round(total, digits)),
    digits=(1, 2, 3, 4, 5),
)
pass_pre_activation_out = _pass(
    "pre-activation-returned",
    "wrong-argument",
    "Your errors are right, but in the place of y you return the weighted sums. y is their "
    "sigmoid.",
    lambda y, e, total, x, w, t: (x @ np.asarray(w, dtype=float), e, total),
)
pass_decisions_out = _pass(
    "decisions-returned",
    "wrong-argument",
    "Your errors are right, but in the place of y you return decisions, 0 or 1. y is the "
    "probability.",
    lambda y, e, total, x, w, t, at, kind: (
        ((y >= 0.5) if at else (y > 0.5)).astype(kind),
        e,
        total,
    ),
    at=(True, False),
    kind=(float, bool),
)

# --- the predictions ---

pass_no_bias = _predicted(
    "bias-dropped",
    "indexing",
    "The bias is missing: you leave out the first column and w[0].",
    lambda x, w: _sigma(x[:, 1:] @ w[1:]),
)
pass_bias_one = _predicted(
    "bias-input-taken-as-one",
    "edge-case",
    "You add w[0] as it is, as if the first column were all 1. It holds the bias input, whatever "
    "its value.",
    lambda x, w: _sigma(x[:, 1:] @ w[1:] + w[0]),
)
pass_bias_twice = _predicted(
    "bias-added-twice",
    "architecture",
    "You add the bias once more. The first column has brought it into the sum already.",
    lambda x, w, one: _sigma(x @ w + (1 if one else w[0])),
    one=(False, True),
)
pass_not_reset = _predicted(
    "sum-not-reset",
    "indexing",
    "The weighted sum keeps growing from sample to sample. Set v back to 0 before each one.",
    lambda x, w: _sigma(np.cumsum(x @ w)),
)
pass_last_product = _predicted(
    "sum-not-accumulated",
    "indexing",
    "Only the last input counts: `v =` overwrites the sum. Add with `+=`.",
    lambda x, w: _sigma(x[:, -1] * w[-1]),
)
pass_input_skipped = _predicted(
    "last-input-skipped",
    "indexing",
    "Your sum leaves out the last input. range(n) stops before n by itself.",
    lambda x, w: _sigma(x[:, :-1] @ w[:-1]),
)
pass_negative = _predicted(
    "sign-of-exponent",
    "sign",
    "Your predictions fall where they should rise: the sigmoid has a minus in its exponent.",
    lambda x, w: _sigma(-(x @ w)),
)
pass_twice = _predicted(
    "sigmoid-twice",
    "derivative",
    "You apply the sigmoid twice, so nothing gets below 1/2. Once is enough.",
    lambda x, w: _sigma(_sigma(x @ w)),
)
pass_linear = _predicted(
    "sigmoid-missing",
    "architecture",
    "You never apply the sigmoid: predictions and errors are those of the weighted sums.",
    lambda x, w: x @ w * 1.0,
)
pass_tanh = _predicted(
    "tanh-for-sigmoid",
    "wrong-argument",
    "You use tanh, which runs from −1 to 1. The neuron of this course uses the sigmoid.",
    lambda x, w, half: np.tanh(x @ w / 2) if half else np.tanh(x @ w),
    half=(False, True),
)
pass_step = _predicted(
    "step-for-sigmoid",
    "wrong-argument",
    "Your neuron answers 0 or 1. It should answer with a probability: the sigmoid.",
    lambda x, w, above, kind: above(x @ w).astype(kind),
    kind=(float, bool),
    above=(
        lambda a: a >= 0,
        lambda a: a > 0,
        lambda a: _sigma(a) >= 0.5,
        lambda a: _sigma(a) > 0.5,
    ),
)


@mistake(
    "forward_pass",
    "precedence",
    family="lecture-bug",
    variants={"log": ("numpy", "math", "clipped", "guarded")},
)
def pass_precedence(x, w, t, loss="mse", log="numpy"):
    """Python reads 1/1+e^−v as 1 + e^−v, as in the lecture's listing: your predictions are all
    above 1. Put the denominator in brackets."""
    y = 1 / 1 + np.exp(-(x @ w))
    measure = _error(loss)
    if loss == "bce" and log == "math":
        raise ValueError("math domain error")
    p = np.clip(y, 1e-12, 1 - 1e-12) if loss == "bce" and log == "clipped" else y
    e = measure(p, t)
    if loss == "bce" and log == "guarded":
        e = -(t * np.log(y) + (1 - t) * np.log(np.maximum(1 - y, 1e-12)))
    return y, e, float(np.mean(e))


@mistake("forward_pass", "wrong-length", family="indexing", variants={"cut": (True, False)})
def pass_wrong_length(x, w, t, loss="mse", cut=True):
    """You loop over len(x) inputs; that is the number of samples. A sample has len(x[0]) inputs,
    and square data hide the difference."""
    n, d = np.shape(x)
    if n > d and not cut:
        raise IndexError
    y = _sigma(x[:, :n] @ w[:n])
    e = _error(loss)(y, t)
    return y, e, float(np.mean(e))
