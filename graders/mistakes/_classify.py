"""Known wrong answers to ``classify``; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


def _outputs(x, layers):
    return net.forward(x, layers)[-1][:, 0]


@mistake("classify", "threshold-inclusive", family="edge-case", variants={"how": (">=", "half up")})
def classify_inclusive(x, layers, how):
    """At exactly 0.5 you answer 1. The class is 1 only above 0.5."""
    y = _outputs(x, layers)
    return (y >= 0.5).astype(int) if how == ">=" else np.floor(y + 0.5).astype(int)


@mistake("classify", "booleans-returned", family="shape")
def classify_booleans(x, layers):
    """You return True and False. Classes are the integers 1 and 0: convert the comparison."""
    return _outputs(x, layers) > 0.5


@mistake("classify", "floats-returned", family="shape")
def classify_floats(x, layers):
    """You return 0.0 and 1.0; np.round keeps floats. Classes are integers: convert them."""
    return np.round(_outputs(x, layers))


@mistake("classify", "text-returned", family="shape")
def classify_as_text(x, layers):
    """Your classes are text, "0" and "1". Return the numbers 0 and 1."""
    return [str(int(y > 0.5)) for y in _outputs(x, layers)]


@mistake("classify", "if-on-all-samples", family="shape", variants={"form": ("number", "list")})
def classify_one_sample_only(x, layers, form):
    """You put all outputs into one `if` or one int(), which take a single number. Compare the whole
    array and convert it with astype(int), or go through the samples."""
    one = int(net.forward(x, layers)[-1].item() > 0.5)  # .item() raises as `if` and int() do
    return one if form == "number" else [one]


@mistake(
    "classify", "probabilities-returned", family="wrong-argument", variants={"flat": (True, False)}
)
def classify_outputs(x, layers, flat):
    """You return the network's outputs. Decide: which side of 0.5 is each on?"""
    return net.forward(x, layers)[-1].ravel() if flat else net.forward(x, layers)[-1]


@mistake("classify", "column-returned", family="shape", variants={"kind": (int, bool, float)})
def classify_column(x, layers, kind):
    """Your classes are a column (N, 1), like the output. Return a vector (N,)."""
    return (net.forward(x, layers)[-1] > 0.5).astype(kind)


@mistake("classify", "one-sample-squeezed", family="edge-case")
def classify_squeezed(x, layers):
    """For a single sample your answer is a number, not an array of length 1: squeeze drops every
    dimension of length 1. Drop the last one only."""
    return (net.forward(x, layers)[-1].squeeze() > 0.5).astype(int)


@mistake("classify", "argmax-over-samples", family="axis")
def classify_argmax_over_samples(x, layers):
    """Your argmax runs over the samples and names one of them. Each sample gets its own class, by
    comparing its output with 0.5."""
    return net.forward(x, layers)[-1].argmax(axis=0)


@mistake(
    "classify",
    "always-the-same-class",
    family="numerics",
    variants={"how": ("argmax", "argmax of all", "column of zeros")},
)
def classify_always_the_same(x, layers, how):
    """Every sample gets class 0: int() cuts everything down to 0, and so does argmax over a single
    output. Compare the output with 0.5."""
    y = net.forward(x, layers)[-1]
    return {
        "argmax": y.argmax(axis=1),
        "argmax of all": y.argmax(),
        "column of zeros": y.astype(int),
    }[how]


@mistake(
    "classify", "threshold-on-pre-activation", family="wrong-argument", variants={"at": (0.5, 1)}
)
def classify_pre_activation(x, layers, at):
    """You compare the sum before the sigmoid with 0.5. It is y = σ(a) that is compared; σ is 0.5 at
    a = 0."""
    return (net.forward(x, layers, output=lambda a: a)[-1][:, 0] > at).astype(int)


@mistake(
    "classify",
    "wrong-threshold",
    family="edge-case",
    variants={"at": (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.75, 0.8, 0.9)},
)
def classify_wrong_threshold(x, layers, at):
    """Your threshold is not 0.5. A sigmoid is undecided at 0.5: above it the answer is 1."""
    return (_outputs(x, layers) > at).astype(int)


@mistake("classify", "inverted", family="sign", variants={"strict": (True, False)})
def classify_inverted(x, layers, strict):
    """Your classes are exchanged: 1 belongs to outputs above 0.5."""
    y = _outputs(x, layers)
    return (y < 0.5 if strict else y <= 0.5).astype(int)


