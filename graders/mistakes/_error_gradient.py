"""Known wrong answers to ``error_gradient``; ``delta_rule`` takes them in."""

import numpy as np

from chainrule.grading import mistake


def _plain(slug, family, sentence, rule, **variants):
    """Declare a wrong dE/dy."""

    def body(y, t, **choices):
        with np.errstate(all="ignore"):
            return rule(np.asarray(y), np.asarray(t), **choices)

    body.__doc__ = sentence
    return mistake("error_gradient", slug, family=family, variants=variants)(body)


error_no_two = _plain(
    "two-dropped",
    "scale",
    "The 2 is missing: the derivative of a square is twice its base. Without a ½ in E nothing "
    "cancels it.",
    lambda y, t: y - t,
)
error_sign = _plain(
    "sign",
    "sign",
    "Your sign is turned: too large a prediction must have a positive slope. Is it y − t?",
    lambda y, t: 2 * (t - y),
)
error_sign_no_two = _plain(
    "sign-and-two",
    "sign",
    "You return t − y: the sign is turned and the 2 is missing.",
    lambda y, t: t - y,
)
error_square = _plain(
    "error-itself",
    "derivative",
    "You return the error (y − t)², not its derivative.",
    lambda y, t: (y - t) ** 2,
)
error_square_kept = _plain(
    "square-kept",
    "derivative",
    "The square is still there after differentiating: (y − t)² becomes 2 (y − t).",
    lambda y, t: 2 * (y - t) ** 2,
)
error_mean = _plain(
    "divided-by-n",
    "reduction",
    "You divide by the number of samples. Here E is the error of each prediction by itself.",
    lambda y, t, two: two * (y - t) / np.size(y),
    two=(2, 1),
)
error_summed = _plain(
    "summed",
    "reduction",
    "You return one number for all predictions. Each has a slope of its own.",
    lambda y, t, mean: 2 * np.mean(y - t) if mean else 2 * np.sum(y - t),
    mean=(True, False),
)
error_chain = _plain(
    "sigmoid-slope-included",
    "derivative",
    "You go on to dE/da: the factor y (1 − y) belongs to dy/da. Here dE/dy alone is asked for.",
    lambda y, t, two: two * (y - t) * y * (1 - y),
    two=(2, 1),
)
error_bce = _plain(
    "cross-entropy-gradient",
    "derivative",
    "You differentiate the cross-entropy. Here E is the squared error.",
    lambda y, t, joint: (y - t) / (y * (1 - y)) if joint else (1 - t) / (1 - y) - t / y,
    joint=(True, False),
)
error_absolute = _plain(
    "absolute-value",
    "sign",
    "The sign of the error is lost. It tells in which direction to move.",
    lambda y, t, two: two * np.abs(y - t),
    two=(2, 1),
)
error_sign_only = _plain(
    "sign-only",
    "derivative",
    "You return the sign alone, the slope of |y − t|. The slope of the square grows with the "
    "error.",
    lambda y, t, two: two * np.sign(y - t),
    two=(1, 2),
)
error_brackets = _plain(
    "brackets-missing",
    "lecture-bug",
    "2 * y - t doubles the prediction alone. Put the difference in brackets.",
    lambda y, t: 2 * y - t,
)
error_four = _plain(
    "two-twice",
    "scale",
    "The 2 is there twice. Differentiating a square gives it once.",
    lambda y, t: 4 * (y - t),
)
error_plus = _plain(
    "target-added",
    "sign",
    "You add the target. The error is a difference.",
    lambda y, t: 2 * (y + t),
)
error_inner = _plain(
    "extra-factor",
    "derivative",
    "There is a y or t too many: the inner derivative of y − t by y is 1.",
    lambda y, t, of: 2 * (y - t) * (y if of == "y" else t),
    of=("y", "t"),
)
error_squeezed = _plain(
    "single-prediction-squeezed",
    "shape",
    "A single prediction loses its axis. The result should have the shape of y.",
    lambda y, t: np.squeeze(2 * (y - t)),
)
error_decided = _plain(
    "right-decisions-silent",
    "derivative",
    "Where the rounded prediction is right, your gradient is 0. That is the perceptron's rule; "
    "here every difference counts.",
    lambda y, t: 2 * (y - t) * (np.round(y) != t),
)
error_rounded = _plain(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda y, t, digits: np.round(2 * (y - t), digits),
    digits=(0, 1, 2),
)
error_small = _plain(
    "small-errors-ignored",
    "numerics",
    "You take predictions that are nearly right for right ones. Their slopes are small, and not 0.",
    lambda y, t, k: np.where(np.abs(y - t) < k, 0.0, 2 * (y - t)),
    k=(1e-2, 1e-3, 1e-4, 1e-5),
)
error_limited = _plain(
    "gradient-clipped",
    "scale",
    "You limit the slope. A large error has a large one: take it as it is.",
    lambda y, t, k: np.clip(2 * (y - t), -k, k),
    k=(1, 2, 5, 10),
)
error_hard = _plain(
    "target-rounded",
    "wrong-argument",
    "You make whole numbers of the targets first. They may lie between: take them as they are.",
    lambda y, t, to: 2 * (y - to(t)),
    to=(np.round, np.trunc, lambda t: t >= 0.5, lambda t: t > 0.5),
)


def _one_by_one(y, t, error):
    if y.ndim != 1:
        raise error("a row is no number")
    return 2 * (y - t)


error_vectors = _plain(
    "vectors-only",
    "shape",
    "Your function breaks off where y is no list of numbers but a matrix. Subtract whole arrays: "
    "that fits any shape.",
    _one_by_one,
    error=(TypeError, ValueError, IndexError),
)
error_repeated = _plain(
    "list-repeated",
    "lecture-bug",
    "2 times a Python list is the list twice over, not its numbers doubled. Make it an array "
    "first, or double each number.",
    lambda y, t: np.concatenate([y - t, y - t]),
)
error_truncated = _plain(
    "fraction-lost",
    "numerics",
    "Your slopes are whole numbers: fractions are cut off on the way.",
    lambda y, t: np.trunc(2 * (y - t)),
)


error_clipped = _plain(
    "prediction-clipped",
    "numerics",
    "You cut predictions off below 0 and above 1. Those of a regression may lie anywhere: take "
    "them as they are.",
    lambda y, t: 2 * (np.clip(y, 0, 1) - t),
)
error_integers = _plain(
    "integer-buffer",
    "numerics",
    "The slopes are written into an array made like y or t. If that holds whole numbers, fractions "
    "are lost: ask for floats.",
    lambda y, t, of: (2 * (y - t)).astype((y if of == "y" else t).dtype),
    of=("y", "t"),
)


@mistake("error_gradient", "argument-changed", family="purity")
def error_changes_y(y, t):
    """`-=` writes into the caller's predictions. Subtract into a new array."""
    y = np.asarray(y, dtype=float)
    y -= t
    return 2 * y
