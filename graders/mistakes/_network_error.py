"""Known wrong answers to ``network_error``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


@mistake("network_error", "mean-over-outputs-too", family="reduction")
def error_mean_of_all(y, t):
    """You average over the outputs too, so E is K times too small. Add up a sample's outputs; only
    the samples are averaged."""
    return net.error(y, t, "1/NK")


@mistake("network_error", "sum-not-mean", family="reduction")
def error_sum(y, t):
    """You add up the samples without dividing by N. A mean makes the error of ten samples
    comparable to that of a thousand."""
    return net.error(y, t, "1")


@mistake("network_error", "extra-half", family="scale", variants={"scale": ("1/N", "1", "1/NK")})
def error_halved(y, t, scale):
    """You put a ½ in front. Many books do, to cancel the 2 of the derivative, but our E has none,
    and so the gradient keeps its 2."""
    return net.error(y, t, scale) / 2


@mistake(
    "network_error",
    "square-root",
    family="scale",
    variants={"of": ("1/N", "1/NK", "1", "rows", "/N")},
)
def error_root(y, t, of):
    """You take a square root. E is the mean of the squares themselves (no norm and no RMSE): the
    root would change every gradient."""
    if of == "rows":
        return float(np.linalg.norm(y - t, axis=1).mean())
    return np.sqrt(net.error(y, t, "1")) / len(t) if of == "/N" else np.sqrt(net.error(y, t, of))


@mistake(
    "network_error", "absolute-value", family="derivative", variants={"scale": ("1/N", "1/NK", "1")}
)
def error_absolute(y, t, scale):
    """You add absolute differences. E squares them, which punishes large errors more and has a
    derivative at 0."""
    return float(net.factor(y, scale) * np.abs(y - t).sum())


@mistake(
    "network_error",
    "axis-left-over",
    family="axis",
    variants={"form": ("N", "K", "NK", "11", "K/N")},
)
def error_unreduced(y, t, form):
    """Your error is still an array. E is one number for the whole network: sum over the outputs
    and average over the samples."""
    squares = (y - t) ** 2
    return {
        "N": squares.sum(axis=1),
        "K": squares.sum(axis=0),
        "NK": squares,
        "11": squares.sum(keepdims=True) / len(t),
        "K/N": squares.mean(axis=0),
    }[form]


@mistake(
    "network_error",
    "errors-cancel",
    family="reduction",
    variants={"per": ("all", "sample", "output")},
)
def error_square_of_sum(y, t, per):
    """You add the differences before squaring, so +1 and −1 cancel to no error at all. Square each
    difference first."""
    n = len(t)
    axis = {"all": None, "sample": 1, "output": 0}[per]
    total = (y - t).sum(axis=axis) if per == "sample" else (y - t).sum(axis=axis) / n
    return float(np.sum(total**2) / (n if per == "sample" else 1))


@mistake(
    "network_error", "not-squared", family="derivative", variants={"scale": ("1/N", "1/NK", "1")}
)
def error_signed(y, t, scale):
    """You average the differences without squaring, so errors of opposite sign cancel and E can be
    negative. Square each one."""
    return float(net.factor(y, scale) * (y - t).sum())


@mistake(
    "network_error",
    "cross-entropy-instead",
    family="wrong-argument",
    variants={"binary": (False, True)},
)
def error_cross_entropy(y, t, binary):
    """This is the cross-entropy. The network's error here is the squared one; its gradient is what
    `backward` computes."""
    costs = t * np.log(y) + ((1 - t) * np.log(1 - y) if binary else 0)
    return float(-costs.sum() / len(t))


@mistake("network_error", "divided-by-outputs", family="axis")
def error_divided_by_outputs(y, t):
    """You divide by the number of outputs instead of the number of samples. N is the length of the
    first axis."""
    return float(((y - t) ** 2).sum() / y.shape[1])


@mistake("network_error", "divided-twice", family="scale", variants={"scale": ("1/N", "1/NK")})
def error_divided_twice(y, t, scale):
    """You divide by N twice: a mean has done it already. With one sample nobody notices, so try
    two."""
    return net.error(y, t, scale) / len(t)


@mistake("network_error", "one-output-only", family="indexing", variants={"keep": (0, -1)})
def error_of_one_output(y, t, keep):
    """You count a single output of each sample. All K of them are compared with their targets:
    sum over the classes."""
    return net.error(y[:, [keep]], t[:, [keep]])


@mistake(
    "network_error",
    "one-sample-only",
    family="training",
    variants={"keep": (0, -1), "divided": (True, False)},
)
def error_of_one_sample(y, t, keep, divided):
    """You count only one sample: the sum is overwritten, or returned inside the loop. Add up all
    of them before dividing."""
    return float(((y[keep] - t[keep]) ** 2).sum() / (len(t) if divided else 1))


@mistake(
    "network_error", "broadcast-to-a-square", family="shape", variants={"scale": ("1/N", "1/NK")}
)
def error_broadcast(y, t, scale):
    """Your targets lost their second dimension, and (N, 1) − (N,) is an N × N table. Keep y and t
    at the same shape (N, K)."""
    squares = (y - t.ravel()) ** 2
    return float(squares.mean() if scale == "1/NK" else squares.sum() / len(t))


@mistake("network_error", "thresholded-output", family="wrong-argument")
def error_of_classes(y, t):
    """You count wrong classes instead of measuring distances. A threshold hides all progress short
    of it: compare y itself with t."""
    return net.error((y > 0.5) * 1.0, t)


@mistake("network_error", "sample-variance", family="reduction", variants={"form": ("n-1", "var")})
def error_variance(y, t, form):
    """This is a variance, with N − 1 or with the mean difference taken out. E is the plain mean of
    the squared errors."""
    if form == "n-1":
        return net.error(y, t, "1") / (len(t) - 1)
    return float(np.var(y - t, axis=0).sum())


@mistake("network_error", "rounded", family="numerics", variants={"digits": (2, 3, 4)})
def error_rounded(y, t, digits):
    """You round the error. Round when you print; small improvements are what training lives on."""
    return round(net.error(y, t), digits)


@mistake("network_error", "three-outputs-only", family="indexing")
def error_of_three_outputs(y, t):
    """You wrote the number of outputs, 3, into the code, so a fourth one costs nothing. K is the
    length of the second axis."""
    return net.error(y[:, :3], t[:, :3])


@mistake("network_error", "argument-changed", family="purity")
def error_in_place(y, t):
    """`y -= t` writes into the caller's predictions, which are wanted again afterwards. Write
    y - t and give it a name."""
    if y.dtype == t.dtype:
        y -= t
        return float((y**2).sum() / len(t))
    return net.error(y, t)


@mistake(
    "network_error",
    "brackets-missing",
    family="derivative",
    variants={"power": (1, 2), "scale": ("1/N", "1/NK", "1")},
)
def error_without_brackets(y, t, power, scale):
    """You square t alone, or y and t each by itself: a power comes before a minus. Take the
    difference first, in brackets, and square that."""
    return float(net.factor(y, scale) * (y**power - t**2).sum())


@mistake("network_error", "whole-division", family="numerics")
def error_whole_division(y, t):
    """You cut off the fraction, with `//` or int, so that an error below 1 becomes 0. Divide with
    a single / and let the result be a float."""
    return ((y - t) ** 2).sum() // len(t)


@mistake("network_error", "one-sample-averaged", family="edge-case")
def error_squeezed(y, t):
    """A single sample loses its first dimension, and then its outputs are averaged instead of
    added. Keep (N, K) for N = 1 as well."""
    squares = ((y - t) ** 2).squeeze()
    return float(squares.mean() if squares.ndim < 2 else squares.sum(axis=1).mean())


@mistake("network_error", "integer-buffer", family="numerics", variants={"like": ("y", "t")})
def error_integer_buffer(y, t, like):
    """You store the differences in an array made like y or t. If that holds integers, fractions
    are cut off: give the array the type float."""
    kept = (y - t).astype({"y": y, "t": t}[like].dtype)
    return float((kept**2).sum() / len(t))


@mistake(
    "network_error", "targets-hardened", family="wrong-argument", variants={"by": ("int", "argmax")}
)
def error_hard_targets(y, t, by):
    """You turn t into whole numbers first, so soft targets lose what they say. A target may be any
    number: subtract it as it is."""
    hard = t.astype(int) if by == "int" else np.eye(t.shape[1])[t.argmax(axis=1)]
    return net.error(y, hard)
