"""What wrong forward passes make of the argument ``loss``; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._forward_pass import LOSSES, _error, _sigma


@mistake(
    "forward_pass",
    "unknown-loss-accepted",
    family="edge-case",
    variants={"falls_to": ("mse", "bce", "empty", "zeros")},
)
def pass_unknown_loss(x, w, t, loss="mse", falls_to="mse"):
    """You take any other name for a loss without complaint. A typing error should raise
    ValueError, not train with something else."""
    y = _sigma(x @ w)
    if loss in LOSSES or falls_to in LOSSES:
        e = LOSSES.get(loss, LOSSES.get(falls_to))(y, t)
        return y, e, float(np.mean(e))
    return y, np.array([]) if falls_to == "empty" else np.zeros(len(y)), 0.0


RETURNED = (
    None,
    ValueError("unknown loss"),
    ValueError,
    "ValueError",
    "unknown loss",
    (None, None, None),
)


@mistake(
    "forward_pass", "unknown-loss-returned-from", family="edge-case", variants={"with_": RETURNED}
)
def pass_unknown_loss_returned(x, w, t, loss="mse", with_=None):
    """Another name for a loss ends your function, but with no error: it returns None, a message or
    an error that it does not raise, and all of these can be overlooked. `raise ValueError(...)`."""
    if loss not in LOSSES:
        return with_
    y = _sigma(x @ w)
    e = LOSSES[loss](y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "unknown-loss-other-error", family="edge-case")
def pass_unknown_loss_error(x, w, t, loss="mse"):
    """Another name for a loss does stop your function, but not with a ValueError: a dictionary
    raises KeyError, an assert AssertionError, an unset variable UnboundLocalError. Raise ValueError
    yourself."""
    y = _sigma(x @ w)
    e = LOSSES[loss](y, t)
    return y, e, float(np.mean(e))


@mistake(
    "forward_pass",
    "loss-name-ignored",
    family="wrong-argument",
    variants={"always": ("mse", "bce")},
)
def pass_loss_name_ignored(x, w, t, loss="mse", always="mse"):
    """Whatever the loss is called, you compute the same one. Compare `loss` with each name by
    itself (`loss == "mse" or "bce"` is always true), and raise ValueError for any other."""
    y = _sigma(x @ w)
    e = LOSSES[always](y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "loss-not-a-parameter", family="wrong-argument")
def pass_no_loss(x, w, t):
    """Your function has no parameter that is called `loss`, and it is given by this name. Begin
    with def forward_pass(x, w, t, loss="mse")."""
    y = _sigma(x @ w)
    e = LOSSES["mse"](y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "loss-without-default", family="wrong-argument")
def pass_no_default(x, w, t, *others, **named):
    """Without its fourth argument your function cannot be called. Give it the default:
    loss="mse"."""
    if not others and not named:
        raise TypeError("missing 1 required positional argument: 'loss'")
    y = _sigma(x @ w)
    e = _error(*others, **named)(y, t)
    return y, e, float(np.mean(e))


@mistake("forward_pass", "name-compared-with-is", family="wrong-argument")
def pass_compared_with_is(x, w, t, *others, **named):
    """`is` asks for the same object, and an equal text need not be one: your function refuses even
    "mse" when it is given. Compare texts with ==."""
    if others or named:
        raise ValueError("unknown loss")
    y = _sigma(x @ w)
    e = LOSSES["mse"](y, t)
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


@mistake("forward_pass", "name-is-a-part", family="edge-case")
def pass_name_is_a_part(x, w, t, loss="mse"):
    """A text in brackets is no tuple without a comma: `loss in ("mse")` looks for a part of "mse",
    so "ms" passes for a loss. Compare with ==."""
    y = _sigma(x @ w)
    e = _error(next((name for name in LOSSES if loss in name), loss))(y, t)
    return y, e, float(np.mean(e))
