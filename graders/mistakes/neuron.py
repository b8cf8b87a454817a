"""Known wrong answers to ``neuron``; the sigmoid and the whole pass have files of their own."""

import numpy as np

from chainrule.grading import mistake

# One module an assignment: the loader reads what this one holds.
from ._forward_errors import *  # noqa: F403
from ._forward_losses import *  # noqa: F403
from ._forward_pass import *  # noqa: F403
from ._forward_predictions import *  # noqa: F403
from ._forward_results import *  # noqa: F403
from ._sigmoid import *  # noqa: F403
from ._sigmoid_derivative import *  # noqa: F403
from ._sigmoid_forms import *  # noqa: F403

# --- predict ---


def _sigma(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a, dtype=float))


# The sigmoid of the smallest numbers rounds to 1/2.
ABOVE = (
    lambda a: a >= 0,
    lambda a: a > 0,
    lambda a: _sigma(a) >= 0.5,
    lambda a: _sigma(a) > 0.5,
)


def _squashed(slug, family, sentence, sums, **variants):
    """Declare a wrong prediction whose weighted sums are at fault; the sigmoid is right."""

    def body(x, w, **choices):
        return _sigma(sums(np.asarray(x), np.asarray(w), **choices))

    body.__doc__ = sentence
    return mistake("predict", slug, family=family, variants=variants)(body)


def _bent(slug, family, sentence, rule, **variants):
    """Declare a wrong prediction whose weighted sums are right; what is done with them is not."""

    def body(x, w, **choices):
        return rule(np.asarray(x) @ np.asarray(w), **choices)

    body.__doc__ = sentence
    return mistake("predict", slug, family=family, variants=variants)(body)


