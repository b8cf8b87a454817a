"""Known wrong answers to ``train``; ``xor`` takes them in."""

from chainrule.grading import mistake

from . import _backward as wrong
from . import _backward_gradients as blocks
from . import _network as net

# Arguments are passed on as they come: x, t, layers, learning rate, iterations.


def _loss(scale):
    return lambda y, t: net.error(y, t, scale)


def _start(scale):
    return lambda a, layers, t: net.backward(a, layers, t, start=net.delta(a[-1], t, scale))


def _spoiled(part, losses, gradients):
    """The steps of a training in which the losses, the gradients or both are spoiled."""
    steps = {"loss": losses, "gradients": gradients}
    return steps if part == "both" else {part: steps[part]}


PARTS = ("both", "loss", "gradients")


@mistake("train", "missing-two", family="scale")
def train_without_two(*call):
    """You train with half the gradient: the 2 of the derivative of (y − t)² is missing. The curve
    still falls, but it is that of half the learning rate."""
    return net.train(*call, gradients=_start("1/N"))


@mistake("train", "missing-two-and-mean", family="scale")
def train_classic_delta(*call):
    """You train with the delta of ½ Σ (y − t)². E is a mean over the samples, without a ½, so your
    steps differ by a factor: derive it from E."""
    return net.train(*call, gradients=_start("1"))


@mistake("train", "extra-half", family="scale", variants={"part": ("both", "loss")})
def train_half_error(*call, part):
    """You use ½ (y − t)². Our E has no ½: it would halve each recorded loss and each step."""
    return net.train(*call, **_spoiled(part, _loss("1/N2"), _start("1/N")))


@mistake("train", "sum-not-mean", family="reduction", variants={"part": PARTS})
def train_on_the_sum(*call, part):
    """You add up the samples without dividing by N, in the losses, in the gradients or in both.
    With a mean the learning rate does not depend on how many samples there are."""
    return net.train(*call, **_spoiled(part, _loss("1"), _start("2")))


@mistake("train", "mean-over-outputs-too", family="reduction", variants={"part": PARTS})
def train_mean_over_outputs(*call, part):
    """You average over the outputs as well, so losses or steps are K times too small. E adds up the
    outputs; with one output nobody notices, so try two."""
    return net.train(*call, **_spoiled(part, _loss("1/NK"), _start("2/NK")))


@mistake("train", "sign-flipped", family="sign", variants={"scale": net.SCALES})
def train_uphill(*call, scale):
    """Your losses rise: you add the gradient, or start it from t − y and subtract. Walk against the
    gradient."""
    return net.train(*call, gradients=lambda *g: wrong.backward_sign_flipped(*g, scale=scale))


@mistake("train", "missing-output-slope", family="derivative", variants={"scale": ("2/N", "2")})
def train_without_output_slope(*call, scale):
    """Your gradients leave out the derivative of the output's sigmoid. The network may still learn
    XOR, but it does not follow E."""
    right = wrong.backward_without_output_slope
    return net.train(*call, gradients=lambda *g: right(*g, scale=scale))


@mistake("train", "cross-entropy-delta", family="derivative", variants={"scale": ("1/N", "1")})
def train_on_cross_entropy(*call, scale):
    """y − t is the delta of cross-entropy. The losses you record are squared errors: follow the
    gradient of the error that you measure."""
    return net.train(
        *call, gradients=lambda *g: wrong.backward_cross_entropy_delta(*g, scale=scale)
    )


@mistake("train", "missing-hidden-slope", family="derivative", variants={"scale": net.SCALES})
def train_without_hidden_slope(*call, scale):
    """The hidden layers' sigmoids are not differentiated, so all but the last layer take wrong
    steps. Each sigmoid on the way back contributes its slope."""
    return net.train(
        *call, gradients=lambda *g: wrong.backward_without_hidden_slope(*g, scale=scale)
    )


@mistake(
    "train",
    "hidden-from-raw-error",
    family="derivative",
    variants={"carries": ("error", "delta"), "scale": net.SCALES},
)
def train_raw_error_sent_back(*call, carries, scale):
    """The hidden layers get the error y − t instead of the output's delta. The slope of the output
    lies on their way too: send back what includes it."""
    choices = {"carries": carries, "scale": scale}
    return net.train(*call, gradients=lambda *g: wrong.backward_raw_error_sent_back(*g, **choices))


@mistake("train", "slope-of-the-activation", family="wrong-argument", variants=wrong.PLACED)
def train_sigmoid_taken_again(*call, place, scale):
    """Your slopes take the sigmoid of activations, which are sigmoids already. Express the
    derivative by the activation itself."""
    choices = {"place": place, "scale": scale}
    return net.train(*call, gradients=lambda *g: wrong.backward_sigmoid_taken_again(*g, **choices))


@mistake("train", "tanh-slope", family="derivative", variants=wrong.PLACED)
def train_tanh_slope(*call, place, scale):
    """You differentiate tanh (1 − y²) where the forward pass has sigmoids. Function and derivative
    have to belong together."""
    choices = {"place": place, "scale": scale}
    return net.train(*call, gradients=lambda *g: wrong.backward_tanh_slope(*g, **choices))


