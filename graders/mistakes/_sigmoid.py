"""Wrong answers to ``sigmoid``, and those that its derivative shares; ``neuron`` takes them in."""

import math

import numpy as np

from chainrule.grading import mistake


def _sigma(a):
    """The right one, quietly."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a, dtype=float))


def _slope(a):
    tail = np.exp(-np.abs(np.asarray(a, dtype=float)))
    return tail / (1 + tail) ** 2


def _power(a, base=math.e):
    """base ** −a as the lecture writes it: Python's own power overflows with an exception."""
    return base ** (-a)


EXPS = {"exp": (lambda a: np.exp(-a), _power)}


# --- mistakes that both functions share ---


def _both(slug, family, sentence, rule, **variants):
    """Declare the same mistake for the sigmoid and for its derivative; the rule gets the right one.

    Returns two wrong functions, so that the loader finds both by name.
    """

    def declare(function, right):
        def body(a, **choices):
            return rule(a, right, **choices)

        body.__doc__ = sentence
        return mistake(function, slug, family=family, variants=variants)(body)

    return declare("sigmoid", _sigma), declare("sigmoid_derivative", _slope)


def _math_only(a, right):
    math.exp(-a)  # raises for arrays, and far below 0
    return float(np.ravel(right(a))[0])


sigmoid_math, slope_math = _both(
    "math-for-arrays",
    "shape",
    "math.exp takes a single number; for an array it raises TypeError, and far below 0 it "
    "overflows. numpy's exp works on every entry at once.",
    _math_only,
)


def _no_scalars(a, right, kind):
    if np.ndim(a) == 0 and not (kind == "isinstance" and isinstance(a, float)):
        raise TypeError("a float has no shape and cannot be indexed or iterated over")
    if np.ndim(a) > 1 and kind == "flat loop":
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return right(a)


sigmoid_arrays_only, slope_arrays_only = _both(
    "arrays-only",
    "shape",
    "A single number stops your function: it has no shape, no index and no len. np.asarray makes "
    "an array of whatever comes.",
    _no_scalars,
    kind=("array", "flat loop", "isinstance"),  # isinstance(a, float) leaves 1 and −1 out
)
sigmoid_at_least_1d, slope_at_least_1d = _both(
    "number-becomes-array",
    "shape",
    "For a single number you return an array with one entry. The result should have the shape of "
    "the argument.",
    lambda a, right: np.atleast_1d(right(a)),
)


def _into_integers(a, right, empty):
    out = np.zeros_like(a)
    out[...] = np.asarray(right(a)).astype(out.dtype) if empty else right(a)
    return out


sigmoid_integer_buffer, slope_integer_buffer = _both(
    "integer-buffer",
    "numerics",
    "Your result takes the dtype of the argument, and whole numbers make it an array of integers: "
    "everything between 0 and 1 becomes 0. Ask for floats.",
    _into_integers,
    empty=(True,),
)


def _one_number(a, right, of_one, error):
    if np.size(a) > 1 or (np.ndim(a) and of_one == "error"):
        raise error
    return float(np.ravel(right(a))[0]) if of_one == "number" else right(a)


sigmoid_if, slope_if = _both(
    "one-number-at-a-time",
    "shape",
    "An array stops your function: `if` and math.exp each take one number only. Choose entry by "
    "entry, with np.where or a form that needs no choice, and take numpy's exp.",
    _one_number,
    of_one=("array", "number", "error"),  # what an array with one entry gives
    error=(ValueError, TypeError),
)
sigmoid_flat, slope_flat = _both(
    "flattened",
    "shape",
    "Your result has lost its axes. It should have the shape of the argument.",
    lambda a, right, numbers: np.ravel(right(a)) if numbers or np.ndim(a) else right(a),
    numbers=(True, False),
)
sigmoid_squeezed, slope_squeezed = _both(
    "axes-squeezed",
    "shape",
    "Axes of length 1 are lost in your result. It should have the shape of the argument.",
    lambda a, right: np.squeeze(right(a)),
)
sigmoid_rounded, slope_rounded = _both(
    "rounded",
    "numerics",
    "You round the result. Round when you print, not when you compute.",
    lambda a, right, digits: np.round(right(a), digits),
    digits=(1, 2, 3, 4, 5, 6),
)
sigmoid_clipped, slope_clipped = _both(
    "clipped-too-hard",
    "numerics",
    "You cut the pre-activation off far too early: within a few units the sigmoid still changes. "
    "Cut at some hundreds, or use a form that needs no cut.",
    lambda a, right, limit: right(np.clip(a, -limit, limit)),
    limit=(*range(1, 11), 12, 15, 16, 18, 20),
)


