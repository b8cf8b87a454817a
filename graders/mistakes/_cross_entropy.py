"""Known wrong answers to ``cross_entropy``; ``losses`` takes them in."""

import math

import numpy as np

from chainrule.grading import mistake

from ._logarithms import FEW, MOST, STYLES, log_in, pair, rounded, weighted


def _ce(slug, family, sentence, rule, styles=FEW, **variants):
    """Declare a wrong cross-entropy: a rule from y, t, the logarithm to the base and the guard."""

    def body(y, t, base=math.e, style=None, **choices):
        y, t = pair(y, t, style[1])
        return rule(y, t, log_in(base), style[0], **choices)

    body.__doc__ = sentence
    variants = {"style": styles} | variants
    return mistake("cross_entropy", slug, family=family, variants=variants)(body)


def _fixed(slug, family, sentence, rule, styles=MOST, **variants):
    """Declare one that treats the base wrongly: the rule gets y, the base and its own choices."""

    def body(y, t, base=math.e, style=None, **choices):
        y, t = pair(y, t, style[1])
        terms = weighted(t, y, style[0], lambda p: rule(p, base, **choices))
        return -np.sum(terms) / len(y)

    body.__doc__ = sentence
    variants = {"style": styles} | variants
    return mistake("cross_entropy", slug, family=family, variants=variants)(body)


# --- what is added up and divided by ---

ce_sum = _ce(
    "sum-for-mean",
    "reduction",
    "You add the samples' losses up. Divide by their number N, so that a larger batch is not a "
    "worse one.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log)),
    STYLES,
)
ce_all_entries = _ce(
    "mean-over-all-entries",
    "reduction",
    "You average over all N × K entries. Sum over the classes of a sample, then average over the N "
    "samples.",
    lambda y, t, log, g: -np.mean(weighted(t, y, g, log)),
    STYLES,
)
ce_by_classes = _ce(
    "divided-by-classes",
    "reduction",
    "You divide by the number of classes. The average runs over the N samples, the rows.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log)) / y.shape[-1],
    MOST,
)
ce_minus = _ce(
    "minus-missing",
    "sign",
    "Your loss is negative: logarithms of probabilities are, so the formula starts with a minus.",
    lambda y, t, log, g: np.sum(weighted(t, y, g, log)) / len(y),
    STYLES,
)
ce_half = _ce(
    "half",
    "scale",
    "You halve the loss. The formula has a mean over the samples and nothing else in front.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log)) / len(y) / 2,
)
ce_twice_divided = _ce(
    "divided-twice",
    "scale",
    "You divide by the number of samples twice: a mean has done so already.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log)) / len(y) ** 2,
)
ce_rows = _ce(
    "not-averaged",
    "reduction",
    "You return one loss for each sample. A batch has a single loss: their mean.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log), axis=1),
)
ce_matrix = _ce(
    "not-summed",
    "reduction",
    "You return one number for each entry. Sum over the classes and average over the samples.",
    lambda y, t, log, g: -weighted(t, y, g, log),
)
ce_columns = _ce(
    "wrong-axis",
    "axis",
    "You reduce over the samples and keep the classes. Samples are rows: sum along each row.",
    lambda y, t, log, g, by: by(-weighted(t, y, g, log)),
    by=(lambda terms: terms.sum(axis=0), lambda terms: terms.mean(axis=0)),
)
ce_one = _ce(
    "one-sample-only",
    "indexing",
    "Your loss is that of a single sample, the first or the last. Average over all of them.",
    lambda y, t, log, g, which: -np.sum(weighted(t, y, g, log)[which]),
    which=(0, -1),
)
ce_lost = _ce(
    "not-accumulated",
    "indexing",
    "One sample only reaches your mean: the total is overwritten, or the return stands inside the "
    "loop. Add every sample, then divide once.",
    lambda y, t, log, g, which: -np.sum(weighted(t, y, g, log)[which]) / len(y),
    which=(0, -1),
)
ce_skips = _ce(
    "sample-skipped",
    "indexing",
    "Your loop leaves out the first or the last sample. range(n) already covers all n of them.",
    lambda y, t, log, g, part: -np.sum(weighted(t, y, g, log)[part]) / len(y),
    part=(slice(1, None), slice(None, -1)),
)
ce_class_skipped = _ce(
    "class-skipped",
    "indexing",
    "Your loop leaves out the first or the last class. range(k) already covers all k of them.",
    lambda y, t, log, g, part: -np.sum(weighted(t, y, g, log)[:, part]) / len(y),
    part=(slice(1, None), slice(None, -1)),
)
ce_negative_zero = _ce(
    "one-entry-array",
    "shape",
    "Your loss is an array with one entry. A loss is a plain number, without an axis.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log), keepdims=True).reshape(-1) / len(y),
)