@mistake("train", "weights-skipped", family="derivative", variants={"how": ("broadcast", "sum")})
def train_weights_skipped(*call, how):
    """The hidden deltas ignore the output weights, so every hidden unit gets the same blame. Send
    the delta back through the weights."""
    return net.train(*call, gradients=lambda *g: wrong.backward_weights_skipped(*g, how=how))


@mistake("train", "output-weights-updated-first", family="training", variants={"scale": net.SCALES})
def train_updates_output_first(x, t, layers, rate, n, scale):
    """You update the output weights before the hidden deltas are computed from them. All gradients
    belong to the same weights: compute first, then update."""
    losses = []
    for _ in range(n):
        activations, new = net.forward(x, layers), list(layers)
        losses.append(net.error(activations[-1], t))
        delta = net.delta(activations[-1], t, scale)
        for i in reversed(range(len(layers))):
            (W, b), a = layers[i], activations[i]
            new[i] = (W - rate * a.T @ delta, b - rate * delta.sum(axis=0))
            delta = delta @ new[i][0].T * net.slope(a)
        layers = new
    return layers, losses


@mistake("train", "biases-not-trained", family="training", variants={"scale": ("2/N", "1")})
def train_weights_only(*call, scale):
    """Your biases keep their first values. They are parameters like the weights, with gradients of
    their own: update them too."""

    def gradients(a, layers, t):
        return [(dW, 0) for dW, _ in _start(scale)(a, layers, t)]

    return net.train(*call, gradients=gradients)


@mistake("train", "bias-per-sample", family="reduction", variants={"scale": net.SCALES})
def train_bias_per_sample(*call, scale):
    """Your biases grow to one row per sample, because their gradient is not summed. The network
    then knows which sample it sees; all samples share one bias."""
    return net.train(*call, gradients=lambda *g: blocks.backward_bias_unsummed(*g, scale=scale))


@mistake("train", "bias-keeps-dimension", family="shape", variants={"scale": net.SCALES})
def train_bias_keeps_dimension(*call, scale):
    """The numbers are right but your biases end as (1, fan_out). Sum their gradients without
    keeping the dimension."""
    return net.train(
        *call, gradients=lambda *g: blocks.backward_bias_keeps_dimension(*g, scale=scale)
    )


@mistake("train", "bias-summed-over-everything", family="axis", variants={"form": (0,)})
def train_bias_summed_over_everything(*call, form):
    """All biases of a layer take the same step: np.sum without an axis adds up the units too. Sum
    over the samples only."""
    wrong_bias = blocks.backward_bias_summed_over_everything
    return net.train(*call, gradients=lambda *g: wrong_bias(*g, form=form))


@mistake("train", "bias-averaged-twice", family="scale", variants={"scale": ("2/N", "1/N")})
def train_bias_averaged_twice(*call, scale):
    """Your biases learn N times too slowly: their gradient is averaged although delta contains the
    1/N. Sum it, as you do for the weights."""
    return net.train(
        *call, gradients=lambda *g: blocks.backward_bias_averaged_twice(*g, scale=scale)
    )


@mistake("train", "one-layer-trained", family="training", variants={"layer": ("first", "last")})
def train_one_layer(*call, layer):
    """Only one layer learns, the others keep their random start. Backpropagation exists to train
    them all: update every layer in every iteration."""

    def gradients(a, layers, t):
        kept = 0 if layer == "first" else len(layers) - 1
        pairs = enumerate(net.backward(a, layers, t))
        return [(dW * (i == kept), db * (i == kept)) for i, (dW, db) in pairs]

    return net.train(*call, gradients=gradients)


@mistake(
    "train",
    "online-for-batch",
    family="training",
    variants={"scale": ("2/N", "1/N"), "measured": ("before", "meanwhile", "after"), "n": (0, 1)},
)
def train_online(*call, scale, measured, n):
    """You update after every sample. Here one iteration is one step along the mean gradient of the
    whole batch, so the weights stand still while you run through it."""
    x, t, layers, rate, iterations = call
    losses = []
    for _ in range(iterations):
        before, meanwhile = layers, []
        for i in range(len(x)):
            row, target = x[[i]], t[[i]]
            a = net.forward(row, layers)
            meanwhile.append(net.error(a[-1], target))
            gradients = _start(scale)(a, layers, target)
            layers = net.update(layers, gradients, rate / len(x) if n else rate)
        measure = {"before": before, "after": layers}.get(measured)
        total = net.error(net.forward(x, measure)[-1], t) if measure else sum(meanwhile) / len(x)
        losses.append(total)
    return layers, losses


@mistake(
    "train",
    "update-outside-sample-loop",
    family="lecture-bug",
    variants={"scale": ("2/N", "1/N"), "n": (False, True)},
)
def train_on_last_sample(*call, scale, n):
    """Your update stands after the sample loop and sees only the last sample, as in the slide's
    listing. Collect the gradients of all samples first."""

    def gradients(a, layers, t):
        pairs = _start(scale)([rows[-1:] for rows in a], layers, t[-1:])
        return [(dW / len(t), db / len(t)) for dW, db in pairs] if n else pairs

    return net.train(*call, gradients=gradients)