predict_no_bias = _squashed(
    "bias-dropped",
    "indexing",
    "The bias is missing: you leave out the first column and w[0]. They belong to the sum like the "
    "others.",
    lambda x, w: x[:, 1:] @ w[1:],
)
predict_bias_one = _squashed(
    "bias-input-taken-as-one",
    "edge-case",
    "You add w[0] as it is, or put ones into the first column. That column holds the bias input, "
    "whatever its value.",
    lambda x, w: x[:, 1:] @ w[1:] + w[0],
)
predict_bias_twice = _squashed(
    "bias-added-twice",
    "architecture",
    "You add w[0] once more. The first column has brought the bias into the sum already.",
    lambda x, w: x @ w + w[0],
)
predict_one_added = _squashed(
    "one-added",
    "architecture",
    "You add a constant of your own to the sum. The bias is a weight, and its input is in x.",
    lambda x, w, c: x @ w + c,
    c=(1, -1),
)
predict_threshold = _squashed(
    "bias-subtracted",
    "sign",
    "You subtract the bias like a threshold. Here it is a weight like the others: add.",
    lambda x, w, as_one: x[:, 1:] @ w[1:] - (w[0] if as_one else x[:, 0] * w[0]),
    as_one=(True, False),
)
predict_last_product = _squashed(
    "sum-not-accumulated",
    "indexing",
    "Only the last input counts: `v =` overwrites the sum, or v is reset in the inner loop. Add "
    "with `+=`, and reset once for each sample.",
    lambda x, w: x[:, -1] * w[-1],
)
predict_first_product = _squashed(
    "first-input-only",
    "indexing",
    "Only the first input counts. The sum runs over all D of them.",
    lambda x, w: x[:, 0] * w[0],
)
predict_not_reset = _squashed(
    "sum-not-reset",
    "indexing",
    "The sum keeps growing from sample to sample. Set it back to 0 before each one.",
    lambda x, w: np.cumsum(x @ w),
)
predict_short = _squashed(
    "last-input-skipped",
    "indexing",
    "Your sum leaves out the last input. range(n) stops before n by itself.",
    lambda x, w: x[:, :-1] @ w[:-1],
)
predict_mean = _squashed(
    "mean-for-sum",
    "reduction",
    "You average over the inputs. A neuron adds its weighted inputs up.",
    lambda x, w: np.mean(x * w, axis=1),
)
predict_matrix = _squashed(
    "not-summed",
    "reduction",
    "You multiply entry by entry and never add up. Each sample has one weighted sum: use @.",
    lambda x, w: x * w,
)
predict_whole_sum = _squashed(
    "summed-over-everything",
    "reduction",
    "You add up over samples and inputs together. Each sample has a sum of its own, along its row.",
    lambda x, w: np.sum(x * w),
)
predict_columns = _squashed(
    "summed-over-samples",
    "axis",
    "You add up over the samples. Rows are samples: the sum runs along each row.",
    lambda x, w: np.sum(x * w, axis=0),
)
predict_transposed = _squashed(
    "transposed",
    "axis",
    "You multiply from the wrong side, or with x transposed. That fits square data only, and is "
    "wrong there: it is x @ w.",
    lambda x, w: w @ x,
)
predict_reversed = _squashed(
    "weights-reversed",
    "indexing",
    "Your weights meet the wrong inputs: the first weight belongs to the first column.",
    lambda x, w: x @ w[::-1],
)
predict_negative = _squashed(
    "sign-of-exponent",
    "sign",
    "Your predictions fall where they should rise: the sigmoid has a minus in its exponent.",
    lambda x, w: -(x @ w),
)
predict_column = _squashed(
    "column-returned",
    "shape",
    "Your predictions are a column (N, 1). They should be (N,), or later differences broadcast.",
    lambda x, w: (x @ w)[:, None],
)
predict_row = _squashed(
    "row-returned",
    "shape",
    "Your predictions have an axis too many, (1, N). They should be (N,).",
    lambda x, w: (x @ w)[None],
)
predict_squeezed = _squashed(
    "single-sample-squeezed",
    "shape",
    "A single sample gives a plain number. It should be an array (1,).",
    lambda x, w: np.squeeze(x @ w),
)
predict_first = _squashed(
    "return-inside-loop",
    "indexing",
    "You return after the first sample. Does the return stand inside the loop?",
    lambda x, w, whole: x[:1] @ w if whole else x[0] @ w,
    whole=(True, False),
)
predict_last = _squashed(
    "last-sample-only",
    "indexing",
    "You return the last prediction alone. Collect one for each sample.",
    lambda x, w, whole: x[-1:] @ w if whole else x[-1] @ w,
    whole=(True, False),
)
predict_sample_skipped = _squashed(
    "sample-skipped",
    "indexing",
    "One sample has no prediction: your loop begins too late or ends too early.",
    lambda x, w, first: x[1:] @ w if first else x[:-1] @ w,
    first=(True, False),
)
predict_normalised = _squashed(
    "inputs-normalised",
    "scale",
    "You rescale the inputs before the sum. A prediction should not depend on the other samples.",
    lambda x, w: ((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)) @ w,
)

predict_linear = _bent(
    "pre-activation-returned",
    "architecture",
    "You return the weighted sum. The prediction is its sigmoid, between 0 and 1.",
    lambda a: a,
)
predict_precedence = _bent(
    "precedence",
    "lecture-bug",
    "Python reads 1/1+e^−v as 1 + e^−v, as in the lecture's listing. Put the denominator in "
    "brackets.",
    lambda a: 1 / 1 + np.exp(-a),
)
predict_step = _bent(
    "step-for-sigmoid",
    "wrong-argument",
    "You return decisions, 0 or 1. A prediction is the probability: the sigmoid itself.",
    lambda a, above, kind: above(a).astype(kind),
    above=ABOVE,
    kind=(float, bool),
)
predict_twice = _bent(
    "sigmoid-twice",
    "derivative",
    "You apply the sigmoid twice, so nothing gets below 1/2. Once is enough.",
    lambda a: _sigma(_sigma(a)),
)
predict_tanh = _bent(
    "tanh-for-sigmoid",
    "wrong-argument",
    "You use tanh, which runs from −1 to 1. The neuron of this course uses the sigmoid.",
    lambda a, half: np.tanh(a / 2) if half else np.tanh(a),
    half=(False, True),
)
predict_relu = _bent(
    "relu-for-sigmoid",
    "wrong-argument",
    "You use max(0, a). The neuron of this course uses the sigmoid.",
    lambda a: np.maximum(0, a),
)
predict_softmax = _bent(
    "softmax-for-sigmoid",
    "wrong-argument",
    "You normalise over the samples, so that they compete. Each sample has a sigmoid of its own.",
    lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum(),
)
predict_slope = _bent(
    "slope-returned",
    "derivative",
    "You return the slope y (1 − y). The prediction y itself is asked for.",
    lambda a: _sigma(a) * _sigma(-a),
)
predict_one_missing = _bent(
    "one-missing",
    "derivative",
    "The 1 in the sigmoid's denominator is missing: your prediction is an exponential.",
    np.exp,
)
predict_rounded = _bent(
    "rounded",
    "numerics",
    "You round the predictions. Round when you print, not when you compute.",
    lambda a, digits: np.round(_sigma(a), digits),
    digits=(1, 2, 3, 4, 5),
)
predict_scalar = _bent(
    "math-for-arrays",
    "shape",
    "math.exp takes a single number, and you give it an array. Use numpy's exp, or a loop.",
    lambda a: [_sigma(a[0])][0] if len(a) == 1 else _raise(TypeError),
)


