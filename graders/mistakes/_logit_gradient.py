"""Known wrong answers to ``softmax_cross_entropy_gradient``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


def _softmax(logits, axis=1):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


@mistake("softmax_cross_entropy_gradient", "sum-not-mean", family="reduction")
def softmax_gradient_of_sum(logits, t):
    """You return the gradient of the sum, N times too large. The cross-entropy is a mean over the
    samples: divide."""
    return _softmax(logits) - t


@mistake("softmax_cross_entropy_gradient", "mean-over-classes-too", family="reduction")
def softmax_gradient_mean_of_all(logits, t):
    """You divide by N·K. Classes are summed in the cross-entropy, only samples are averaged."""
    return (_softmax(logits) - t) / logits.size


@mistake("softmax_cross_entropy_gradient", "divided-by-classes", family="axis")
def softmax_gradient_per_class(logits, t):
    """You divide by the number of classes instead of the number of samples. N is the length of the
    first axis."""
    return (_softmax(logits) - t) / logits.shape[1]


@mistake(
    "softmax_cross_entropy_gradient", "extra-factor", family="scale", variants={"by": (2, 0.5, "N")}
)
def softmax_gradient_factor(logits, t, by):
    """The direction is right but a constant factor is off. The logarithm brings down no 2 and needs
    no ½, and the mean is taken once."""
    return (_softmax(logits) - t) / len(t) * (1 / len(t) if by == "N" else by)


@mistake(
    "softmax_cross_entropy_gradient",
    "sign-flipped",
    family="sign",
    variants={"mean": (True, False)},
)
def softmax_gradient_flipped(logits, t, mean):
    """Your gradient has the wrong sign: t − p points downhill. Raising the logit of a class with
    t = 0 raises the error, so its entry is positive."""
    return (t - _softmax(logits)) / (len(t) if mean else 1)


@mistake(
    "softmax_cross_entropy_gradient", "wrong-axis", family="axis", variants={"mean": (True, False)}
)
def softmax_gradient_wrong_axis(logits, t, mean):
    """Your softmax normalises over the samples (axis 0). Each row is one sample, and its
    probabilities sum to 1: sum along the row."""
    powers = np.exp(logits - logits.max())
    return (powers / powers.sum(axis=0) - t) / (len(t) if mean else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "missing-axis",
    family="axis",
    variants={"mean": (True, False)},
)
def softmax_gradient_missing_axis(logits, t, mean):
    """Your softmax divides by the sum over the whole batch. Each sample has its own distribution:
    give the sum an axis."""
    powers = np.exp(logits - logits.max())
    return (powers / powers.sum() - t) / (len(t) if mean else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "missing-keepdims",
    family="shape",
    variants={"shift": ("rows", "all"), "of": ("sum", "max")},
)
def softmax_gradient_missing_keepdims(logits, t, shift, of):
    """The row sums lost their dimension, so they divide the columns: an error unless N = K, and
    then silently wrong. Keep the dimension."""
    top = (
        logits.max(axis=1, keepdims=of == "sum") if shift == "rows" or of == "max" else logits.max()
    )
    powers = np.exp(logits - top)
    return (powers / powers.sum(axis=1, keepdims=of == "max") - t) / len(t)


@mistake(
    "softmax_cross_entropy_gradient",
    "assumes-one-hot",
    family="wrong-argument",
    variants={"by": ("argmax", "positive", "half", "one"), "mean": (True, False)},
)
def softmax_gradient_hard_targets(logits, t, by, mean):
    """You turn t into hard labels, so soft targets lose what they say. Nothing in the derivation
    needs a one-hot t: use the numbers as they are."""
    hard = {
        "argmax": np.eye(t.shape[1])[t.argmax(axis=1)],
        "positive": t > 0,
        "half": np.round(t),
        "one": t == 1,
    }
    return (_softmax(logits) - hard[by]) / (len(t) if mean else 1)


@mistake("softmax_cross_entropy_gradient", "labels-index-every-row", family="indexing")
def softmax_gradient_fancy_index(logits, t):
    """`p[:, labels] -= 1` subtracts in every row, for every label of the batch. Pair each row with
    its own label, or subtract t."""
    p = _softmax(logits)
    p[:, t.argmax(axis=1)] -= 1
    return p / len(t)


@mistake(
    "softmax_cross_entropy_gradient",
    "slope-applied-again",
    family="derivative",
    variants={"scale": (1, 2), "mean": (True, False)},
)
def softmax_gradient_slope_again(logits, t, scale, mean):
    """You multiply by p·(1 − p). With cross-entropy the softmax's derivative has cancelled already;
    that factor belongs to a squared error."""
    p = _softmax(logits)
    return scale * (p - t) * p * (1 - p) / (len(t) if mean else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "stops-at-probabilities",
    family="derivative",
    variants={"n": (1, 0)},
)
def softmax_gradient_of_log_only(logits, t, n):
    """−t/p is the derivative by the probabilities. The chain goes one step further: through the
    softmax to the logits."""
    return -t / _softmax(logits) / (len(t) if n else 1)


@mistake(
    "softmax_cross_entropy_gradient", "diagonal-only", family="derivative", variants={"n": (1, 0)}
)
def softmax_gradient_diagonal(logits, t, n):
    """You use only the diagonal of the softmax's derivative. Each logit moves all the
    probabilities of its row: add the other terms."""
    return t * (_softmax(logits) - 1) / (len(t) if n else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "softmax-missing",
    family="wrong-argument",
    variants={"n": (1, 0)},
)
def softmax_gradient_of_logits(logits, t, n):
    """You subtract t from the raw logits. They are no probabilities yet: apply softmax first."""
    return (logits - t) / (len(t) if n else 1)


@mistake("softmax_cross_entropy_gradient", "softmax-twice", family="wrong-argument")
def softmax_gradient_twice(logits, t):
    """You apply the softmax to probabilities, which flattens them. It is applied to the logits,
    once."""
    return (_softmax(_softmax(logits)) - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "sigmoid-for-softmax", family="wrong-argument")
def softmax_gradient_sigmoid(logits, t):
    """You squash each logit by itself. Classes compete: softmax makes a row sum to 1, a sigmoid
    does not."""
    return (net.sigmoid(logits) - t) / len(t)


@mistake(
    "softmax_cross_entropy_gradient", "targets-missing", family="derivative", variants={"n": (1, 0)}
)
def softmax_gradient_without_targets(logits, t, n):
    """You return the probabilities and never compare them with t. The gradient vanishes where the
    prediction equals the target."""
    return _softmax(logits) / (len(t) if n else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "axis-summed-away",
    family="axis",
    variants={"how": ("sum", "mean", "row")},
)
def softmax_gradient_summed(logits, t, how):
    """You sum over the samples or the classes. Each logit of each sample has its own derivative:
    the result has the shape of logits."""
    slopes = _softmax(logits) - t
    return slopes.sum(axis=1) if how == "row" else getattr(slopes, how)(axis=0)


@mistake("softmax_cross_entropy_gradient", "returns-the-loss", family="wrong-argument")
def softmax_gradient_loss(logits, t):
    """You return the cross-entropy itself. Asked for is its derivative by each of the logits."""
    return float(-(t * np.log(_softmax(logits))).sum() / len(t))


@mistake("softmax_cross_entropy_gradient", "log-base-two", family="scale")
def softmax_gradient_bits(logits, t):
    """Your gradient is that of the cross-entropy in bits. Here the logarithm is natural, as in the
    formula, so no ln 2 appears."""
    return (_softmax(logits) - t) / len(t) / np.log(2)


@mistake(
    "softmax_cross_entropy_gradient",
    "epsilon-in-denominator",
    family="numerics",
    variants={"e": (1e-2, 1e-3, 1e-4, 1e-5)},
)
def softmax_gradient_epsilon(logits, t, e):
    """A number added to the denominator keeps the rows from summing to 1. The sum is never zero
    once the row's maximum is subtracted: leave it out."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / (powers.sum(axis=1, keepdims=True) + e) - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "logits-changed", family="purity")
