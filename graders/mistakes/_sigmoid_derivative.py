"""Known wrong answers to ``sigmoid_derivative`` alone; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._sigmoid import EXPS, _sigma, _slope


@mistake("sigmoid_derivative", "takes-y", family="wrong-argument")
def slope_takes_y(a):
    """You compute a (1 − a), as if the argument were the prediction. It is the pre-activation:
    y = σ(a) comes first."""
    a = np.asarray(a)
    return a * (1 - a)


@mistake("sigmoid_derivative", "sigmoid-twice", family="wrong-argument")
def slope_sigmoid_twice(a):
    """You apply the sigmoid twice before y (1 − y). The argument is a, so once is enough."""
    return _slope(_sigma(a))


@mistake("sigmoid_derivative", "half-converted", family="wrong-argument", variants={"i": (0, 1)})
def slope_half_converted(a, i):
    """One factor uses y and the other one a. Both belong to y = σ(a): y (1 − y)."""
    a = np.asarray(a)
    return _sigma(a) * (1 - a) if i else a * _sigma(-a)


@mistake("sigmoid_derivative", "sigmoid-returned", family="derivative")
def slope_is_sigmoid(a):
    """You return the sigmoid itself. Its slope is y (1 − y): 1/4 at 0."""
    return _sigma(a)


@mistake(
    "sigmoid_derivative",
    "factor-y-missing",
    family="derivative",
    variants={"square": (True, False)},
)
def slope_y_missing(a, square):
    """You return 1 − y alone, which is also e^−a/(1 + e^−a) without the square of the denominator.
    The slope has a second factor, y."""
    if not square:
        return _sigma(-np.asarray(a))
    e = np.exp(-np.asarray(a))
    return e / (1 + e)


@mistake("sigmoid_derivative", "stable-without-square", family="derivative")
def slope_without_square(a):
    """e^−|a|/(1 + e^−|a|) is the smaller of y and 1 − y. The slope is their product: square the
    denominator."""
    e = np.exp(-np.abs(a))
    return e / (1 + e)


@mistake(
    "sigmoid_derivative", "square-misplaced", family="derivative", variants={"how": ("inner", "up")}
)
def slope_square_misplaced(a, how):
    """The square stands on the wrong part of the fraction. It belongs to the whole denominator."""
    e = np.exp(-np.asarray(a))
    return e / (1 + e**2) if how == "inner" else (e / (1 + e)) ** 2


@mistake("sigmoid_derivative", "numerator-missing", family="derivative", variants=EXPS)
def slope_numerator_missing(a, exp):
    """The numerator e^−a is missing: that is the inner derivative, and your result is y²."""
    return 1 / (1 + exp(a)) ** 2


@mistake(
    "sigmoid_derivative",
    "infinity-over-infinity",
    family="numerics",
    variants={"sign": (-1, 1), "power": ("square", "product")},
)
def slope_quotient(a, sign, power):
    """Far from 0 the exponential overflows, and infinity over infinity is nan. The slope is
    y (1 − y): nothing has to grow."""
    e = np.exp(sign * np.asarray(a))
    return e / (1 + e) ** 2 if power == "square" else (1 / (1 + e)) * (e / (1 + e))


@mistake("sigmoid_derivative", "overflow", family="numerics", variants=EXPS)
def slope_overflow(a, exp):
    """For very negative pre-activations the exponential in your sigmoid overflows: a warning for
    arrays, an error for Python's own numbers. exp(−|a|) never does."""
    y = 1 / (1 + exp(a))
    return y * (1 - y)


@mistake(
    "sigmoid_derivative", "sign", family="sign", variants={"how": ("right", "nan", "quotient")}
)
def slope_negative(a, how):
    """Your slope is negative, but the sigmoid rises everywhere. Look at the order in 1 − y, or at
    the sign of the inner derivative."""
    if how == "right":
        return -_slope(a)
    e = np.exp(-np.asarray(a))
    return -e / (1 + e) ** 2 if how == "nan" else -(1 / (1 + e)) * (e / (1 + e))


