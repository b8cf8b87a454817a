"""Known wrong answers to ``mean_squared_error``; ``losses`` takes them in."""

from functools import reduce

import numpy as np

from chainrule.grading import mistake

from ._logarithms import rounded

CHECKS = {"check": (True, False)}


def _difference(y, t, check=True):
    if check and np.shape(y) != np.shape(t):
        raise ValueError("shapes differ")
    return np.asarray(y) - np.asarray(t)


@mistake(
    "mean_squared_error",
    "shapes-not-checked",
    family="shape",
    variants={
        "how": (
            *("mean", "len y", "len t", "size y", "ravel", "index", "index t", "floats at index"),
            *("zip", "floats in zip", "mean in zip", "counted in zip", "checked in zip"),
        )
    },
)
def mse_unchecked(y, t, how):
    """Shapes that differ pass without a word: numpy stretches (N,) against (N, 1) to a table of
    N × N errors, and zip just stops early. Compare the shapes first."""
    y, t = np.asarray(y), np.asarray(t)
    kind = float if how.startswith("floats") else np.asarray
    if how.endswith("zip"):
        if how == "checked in zip" and y.ndim != t.ndim:
            raise ValueError
        squares = [kind(a - b) ** 2 for a, b in zip(y, t)]
        if how == "mean in zip":
            return np.mean(squares)
        return sum(squares) / len(squares if how == "counted in zip" else y)
    if "index" in how:
        n = len(t if how == "index t" else y)
        return sum(kind(y[i] - t[i]) ** 2 for i in range(n)) / n
    if how == "ravel":
        return np.mean((y.ravel() - t.ravel()) ** 2)
    squares = (y - t) ** 2
    return squares.sum() / {"mean": squares.size, "len t": len(t)}.get(how, len(y))


@mistake(
    "mean_squared_error",
    "only-lengths-checked",
    family="shape",
    variants={"what": ("len", "size"), "ravel": (True, False), "mean": (True, False)},
)
def mse_lengths_checked(y, t, what, ravel, mean):
    """You compare lengths only. (N,) and (N, 1) have the same length and still broadcast: compare
    the shapes."""
    y, t = np.asarray(y), np.asarray(t)
    if (len(y) != len(t)) if what == "len" else (y.size != t.size):
        raise ValueError
    squares = (y.ravel() - t.ravel()) ** 2 if ravel else (y - t) ** 2
    return squares.mean() if mean else squares.sum() / len(y)


@mistake("mean_squared_error", "wrong-error", family="edge-case")
def mse_wrong_error(y, t):
    """Different shapes stop your function, but not with the error that was promised. Raise
    ValueError."""
    if np.shape(y) != np.shape(t):
        raise AssertionError
    return np.mean((y - t) ** 2)


@mistake(
    "mean_squared_error",
    "no-error-raised",
    family="edge-case",
    variants={"answer": (None, 0.0, -1, float("nan"), float("inf"))},
)
def mse_answers_bad(y, t, answer):
    """For different shapes you return something instead of raising, and the caller computes on with
    it. Raise ValueError."""
    return np.mean((y - t) ** 2) if np.shape(y) == np.shape(t) else answer


def _mse(slug, family, sentence, rule, **variants):
    """Declare a wrong reduction of the differences d, with and without a check of the shapes."""

    def body(y, t, check, **choices):
        return rule(_difference(y, t, check), **choices)

    body.__doc__ = sentence
    return mistake("mean_squared_error", slug, family=family, variants=CHECKS | variants)(body)


