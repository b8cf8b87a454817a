"""Known wrong answers to ``backward``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net

SCALED = {"scale": net.SCALES}
PLACED = {"place": net.PLACES, "scale": net.SCALES}


def _placed(place, activations, layers, t, spoiled, scale):
    """Backpropagation with the slope of some layers spoiled."""
    y = activations[-1]
    last = net.slope(y) if place == "hidden" else spoiled(y)
    bend = net.slope if place == "output" else spoiled
    return net.backward(
        activations,
        layers,
        t,
        start=net.factor(y, scale) * (y - t) * last,
        slope=lambda i: bend(activations[i]),
    )


@mistake("backward", "missing-two", family="scale")
def backward_without_two(activations, layers, t):
    """Every gradient is half of what it should be: the square's derivative brings down a 2, and E
    has no ½ to cancel it. Differentiate (y − t)² once more."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, "1/N"))


@mistake("backward", "sum-not-mean", family="reduction")
def backward_of_the_sum(activations, layers, t):
    """Your gradients are N times too large: E is a mean over the samples, so its gradient is one
    too. Bring the 1/N into the first delta, and it reaches every layer."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, "2"))


@mistake("backward", "missing-two-and-mean", family="scale")
def backward_classic_delta(activations, layers, t):
    """You use the textbook delta (y − t)·y·(1 − y), which belongs to E = ½ Σ (y − t)². Ours is a
    mean over N samples without the ½: derive its factor."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, "1"))


@mistake(
    "backward", "mean-over-outputs-too", family="reduction", variants={"scale": ("2/NK", "1/NK")}
)
def backward_mean_over_outputs(activations, layers, t, scale):
    """You average over the outputs as well, so your gradients are K times too small. E adds the
    outputs of a sample and averages over samples only."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, scale))


@mistake("backward", "averaged-twice", family="scale", variants={"scale": ("2/NN",)})
def backward_averaged_twice(activations, layers, t, scale):
    """All your gradients are divided by N twice. The mean enters once: if delta has it already,
    the products with the activations must not divide again."""
    return net.backward(activations, layers, t, start=net.delta(activations[-1], t, scale))


@mistake("backward", "averaged-at-every-layer", family="scale", variants=SCALED)
def backward_averaged_per_layer(activations, layers, t, scale):
    """You divide by N again at each layer, so the gradients get smaller the further back they
    are. The mean is taken once, in E; a delta that carries it is complete."""
    start, n = net.delta(activations[-1], t, scale), len(t)
    return net.backward(
        activations, layers, t, start=start, back=lambda d, i: d @ layers[i][0].T / n
    )


@mistake("backward", "two-at-every-layer", family="scale", variants=SCALED)
def backward_two_per_layer(activations, layers, t, scale):
    """Your hidden gradients are 2, 4, 8 … times too large: the 2 comes from the squared error
    alone, so it belongs to the output's delta, not to every layer's."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(
        activations, layers, t, start=start, back=lambda d, i: 2 * d @ layers[i][0].T
    )


@mistake("backward", "sign-flipped", family="sign", variants=SCALED)
def backward_sign_flipped(activations, layers, t, scale):
    """Your gradients point downhill: you start from t − y. A gradient points uphill, and it is
    `update` that subtracts it, so start from y − t."""
    return net.backward(activations, layers, t, start=-net.delta(activations[-1], t, scale))


@mistake("backward", "missing-output-slope", family="derivative", variants={"scale": ("2/N", "2")})
def backward_without_output_slope(activations, layers, t, scale):
    """The output layer has a sigmoid too, and its derivative y·(1 − y) is missing from your first
    delta. Write dE/da = dE/dy · dy/da."""
    y = activations[-1]
    return net.backward(activations, layers, t, start=net.factor(y, scale) * (y - t))


@mistake("backward", "cross-entropy-delta", family="derivative", variants={"scale": ("1/N", "1")})
def backward_cross_entropy_delta(activations, layers, t, scale):
    """y − t is the output delta of cross-entropy; there the sigmoid's slope cancels. Our error is
    squared, so nothing cancels: keep the 2 and the slope of the output."""
    y = activations[-1]
    return net.backward(activations, layers, t, start=net.factor(y, scale) * (y - t))