def _changed(a, right, how):
    if np.ndim(a) == 0:
        return right(a)
    if how == "cut":
        np.clip(a, -500, 500, out=a)
    else:
        np.negative(a, out=a)
    return right(a if how == "cut" else -a)


sigmoid_changes, slope_changes = _both(
    "argument-changed",
    "purity",
    "You write into the array that you were given. Work on a copy, or bind a new name.",
    _changed,
    how=("cut", "minus"),
)
sigmoid_summed, slope_summed = _both(
    "summed-up",
    "reduction",
    "You return one number for the whole array. Every entry has a value of its own.",
    lambda a, right, mean: np.mean(right(a)) if mean else np.sum(right(a)),
    mean=(True, False),
)
sigmoid_argument_rounded, slope_argument_rounded = _both(
    "argument-rounded",
    "numerics",
    "You round the pre-activation first, or look it up in a table of steps. Compute with the "
    "number that was given.",
    lambda a, right, digits: right(np.round(a, digits)),
    digits=(1, 2),
)
sigmoid_transposed, slope_transposed = _both(
    "transposed",
    "axis",
    "A table comes back with its axes exchanged: by a .T, or by a loop over its columns. Every "
    "entry stays in its place.",
    lambda a, right: np.transpose(right(a)),
)


def _one_path(a, right, path):
    if np.ndim(a) == 0 if path == "arrays" else np.asarray(a).dtype.kind != "i":
        return right(a)
    y = 1 / (1 + np.exp(-np.asarray(a)))
    return y if right is _sigma else y * (1 - y)


sigmoid_one_path, slope_one_path = _both(
    "one-path-overflows",
    "numerics",
    "You have two paths, and only one of them is safe: on the other, exp of a large number "
    "overflows. One form that never grows serves floats, integers and arrays.",
    _one_path,
    path=("arrays", "integers"),
)


def _tails(a, right, limit):
    a = np.asarray(a, dtype=float)
    return np.where(np.abs(a) > limit, 1.0 * (a > 0) if right is _sigma else 0.0, right(a))


sigmoid_tails, slope_tails = _both(
    "tails-cut-off",
    "numerics",
    "You take the curve to be flat from some point on. It only comes close: at −10 the sigmoid is "
    "still 0.000045, and so is its slope.",
    _tails,
    limit=(2, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 18),
)


# --- sigmoid ---


@mistake("sigmoid", "precedence", family="lecture-bug", variants=EXPS)
def sigmoid_precedence(a, exp):
    """Python reads 1/1+e^−a as (1/1) + e^−a, as in the lecture's listing; at 0 that is 2. Put the
    whole denominator in brackets."""
    return 1 / 1 + exp(a)


@mistake("sigmoid", "overflow", family="numerics", variants=EXPS)
def sigmoid_overflow(a, exp):
    """For very negative pre-activations e^−a overflows: a warning for arrays, an error for Python's
    own numbers. exp(−|a|) never does; build both sides from it."""
    return 1 / (1 + exp(a))


@mistake("sigmoid", "infinity-over-infinity", family="numerics")
def sigmoid_quotient(a):
    """e^a / (1 + e^a) is infinity over infinity for large a, which is nan. Which form is safe on
    which side of 0?"""
    e = np.exp(a)
    return e / (1 + e)


@mistake("sigmoid", "both-branches-evaluated", family="numerics")
def sigmoid_both_branches(a):
    """np.where evaluates both branches on all entries, the overflowing one too. The values are
    right, but choose the exponent before exp and nothing overflows."""
    a = np.asarray(a, dtype=float)
    return np.where(a >= 0, 1 / (1 + np.exp(-a)), np.exp(a) / (1 + np.exp(a)))


@mistake("sigmoid", "sign-of-exponent", family="sign", variants={"how": ("plain", "nan", "safe")})
def sigmoid_falling(a, how):
    """Your sigmoid falls where it should rise: the exponent needs its minus."""
    if how == "safe":
        return _sigma(-np.asarray(a))
    e = np.exp(a) if how == "plain" else np.exp(-np.asarray(a))
    return 1 / (1 + e) if how == "plain" else e / (1 + e)


