"""Known wrong answers about what a network is made of; ``xor`` takes them in."""

from functools import reduce

import numpy as np

from chainrule.grading import mistake

from . import _network as net

# --- hidden_features ---


@mistake(
    "hidden_features", "pre-activations", family="wrong-argument", variants={"deep": (False, True)}
)
def features_before_sigmoid(x, layers, deep):
    """You return the last hidden layer's sums before its sigmoid (or never apply one). Features are
    activations: what the output layer receives."""
    hidden = (lambda a: a) if deep else net.sigmoid
    return net.forward(x, layers[:-1], hidden=hidden, output=lambda a: a)[-1]


@mistake("hidden_features", "returns-output", family="indexing")
def features_output(x, layers):
    """You return the network's output. The features are one layer earlier: what the output layer
    gets to separate."""
    return net.forward(x, layers)[-1]


@mistake("hidden_features", "returns-input", family="indexing")
def features_input(x, layers):
    """You return x. That is right only if there is no hidden layer; otherwise run all layers but
    the last."""
    return x


@mistake(
    "hidden_features", "first-hidden-layer", family="indexing", variants={"one": ("x", "output")}
)
def features_first_hidden(x, layers, one):
    """You return the first hidden layer's activations. With several hidden layers the features are
    those just before the output layer."""
    return net.forward(x, layers)[1 if len(layers) > 1 or one == "output" else 0]


@mistake("hidden_features", "one-layer-too-early", family="indexing")
def features_too_early(x, layers):
    """You stop two layers before the end. Only the output layer is left out; count from the end of
    the list of activations."""
    return net.forward(x, layers)[max(len(layers) - 2, 0)]


@mistake(
    "hidden_features",
    "one-layer-not-x",
    family="edge-case",
    variants={"gives": ("output", "none", "error", "zeros", "empty")},
)
def features_without_hidden(x, layers, gives):
    """With a single layer there is nothing before the output layer but the input: return x then.
    Does your code need the special case at all?"""
    if len(layers) > 1:
        return net.forward(x, layers)[-2]
    if gives == "error":
        raise IndexError("no hidden layer")
    a = net.forward(x, layers)[-1]
    return {"output": a, "none": None, "zeros": np.zeros_like(a), "empty": np.zeros((len(x), 0))}[
        gives
    ]


@mistake(
    "hidden_features",
    "all-hidden-layers",
    family="shape",
    variants={"form": ("list", "wide", "with x")},
)
def features_of_all_layers(x, layers, form):
    """You return the activations of all the hidden layers. Only the last ones are what the output
    layer separates."""
    hidden = net.forward(x, layers)[0 if form == "with x" else 1 : -1] or [x]
    return np.hstack(hidden) if form == "wide" else hidden


@mistake("hidden_features", "bias-missing", family="architecture")
def features_without_bias(x, layers):
    """You leave out the hidden biases, so these are not the activations of the network that was
    passed in. Add b before the sigmoid."""
    return net.forward(x, layers, bias=0)[-2]


@mistake(
    "hidden_features", "weights-returned", family="wrong-argument", variants={"which": (-2, -1, 0)}
)
def features_are_weights(x, layers, which):
    """You return a weight matrix. Weights belong to the network; features belong to the samples,
    one row each."""
    return layers[max(which, -len(layers))][0]


@mistake("hidden_features", "thresholded", family="numerics")
def features_thresholded(x, layers):
    """You round the features to 0 and 1. They are activations, any numbers between the two; only
    `classify` decides."""
    return (net.forward(x, layers)[-2] > 0.5) * 1.0


@mistake("hidden_features", "transposed", family="shape")
def features_transposed(x, layers):
    """Your features are (H, N). Samples stay rows, as in x."""
    return net.forward(x, layers)[-2].T


@mistake(
    "hidden_features", "first-sample-only", family="indexing", variants={"how": ("row", "mean")}
)
def features_of_one_sample(x, layers, how):
    """You return one row of features, of one sample or averaged over all. Each sample has its own
    features: N rows."""
    features = net.forward(x, layers)[-2]
    return features[0] if how == "row" else features.mean(axis=0)


@mistake("hidden_features", "wrong-activation", family="architecture")
def features_tanh(x, layers):
    """Your hidden layers use tanh. The network that was passed in has sigmoids."""
    return net.forward(x, layers, hidden=np.tanh)[-2]


# --- count_layers ---


@mistake("count_layers", "input-counted", family="architecture")
def layers_with_input(layers):
    """You count the input as a layer. It computes nothing: only hidden layers and the output layer
    count."""
    return len(layers) + 1


