"""Known wrong answers to ``softmax``; ``losses`` takes them in."""

import numpy as np

from chainrule.grading import mistake


def _exp(z, shift="row"):
    """exp of the logits, after what different people take off them before."""
    z = np.asarray(z)
    off = {
        "none": lambda: 0,
        "row": lambda: z.max(axis=-1, keepdims=True),
        "column": lambda: z.max(axis=0),
        "all": z.max,
    }
    return np.exp(z - off[shift]())


def _share(e):
    return e / e.sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    "no-max-shift",
    family="numerics",
    variants={"how": ("numpy", "math", "float32", "nan to 0", "nan to 1")},
)
def softmax_unshifted(logits, how):
    """Large logits overflow exp, and infinity over infinity is nan. Subtracting each row's largest
    logit first changes no probability and keeps exp at or below 1."""
    e = _exp(np.float32(logits) if how == "float32" else logits, "none")
    if how == "math" and (np.isinf(e).any() or (e.sum(axis=-1) == 0).any()):
        raise OverflowError  # math.exp raises, and so does 0 / 0 outside numpy
    return np.nan_to_num(_share(e), nan=float(how[-1])) if how.startswith("nan") else _share(e)


@mistake("softmax", "global-max", family="axis", variants={"dtype": (np.float64, np.float32)})
def softmax_global_max(logits, dtype):
    """You subtract the largest logit of the whole batch. A row far below it underflows to 0/0: each
    row needs its own maximum."""
    return _share(_exp(dtype(logits), "all"))


@mistake(
    "softmax",
    "wrong-shift",
    family="numerics",
    variants={"what": ("min", "mean", "plus max", "abs max", "first", "batch mean", "batch min")},
)
def softmax_wrong_shift(logits, what):
    """What you take off before exp is not the row's largest logit, so large ones still overflow or
    all vanish. Which shift makes the largest exponent 0?"""
    z = np.asarray(logits)
    off = {
        "min": z.min(axis=-1, keepdims=True),
        "mean": z.mean(axis=-1, keepdims=True),
        "plus max": -z.max(axis=-1, keepdims=True),
        "abs max": np.abs(z).max(axis=-1, keepdims=True),
        "first": z[..., :1],
        "batch mean": z.mean(),
        "batch min": z.min(),
    }[what]
    return _share(np.exp(z - off))


@mistake("softmax", "column-maxima-subtracted", family="axis")
def softmax_column_maxima(logits):
    """You subtract each column's largest logit, so the entries of one row are moved by different
    numbers and its probabilities change. Each row needs its own maximum: take it along the last
    axis."""
    return _share(_exp(logits, "column"))


@mistake(
    "softmax",
    "wrong-axis",
    family="axis",
    variants={"shift": ("none", "row", "column", "all")},
)
def softmax_over_columns(logits, shift):
    """You normalise over the columns, so that the samples of a batch share one probability. Each
    row is a sample: sum along the last axis."""
    e = _exp(logits, shift)
    return e / e.sum(axis=0)


@mistake(
    "softmax",
    "whole-batch-normalised",
    family="reduction",
    variants={"shift": ("none", "all", "row")},
)
def softmax_whole_batch(logits, shift):
    """All your probabilities together sum to 1. Each row is one sample and has to sum to 1 alone:
    tell the sum its axis."""
    e = _exp(logits, shift)
    return e / e.sum()


@mistake(
    "softmax",
    "keepdims-missing",
    family="axis",
    variants={"shift": ("none", "row", "all", "flat", "flat only")},
)
def softmax_without_keepdims(logits, shift):
    """The row sums, or the row maxima, lose their axis and no longer line up with the rows: an
    error, or for square batches silently wrong numbers. Keep the dimension when you reduce."""
    z = np.asarray(logits)
    e = np.exp(z - z.max(axis=-1)) if shift.startswith("flat") else _exp(z, shift)
    return _share(e) if shift == "flat only" else e / e.sum(axis=-1)


@mistake("softmax", "two-axes-needed", family="shape")
def softmax_two_axes(logits):
    """A single row of shape (K,) has no axis 1. Count axes from the end, and one line serves both
    shapes."""
    z = np.asarray(logits)
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@mistake("softmax", "single-row-gets-an-axis", family="shape")
def softmax_atleast_2d(logits):
    """A single row of shape (K,) comes back as (1, K). The result should have the shape of the
    logits."""
    return _share(_exp(np.atleast_2d(logits)))


@mistake("softmax", "single-sample-squeezed", family="shape")
def softmax_squeezed(logits):
    """A batch of one sample, or of one class, loses an axis. The result should have the shape of
    the logits."""
    return _share(_exp(logits)).squeeze()


@mistake(
    "softmax",
    "integer-buffer",
    family="numerics",
    variants={"shift": ("row", "none", "all"), "single": ("pieces", "cut", "right")},
)
def softmax_integer_buffer(logits, shift, single):
    """Your result takes the dtype of the logits, and whole-number logits make it an array of
    integers: probabilities become 0. Ask for floats."""
    p, out = _share(_exp(logits, shift)), np.zeros_like(logits)
    if np.ndim(logits) == 1 and single == "right":
        return p
    out[...] = 1 if np.ndim(logits) == 1 and single == "pieces" else p
    return out