@mistake(
    "sigmoid_derivative", "tanh-derivative", family="derivative", variants={"of": ("y", "tanh")}
)
def slope_of_tanh(a, of):
    """1 − y² is the slope of tanh. That of the sigmoid is y (1 − y)."""
    return 1 - (_sigma(a) if of == "y" else np.tanh(a)) ** 2


@mistake("sigmoid_derivative", "plus-for-minus", family="sign")
def slope_plus(a):
    """You multiply y by 1 + y. The second factor is 1 − y."""
    y = _sigma(a)
    return y * (1 + y)


@mistake("sigmoid_derivative", "brackets-missing", family="lecture-bug")
def slope_brackets(a):
    """Without brackets y * 1 - y is 0 everywhere. Write y * (1 - y)."""
    y = _sigma(a)
    return y * 1 - y


@mistake("sigmoid_derivative", "factor-squared", family="derivative", variants={"which": (0, 1)})
def slope_factor_squared(a, which):
    """One of the two factors is there twice. The slope is y (1 − y), each once."""
    y, rest = _sigma(a), _sigma(-np.asarray(a))
    return y**2 * rest if which == 0 else y * rest**2


@mistake("sigmoid_derivative", "input-factor", family="derivative")
def slope_times_a(a):
    """You multiply by a. That factor belongs to da/dw; here the derivative by a itself is asked
    for."""
    return np.asarray(a) * _slope(a)


@mistake("sigmoid_derivative", "precedence", family="lecture-bug", variants=EXPS)
def slope_precedence(a, exp):
    """Your sigmoid is 1/1+e^−a, which Python reads as 1 + e^−a, as in the lecture's listing. Put
    the denominator in brackets."""
    y = 1 / 1 + exp(a)
    return y * (1 - y)


@mistake("sigmoid_derivative", "relu-derivative", family="wrong-argument")
def slope_of_relu(a):
    """You return a step, the slope of max(0, a). That of the sigmoid is y (1 − y)."""
    return 1.0 * (np.asarray(a) > 0)


@mistake("sigmoid_derivative", "second-derivative", family="derivative")
def slope_second(a):
    """You differentiate once too often: y (1 − y) (1 − 2y) is the second derivative."""
    return _slope(a) * (1 - 2 * _sigma(a))


@mistake(
    "sigmoid_derivative",
    "one-sided-difference",
    family="numerics",
    variants={"h": (0.1, 0.01, 1e-3, 1e-4, 1e-5)},
)
def slope_one_sided(a, h):
    """Your one-sided difference is off by about h. The formula is exact; if you do use differences,
    take central ones."""
    a = np.asarray(a, dtype=float)
    return (_sigma(a + h) - _sigma(a)) / h


@mistake(
    "sigmoid_derivative", "step-too-large", family="numerics", variants={"h": (1, 0.5, 0.1, 0.01)}
)
def slope_coarse(a, h):
    """Your central difference takes too large a step for the curve. The formula is exact."""
    a = np.asarray(a, dtype=float)
    return (_sigma(a + h) - _sigma(a - h)) / (2 * h)


@mistake("sigmoid_derivative", "half", family="scale")
def slope_half(a):
    """Your slope is half of the right one: 1/8 at 0 instead of 1/4."""
    return _slope(a) / 2


@mistake("sigmoid_derivative", "square-overflows", family="numerics", variants={"sign": (-1, 1)})
def slope_square_overflows(a, sign):
    """You leave out where exp overflows, but its square does so at half of that, near 355. The
    slope is y (1 − y): nothing has to grow."""
    a = np.asarray(a, dtype=float)
    e = np.exp(sign * np.clip(a, -700, 700))
    return np.where(np.abs(a) > 700, 0.0, e / (1 + np.where(np.abs(a) > 700, 0, e)) ** 2)
