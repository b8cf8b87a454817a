"""Known wrong gradients that ``backward`` makes of right deltas; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net

SCALED = {"scale": net.SCALES}


@mistake("backward", "input-not-transposed", family="shape")
def backward_input_not_transposed(activations, layers, t):
    """A layer's input has to be transposed in its weight gradient; untransposed it fits only when
    N equals the width. Which product of (N, fan_in) and (N, fan_out) has the shape of W?"""
    return net.backward(activations, layers, t, weight=lambda i, d: activations[i] @ d)


@mistake("backward", "weight-gradient-transposed", family="shape", variants=SCALED)
def backward_weight_gradient_transposed(activations, layers, t, scale):
    """Your dW is (fan_out, fan_in), the transpose of what W needs; square layers hide it. Put the
    layer's input first in the product."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(
        activations, layers, t, start=start, weight=lambda i, d: d.T @ activations[i]
    )


@mistake("backward", "output-for-input", family="indexing")
def backward_own_output_for_input(activations, layers, t):
    """You multiply a layer's delta by the layer's own output. Its weights were multiplied by what
    came in: the activations one earlier in the list."""
    return net.backward(activations, layers, t, weight=lambda i, d: activations[i + 1].T @ d)


@mistake("backward", "x-for-every-layer", family="indexing")
def backward_x_for_every_layer(activations, layers, t):
    """You multiply every delta by x. Only the first layer sees x; each later one is fed by the
    activations of the layer before it."""
    return net.backward(activations, layers, t, weight=lambda _, d: activations[0].T @ d)


@mistake("backward", "bias-unsummed", family="reduction", variants=SCALED)
def backward_bias_unsummed(activations, layers, t, scale):
    """Your db still has one row per sample. All samples share one bias, so their contributions
    add up to a vector with the shape of b."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(activations, layers, t, start=start, bias=lambda d: d)


@mistake("backward", "bias-keeps-dimension", family="shape", variants=SCALED)
def backward_bias_keeps_dimension(activations, layers, t, scale):
    """The numbers of db are right but its shape is (1, fan_out). b is (fan_out,): do not keep the
    summed dimension, or the next update changes the shape of b."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(
        activations, layers, t, start=start, bias=lambda d: d.sum(axis=0, keepdims=True)
    )


@mistake(
    "backward", "bias-summed-over-everything", family="axis", variants={"form": (0, 1, "full")}
)
def backward_bias_summed_over_everything(activations, layers, t, form):
    """db is one number for the whole layer: np.sum without an axis also adds up the units. Each
    unit has its own bias; sum over the samples only."""
    shape = {0: lambda _: (), 1: lambda _: (1,), "full": lambda d: d.shape[1]}[form]
    return net.backward(activations, layers, t, bias=lambda d: np.full(shape(d), d.sum()))


@mistake("backward", "bias-wrong-axis", family="axis")
def backward_bias_wrong_axis(activations, layers, t):
    """You sum db over the units and get one entry per sample. It is the samples (the rows) that
    share a bias: sum over the other axis."""
    return net.backward(activations, layers, t, bias=lambda d: d.sum(axis=1))


