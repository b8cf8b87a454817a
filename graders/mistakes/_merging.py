"""Known wrong answers to ``merge_linear``; ``xor`` takes them in."""

from functools import reduce

import numpy as np

from chainrule.grading import mistake

from . import _network as net


def _product(matrices):
    return reduce(np.matmul, matrices)


def _merged(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, b @ V + c
    return W, b


@mistake(
    "merge_linear", "bias-dropped", family="architecture", variants={"form": ("zeros", "none")}
)
def merge_without_bias(layers, form):
    """You merge the weights and drop the biases. At x = 0 the stack gives more than 0: follow the
    biases through the layers."""
    W, b = _merged(layers)
    return W, (0.0 * b if form == "zeros" else None)


@mistake("merge_linear", "last-bias-only", family="architecture")
def merge_last_bias(layers):
    """You keep only the last bias. The earlier ones reach the output too, through the weights after
    them."""
    return _merged(layers)[0], layers[-1][1]


@mistake(
    "merge_linear", "first-bias-only", family="architecture", variants={"pushed": (True, False)}
)
def merge_first_bias(layers, pushed):
    """You keep only the first bias. Each layer adds its own: carry a bias along and add the next at
    every step."""
    b = layers[0][1]
    rest = [W for W, _ in layers[1:]] if pushed else []
    return _merged(layers)[0], _product([b, *rest])


@mistake("merge_linear", "biases-just-added", family="architecture")
def merge_added_biases(layers):
    """You add up the biases as they are. An earlier bias passes the later weights on its way to the
    output: push it through them first."""
    return _merged(layers)[0], sum(b for _, b in layers)


@mistake("merge_linear", "bias-pushed-once", family="indexing")
def merge_bias_pushed_once(layers):
    """Each of your biases goes through the next layer only. With three layers the first one has two
    more to pass: carry the sum along."""
    pushed = [b @ W for (_, b), (W, _) in zip(layers, layers[1:])]
    return _merged(layers)[0], sum(pushed) + layers[-1][1]


@mistake("merge_linear", "bias-through-own-weights", family="indexing")
def merge_bias_through_own(layers):
    """You send a bias through the weights of its own layer. It is added after them: the first
    weights that it meets are those of the next layer."""
    b = 0 * layers[0][0][:, 0]
    for W, c in layers:
        b = (b + c) @ W
    return _merged(layers)[0], b


@mistake("merge_linear", "bias-through-the-product", family="indexing")
def merge_bias_after_weights(layers):
    """Your bias goes through the merged weights, because W is replaced before b is. Only the next
    layer's weights are before it: compute b first, or both at once."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W = W @ V
        b = b @ W + c
    return W, b


@mistake("merge_linear", "earlier-biases-lost", family="indexing")
def merge_loses_earlier_biases(layers):
    """Only the last two biases reach your result: each round starts from one layer's own bias.
    Carry the merged b along, as you do with W."""
    W, b = layers[0]
    for (_, last), (V, c) in zip(layers, layers[1:]):
        W, b = W @ V, last @ V + c
    return W, b


@mistake("merge_linear", "weights-added", family="reduction", variants={"bias": ("sum", "right")})
def merge_added_weights(layers, bias):
    """You add the weights of the layers. One layer after the other is a product: W1 @ W2."""
    W = sum(W for W, _ in layers)
    return W, sum(b for _, b in layers) if bias == "sum" else _merged(layers)[1]


@mistake("merge_linear", "order-reversed", family="shape", variants={"bias": ("right", "reversed")})
def merge_reversed(layers, bias):
    """You multiply the weights from the output to the input. Samples are rows here, x·W1·W2: the
    first layer stands on the left."""
    back = layers[::-1]
    b = _merged(layers if bias == "right" else back)[1]
    return _product([W for W, _ in back]), b


@mistake("merge_linear", "star-for-matmul", family="shape", variants={"bias": (True, False)})
def merge_star(layers, bias):
    """`*` multiplies entry by entry. One layer after another is a matrix product: use @."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W * V, (b @ V if bias else b * V) + c
    return W, b


@mistake("merge_linear", "transposed", family="shape")
def merge_transposed(layers):
    """Your W is (outputs, inputs), the transpose. It multiplies rows from the right, as all W do
    here."""
    W, b = _merged(layers)
    return W.T, b


@mistake(
    "merge_linear",
    "two-layers-only",
    family="indexing",
    variants={"pair": ("first", "ends", "last")},
)
def merge_two_layers(layers, pair):
    """You merge exactly two layers. There may be one or five: carry the merged layer through a
    loop."""
    ends = {"first": (0, 1), "ends": (0, -1), "last": (-2, -1)}[pair]
    return _merged([layers[i] for i in ends])


@mistake(
    "merge_linear",
    "sigmoids-kept",
    family="architecture",
    variants={"where": ("bias", "both", "end", "output")},
)
def merge_with_sigmoids(layers, where):
    """You still apply sigmoids. The question is what the stack is without them, and only then is it
    one layer."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = (net.sigmoid(W) if where == "both" else W) @ V, b @ V + c
    last = net.sigmoid if where == "output" else lambda a: a
    bent = net.forward(np.zeros((1, len(W))), layers, output=last)[-1][0]
    return W, net.sigmoid(b) if where == "end" else bent


@mistake("merge_linear", "bias-keeps-dimension", family="shape", variants={"one": (True, False)})
def merge_bias_as_row(layers, one):
    """Your b is (1, outputs). A bias is a vector (outputs,), as it was in the layers."""
    W, b = _merged(layers)
    return W, b[np.newaxis] if one or len(layers) > 1 else b


@mistake(
    "merge_linear", "weights-flattened", family="shape", variants={"how": ("ravel", "squeeze")}
)
def merge_flat_weights(layers, how):
    """With one output your W is no matrix any more. W stays (inputs, outputs), also where one of
    them is 1."""
    W, b = _merged(layers)
    if how == "ravel":
        return (W.ravel() if W.shape[1] == 1 else W), b
    return W.squeeze(), b.squeeze()


@mistake("merge_linear", "rounded", family="numerics", variants={"digits": (2, 3, 4, 6)})
def merge_rounded(layers, digits):
    """You round the result. Round when you print; the merged layer has to equal the stack."""
    W, b = _merged(layers)
    return np.round(W, digits), np.round(b, digits)


@mistake("merge_linear", "types-mixed-up", family="numerics")
def merge_cast_numbers(layers):
    """You convert everything to the type of the first W. If that holds integers, the others lose
    their fractions: make all of them floats."""
    kind = layers[0][0].dtype
    return _merged([(W.astype(kind), b.astype(kind)) for W, b in layers])


@mistake("merge_linear", "pair-swapped", family="indexing")
def merge_swapped(layers):
    """You return (b, W). A layer is (W, b)."""
    return _merged(layers)[::-1]


@mistake("merge_linear", "list-returned", family="shape", variants={"form": ("list", "weights")})
def merge_as_list(layers, form):
    """You return a list of layers, or the weights alone. Asked for is the one pair (W, b)."""
    W, b = _merged(layers)
    return [(W, b)] if form == "list" else W


@mistake("merge_linear", "integer-accumulator", family="numerics")
def merge_into_integers(layers):
    """You add to a copy of b with `+=`. If b holds integers it stays an array of integers and takes
    no fractions: write b = b + ..., which makes a new array."""
    W, b = np.eye(len(layers[0][0])), np.zeros(len(layers[0][0]))
    for V, c in layers:
        total = c.copy()
        total += b @ V
        W, b = W @ V, total
    return W, b


@mistake("merge_linear", "argument-changed", family="purity")
def merge_in_the_list(layers):
    """You replace the first two layers by their product in the caller's list until one is left.
    Carry the merged layer in variables of your own."""
    while len(layers) > 1:
        (W, b), (V, c) = layers[:2]
        layers[:2] = [(W @ V, b @ V + c)]
    return layers[0]


@mistake("merge_linear", "bias-for-each-unit", family="reduction")
def merge_bias_for_each_unit(layers):
    """You add a layer's bias once for every unit of the layer before it. It belongs to the sum, not
    to each of its terms."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, b @ V + len(V) * np.asarray(c)
    return W, b


@mistake("merge_linear", "one-row-for-all", family="indexing")
def merge_shared_rows(layers):
    """All rows of your W are the last one: `[[0.0] * K] * D` is one row, D times over. Make a new
    row for each input."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = np.tile((W @ V)[-1], (len(W), 1)), b @ V + c
    return W, b