def softmax_gradient_in_place(logits, t):
    """`logits -= ...` writes into the caller's array. Give the shifted logits an array of their
    own."""
    logits -= logits.max(axis=1, keepdims=True)
    return (_softmax(logits) - t) / len(t)


@mistake(
    "softmax_cross_entropy_gradient", "rounded", family="numerics", variants={"digits": (2, 3, 4)}
)
def softmax_gradient_rounded(logits, t, digits):
    """You round the gradient. Round when you print; training needs the small numbers."""
    return ((_softmax(logits) - t) / len(t)).round(digits)


@mistake("softmax_cross_entropy_gradient", "three-classes-only", family="indexing")
def softmax_gradient_three_classes(logits, t):
    """Your denominator adds up three classes, as the slide's example has three. There are as many
    as logits has columns."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers[:, :3].sum(axis=1, keepdims=True) - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "samples-counted-by-targets", family="numerics")
def softmax_gradient_truncated_count(logits, t):
    """`int(t.sum())` is N only if no rounding is in it: 0.7 + 0.2 + 0.1 is a little less than 1,
    and int cuts it off. Count the rows: len(t)."""
    return (_softmax(logits) - t) / max(1, int(t.sum()))


@mistake("softmax_cross_entropy_gradient", "sigmoid-for-one-class", family="edge-case")
def softmax_gradient_binary(logits, t):
    """With a single column you switch to the sigmoid. Softmax of one class is 1 whatever its logit,
    and nothing is left to learn: the general formula gives 0."""
    p = _softmax(logits) if logits.shape[1] > 1 else net.sigmoid(logits)
    return (p - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "integer-buffer", family="numerics")
def softmax_gradient_integer_buffer(logits, t):
    """You write the gradient into an array made like logits. If logits hold integers, every entry
    is cut to 0: give the result a type of its own."""
    result = np.zeros_like(logits)
    result[:] = (_softmax(logits) - t) / len(t)
    return result


@mistake(
    "softmax_cross_entropy_gradient",
    "true-class-only",
    family="derivative",
    variants={"n": (1, 0)},
)
def softmax_gradient_true_class(logits, t, n):
    """You keep p − t only where t is not 0. Raising the logit of a wrong class raises the error
    too: its entry is p, so leave the factor t away."""
    return t * (_softmax(logits) - t) / (len(t) if n else 1)


@mistake(
    "softmax_cross_entropy_gradient",
    "probabilities-clipped",
    family="numerics",
    variants={"eps": (1e-2, 1e-3, 1e-4, 1e-5)},
)
def softmax_gradient_clipped(logits, t, eps):
    """You clip the probabilities. No logarithm is left in the gradient, so there is nothing to
    guard: take p as it is."""
    return (np.clip(_softmax(logits), eps, 1 - eps) - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "logits-clipped", family="numerics")
def softmax_gradient_clipped_logits(logits, t):
    """You clip the logits, so that large ones all count the same. Subtracting each row's largest
    logit is enough against overflow, and changes nothing."""
    return (_softmax(np.clip(logits, -10, 10)) - t) / len(t)


@mistake("softmax_cross_entropy_gradient", "dimension-dropped", family="shape")
def softmax_gradient_squeezed(logits, t):
    """You drop dimensions of length 1. The gradient has the shape of logits, for one sample or one
    class too."""
    return ((_softmax(logits) - t) / len(t)).squeeze()


@mistake("softmax_cross_entropy_gradient", "softmax-of-targets", family="wrong-argument")
def softmax_gradient_of_both(logits, t):
    """You put the targets through the softmax, too. They are probabilities already: subtract t as
    it is."""
    return (_softmax(logits) - _softmax(t)) / len(t)


@mistake(
    "softmax_cross_entropy_gradient",
    "whole-numbers-copied",
    family="numerics",
    variants={"of": ("logits", "t")},
)
def softmax_gradient_whole_copies(logits, t, of):
    """You copy one of the arguments into an array made like the other. If that holds integers,
    fractions are cut off: give the copy the type float."""
    if of == "t":
        return (_softmax(logits) - t.astype(logits.dtype)) / len(t)
    return (_softmax(logits.astype(t.dtype)) - t) / len(t)
