"""Known wrong answers to ``delta_rule``; the longer lists have files of their own."""

import numpy as np

from chainrule.grading import mistake

# One module an assignment: the loader reads what this one holds.
from ._batch_gradient import *  # noqa: F403
from ._batch_training import *  # noqa: F403
from ._descent import *  # noqa: F403
from ._descent_loop import *  # noqa: F403
from ._differences import *  # noqa: F403
from ._error_gradient import *  # noqa: F403
from ._gradient_step import *  # noqa: F403
from ._online_training import *  # noqa: F403
from ._other_neurons import *  # noqa: F403
from ._rare_trainings import *  # noqa: F403
from ._signals import right, sigma, signals
from ._training_ends import *  # noqa: F403


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


@mistake("numerical_gradient", "entry-for-vector", family="shape")
def numerical_entry_for_vector(f, w, h=1e-5):
    """You hand f the one entry that you move. f wants all of w, with that entry moved in it."""
    return np.array([(f(entry + h) - f(entry - h)) / (2 * h) for entry in w])


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


def _into(d, x, w, of, added):
    buffer = np.zeros_like(w if of == "w" else x)
    if added:
        buffer += d * x
    else:
        buffer[:] = d * x
    return buffer


one_integers = _alone(
    "integer-buffer",
    "numerics",
    "The gradient is written into an array made like w or x. If that holds whole numbers, "
    "fractions are cut off or refused: ask for floats.",
    _into,
    of=("w", "x"),
    added=(False, True),
)
one_bias_added = _alone(
    "bias-input-added",
    "shape",
    "You give the sample another bias input. It stands in x already: the gradient has one entry "
    "for each weight.",
    lambda d, x, w, first: d * np.concatenate([[1.0], x] if first else [x, [1.0]]),
    first=(True, False),
)
one_three = _declared(
    "three-inputs-only",
    "indexing",
    "Your code is written for three inputs, as many as the lecture's data have. Loop over "
    "range(len(w)), or use whole arrays.",
    lambda x, w, t, whole: (
        right(x, w, t) * x[[0, 1, 2]] if whole else right(x[:3], w[:3], t) * x[[0, 1, 2]]
    ),
    {"whole": (True, False)},
)
one_limited = _alone(
    "gradient-clipped",
    "scale",
    "You limit the gradient. It is as large as it is; large inputs make it so.",
    lambda d, x, w, k: np.clip(d * x, -k, k),
    k=(1, 2),
)
one_rounded = _alone(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda d, x, w, digits: np.round(d * x, digits),
    digits=(1, 2, 3, 4, 5),
)


@mistake(
    "delta_rule",
    "prediction-clipped",
    family="numerics",
    variants={"by": (0.01, 0.005, 1e-3, 1e-5)},
)
def one_clipped(x, w, t, by):
    """You keep the prediction away from 0 and 1. The gradient has no logarithm in it: take y as it
    is."""
    y = np.clip(sigma(x @ w), by, 1 - by)
    return 2 * (y - t) * y * (1 - y) * x


one_error_itself = _declared(
    "error-returned",
    "derivative",
    "You return the error (y − t)² itself. Asked for is how it changes with each weight.",
    lambda x, w, t, full: np.mean((sigma(x @ w) - t) ** 2) * (np.ones(len(w)) if full else 1),
    {"full": (True, False)},
)
one_class = _declared(
    "target-rounded",
    "wrong-argument",
    "You make the target 0 or 1 first. It may lie between: take it as it is.",
    lambda x, w, t, at: right(x, w, 1.0 * {">": t > 0.5, ">=": t >= 0.5, "whole": t >= 1}[at]) * x,
    {"at": (">=", ">", "whole")},
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
