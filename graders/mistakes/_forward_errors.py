"""Wrong errors of ``forward_pass``; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._forward_pass import _error, _measured, _sigma, _square, _surprise
from ._logarithms import GUARDS, both_terms

pass_minus_one_term = _measured(
    "minus-covers-one-term",
    "sign",
    "In your cross-entropy the minus stands before one term only. Both need it: −t log(y) and "
    "−(1 − t) log(1 − y).",
    {"bce": lambda y, t, s: s * (t * np.log(y) - (1 - t) * np.log(1 - y))},
    s=(-1, 1),
)
pass_minus = _measured(
    "minus-missing",
    "sign",
    "Your cross-entropies are negative: the formula starts with a minus.",
    {"bce": lambda y, t: -_surprise(y, t)},
)
pass_second_missing = _measured(
    "second-term-missing",
    "derivative",
    "In your cross-entropy targets of 0 cost nothing: the term (1 − t) log(1 − y) is missing.",
    {"bce": lambda y, t: -t * np.log(y)},
)
pass_first_missing = _measured(
    "first-term-missing",
    "derivative",
    "In your cross-entropy targets of 1 cost nothing: the term t log(y) is missing.",
    {"bce": lambda y, t: -(1 - t) * np.log(1 - y)},
)
pass_classes_swapped = _measured(
    "classes-swapped",
    "derivative",
    "The weights of your cross-entropy are exchanged: t belongs to log(y), 1 − t to log(1 − y).",
    {"bce": lambda y, t: _surprise(1 - y, t)},
)
pass_log_y_twice = _measured(
    "log-y-in-both-terms",
    "derivative",
    "Both terms of your cross-entropy hold log(y). A target of 0 is charged for 1 − y.",
    {"bce": lambda y, t: -np.log(y) + 0 * t},
)
pass_swapped = _measured(
    "arguments-swapped",
    "wrong-argument",
    "Your cross-entropy takes logarithms of the targets. They belong to the predictions.",
    {"bce": lambda y, t, guard: -sum(both_terms(y, t, guard))},
    guard=("nan", *GUARDS, *(("add", eps) for eps in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8))),
)
pass_wrong_log = _measured(
    "wrong-logarithm",
    "scale",
    "Your cross-entropy is in bits, or has the base 10. It is asked for in nats.",
    {"bce": lambda y, t, base: _surprise(y, t) / np.log(base)},
    base=(2, 10),
)
pass_hard_targets = _measured(
    "soft-targets-hardened",
    "wrong-argument",
    "Your cross-entropy makes every target 0 or 1. Targets may lie between: weigh both terms.",
    {
        "bce": lambda y, t, rule: _surprise(
            y, {"is 1": t == 1, "not 0": t > 0, "half": t > 0.5, "half up": t >= 0.5}[rule] * 1
        )
    },
    rule=("is 1", "not 0", "half", "half up"),
)
pass_brackets = _measured(
    "brackets-missing",
    "lecture-bug",
    "Without brackets, 1 − t·log(1 − y) multiplies first. Write (1 − t) around the weight.",
    {"bce": lambda y, t: -(t * np.log(y) + 1 - t * np.log(1 - y))},
)
pass_epsilon = _measured(
    "epsilon-too-large",
    "numerics",
    "What you add or clip inside the logarithm changes ordinary losses. Take far less, 1e-12 say.",
    {
        "bce": lambda y, t, eps: (
            _surprise(np.clip(y, -eps, 1 + eps), t)
            if eps < 0
            else -(t * np.log(y + eps) + (1 - t) * np.log(1 - y + eps))
        )
    },
    eps=(-0.1, -0.05, -0.01, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6),  # negative ones are clipped to
)
pass_half_square = _measured(
    "half-squares",
    "scale",
    "You halve the squares. The lecture's error is (y − t)² without a half.",
    {"mse": lambda y, t: (y - t) ** 2 / 2},
)
pass_hard_squares = _measured(
    "targets-rounded",
    "wrong-argument",
    "Your squared error makes every target 0 or 1 first. Targets may lie between: take them as "
    "they are.",
    {"mse": lambda y, t, at: (y - (t >= 0.5 if at else t > 0.5)) ** 2},
    at=(True, False),
)
pass_absolute = _measured(
    "absolute-error",
    "derivative",
    "You take absolute errors. The lecture squares them.",
    {"mse": lambda y, t: np.abs(y - t)},
)
pass_signed = _measured(
    "square-missing",
    "derivative",
    "You do not square the errors, so that they cancel in the mean.",
    {"mse": lambda y, t, s: s * (y - t)},
    s=(1, -1),
)
pass_always_mse = _measured(
    "loss-ignored",
    "wrong-argument",
    'For "bce" you compute squared errors as well. Its errors are cross-entropies: '
    "−t log(y) − (1 − t) log(1 − y).",
    {"bce": _square},
)
pass_always_bce = _measured(
    "always-cross-entropy",
    "wrong-argument",
    'For "mse" you compute cross-entropies as well. Its errors are squares: (y − t)².',
    {"mse": _surprise},
)
pass_exchanged = _measured(
    "losses-exchanged",
    "wrong-argument",
    'Your two losses are exchanged: "mse" gives cross-entropies and "bce" squares.',
    {"mse": _surprise, "bce": _square},
)


@mistake("forward_pass", "default-loss", family="wrong-argument")
def pass_default_loss(x, w, t, loss="bce"):
    """Without an argument you compute cross-entropies. The default is "mse"."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "integer-buffer", family="numerics", variants={"only_e": (True, False)})
def pass_integer_buffer(x, w, t, loss="mse", only_e=True):
    """Results are written into arrays of the targets' integer dtype, so fractions are lost. Ask for
    floats."""
    y = _sigma(x @ w)
    kept = y if only_e else y.astype(t.dtype)
    e = _error(loss)(kept, t).astype(t.dtype)
    return kept, e, float(np.mean(e))


@mistake(
    "forward_pass",
    "integer-errors",
    family="numerics",
    variants={"of": ("mse", "bce"), "like": ("t", "x")},
)
def pass_integer_errors(x, w, t, loss="mse", of="mse", like="t"):
    """For one of the two losses you collect the errors in an array made like x or t. Whole numbers
    in there leave no fractions: ask for floats."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    if loss == of:
        e = e.astype(t.dtype if like == "t" else x.dtype)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "argument-changed", family="purity")
def pass_changes_t(x, w, t, loss="mse"):
    """`-=` writes into the caller's targets. Subtract into a new array."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    t = np.asarray(t, dtype=float)
    t -= y
    return y, e, float(np.mean(e))
