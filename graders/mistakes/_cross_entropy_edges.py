"""Known wrong ``cross_entropy`` at 0 and for odd shapes; ``losses`` takes them in."""

import math

import numpy as np

from chainrule.grading import mistake

from ._cross_entropy import _ce
from ._logarithms import ADDED, ANSWERED, CLIPPED, FEW_GUARDS, GUARDS, log_in, pair, weighted

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
    "clip-too-hard",
    family="numerics",
    variants=CLIPPED,
)
def ce_clipped(y, t, base=math.e, eps=0.01, how="both", check=True):
    """Your clipping changes ordinary probabilities, or makes a certain mistake cheap. Clip far
    closer to 0, at 1e-12 say."""
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