def _raise(error):
    raise error


@mistake("predict", "sigmoid-before-sum", family="derivative", variants={"of": ("products", "x")})
def predict_early_sigmoid(x, w, of):
    """You squash each input and add up then. The sigmoid comes last, on the whole sum."""
    return _sigma(x * w).sum(axis=1) if of == "products" else _sigma(x) @ w


@mistake("predict", "wrong-length", family="indexing", variants={"cut": (True, False)})
def predict_wrong_length(x, w, cut):
    """You loop over len(x) inputs; that is the number of samples. A sample has len(x[0]) inputs,
    and square data hide the difference."""
    n, d = np.shape(x)
    if n > d and not cut:
        raise IndexError
    return _sigma(x[:, :n] @ w[:n])


@mistake("predict", "samples-counted-by-inputs", family="indexing")
def predict_samples_by_inputs(x, w):
    """You loop over len(w) samples; that is the number of inputs. There are len(x) samples, and
    square data hide the difference."""
    if len(w) > len(x):
        raise IndexError
    return _sigma(x[: len(w)] @ w)


@mistake("predict", "integer-buffer", family="numerics", variants={"of": ("x", "w", "sums")})
def predict_integer_buffer(x, w, of):
    """Your result takes an integer dtype from the data, so all predictions become 0. Ask for
    floats."""
    y = np.zeros(len(x), dtype={"x": x, "w": w, "sums": x @ w}[of].dtype)
    y[:] = _sigma(x @ w)
    return y


@mistake("predict", "argument-changed", family="purity")
def predict_changes_x(x, w):
    """`*=` writes the products into the caller's x. Multiply into a new array."""
    x = np.asarray(x, dtype=float)
    x *= w
    return _sigma(x.sum(axis=1))


predict_constant_column = _squashed(
    "constant-column-taken-as-one",
    "edge-case",
    "You look for the bias column by its being the same for all samples, and take it for ones. Its "
    "value counts like any other.",
    lambda x, w: x[:, 1:] @ w[1:] + w[0] * (1 if len(x) > 1 and np.ptp(x[:, 0]) == 0 else x[:, 0]),
)
predict_zero_weights = _squashed(
    "zero-weights-replaced",
    "edge-case",
    "You take weights of 0 for missing ones and put others in their place. A neuron without "
    "weights is undecided: 1/2.",
    lambda x, w, by: x @ (w if np.any(w) else np.full(len(w), by)),
    by=(1.0, 0.5, 0.1, 0.01),
)
predict_pieces = _squashed(
    "last-piece-left-out",
    "indexing",
    "You take the samples in pieces of eight and leave out those that fill no piece. Every sample "
    "has a prediction.",
    lambda x, w, size: np.where(np.arange(len(x)) < max(1, len(x) // size) * size, x @ w, 0.0),
    size=(8,),
)
predict_clipped = _bent(
    "prediction-clipped",
    "numerics",
    "You keep the predictions away from 0 and 1. No logarithm is taken here: return them as they "
    "are.",
    lambda a, by: np.clip(_sigma(a), by, 1 - by),
    by=(0.1, 0.05, 0.01, 0.005),
)
