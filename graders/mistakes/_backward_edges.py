"""Wrong answers to ``backward`` that are right for most networks; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


@mistake("backward", "longest-side-for-samples", family="axis")
def backward_longest_side(activations, layers, t):
    """You divide by the longer side of t, as `length` in MATLAB gives it. That is N only while
    there are no more outputs than samples: N is the length of the first axis."""
    y = activations[-1]
    start = 2 * (y - t) * net.slope(y) / max(t.shape)
    return net.backward(activations, layers, t, start=start)


@mistake("backward", "three-hidden-units-only", family="indexing")
def backward_three_units(activations, layers, t):
    """You hand the blame to three hidden units, as the example has three; a fourth one never
    learns. There are as many as W has rows: let the matrix product count."""

    def back(d, i):
        blame = d @ layers[i][0].T
        blame[:, 3:] = 0
        return blame

    return net.backward(activations, layers, t, back=back)


@mistake(
    "backward", "zero-weights-replaced", family="edge-case", variants={"by": (1e-2, 1e-3, 0.1)}
)
def backward_nudges_zeros(activations, layers, t, by):
    """You replace weights that are 0 by a small number, so that their unit can learn. A unit whose
    weights are 0 has no influence on the error, and no blame: its gradient is 0."""

    def back(d, i):
        W = layers[i][0]
        return d @ np.where(W == 0, by, W).T

    return net.backward(activations, layers, t, back=back)


@mistake("backward", "one-layer-averages-outputs", family="reduction")
def backward_one_layer_mean(activations, layers, t):
    """Your formula for a single layer averages over the outputs as well, and that for several does
    not. One layer is no special case: the loop has just one turn."""
    gradients = net.backward(activations, layers, t)
    if len(layers) > 1:
        return gradients
    return [(dW / t.shape[1], db / t.shape[1]) for dW, db in gradients]


@mistake("backward", "one-layer-without-slope", family="derivative")
def backward_one_layer_linear(activations, layers, t):
    """Your formula for a single layer leaves out the sigmoid's slope y·(1 − y); that for several
    has it. A single layer has a sigmoid too: it is the loop with just one turn."""
    if len(layers) > 1:
        return net.backward(activations, layers, t)
    return net.backward(activations, layers, t, start=2 / len(t) * (activations[-1] - t))


@mistake("backward", "weights-turned-where-they-fit", family="shape")
def backward_turned_where_square(activations, layers, t):
    """You transpose W only where the shapes ask for it. A square W fits both ways, and untransposed
    is wrong: on its way back a delta always meets the transpose."""

    def back(d, i):
        W = layers[i][0]
        return d @ W if d.shape[1] == W.shape[0] else d @ W.T

    return net.backward(activations, layers, t, back=back)


@mistake("backward", "first-ten-samples", family="training")
def backward_of_ten_samples(activations, layers, t):
    """You use a mini-batch, the first ten samples. E is the mean over all of them, and so is its
    gradient."""
    return net.backward([a[:10] for a in activations], layers, t[:10])


@mistake("backward", "integer-buffer", family="numerics")
def backward_integer_buffer(activations, layers, t):
    """You collect the gradients in arrays made like W and b. If those hold integers, every slope is
    cut to 0: give the gradients a type of their own."""
    gradients = net.backward(activations, layers, t)
    return [
        (dW.astype(W.dtype), db.astype(b.dtype))
        for (W, b), (dW, db) in zip(layers, gradients, strict=True)
    ]


@mistake("backward", "kept-without-biases", family="purity")
def backward_keeps_gradients(activations, layers, t, known={}):
    """You keep gradients from call to call, under a key that leaves out the biases. A network with
    other biases then gets another's gradients: compute them anew."""
    key = b"".join(part.tobytes() for part in (activations[0], t, *(W for W, _ in layers)))
    if key not in known:
        known[key] = net.backward(activations, layers, t)
    return known[key]
