"""Known wrong answers to ``update``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


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


@mistake("update", "gradient-clipped", family="scale", variants={"limit": (5, 1, 0.5)})
def update_clipped(layers, gradients, learning_rate, limit):
    """You clip the gradients. That is a remedy for later, with deeper networks; plain gradient
    descent takes the gradient as it is."""
    return _apply(layers, gradients, lambda p, g: p - learning_rate * np.clip(g, -limit, limit))


@mistake(
    "update",
    "gradient-normalised",
    family="scale",
    variants={"by": ("norm", "sign", "mean", "capped")},
)
def update_normalised(layers, gradients, learning_rate, by):
    """You change the length of the gradient before the step. Its length says how steep the error
    is; gradient descent uses it unchanged."""
    scale = {
        "norm": lambda g: g / np.linalg.norm(g),
        "capped": lambda g: g / max(1, np.linalg.norm(g)),
        "sign": np.sign,
        "mean": lambda g: g / len(g),
    }
    return _apply(layers, gradients, lambda p, g: p - learning_rate * scale[by](g))


@mistake(
    "update",
    "weight-decay",
    family="scale",
    variants={"decay": (1e-4, 0.001, 0.01, 0.1), "biases": (True, False)},
)
def update_decayed(layers, gradients, learning_rate, decay, biases):
    """You shrink the weights as well. Weight decay belongs to another error; a zero gradient must
    leave the layers as they are."""
    return _apply(
        layers,
        gradients,
        lambda p, g: p - learning_rate * (g + decay * p),
        lambda p, g: p - learning_rate * (g + decay * p * biases),
    )


@mistake("update", "momentum-left-in", family="purity", variants={"beta": (0.9, 0.5)})
def update_momentum(layers, gradients, learning_rate, beta, velocity=[]):
    """You keep a velocity between calls, so the second call depends on the first. Plain gradient
    descent knows only the gradients that it is given."""
    old = velocity if [v.shape for v, _ in velocity] == [W.shape for W, _ in layers] else gradients
    share = beta if old is velocity else 0
    velocity[:] = [(share * vW + dW, share * vb + db) for (vW, vb), (dW, db) in zip(old, gradients)]
    return net.update(layers, velocity, learning_rate)


@mistake("update", "rate-zero-ignored", family="edge-case", variants={"default": (0.1, 0.01, 1.0)})
def update_truthy_rate(layers, gradients, learning_rate, default):
    """`learning_rate or ...` takes a rate of 0 for a missing one. 0 is a number: it moves nothing.
    Compare with None if you must."""
    return net.update(layers, gradients, learning_rate or default)


@mistake("update", "middle-layers-forgotten", family="indexing")
def update_first_and_last(layers, gradients, learning_rate):
    """You update the first layer and the last, and leave those between as they are. With two layers
    nobody notices: use a loop over all of them."""
    new = net.update(layers, gradients, learning_rate)
    return [new[0], *layers[1:-1], *new[1:][-1:]]


@mistake("update", "weight-step-for-biases", family="wrong-argument")
def update_biases_by_weights(layers, gradients, learning_rate):
    """You subtract dW from the bias, which makes a matrix of it by broadcasting. Each block has a
    gradient of its own: db belongs to b."""
    return [
        (W - learning_rate * dW, b - learning_rate * dW)
        for (W, b), (dW, _) in zip(layers, gradients)
    ]


@mistake("update", "divided-by-layers", family="scale")
def update_divided_by_layers(layers, gradients, learning_rate):
    """You divide the step by the number of layers. Nothing is averaged over layers: each block
    moves by the learning rate times its own gradient."""
    return _apply(layers, gradients, lambda p, g: p - learning_rate * g / len(layers))


@mistake(
    "update",
    "layers-not-paired",
    family="shape",
    variants={"order": ("flat", "weights first")},
)
def update_not_paired(layers, gradients, learning_rate, order):
    """What you return is no list of pairs (W, b). `forward` takes a network apart layer by layer:
    append one pair for each."""
    new = net.update(layers, gradients, learning_rate)
    if order == "flat":
        return [block for pair in new for block in pair]
    return [W for W, _ in new], [b for _, b in new]


@mistake("update", "rate-outside-brackets", family="scale")
def update_scales_all(layers, gradients, learning_rate):
    """(W − dW)·γ scales the weights as well as the step. The learning rate belongs to the gradient
    alone: W − γ·dW."""
    return _apply(layers, gradients, lambda p, g: learning_rate * (p - g))


@mistake("update", "rounded", family="numerics", variants={"digits": (2, 3, 4, 6)})
def update_rounded(layers, gradients, learning_rate, digits):
    """You round the new weights. Round when you print: small steps would be lost altogether."""
    return _apply(layers, gradients, lambda p, g: (p - learning_rate * g).round(digits))


@mistake("update", "no-new-layers", family="purity", variants={"when": ("gradient", "rate")})
def update_hands_back(layers, gradients, learning_rate, when):
    """Where nothing is to be done you hand back the caller's own arrays, and whoever changes one
    changes both. Return new arrays there too."""

    def stepped(p, g):
        still = not np.any(g) if when == "gradient" else learning_rate == 0
        return p if still else p - learning_rate * g

    return _apply(layers, gradients, stepped)