@mistake("backward", "bias-averaged-twice", family="scale", variants={"scale": ("2/N", "1/N")})
def backward_bias_averaged_twice(activations, layers, t, scale):
    """dW is right but every db is N times too small: you take a mean of deltas that contain 1/N
    already. Treat weights and biases alike: both sum over the samples."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(activations, layers, t, start=start, bias=lambda d: d.mean(axis=0))


@mistake("backward", "weights-not-averaged", family="scale", variants={"scale": ("2", "1")})
def backward_weights_not_averaged(activations, layers, t, scale):
    """You average db over the samples but only sum dW, which is N times too large. Both are
    derivatives of the same mean: put the 1/N into delta and sum twice."""
    y, n = activations[-1], len(t)
    start = net.delta(y, t, scale)
    return net.backward(activations, layers, t, start=start, bias=lambda d: d.sum(axis=0) / n)


@mistake("backward", "bias-not-averaged", family="scale", variants={"scale": ("2/N", "1/N")})
def backward_bias_not_averaged(activations, layers, t, scale):
    """dW is averaged over the samples but db is only summed, so it is N times too large. Both are
    derivatives of the same mean: put the 1/N into delta and sum twice."""
    y, n = activations[-1], len(t)
    start = net.delta(y, t, scale)
    return net.backward(activations, layers, t, start=start, bias=lambda d: n * d.sum(axis=0))


@mistake(
    "backward", "bias-gradient-missing", family="derivative", variants={"form": ("zeros", "none")}
)
def backward_bias_gradient_missing(activations, layers, t, form):
    """You give the biases no gradient, so they never learn. A bias is a weight whose input is
    always 1: what does its delta become then?"""
    bias = {"zeros": lambda d: np.zeros(d.shape[1]), "none": lambda _: None}
    return net.backward(activations, layers, t, bias=bias[form])


@mistake(
    "backward", "first-sample-only", family="training", variants={"keep": (0, -1), "n": (0, 1)}
)
def backward_of_one_sample(activations, layers, t, keep, n):
    """Only one sample contributes: you overwrite the gradient in the sample loop, or return inside
    it. Add up all the samples' gradients before you return."""
    rows = [a[[keep]] for a in activations]
    scale = net.factor(t, "2/N" if n else "2")
    start = scale * (rows[-1] - t[[keep]]) * net.slope(rows[-1])
    return net.backward(rows, layers, t[[keep]], start=start)


@mistake("backward", "averages-before-product", family="reduction")
def backward_averages_before_product(activations, layers, t):
    """You average activations and deltas over the samples first and multiply then. The mean of a
    product is not the product of the means: multiply sample by sample, then average."""
    start, n = net.delta(activations[-1], t), len(t)
    return net.backward(
        activations,
        layers,
        t,
        start=start,
        weight=lambda i, d: np.outer(activations[i].mean(axis=0), n * d.mean(axis=0)),
    )


@mistake("backward", "one-output-only", family="indexing", variants={"keep": (0, -1)})
def backward_of_one_output(activations, layers, t, keep):
    """Only one of the outputs is compared with its target, so the others never learn. Every output
    has an error of its own: use all K columns."""
    start = np.zeros(t.shape)
    start[:, keep] = net.delta(activations[-1], t)[:, keep]
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "targets-broadcast", family="shape")
def backward_targets_flattened(activations, layers, t):
    """y − t became an N × N table because t lost its second dimension. Keep both (N, K), so that
    each prediction meets its own target."""
    y = activations[-1]
    start = 2 / len(t) * (y - t.ravel()) * net.slope(y)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "order-reversed", family="indexing", variants=SCALED)
