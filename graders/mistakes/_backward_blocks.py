"""Known wrong factors and blocks of ``backward``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net

SCALED = {"scale": net.SCALES}


@mistake("backward", "bias-from-error", family="derivative", variants=SCALED)
def backward_bias_from_error(activations, layers, t, scale):
    """Your db adds up the error before it is multiplied by the sigmoid's slope. A bias stands
    inside the sigmoid like a weight: sum the delta, which has the slope in it."""
    error = net.factor(t, scale) * (activations[-1] - t)
    gradients = []
    for i in reversed(range(len(layers))):
        delta = error * net.slope(activations[i + 1])
        gradients.insert(0, (activations[i].T @ delta, error.sum(axis=0)))
        error = delta @ layers[i][0].T
    return gradients


@mistake("backward", "gradient-for-weights", family="wrong-argument", variants=SCALED)
def backward_through_gradient(activations, layers, t, scale):
    """You send the delta back through the gradient dW. The error came forward through the weights
    themselves: the way back is W transposed."""
    start = net.delta(activations[-1], t, scale)
    return net.backward(
        activations, layers, t, start=start, back=lambda d, i: d @ (activations[i].T @ d).T
    )


@mistake("backward", "moved-weights", family="training", variants={"rate": (0.1, 0.5, 1.0)})
def backward_through_moved_weights(activations, layers, t, rate):
    """You send the delta back through weights that have already taken their step. The gradient
    belongs to the network as it was: update when all of it is known."""
    return net.backward(
        activations,
        layers,
        t,
        back=lambda d, i: d @ (layers[i][0] - rate * activations[i].T @ d).T,
    )


@mistake("backward", "divided-by-outputs", family="axis", variants={"two": (2, 1)})
def backward_divided_by_outputs(activations, layers, t, two):
    """You divide by the number of outputs instead of the number of samples. N is the length of the
    first axis: len(t)."""
    y = activations[-1]
    start = two * (y - t) * net.slope(y) / t.shape[1]
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "outputs-added-up", family="reduction", variants=SCALED)
def backward_outputs_added_up(activations, layers, t, scale):
    """You add up the differences of all outputs before they go back. Each output has its own error,
    and its own weights to blame: keep y − t as (N, K)."""
    y = activations[-1]
    miss = (y - t).sum(axis=1, keepdims=True)
    start = net.factor(y, scale) * miss * net.slope(y)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "weights-averaged-twice", family="scale", variants={"two": (2, 1)})
def backward_weights_averaged_twice(activations, layers, t, two):
    """db is right but every dW is N times too small: the delta contains 1/N already, and the
    product divides again. Treat weights and biases alike."""
    start, n = net.delta(activations[-1], t, f"{two}/N"), len(t)
    return net.backward(
        activations, layers, t, start=start, weight=lambda i, d: activations[i].T @ d / n
    )


@mistake(
    "backward",
    "brackets-missing",
    family="lecture-bug",
    variants={"place": net.PLACES, "scale": net.SCALES, "over": ("first", "last")},
)
def backward_without_brackets(activations, layers, t, place, scale, over):
    """`delta * y * 1 - y` multiplies first and subtracts y then. The slope of the sigmoid is one
    factor: y * (1 - y), with its brackets."""

    def times_slope(signal, y, spoiled):
        return signal * y * 1 - y if spoiled else signal * net.slope(y)

    y = activations[-1]
    delta = times_slope(net.factor(y, scale) * (y - t), y, place != "hidden")
    if over == "last" and place != "hidden":  # ... * y * 1 - y / N
        delta = int(scale[0]) * (y - t) * y - y * net.factor(y, "1/N")
    gradients = []
    for i in reversed(range(len(layers))):
        gradients.insert(0, (activations[i].T @ delta, delta.sum(axis=0)))
        delta = times_slope(delta @ layers[i][0].T, activations[i], place != "output")
    return gradients


@mistake(
    "backward",
    "shape-of-single-ones",
    family="shape",
    variants={"of": ("dW", "db", "both", "N = 1")},
)
def backward_squeezed(activations, layers, t, of):
    """With one unit, one input or one sample your gradients have not the shapes of W and b. Keep
    (fan_in, fan_out) and (fan_out,) whatever the sizes are: sum over the samples, drop nothing."""

    def weight(i, d):
        dW = activations[i].T @ d
        return dW.squeeze() if of in ("dW", "both") else dW

    def bias(d):
        if of == "N = 1" and len(d) == 1:
            return d
        return d.sum(axis=0).squeeze() if of in ("db", "both") else d.sum(axis=0)

    return net.backward(activations, layers, t, weight=weight, bias=bias)


@mistake("backward", "bias-of-one-sample", family="reduction", variants={"keep": (0, -1)})
def backward_bias_of_one_sample(activations, layers, t, keep):
    """dW adds up all samples, but db holds the delta of one of them. All samples share the bias:
    sum the rows of delta."""
    return net.backward(activations, layers, t, bias=lambda d: d[keep])


@mistake(
    "backward", "weight-decay", family="scale", variants={"decay": (1e-4, 1e-3, 0.01, 0.1, 1.0)}
)
def backward_decayed(activations, layers, t, decay):
    """You add a multiple of the weights to dW. Weight decay belongs to another error, and ours has
    no such term: dW is the derivative of E alone."""
    gradients = net.backward(activations, layers, t)
    return [(dW + decay * W, db) for (W, _), (dW, db) in zip(layers, gradients)]


@mistake(
    "backward",
    "gradient-clipped",
    family="scale",
    variants={"limit": (0.1, 0.5, 1, 5, 10), "of": ("entries", "norm")},
)
def backward_clipped(activations, layers, t, limit, of):
    """You clip the gradients. That is a remedy for later, with deeper networks; here a gradient is
    the derivative of E, however large."""

    def clipped(g):
        if of == "entries":
            return np.clip(g, -limit, limit)
        return g * min(1, limit / max(np.linalg.norm(g), 1e-12))

    return [(clipped(dW), clipped(db)) for dW, db in net.backward(activations, layers, t)]


@mistake(
    "backward",
    "slope-kept-up",
    family="numerics",
    variants={
        "by": ("at least", "added", "y clipped"),
        "place": net.PLACES,
        "eps": (0.1, 0.01, 1e-3, 1e-4, 1e-5),
    },
)
def backward_slope_kept_up(activations, layers, t, by, place, eps):
    """You keep the slope y·(1 − y) away from 0, or y away from 0 and 1. Where a sigmoid is flat its
    gradient is nearly 0, and that is what is asked for."""
    rules = {
        "at least": lambda y: np.maximum(net.slope(y), eps),
        "added": lambda y: net.slope(y) + eps,
        "y clipped": lambda y: net.slope(np.clip(y, eps, 1 - eps)),
    }
    bent, y = rules[by], activations[-1]
    start = 2 / len(t) * (y - t) * (net.slope if place == "hidden" else bent)(y)
    bend = net.slope if place == "output" else bent
    return net.backward(activations, layers, t, start=start, slope=lambda i: bend(activations[i]))


@mistake("backward", "integer-delta", family="numerics", variants={"like": ("t", "x")})
def backward_integer_delta(activations, layers, t, like):
    """You store the delta in an array made like t or x. If that holds integers, every entry is cut
    to 0: give the delta a type of its own."""
    kept = {"t": t, "x": activations[0]}[like].dtype
    start = net.delta(activations[-1], t).astype(kept)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "one-layer-not-alone", family="edge-case")
def backward_at_least_two(activations, layers, t):
    """You write out the last two layers before the loop, and an index of −1 or −2 turns round in a
    network of one layer. Let the loop do all of them: a single layer is one turn."""
    gradients = net.backward(activations, layers, t)
    if len(layers) > 1:
        return gradients
    W, _ = layers[0]
    x, y = activations
    d = net.delta(y, t) @ W.T * net.slope(x)
    return [(x.T @ d, d.sum(axis=0)), *gradients]


@mistake("backward", "all-zero", family="derivative")
def backward_all_zero(activations, layers, t):
    """All your gradients are 0: arrays that were never filled, or a factor that vanishes, as
    `y * 1 - y` does without its brackets. Print the delta of the output and look."""
    return [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in layers]


@mistake(
    "backward",
    "slope-half-missing",
    family="derivative",
    variants={"place": net.PLACES, "kept": ("y", "1 - y"), "scale": ("2/N", "1/N", "2")},
)
def backward_half_slope(activations, layers, t, place, kept, scale):
    """Half of the sigmoid's slope is missing: the derivative at the output y is y·(1 − y), and you
    multiply by one of the two factors only."""
    half, y = (lambda a: a if kept == "y" else 1 - a), activations[-1]
    last = net.slope if place == "hidden" else half
    bend = net.slope if place == "output" else half
    start = net.factor(y, scale) * (y - t) * last(y)
    return net.backward(activations, layers, t, start=start, slope=lambda i: bend(activations[i]))


@mistake("backward", "slope-of-target", family="wrong-argument", variants=SCALED)
def backward_slope_of_target(activations, layers, t, scale):
    """You take the slope at the target, t·(1 − t). The sigmoid's slope belongs to what the network
    said: y·(1 − y)."""
    y = activations[-1]
    start = net.factor(y, scale) * (y - t) * net.slope(t)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "sign-of-error-lost", family="sign", variants=SCALED)
def backward_absolute_difference(activations, layers, t, scale):
    """You take |y − t|, so that all outputs are pushed the same way. Whether y is too high or too
    low is what the gradient has to say: keep the sign."""
    y = activations[-1]
    start = net.factor(y, scale) * np.abs(y - t) * net.slope(y)
    return net.backward(activations, layers, t, start=start)


@mistake(
    "backward",
    "targets-hardened",
    family="wrong-argument",
    variants={"by": ("int", "round", "argmax")},
)
def backward_hard_targets(activations, layers, t, by):
    """You turn t into whole numbers first, so soft targets lose what they say. A target may be any
    number: subtract it as it is."""
    hard = {
        "int": t.astype(int),
        "round": t.round(),
        "argmax": np.eye(t.shape[1])[t.argmax(axis=1)],
    }[by]
    return net.backward(activations, layers, hard)
