"""Known wrong answers to ``initialize``; ``xor`` takes them in."""

from itertools import pairwise

import numpy as np

from chainrule.grading import mistake

from ._starts import DRAWN, USUAL, drawn, fill, start


@mistake("initialize", "zero-weights", family="training", variants={"form": ("float", "int")})
def initialize_zeros(sizes, seed, form):
    """All weights start at 0, or next to it, so all hidden units of a layer stay equal for very
    long. Draw them at random, from the seed, and not too small."""
    return fill(sizes, lambda shape: np.zeros(shape, form))


@mistake(
    "initialize", "constant-weights", family="training", variants={"value": (1, 0.5, 0.1, 0.01)}
)
def initialize_constant(sizes, seed, value):
    """All weights start with the same number. Units that start equal get equal gradients and stay
    equal: draw the weights at random."""
    return fill(sizes, lambda shape: np.full(shape, 1.0 * value))


@mistake("initialize", "one-number-drawn", family="training", variants=DRAWN)
def initialize_one_number(sizes, seed, **choices):
    """You draw one number for a layer and give it to all its weights. Units that start equal stay
    equal: draw a whole matrix, (fan_in, fan_out) numbers."""
    layers = drawn(pairwise(sizes), seed, W=lambda m, n: (), **choices)
    return [(np.full((m, n), W), b) for (m, n), (W, b) in zip(pairwise(sizes), layers)]


@mistake(
    "initialize", "equal-columns", family="training", variants={"spread": ("uniform", "normal")}
)
def initialize_equal_columns(sizes, seed, spread):
    """You draw one column and repeat it, so all units of a layer are the same. Draw a whole matrix,
    (fan_in, fan_out) numbers."""
    draw = getattr(np.random.default_rng(seed), spread)
    return fill(sizes, lambda shape: np.zeros(shape) + draw(size=(shape[0], 1)))


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
    return fill(sizes, draw)


@mistake("initialize", "not-seeded", family="purity", variants={"source": ("new", "global")})
def initialize_unseeded(sizes, seed, source):
    """The same seed gives other weights each time, because the generator never sees it. Make a
    generator from the seed, inside the function."""
    draw = np.random.default_rng().normal if source == "new" else np.random.normal
    return fill(sizes, lambda shape: draw(size=shape))


@mistake("initialize", "seed-zero-ignored", family="edge-case")
def initialize_truthy_seed(sizes, seed):
    """`if seed` is false for seed 0, which is a seed like any other. Compare with None if you must,
    or use it as it is."""
    return start(sizes, seed or None)


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
        return fill(sizes, np.random.random)
    return fill(
        sizes,
        lambda shape: getattr(np.random, how)(*((-1, 1) if how == "uniform" else (0, 1)), shape),
    )


_KEPT = {}


@mistake("initialize", "generator-kept", family="purity")
def initialize_kept_generator(sizes, seed):
    """Your generator lives outside the function and goes on where the last call stopped. Make a new
    one in each call, so that the same seed gives the same weights."""
    generator = _KEPT.setdefault(seed, np.random.default_rng(seed))
    return fill(sizes, lambda shape: generator.uniform(-1, 1, shape))


@mistake(
    "initialize",
    "coarse-weights",
    family="numerics",
    variants={"kind": ("integers", "signs", "uniform", "normal"), "digits": (0, 1)},
)
def initialize_coarse(sizes, seed, kind, digits):
    """Your weights come from a handful of values, so two units can start equal. Draw real numbers
    and do not round them."""
    generator, ones = np.random.default_rng(seed), 10**digits
    draw = {
        "integers": lambda shape: generator.integers(-ones, ones + 1, shape) / ones,
        "signs": lambda shape: generator.choice([-1 / ones, 1 / ones], shape),
        "uniform": lambda shape: generator.uniform(-1, 1, shape).round(digits),
        "normal": lambda shape: generator.normal(size=shape).round(digits),
    }
    return fill(sizes, draw[kind])


def _each(rule):
    """Whether a rule holds for each result and the (fan_in, fan_out) of its layers."""

    def shows(results, arguments):
        fans = [list(pairwise(np.asarray(sizes).tolist())) for sizes, _ in arguments]
        return all(map(rule, results, fans)) and any(m != n for some in fans for m, n in some)

    return shows


def _pairs(rule):
    """The same for each layer that is a pair."""
    return _each(lambda net, fans: len(net) == len(fans) and all(map(rule, net, fans)))