def backward_order_reversed(activations, layers, t, scale):
    """Your gradients come from the last layer to the first, as you computed them. `layers` starts
    at the input, so turn the list round before you return it."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, scale))[::-1]


@mistake("backward", "pair-swapped", family="indexing", variants=SCALED)
def backward_pair_swapped(activations, layers, t, scale):
    """Each of your pairs is (db, dW). Layers are (W, b), so the weight gradient comes first."""
    gradients = net.backward(activations, layers, t, start=net.delta(activations[-1], t, scale))
    return [(db, dW) for dW, db in gradients]


@mistake(
    "backward",
    "gradients-not-paired",
    family="shape",
    variants={"order": ("weights first", "biases first", "flat", "weights only")},
)
def backward_not_paired(activations, layers, t, order):
    """The gradients are not one pair (dW, db) a layer. Give them the structure that `layers` has,
    so that `update` can walk through both together."""
    gradients = net.backward(activations, layers, t)
    weights, biases = [dW for dW, _ in gradients], [db for _, db in gradients]
    return {
        "weights first": (weights, biases),
        "biases first": (biases, weights),
        "flat": [g for pair in gradients for g in pair],
        "weights only": weights,
    }[order]


@mistake(
    "backward", "output-layer-only", family="training", variants={"rest": ("zeros", "missing")}
)
def backward_output_layer_only(activations, layers, t, rest):
    """Only the output layer gets a gradient; those of the hidden ones are 0 or missing. Send the
    delta back through W, times the slope: a·(1 − a), for `a * 1 - a` without brackets is 0."""
    hidden = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in layers[:-1]]
    return (hidden if rest == "zeros" else []) + net.backward(activations, layers, t)[-1:]


@mistake(
    "backward", "first-layer-skipped", family="indexing", variants={"rest": ("zeros", "missing")}
)
def backward_first_layer_skipped(activations, layers, t, rest):
    """Your loop stops before the first layer. A range that counts down excludes its end, so layer
    0 never gets its turn."""
    W, b = layers[0]
    first = [(np.zeros(W.shape), np.zeros(b.shape))] if rest == "zeros" else []
    return first + net.backward(activations, layers, t)[1:]


@mistake(
    "backward", "two-layers-only", family="indexing", variants={"last": (-1, 1, "unpacked", "y")}
)
def backward_two_layers_only(activations, layers, t, last):
    """You wrote the formulas for exactly one hidden layer. `layers` may have any length: turn the
    two steps into a loop from the last layer to the first."""
    if last == "unpacked":
        (x, h, y), (first, second) = activations, layers
    else:
        x, h, y = activations[0], activations[1], activations[2 if last == 1 else -1]
        first, second = layers[0], layers[-1 if last == -1 else 1]
    return net.backward([x, h, y], [first, second], t)


@mistake("backward", "learning-rate-inside", family="scale", variants={"rate": (0.1, 0.01, 0.05)})
def backward_learning_rate_inside(activations, layers, t, rate):
    """Your gradients are multiplied by a learning rate. A gradient is a property of the error; the
    step size is applied in `update`, and only there."""
    return [(rate * dW, rate * db) for dW, db in net.backward(activations, layers, t)]


@mistake(
    "backward", "activations-overwritten", family="purity", variants={"first": ("slope", "error")}
)
def backward_activations_overwritten(activations, layers, t, first):
    """You subtract t in place, which changes the caller's activations and whatever you compute
    from y afterwards. Give the difference an array of its own."""
    y = activations[-1]
    bend = net.slope(y)
    y -= t
    start = 2 / len(t) * y * (bend if first == "slope" else net.slope(y))
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "kept-between-calls", family="purity")
def backward_mutable_default(activations, layers, t, gradients=[]):
    """The default list is made once and remembers the gradients of earlier calls. Make a new list
    inside the function."""
    gradients[:0] = net.backward(activations, layers, t)
    return list(gradients)


@mistake(
    "backward", "coarse-differences", family="numerics", variants={"h": (1e-1, 1e-2, 1e-3, 1e-4)}
)
def backward_forward_differences(activations, layers, t, h):
    """These are one-sided differences with a coarse step, right to a few digits only. Derive the
    gradient; differences are for checking it, and central ones do that better."""
    x, gradients = activations[0], []
    at = net.error(net.forward(x, layers)[-1], t)
    for i, pair in enumerate(layers):
        slopes = [np.zeros(p.shape) for p in pair]
        for which, index in [(w, j) for w, p in enumerate(pair) for j in np.ndindex(p.shape)]:
            moved = [tuple(p.astype(float) for p in layer) for layer in layers]
            moved[i][which][index] += h
            slopes[which][index] = (net.error(net.forward(x, moved)[-1], t) - at) / h
        gradients.append(tuple(slopes))
    return gradients


@mistake("backward", "rounded", family="numerics", variants={"digits": (2, 3, 4, 6)})
def backward_rounded(activations, layers, t, digits):
    """You round the gradients. Rounding belongs to printing; thousands of small steps would lose
    exactly the digits that you cut off."""
    return [(dW.round(digits), db.round(digits)) for dW, db in net.backward(activations, layers, t)]
