"""Wrong answers to ``forward`` that are right for most networks; ``backprop`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


@mistake("forward", "buffer-reused", family="indexing")
def forward_reuses_buffer(x, layers):
    """You write a layer's activations over those of the layer before it where the shapes agree, so
    the list holds the same array twice. Give each layer an array of its own."""
    activations = [x]
    for number, (W, b) in enumerate(layers):
        a = net.sigmoid(activations[-1] @ W + b)
        if number > 0 and a.shape == activations[-1].shape:
            activations[-1][:] = a
            a = activations[-1]
        activations.append(a)
    return activations


@mistake("forward", "four-units-only", family="indexing")
def forward_four_units(x, layers):
    """Each of your units adds up four inputs, as the hidden layer of the example has four units.
    Take the number from W, or let the matrix product count."""
    activations = [x]
    for W, b in layers:
        activations.append(net.sigmoid(activations[-1][:, :4] @ W[:4] + b))
    return activations


@mistake("forward", "kept-per-network", family="purity")
def forward_keeps_network(x, layers, known={}):
    """You keep the activations of a network and give them again when it is asked about other
    samples. They depend on x as much as on the layers: compute them anew."""
    key = b"".join(W.tobytes() + b.tobytes() for W, b in layers)
    if key not in known:
        known[key] = net.forward(x, layers)[1:]
    return [x, *known[key]]


@mistake("forward", "argument-changed", family="purity")
def forward_folds_biases_in(x, layers):
    """You put each bias into its weight matrix in the caller's list, so the next call meets other
    layers. Bind the larger matrix to a name of its own."""
    activations = [x]
    for i, (W, b) in enumerate(layers):
        layers[i] = np.vstack([W, b])
        wide = np.hstack([activations[-1], np.ones((len(x), 1))])
        activations.append(net.sigmoid(wide @ layers[i]))
    return activations
