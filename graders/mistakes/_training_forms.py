"""Wrong answers to ``train`` that show on some networks and data only; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net
from ._training_edges import _step


@mistake("train", "types-mixed-up", family="numerics", variants={"cast": ("layers", "x")})
def train_on_cast_numbers(x, t, layers, rate, n, cast):
    """You convert the weights to the type of x, or x to that of the weights. If one holds integers,
    the other loses its fractions: leave them as they are, or make all of them floats."""
    return net.train(*_given(net.cast(x, layers, cast), t), rate, n)


def _given(data, t):
    x, layers = data
    return x, t, layers


@mistake("train", "sums-cut-off", family="numerics", variants={"at": (5, 6, 8, 10)})
def train_on_clipped_sums(*call, at):
    """You cut the sums off long before a sigmoid overflows, which changes activations near 0 and 1.
    Nothing needs to be cut off below 700."""

    def cut(a):
        return net.sigmoid(np.clip(a, -at, at))

    return net.train(
        *call, forward=lambda x, layers: net.forward(x, layers, hidden=cut, output=cut)
    )


@mistake("train", "precedence", family="lecture-bug", variants={"scale": net.SCALES})
def train_precedence(*call, scale):
    """`1 / 1 + exp(-a)` is 1 + exp(-a), as in the slide's listing: division comes before addition.
    Put the denominator into parentheses."""

    def squash(a):
        return 1 / 1 + np.exp(-a)

    def gradients(a, layers, t):
        return net.backward(a, layers, t, start=net.delta(a[-1], t, scale))

    return net.train(
        *call,
        forward=lambda x, layers: net.forward(x, layers, hidden=squash, output=squash),
        gradients=gradients,
    )


@mistake("train", "weights-not-transposed", family="axis", variants={"scale": net.SCALES})
def train_without_transpose(*call, scale):
    """On the way back delta has to meet W transposed. Without it the sizes rarely fit, and where
    they do the blame goes to other units."""

    def gradients(a, layers, t):
        start = net.delta(a[-1], t, scale)
        return net.backward(a, layers, t, start=start, back=lambda d, i: d @ layers[i][0])

    return net.train(*call, gradients=gradients)


@mistake("train", "two-layers-only", family="indexing", variants={"read": ("exactly", "at least")})
def train_two_layers(x, t, layers, rate, n, read):
    """You train exactly two layers. There may be one or four: go through the list in a loop, and
    back through it for the gradients."""
    first, second = layers if read == "exactly" else (layers[0], layers[1])
    return net.train(x, t, [first, second], rate, n)


@mistake("train", "middle-layers-not-trained", family="training")
def train_ends_only(*call):
    """Only your first and last layers learn. With two layers nobody notices; update every layer of
    the list."""

    def gradients(a, layers, t):
        pairs = enumerate(net.backward(a, layers, t))
        ends = (0, len(layers) - 1)
        return [(dW * (i in ends), db * (i in ends)) for i, (dW, db) in pairs]

    return net.train(*call, gradients=gradients)


@mistake("train", "weight-decay", family="training", variants={"by": (1e-4, 1e-3, 1e-2)})
def train_with_decay(x, t, layers, rate, n, by):
    """Your weights also shrink a little in each step (weight decay). That belongs to another error;
    follow the gradient of E alone."""
    losses = []
    for _ in range(n):
        new, loss = _step(x, t, layers, rate)
        layers = [(V - rate * by * W, c) for (W, _), (V, c) in zip(layers, new)]
        losses.append(loss)
    return layers, losses


@mistake("train", "learning-rate-capped", family="scale", variants={"at": (0.1, 1.0)})
def train_capped_rate(x, t, layers, rate, n, at):
    """You use a smaller learning rate where a large one is passed in. XOR likes 5: use the rate as
    it is."""
    return net.train(x, t, layers, min(rate, at), n)


@mistake("train", "losses-nested", family="shape")
def train_nested_losses(*call):
    """Each of your losses is an array that holds one number. Append the number, float(loss)."""
    layers, losses = net.train(*call)
    return layers, [np.array([loss]) for loss in losses]


@mistake("train", "one-sample-squeezed", family="edge-case")
def train_squeezes(*call):
    """squeeze drops every dimension of length 1, so with a single sample you lose N, too. Subtract
    the arrays (N, K) as they are, and divide by len(x)."""

    def loss(y, t):
        y = y.squeeze()
        return float(((y - t.squeeze()) ** 2).sum() / len(y))

    return net.train(*call, loss=loss)


@mistake("train", "fails-without-iterations", family="edge-case")
def train_needs_an_iteration(x, t, layers, rate, n):
    """With 0 iterations your function fails: after the loop it uses something that only the loop
    makes. Make it before, or do without it."""
    if n == 0:
        raise UnboundLocalError("loss")
    return net.train(x, t, layers, rate, n)