@mistake("sigmoid", "minus-in-denominator", family="sign", variants=EXPS)
def sigmoid_minus(a, exp):
    """Your denominator is 1 − e^−a, which is 0 at 0. The sigmoid adds."""
    return 1 / (1 - exp(a))


@mistake("sigmoid", "negative-result", family="sign")
def sigmoid_negative(a):
    """Your result is negative; a sigmoid lies between 0 and 1."""
    return -_sigma(a)


@mistake("sigmoid", "one-missing", family="derivative", variants={"how": ("e^a", "e^-a")})
def sigmoid_one_missing(a, how):
    """The 1 in the denominator is missing, and what is left is an exponential that has no upper
    limit."""
    return np.exp(a if how == "e^a" else -np.asarray(a))


@mistake("sigmoid", "tanh", family="wrong-argument")
def sigmoid_tanh(a):
    """You return tanh, which runs from −1 to 1. The sigmoid runs from 0 to 1."""
    return np.tanh(a)


@mistake("sigmoid", "tanh-of-whole", family="scale")
def sigmoid_tanh_of_whole(a):
    """Your curve is too steep by a factor 2: the sigmoid is tanh of half the pre-activation,
    moved and halved."""
    return (1 + np.tanh(a)) / 2


@mistake("sigmoid", "bipolar", family="scale")
def sigmoid_bipolar(a):
    """Your curve runs from −1 to 1. The sigmoid of this course runs from 0 to 1, with 1/2 at 0."""
    return np.tanh(0.5 * np.asarray(a))


@mistake(
    "sigmoid", "step", family="wrong-argument", variants={"at_zero": (0.0, 1.0, 0.5, False, True)}
)
def sigmoid_step(a, at_zero):
    """You return a step, 0 or 1. Its slope is 0 everywhere, so that nothing could be learned: the
    sigmoid is smooth."""
    step = np.heaviside(np.asarray(a, dtype=float), float(at_zero))
    return step > 0 if isinstance(at_zero, bool) else step


@mistake("sigmoid", "relu", family="wrong-argument")
def sigmoid_relu(a):
    """You return max(0, a), another activation function. The sigmoid stays between 0 and 1."""
    return np.maximum(0, a)


@mistake("sigmoid", "pre-activation-returned", family="wrong-argument")
def sigmoid_identity(a):
    """You return the pre-activation as it is. Squash it into (0, 1)."""
    return np.array(a, dtype=float)


@mistake("sigmoid", "softplus", family="derivative")
def sigmoid_softplus(a):
    """You return log(1 + e^a), the function whose slope is the sigmoid."""
    return np.logaddexp(0, a)


@mistake("sigmoid", "softsign", family="wrong-argument", variants={"moved": (True, False)})
def sigmoid_softsign(a, moved):
    """You return a / (1 + |a|), a cheaper curve of similar shape. This course uses e^−a."""
    s = np.asarray(a) / (1 + np.abs(a))
    return 0.5 + 0.5 * s if moved else s


@mistake("sigmoid", "softmax", family="wrong-argument", variants={"axis": (None, -1, 0)})
def sigmoid_softmax(a, axis):
    """You normalise over the array. A sigmoid squashes each entry by itself."""
    a = np.asarray(a, dtype=float)
    if a.ndim == 0:
        return np.ones(())
    e = np.exp(a - a.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@mistake("sigmoid", "derivative-returned", family="derivative")
def sigmoid_is_slope(a):
    """You return the slope y (1 − y). The sigmoid itself is asked for here."""
    return _slope(a)


@mistake("sigmoid", "applied-twice", family="derivative")
def sigmoid_twice(a):
    """You apply the sigmoid twice, so nothing gets below 1/2. Once is enough."""
    return _sigma(_sigma(a))


@mistake(
    "sigmoid",
    "wrong-base",
    family="scale",
    variants={"base": (2.0, 10.0, 2.7, 2.71, 2.718, 2.7183, 2.71828), "array": (True, False)},
)
def sigmoid_wrong_base(a, base, array):
    """The base of your power is not e. Rounded ones are off as well: use exp."""
    return 1 / (1 + _power(np.asarray(a, dtype=float) if array else a, base))