@mistake(
    "classify",
    "relative-threshold",
    family="wrong-argument",
    variants={"to": ("mean", "median", "midrange")},
)
def classify_relative(x, layers, to):
    """You compare with the batch's own mean or middle, so a sample's class depends on the others.
    The threshold is 0.5, whatever else is in the batch."""
    y = _outputs(x, layers)
    middle = {"mean": y.mean(), "median": np.median(y), "midrange": (y.min() + y.max()) / 2}
    return (y > middle[to]).astype(int)


@mistake(
    "classify", "plus-minus-one", family="wrong-argument", variants={"form": ("sign", "where")}
)
def classify_signed(x, layers, form):
    """You answer −1 and 1. The classes are 0 and 1, as in T."""
    y = _outputs(x, layers)
    return np.sign(y - 0.5).astype(int) if form == "sign" else np.where(y > 0.5, 1, -1)


@mistake("classify", "first-sample-only", family="indexing", variants={"form": ("number", "array")})
def classify_first(x, layers, form):
    """You answer for the first sample only: a return stands inside the loop. Collect the answers of
    all the samples."""
    classes = (_outputs(x, layers) > 0.5).astype(int)
    return int(classes[0]) if form == "number" else classes[:1]


@mistake(
    "classify", "answers-xor-itself", family="wrong-argument", variants={"how": ("rule", "table")}
)
def classify_xor(x, layers, how):
    """You answer XOR yourself and never ask the network. Run it forward: another network may have
    learned something else."""
    return (x[:, 0] != x[:, 1]).astype(int) if how == "rule" else np.array([0, 1, 1, 0])


@mistake(
    "classify",
    "hidden-layer-skipped",
    family="architecture",
    variants={"use": ("ends", "first", "linear")},
)
def classify_other_network(x, layers, use):
    """You run another network: a layer is left out, or the hidden sigmoids are. Use all the layers
    as they were trained."""
    if use == "linear":
        return (net.forward(x, layers, hidden=lambda a: a)[-1][:, 0] > 0.5).astype(int)
    return (_outputs(x, [layers[0], layers[-1]] if use == "ends" else layers[:1]) > 0.5).astype(int)


@mistake(
    "classify", "two-layers-only", family="indexing", variants={"read": ("exactly", "at least")}
)
def classify_with_two_layers(x, layers, read):
    """You run through exactly two layers. There may be one or four: use a loop."""
    first, second = layers if read == "exactly" else (layers[0], layers[1])
    return (_outputs(x, [first, second]) > 0.5).astype(int)


@mistake("classify", "always-one", family="lecture-bug")
def classify_always_one(x, layers):
    """Every sample gets class 1. Either you round up, or your sigmoid lacks parentheses:
    `1 / 1 + exp(-a)` is 1 + exp(-a), which is never below 0.5."""

    def squash(a):
        return 1 / 1 + np.exp(-a)

    return (net.forward(x, layers, hidden=squash, output=squash)[-1][:, 0] > 0.5).astype(int)


@mistake("classify", "types-mixed-up", family="numerics", variants={"cast": ("layers", "x")})
def classify_cast_numbers(x, layers, cast):
    """You convert the weights to the type of x, or x to that of the weights. If one holds integers,
    the other loses its fractions: leave them as they are, or make all of them floats."""
    return (_outputs(*net.cast(x, layers, cast)) > 0.5).astype(int)


@mistake("classify", "bias-missing", family="architecture")
def classify_without_bias(x, layers):
    """You leave out the biases when running forward. They were trained with the weights: use
    them."""
    return (net.forward(x, layers, bias=0)[-1][:, 0] > 0.5).astype(int)


@mistake("classify", "hidden-units-thresholded", family="architecture")
def classify_hard_units(x, layers):
    """You round the hidden units too. They pass on activations between 0 and 1; only the output is
    decided."""
    steps = net.forward(x, layers, hidden=lambda a: (a > 0) * 1.0)
    return (steps[-1][:, 0] > 0.5).astype(int)


@mistake("classify", "integer-buffer", family="numerics")
def classify_integer_buffer(x, layers):
    """You store the outputs in an array made like x. If x holds integers, every output below 1 is
    cut to 0: give the result a type of its own."""
    kept = np.zeros_like(x[:, 0])
    kept[:] = _outputs(x, layers)
    return (kept > 0.5).astype(int)


@mistake("classify", "argument-changed", family="purity")
def classify_pops_layers(x, layers):
    """You take the layers off the caller's list with `pop`, so the network is gone after the call.
    Walk through them with a for loop."""
    while layers:
        W, b = layers.pop(0)
        x = net.sigmoid(x @ W + b)
    return (x[:, 0] > 0.5).astype(int)
