"""Wrong forward passes whose predictions are right: what becomes of the errors, and in which form.

``neuron`` takes them in.
"""

import numpy as np

from chainrule.grading import mistake

from ._forward_pass import ONE_OR_BOTH, _error, _measured, _pass, _sigma, _surprise
from ._logarithms import weighted

# --- the errors ---

pass_log_of_target = _measured(
    "logarithm-of-target",
    "wrong-argument",
    "One of the two logarithms in your cross-entropy is taken of the target. Both belong to the "
    "prediction: log(y) and log(1 − y).",
    {
        "bce": lambda y, t, second, guard: (
            -(
                weighted(t, *((y, "nan") if second else (t, guard)))
                + weighted(1 - t, *((1 - t, guard) if second else (1 - y, "nan")))
            )
        )
    },
    second=(True, False),
    guard=("nan", "inf", ("add", 1e-9), ("add", 1e-8), ("both", 1e-8), ("both", 1e-7)),
)
pass_half_surprise = _measured(
    "half-cross-entropy",
    "scale",
    "You halve the cross-entropies: is it the mean of the two terms? It is their sum.",
    {"bce": lambda y, t: _surprise(y, t) / 2},
)
pass_terms_multiplied = _measured(
    "terms-multiplied",
    "derivative",
    "The two terms of your cross-entropy are multiplied. They are added: −t log(y) − (1 − t) "
    "log(1 − y).",
    {"bce": lambda y, t, sign: sign * t * np.log(y) * (1 - t) * np.log(1 - y)},
    sign=(1, -1),
)
pass_signed_errors = _pass(
    "errors-not-squared",
    "derivative",
    "Your total is right, but e holds the differences of y and t. The error of a sample is their "
    "square.",
    lambda y, e, total, x, w, t, sign: (y, {1: y - t, -1: t - y, 0: np.abs(y - t)}[sign], total),
    sign=(1, -1, 0),
    only=("mse",),
)
pass_decisions_measured = _measured(
    "decisions-measured",
    "wrong-argument",
    "Your squared errors compare decisions, 0 or 1, with the targets. Square y − t, with the "
    "probability y.",
    {"mse": lambda y, t, at: ((y >= 0.5 if at else y > 0.5) - t) ** 2},
    at=(True, False),
)
pass_overwritten = _pass(
    "predictions-overwritten",
    "wrong-argument",
    "Your errors are right, but in the place of y you return the differences y − t: `-=` has "
    "written them over the predictions. Give them a name of their own.",
    lambda y, e, total, x, w, t, sign: (sign * (y - t), e, total),
    sign=(1, -1),
    only=(None, "mse"),
)


@mistake(
    "forward_pass",
    "errors-broadcast",
    family="shape",
    variants={"only": ONE_OR_BOTH, "column": ("y", "y returned", "t")},
)
def pass_broadcast(x, w, t, loss="mse", only=None, column="y"):
    """A column minus a row is a table of all pairs. Keep y and t both (N,)."""
    y = _sigma(x @ w)
    rule = _error(loss)
    if only not in (None, loss):
        e = rule(y, t)
    else:
        e = rule(y, t[:, None]) if column == "t" else rule(y[:, None], t)
    return y[:, None] if column == "y returned" else y, e, float(np.mean(e))


CASTS = {
    "t like x": lambda x, w, t: (x, w, t.astype(x.dtype)),
    "t like w": lambda x, w, t: (x, w, t.astype(w.dtype)),
    "w like t": lambda x, w, t: (x, w.astype(t.dtype), t),
    "x like t": lambda x, w, t: (x.astype(t.dtype), w, t),
}


@mistake("forward_pass", "targets-dtype-shared", family="numerics", variants={"cast": tuple(CASTS)})
def pass_targets_dtype(x, w, t, loss="mse", cast="t like x"):
    """You give the targets the dtype of other data, or theirs to those. Where one holds whole
    numbers, the other loses its fractions: make floats of all."""
    x, w, t = CASTS[cast](x, w, t)
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    return y, e, float(np.mean(e))


