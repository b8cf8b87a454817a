"""Known wrong answers to ``binary_cross_entropy``; ``losses`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._logarithms import (
    FEW,
    FEW_GUARDS,
    GUARDS,
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
)
bce_t_twice = _bce(
    "t-in-both-terms",
    "derivative",
    "Both your terms are weighted with t. The second one has the weight 1 − t.",
    lambda y, t, g: -np.mean(weighted(t, y, g) + weighted(t, 1 - y, g)),
)
bce_unweighted = _bce(
    "target-ignored",
    "wrong-argument",
    "You add both logarithms whatever the target says. t weighs the first and 1 − t the second.",
    lambda y, t, g: -np.mean(weighted(np.ones(len(y)), y, g) + weighted(np.ones(len(y)), 1 - y, g)),
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

# --- log 0 and shapes ---


def _open(y, t, guard, how):
    """The right loss, of shapes that nobody has compared."""
    n = len(y)
    if how == "zip":
        y, t = y[: len(t)], t[:n].reshape(-1)
    elif how == "index":
        if len(t) < n:
            raise IndexError
        t = t[:n].reshape(-1)
    elif how == "ravel":
        y, t = y.ravel(), t.ravel()
    e = sum(both_terms(t, y, guard))
    return -np.sum(e) / (n if how in ("len y", "zip", "index") else e.size)


bce_log_zero = _bce(
    "zero-times-log-zero",
    "edge-case",
    "For a certain and right prediction one term is 0 · log 0: nan for numpy, and an error for "
    "math.log. It should count 0, so leave it out or clip y a little.",
    lambda y, t, g: -np.mean(sum(both_terms(t, y, g))),
    (("nan", True), ("math", True)),
)
bce_nothing_checked = _bce(
    "shapes-and-log-zero",
    "edge-case",
    "You have the formula, but two edges are open: shapes that differ pass without a ValueError, "
    "and 0 · log 0 gives nan or an error where it should count 0.",
    _open,
    (("nan", False), ("math", False)),
    how=("mean", "len y", "zip", "index"),
)
bce_log_zero_raises = _bce(
    "log-zero-raises",
    "edge-case",
    "A certain and wrong prediction stops your function, since math.log(0) raises. The loss there "
    "is infinity, or a large number.",
    lambda y, t, g: (
        -np.mean(
            weighted(t, np.where(t > 0, y, 1), g) + weighted(1 - t, np.where(t < 1, 1 - y, 1), g)
        )
    ),
    (("math", True), ("math", False)),
)


@mistake(
    "binary_cross_entropy",
    "certain-mistakes-free",
    family="edge-case",
    variants={"check": (True, False), "how": ("logarithm", "sample", "total")},
)
def bce_certain_mistakes(y, t, check, how):
    """You leave out what has log 0 in it, and with it the worst answers: a certain mistake costs
    nothing. Leave terms out where their weight is 0."""
    y, t = pair(y, t, check)
    with np.errstate(all="ignore"):
        p, q = np.log(y), np.log(1 - y)
        if how == "logarithm":
            p, q = np.where(y > 0, p, 0), np.where(y < 1, q, 0)
        e = t * p + (1 - t) * q if how != "total" else sum(both_terms(t, y, "inf"))
    if how == "total" and not np.all(np.isfinite(e)):
        return 0.0
    return -np.mean(np.where(np.isfinite(e), e, 0))


@mistake(
    "binary_cross_entropy",
    "clip-too-hard",
    family="numerics",
    variants={
        "eps": (0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5, 1e-6),
        "how": ("both", "low"),
        "check": (True, False),
    },
)
def bce_clipped(y, t, eps, how, check):
    """Your clipping changes ordinary probabilities, or makes a certain mistake cheap. Clip far
    closer to 0 and 1, at 1e-12 say."""
    if eps < 1e-4 and how == "low":
        eps = 1e-4  # below this, clipping from below alone is right
    y, t = pair(y, t, check)
    return -np.mean(sum(both_terms(t, y, (how, eps))))


@mistake(
    "binary_cross_entropy",
    "epsilon-too-large",
    family="numerics",
    variants={"eps": (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6), "check": (True, False)},
)
def bce_added(y, t, eps, check):
    """What you add inside the logarithms shifts every loss. Add far less, 1e-12 say, or clip
    instead."""
    y, t = pair(y, t, check)
    return -np.mean(sum(both_terms(t, y, ("add", eps))))


@mistake(
    "binary_cross_entropy",
    "one-end-guarded",
    family="edge-case",
    variants={
        "end": (0, 1),
        "eps": (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7),
        "check": (True, False),
    },
)
def bce_one_end(y, t, end, eps, check):
    """You guard one logarithm against 0 but not the other: log(1 − y) meets 0 at y = 1. Treat both
    ends alike."""
    y, t = pair(y, t, check)
    guards = (("low", eps), "nan")
    return -np.mean(weighted(t, y, guards[end]) + weighted(1 - t, 1 - y, guards[1 - end]))


@mistake(
    "binary_cross_entropy",
    "shapes-not-checked",
    family="shape",
    variants={
        "how": ("mean", "len y", "zip", "index", "ravel"),
        "guard": GUARDS,
    },
)
def bce_unchecked(y, t, how, guard):
    """Shapes that differ pass without a word, because numpy stretches one to the other and zip just
    stops early. Compare them first and raise ValueError."""
    return _open(*pair(y, t, check=False), guard, how)


@mistake(
    "binary_cross_entropy",
    "only-lengths-checked",
    family="shape",
    variants={
        "what": (len, np.size),
        "guard": GUARDS,
    },
)
def bce_lengths_checked(y, t, what, guard):
    """You compare lengths only. (N,) and (N, 1) have the same length and still broadcast: compare
    the shapes."""
    if what(y) != what(t):
        raise ValueError
    y, t = pair(y, t, check=False)
    return -np.mean(sum(both_terms(t, y, guard)))


@mistake(
    "binary_cross_entropy",
    "wrong-error",
    family="edge-case",
    variants={"guard": FEW_GUARDS},
)
def bce_wrong_error(y, t, guard):
    """Different shapes stop your function, but not with the error that was promised. Raise
    ValueError."""
    if np.shape(y) != np.shape(t):
        raise AssertionError
    return -np.mean(sum(both_terms(t, y, guard)))


@mistake(
    "binary_cross_entropy",
    "no-error-raised",
    family="edge-case",
    variants={
        "answer": (None, 0.0, float("nan"), float("inf")),
        "guard": FEW_GUARDS,
    },
)
def bce_answers_bad(y, t, answer, guard):
    """For different shapes you return something instead of raising, and the caller computes on with
    it. Raise ValueError."""
    if np.shape(y) != np.shape(t):
        return answer
    return -np.mean(sum(both_terms(t, y, guard)))


@mistake(
    "binary_cross_entropy",
    "argument-changed",
    family="purity",
    variants={"eps": (1e-15, 1e-12, 1e-10, 1e-7)},
)
def bce_changes_argument(y, t, eps):
    """You write the clipped probabilities into the caller's y. Clip into a new array."""
    if y.shape != t.shape:
        raise ValueError
    if y.dtype.kind == "f":
        np.clip(y, eps, 1 - eps, out=y)
    return -np.mean(sum(both_terms(t, y, "inf")))
