"""Known wrong answers to ``xor``; the longer lists have files of their own."""

from itertools import pairwise

import numpy as np

from chainrule.grading import mistake

from . import _backward as wrong
from . import _network as net

# One module an assignment: the loader reads what this one holds.
from ._architecture import *  # noqa: F403
from ._construction import *  # noqa: F403
from ._training import *  # noqa: F403

# --- initialize ---


def _fill(sizes, weights):
    """Layers with weights from one rule and biases 0."""
    return [(weights((m, n)), np.zeros(n)) for m, n in pairwise(sizes)]


def _start(sizes, seed):
    generator = np.random.default_rng(seed)
    return _fill(sizes, lambda shape: generator.uniform(-1, 1, shape))


@mistake("initialize", "zero-weights", family="training", variants={"form": ("float", "int")})
def initialize_zeros(sizes, seed, form):
    """All weights start at 0, so all hidden units of a layer stay equal for ever. Draw them at
    random, from the seed."""
    return _fill(sizes, lambda shape: np.zeros(shape, form))


@mistake(
    "initialize", "constant-weights", family="training", variants={"value": (1, 0.5, 0.1, 0.01)}
)
def initialize_constant(sizes, seed, value):
    """All weights start with the same number. Units that start equal get equal gradients and stay
    equal: draw the weights at random."""
    return _fill(sizes, lambda shape: np.full(shape, 1.0 * value))


@mistake(
    "initialize", "equal-columns", family="training", variants={"spread": ("uniform", "normal")}
)
def initialize_equal_columns(sizes, seed, spread):
    """You draw one column and repeat it, so all units of a layer are the same. Draw a whole matrix,
    (fan_in, fan_out) numbers."""
    draw = getattr(np.random.default_rng(seed), spread)
    return _fill(sizes, lambda shape: np.zeros(shape) + draw(size=(shape[0], 1)))


@mistake(
    "initialize",
    "seed-ignored",
    family="wrong-argument",
    variants={
        "fixed": (0, 1, 42),
        "old": (True, False),
        "how": ("normal", "uniform", "symmetric"),
        "biases": ("zero", "drawn"),
    },
)
def initialize_fixed_seed(sizes, seed, fixed, old, how, biases):
    """Every seed gives the same weights, because you put a fixed one into the generator. Pass on
    the seed of the call."""
    generator = (np.random.RandomState if old else np.random.default_rng)(fixed)
    draw = {
        "normal": lambda shape: generator.normal(size=shape),
        "uniform": lambda shape: generator.uniform(size=shape),
        "symmetric": lambda shape: generator.uniform(-1, 1, shape),
    }[how]
    if biases == "drawn":
        return [(draw(shape), draw(shape[1])) for shape in pairwise(sizes)]
    return _fill(sizes, draw)


@mistake("initialize", "not-seeded", family="purity", variants={"source": ("new", "global")})
def initialize_unseeded(sizes, seed, source):
    """The same seed gives other weights each time, because the generator never sees it. Make a
    generator from the seed, inside the function."""
    draw = np.random.default_rng().normal if source == "new" else np.random.normal
    return _fill(sizes, lambda shape: draw(size=shape))


@mistake("initialize", "seed-zero-ignored", family="edge-case")
def initialize_truthy_seed(sizes, seed):
    """`if seed` is false for seed 0, which is a seed like any other. Compare with None if you must,
    or use it as it is."""
    return _start(sizes, seed or None)


@mistake(
    "initialize",
    "global-generator-seeded",
    family="purity",
    variants={"how": ("normal", "uniform", "rand")},
)
def initialize_global_seed(sizes, seed, how):
    """np.random.seed changes numpy's global generator for everybody. Make a generator of your own
    from the seed."""
    np.random.seed(seed)
    if how == "rand":
        return _fill(sizes, np.random.random)
    return _fill(
        sizes,
        lambda shape: getattr(np.random, how)(*((-1, 1) if how == "uniform" else (0, 1)), shape),
    )


_KEPT = {}


@mistake("initialize", "generator-kept", family="purity")
def initialize_kept_generator(sizes, seed):
    """Your generator lives outside the function and goes on where the last call stopped. Make a new
    one in each call, so that the same seed gives the same weights."""
    generator = _KEPT.setdefault(seed, np.random.default_rng(seed))
    return _fill(sizes, lambda shape: generator.uniform(-1, 1, shape))


@mistake(
    "initialize",
    "coarse-weights",
    family="numerics",
    variants={"kind": ("integers", "uniform", "normal"), "digits": (0, 1)},
)
def initialize_coarse(sizes, seed, kind, digits):
    """Your weights come from a handful of values, so two units can start equal. Draw real numbers
    and do not round them."""
    generator, ones = np.random.default_rng(seed), 10**digits
    draw = {
        "integers": lambda shape: generator.integers(-ones, ones + 1, shape) / ones,
        "uniform": lambda shape: generator.uniform(-1, 1, shape).round(digits),
        "normal": lambda shape: generator.normal(size=shape).round(digits),
    }
    return _fill(sizes, draw[kind])