@mistake(
    "forward_pass",
    "math-log-for-arrays",
    family="shape",
    variants={"one": (True, False)},
)
def pass_math_log(x, w, t, loss="mse", one=True):
    """math.log takes a single number, and your predictions are an array. Use numpy's log, or a loop
    over the samples."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    if loss == "bce" and not (one and len(y) == 1):
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return y, e, float(np.mean(e))


@mistake(
    "forward_pass",
    "pre-activations-measured",
    family="wrong-argument",
    variants={"only": ONE_OR_BOTH},
)
def pass_sums_measured(x, w, t, loss="mse", only=None):
    """Your errors compare the weighted sums with the targets. Compare the predictions y, which are
    their sigmoid."""
    a = x @ w
    y = _sigma(a)
    with np.errstate(all="ignore"):
        e = _error(loss)(a if only in (None, loss) else y, t)
    return y, e, float(np.mean(e))


@mistake(
    "forward_pass",
    "predictions-clipped",
    family="numerics",
    variants={"only": (None, "bce"), "by": (0.1, 0.05, 0.01, 0.005)},
)
def pass_predictions_clipped(x, w, t, loss="mse", only=None, by=0.01):
    """You keep the predictions themselves away from 0 and 1, and far. Return y as it is; clip
    inside the logarithm alone, at 1e-12 say."""
    y = _sigma(x @ w)
    if only in (None, loss):
        y = np.clip(y, by, 1 - by)
    e = _error(loss)(y, t)
    return y, e, float(np.mean(e))


# --- the total ---

pass_squared_twice = _pass(
    "squared-twice",
    "derivative",
    "Your total is the mean of e². The errors in e are squares or surprises already: take their "
    "mean as it is.",
    lambda y, e, total, x, w, t: (y, e, float(np.mean(e**2))),
    only=ONE_OR_BOTH,
)
pass_square_of_mean = _pass(
    "mean-then-squared",
    "reduction",
    "Your total averages first and squares then, so that errors cancel. Square each one, then take "
    "the mean.",
    lambda y, e, total, x, w, t: (y, e, float(np.mean(y - t) ** 2)),
    only=("mse",),
)


@mistake(
    "forward_pass",
    "divided-by-n-minus-one",
    family="reduction",
    variants={"one": ("infinite", "error", "guarded")},
)
def pass_one_less(x, w, t, loss="mse", one="infinite"):
    """You divide the total by N − 1, as for a variance. The mean divides by N."""
    y = _sigma(x @ w)
    e = _error(loss)(y, t)
    if len(e) == 1 and one == "error":
        raise ZeroDivisionError("float division by zero")
    with np.errstate(all="ignore"):
        return y, e, float(e.sum() / np.float64(max(len(e) - 1, one == "guarded")))


pass_text_total = _pass(
    "total-as-text",
    "shape",
    "Your total is a text. Return the number, and format it where you print it.",
    lambda y, e, total, x, w, t, form: (y, e, form.format(total)),
    form=("{}", *(f"{{:.{digits}f}}" for digits in range(1, 9))),
)

# --- what is returned ---

pass_one_object = _pass(
    "no-tuple-returned",
    "shape",
    "You return one object, a dictionary or a generator perhaps, whose parts have no first, second "
    "and third. Three results are returned as `return y, e, total_e`.",
    lambda y, e, total, x, w, t, kind: (
        {"y": y, "e": e, "total_e": total} if kind == "dict" else (part for part in (y, e, total))
    ),
    kind=("dict", "generator"),
)
pass_squeezed = _pass(
    "single-sample-squeezed",
    "shape",
    "For a single sample you return plain numbers. y and e should be arrays (1,).",
    lambda y, e, total, x, w, t, which: (
        np.squeeze(y) if which != "e" else y,
        np.squeeze(e) if which != "y" else e,
        total,
    ),
    which=("both", "y", "e"),
)
