"""Known wrong answers about what a network is made of; ``xor`` takes them in."""

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


@mistake("hidden_features", "weights-transposed-where-they-fit", family="shape")
def features_turned_where_square(x, layers):
    """You try W·a first and turn to a·W only where that raises an error. With as many units as
    inputs both fit, and the first is wrong: samples are rows, so it is always a·W."""
    for W, b in layers[:-1]:
        try:
            x = net.sigmoid((W @ x.T).T + b)
        except ValueError:
            x = net.sigmoid(x @ W + b)
    return x


@mistake("hidden_features", "one-sample-flattened", family="shape")
def features_of_single_sample_flat(x, layers):
    """For a single sample you return a vector (H,). One sample is one row: (1, H)."""
    features = net.forward(x, layers)[-2]
    return features[0] if len(x) == 1 and len(layers) > 1 else features


@mistake("hidden_features", "integer-buffer", family="numerics")
def features_integer_buffer(x, layers):
    """You store the activations in an array with the type of x. If x holds integers, they are all
    cut to 0: let the result have its own type."""
    features = net.forward(x, layers)[-2]
    return features.astype(x.dtype)


@mistake("hidden_features", "argument-changed", family="purity")
def features_pops_output(x, layers):
    """You take the output layer off the caller's list with `pop`, so the network has lost it after
    the call. A slice, layers[:-1], leaves the list alone."""
    layers.pop()
    return net.forward(x, layers)[-1]


# --- count_layers ---


@mistake("count_layers", "argument-changed", family="purity")
def layers_popped(layers):
    """You count by taking the layers off the caller's list, which is empty afterwards. Ask for its
    length."""
    count = 0
    while layers:
        layers.pop()
        count += 1
    return count


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
    """Your count is a float. A number of layers is an integer; what turned it into one?"""
    return float(len(layers))


@mistake("count_layers", "parameters-counted", family="wrong-argument")
def layers_as_parameters(layers):
    """You count parameters. The question is how many layers there are, whatever is in them."""
    return sum(W.size + b.size for W, b in layers)


# --- count_parameters ---


@mistake("count_parameters", "two-layers-only", family="indexing")
def parameters_of_two_layers(layers):
    """You add up the first layer and the last one. There may be one layer or five: use a loop."""
    return sum(W.size + b.size for W, b in (layers[0], layers[-1]))


@mistake("count_parameters", "argument-changed", family="purity")
def parameters_popped(layers):
    """You take the layers off the caller's list while you count. Walk through them with a for
    loop, and the network is still there afterwards."""
    count = 0
    while layers:
        W, b = layers.pop()
        count += W.size + b.size
    return count


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
