"""Known wrong answers to ``initialize``; ``xor`` takes them in."""

from itertools import pairwise

import numpy as np

from chainrule.grading import mistake

from ._starts import fill, start


@mistake("initialize", "zero-weights", family="training", variants={"form": ("float", "int")})
def initialize_zeros(sizes, seed, form):
    """All weights start at 0, so all hidden units of a layer stay equal for ever. Draw them at
    random, from the seed."""
    return fill(sizes, lambda shape: np.zeros(shape, form))


@mistake(
    "initialize", "constant-weights", family="training", variants={"value": (1, 0.5, 0.1, 0.01)}
)
def initialize_constant(sizes, seed, value):
    """All weights start with the same number. Units that start equal get equal gradients and stay
    equal: draw the weights at random."""
    return fill(sizes, lambda shape: np.full(shape, 1.0 * value))


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
    return fill(sizes, draw[kind])


@mistake("initialize", "shapes-transposed", family="shape")
def initialize_transposed(sizes, seed):
    """Your W is (fan_out, fan_in). Samples are rows and are multiplied from the left, x·W: so W is
    (fan_in, fan_out)."""
    return [(W.T, b) for W, b in start(sizes, seed)]


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
    return [(W, made(*W.shape)) for W, _ in start(sizes, seed)]


@mistake("initialize", "biases-missing", family="shape", variants={"form": ("weights", "none")})
def initialize_without_biases(sizes, seed, form):
    """Your layers have no biases. A layer is a pair (W, b), and its units cannot move their
    boundary without b."""
    return [W if form == "weights" else (W, None) for W, _ in start(sizes, seed)]


@mistake("initialize", "layer-missing", family="indexing", variants={"which": ("last", "first")})
def initialize_layer_missing(sizes, seed, which):
    """A layer is missing at one end: n sizes make n − 1 layers. Check where your range begins and
    ends."""
    layers = start(sizes, seed)
    return layers[:-1] if which == "last" else layers[1:]


@mistake("initialize", "input-layer-too", family="indexing")
def initialize_extra_layer(sizes, seed):
    """You make a layer for every size, the input too. The input has no weights: n sizes make n − 1
    layers."""
    return start((sizes[0], *sizes), seed)


@mistake("initialize", "two-layers-only", family="indexing", variants={"hidden": (1, -2)})
def initialize_two_layers(sizes, seed, hidden):
    """You make exactly two layers. `sizes` may be longer: one layer for each two neighbours."""
    return start((sizes[0], sizes[hidden], sizes[-1]), seed)


@mistake(
    "initialize", "seed-shortened", family="wrong-argument", variants={"to": (256, 1000, 2**16)}
)
def initialize_short_seed(sizes, seed, to):
    """You keep only the last digits of the seed, so seeds far apart give the same weights. A
    generator takes the whole number."""
    return start(sizes, seed % to)
