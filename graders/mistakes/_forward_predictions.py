"""Wrong predictions that ``predict`` and ``forward_pass`` share; ``neuron`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from ._forward_pass import _error, _predicted, _sigma

# --- one rule for both functions ---


def _either(slug, family, sentence, rule, **variants):
    """Declare the same wrong prediction for both functions, so that the loader finds both."""

    def predict(x, w, **choices):
        return rule(np.asarray(x), np.asarray(w), **choices)

    predict.__doc__ = sentence
    return (
        mistake("predict", slug, family=family, variants=variants)(predict),
        _predicted(slug, family, sentence, rule, **variants),
    )


def _like_inputs(x, w, of):
    """The weighted sums after a detour through somebody else's dtype."""
    if of == "w from x":
        return _sigma(x @ w.astype(x.dtype))
    if of == "x from w":
        return _sigma(x.astype(w.dtype) @ w)
    return _sigma((x @ w).astype(x.dtype if of == "sums from x" else w.dtype))


predict_cut, pass_cut = _either(
    "cut-to-integers",
    "numerics",
    "You give inputs, weights or their sums the dtype of other data. Where those are whole "
    "numbers, fractions are lost: make floats of all.",
    _like_inputs,
    of=("w from x", "x from w", "sums from x", "sums from w"),
)
predict_whole, pass_whole = _either(
    "inputs-truncated",
    "numerics",
    "int() cuts the fractions off. Inputs, weights and their sums are real numbers: leave them as "
    "they are.",
    lambda x, w, which: _sigma(
        {
            "x": lambda: np.trunc(x) @ w,
            "w": lambda: x @ np.trunc(w),
            "both": lambda: np.trunc(x) @ np.trunc(w),
            "sums": lambda: np.trunc(x @ w),
        }[which]()
    ),
    which=("x", "w", "both", "sums"),
)


def _other_weights(x, w, weights):
    if len(weights) != x.shape[1]:
        raise ValueError("matmul: a mismatch in the core dimension")
    return _sigma(x @ np.array(weights))


predict_global, pass_global = _either(
    "global-weights",
    "lecture-bug",
    "Your predictions do not follow the argument w: a name from outside the function is used, W "
    "for w perhaps. Compute with w alone.",
    _other_weights,
    weights=((1, -1, 1), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)),
)


def _three(x, w, cut):
    if cut or x.shape[1] >= 3:
        return _sigma(x[:, :3] @ w[:3])
    raise IndexError("index 2 is out of bounds")


predict_three, pass_three = _either(
    "three-inputs-only",
    "indexing",
    "You write out three inputs, as many as the lecture has. Sum over all that came: x @ w.",
    _three,
    cut=(False, True),
)
predict_turned, pass_turned = _either(
    "transposed-when-square",
    "axis",
    "You transpose x wherever that fits, and square data fit both ways. Rows are samples: it is "
    "x @ w, never x.T.",
    lambda x, w: _sigma((x.T if len(x) == len(w) else x) @ w),
)
predict_upside_down, pass_upside_down = _either(
    "predictions-reversed",
    "indexing",
    "Your predictions come in reverse order. The first belongs to the first row of x.",
    lambda x, w: _sigma(x @ w)[::-1],
)


@mistake("predict", "sample-left-at-zero", family="indexing", variants={"first": (False, True)})
def predict_left(x, w, first):
    """One sample keeps the 0 that you began with: your loop begins too late or ends too early.
    range(N) stops before N by itself."""
    y = _sigma(x @ w)
    y[0 if first else -1] = 0.0
    return y


@mistake(
    "forward_pass",
    "sample-left-at-zero",
    family="indexing",
    variants={"first": (False, True), "measured": (True, False)},
)
def pass_left(x, w, t, loss="mse", first=False, measured=True):
    """One sample keeps the 0 that you began with: your loop begins too late or ends too early.
    range(N) stops before N by itself."""
    y = predict_left(x, w, first)
    with np.errstate(all="ignore"):
        e = _error(loss)(y if measured else _sigma(x @ w), t)
    if not measured:
        e[0 if first else -1] = 0.0
    return y, e, float(np.mean(e))


predict_bias_last, pass_bias_last = _either(
    "bias-taken-from-the-end",
    "indexing",
    "You take the last weight for the bias. It is w[0], and its input is the first column.",
    lambda x, w, shifted: _sigma((x[:, 1:] if shifted else x[:, :-1]) @ w[:-1] + w[-1]),
    shifted=(True, False),
)
predict_base, pass_base = _either(
    "wrong-base",
    "scale",
    "The base of the power in your sigmoid is not e. Rounded ones are off as well: use exp.",
    lambda x, w, base: 1 / (1 + base ** -(x @ w * 1.0)),
    base=(2.0, 10.0, 2.7, 2.71, 2.718, 2.7183),
)
predict_minus, pass_minus_inside = _either(
    "minus-in-denominator",
    "sign",
    "The denominator of your sigmoid is 1 − e^−v. It is 1 + e^−v.",
    lambda x, w: 1 / (1 - np.exp(-(x @ w))),
)
predict_hard, pass_hard = _either(
    "hard-sigmoid",
    "wrong-argument",
    'You predict with straight lines, the "hard" sigmoid. This course uses 1 / (1 + e^−a).',
    lambda x, w, by: np.clip(by * (x @ w) + 0.5, 0, 1),
    by=(0.2, 1 / 6, 0.25),
)
predict_floor, pass_floor = _either(
    "rounded-down",
    "numerics",
    "Every prediction is 0: `//` and int() round down. Divide with `/`, and keep the fractions.",
    lambda x, w: 1 // (1 + np.exp(-(x @ w))),
)
predict_half, pass_half = _either(
    "tanh-of-whole",
    "scale",
    "Your sigmoid is too steep by a factor 2: it is tanh of half the weighted sum, moved and "
    "halved.",
    lambda x, w: (1 + np.tanh(x @ w)) / 2,
)