@mistake("softmax", "single-row-in-pieces", family="shape")
def softmax_pieces(logits):
    """You loop over the first axis, and for a single row of shape (K,) that takes each logit for a
    sample of its own. Treat (K,) as one sample."""
    return _share(_exp(logits)) if np.ndim(logits) > 1 else np.ones(len(logits))


@mistake(
    "softmax",
    "no-exponential",
    family="derivative",
    variants={"size": ("plain", "absolute", "shifted", "squared")},
)
def softmax_no_exponential(logits, size):
    """You divide by the sum but never take exp. Logits may be negative or sum to 0; exp makes them
    positive first."""
    z = np.asarray(logits, dtype=float)
    changed = {
        "plain": z,
        "absolute": np.abs(z),
        "shifted": z - z.max(axis=-1, keepdims=True),
        "squared": z**2,
    }[size]
    return _share(changed)


@mistake("softmax", "min-max-scaling", family="wrong-argument", variants={"axis": (-1, None)})
def softmax_min_max(logits, axis):
    """You stretch the logits to run from 0 to 1; that is scaling, not a distribution. The
    probabilities of a row sum to 1."""
    z = np.asarray(logits)
    low = z.min(axis=axis, keepdims=True)
    return (z - low) / (z.max(axis=axis, keepdims=True) - low)


@mistake(
    "softmax",
    "wrong-base",
    family="scale",
    variants={"base": (2.0, 10.0, 2.7, 2.71, 2.718, 2.7183, 2.71828), "shift": (True, False)},
)
def softmax_wrong_base(logits, base, shift):
    """Your powers have another base than e, so the log ratio of two probabilities is not the
    difference of their logits. Use exp."""
    z = np.asarray(logits)
    return _share(base ** (z - z.max(axis=-1, keepdims=True) if shift else z))


@mistake("softmax", "rounded", family="numerics", variants={"digits": (0, 1, 2, 3, 4, 5, 6)})
def softmax_rounded(logits, digits):
    """You round the probabilities. Rows then miss 1 by a little and small ones become 0: round when
    you print, not when you compute."""
    return np.round(_share(_exp(logits)), digits)


@mistake("softmax", "sigmoid-for-softmax", family="wrong-argument")
def softmax_sigmoid(logits):
    """You squash each logit alone, as a sigmoid does. In a softmax the classes of a row compete:
    their probabilities sum to 1."""
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=float)))


@mistake("softmax", "applied-twice", family="derivative", variants={"shift": ("row", "none")})
def softmax_twice(logits, shift):
    """You apply the softmax twice, and the second time flattens the distribution. Once is
    enough."""
    return _share(np.exp(_share(_exp(logits, shift))))


@mistake("softmax", "sign-of-exponent", family="sign", variants={"shift": ("min", "none", "max")})
def softmax_negative(logits, shift):
    """Your largest logit gets the smallest probability: there is a minus in the exponent."""
    z = -np.asarray(logits)
    off = {"none": 0, "max": z.min(axis=-1, keepdims=True), "min": z.max(axis=-1, keepdims=True)}
    return _share(np.exp(z - off[shift]))


@mistake(
    "softmax",
    "logits-clipped",
    family="numerics",
    variants={"limit": (10, 20, 30, 50, 100, 500, 700, 709), "below": (True, False)},
)
def softmax_clipped(logits, limit, below):
    """You cut large logits off, so two of them that differ become equal. Shift each row instead:
    that loses nothing."""
    return _share(np.exp(np.clip(logits, -limit if below else None, limit)))


@mistake(
    "softmax",
    "low-logits-cut-off",
    family="numerics",
    variants={"limit": (5, 10, 15), "to": ("limit", "zero")},
)
def softmax_low_cut(logits, limit, to):
    """You treat logits far below the row's largest alike, so that small probabilities come out too
    large, or as 0. exp takes them as they are: leave them."""
    z = logits - np.max(logits, axis=-1, keepdims=True)
    if to == "limit":
        return _share(np.exp(np.maximum(z, -limit)))
    return _share(np.where(z < -limit, 0.0, np.exp(z)))


@mistake("softmax", "only-numerator-shifted", family="scale", variants={"shift": ("row", "all")})
def softmax_numerator_shifted(logits, shift):
    """You shift the logits above the line and not in the sum below, so the factor no longer
    cancels. Take exp of the shifted logits once and use it in both places."""
    return _exp(logits, shift) / _exp(logits, "none").sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    "scaled-not-shifted",
    family="scale",
    variants={"axis": (-1, None), "size": (False, True)},
)
def softmax_scaled(logits, axis, size):
    """You divide by the largest logit. Only differences between logits may matter, and dividing
    changes them: subtract."""
    z = np.asarray(logits)
    return _share(np.exp(z / (np.abs(z) if size else z).max(axis=axis, keepdims=True)))


@mistake("softmax", "logarithm-returned", family="wrong-argument", variants={"stable": (0, 1)})
def softmax_log(logits, stable):
    """You return the logarithms of the probabilities. They are handy for a loss, but here the
    probabilities themselves are asked for."""
    if not stable:
        return np.log(_share(_exp(logits)))
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


