"""Wrong entropies that only rare batches show: long ones, sure ones, whole ones."""

import math

import numpy as np

from chainrule.grading import mistake

from ._logarithms import both_terms, log_in, pair, weighted

PIECE = 8


def _whole_pieces(n):
    """How many samples fill pieces of eight; a batch that fills none is one piece."""
    return max(1, n // PIECE) * PIECE


@mistake("cross_entropy", "last-piece-left-out", family="indexing")
def ce_pieces(y, t, base=math.e):
    """You take the samples in pieces of eight and leave out those that fill no piece. Every sample
    counts."""
    y, t = pair(y, t)
    terms = weighted(t, y, "inf", log_in(base))
    return -np.sum(terms[: _whole_pieces(len(y))]) / len(y)


@mistake("cross_entropy", "rows-with-a-zero-judged", family="edge-case")
def ce_rows_judged(y, t, base=math.e):
    """A row that holds a 0 costs nothing or infinity in your code, by whether its largest class is
    right. Only the 0 is special: leave out the terms where t is 0."""
    y, t = pair(y, t)
    costs = -weighted(t, y, "inf", log_in(base)).sum(axis=1)
    right = y.argmax(axis=1) == t.argmax(axis=1)
    some = (y == 0).any(axis=1)
    return float(np.mean(np.where(some, np.where(right, 0, np.inf), costs)))


@mistake("cross_entropy", "certain-rows-left-out", family="edge-case")
def ce_certain_left_out(y, t, base=math.e):
    """You leave certain rows out and divide by the number of the others. They cost nothing, but
    they count: divide by N."""
    y, t = pair(y, t)
    costs = -weighted(t, y, "inf", log_in(base)).sum(axis=1)
    return np.sum(costs) / max(np.sum(costs != 0), 1)


@mistake("binary_cross_entropy", "last-piece-left-out", family="indexing")
def bce_pieces(y, t):
    """You take the samples in pieces of eight and leave out those that fill no piece. Every sample
    counts."""
    y, t = pair(y, t)
    return -np.sum(sum(both_terms(t, y, "inf"))[: _whole_pieces(len(y))]) / len(y)


@mistake("binary_cross_entropy", "certain-samples-left-out", family="edge-case")
def bce_certain_left_out(y, t):
    """You leave certain predictions out and divide by the number of the others. They cost nothing,
    but they count: divide by N."""
    y, t = pair(y, t)
    costs = -sum(both_terms(t, y, "inf"))
    return np.sum(costs) / max(np.sum(costs != 0), 1)


@mistake("binary_cross_entropy", "two-logarithms", family="scale", variants={"base": (2, 10)})
def bce_two_logarithms(y, t, base):
    """Your two terms have logarithms of different bases. Both are natural ones."""
    y, t = pair(y, t)
    one, other = both_terms(t, y, "inf")
    return -np.mean(one + other / np.log(base))


@mistake(
    "binary_cross_entropy",
    "guard-lost-in-integers",
    family="numerics",
    variants={"eps": (1e-12, 1e-15)},
)
def bce_guard_lost(y, t, eps):
    """You write the small number that stands for 0 into a copy of y. If y holds whole numbers, it
    becomes 0 again: make the copy one of floats."""
    y, t = pair(y, t)
    p = y.copy()
    p[y == 0], p[y == 1] = eps, 1 - eps
    return -np.mean(sum(both_terms(t, p, "nan")))


@mistake("binary_cross_entropy", "only-targets-checked", family="shape")
def bce_targets_checked(y, t):
    """You hold the targets' shape against len(y) only, so a column of predictions passes and
    broadcasts. Compare the two shapes with one another."""
    y, t = pair(y, t, check=False)
    if t.shape != (len(y),):
        raise ValueError
    return -np.mean(sum(both_terms(t, y, "inf")))