mse_sum = _mse(
    "sum-for-mean",
    "reduction",
    "You add the squares up. Divide by the number of samples, so that a larger batch is not a "
    "worse one.",
    lambda d: np.sum(d**2),
)
mse_half = _mse(
    "half",
    "scale",
    "You halve the mean. Some books do so to cancel the 2 of the derivative; the lecture does not.",
    lambda d: np.mean(d**2) / 2,
)
mse_half_sum = _mse(
    "half-of-the-sum",
    "scale",
    "You take half of the sum of the squares. The lecture's loss is their mean, without a half.",
    lambda d: np.sum(d**2) / 2,
)
mse_times_n = _mse(
    "multiplied-by-n",
    "scale",
    "You multiply by N instead of dividing: s / 2 * N is (s / 2) · N to Python. The lecture's loss "
    "is the sum divided by N, without a 2.",
    lambda d: np.sum(d**2) / 2 * len(d),
)
mse_absolute = _mse(
    "absolute-error",
    "derivative",
    "You average absolute errors. Squaring weighs large errors more and has a slope at 0.",
    lambda d: np.mean(np.abs(d)),
)
mse_root = _mse(
    "root-taken",
    "scale",
    "You take the root of the mean. That is the RMSE; the mean squared error has no root.",
    lambda d: np.sqrt(np.mean(d**2)),
)
mse_norm = _mse(
    "norm",
    "reduction",
    "You compute the length of the error vector, which is a root. The loss is the mean of the "
    "squares: no root, and divided by N.",
    lambda d, by: np.sqrt(np.sum(d**2)) / by(d),
    by=(lambda d: 1, len),
)
mse_mean_first = _mse(
    "mean-before-square",
    "reduction",
    "You average first and square then, so errors of +1 and −1 cancel. Square each error before "
    "the mean.",
    lambda d: np.mean(d) ** 2,
)
mse_sum_first = _mse(
    "sum-before-square",
    "reduction",
    "You square the sum of the errors, so that errors of +1 and −1 cancel. Square each error "
    "first, inside the sum.",
    lambda d, by: np.sum(d) ** 2 / by(d),
    by=(len, lambda d: 1, lambda d: 2),
)
mse_divided_in_loop = _mse(
    "divided-in-the-loop",
    "reduction",
    "You divide inside the loop, so that the first errors are divided again and again. Add all of "
    "them up and divide once, after it.",
    lambda d: reduce(lambda total, e: (total + e**2) / len(d), d, 0.0),
)
mse_not_squared = _mse(
    "square-missing",
    "derivative",
    "You average the errors without squaring them, so that positive and negative ones cancel.",
    lambda d, sign: np.mean(d) * (sign or np.sign(np.mean(d))),
    sign=(1, -1, 0),
)
mse_not_averaged = _mse(
    "not-averaged",
    "reduction",
    "You return one number for each sample. A loss is a single number: their mean.",
    lambda d: d**2,
)
mse_one_entry = _mse(
    "one-entry-array",
    "shape",
    "Your loss is an array with one entry. A loss is a plain number, without an axis.",
    lambda d: np.mean(d**2, keepdims=True),
)
mse_caret = _mse(
    "caret-for-power",
    "lecture-bug",
    "In Python ^ is the exclusive or of bits, and floats have none. The power is written **.",
    lambda d: np.mean(d ^ 2),
)
mse_times_two = _mse(
    "times-two-for-square",
    "derivative",
    "You multiply the errors by 2 instead of squaring them: * is not **.",
    lambda d: np.mean(d * 2),
)
mse_bessel = _mse(
    "divided-by-n-minus-one",
    "scale",
    "You divide by N − 1, as for a variance. The loss is a plain mean: divide by N.",
    lambda d, one: (
        np.sum(d**2) / np.maximum(len(d) - 1, 1)
        if one == "by 1"
        else ((float(np.sum(d**2)) if one == "raises" else np.sum(d**2)) / (len(d) - 1))
    ),
    one=("raises", "by 0", "by 1"),
)
mse_divided_twice = _mse(
    "divided-twice",
    "scale",
    "You divide by the number of samples twice: the mean has done so already.",
    lambda d: np.mean(d**2) / len(d),
)
mse_one_sample = _mse(
    "one-sample-only",
    "indexing",
    "Your loss is that of a single sample, the first or the last. Average over all of them.",
    lambda d, which: d[which] ** 2,
    which=(0, -1),
)
mse_not_accumulated = _mse(
    "not-accumulated",
    "indexing",
    "One error only reaches your mean: the total is overwritten, or the return stands inside the "
    "loop. Add every sample's error, then divide once.",
    lambda d, which: d[which] ** 2 / len(d),
    which=(0, -1),
)
mse_skips = _mse(
    "sample-skipped",
    "indexing",
    "Your loop leaves out the first or the last sample. range(n) already covers all n of them.",
    lambda d, which, by: np.sum((d[1:] if which == 0 else d[:-1]) ** 2) / max(len(d) - by, 1),
    which=(0, -1),
    by=(0, 1),
)
mse_variance = _mse(
    "variance",
    "reduction",
    "You compute the variance of the errors, which forgives a constant one. Take the mean of the "
    "squares themselves.",
    np.var,
)
mse_floor = _mse(
    "floor-division",
    "numerics",
    "Your loss is a whole number: `//` or int drops everything after the point. A mean needs the "
    "true division.",
    lambda d: np.sum(d**2) // len(d),
)
mse_whole = _mse(
    "fraction-lost",
    "numerics",
    "The fractions of your differences are cut off before they are squared. Keep them floats.",
    lambda d: np.mean(np.trunc(d) ** 2),
)
mse_rounded = _mse(
    "rounded",
    "numerics",
    "You round the loss. Round when you print it, not when you compute it.",
    lambda d, digits, by: rounded(np.mean(d**2), digits, by),
    digits=(1, 2, 3, 4, 5),
    by=("numpy", "Python"),
)
mse_largest = _mse(
    "largest-error",
    "reduction",
    "You report the largest squared error. The loss is the mean over all samples.",
    lambda d: np.max(d**2),
)
mse_negative = _mse(
    "sign",
    "sign",
    "Your loss is negative, and a worse prediction makes it smaller. A mean of squares has no "
    "minus.",
    lambda d: -np.mean(d**2),
)


