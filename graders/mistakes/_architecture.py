"""Known wrong counts of what a network is made of; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

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


@mistake("count_layers", "arrays-counted", family="shape")
def layers_as_arrays(layers):
    """You count W and b as two layers. The pair (W, b) is one."""
    return 2 * len(layers)


@mistake("count_layers", "always-two", family="wrong-argument")
def layers_always_two(layers):
    """You answer 2 whatever the network is: the XOR network has two layers, and so many arrays are
    in a pair (W, b). Count the pairs in the list."""
    return len(layers[0])


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
    "count_layers",
    "distinct-widths",
    family="wrong-argument",
    variants={"of": ("widths", "sizes", "shapes")},
)
def layers_of_distinct_width(layers, of):
    """You count different widths or shapes, so layers that are alike count once. Count the
    layers."""
    if of == "shapes":
        return len({W.shape for W, _ in layers})
    return len({len(b) for _, b in layers} | ({len(layers[0][0])} if of == "sizes" else set()))


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
    variants={"keep": ("all but last", "all but first", "first")},
)
def parameters_of_some_layers(layers, keep):
    """You leave out a layer: the loop (or zip) ends early, or the return stands inside it. Add up
    all of them."""
    kept = {"all but last": layers[:-1], "all but first": layers[1:]}
    kept |= {"first": layers[:1]}
    return sum(W.size + b.size for W, b in kept[keep])


@mistake("count_parameters", "last-layer-only", family="indexing")
def parameters_of_last_layer(layers):
    """You give the last layer's count alone. All layers have parameters: in the loop `+=` adds to
    the sum, where `=` would replace it."""
    W, b = layers[-1]
    return W.size + b.size


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


@mistake("count_parameters", "array-returned", family="shape")
def parameters_as_array(layers):
    """Your count is an array that holds one number. Return the number."""
    return np.array([sum(W.size + b.size for W, b in layers)])


@mistake(
    "count_parameters", "count-overflows", family="numerics", variants={"signed": (False, True)}
)
def parameters_in_a_byte(layers, signed):
    """You count in integers of 8 bits, which begin again after 255 (signed ones after 127).
    Networks are larger than that: use Python's int."""
    sizes = [part.size for layer in layers for part in layer]
    return np.sum(sizes, dtype=np.int8 if signed else np.uint8)


@mistake("count_parameters", "values-added-up", family="reduction")
def parameters_summed(layers):
    """You add the weights and biases up. How many there are is asked for, not what they come to."""
    return sum(np.sum(W) + np.sum(b) for W, b in layers)
