"""Wrong errors of ``forward_pass`` and what it says to other losses; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._forward_pass import LOSSES, _error, _measured, _sigma, _square, _surprise

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
    {"bce": lambda y, t: _surprise(t, y)},
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
    "You compute squared errors whatever loss is asked for. Look at the argument.",
    {"bce": _square},
)
pass_always_bce = _measured(
    "always-cross-entropy",
    "wrong-argument",
    "You compute cross-entropies whatever loss is asked for. Look at the argument.",
    {"mse": _surprise},
)
pass_exchanged = _measured(
    "losses-exchanged",
    "wrong-argument",
    'Your two losses are exchanged: "mse" gives cross-entropies and "bce" squares.',
    {"mse": _surprise, "bce": _square},
)
pass_column_target = _measured(
    "errors-broadcast",
    "shape",
    "A column minus a row is a table of all pairs. Keep y and t both (N,).",
    {
        "mse": lambda y, t, turn: _square(*((y[:, None], t) if turn else (y, t[:, None]))),
        "bce": lambda y, t, turn: _surprise(*((y[:, None], t) if turn else (y, t[:, None]))),
    },
    turn=(True, False),
)


@mistake(
    "forward_pass",
    "unknown-loss-accepted",
    family="edge-case",
    variants={"falls_to": ("mse", "bce", "none", "empty", "zeros", "unbound", "other error")},
)
def pass_unknown_loss(x, w, t, loss="mse", falls_to="mse"):
    """You take any other name for a loss without complaint. A typing error should raise
    ValueError, not train with something else."""
    y = _sigma(x @ w)
    if loss in LOSSES or falls_to in LOSSES:
        e = LOSSES.get(loss, LOSSES.get(falls_to))(y, t)
        return y, e, float(np.mean(e))
    if falls_to == "none":
        return None
    if falls_to == "empty":
        return y, np.array([]), 0.0
    if falls_to == "zeros":
        return y, np.zeros(len(y)), 0.0
    raise (KeyError if falls_to == "other error" else UnboundLocalError)(loss)


@mistake(
    "forward_pass",
    "loss-name-ignored",
    family="wrong-argument",
    variants={"always": ("mse", "bce")},
)
def pass_loss_name_ignored(x, w, t, loss="mse", always="mse"):
    """Your function never looks at `loss`: all names give the same. Branch on it, and raise
    ValueError for an unknown one."""
    y = _sigma(x @ w)
    e = LOSSES[always](y, t)
    return y, e, float(np.mean(e))


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


@mistake(
    "forward_pass", "name-contains", family="edge-case", variants={"how": ("in", "end and start")}
)
def pass_name_contains(x, w, t, loss="mse", how="in"):
    """You ask whether the name contains "mse" or "bce", and other losses do so as well, "rmse" for
    one. Compare the whole name."""
    known = [
        name
        for name, fits in (("mse", loss.endswith("mse")), ("bce", loss.startswith("bce")))
        if (name in loss if how == "in" else fits)
    ]
    y = _sigma(x @ w)
    e = _error(known[0] if known else loss)(y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "argument-changed", family="purity")
def pass_changes_t(x, w, t, loss="mse"):
    """`-=` writes into the caller's targets. Subtract into a new array."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    t = np.asarray(t, dtype=float)
    t -= y
    return y, e, float(np.mean(e))