def _is_transposed(layer, fan):
    W, b = map(np.shape, layer)
    return fan[::-1] == W and b == fan[1:]


def _has_odd_bias(layer, fan):
    W, b = map(np.shape, layer)
    m, n = fan
    return fan == W and b != (n,) and b in {(1, n), (n, 1), (), (m,)}


def _is_flat(net, fans):
    return [np.shape(part) for part in net] == [shape for fan in fans for shape in (fan, fan[1:])]


@mistake("initialize", "dictionary", family="shape", shows=_each(lambda r, _: r.kind == "dict"))
def initialize_dictionary(sizes, seed):
    """You return a dictionary. Layers are a list here, with a pair (W, b) for each."""
    return {f"layer{i}": layer for i, layer in enumerate(start(sizes, seed))}


@mistake(
    "initialize",
    "shapes-transposed",
    family="shape",
    variants={"turned": (False, True), **DRAWN},
    shows=_pairs(_is_transposed),
)
def initialize_transposed(sizes, seed, turned, **choices):
    """Your W is (fan_out, fan_in). Samples are rows and are multiplied from the left, x·W: so W is
    (fan_in, fan_out)."""
    if turned:
        return [(W.T, b) for W, b in drawn(pairwise(sizes), seed, **choices)]
    return drawn(pairwise(sizes), seed, W=lambda m, n: (n, m), **choices)


@mistake(
    "initialize",
    "bias-shape",
    family="shape",
    variants={"form": ("row", "column", "scalar", "fan-in"), **DRAWN},
    shows=_pairs(_has_odd_bias),
)
def initialize_bias_shape(sizes, seed, form, **choices):
    """A layer's bias has the wrong shape: one number per unit, (fan_out,), no rows or columns."""
    shape = {
        "row": lambda m, n: (1, n),
        "column": lambda m, n: (n, 1),
        "scalar": lambda m, n: (),
        "fan-in": lambda m, n: (m,),
    }[form]
    return drawn(pairwise(sizes), seed, b=shape, **choices)


@mistake("initialize", "flat-list", family="shape", variants=DRAWN, shows=_each(_is_flat))
def initialize_flat(sizes, seed, **choices):
    """You return one flat list W1, b1, W2, b2. The list has one item a layer, the pair (W, b)."""
    return [part for layer in drawn(pairwise(sizes), seed, **choices) for part in layer]


@mistake(
    "initialize",
    "biases-missing",
    family="shape",
    variants={"form": ("weights", "none")},
    shows=_pairs(lambda layer, fan: np.shape(layer) == fan),
)
def initialize_without_biases(sizes, seed, form):
    """Your layers have no biases. A layer is a pair (W, b), and its units cannot move their
    boundary without b."""
    return [W if form == "weights" else (W, None) for W, _ in start(sizes, seed)]


@mistake(
    "initialize",
    "layer-missing",
    family="indexing",
    variants={"which": ("last", "first"), **DRAWN},
)
def initialize_layer_missing(sizes, seed, which, **choices):
    """A layer is missing at one end: n sizes make n − 1 layers. Check where your range begins and
    ends."""
    return drawn(pairwise(sizes[:-1] if which == "last" else sizes[1:]), seed, **choices)


@mistake("initialize", "input-layer-too", family="indexing", variants=DRAWN)
def initialize_extra_layer(sizes, seed, **choices):
    """You make a layer for every size, the input too. The input has no weights: n sizes make n − 1
    layers."""
    return drawn(pairwise((sizes[0], *sizes)), seed, **choices)


@mistake(
    "initialize", "two-layers-only", family="indexing", variants={"hidden": (1, -2, 0), **USUAL}
)
def initialize_two_layers(sizes, seed, hidden, **choices):
    """You make exactly two layers. `sizes` may be longer or shorter: one layer for each two
    neighbours."""
    if hidden:
        first, middle, last = sizes[0], sizes[hidden], sizes[-1]
    else:
        first, middle, last = sizes
    return drawn(pairwise((first, middle, last)), seed, **choices)


@mistake(
    "initialize",
    "seed-shortened",
    family="wrong-argument",
    variants={"to": (256, 1000, 2**16), **USUAL},
)
def initialize_short_seed(sizes, seed, to, **choices):
    """You keep only the last digits of the seed, so seeds far apart give the same weights. A
    generator takes the whole number."""
    return drawn(pairwise(sizes), seed % to, **choices)