@mistake("count_layers", "hidden-only", family="architecture")
def layers_hidden_only(layers):
    """You count only the hidden layers. The output layer has weights of its own, so it counts."""
    return len(layers) - 1


@mistake("count_layers", "arrays-counted", family="shape", variants={"each": (2, 1)})
def layers_as_arrays(layers, each):
    """You count the arrays in a pair (W, b) instead of the pairs. One pair is one layer."""
    return 2 * len(layers) if each == 2 else len(layers[0])


@mistake(
    "count_layers",
    "units-counted",
    family="wrong-argument",
    variants={"of": ("all", "network", "output")},
)
def layers_as_units(layers, of):
    """You count units, not layers. However wide it is, a layer counts once."""
    units = sum(len(b) for _, b in layers)
    return {"all": units, "network": units + len(layers[0][0]), "output": len(layers[-1][1])}[of]


@mistake(
    "count_layers", "distinct-widths", family="wrong-argument", variants={"input": (False, True)}
)
def layers_of_distinct_width(layers, input):
    """You count different widths, so two layers of the same width count once. Count the layers."""
    return len({len(b) for _, b in layers} | ({len(layers[0][0])} if input else set()))


@mistake("count_layers", "float-returned", family="shape")
def layers_as_float(layers):
    """Your count is a float. A number of layers is an integer; which division or sum made it one?"""
    return float(len(layers))


@mistake("count_layers", "parameters-counted", family="wrong-argument")
def layers_as_parameters(layers):
    """You count parameters. The question is how many layers there are, whatever is in them."""
    return sum(W.size + b.size for W, b in layers)


# --- count_parameters ---


@mistake("count_parameters", "biases-missing", family="architecture")
def parameters_without_biases(layers):
    """You count the weights only. Each unit also learns a bias."""
    return sum(W.size for W, _ in layers)


@mistake(
    "count_parameters",
    "biases-for-inputs",
    family="architecture",
    variants={"how": ("network input", "every fan-in")},
)
def parameters_with_input_biases(layers, how):
    """You give the inputs biases. An input is a number, not a unit: hidden and output units have
    one each."""
    if how == "every fan-in":
        return sum(W.size + W.shape[0] for W, _ in layers)
    return sum(W.size + b.size for W, b in layers) + len(layers[0][0])


@mistake("count_parameters", "one-bias-a-layer", family="architecture")
def parameters_one_bias(layers):
    """You count one bias for a layer. b is a vector: each of the layer's units has its own."""
    return sum(W.size + 1 for W, _ in layers)


@mistake("count_parameters", "output-bias-missing", family="architecture")
def parameters_without_output_bias(layers):
    """You leave out the output layer's biases. Its units have them too."""
    return sum(W.size + b.size for W, b in layers) - layers[-1][1].size


@mistake(
    "count_parameters", "product-of-sizes", family="reduction", variants={"biases": (False, True)}
)
def parameters_product(layers, biases):
    """You multiply all the sizes of the network. Layers follow one another, so their counts add up;
    only within a layer is it a product."""
    units = [len(b) for _, b in layers]
    return int(np.prod([len(layers[0][0]), *units])) + (sum(units) if biases else 0)


@mistake(
    "count_parameters", "units-counted", family="wrong-argument", variants={"input": (True, False)}
)
def parameters_as_units(layers, input):
    """You count units. Between two layers every unit is connected with every other, and each
    connection has a weight."""
    return sum(len(b) for _, b in layers) + (len(layers[0][0]) if input else 0)


@mistake(
    "count_parameters",
    "layer-forgotten",
    family="indexing",
    variants={"keep": ("all but last", "all but first", "first", "last")},
)
def parameters_of_some_layers(layers, keep):
    """You leave out a layer: the loop (or zip) ends early, or the return stands inside it. Add up
    all of them."""
    kept = {"all but last": layers[:-1], "all but first": layers[1:]}
    kept |= {"first": layers[:1], "last": layers[-1:]}
    return sum(W.size + b.size for W, b in kept[keep])


@mistake("count_parameters", "len-for-size", family="shape", variants={"bias": (True, False)})
def parameters_len(layers, bias):
    """len of a matrix is its number of rows. A weight matrix holds rows times columns."""
    return sum(len(W) + (len(b) if bias else 0) for W, b in layers)


@mistake("count_parameters", "sizes-added", family="reduction")
def parameters_sum_of_shapes(layers):
    """You add fan_in and fan_out where every input meets every unit. In a fully connected layer
    that is a product."""
    return sum(sum(W.shape) + b.size for W, b in layers)