# --- what predict has names for already ---

pass_threshold = _predicted(
    "bias-subtracted",
    "sign",
    "You subtract the bias like a threshold. Here it is a weight like the others: add.",
    lambda x, w, as_one: _sigma(x[:, 1:] @ w[1:] - (w[0] if as_one else x[:, 0] * w[0])),
    as_one=(True, False),
)
pass_first_product = _predicted(
    "first-input-only",
    "indexing",
    "Only the first input counts. The weighted sum runs over all D of them.",
    lambda x, w: _sigma(x[:, 0] * w[0]),
)
pass_mean_sum = _predicted(
    "mean-of-inputs",
    "reduction",
    "You average over the inputs. A neuron adds its weighted inputs up.",
    lambda x, w: _sigma(np.mean(x * w, axis=1)),
)
pass_unsummed = _predicted(
    "not-summed",
    "reduction",
    "You multiply inputs and weights and never add up. Each sample has one weighted sum: use @.",
    lambda x, w: _sigma(x * w),
)
pass_columns_summed = _predicted(
    "summed-over-samples",
    "axis",
    "Your weighted sums run over the samples. Rows are samples: sum along each row.",
    lambda x, w: _sigma(np.sum(x * w, axis=0)),
)
pass_all_summed = _predicted(
    "summed-over-everything",
    "reduction",
    "You add up over samples and inputs together. Each sample has a weighted sum of its own.",
    lambda x, w: _sigma(np.sum(x * w)),
)
pass_transposed = _predicted(
    "transposed",
    "axis",
    "You multiply from the wrong side, or with x transposed. That fits square data only, and is "
    "wrong there: it is x @ w.",
    lambda x, w: _sigma(w @ x),
)
pass_reversed = _predicted(
    "weights-reversed",
    "indexing",
    "Your weights meet the wrong inputs: the first weight belongs to the first column.",
    lambda x, w: _sigma(x @ w[::-1]),
)
pass_normalised = _predicted(
    "inputs-normalised",
    "scale",
    "You rescale the inputs before the sum. A prediction should not depend on the other samples.",
    lambda x, w: _sigma(((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)) @ w),
)
pass_early_sigmoid = _predicted(
    "sigmoid-before-sum",
    "derivative",
    "You squash each input and add up then. The sigmoid comes last, on the whole sum.",
    lambda x, w, of: _sigma(x * w).sum(axis=1) if of == "products" else _sigma(x) @ w,
    of=("products", "x"),
)
pass_relu = _predicted(
    "relu-for-sigmoid",
    "wrong-argument",
    "You use max(0, a). The neuron of this course uses the sigmoid.",
    lambda x, w: np.maximum(0.0, x @ w),
)
pass_softmax = _predicted(
    "softmax-for-sigmoid",
    "wrong-argument",
    "You normalise over the samples, so that they compete. Each sample has a sigmoid of its own.",
    lambda x, w: np.exp(x @ w) / np.exp(x @ w).sum(),
)
pass_slope = _predicted(
    "slope-for-sigmoid",
    "derivative",
    "Your predictions are slopes y (1 − y). The prediction is y itself.",
    lambda x, w: _sigma(x @ w) * _sigma(-(x @ w)),
)
pass_one_missing = _predicted(
    "one-missing",
    "derivative",
    "The 1 in the sigmoid's denominator is missing: your prediction is an exponential.",
    lambda x, w: np.exp(x @ w),
)
pass_predictions_rounded = _predicted(
    "predictions-rounded",
    "numerics",
    "You round the predictions before you measure them. Round when you print, not when you "
    "compute.",
    lambda x, w, digits: np.round(_sigma(x @ w), digits),
    digits=(1, 2, 3, 4, 5),
)


# --- what nobody can tell apart by answers: there are none ---


@mistake(
    "predict",
    "fails-on-every-input",
    family="shape",
    variants={"error": (ValueError, TypeError)},
)
def predict_fails(x, w, error):
    """Your function raises an error whatever it is given. If shapes do not match: x has its bias
    input already, so add no column of ones. If a single number is wanted: math.exp takes no arrays,
    and numpy's exp does."""
    raise error


@mistake(
    "forward_pass",
    "fails-on-every-input",
    family="shape",
    variants={"error": (ValueError, TypeError), "loss_first": (True, False)},
)
def pass_fails(x, w, t, loss="mse", error=ValueError, loss_first=True):
    """Your function raises an error whatever it is given. If shapes do not match: x has its bias
    input already, so add no column of ones. If a single number is wanted: math.exp takes no arrays,
    and numpy's exp does."""
    if loss_first:
        _error(loss)
    raise error
