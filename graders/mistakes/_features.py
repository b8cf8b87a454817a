"""Known wrong answers to ``hidden_features``; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


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


@mistake("hidden_features", "thresholded", family="numerics", variants={"x": (True, False)})
def features_thresholded(points, layers, x):
    """You round the features to 0 and 1. They are activations, any numbers between the two; only
    `classify` decides."""
    if len(layers) == 1 and not x:
        return points
    return (net.forward(points, layers)[-2] > 0.5) * 1.0


@mistake("hidden_features", "rounded", family="numerics", variants={"digits": (1, 2, 3, 4, 6)})
def features_rounded(x, layers, digits):
    """You round the features. Round when you print; the output layer needs them as they are."""
    return np.round(net.forward(x, layers)[-2], digits)


@mistake("hidden_features", "precedence", family="lecture-bug")
def features_precedence(x, layers):
    """`1 / 1 + exp(-a)` is 1 + exp(-a), as in the slide's listing: division comes before addition.
    Put the denominator into parentheses."""
    return net.forward(x, layers[:-1], hidden=_sum, output=_sum)[-1]


def _sum(a):
    return 1 / 1 + np.exp(-a)


@mistake(
    "hidden_features", "sums-cut-off", family="numerics", variants={"at": (5, 6, 8, 10, 15, 20)}
)
def features_of_clipped_sums(x, layers, at):
    """You cut the sums off long before a sigmoid overflows, which changes activations near 0 and 1.
    Nothing needs to be cut off below 700."""

    def cut(a):
        return net.sigmoid(np.clip(a, -at, at))

    return net.forward(x, layers, hidden=cut, output=cut)[-2]


@mistake("hidden_features", "types-mixed-up", family="numerics", variants={"cast": ("layers", "x")})
def features_of_cast_numbers(x, layers, cast):
    """You convert the weights to the type of x, or x to that of the weights. If one holds integers,
    the other loses its fractions: leave them as they are, or make all of them floats."""
    return net.forward(*net.cast(x, layers, cast))[-2]


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


@mistake(
    "hidden_features", "all-activations", family="shape", variants={"of": ("all", "hidden", "to y")}
)
def features_all(x, layers, of):
    """You return a list of activations. Asked for is one array of them: what the output layer
    receives."""
    activations = net.forward(x, layers)
    return {"all": activations, "hidden": activations[1:-1], "to y": activations[1:]}[of]


@mistake("hidden_features", "ones-column", family="shape", variants={"first": (True, False)})
def features_with_ones(x, layers, first):
    """A column of ones stands beside your features. It is the input of the bias, which has a place
    of its own here: leave it out."""
    features = net.forward(x, layers)[-2]
    parts = [np.ones((len(x), 1)), features]
    return np.hstack(parts if first else parts[::-1])
