"""Known wrong answers to ``forward``; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


def _with(x, layers, squash):
    return net.forward(x, layers, hidden=squash, output=squash)


@mistake("forward", "only-the-output", family="shape", variants={"listed": (True, False)})
def forward_output_only(x, layers, listed):
    """You return the prediction alone. `backward` needs what every layer put out, so return the
    list of all activations, from x to y."""
    y = net.forward(x, layers)[-1]
    return [y] if listed else y


@mistake("forward", "input-missing", family="indexing")
def forward_without_x(x, layers):
    """Your list starts at the first hidden layer. x is the input of layer 1 and its gradient needs
    it: start the list with x."""
    return net.forward(x, layers)[1:]


@mistake("forward", "last-layer-skipped", family="indexing")
def forward_without_output(x, layers):
    """The output is missing: your loop ends one layer early, or the last result is not appended.
    There are len(layers) + 1 activations."""
    return net.forward(x, layers)[:-1]


@mistake("forward", "order-reversed", family="indexing")
def forward_reversed(x, layers):
    """Your list runs from the output to the input. Append as you compute: x first, y last."""
    return net.forward(x, layers)[::-1]


@mistake("forward", "linear-output", family="architecture")
def forward_linear_output(x, layers):
    """Your last layer has no sigmoid. In this course every layer is followed by one, the output
    too, so that y lies between 0 and 1."""
    return net.forward(x, layers, output=lambda a: a)


@mistake("forward", "linear-hidden", family="architecture", variants={"which": ("first", "all")})
def forward_linear_hidden(x, layers, which):
    """A hidden layer of yours has no sigmoid. Without a non-linearity between them, two layers are
    no more than one: apply it after each layer."""
    if which == "all" or len(layers) < 2:
        return net.forward(x, layers, hidden=lambda a: a)
    W, b = layers[0]
    return [x, *net.forward(x @ W + b, layers[1:])]


@mistake("forward", "no-sigmoid", family="architecture")
def forward_linear(x, layers):
    """You never apply the sigmoid, so the whole stack is one linear layer. Activations are what
    comes out of the sigmoid of each layer."""
    return net.forward(x, layers, hidden=lambda a: a, output=lambda a: a)


@mistake("forward", "pre-activations-returned", family="wrong-argument", variants={"y": (0, 1)})
def forward_pre_activations(x, layers, y):
    """You compute rightly but collect x·W + b, the pre-activations. The list should hold what the
    next layer receives: the values after the sigmoid."""
    activations = net.forward(x, layers)
    sums = [a @ W + b for a, (W, b) in zip(activations, layers)]
    return [x, *sums[:-1], activations[-1]] if y else [x, *sums]


def _twice(a):
    return net.sigmoid(net.sigmoid(a))


@mistake("forward", "sigmoid-twice", family="derivative", variants={"place": net.PLACES})
def forward_sigmoid_twice(x, layers, place):
    """You apply the sigmoid twice, perhaps once in the layer and once when storing. Then nothing
    gets below 0.5: once a layer is enough."""
    rules = {"hidden": _twice, "output": _twice}
    if place != "all":
        rules = {place: _twice}
    return net.forward(x, layers, **rules)


@mistake(
    "forward", "bias-missing", family="architecture", variants={"place": (*net.PLACES, "later")}
)
def forward_without_bias(x, layers, place):
    """You leave out the biases, of all layers or some, so a unit's boundary is tied to the origin.
    Each layer computes x·W + b before its sigmoid."""
    places = {"all": layers, "output": layers[-1:], "hidden": layers[:-1], "later": layers[1:]}
    off = places[place]
    kept = [(W, 0 * b if any(b is c for _, c in off) else b) for W, b in layers]
    return net.forward(x, kept)


@mistake("forward", "bias-after-sigmoid", family="architecture")
def forward_bias_after_sigmoid(x, layers):
    """You add the bias after the sigmoid, so activations leave the range 0 to 1. It belongs to the
    pre-activation: inside the sigmoid."""
    activations = [x]
    for W, b in layers:
        activations.append(net.sigmoid(activations[-1] @ W) + b)
    return activations


@mistake("forward", "bias-subtracted", family="sign")
def forward_bias_subtracted(x, layers):
    """You subtract the bias. Here it is added; a threshold that is subtracted is the same thing
    with the other sign."""
    return net.forward(x, layers, bias=-1)


@mistake("forward", "x-for-every-layer", family="indexing")
def forward_x_everywhere(x, layers):
    """Every layer of yours reads x. Only the first one does; pass each layer's activations on to
    the next."""
    return [x, *(net.sigmoid(x @ W + b) for W, b in layers)]


@mistake("forward", "weights-transposed", family="shape")
def forward_weights_transposed(x, layers):
    """You multiply by W transposed, which fits square layers only. W is (fan_in, fan_out) and the
    samples are rows: the shapes line up as they are."""
    return net.forward(x, [(W.T, b) for W, b in layers])


@mistake("forward", "star-for-matmul", family="shape", variants={"summed": (False, True)})
def forward_star(x, layers, summed):
    """`*` multiplies entry by entry. A unit adds up all its weighted inputs, which is the matrix
    product: use @."""
    activations = [x]
    for W, b in layers:
        product = activations[-1] * W
        total = product.sum(axis=1, keepdims=True) if summed else product
        activations.append(net.sigmoid(total + b))
    return activations


@mistake("forward", "sigmoid-on-input", family="architecture", variants={"kept": (True, False)})
def forward_sigmoid_on_input(x, layers, kept):
    """You send x through a sigmoid as well. The input is no layer: it enters the first product as
    it is."""
    activations = net.forward(net.sigmoid(x), layers)
    return activations if kept else [x, *activations[1:]]


@mistake("forward", "sigmoid-precedence", family="lecture-bug")
def forward_lecture_precedence(x, layers):
    """`1/1+e**(-a)` is 1 + e^−a: division comes before addition. The slide's listing has this bug;
    put the denominator into parentheses."""
    return _with(x, layers, lambda a: 1 + np.exp(-a))


@mistake("forward", "sigmoid-sign", family="sign")
def forward_falling_sigmoid(x, layers):
    """Your sigmoid falls: the minus in the exponent is missing, so you compute 1 − σ(a). Check that
    a large a gives nearly 1."""
    return _with(x, layers, lambda a: 1 / (1 + np.exp(a)))


@mistake(
    "forward",
    "wrong-activation",
    family="architecture",
    variants={"name": ("tanh", "relu", "softmax", "step"), "output": (True, False)},
)
def forward_wrong_activation(x, layers, name, output):
    """You use another activation function (tanh, ReLU, softmax or a step). Here every layer is
    followed by the sigmoid, and `backward` differentiates that one."""
    squash = {
        "tanh": np.tanh,
        "relu": lambda a: np.maximum(a, 0),
        "softmax": lambda a: np.exp(a) / np.exp(a).sum(axis=1, keepdims=True),
        "step": lambda a: (a > 0) * 1.0,
    }[name]
    if name == "softmax":
        return net.forward(x, layers, output=squash)
    return net.forward(x, layers, hidden=squash, output=squash if output else net.sigmoid)


@mistake("forward", "two-layers-only", family="indexing", variants={"last": (-1, 1)})
def forward_two_layers(x, layers, last):
    """You wrote out exactly two layers. `layers` may hold one or five: use a loop."""
    return net.forward(x, [layers[0], layers[last]])


@mistake("forward", "output-flattened", family="shape", variants={"which": ("y", "all", "not x")})
def forward_flattened(x, layers, which):
    """You drop dimensions of length 1. Each activation keeps its two, (N, units), even for one unit
    or one sample, or the next product breaks."""
    activations = net.forward(x, layers)
    kept = {"y": activations[:-1], "all": [], "not x": [x]}[which]
    return [*kept, *(a.squeeze() for a in activations[len(kept) :])]


@mistake("forward", "first-sample-only", family="indexing", variants={"keep": (0, -1)})
def forward_one_sample(x, layers, keep):
    """Only one sample comes back, as if a return stood inside the sample loop. All N rows go
    through the network, and one matrix product does them together."""
    return [a[[keep]] for a in net.forward(x, layers)]


@mistake("forward", "integer-buffer", family="numerics")
def forward_integer_buffer(x, layers):
    """You store results in an array with the type of x. If x holds integers, every activation is
    cut to 0: let the result have its own type."""
    return [a.astype(x.dtype) for a in net.forward(x, layers)]


@mistake(
    "forward",
    "integer-sums",
    family="numerics",
    variants={"like": ("x", "W", "b"), "added": ("before", "after")},
)
def forward_integer_sums(x, layers, like, added):
    """You store x·W + b in an array made like x, W or b. Where that holds integers, the sums are
    cut off before the sigmoid sees them: give the array the type float."""
    activations = [x]
    for W, b in layers:
        kept = {"x": activations[-1], "W": W, "b": b}[like].dtype
        total = activations[-1] @ W
        total = (total + b).astype(kept) if added == "before" else total.astype(kept) + b
        activations.append(net.sigmoid(total))
    return activations


@mistake("forward", "sums-clipped", family="numerics", variants={"limit": (5, 10, 20)})
def forward_clipped(x, layers, limit):
    """You clip x·W + b before the sigmoid, so large sums all give the same. The sigmoid that is
    given takes them as they are; against overflow in exp, a clip at 500 does."""
    return _with(x, layers, lambda a: net.sigmoid(np.clip(a, -limit, limit)))


@mistake(
    "forward",
    "sums-returned-too",
    family="shape",
    variants={"how": ("two lists", "one list", "pairs")},
)
def forward_with_sums(x, layers, how):
    """You return the pre-activations as well. The caller expects one list, [x, a1, …, y], and
    nothing else in it: the slopes can be had from the activations alone."""
    activations = net.forward(x, layers)
    sums = [a @ W + b for a, (W, b) in zip(activations, layers)]
    pairs = list(zip(sums, activations[1:]))
    return {
        "two lists": (activations, sums),
        "one list": [x, *(part for pair in pairs for part in pair)],
        "pairs": [x, *pairs],
    }[how]


@mistake("forward", "ones-kept", family="shape", variants={"of": ("inputs", "all")})
def forward_with_ones(x, layers, of):
    """Your activations hold the column of ones that you multiply the biases by. Only the product
    needs it: return each layer's activations without it."""
    activations = net.forward(x, layers)
    wide = [np.hstack([a, np.ones((len(x), 1))]) for a in activations]
    return wide if of == "all" else [*wide[:-1], activations[-1]]


@mistake("forward", "rounded", family="numerics", variants={"digits": (1, 2, 3, 4)})
def forward_rounded(x, layers, digits):
    """You round the activations. Round when you print; the next layer and the gradients need all
    the digits."""
    return _with(x, layers, lambda a: net.sigmoid(a).round(digits))


@mistake("forward", "kept-between-calls", family="purity")
def forward_mutable_default(x, layers, activations=[]):
    """The default list is made once and still holds the activations of earlier calls. Make a new
    list inside the function."""
    activations += net.forward(x, layers)
    return list(activations)


@mistake("forward", "bias-twice", family="architecture")
def forward_bias_twice(x, layers):
    """The bias counts twice: once with a column of ones, and once more when you add b. One of the
    two will do."""
    return net.forward(x, [(W, 2 * np.asarray(b)) for W, b in layers])