@mistake("initialize", "shapes-transposed", family="shape")
def initialize_transposed(sizes, seed):
    """Your W is (fan_out, fan_in). Samples are rows and are multiplied from the left, x·W: so W is
    (fan_in, fan_out)."""
    return [(W.T, b) for W, b in _start(sizes, seed)]


@mistake(
    "initialize",
    "bias-shape",
    family="shape",
    variants={"form": ("row", "column", "scalar", "fan-in")},
)
def initialize_bias_shape(sizes, seed, form):
    """A layer's bias has the wrong shape: one number per unit, (fan_out,), no rows or columns."""
    made = {
        "row": lambda m, n: np.zeros((1, n)),
        "column": lambda m, n: np.zeros((n, 1)),
        "scalar": lambda m, n: 0.0,
        "fan-in": lambda m, n: np.zeros(m),
    }[form]
    return [(W, made(*W.shape)) for W, _ in _start(sizes, seed)]


@mistake("initialize", "biases-missing", family="shape", variants={"form": ("weights", "none")})
def initialize_without_biases(sizes, seed, form):
    """Your layers have no biases. A layer is a pair (W, b), and its units cannot move their
    boundary without b."""
    return [W if form == "weights" else (W, None) for W, _ in _start(sizes, seed)]


@mistake("initialize", "layer-missing", family="indexing", variants={"which": ("last", "first")})
def initialize_layer_missing(sizes, seed, which):
    """A layer is missing at one end: n sizes make n − 1 layers. Check where your range begins and
    ends."""
    layers = _start(sizes, seed)
    return layers[:-1] if which == "last" else layers[1:]


@mistake("initialize", "input-layer-too", family="indexing")
def initialize_extra_layer(sizes, seed):
    """You make a layer for every size, the input too. The input has no weights: n sizes make n − 1
    layers."""
    return _start((sizes[0], *sizes), seed)


@mistake("initialize", "two-layers-only", family="indexing", variants={"hidden": (1, -2)})
def initialize_two_layers(sizes, seed, hidden):
    """You make exactly two layers. `sizes` may be longer: one layer for each two neighbours."""
    return _start((sizes[0], sizes[hidden], sizes[-1]), seed)


# --- classify ---


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
    variants={"how": ("argmax", "argmax of all", "ceil", "column of zeros")},
)
def classify_always_the_same(x, layers, how):
    """Every sample gets the same class: int() cuts everything down to 0, and so does argmax over a
    single output (rounding up makes it 1). Compare the output with 0.5."""
    y = net.forward(x, layers)[-1]
    return {
        "argmax": y.argmax(axis=1),
        "argmax of all": y.argmax(),
        "ceil": np.ceil(y[:, 0]).astype(int),
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


# --- solve_xor ---

POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = np.array([[0.0], [1.0], [1.0], [0.0]])


def _learn(seed, sizes=(2, 4, 1), iterations=2000, *, x=POINTS, t=TARGETS, rate=5.0, **steps):
    return net.train(x, t, _start(sizes, seed), rate, iterations, **steps)[0]


@mistake("solve_xor", "not-trained", family="training")
def solve_without_training(seed):
    """You return the random start. Train it: `train` gives back new layers and leaves the old ones
    as they were."""
    return _start((2, 4, 1), seed)


@mistake(
    "solve_xor", "or-labels", family="wrong-argument", variants={"labels": ("or", "and", "xnor")}
)
def solve_other_labels(seed, labels):
    """Your labels are those of another function (OR, AND, or XOR turned round). Exclusive or is 1
    where exactly one of the inputs is 1."""
    rows = {"or": [0, 1, 1, 1], "and": [0, 0, 0, 1], "xnor": [1, 0, 0, 1]}[labels]
    return _learn(seed, iterations=500, t=np.array(rows, float)[:, None])


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


@mistake("solve_xor", "no-restart", family="training")
def solve_without_restart(seed):
    """Some starts get stuck at an error of 0.125, and you return them as they are. Look at the
    result and start again from another seed, or use more hidden units."""
    return _learn(seed, (2, 2, 1), 2000)


@mistake("solve_xor", "too-little-training", family="training", variants={"rate": (0.1, 0.01, 1)})
def solve_too_short(seed, rate):
    """Training ends long before XOR is learned. Look at the losses: while they are near 0.25 the
    network only knows the mean."""
    return _learn(seed, iterations=100, rate=rate)


@mistake("solve_xor", "zero-start", family="training", variants={"value": (0.0, 1.0)})
def solve_from_constant(seed, value):
    """You start from equal weights, so all hidden units stay the same and a single one cannot solve
    XOR. Start from `initialize`."""
    start = _fill((2, 4, 1), lambda shape: np.full(shape, value))
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


@mistake("solve_xor", "losses-returned-too", family="shape")
def solve_returns_pair(seed):
    """You return the pair that `train` gives. Only the layers are asked for."""
    return net.train(POINTS, TARGETS, _start((2, 4, 1), seed), 5.0, 2000)


@mistake("solve_xor", "global-generator-seeded", family="purity")
def solve_global_seed(seed):
    """np.random.seed changes numpy's global generator for everybody. Use `initialize`, or a
    generator of your own."""
    np.random.seed(seed)
    return _learn(np.random.randint(2**31))