@mistake("backward", "missing-hidden-slope", family="derivative", variants=SCALED)
def backward_without_hidden_slope(activations, layers, t, scale):
    """Your last layer is right, the hidden ones are not: on its way back the error also passes the
    hidden sigmoids. Multiply each hidden delta by that layer's own derivative."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(activations, layers, t, start=start, slope=lambda _: 1)


@mistake("backward", "missing-deeper-slopes", family="derivative")
def backward_slope_of_last_hidden_only(activations, layers, t):
    """With three and more layers only the last hidden one is multiplied by its slope. Every
    sigmoid that the error passes on its way back contributes its derivative."""
    top = len(layers) - 1
    return net.backward(
        activations, layers, t, slope=lambda i: net.slope(activations[i]) if i == top else 1
    )


@mistake("backward", "slope-of-the-activation", family="wrong-argument", variants=PLACED)
def backward_sigmoid_taken_again(activations, layers, t, place, scale):
    """You put activations into a derivative that expects pre-activations, so the sigmoid is taken
    twice. The activations are σ(a) already: express the derivative by them."""
    return _placed(place, activations, layers, t, lambda y: net.slope(net.sigmoid(y)), scale)


@mistake("backward", "slope-of-the-sum", family="wrong-argument", variants=PLACED)
def backward_slope_of_pre_activation(activations, layers, t, place, scale):
    """You put the pre-activation into y·(1 − y). That formula expresses the derivative by the
    activation y = σ(a), which you have already."""
    return _placed(place, activations, layers, t, lambda y: net.slope(np.log(y / (1 - y))), scale)


@mistake("backward", "slope-applied-twice", family="derivative", variants=PLACED)
def backward_slope_twice(activations, layers, t, place, scale):
    """A sigmoid's slope is multiplied in twice. Each layer's derivative belongs into its delta
    once; check whether the factor is already there before you multiply."""
    return _placed(place, activations, layers, t, lambda y: net.slope(y) ** 2, scale)


@mistake("backward", "tanh-slope", family="derivative", variants=PLACED)
def backward_tanh_slope(activations, layers, t, place, scale="2/N"):
    """1 − y² is the derivative of tanh. Our layers are sigmoids, whose derivative at output y is
    another parabola: one that vanishes at 0 and at 1."""
    return _placed(place, activations, layers, t, lambda y: 1 - y**2, scale)


@mistake(
    "backward",
    "slope-sign",
    family="sign",
    variants={"place": ("all", "hidden"), "scale": net.SCALES},
)
def backward_slope_sign(activations, layers, t, place, scale):
    """Your slope y·(y − 1) is negative, so the sign changes from layer to layer. A sigmoid rises
    everywhere: its derivative is positive."""
    return _placed(place, activations, layers, t, lambda y: -net.slope(y), scale)


@mistake("backward", "slope-of-wrong-layer", family="indexing", variants={"of": ("output", "next")})
def backward_slope_of_wrong_layer(activations, layers, t, of):
    """You multiply a hidden delta by the slope of another layer. It belongs to the units that the
    error has just reached: use the activations of that same layer."""
    other = {"output": lambda _: activations[-1], "next": lambda i: activations[i + 1]}[of]
    return net.backward(activations, layers, t, slope=lambda i: net.slope(other(i)))


@mistake("backward", "slope-of-the-error", family="wrong-argument", variants=SCALED)
def backward_slope_of_the_error(activations, layers, t, scale):
    """You take d·(1 − d) of the error d = y − t. The sigmoid's derivative depends on the output
    alone, y·(1 − y), and multiplies the error instead of replacing it."""
    miss = activations[-1] - t
    start = net.factor(miss, scale) * miss * (1 - miss)
    return net.backward(activations, layers, t, start=start)


@mistake(
    "backward",
    "hidden-from-raw-error",
    family="derivative",
    variants={"carries": ("error", "delta"), "scale": net.SCALES},
)
def backward_raw_error_sent_back(activations, layers, t, carries, scale):
    """You send the error y − t back through the weights, not the delta. The output's slope lies on
    the way from E to the hidden units too: propagate what already includes it."""
    signal = net.factor(t, scale) * (activations[-1] - t)
    gradients = []
    for i in range(len(layers) - 1, -1, -1):
        delta = signal * net.slope(activations[i + 1])
        gradients.insert(0, (activations[i].T @ delta, delta.sum(axis=0)))
        passed = delta if carries == "delta" and i < len(layers) - 1 else signal
        signal = passed @ layers[i][0].T
    return gradients


@mistake("backward", "square-kept", family="derivative", variants=SCALED)
def backward_square_kept(activations, layers, t, scale):
    """You multiply by the squared error itself. Its derivative is linear in y − t and keeps the
    sign, which tells the weights in which direction they err."""
    y = activations[-1]
    return net.backward(activations, layers, t, start=net.delta(y, t, scale) * (y - t))


@mistake("backward", "absolute-error", family="derivative", variants={"scale": ("1/N", "1", "2/N")})
def backward_sign_of_error(activations, layers, t, scale):
    """You use only the sign of y − t, the gradient of the absolute error. A squared error's
    gradient grows with the distance: keep its size."""
    y = activations[-1]
    start = net.factor(y, scale) * np.sign(y - t) * net.slope(y)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "thresholded-output", family="wrong-argument")
def backward_of_thresholded_output(activations, layers, t):
    """You compare the rounded class with t. E is made of the outputs themselves; a threshold has
    no useful derivative, so use y as it is."""
    y = activations[-1]
    return net.backward(activations, layers, t, start=2 / len(t) * ((y > 0.5) - t) * net.slope(y))


@mistake("backward", "weights-not-transposed", family="shape", variants=SCALED)
def backward_weights_not_transposed(activations, layers, t, scale):
    """The delta goes back through W, but you multiply as if it went forward. That fits only square
    layers: (N, fan_out) times what gives (N, fan_in)?"""
    start = net.delta(activations[-1], t, scale)
    return net.backward(activations, layers, t, start=start, back=lambda d, i: d @ layers[i][0])


@mistake("backward", "weights-skipped", family="derivative", variants={"how": ("broadcast", "sum")})
def backward_weights_skipped(activations, layers, t, how):
    """Your hidden delta ignores the next layer's weights. A hidden unit is to blame in proportion
    to the weight that carries its output onwards: send delta back through W."""
    back = {"broadcast": lambda d, _: d, "sum": lambda d, _: d.sum(axis=1, keepdims=True)}
    return net.backward(activations, layers, t, back=back[how])


@mistake("backward", "wrong-layer-weights", family="indexing")
def backward_wrong_layer_weights(activations, layers, t):
    """You send a delta back through the weights of another layer. From layer l it passes the very
    W that layer l used in the forward pass; check the index with three layers."""
    return net.backward(activations, layers, t, back=lambda d, i: d @ layers[i - 1][0].T)


@mistake("backward", "delta-not-carried", family="indexing")
def backward_output_delta_everywhere(activations, layers, t):
    """Every hidden layer starts from the output's delta, which works for two layers only. Each
    layer receives the delta of the layer after it: replace it as you go back."""
    start = net.delta(activations[-1], t)
    return net.backward(activations, layers, t, back=lambda _, i: start @ layers[i][0].T)


@mistake("backward", "star-for-matmul", family="shape", variants={"where": ("back", "weight")})
def backward_star_for_matmul(activations, layers, t, where):
    """`*` multiplies entry by entry and happens to fit for one output or one sample. Summing over
    units or samples is what a matrix product does: use @."""
    steps = {
        "back": {"back": lambda d, i: d * layers[i][0].T},
        "weight": {"weight": lambda i, d: activations[i].T * d},
    }
    return net.backward(activations, layers, t, **steps[where])


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
    """Only the output layer gets a gradient. Assigning credit to the hidden layers is the point of
    backpropagation: send the delta back and repeat."""
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


@mistake("backward", "two-layers-only", family="indexing", variants={"last": (-1, 1)})
def backward_two_layers_only(activations, layers, t, last):
    """You wrote the formulas for exactly one hidden layer. `layers` may have any length: turn the
    two steps into a loop from the last layer to the first."""
    pair, used = [layers[0], layers[last]], [*activations[:2], activations[2 if last == 1 else -1]]
    return net.backward(used, pair, t)


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
