"""Known wrong answers to ``solve_xor``; ``xor`` takes them in."""

from itertools import pairwise

import numpy as np

from chainrule.grading import mistake

from . import _backward as wrong
from . import _network as net
from ._starts import fill, start

POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = np.array([[0.0], [1.0], [1.0], [0.0]])


def _learn(seed, sizes=(2, 4, 1), iterations=2000, *, x=POINTS, t=TARGETS, rate=5.0, **steps):
    return net.train(x, t, start(sizes, seed), rate, iterations, **steps)[0]


@mistake("solve_xor", "not-trained", family="training")
def solve_without_training(seed):
    """You return the random start. Train it: `train` gives back new layers and leaves the old ones
    as they were."""
    return start((2, 4, 1), seed)


_OTHERS = {"or": (0, 1, 1, 1), "and": (0, 0, 0, 1), "xnor": (1, 0, 0, 1)}


def _decide_otherwise(results, _):
    """Whether all networks give the points the classes of one other function."""
    outputs = [net.forward(POINTS, layers)[-1] for layers in results]
    decided = {tuple((y[:, 0] > 0.5).astype(int).tolist()) for y in outputs}
    return len(decided) == 1 and decided <= set(_OTHERS.values())


def _are_answers(results, _):
    return all(isinstance(r, np.ndarray) and r.shape in ((4,), (4, 1)) for r in results)


def _are_pairs_with_losses(results, _):
    def is_one(r):
        layers, losses = r
        noted = np.ndim(losses) == 1 if isinstance(losses, np.ndarray) else losses == []
        return isinstance(layers, list) and noted

    return all(map(is_one, results))


@mistake(
    "solve_xor",
    "or-labels",
    family="wrong-argument",
    variants={"labels": tuple(_OTHERS)},
    shows=_decide_otherwise,
)
def solve_other_labels(seed, labels):
    """Your labels are those of another function (OR, AND, or XOR turned round). Exclusive or is 1
    where exactly one of the inputs is 1."""
    return _learn(seed, iterations=500, t=np.array(_OTHERS[labels], float)[:, None])


@mistake("solve_xor", "answers-returned", family="shape", shows=_are_answers)
def solve_returns_answers(seed):
    """You return the answers to the four points. Asked for are the layers that give them."""
    return (net.forward(POINTS, _learn(seed))[-1] > 0.5).astype(int)


@mistake("solve_xor", "three-of-four", family="training")
def solve_three_of_four(seed):
    """You are content with 75 %. Three right points are what any straight line reaches: go on until
    all four are right."""
    for attempt in range(50):
        layers = _learn(seed + attempt, (2, 2, 1), 60)
        if (np.round(net.forward(POINTS, layers)[-1]) == TARGETS).mean() >= 0.75:
            return layers
    return layers


@mistake("solve_xor", "hard-coded-weights", family="training", variants={"scale": (20, 10)})
def solve_hard_coded(seed, scale):
    """You return weights that you worked out by hand. They do solve XOR, but nothing was learned,
    and the seed is ignored: start from `initialize` and train."""
    first = np.array([[1.0, 1.0], [1.0, 1.0]]) * scale, np.array([-0.5, -1.5]) * scale
    return [first, (np.array([[1.0], [-1.0]]) * scale, np.array([-0.5]) * scale)]


# Each of these ways to draw is stuck from another seed.
_DRAWN = {
    "uniform": lambda seed: start((2, 2, 1), seed),
    "three units": lambda seed: _drawn((2, 3, 1), np.random.default_rng(seed).uniform, -1, 1),
    "old and normal": lambda seed: _drawn((2, 3, 1), np.random.RandomState(seed).normal, 0, 1),
    "old, no bias": lambda seed: _unbiased(np.random.RandomState(seed).normal, 0, 1),
    "old and wide": lambda seed: _unbiased(np.random.RandomState(seed).uniform, -2, 2),
}


def _drawn(sizes, draw, low, high):
    return [(draw(low, high, (m, n)), draw(low, high, n)) for m, n in pairwise(sizes)]


def _unbiased(draw, low, high):
    return fill((2, 3, 1), lambda shape: draw(low, high, shape))


@mistake("solve_xor", "no-restart", family="training", variants={"drawn": tuple(_DRAWN)})
def solve_without_restart(seed, drawn):
    """Some starts get stuck at an error of 0.125, and you return them as they are. Look at the
    result and start again from another seed, or use more hidden units."""
    rate = 10.0 if drawn == "three units" else 5.0
    return net.train(POINTS, TARGETS, _DRAWN[drawn](seed), rate, 2000)[0]