# --- which logarithm of what ---

ce_base_ignored = _fixed(
    "base-ignored",
    "wrong-argument",
    "Your logarithm is the natural one whatever base is asked for. Divide by the logarithm of the "
    "base.",
    lambda p, base: np.log(p),
    STYLES,
)
ce_wrong_log = _fixed(
    "wrong-logarithm",
    "scale",
    "Your logarithm has a base of its own, 2 or 10. np.log is the natural one; the argument `base` "
    "says which is wanted.",
    lambda p, base, own: np.log(p) / math.log(own),
    own=(2, 10),
)
ce_default_base = _fixed(
    "wrong-default-base",
    "wrong-argument",
    "Without an argument your loss is not in nats. The default of `base` is e.",
    lambda p, base, own: np.log(p) / math.log(own if base == math.e else base),
    own=(2, 10, 2.7, 2.71, 2.718, 2.72),
)
ce_base_times = _fixed(
    "base-multiplied",
    "derivative",
    "You multiply by the logarithm of the base. To change to a larger base makes logarithms "
    "smaller: divide.",
    lambda p, base: np.log(p) * np.log(base),
)
ce_base_itself = _fixed(
    "divided-by-base",
    "derivative",
    "You divide by the base itself, so that even nats come out wrong. Divide by its logarithm.",
    lambda p, base: np.log(p) / base,
)
ce_base_times_itself = _fixed(
    "multiplied-by-base",
    "derivative",
    "You multiply by the base. The change of base is a division by its logarithm.",
    lambda p, base: np.log(p) * base,
)
ce_base_inside = _fixed(
    "base-inside-logarithm",
    "derivative",
    "You divide inside the logarithm. log(y) / log(b) and log(y / b) are different things.",
    lambda p, base: np.log(p / base),
    FEW,
)
ce_base_binary = _fixed(
    "base-in-bits",
    "derivative",
    "You mix two logarithms: numerator and denominator of the change of base need the same one.",
    lambda p, base, own, up: (
        np.log(p) / math.log(base, own) if up else np.log(p) / math.log(own) / math.log(base)
    ),
    FEW,
    own=(2, 10),
    up=(True, False),
)
ce_base_two_only = _fixed(
    "only-base-two-known",
    "wrong-argument",
    "You convert for base 2, or for 2 and 10, only; any base may be asked for. One formula serves "
    "them all.",
    lambda p, base, known: np.log(p) / (math.log(base) if base in known else 1),
    MOST,
    known=((2,), (2, 10), (10,)),
)
ce_base_upside_down = _fixed(
    "base-upside-down",
    "derivative",
    "Numerator and denominator of the change of base are exchanged: it is log(y) over log(b).",
    lambda p, base: np.log(base) / np.log(p),
    FEW,
)
ce_log1p = _fixed(
    "one-added-inside",
    "numerics",
    "You take the logarithm of 1 + y to avoid log 0. That changes every loss: handle y = 0 by "
    "itself.",
    lambda p, base: np.log1p(p) / math.log(base),
    FEW,
)
ce_no_log = _fixed(
    "logarithm-missing",
    "derivative",
    "You never take a logarithm. The loss is the surprise −log y at the true class.",
    lambda p, base: p,
    FEW,
)

