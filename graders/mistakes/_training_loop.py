"""Known wrong loops of ``train``: what is recorded, kept and handed on; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _backward as wrong
from . import _network as net
from ._training import _spoiled

# Arguments are passed on as they come: x, t, layers, learning rate, iterations.


@mistake("train", "loss-after-update", family="training")
def train_loss_after_update(x, t, layers, rate, n):
    """You record each loss after its update. losses[0] should tell how good the initial layers are:
    measure, append, then update."""
    new, losses = net.train(x, t, layers, rate, n)
    return new, [*losses[1:], net.error(net.forward(x, new)[-1], t)] if n else []


@mistake("train", "one-loss-too-many", family="indexing")
def train_extra_loss(x, t, layers, rate, n):
    """You record one loss more than there are iterations: once before or after the loop as well.
    Each iteration contributes exactly one."""
    new, losses = net.train(x, t, layers, rate, n)
    return new, [*losses, net.error(net.forward(x, new)[-1], t)]


@mistake("train", "iterations-off-by-one", family="indexing", variants={"by": (1, -1)})
def train_off_by_one(x, t, layers, rate, n, by):
    """You run one iteration too many or too few. 0 iterations give the layers back unchanged and no
    losses; check what your range contains."""
    return net.train(x, t, layers, rate, n + by)


@mistake(
    "train", "loss-for-every-sample", family="reduction", variants={"outputs": ("sum", "mean")}
)
def train_sample_losses(x, t, layers, rate, n, outputs):
    """Your list grows by a loss for every sample. E is one number for the batch: average before you
    append."""
    losses = []

    def record(y, t):
        losses.extend(getattr((y - t) ** 2, outputs)(axis=1).tolist())

    return net.train(x, t, layers, rate, n, loss=record)[0], losses


@mistake("train", "losses-thinned", family="training", variants={"every": (10, 100, 1000)})
def train_thinned(*call, every):
    """You record only some of the losses. What you print may be sparse; the list holds one value
    for each iteration."""
    layers, losses = net.train(*call)
    return layers, losses[::every]


@mistake("train", "losses-missing", family="shape", variants={"form": ("none", "last", "zeros")})
def train_without_losses(*call, form):
    """The list of losses is not returned: only the layers, or only the last value. Return both; the
    curve is how one sees what training did."""
    layers, losses = net.train(*call)
    last = losses[-1] if losses else 0.0
    forms = {"none": layers, "last": (layers, last), "zeros": (layers, [0.0] * len(losses))}
    return forms[form]


@mistake("train", "results-swapped", family="indexing")
def train_swapped(*call):
    """You return (losses, layers). The layers come first."""
    return net.train(*call)[::-1]


@mistake(
    "train",
    "wrong-loss-recorded",
    family="wrong-argument",
    variants={"kind": ("root", "absolute", "binary cross-entropy", "classes", "per output")},
)
def train_records_other_loss(*call, kind):
    """The training is right but the losses are not E (perhaps a root, absolute values, the
    cross-entropy or wrong classes). Record the squared error that you descend."""
    kinds = {
        "root": lambda y, t: np.sqrt(net.error(y, t)),
        "absolute": lambda y, t: float(np.abs(y - t).sum() / len(t)),
        "binary cross-entropy": lambda y, t: float(
            -(t * np.log(y) + (1 - t) * np.log(1 - y)).sum() / len(t)
        ),
        "classes": lambda y, t: net.error((y > 0.5) * 1.0, t),
        "per output": lambda y, t: ((y - t) ** 2).mean(axis=0),
    }
    return net.train(*call, loss=kinds[kind])


@mistake("train", "losses-rounded", family="numerics", variants={"digits": (2, 3, 4, 6)})
def train_rounded(*call, digits):
    """You round the losses. Round when you print; the list should show small progress too."""
    layers, losses = net.train(*call)
    return layers, [round(loss, digits) for loss in losses]


@mistake(
    "train", "learning-rate-ignored", family="scale", variants={"rate": (0.01, 0.1, 0.5, 1, 5)}
)
def train_fixed_rate(x, t, layers, _, n, rate):
    """Your steps do not depend on the learning rate that is passed in. Use the argument instead of
    a number in the code."""
    return net.train(x, t, layers, rate, n)


@mistake("train", "learning-rate-twice", family="scale")
def train_rate_squared(x, t, layers, rate, n):
    """The learning rate is multiplied in twice, in the gradient and in the update. At rate 1 that
    is invisible; once is enough."""
    return net.train(x, t, layers, rate**2, n)


@mistake(
    "train", "learning-rate-decays", family="scale", variants={"by": (0.9, 0.99, 0.999, "1/i")}
)
def train_decaying(x, t, layers, rate, n, by):
    """Your learning rate shrinks while training. That is another method; here each iteration uses
    the rate that was passed in."""
    losses = []
    for i in range(n):
        layers, loss = net.train(x, t, layers, rate / (i + 1) if by == "1/i" else rate * by**i, 1)
        losses += loss
    return layers, losses


@mistake("train", "momentum-left-in", family="training", variants={"beta": (0.9, 0.5, 1)})
def train_momentum(*call, beta):
    """Part of the last step is carried over: a momentum, or gradients that are added up and never
    reset. Training 2 and then 3 iterations has to equal training 5."""
    velocity = []

    def gradients(a, layers, t):
        now = net.backward(a, layers, t)
        old = velocity or [(0, 0)] * len(now)
        velocity[:] = [(beta * vW + dW, beta * vb + db) for (vW, vb), (dW, db) in zip(old, now)]
        return velocity

    return net.train(*call, gradients=gradients)


@mistake("train", "given-layers-changed", family="purity")
def train_in_place(x, t, layers, rate, n):
    """Training changes the layers that were passed in, so no second run can begin from the same
    start. Compute new arrays instead of `-=`."""
    losses = []
    for _ in range(n):
        a = net.forward(x, layers)
        losses.append(net.error(a[-1], t))
        for (W, b), (dW, db) in zip(layers, net.backward(a, layers, t)):
            W -= rate * dW  # noqa: PLW2901  the mistake itself
            b -= rate * db  # noqa: PLW2901
    return layers, losses


@mistake(
    "train", "activations-from-the-start", family="training", variants={"loss": ("old", "new")}
)
def train_stale(x, t, layers, rate, n, loss):
    """You run forward once, before the loop, and use those activations in every iteration. The
    layers change, so their activations do: run forward each time."""
    old, losses = net.forward(x, layers), []
    for _ in range(n):
        losses.append(net.error((old if loss == "old" else net.forward(x, layers))[-1], t))
        layers = net.update(layers, net.backward(old, layers, t), rate)
    return layers, losses


@mistake("train", "gradient-from-the-start", family="training")
def train_frozen_gradient(x, t, layers, rate, n):
    """You compute the gradient once and repeat the same step. The slope changes with every step:
    compute it inside the loop."""
    gradients, losses = net.backward(net.forward(x, layers), layers, t), []
    for _ in range(n):
        losses.append(net.error(net.forward(x, layers)[-1], t))
        layers = net.update(layers, gradients, rate)
    return layers, losses


@mistake("train", "returns-in-the-loop", family="training")
def train_returns_early(x, t, layers, rate, n):
    """Your return stands inside the loop, so training ends after the first iteration. Move it out
    by one level."""
    return net.train(x, t, layers, rate, min(n, 1))


@mistake("train", "last-update-lost", family="training", variants={"given": (True, False)})
def train_loses_updates(x, t, layers, rate, n, given):
    """The losses are right but the layers you return are older: those of the start, or those before
    the last update. Return what the last update made."""
    losses = net.train(x, t, layers, rate, n)[1]
    return (layers if given else net.train(x, t, layers, rate, max(n - 1, 0))[0]), losses


@mistake(
    "train",
    "stops-early",
    family="training",
    variants={"at": (0.1, 0.05, 0.02, 0.01, 0.001, 1e-4), "updated": (False, True)},
)
def train_stops_early(x, t, layers, rate, n, at, updated):
    """You stop when the loss is small. No tolerance was asked for here: run all the iterations."""
    losses = []
    for _ in range(n):
        new, loss = net.train(x, t, layers, rate, 1)
        losses += loss
        layers = new if updated or loss[0] >= at else layers
        if loss[0] < at:
            break
    return layers, losses


@mistake(
    "train",
    "ignores-the-data",
    family="wrong-argument",
    variants={"what": ("both", "x", "t"), "loss": ("1/N", "1/NK")},
)
def train_on_xor(x, t, layers, rate, n, what, loss):
    """You train on the module's X and T whatever is passed in. The parameters x and t are the data
    of this call."""
    points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    x, t = (points if what != "t" else x), (points[:, :1] ^ points[:, 1:] if what != "x" else t)
    return net.train(x, t, layers, rate, n, loss=lambda y, t: net.error(y, t, loss))


@mistake("train", "linear-output", family="architecture", variants={"bent": (True, False)})
def train_linear_output(*call, bent):
    """Your last layer has no sigmoid while training. Every layer has one, or the network that you
    train is not the one that is used."""

    def start(a, layers, t):
        y = a[-1]
        return net.backward(
            a, layers, t, start=2 / len(t) * (y - t) * (net.slope(y) if bent else 1)
        )

    return net.train(
        *call, forward=lambda x, layers: net.forward(x, layers, output=lambda a: a), gradients=start
    )


@mistake("train", "tanh-hidden", family="architecture", variants={"matched": (True, False)})
def train_tanh_hidden(*call, matched):
    """Your hidden layers use tanh. These layers are used with sigmoids afterwards, and tanh weights
    mean something else there."""
    gradients = wrong.backward_tanh_slope if matched else net.backward
    choices = {"place": "hidden"} if matched else {}
    return net.train(
        *call,
        forward=lambda x, layers: net.forward(x, layers, hidden=np.tanh),
        gradients=lambda *g: gradients(*g, **choices),
    )


@mistake(
    "train", "thresholded-output", family="wrong-argument", variants={"part": ("gradients", "both")}
)
def train_on_classes(*call, part):
    """You train on rounded outputs: as soon as the class is right nothing is learned any more.
    Compare the output itself with t."""
    steps = _spoiled(
        part,
        lambda y, t: net.error((y > 0.5) * 1.0, t),
        wrong.backward_of_thresholded_output,
    )
    return net.train(*call, **steps)


@mistake("train", "integers-truncated", family="numerics")
def train_truncated(x, t, layers, rate, n):
    """You store the new weights in arrays with the type of the old ones. If those hold integers,
    every step is cut off: use floats."""
    types = [(W.dtype, b.dtype) for W, b in layers]
    losses = []
    for _ in range(n):
        layers, loss = net.train(x, t, layers, rate, 1)
        layers = [(W.astype(w), b.astype(v)) for (W, b), (w, v) in zip(layers, types)]
        losses += loss
    return layers, losses