@mistake("solve_xor", "too-little-training", family="training", variants={"rate": (0.1, 0.01, 1)})
def solve_too_short(seed, rate):
    """Training ends long before XOR is learned. Look at the losses: while they are near 0.25 the
    network only knows the mean."""
    return _learn(seed, iterations=100, rate=rate)


@mistake("solve_xor", "zero-start", family="training", variants={"value": (0.0, 1.0)})
def solve_from_constant(seed, value):
    """You start from equal weights, so all hidden units stay the same and a single one cannot solve
    XOR. Start from `initialize`."""
    start = fill((2, 4, 1), lambda shape: np.full(shape, value))
    return net.train(POINTS, TARGETS, start, 1.0, 500)[0]


@mistake("solve_xor", "seed-ignored", family="wrong-argument", variants={"fixed": (0, 42)})
def solve_fixed_seed(seed, fixed):
    """Every seed gives the same network. The first start is initialize(sizes, seed): pass the seed
    on."""
    return _learn(fixed)


@mistake("solve_xor", "not-repeatable", family="purity")
def solve_unseeded(seed):
    """The same seed gives another network each time: your starts come from an unseeded generator.
    Derive every restart from the seed."""
    return _learn(np.random.default_rng().integers(2**31))


_RESTARTS = np.random.default_rng(1)


@mistake("solve_xor", "restarts-not-repeatable", family="purity")
def solve_shared_restarts(seed):
    """Only your first start comes from the seed. Restarts come from a generator outside the
    function, which goes on where the last call stopped: derive them from the seed, too."""
    layers = _drawn((2, 2, 1), np.random.default_rng(seed).normal, 0, 1)
    while True:
        for _ in range(8):
            layers = net.train(POINTS, TARGETS, layers, 5.0, 250)[0]
            if (abs(net.forward(POINTS, layers)[-1] - TARGETS) < 0.3).all():
                return layers
        layers = _drawn((2, 2, 1), _RESTARTS.normal, 0, 1)


@mistake("solve_xor", "single-layer", family="architecture")
def solve_single_layer(seed):
    """You train one neuron. It draws one straight line, and no line separates XOR: add a hidden
    layer."""
    return _learn(seed, (2, 1), 500)


@mistake(
    "solve_xor",
    "trained-without-sigmoids",
    family="architecture",
    variants={"where": ("hidden", "output")},
)
def solve_linear(seed, where):
    """You train with linear layers, but the network is used with a sigmoid after each. Train the
    network that is used."""
    line = {where: lambda a: a}

    def gradients(a, layers, t):
        y = a[-1]
        bend = 1 if where == "output" else net.slope(y)
        slope = (lambda _: 1) if where == "hidden" else (lambda i: net.slope(a[i]))
        return net.backward(a, layers, t, start=2 / len(t) * (y - t) * bend, slope=slope)

    return _learn(
        seed,
        rate=0.3,
        forward=lambda x, layers: net.forward(x, layers, **line),
        gradients=gradients,
    )


@mistake("solve_xor", "trained-with-tanh", family="architecture")
def solve_tanh(seed):
    """You train with tanh hidden units. The layers that you return are used with sigmoids, where
    the same weights mean something else."""
    return _learn(
        seed,
        iterations=1000,
        rate=1.0,
        forward=lambda x, layers: net.forward(x, layers, hidden=np.tanh),
        gradients=lambda *g: wrong.backward_tanh_slope(*g, place="hidden"),
    )


@mistake(
    "solve_xor", "inputs-rescaled", family="wrong-argument", variants={"to": ("-1..1", "centred")}
)
def solve_rescaled(seed, to):
    """You train on other inputs than X, −1 and 1 or centred ones. The network is used on 0 and 1:
    fold the rescaling into the first layer, or leave it."""
    return _learn(seed, iterations=1000, x=2 * POINTS - 1 if to == "-1..1" else POINTS - 0.5)


@mistake("solve_xor", "losses-returned-too", family="shape", shows=_are_pairs_with_losses)
def solve_returns_pair(seed):
    """You return the pair that `train` gives. Only the layers are asked for."""
    return net.train(POINTS, TARGETS, start((2, 4, 1), seed), 5.0, 2000)


@mistake("solve_xor", "global-generator-seeded", family="purity")
def solve_global_seed(seed):
    """np.random.seed changes numpy's global generator for everybody. Use `initialize`, or a
    generator of your own."""
    np.random.seed(seed)
    return _learn(np.random.randint(2**31))
