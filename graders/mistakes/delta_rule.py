"""Known wrong answers to ``delta_rule``; the longer lists have files of their own."""

import numpy as np

from chainrule.grading import mistake

# One module an assignment: the loader reads what this one holds.
from ._batch_gradient import *  # noqa: F403
from ._batch_training import *  # noqa: F403
from ._descent import *  # noqa: F403
from ._descent_loop import *  # noqa: F403
from ._differences import *  # noqa: F403
from ._gradient_step import *  # noqa: F403
from ._online_training import *  # noqa: F403
from ._rare_trainings import *  # noqa: F403
from ._signals import right, sigma, signals

# --- error_gradient ---


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
error_rounded = _plain(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda y, t, digits: np.round(2 * (y - t), digits),
    digits=(0, 1, 2),
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


# --- delta_rule ---


def _declared(slug, family, sentence, body, variants=None):
    body.__doc__ = sentence
    return mistake("delta_rule", slug, family=family, variants=variants)(body)


def _from_signal(rule):
    def body(x, w, t):
        a = np.asarray(x) @ np.asarray(w)
        return rule(sigma(a), t, a) * x

    return body


for _slug, _family, _sentence, _rule in signals():
    _name = "one_" + _slug.replace("-", "_")
    globals()[_name] = _declared(_slug, _family, _sentence, _from_signal(_rule))


def _alone(slug, family, sentence, rule, **variants):
    """Declare a wrong delta rule that goes wrong after dE/da: the rule gets that, x and w."""

    def body(x, w, t, **choices):
        return rule(right(x, w, t), np.asarray(x), np.asarray(w), **choices)

    return _declared(slug, family, sentence, body, variants)


one_no_x = _alone(
    "input-missing",
    "derivative",
    "The last factor is missing: da/dw_p = x_p. A weight is as much to blame as its input is "
    "large.",
    lambda d, x, w, full: d + 0 * x if full else d,
    full=(True, False),
)
one_w_for_x = _alone(
    "weight-for-input",
    "derivative",
    "You multiply by the weights. da/dw_p is the input x_p.",
    lambda d, x, w: d * w,
)
one_extra_weight = _alone(
    "extra-weight-factor",
    "derivative",
    "There is a factor w too many: da/dw_p is x_p alone.",
    lambda d, x, w: d * x * w,
)
one_squared_input = _alone(
    "input-twice",
    "derivative",
    "The input is there twice. da/dw_p is x_p, once.",
    lambda d, x, w: d * x * x,
)
one_rate = _alone(
    "learning-rate-inside",
    "scale",
    "A learning rate has got into your gradient. It belongs to the update.",
    lambda d, x, w, rate: rate * d * x,
    rate=(0.1, 0.01, 0.001, -0.1, -0.01, 0.05, 0.3),
)
one_divided = _alone(
    "divided-by-inputs",
    "reduction",
    "You divide by the number of inputs. One sample's gradient has no mean in it.",
    lambda d, x, w: d * x / len(x),
)
one_summed = _alone(
    "summed-over-inputs",
    "reduction",
    "You return one number. Every weight has a derivative of its own.",
    lambda d, x, w, of: d * of(x),
    of=(np.sum, np.mean, lambda x: x[0], lambda x: x[-1]),
)
one_updated = _alone(
    "weights-returned",
    "wrong-argument",
    "You return new weights, or a step added to them. The gradient alone is asked for.",
    lambda d, x, w, s: w + s * d * x,
    s=(-1, 1, -0.1, -0.01),
)
one_bias_one = _alone(
    "bias-input-taken-as-one",
    "edge-case",
    "You take the bias input for 1. Its value stands in x[0], like the others.",
    lambda d, x, w: d * np.concatenate([[1.0], x[1:]]),
)
one_bias_zero = _alone(
    "bias-not-trained",
    "indexing",
    "The first weight gets no gradient. The bias learns like the others.",
    lambda d, x, w, cut: d * x[1:] if cut else d * np.concatenate([[0.0], x[1:]]),
    cut=(False, True),
)
one_last_zero = _alone(
    "last-input-skipped",
    "indexing",
    "The last weight gets no gradient: range(n) stops before n by itself.",
    lambda d, x, w, cut: d * x[:-1] if cut else d * np.concatenate([x[:-1], [0.0]]),
    cut=(False, True),
)
one_column = _alone(
    "extra-axis",
    "shape",
    "Your gradient has an axis too many. It should have the shape of w, (D,).",
    lambda d, x, w, axis: np.expand_dims(d * x, axis),
    axis=(0, 1),
)
one_outer = _alone(
    "table-of-all-pairs",
    "shape",
    "You return a (D, D) table. Each weight has one input: the gradient is (D,).",
    lambda d, x, w: d * np.outer(x, w),
)
one_integers = _alone(
    "integer-buffer",
    "numerics",
    "The gradient is written into an array of integers, so its fractions are lost. Ask for floats.",
    lambda d, x, w, of: (d * x).astype(w.dtype if of == "w" else x.dtype),
    of=("w", "x"),
)
one_rounded = _alone(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda d, x, w, digits: np.round(d * x, digits),
    digits=(1, 2, 3, 4, 5),
)


@mistake("delta_rule", "prediction-clipped", family="numerics", variants={"by": (0.01, 0.005)})
def one_clipped(x, w, t, by):
    """You keep the prediction away from 0 and 1. The gradient has no logarithm in it: take y as it
    is."""
    y = np.clip(sigma(x @ w), by, 1 - by)
    return 2 * (y - t) * y * (1 - y) * x


one_class = _declared(
    "target-rounded",
    "wrong-argument",
    "You make the target 0 or 1 first. It may lie between: take it as it is.",
    lambda x, w, t, at: right(x, w, 1.0 * (t >= 0.5 if at else t > 0.5)) * x,
    {"at": (True, False)},
)
one_squeezed = _alone(
    "single-input-squeezed",
    "shape",
    "A neuron with a single input gets a plain number. Its gradient has the shape of w, (1,).",
    lambda d, x, w: np.squeeze(d * x),
)


@mistake("delta_rule", "w-changed", family="purity", variants={"rate": (1.0, 0.1)})
def one_changes_w(x, w, t, rate):
    """You update the caller's weights on the way. Only return the gradient; the step comes
    later."""
    gradient = right(x, w, t) * x
    w = np.asarray(w, dtype=float)
    w -= rate * gradient
    return gradient