@mistake("mean_squared_error", "difference-of-squares", family="derivative", variants=CHECKS)
def mse_difference_of_squares(y, t, check):
    """You square predictions and targets first and subtract then. The square is taken of the
    difference."""
    return np.mean(_difference(np.square(y), np.square(t), check))


@mistake("mean_squared_error", "only-target-squared", family="lecture-bug", variants=CHECKS)
def mse_only_target_squared(y, t, check):
    """Powers come first: y − t**2 squares t alone. Put the difference in brackets, (y − t)**2."""
    return np.mean(_difference(y, np.square(t), check))


@mistake("mean_squared_error", "target-added", family="sign", variants=CHECKS)
def mse_target_added(y, t, check):
    """You add the target to the prediction. An error is their difference."""
    return np.mean(_difference(y, -np.asarray(t), check) ** 2)


@mistake(
    "mean_squared_error", "relative-error", family="scale", variants={"by": ("t", "y")} | CHECKS
)
def mse_relative(y, t, by, check):
    """You divide each error by the value itself, which nobody asked for and which fails at 0."""
    d = _difference(y, t, check)
    return np.mean((d / (t if by == "t" else y)) ** 2)


@mistake("mean_squared_error", "argument-changed", family="purity")
def mse_changes_argument(y, t):
    """`-=` writes the errors into the caller's predictions. Subtract into a new array."""
    if np.shape(y) != np.shape(t):
        raise ValueError
    y = np.asarray(y, dtype=float)
    y -= t
    return np.mean(y**2)


@mistake(
    "mean_squared_error",
    "predictions-clipped",
    family="numerics",
    variants={"low": (0, -1, -10, -100)},
)
def mse_clipped(y, t, low):
    """You cut predictions off. Those of a regression may lie anywhere, unlike probabilities, and
    the error counts in full."""
    return np.mean(_difference(np.clip(y, low, max(1, -low)), t) ** 2)


@mistake("mean_squared_error", "huber", family="derivative", variants={"half": (False, True)})
def mse_huber(y, t, half):
    """Your loss grows linearly beyond 1, as Huber's does to forgive outliers. The squared error
    squares large errors too."""
    d = np.abs(_difference(y, t))
    if half:
        return np.mean(np.where(d <= 1, d**2, d))
    return np.mean(np.where(d <= 1, d**2, 2 * d - 1))


@mistake("mean_squared_error", "integer-buffer", family="numerics", variants={"of": ("y", "t")})
def mse_integer_buffer(y, t, of):
    """You write the differences into an array made like one of the arguments; if that holds whole
    numbers, the fractions are lost. Ask for floats."""
    d = np.zeros_like(y if of == "y" else t)
    d[:] = _difference(y, t)
    return np.mean(d**2)


@mistake(
    "mean_squared_error",
    "check-inverted",
    family="edge-case",
    variants={"by": ("size", "y", "t")},
)
def mse_inverted(y, t, by):
    """Your check is the wrong way round: it raises where the shapes agree and lets others through.
    Raise where they differ."""
    y, t = np.asarray(y), np.asarray(t)
    if y.shape == t.shape:
        raise ValueError
    squares = (y - t) ** 2
    return squares.sum() / {"y": len(y), "t": len(t), "size": squares.size}[by]


@mistake(
    "mean_squared_error",
    "text-returned",
    family="shape",
    variants={"form": (".2f", ".3f", ".4f", ".5f", ".6f", "")},
)
def mse_text(y, t, form):
    """You return a text that shows the loss. Return the number itself, and format it where you
    print it."""
    return f"{np.mean(_difference(y, t) ** 2):{form}}"


mse_pieces = _mse(
    "mean-of-means",
    "reduction",
    "You average over pieces of the batch and then over the pieces. The last one has fewer "
    "samples, so that each of them counts for more: add up all squares, then divide by N.",
    lambda d, size: np.mean([np.mean(d[n : n + size] ** 2) for n in range(0, len(d), size)]),
    size=(8, 10, 16, 32),
)


@mistake("mean_squared_error", "only-targets-checked", family="shape")
def mse_targets_checked(y, t):
    """You hold the targets' shape against len(y) only, so a column of predictions passes and
    broadcasts. Compare the two shapes with one another."""
    y, t = np.asarray(y), np.asarray(t)
    if t.shape != (len(y),):
        raise ValueError
    return np.mean((y - t) ** 2)
