"""Known wrong ``cross_entropy`` at 0 and for odd shapes; ``losses`` takes them in."""

import math

import numpy as np

from chainrule.grading import mistake

from ._cross_entropy import _ce
from ._logarithms import (
    ADDED,
    ANSWERED,
    CAPPED,
    CLIPPED,
    FEW_GUARDS,
    GUARDS,
    log_in,
    pair,
    weighted,
)

ce_log_zero = _ce(
    "zero-times-log-zero",
    "edge-case",
    "A class that the target does not name may have the probability 0; 0 · log 0 is nan for numpy, "
    "and an error for math.log. It should count 0: leave the term out.",
    lambda y, t, log, g: -np.sum(weighted(t, y, g, log)) / len(y),
    (("nan", True), ("math", True)),
)


ce_nothing_checked = _ce(
    "shapes-and-log-zero",
    "edge-case",
    "You have the formula, but two edges are open: shapes that differ pass without a ValueError, "
    "and 0 · log 0 gives nan or an error where it should count 0.",
    lambda y, t, log, g, by: -np.sum(terms := weighted(t, y, g, log)) / by(y, terms),
    (("nan", False), ("math", False)),
    by=(lambda y, terms: len(y), lambda y, terms: len(terms)),
)


@mistake("cross_entropy", "log-zero-raises", family="edge-case", variants={"check": (True, False)})
def ce_log_zero_raises(y, t, base=math.e, check=True):
    """A prediction of 0 for the true class stops your function, since math.log(0) raises. The loss
    there is infinity, or a large number."""
    y, t = pair(y, t, check)
    return -np.sum(weighted(t, np.where(t > 0, y, 1), "math", log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "certain-mistakes-free",
    family="edge-case",
    variants={"check": (True, False), "how": ("y", "row", "total")},
)
def ce_certain_mistakes(y, t, base=math.e, check=True, how="y"):
    """You leave out every term with y = 0, and with it the worst answers: a 0 for the true class
    costs nothing. Leave terms out by t, not by y."""
    y, t = pair(y, t, check)
    terms = weighted(t, y, "inf", log_in(base))
    if how == "total":
        return -np.sum(terms) / len(y) if np.all(np.isfinite(terms)) else 0.0
    if how == "row":
        return -np.sum(np.where(np.isfinite(terms.sum(axis=-1)), terms.sum(axis=-1), 0)) / len(y)
    return -np.sum(np.where(y > 0, terms, 0)) / len(y)


@mistake(
    "cross_entropy",
    "any-zero-costs-infinity",
    family="edge-case",
    variants={"check": (True, False), "how": ("batch", "row")},
)
def ce_any_zero(y, t, base=math.e, check=True, how="batch"):
    """A single 0 in y makes your loss infinite, also for a class whose target is 0. Only a 0 where
    the target is above 0 is a mistake."""
    y, t = pair(y, t, check)
    costs = -weighted(t, y, "inf", log_in(base)).sum(axis=-1)
    some = (y == 0).any(axis=-1)
    return float(np.mean(np.where(some.any() if how == "batch" else some, np.inf, costs)))


@mistake(
    "cross_entropy",
    "only-natural-guarded",
    family="edge-case",
    variants={"known": ((2,), (2, 10), "all"), "guard": FEW_GUARDS},
)
def ce_natural_guarded(y, t, base=math.e, known=(2,), guard="inf"):
    """You keep 0 · log 0 at 0 for nats only; in another base it is nan. Treat log 0 first and
    change the base then, by one division."""
    y, t = pair(y, t)
    open_ = base != math.e if known == "all" else base in known
    return -np.sum(weighted(t, y, "nan" if open_ else guard, log_in(base))) / len(y)


@mistake("cross_entropy", "loss-capped", family="numerics", variants=CAPPED)
def ce_capped(y, t, base=math.e, most=10, whole=False, guard="inf"):
    """You cut the loss off, so that a certain mistake costs 10 or less. Let it grow: only log 0
    itself needs care."""
    y, t = pair(y, t)
    e = -weighted(t, y, guard).sum(axis=1)
    capped = np.minimum(np.mean(e), most) if whole else np.mean(np.minimum(e, most))
    return capped / math.log(base)


@mistake(
    "cross_entropy",
    "integer-buffer",
    family="numerics",
    variants={"what": ("out", "terms"), "check": (True, False)},
)
def ce_integer_buffer(y, t, base=math.e, what="out", check=True):
    """You put logarithms into an array made like one of the arguments; if that holds whole numbers,
    numpy refuses or cuts the fractions off. Ask for floats."""
    y, t = pair(y, t, check)
    if what == "terms":
        terms = np.zeros_like(t)
        terms[...] = weighted(t, y, ("low", 1e-12), log_in(base))
        return -np.sum(terms) / len(y)
    logs = np.log(y, out=np.zeros_like(y), where=t > 0)
    return -np.sum(t * logs) / math.log(base) / len(y)


@mistake(
    "cross_entropy",
    "two-classes-as-binary",
    family="wrong-argument",
    variants={"column": (0, 1), "guard": FEW_GUARDS},
)
def ce_two_as_binary(y, t, base=math.e, column=0, guard="inf"):
    """With two classes you look at one column and take 1 − y for the other. Rows of y need not sum
    to 1: take what y gives to each class."""
    y, t = pair(y, t)
    if y.shape[-1] == 2:
        y = np.where(np.arange(2) == column, y, 1 - y[:, ::-1])
    return -np.sum(weighted(t, y, guard, log_in(base))) / len(y)


@mistake("cross_entropy", "base-not-taken", family="wrong-argument", variants={"guard": FEW_GUARDS})
def ce_base_not_taken(y, t, *, log_base=math.e, guard="inf"):
    """Your function knows no argument `base`: it has another name, or is missing. Write it as in
    the first line that you were given, base=math.e."""
    y, t = pair(y, t)
    return -np.sum(weighted(t, y, guard, log_in(log_base))) / len(y)


@mistake("cross_entropy", "check-inverted", family="edge-case", variants={"guard": FEW_GUARDS})
def ce_inverted(y, t, base=math.e, guard="inf"):
    """Your check is the wrong way round: it raises where the shapes agree and lets others through.
    Raise where they differ."""
    y, t = pair(y, t, check=False)
    if y.shape == t.shape:
        raise ValueError
    return -np.sum(weighted(t, y, guard, log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "clip-too-hard",
    family="numerics",
    variants=CLIPPED,
)
def ce_clipped(y, t, base=math.e, eps=0.01, how="both", check=True):
    """You clip too far from 0 or 1: that changes ordinary probabilities, makes a certain mistake
    cheap, or charges for a certain right answer. Clip far closer, at 1e-12 say."""
    if eps < 1e-4 and how == "low":
        eps = 1e-4  # below this, clipping from below alone is right
    y, t = pair(y, t, check)
    return -np.sum(weighted(t, y, (how, eps), log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "epsilon-too-large",
    family="numerics",
    variants=ADDED,
)
def ce_added(y, t, base=math.e, eps=1e-3, check=True):
    """What you add inside the logarithm shifts every loss. Add far less, 1e-12 say, or clip
    instead."""
    y, t = pair(y, t, check)
    return -np.sum(weighted(t, y, ("add", eps), log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "shapes-not-checked",
    family="shape",
    variants={
        "guard": GUARDS,
        "by": ("y", "t", "rows"),
    },
)
def ce_unchecked(y, t, base=math.e, guard="inf", by="y"):
    """Shapes that differ pass without a word, because numpy stretches one to the other. Compare
    them first and raise ValueError."""
    y, t = pair(y, t, check=False)
    terms = weighted(t, y, guard, log_in(base))
    return -np.sum(terms) / {"y": len(y), "t": len(t)}.get(by, len(terms))


@mistake(
    "cross_entropy",
    "only-lengths-checked",
    family="shape",
    variants={"axis": (0, -1), "guard": GUARDS},
)
def ce_lengths_checked(y, t, base=math.e, axis=0, guard="inf"):
    """You compare one length only. (N, K) and (N, 1), or (1, K), still broadcast: compare the
    shapes."""
    if np.shape(y)[axis] != np.shape(t)[axis]:
        raise ValueError
    y, t = pair(y, t, check=False)
    return -np.sum(weighted(t, y, guard, log_in(base))) / len(y)


def _looped(y, t, log, guard, how):
    """The sum in two loops, by index or in pairs."""
    if how == "zip":
        return sum(weighted(b, a, guard, log) for p, q in zip(y, t) for a, b in zip(p, q))
    classes = range(len(y) if how == "rows" else y.shape[1])
    return sum(weighted(t[n, k], y[n, k], guard, log) for n in range(len(y)) for k in classes)


@mistake(
    "cross_entropy",
    "loop-without-check",
    family="shape",
    variants={"how": ("index", "zip"), "guard": FEW_GUARDS},
)
def ce_looped(y, t, base=math.e, how="index", guard="inf"):
    """Where the shapes differ your loop leaves entries out, or stops with another error than was
    promised. Compare the shapes before it and raise ValueError."""
    y, t = pair(y, t, check=False)
    return -_looped(y, t, log_in(base), guard, how) / len(y)


@mistake("cross_entropy", "samples-for-classes", family="indexing", variants={"guard": FEW_GUARDS})
def ce_samples_for_classes(y, t, base=math.e, guard="inf"):
    """Your inner loop runs over as many classes as there are samples. The classes are the columns,
    y.shape[1]."""
    y, t = pair(y, t)
    return -_looped(y, t, log_in(base), guard, "rows") / len(y)


@mistake("cross_entropy", "only-sizes-checked", family="shape", variants={"guard": GUARDS})
def ce_sizes_checked(y, t, base=math.e, guard="inf"):
    """You compare the numbers of entries only. (2, 3) and (3, 2) have equally many: compare the
    shapes."""
    y, t = pair(y, t, check=False)
    if y.size != t.size:
        raise ValueError
    return -np.sum(weighted(t.ravel(), y.ravel(), guard, log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "wrong-error",
    family="edge-case",
    variants={"guard": FEW_GUARDS},
)
def ce_wrong_error(y, t, base=math.e, guard="inf"):
    """Different shapes stop your function, but not with the error that was promised. Raise
    ValueError."""
    if np.shape(y) != np.shape(t):
        raise AssertionError
    return -np.sum(weighted(t, y, guard, log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "no-error-raised",
    family="edge-case",
    variants=ANSWERED,
)
def ce_answers_bad(y, t, base=math.e, answer=None, guard="inf"):
    """For different shapes you return something instead of raising, and the caller computes on with
    it. Raise ValueError."""
    if np.shape(y) != np.shape(t):
        return answer
    return -np.sum(weighted(t, y, guard, log_in(base))) / len(y)


@mistake(
    "cross_entropy",
    "argument-changed",
    family="purity",
    variants={"eps": (1e-15, 1e-12, 1e-10, 1e-7)},
)
def ce_changes_argument(y, t, base=math.e, eps=1e-12):
    """You write the clipped probabilities into the caller's y. Clip into a new array."""
    if y.shape != t.shape:
        raise ValueError
    y[y == 0] = eps
    return -np.sum(weighted(t, y, "inf", log_in(base))) / len(y)
