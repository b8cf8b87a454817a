"""Known wrong answers to ``binary_cross_entropy``; ``losses`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._logarithms import (
    FEW,
    MOST,
    STYLES,
    both_terms,
    log_in,
    pair,
    rounded,
    weighted,
)


def _bce(slug, family, sentence, rule, styles=FEW, **variants):
    """Declare a wrong binary cross-entropy: a rule from y, t and the guard to the loss."""

    def body(y, t, style, **choices):
        y, t = pair(y, t, style[1])
        return rule(y, t, style[0], **choices)

    body.__doc__ = sentence
    variants = {"style": styles} | variants
    return mistake("binary_cross_entropy", slug, family=family, variants=variants)(body)


def _reduced(slug, family, sentence, rule, styles=MOST, **variants):
    """Declare one whose two terms are right: the rule gets their sum for each sample."""
    return _bce(
        slug,
        family,
        sentence,
        lambda y, t, g, **choices: rule(sum(both_terms(t, y, g)), **choices),
        styles,
        **variants,
    )


def _of_each_class(y, t, g, least):
    """The mean over class 1 plus the mean over class 0; a class that is absent counts `least`."""
    ones, zeros = both_terms(t, y, g)
    counts = np.maximum([np.sum(t), np.sum(1 - t)], least)
    return -np.sum(ones) / counts[0] - np.sum(zeros) / counts[1]


# --- signs and terms ---

bce_minus_one_term = _bce(
    "minus-covers-one-term",
    "sign",
    "Your minus stands before one of the two terms only. It belongs to both: put the sum in "
    "brackets.",
    lambda y, t, g, s: np.mean(
        s * both_terms(t, y, g)[0] - s * both_terms(t, y, g)[1],
    ),
    STYLES,
    s=(-1, 1),
)
bce_one_term_averaged = _bce(
    "mean-covers-one-term",
    "reduction",
    "Your mean covers one of the two terms only; the other stays one number for each sample. Add "
    "them up first and average the sum.",
    lambda y, t, g, first, s: (
        -sum(
            s[n] * (np.mean(term) if (n == 0) == first else term)
            for n, term in enumerate(both_terms(t, y, g))
        )
    ),
    first=(True, False),
    s=((1, 1), (1, -1)),
)
bce_second_missing = _bce(
    "second-term-missing",
    "derivative",
    "Targets of 0 cost nothing: the term (1 − t) log(1 − y) is missing.",
    lambda y, t, g: -np.mean(both_terms(t, y, g)[0]),
    STYLES,
)
bce_first_missing = _bce(
    "first-term-missing",
    "derivative",
    "Targets of 1 cost nothing: the term t log(y) is missing.",
    lambda y, t, g: -np.mean(both_terms(t, y, g)[1]),
)
bce_swapped = _bce(
    "arguments-swapped",
    "wrong-argument",
    "You take logarithms of the targets. They belong to the prediction y; t is the weight before "
    "them.",
    lambda y, t, g: -np.mean(sum(both_terms(y, t, g))),
    STYLES,
)
bce_classes_swapped = _bce(
    "classes-swapped",
    "derivative",
    "Your weights are exchanged: t belongs to log(y), and 1 − t to log(1 − y).",
    lambda y, t, g: -np.mean(sum(both_terms(1 - t, y, g))),
    MOST,
)
bce_log_y_twice = _bce(
    "log-y-in-both-terms",
    "derivative",
    "Both your terms hold log(y). A target of 0 is charged for 1 − y.",
    lambda y, t, g: -np.mean(weighted(t, y, g) + weighted(1 - t, y, g)),
    MOST,
)
bce_t_twice = _bce(
    "t-in-both-terms",
    "derivative",
    "Both your terms are weighted with t. The second one has the weight 1 − t.",
    lambda y, t, g: -np.mean(weighted(t, y, g) + weighted(t, 1 - y, g)),
    MOST,
)
bce_unweighted = _bce(
    "target-ignored",
    "wrong-argument",
    "You add both logarithms whatever the target says. t weighs the first and 1 − t the second.",
    lambda y, t, g: -np.mean(weighted(np.ones(len(y)), y, g) + weighted(np.ones(len(y)), 1 - y, g)),
    MOST,
)
bce_brackets = _bce(
    "brackets-missing",
    "lecture-bug",
    "Without brackets, 1 − t·log(1 − y) multiplies first. Write (1 − t) around the weight.",
    lambda y, t, g: -np.mean(weighted(t, y, g) + 1 - weighted(t, 1 - y, g)),
)
bce_brackets_inside = _bce(
    "brackets-inside-missing",
    "lecture-bug",
    "Your second logarithm is that of 1, or it is 1 minus a logarithm: the brackets around 1 − y "
    "are in the wrong place.",
    lambda y, t, g: -np.mean(weighted(t, y, g) + (1 - t) * (1 - weighted(np.ones(len(y)), y, g))),
)

# --- soft targets ---

bce_soft_as_zero = _bce(
    "soft-targets-count-as-zero",
    "wrong-argument",
    "You ask whether t is 1 and treat everything else as 0. Soft targets lie between: weigh both "
    "terms.",
    lambda y, t, g: -np.mean(sum(both_terms((t == 1) * 1.0, y, g))),
    MOST,
)
bce_soft_as_one = _bce(
    "soft-targets-count-as-one",
    "wrong-argument",
    "You ask whether t is 0 and treat everything else as 1. Soft targets lie between: weigh both "
    "terms.",
    lambda y, t, g: -np.mean(sum(both_terms((t > 0) * 1.0, y, g))),
)
bce_soft_dropped = _bce(
    "soft-targets-dropped",
    "wrong-argument",
    "Targets that are neither 0 nor 1 cost nothing in your code. Weigh both terms with them.",
    lambda y, t, g: -np.mean(weighted((t == 1) * 1.0, y, g) + weighted((t == 0) * 1.0, 1 - y, g)),
)
bce_soft_rounded = _bce(
    "soft-targets-rounded",
    "wrong-argument",
    "You round the targets to 0 or 1. A soft target weighs both terms.",
    lambda y, t, g, f: -np.mean(sum(both_terms(f(t) * 1.0, y, g))),
    f=(lambda t: t > 0.5, lambda t: t >= 0.5),
)
bce_mixture = _bce(
    "logarithm-of-the-mixture",
    "reduction",
    "You mix the probabilities and take one logarithm. For soft targets that is another loss: each "
    "term has a logarithm of its own.",
    lambda y, t, g: -np.mean(weighted(np.ones(len(y)), t * y + (1 - t) * (1 - y), g)),
    MOST,
)
bce_distance = _bce(
    "logarithm-of-the-distance",
    "reduction",
    "You take the logarithm of 1 − |y − t|. For soft targets that is another loss: use both terms.",
    lambda y, t, g: -np.mean(weighted(np.ones(len(y)), 1 - np.abs(y - t), g)),
)
bce_plus_minus = _bce(
    "plus-minus-one-targets",
    "wrong-argument",
    "Your formula is for targets of −1 and +1. Here they run from 0 to 1.",
    lambda y, t, g, s: np.mean(np.log1p(np.exp(-(2 * t - 1 if s else t) * y))),
    (("inf", True), ("inf", False)),
    s=(True, False),
)

# --- what is added up and divided by ---

bce_minus = _reduced(
    "minus-missing",
    "sign",
    "Your loss is negative: logarithms of probabilities are, so the formula starts with a minus.",
    np.mean,
    STYLES,
)
bce_sum = _reduced(
    "sum-for-mean",
    "reduction",
    "You add the samples' losses up. Divide by their number N, so that a larger batch is not a "
    "worse one.",
    lambda e: -np.sum(e),
    STYLES,
)
bce_rows = _reduced(
    "not-averaged",
    "reduction",
    "You return one loss for each sample. A batch has a single loss: their mean.",
    lambda e: -e,
    STYLES,
)
bce_half = _reduced(
    "half",
    "scale",
    "You halve the loss, perhaps by averaging over two columns. Average over the samples only.",
    lambda e: -np.mean(e) / 2,
)
bce_twice_divided = _reduced(
    "divided-twice",
    "scale",
    "You divide by the number of samples twice: the mean has done so already.",
    lambda e: -np.mean(e) / len(e),
    FEW,
)
bce_one = _reduced(
    "one-sample-only",
    "indexing",
    "Your loss is that of a single sample, the first or the last. Average over all of them.",
    lambda e, which: -e[which],
    FEW,
    which=(0, -1),
)
bce_lost = _reduced(
    "not-accumulated",
    "indexing",
    "One sample only reaches your mean: the total is overwritten, or the return stands inside the "
    "loop. Add every sample, then divide once.",
    lambda e, which: -e[which] / len(e),
    FEW,
    which=(0, -1),
)
bce_skips = _reduced(
    "sample-skipped",
    "indexing",
    "Your loop leaves out the first or the last sample. range(n) already covers all n of them.",
    lambda e, which: -np.sum(e[1:] if which == 0 else e[:-1]) / len(e),
    FEW,
    which=(0, -1),
)
bce_by_targets = _bce(
    "divided-by-sum-of-targets",
    "reduction",
    "You divide by the sum of the targets, which counts the samples of class 1 only. Every sample "
    "counts: divide by their number N.",
    lambda y, t, g, least: -np.sum(sum(both_terms(t, y, g))) / np.maximum(np.sum(t), least),
    MOST,
    least=(0.0, 1.0),
)
bce_two_means = _bce(
    "mean-of-each-class",
    "reduction",
    "You average over the samples of each class and add the two means. There is one mean, over "
    "all N samples.",
    lambda y, t, g, by: _of_each_class(y, t if by[0] == "weights" else (t == 1) * 1.0, g, by[1]),
    MOST,
    by=(*(("weights", least) for least in (0.0, 1e-9, 1.0)), ("ones", 0.0), ("ones", 1.0)),
)
bce_one_entry = _reduced(
    "one-entry-array",
    "shape",
    "Your loss is an array with one entry. A loss is a plain number, without an axis.",
    lambda e: -np.mean(e, keepdims=True),
    FEW,
)
bce_rounded = _reduced(
    "rounded",
    "numerics",
    "You round the loss. Round when you print it, not when you compute it.",
    lambda e, digits, by: rounded(-np.mean(e), digits, by),
    FEW[:1] + FEW[2:],
    digits=(1, 2, 3, 4, 5),
    by=("numpy", "Python"),
)

# --- which logarithm of what ---

bce_divergence = _bce(
    "kl-divergence",
    "derivative",
    "You subtract the target's own entropy: that is the Kullback-Leibler divergence. Cross-entropy "
    "keeps it.",
    lambda y, t, g: np.mean(sum(both_terms(t, t, "inf")) - sum(both_terms(t, y, g))),
    MOST,
)
bce_wrong_log = _bce(
    "wrong-logarithm",
    "scale",
    "Your logarithm has the base 2 or 10. The loss is in nats: np.log is the natural one.",
    lambda y, t, g, own: -np.mean(sum(both_terms(t, y, g, log_in(own)))),
    MOST,
    own=(2, 10),
)
bce_no_log = _bce(
    "logarithm-missing",
    "derivative",
    "You never take a logarithm. The loss is the surprise −log y, or −log(1 − y).",
    lambda y, t, g: -np.mean(t * y + (1 - t) * (1 - y)),
    (("inf", True), ("inf", False)),
)
bce_squared = _bce(
    "squared-error",
    "wrong-argument",
    "You compute a squared error. Cross-entropy weighs logarithms of y and 1 − y.",
    lambda y, t, g: np.mean((y - t) ** 2),
    (("inf", True), ("inf", False)),
)
bce_sigmoid = _bce(
    "sigmoid-applied-again",
    "derivative",
    "You send y through a sigmoid, but y is a probability already.",
    lambda y, t, g: np.mean(t * np.log1p(np.exp(-y)) + (1 - t) * np.log1p(np.exp(y))),
    (("inf", True), ("inf", False)),
)
bce_hard = _bce(
    "prediction-rounded",
    "wrong-argument",
    "You round y to 0 or 1 first, so that 0.51 and 0.99 cost the same. The loss needs the "
    "probability itself.",
    lambda y, t, g, f: -np.mean(sum(both_terms(t, f(y), g))),
    f=(lambda y: (y > 0.5) * 1.0, lambda y: (y >= 0.5) * 1.0),
)
