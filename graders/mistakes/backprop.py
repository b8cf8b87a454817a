"""Known wrong answers to ``backprop``; the longer lists have files of their own."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net

# One module an assignment: the loader reads what this one holds.
from ._backward import *  # noqa: F403
from ._forward import *  # noqa: F403

# --- update ---


def _apply(layers, gradients, step, bias_step=None):
    """New layers from one rule for weights and one for biases."""
    rules = step, bias_step or step
    return [
        tuple(rule(p, g) for rule, p, g in zip(rules, pair, slopes))
        for pair, slopes in zip(layers, gradients)
    ]


@mistake("update", "adds-gradient", family="sign", variants={"place": ("all", "weights", "biases")})
def update_uphill(layers, gradients, learning_rate, place):
    """You walk uphill: the gradient points to where the error grows. Subtract it, for weights and
    biases alike."""
    weights = learning_rate * (-1 if place == "biases" else 1)
    biases = learning_rate * (-1 if place == "weights" else 1)
    return _apply(layers, gradients, lambda p, g: p + weights * g, lambda p, g: p + biases * g)


@mistake("update", "learning-rate-ignored", family="scale", variants={"rate": (1, 0.1, 0.01, 0.5)})
def update_fixed_rate(layers, gradients, learning_rate, rate):
    """Your step does not depend on the learning rate that was passed in. Use the argument; nobody
    can tune a number that is written into the code."""
    return _apply(layers, gradients, lambda p, g: p - rate * g)


@mistake(
    "update",
    "learning-rate-partly-ignored",
    family="scale",
    variants={"place": ("weights", "biases")},
)
def update_rate_on_one_kind(layers, gradients, learning_rate, place):
    """Only one of weights and biases is scaled by the learning rate. Both take a step of the same
    kind."""
    steps = (lambda p, g: p - learning_rate * g), (lambda p, g: p - g)
    return _apply(layers, gradients, *(steps if place == "weights" else steps[::-1]))


@mistake(
    "update",
    "learning-rate-twice",
    family="scale",
    variants={"place": ("all", "weights", "biases", 0, -1)},
)
def update_rate_squared(layers, gradients, learning_rate, place):
    """The learning rate is multiplied in twice somewhere. At rate 1 you cannot see it; try 0.1, and
    each step should be a tenth of the gradient."""
    scaled = [
        (
            dW * (learning_rate if place in ("all", "weights") or i == place else 1),
            db * (learning_rate if place in ("all", "biases") or i == place else 1),
        )
        for i, (dW, db) in enumerate(gradients, start=-len(gradients) if place == -1 else 0)
    ]
    return net.update(layers, scaled, learning_rate)


@mistake("update", "divides-by-learning-rate", family="scale")
def update_divided(layers, gradients, learning_rate):
    """You divide by the learning rate, so a smaller rate makes larger steps. Multiply."""
    return _apply(layers, gradients, lambda p, g: p - g / learning_rate)


@mistake("update", "biases-not-updated", family="training")
def update_weights_only(layers, gradients, learning_rate):
    """Your biases never change. They are parameters like the weights: subtract their gradients
    too."""
    return _apply(layers, gradients, lambda p, g: p - learning_rate * g, lambda p, _: p)


@mistake("update", "weights-not-updated", family="training")
def update_biases_only(layers, gradients, learning_rate):
    """Your weights never change; only the biases do. Update both of each pair."""
    return _apply(layers, gradients, lambda p, _: p, lambda p, g: p - learning_rate * g)


@mistake(
    "update",
    "old-layers-changed",
    family="purity",
    variants={"how": ("in place", "shallow copy", "list")},
)
def update_in_place(layers, gradients, learning_rate, how):
    """The old layers change as well: `-=` writes into the caller's arrays, and copying the list
    does not copy what is in it. Compute new arrays."""
    new = layers if how != "shallow copy" else list(layers)
    for i, ((W, b), (dW, db)) in enumerate(zip(layers, gradients)):
        if how == "list":
            new[i] = (W - learning_rate * dW, b - learning_rate * db)
        else:
            W -= learning_rate * dW  # noqa: PLW2901  the mistake itself
            b -= learning_rate * db  # noqa: PLW2901
    return new


@mistake("update", "returns-nothing", family="shape", variants={"changed": (True, False)})
def update_returns_none(layers, gradients, learning_rate, changed):
    """Your function returns None: it changes its arguments, or forgets the return. The caller waits
    for the new layers."""
    if changed:
        update_in_place(layers, gradients, learning_rate, "in place")


@mistake("update", "returns-the-step", family="wrong-argument", variants={"sign": (-1, 1)})
def update_step_only(layers, gradients, learning_rate, sign):
    """You return the steps, not the layers after them. Subtract each step from the weights it
    belongs to."""
    return _apply(layers, gradients, lambda _, g: sign * learning_rate * g)


@mistake("update", "nothing-updated", family="training")
def update_nothing(layers, gradients, learning_rate):
    """The layers come back as they were: the new values are bound to a loop variable and lost. Put
    them into the list that you return."""
    return list(layers)


@mistake(
    "update",
    "one-layer-updated",
    family="indexing",
    variants={"layer": (0, -1), "rest": ("kept", "dropped")},
)
def update_one_layer(layers, gradients, learning_rate, layer, rest):
    """Only one layer learns, the first or the last. The loop has to cover them all; look at its
    range and at where the return stands."""
    new = net.update(layers, gradients, learning_rate)
    if rest == "dropped":
        return [new[layer]]
    return [new[layer], *layers[1:]] if layer == 0 else [*layers[:-1], new[layer]]


@mistake(
    "update",
    "one-layer-forgotten",
    family="indexing",
    variants={"layer": ("first", "last"), "rest": (0, 1)},
)
def update_forgets_layer(layers, gradients, learning_rate, layer, rest):
    """Your loop leaves out the first or the last layer. With two layers the other one hides it:
    count the turns of the loop."""
    new = net.update(layers, gradients, learning_rate)
    if layer == "first":
        return [*layers[:rest], *new[1:]]
    return [*new[:-1], *layers[len(layers) - rest :]]


@mistake("update", "gradients-reversed", family="indexing")
def update_reversed(layers, gradients, learning_rate):
    """You pair the first layer with the last gradient. Both lists run from the input to the
    output: walk through them in the same direction."""
    return net.update(layers, gradients[::-1], learning_rate)


@mistake("update", "pair-swapped", family="indexing")
def update_swapped(layers, gradients, learning_rate):
    """You return (b, W). A layer is (W, b), or the next forward pass multiplies by the bias."""
    return [(b, W) for W, b in net.update(layers, gradients, learning_rate)]


@mistake("update", "integers-truncated", family="numerics")
def update_truncated(layers, gradients, learning_rate):
    """You write the result into an array with the type of W. If W holds integers every step is cut
    off: make the new layers floats."""
    return _apply(layers, gradients, lambda p, g: (p - learning_rate * g).astype(p.dtype))


@mistake("update", "gradient-clipped", family="scale", variants={"limit": (1, 0.5)})
def update_clipped(layers, gradients, learning_rate, limit):
    """You clip the gradients. That is a remedy for later, with deeper networks; plain gradient
    descent takes the gradient as it is."""
    return _apply(layers, gradients, lambda p, g: p - learning_rate * np.clip(g, -limit, limit))


@mistake("update", "gradient-normalised", family="scale", variants={"by": ("norm", "sign", "mean")})
def update_normalised(layers, gradients, learning_rate, by):
    """You change the length of the gradient before the step. Its length says how steep the error
    is; gradient descent uses it unchanged."""
    scale = {"norm": lambda g: g / np.linalg.norm(g), "sign": np.sign, "mean": lambda g: g / len(g)}
    return _apply(layers, gradients, lambda p, g: p - learning_rate * scale[by](g))


@mistake("update", "weight-decay", family="scale", variants={"decay": (0.01, 0.001, 0.1)})
def update_decayed(layers, gradients, learning_rate, decay):
    """You shrink the weights as well. Weight decay belongs to another error; a zero gradient must
    leave the layers as they are."""
    return _apply(layers, gradients, lambda p, g: p - learning_rate * (g + decay * p))


@mistake("update", "momentum-left-in", family="purity", variants={"beta": (0.9, 0.5)})
def update_momentum(layers, gradients, learning_rate, beta, velocity=[]):
    """You keep a velocity between calls, so the second call depends on the first. Plain gradient
    descent knows only the gradients that it is given."""
    old = velocity if [v.shape for v, _ in velocity] == [W.shape for W, _ in layers] else gradients
    share = beta if old is velocity else 0
    velocity[:] = [(share * vW + dW, share * vb + db) for (vW, vb), (dW, db) in zip(old, gradients)]
    return net.update(layers, velocity, learning_rate)


# --- softmax_cross_entropy_gradient ---


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