ce_swapped = _ce(
    "arguments-swapped",
    "wrong-argument",
    "You take the logarithm of the targets, which are mostly 0. It belongs to the prediction; t is "
    "the weight before it.",
    lambda y, t, log, g: -np.sum(weighted(y, t, g, log)) / len(y),
    STYLES,
)
ce_binary = _ce(
    "binary-terms-added",
    "derivative",
    "You also add the (1 − t) log(1 − y) terms of the binary loss. With K classes only the true "
    "class counts.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log) + weighted(1 - t, 1 - y, g, log)) / len(y),
    MOST,
)
ce_binary_mean = _ce(
    "binary-mean",
    "derivative",
    "You compute the binary loss and average it over all entries. Only the true class counts, and "
    "the mean runs over samples.",
    lambda y, t, log, g: -np.mean(weighted(t, y, g, log) + weighted(1 - t, 1 - y, g, log)),
)
ce_complement = _ce(
    "probability-of-the-others",
    "derivative",
    "You take the logarithm of 1 − y, so a right answer costs most. It is the probability of the "
    "true class that counts.",
    lambda y, t, log, g: -np.sum(weighted(t, 1 - y, g, log)) / len(y),
    MOST,
)
ce_no_target = _ce(
    "target-ignored",
    "wrong-argument",
    "You add up the logarithms of all classes. The target t picks, or weighs, the ones that count.",
    lambda y, t, log, g: -np.sum(weighted(np.ones(y.shape), y, g, log)) / len(y),
    MOST,
)
ce_predicted = _ce(
    "largest-class-counted",
    "indexing",
    "You charge for the class that was predicted, not for the one that is true.",
    lambda y, t, log, g: -np.mean(weighted(np.ones(len(y)), y.max(axis=1), g, log)),
)
ce_argmax = _ce(
    "soft-targets-hardened",
    "wrong-argument",
    "You look only at the target's largest class. A soft target spreads its weight: every class "
    "counts by its share.",
    lambda y, t, log, g: (
        -np.mean(weighted(np.ones(len(y)), y[np.arange(len(y)), t.argmax(axis=1)], g, log))
    ),
    MOST,
)
ce_exact_ones = _ce(
    "soft-targets-dropped",
    "wrong-argument",
    "You count a class only where its target is exactly 1, so soft targets cost nothing. Multiply "
    "by t instead of testing it.",
    lambda y, t, log, g, by: -np.sum(weighted((t == 1) * 1, y, g, log)) / by(t),
    by=(len, lambda t: np.sum(t == 1)),
)
ce_all_named = _ce(
    "soft-targets-counted-whole",
    "wrong-argument",
    "You count a class fully as soon as its target is above 0. A soft target is a weight: multiply "
    "by it.",
    lambda y, t, log, g, by: -np.sum(weighted((t > 0) * 1, y, g, log)) / by(t),
    by=(len, lambda t: np.sum(t > 0)),
)
ce_log_of_sum = _ce(
    "logarithm-of-the-sum",
    "reduction",
    "You sum first and take the logarithm then. Every term has a logarithm of its own.",
    lambda y, t, log, g, axis: (
        -np.sum(weighted(np.ones(1), np.atleast_1d(np.sum(t * y, axis=axis)), g, log)) / len(y)
    ),
    MOST,
    axis=(1, None),
)
ce_softmax = _ce(
    "softmax-applied-again",
    "derivative",
    "You send y through a softmax, but y holds probabilities already.",
    lambda y, t, log, g: (
        -np.sum(t * log(np.exp(y) / np.exp(y).sum(axis=1, keepdims=True))) / len(y)
    ),
    (("inf", True), ("inf", False)),
)
ce_renormalised = _ce(
    "rows-renormalised",
    "scale",
    "You divide each row of y by its sum. The loss takes the probabilities as they are given.",
    lambda y, t, log, g: -np.sum(weighted(t, y / y.sum(axis=-1, keepdims=True), g, log)) / len(y),
    MOST,
)
ce_divergence = _ce(
    "kl-divergence",
    "derivative",
    "You subtract the target's own entropy: that is the Kullback-Leibler divergence. Cross-entropy "
    "keeps it.",
    lambda y, t, log, g: (
        (np.sum(weighted(t, np.where(t > 0, t, 1), "inf", log)) - np.sum(weighted(t, y, g, log)))
        / len(y)
    ),
)
ce_squared = _ce(
    "squared-error",
    "wrong-argument",
    "You compute a squared error. Cross-entropy weighs logarithms of y by t.",
    lambda y, t, log, g, by: np.sum((y - t) ** 2) / by(y),
    (("inf", True), ("inf", False)),
    by=(len, np.size),
)
ce_perplexity = _ce(
    "exponential-taken",
    "derivative",
    "You take the exponential of the loss at the end: that is the perplexity.",
    lambda y, t, log, g, nats: np.exp(-np.sum(weighted(t, y, g, np.log if nats else log)) / len(y)),
    nats=(False, True),
)
ce_rounded = _ce(
    "rounded",
    "numerics",
    "You round the loss. Round when you print it, not when you compute it.",
    lambda y, t, log, g, digits, by: rounded(-np.sum(weighted(t, y, g, log)) / len(y), digits, by),
    FEW[:1] + FEW[2:],
    digits=(1, 2, 3, 4, 5),
    by=("numpy", "Python"),
)
