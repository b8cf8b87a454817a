"""Known wrong ``binary_cross_entropy`` at 0 and for odd shapes; ``losses`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._binary_cross_entropy import _bce
from ._logarithms import (
    ADDED,
    ANSWERED,
    CAPPED,
    CLIPPED,
    FEW_GUARDS,
    GUARDS,
    both_terms,
    pair,
    weighted,
)


def _open(y, t, guard, how):
    """The right loss, of shapes that nobody has compared."""
    if how.endswith(("zip", "index")):
        return _looped(y, t, guard, how)
    if how == "ravel":
        y, t = y.ravel(), t.ravel()
    e = sum(both_terms(t, y, guard))
    return -np.sum(e) / (len(y) if how == "len y" else e.size)


def _looped(y, t, guard, how):
    """The same in a loop: over arrays, with math.log or over what tolist gives."""
    pairs = zip(y, t) if how.endswith("zip") else ((y[i], t[i]) for i in range(len(y)))
    total = 0.0
    for a, b in pairs:
        if (how.startswith(("math", "list")) and a.ndim) or (how.startswith("list") and b.ndim):
            raise TypeError  # neither takes an array or a list for a number
        total = total + sum(both_terms(b, a, guard))
    return -total / len(y)


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
    how=("mean", "len y", "zip", "index", "math zip", "math index", "list zip", "list index"),
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
    variants=CLIPPED,
)
def bce_clipped(y, t, eps, how, check):
    """You clip too far from 0 and 1: that changes ordinary probabilities, makes a certain mistake
    cheap, or charges for a certain right answer. Clip far closer, at 1e-12 say."""
    if eps < 1e-4 and how == "low":
        eps = 1e-4  # below this, clipping from below alone is right
    y, t = pair(y, t, check)
    return -np.mean(sum(both_terms(t, y, (how, eps))))


@mistake(
    "binary_cross_entropy",
    "epsilon-too-large",
    family="numerics",
    variants=ADDED,
)
def bce_added(y, t, eps, check):
    """What you add inside the logarithms shifts every loss. Add far less, 1e-12 say, or clip
    instead."""
    y, t = pair(y, t, check)
    return -np.mean(sum(both_terms(t, y, ("add", eps))))


@mistake(
    "binary_cross_entropy",
    "epsilon-subtracted",
    family="sign",
    variants={
        "eps": (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7),
        "both": (False, True),
        "check": (True, False),
    },
)
def bce_subtracted(y, t, eps, both, check):
    """In 1 − y − ε the ε is taken off, and at y = 1 the logarithm meets a negative number. It is
    there to keep away from 0: add it, 1 − y + ε."""
    y, t = pair(y, t, check)
    first = weighted(t, y, ("add", -eps if both else eps))
    return -np.mean(first + weighted(1 - t, 1 - y, ("add", -eps)))


@mistake("binary_cross_entropy", "loss-capped", family="numerics", variants=CAPPED)
def bce_capped(y, t, most, whole, guard):
    """You cut the loss off, so that a certain mistake costs 10 or less. Let it grow: only log 0
    itself needs care."""
    y, t = pair(y, t)
    e = -sum(both_terms(t, y, guard))
    return np.minimum(np.mean(e), most) if whole else np.mean(np.minimum(e, most))


@mistake(
    "binary_cross_entropy",
    "integer-buffer",
    family="numerics",
    variants={"of": ("prediction", "loss"), "guard": FEW_GUARDS},
)
def bce_integer_buffer(y, t, of, guard):
    """Your numbers take the dtype of the targets, by a conversion or in an array made like them;
    where those are whole numbers, fractions are lost. Ask for floats."""
    y, t = pair(y, t)
    if of == "prediction":
        return -np.mean(sum(both_terms(t, y.astype(t.dtype), guard)))
    e = -sum(both_terms(t, y, guard))
    return np.mean(np.trunc(e) if t.dtype.kind == "i" else e)


@mistake(
    "binary_cross_entropy", "check-inverted", family="edge-case", variants={"guard": FEW_GUARDS}
)
def bce_inverted(y, t, guard):
    """Your check is the wrong way round: it raises where the shapes agree and lets others through.
    Raise where they differ."""
    y, t = pair(y, t, check=False)
    if y.shape == t.shape:
        raise ValueError
    return -np.mean(sum(both_terms(t, y, guard)))


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
    """One of your logarithms still meets 0, at y = 0 or at y = 1: only the other one is guarded, or
    by a number so small that 1 − ε is rounded to 1. Guard both, by 1e-12 say."""
    y, t = pair(y, t, check)
    guards = (("low", eps), "nan")
    return -np.mean(weighted(t, y, guards[end]) + weighted(1 - t, 1 - y, guards[1 - end]))


@mistake(
    "binary_cross_entropy",
    "shapes-not-checked",
    family="shape",
    variants={
        "how": (
            *("mean", "len y", "ravel", "zip", "index"),
            *("math zip", "math index", "list zip", "list index"),
        ),
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
    variants=ANSWERED,
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
