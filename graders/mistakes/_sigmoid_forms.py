"""More wrong sigmoids and slopes: curves, zeros, branches, dtypes; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._sigmoid import EXPS, _both, _sigma, _slope

# --- mistakes that both functions share ---


def _two_axes(a, right):
    if np.ndim(a) > 2:
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return right(a)


sigmoid_two_axes, slope_two_axes = _both(
    "two-axes-at-most",
    "shape",
    "Your loops run over rows and their entries, and an array of three axes stops them. numpy's "
    "functions take any shape.",
    _two_axes,
)


sigmoid_zero_left_out, slope_zero_left_out = _both(
    "zero-left-out",
    "edge-case",
    "At exactly 0 you return 0: `>` on one side and `<` on the other leave it out. One of them "
    "needs its =.",
    lambda a, right: np.where(np.asarray(a) == 0, 0.0, right(a)),
)


def _through_vectorize(a, right, limit, sides):
    def one(v):
        if v < -limit:
            return 0
        if v > limit and sides == 2:
            return 1 if right is _sigma else 0
        return float(right(v))

    return np.vectorize(one)(a)


sigmoid_vectorized, slope_vectorized = _both(
    "vectorize-takes-integers",
    "numerics",
    "np.vectorize takes its dtype from the first entry: where that gives a whole 0 or 1, all "
    "others are cut to integers. Return 0.0 and 1.0, or say otypes=[float].",
    _through_vectorize,
    limit=(20, 30, 50, 100, 500, 700, 709),
    sides=(1, 2),
)


def _fails(a, right, error):
    raise error


sigmoid_fails, slope_fails = _both(
    "fails-on-every-input",
    "shape",
    "Your function raises an error whatever it is given, a number or an array. The error itself "
    "says where and why.",
    _fails,
    error=(ValueError, TypeError),
)


# --- sigmoid ---


@mistake("sigmoid", "absolute-value", family="sign")
def sigmoid_absolute(a):
    """The sign of the pre-activation is lost, so the left side of 0 is wrong. Compare a and −a."""
    return _sigma(np.abs(a))


@mistake("sigmoid", "hard-sigmoid", family="wrong-argument", variants={"by": (0.2, 1 / 6, 0.25)})
def sigmoid_hard(a, by):
    """You return straight lines in place of the curve, the "hard" sigmoid. This course uses
    1 / (1 + e^−a)."""
    return np.clip(by * np.asarray(a, dtype=float) + 0.5, 0, 1)


@mistake("sigmoid", "rounded-down", family="numerics", variants=EXPS)
def sigmoid_floor_division(a, exp):
    """Nothing but 0 and 1 comes out: `//` and int() round down. Divide with `/`, and keep the
    fractions."""
    return 1 // (1 + exp(a))


@mistake(
    "sigmoid",
    "kept-from-0-and-1",
    family="numerics",
    variants={"by": (0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)},
)
def sigmoid_kept_inside(a, by):
    """You keep the result away from 0 and 1. Far out it comes as close as floats can tell; protect
    a logarithm where you take it."""
    return np.clip(_sigma(a), by, 1 - by)


@mistake(
    "sigmoid",
    "one-branch-for-all",
    family="numerics",
    variants={"by": (np.sum, np.min, np.median)},
)
def sigmoid_one_branch(a, by):
    """You choose one of the two forms for a whole array. Entries of both signs stand side by side:
    choose for each of them."""
    if by(a) >= 0:
        return 1 / (1 + np.exp(-np.asarray(a, dtype=float)))
    e = np.exp(np.asarray(a, dtype=float))
    return e / (1 + e)


# --- sigmoid_derivative ---


@mistake("sigmoid_derivative", "absolute-value", family="sign", variants={"at_zero": (True, False)})
def slope_odd(a, at_zero):
    """Your slope changes its sign with the pre-activation. The sigmoid rises on both sides of 0:
    the slope at −a is that at a."""
    a = np.asarray(a, dtype=float)
    return np.where(a < 0, -1, 1) * _slope(a) if at_zero else np.sign(a) * _slope(a)


@mistake(
    "sigmoid_derivative",
    "diagonal-matrix",
    family="shape",
    variants={"numbers": (True, False), "how": (np.diagflat, np.diag)},
)
def slope_diagonal(a, numbers, how):
    """np.diag puts the slopes on the diagonal of a matrix, as softmax needs it, or takes a diagonal
    out of one. Each slope belongs to one entry: return them in the shape of a."""
    slope = np.asarray(_slope(a))
    return slope if slope.ndim == 0 and not numbers else how(slope)


@mistake(
    "sigmoid_derivative",
    "matrix-product",
    family="shape",
    variants={"product": (np.dot, np.matmul), "numbers": (True, False)},
)
def slope_matrix_product(a, product, numbers):
    """@ and np.dot add products up. The slope is y (1 − y) of each entry by itself: use `*`."""
    y = np.asarray(_sigma(a))
    return y * (1 - y) if y.ndim == 0 and numbers else product(y, 1 - y)


@mistake(
    "sigmoid_derivative",
    "difference-along-array",
    family="derivative",
    variants={"how": ("gradient", "gradient over a", "diff", "diff over a")},
)
def slope_along_array(a, how):
    """np.gradient and np.diff compare an entry with its neighbours in the array. The slope at an
    entry depends on that entry alone: y (1 − y)."""
    y = _sigma(a)
    if how.startswith("gradient"):
        return np.gradient(y, a) if "over" in how else np.gradient(y)
    return np.diff(y) / np.diff(a) if "over" in how else np.diff(y)


@mistake("sigmoid_derivative", "one-minus-a-inside", family="wrong-argument")
def slope_one_minus_a(a):
    """Your second factor is the sigmoid of 1 − a. It is 1 minus the sigmoid of a."""
    return _sigma(a) * _sigma(1 - np.asarray(a))


@mistake("sigmoid_derivative", "halves-of-tanh-missing", family="derivative")
def slope_tanh_unscaled(a):
    """1 − tanh²(a/2) is the slope of tanh at a/2. The sigmoid is half of tanh(a/2), and the chain
    rule brings one more half: a quarter of it."""
    return 1 - np.tanh(0.5 * np.asarray(a)) ** 2


@mistake(
    "sigmoid_derivative",
    "kept-above-0",
    family="numerics",
    variants={
        "by": (0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8),
        "how": ("added", "clipped", "y clipped"),
    },
)
def slope_kept_above_zero(a, by, how):
    """You keep the slope away from 0, or the prediction away from 0 and 1. Far out the slope is 0:
    return it as it is."""
    if how == "y clipped":
        y = np.clip(_sigma(a), by, 1 - by)
        return y * (1 - y)
    return _slope(a) + by if how == "added" else np.maximum(_slope(a), by)