@mistake("count_parameters", "non-zero-only", family="edge-case")
def parameters_nonzero(layers):
    """You skip parameters that are 0 at the moment. They can be learned all the same; biases often
    start at 0."""
    return int(sum(np.count_nonzero(W) + np.count_nonzero(b) for W, b in layers))


@mistake("count_parameters", "arrays-counted", family="wrong-argument")
def parameters_as_arrays(layers):
    """You count arrays. Every entry of W and of b is a parameter."""
    return 2 * len(layers)


@mistake("count_parameters", "float-returned", family="shape")
def parameters_as_float(layers):
    """Your count is a float. A number of parameters is an integer."""
    return float(sum(W.size + b.size for W, b in layers))


# --- merge_linear ---


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


@mistake("merge_linear", "order-reversed", family="shape", variants={"bias": ("right", "reversed")})
def merge_reversed(layers, bias):
    """You multiply the weights from the output to the input. Samples are rows here, x·W1·W2: the
    first layer stands on the left."""
    W, b = _merged(layers)
    back = layers[::-1]
    return _product([W for W, _ in back]), b if bias == "right" else _merged(back)[1]


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
    variants={"where": ("bias", "both", "end")},
)
def merge_with_sigmoids(layers, where):
    """You still apply sigmoids. The question is what the stack is without them, and only then is it
    one layer."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = (net.sigmoid(W) if where == "both" else W) @ V, b @ V + c
    bent = net.forward(np.zeros((1, len(W))), layers, output=lambda a: a)[-1][0]
    return W, net.sigmoid(b) if where == "end" else bent


@mistake("merge_linear", "bias-keeps-dimension", family="shape")
def merge_bias_as_row(layers):
    """Your b is (1, outputs). A bias is a vector (outputs,), as it was in the layers."""
    W, b = _merged(layers)
    return W, b[np.newaxis]


@mistake("merge_linear", "pair-swapped", family="indexing")
def merge_swapped(layers):
    """You return (b, W). A layer is (W, b)."""
    return _merged(layers)[::-1]


@mistake("merge_linear", "list-returned", family="shape", variants={"form": ("list", "weights")})
def merge_as_list(layers, form):
    """You return a list of layers, or the weights alone. Asked for is the one pair (W, b)."""
    W, b = _merged(layers)
    return [(W, b)] if form == "list" else W


# --- staircase ---

STEEP = {"steep": (100, 200, 500, 1e3, 1e4, "200/gap", "500/gap", "1000/gap")}


def _steepness(edges, steep):
    gap = np.diff(edges).min() if len(edges) > 1 else 1
    return float(steep.split("/")[0]) / gap if isinstance(steep, str) else steep


def _stairs(edges, heights, steep):
    s = _steepness(edges, steep)
    first = np.full((1, len(edges)), s), -s * edges
    return [first, (np.diff(heights)[:, None] * 1.0, heights[:1] * 1.0)]


@mistake(
    "staircase",
    "not-steep-enough",
    family="numerics",
    variants={"steep": (1, 10, 20, 50, "1/gap", "10/gap", "20/gap", "50/gap", "100/gap")},
)
def stairs_too_flat(edges, heights, steep):
    """Your sigmoids rise too slowly: 5 % of a gap beside an edge they are not yet 0 or 1 to a
    thousandth. Work out what the steepness times that distance must be."""
    return _stairs(edges, heights, steep)


@mistake(
    "staircase",
    "steepness-ignores-gap",
    family="numerics",
    variants={"steep": (100, 200, 500, 1e3)},
)
def stairs_fixed_steepness(edges, heights, steep):
    """Your steepness is one fixed number, which is too flat when edges are close together. Derive
    it from the smallest gap."""
    return _stairs(edges, heights, steep)


@mistake(
    "staircase",
    "steepness-from-wrong-gap",
    family="numerics",
    variants={"gap": ("max", "mean", "first", "range"), "steep": (200, 500, 1000)},
)
def stairs_wrong_gap(edges, heights, gap, steep):
    """Your steepness comes from the largest, mean or first gap. The closest two edges decide how
    sharp a step must be."""
    gaps = np.diff(edges) if len(edges) > 1 else np.ones(1)
    size = {"max": gaps.max(), "mean": gaps.mean(), "first": gaps[0], "range": gaps.sum()}[gap]
    return _stairs(edges, heights, steep / size)


@mistake(
    "staircase",
    "heights-for-differences",
    family="architecture",
    variants={"of": ("right", "left", "sum"), **STEEP},
)
def stairs_of_heights(edges, heights, of, steep):
    """Your output weights are heights. Each unit stays on after its edge, so it must add only what
    the next step is higher than the last."""
    (first, (_, b)) = _stairs(edges, heights, steep)
    values = {"right": heights[1:], "left": heights[:-1], "sum": np.cumsum(heights)[1:]}[of]
    return [first, (values[:, None] * 1.0, b)]


@mistake("staircase", "output-bias-missing", family="architecture", variants=STEEP)
def stairs_without_output_bias(edges, heights, steep):
    """Left of all edges every unit is off, and your output is 0 there instead of the first height.
    What is always on?"""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (W, 0 * b)]


@mistake(
    "staircase",
    "wrong-output-bias",
    family="architecture",
    variants={"of": ("last", "mean", "next"), **STEEP},
)
def stairs_wrong_output_bias(edges, heights, of, steep):
    """Your output starts from another height. Left of all edges every unit is off, so the output's
    bias alone has to be the height there."""
    first, (W, _) = _stairs(edges, heights, steep)
    start = {"last": heights[-1], "mean": heights.mean(), "next": heights[1]}[of]
    return [first, (W, np.array([start * 1.0]))]


@mistake("staircase", "edges-mirrored", family="sign", variants=STEEP)
def stairs_bias_sign(edges, heights, steep):
    """Your steps are at −edge. A unit is half on where x·W + b is 0: solve that for b."""
    (W, b), last = _stairs(edges, heights, steep)
    return [(W, -b), last]


@mistake("staircase", "falling-units", family="sign", variants=STEEP)
def stairs_falling(edges, heights, steep):
    """Your units switch off at their edges instead of on. Look at the sign of the weight, or adapt
    the heights to it."""
    (W, b), last = _stairs(edges, heights, steep)
    return [(-W, -b), last]


@mistake("staircase", "bias-not-scaled", family="scale", variants=STEEP)
def stairs_bias_not_scaled(edges, heights, steep):
    """You made the weights steep but not the biases, so all steps move towards 0. Weight and bias
    are scaled together: the edge is where they cancel."""
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -1.0 * edges), last]


@mistake("staircase", "differences-negated", family="sign", variants=STEEP)
def stairs_negated(edges, heights, steep):
    """Your stairs go down where they should go up: the differences have the wrong sign. Take the
    next height minus the last."""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (-W, b)]


@mistake(
    "staircase",
    "first-step-shifted",
    family="indexing",
    variants={"by": (1, -1, "zeroed"), **STEEP},
)
def stairs_shifted(edges, heights, by, steep):
    """Your differences belong to other edges: they are shifted by one, or one is lost. M + 1
    heights have M differences, one for each edge."""
    first, (W, b) = _stairs(edges, heights, steep)
    if by == "zeroed":
        return [first, (np.vstack([W[:-1], 0 * W[-1:]]), b)]
    return [first, (np.roll(W, by, axis=0), b)]


@mistake(
    "staircase",
    "one-unit-per-height",
    family="shape",
    variants={"extra": ("before", "after"), **STEEP},
)
def stairs_too_many_units(edges, heights, extra, steep):
    """You use M + 1 output weights for M units. There is one unit per edge; the first height needs
    no unit, it is there from the start."""
    first, (W, b) = _stairs(edges, heights, steep)
    more = np.array([[heights[0] if extra == "before" else heights[-1]]])
    return [first, (np.vstack([more, W] if extra == "before" else [W, more]), b)]


@mistake(
    "staircase",
    "shapes-wrong",
    family="shape",
    variants={"how": ("transposed", "flat", "row bias"), **STEEP},
)
def stairs_wrong_shapes(edges, heights, how, steep):
    """The numbers may be right but their shapes are not: W is (fan_in, fan_out), here (1, M) and
    (M, 1), and biases are vectors."""
    (W, b), (V, c) = _stairs(edges, heights, steep)
    return {
        "transposed": [(W.T, b), (V.T, c)],
        "flat": [(W[0], b), (V[:, 0], c)],
        "row bias": [(W, b[None]), (V, c[None])],
    }[how]


@mistake(
    "staircase",
    "one-edge-crashes",
    family="edge-case",
    variants={"factor": (20, 100, 200, 500, 1000, 1e4)},
)
def stairs_need_two_edges(edges, heights, factor):
    """With a single edge there is no gap, and the minimum of nothing is an error. Decide what the
    steepness is relative to then."""
    return _stairs(edges, heights, factor / np.min(np.diff(edges)))


@mistake("staircase", "edges-between", family="indexing", variants=STEEP)
def stairs_between_edges(edges, heights, steep):
    """Your steps lie half a gap beside the edges. An edge is where the height changes: put the
    unit's middle there."""
    half = np.diff(edges).min() / 2 if len(edges) > 1 else 0.5
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -W[0] * (edges + half)), last]
