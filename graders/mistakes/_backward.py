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


@mistake(
    "backward",
    "slope-applied-twice",
    family="derivative",
    variants={"place": (*net.PLACES, "on the way"), "scale": net.SCALES},
)
def backward_slope_twice(activations, layers, t, place, scale):
    """A sigmoid's slope is multiplied in twice. Each layer's derivative belongs into its delta
    once; check whether the factor is already there before you multiply."""
    if place != "on the way":
        return _placed(place, activations, layers, t, lambda y: net.slope(y) ** 2, scale)
    start = net.delta(activations[-1], t, scale)
    return net.backward(
        activations,
        layers,
        t,
        start=start,
        back=lambda d, i: d * net.slope(activations[i + 1]) @ layers[i][0].T,
    )


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


@mistake(
    "backward",
    "slope-of-wrong-layer",
    family="indexing",
    variants={"of": ("output", "next", "first")},
)
def backward_slope_of_wrong_layer(activations, layers, t, of):
    """You multiply a hidden delta by the slope of another layer. It belongs to the units that the
    error has just reached: use the activations of that same layer."""
    other = {"output": lambda _: -1, "next": lambda i: i + 1, "first": lambda _: 1}[of]
    return net.backward(activations, layers, t, slope=lambda i: net.slope(activations[other(i)]))


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


@mistake(
    "backward",
    "wrong-layer-weights",
    family="indexing",
    variants={"of": ("before", "last", "last of this shape")},
)
def backward_wrong_layer_weights(activations, layers, t, of):
    """You send a delta back through the weights of another layer. From layer l it passes the very
    W that layer l used in the forward pass; check the index with three layers."""

    def back(d, i):
        W, other = layers[i][0], layers[i - 1 if of == "before" else -1][0]
        return d @ (W if of == "last of this shape" and W.shape != other.shape else other).T

    return net.backward(activations, layers, t, back=back)


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