@mistake("softmax", "not-normalised", family="scale", variants={"shift": ("none", "row", "all")})
def softmax_not_normalised(logits, shift):
    """You take exp but never divide by the sum, so the rows do not sum to 1."""
    return _exp(logits, shift)


@mistake("softmax", "sum-plus-one", family="scale", variants={"shift": ("none", "row")})
def softmax_sum_plus_one(logits, shift):
    """There is a 1 added to your sum. That belongs to the sigmoid, whose other class has the logit
    0; here all classes are in the sum already."""
    e = _exp(logits, shift)
    return e / (1 + e.sum(axis=-1, keepdims=True))


@mistake("softmax", "hard-maximum", family="wrong-argument", variants={"ties": ("first", "all")})
def softmax_hard(logits, ties):
    """You give everything to the largest logit. A softmax is soft: close logits get close
    probabilities."""
    z = np.asarray(logits)
    if ties == "all":
        return 1.0 * (z == z.max(axis=-1, keepdims=True))
    return np.eye(z.shape[-1])[z.argmax(axis=-1)]


@mistake("softmax", "wrong-norm", family="scale", variants={"norm": ("root", "mean")})
def softmax_wrong_norm(logits, norm):
    """You divide by something else than the sum of the row, so the row does not sum to 1."""
    e = _exp(logits)
    mean = e.mean(axis=-1, keepdims=True)
    return e / (mean if norm == "mean" else (e**2).sum(axis=-1, keepdims=True) ** 0.5)


@mistake("softmax", "sum-of-one-row", family="indexing", variants={"row": (0, -1)})
def softmax_sum_of_one_row(logits, row):
    """You divide every row by the sum of the same one. Each row has a sum of its own."""
    e = _exp(logits)
    return e / (e[row].sum() if e.ndim > 1 else e.sum())


@mistake("softmax", "sum-not-reset", family="indexing", variants={"shift": ("row", "none")})
def softmax_sum_not_reset(logits, shift):
    """The sum keeps growing from row to row. Set it back to 0 before each sample."""
    e = _exp(logits, shift)
    sums = e.sum(axis=-1, keepdims=True)
    return e / (np.cumsum(sums, axis=0) if e.ndim > 1 else sums)


@mistake("softmax", "transposed", family="axis")
def softmax_transposed(logits):
    """Your result has samples and classes exchanged. It should have the shape of the logits."""
    return _share(_exp(logits)).T


@mistake("softmax", "argument-changed", family="purity")
def softmax_changes_argument(logits):
    """`-=` writes into the caller's logits. Bind the shifted logits to a new name with plain
    subtraction."""
    logits -= logits.max(axis=-1, keepdims=True)
    return _share(np.exp(logits))


@mistake(
    "softmax",
    "sum-guarded",
    family="numerics",
    variants={"guard": (1e-12, 1e-10, 1e-9, 1e-8, 1e-7), "over": (100, np.inf)},
)
def softmax_guarded(logits, guard, over):
    """You add a small number to the sum, lest it be 0. Where all logits of a row are low, that
    number outweighs the sum: shift every row, and its sum is at least 1."""
    z = np.asarray(logits)
    e = np.exp(z - z.max(axis=-1, keepdims=True) if np.abs(z).max() > over else z)
    return e / (e.sum(axis=-1, keepdims=True) + guard)


@mistake(
    "softmax",
    "sum-guard-too-large",
    family="numerics",
    variants={"guard": (1e-2, 1e-3, 1e-4, 1e-5), "shift": ("row", "none")},
)
def softmax_guarded_much(logits, guard, shift):
    """What you add to the sum is so large that the rows no longer sum to 1. Once each row is
    shifted by its maximum the sum is at least 1, and nothing need be added."""
    e = _exp(logits, shift)
    return e / (e.sum(axis=-1, keepdims=True) + guard)


@mistake("softmax", "sigmoid-for-one-class", family="edge-case", variants={"single": (False, True)})
def softmax_sigmoid_for_one_class(logits, single):
    """With one column you switch to a sigmoid. A single class has no rival: its probability
    is 1."""
    z = np.asarray(logits)
    one = z.shape[-1] == 1 and (single or z.ndim == 2)
    return 1 / (1 + np.exp(-z)) if one else _share(_exp(z))


@mistake("softmax", "single-row-not-shifted", family="numerics")
def softmax_single_row_not_shifted(logits):
    """Your branch for a single row of shape (K,) does without the shift, and overflows. One line
    with the last axis serves both shapes."""
    return _share(_exp(logits, "none" if np.ndim(logits) == 1 else "row"))


@mistake("softmax", "batch-scaled-down", family="scale", variants={"limit": (2000, 3000)})
def softmax_scaled_down(logits, limit):
    """You scale the whole batch down when one logit is very large, and every difference shrinks
    with it. Large logits need a shift, row by row, and no scale."""
    z = np.asarray(logits)
    return _share(_exp(z * min(1.0, limit / max(np.abs(z).max(), 1.0))))
