"""How students write t·log(y): with what at log 0, and with or without a check of the shapes.

A wrong loss is recognised by all its answers, those at 0 and 1 too, so every mistake about a
cross-entropy comes in these styles.
"""

import math

import numpy as np

# "inf" leaves out the terms of weight 0; "nan" lets numpy do 0 · −inf; "math" is math.log, which
# raises ValueError at 0; (how, eps) clips from below, clips on both sides, or adds. Not every eps
# is here: a closer one differs only where the loss should be infinite, and the judge names a
# mistake by its finite answers too.
FEW = tuple((guard, True) for guard in ("inf", "nan", ("low", 1e-12), ("both", 1e-15)))
_WIDER = (
    "math",
    *(("low", eps) for eps in (1e-15, 1e-10)),
    *(("both", eps) for eps in (1e-12, 1e-9, 1e-8, 1e-7)),
    *(("add", eps) for eps in (1e-9, 1e-8)),
)
MOST = (*FEW, *((guard, True) for guard in _WIDER))
STYLES = (*MOST, ("inf", False), ("nan", False))
"""(guard, whether the shapes are checked)."""
_EPS = np.finfo(float).eps
GUARDS = (
    "inf",
    *(("low", eps) for eps in (1e-300, _EPS, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8)),
    *(("both", eps) for eps in (_EPS, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7)),
    *(("add", eps) for eps in (1e-9, 1e-8)),
)
"""The guards of mistakes about the shapes: there is little else to name those by."""
FEW_GUARDS = tuple(guard for guard, _ in MOST if guard not in ("nan", "math"))
CLIPPED = {
    "eps": (0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5, 1e-6),
    "how": ("both", "low"),
    "check": (True, False),
}
"""Clips that change ordinary probabilities, or make a certain mistake cheap."""
ADDED = {"eps": (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6), "check": (True, False)}
"""What is added inside a logarithm, and is too much."""
CAPPED = {"most": (5, 8, 10), "whole": (False, True), "guard": ("inf", ("both", 1e-7))}
"""Losses of a sample, or of the batch, that are cut off: at 0 the guard makes no difference."""
ANSWERED = {"answer": (None, 0.0, float("nan"), float("inf")), "guard": FEW_GUARDS}
"""What comes back for odd shapes in place of an error."""


def pair(y, t, check=True):
    """Predictions and targets as arrays, of one shape if that is checked."""
    y, t = np.asarray(y), np.asarray(t)
    if check and y.shape != t.shape:
        raise ValueError("shapes differ")
    return y, t


def weighted(weight, p, guard, log=np.log):
    """weight · log(p), entry by entry."""
    with np.errstate(all="ignore"):
        if guard == "inf":
            return np.where(weight > 0, weight * log(p), 0)
        return weight * log(_guarded(p, guard))


def both_terms(t, y, guard, log=np.log):
    """t · log(y) and (1 − t) · log(1 − y); clipping on both sides acts on y alone."""
    if isinstance(guard, tuple) and guard[0] == "both":
        y, guard = np.clip(y, guard[1], 1 - guard[1]), "nan"
    return weighted(t, y, guard, log), weighted(1 - t, 1 - y, guard, log)


def _guarded(p, guard):
    if guard == "nan":
        return p
    if guard == "math":
        if np.any(np.asarray(p) <= 0):
            raise ValueError("math domain error")
        return p
    how, eps = guard
    if how == "add":
        return p + eps
    return np.clip(p, eps, 1 - eps if how == "both" else None)


def log_in(base):
    """The logarithm to a base."""
    return lambda p: np.log(p) / math.log(base)


def rounded(value, digits, by):
    """Rounded by numpy, which scales first, or by Python, which does not."""
    return np.round(value, digits) if by == "numpy" else round(float(value), digits)
