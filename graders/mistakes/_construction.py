"""Known wrong answers to ``merge_linear`` and ``staircase``; ``xor`` takes them in."""

from functools import reduce

import numpy as np

from chainrule.grading import mistake

from . import _network as net

# --- merge_linear ---


def _product(matrices):
    return reduce(np.matmul, matrices)


def _merged(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, b @ V + c
    return W, b


@mistake(
    "merge_linear", "bias-dropped", family="architecture", variants={"form": ("zeros", "none")}
)
def merge_without_bias(layers, form):
    """You merge the weights and drop the biases. At x = 0 the stack gives more than 0: follow the
    biases through the layers."""
    W, b = _merged(layers)
    return W, (0.0 * b if form == "zeros" else None)


@mistake("merge_linear", "last-bias-only", family="architecture")
def merge_last_bias(layers):
    """You keep only the last bias. The earlier ones reach the output too, through the weights after
    them."""
    return _merged(layers)[0], layers[-1][1]


@mistake(
    "merge_linear", "first-bias-only", family="architecture", variants={"pushed": (True, False)}
)
def merge_first_bias(layers, pushed):
    """You keep only the first bias. Each layer adds its own: carry a bias along and add the next at
    every step."""
    b = layers[0][1]
    rest = [W for W, _ in layers[1:]] if pushed else []
    return _merged(layers)[0], _product([b, *rest])


@mistake("merge_linear", "biases-just-added", family="architecture")
def merge_added_biases(layers):
    """You add up the biases as they are. An earlier bias passes the later weights on its way to the
    output: push it through them first."""
    return _merged(layers)[0], sum(b for _, b in layers)


@mistake("merge_linear", "bias-pushed-once", family="indexing")
def merge_bias_pushed_once(layers):
    """Each of your biases goes through the next layer only. With three layers the first one has two
    more to pass: carry the sum along."""
    pushed = [b @ W for (_, b), (W, _) in zip(layers, layers[1:])]
    return _merged(layers)[0], sum(pushed) + layers[-1][1]


@mistake("merge_linear", "bias-through-own-weights", family="indexing")
def merge_bias_through_own(layers):
    """You send a bias through the weights of its own layer. It is added after them: the first
    weights that it meets are those of the next layer."""
    b = 0 * layers[0][0][:, 0]
    for W, c in layers:
        b = (b + c) @ W
    return _merged(layers)[0], b


@mistake("merge_linear", "order-reversed", family="shape", variants={"bias": ("right", "reversed")})
def merge_reversed(layers, bias):
    """You multiply the weights from the output to the input. Samples are rows here, x·W1·W2: the
    first layer stands on the left."""
    back = layers[::-1]
    b = _merged(layers if bias == "right" else back)[1]
    return _product([W for W, _ in back]), b


@mistake("merge_linear", "star-for-matmul", family="shape", variants={"bias": (True, False)})
def merge_star(layers, bias):
    """`*` multiplies entry by entry. One layer after another is a matrix product: use @."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W * V, (b @ V if bias else b * V) + c
    return W, b


@mistake("merge_linear", "transposed", family="shape")
def merge_transposed(layers):
    """Your W is (outputs, inputs), the transpose. It multiplies rows from the right, as all W do
    here."""
    W, b = _merged(layers)
    return W.T, b


@mistake(
    "merge_linear",
    "two-layers-only",
    family="indexing",
    variants={"pair": ("first", "ends", "last")},
)
def merge_two_layers(layers, pair):
    """You merge exactly two layers. There may be one or five: carry the merged layer through a
    loop."""
    ends = {"first": (0, 1), "ends": (0, -1), "last": (-2, -1)}[pair]
    return _merged([layers[i] for i in ends])


@mistake(
    "merge_linear",
    "sigmoids-kept",
    family="architecture",
    variants={"where": ("bias", "both", "end")},
)
def merge_with_sigmoids(layers, where):
    """You still apply sigmoids. The question is what the stack is without them, and only then is it
    one layer."""
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = (net.sigmoid(W) if where == "both" else W) @ V, b @ V + c
    bent = net.forward(np.zeros((1, len(W))), layers, output=lambda a: a)[-1][0]
    return W, net.sigmoid(b) if where == "end" else bent


@mistake("merge_linear", "bias-keeps-dimension", family="shape")
def merge_bias_as_row(layers):
    """Your b is (1, outputs). A bias is a vector (outputs,), as it was in the layers."""
    W, b = _merged(layers)
    return W, b[np.newaxis]


@mistake("merge_linear", "pair-swapped", family="indexing")
def merge_swapped(layers):
    """You return (b, W). A layer is (W, b)."""
    return _merged(layers)[::-1]


@mistake("merge_linear", "list-returned", family="shape", variants={"form": ("list", "weights")})
def merge_as_list(layers, form):
    """You return a list of layers, or the weights alone. Asked for is the one pair (W, b)."""
    W, b = _merged(layers)
    return [(W, b)] if form == "list" else W


@mistake("merge_linear", "integer-accumulator", family="numerics")
def merge_into_integers(layers):
    """You add to a copy of b with `+=`. If b holds integers it stays an array of integers and takes
    no fractions: write b = b + ..., which makes a new array."""
    W, b = np.eye(len(layers[0][0])), np.zeros(len(layers[0][0]))
    for V, c in layers:
        total = c.copy()
        total += b @ V
        W, b = W @ V, total
    return W, b


@mistake("merge_linear", "argument-changed", family="purity")
def merge_in_the_list(layers):
    """You replace the first two layers by their product in the caller's list until one is left.
    Carry the merged layer in variables of your own."""
    while len(layers) > 1:
        (W, b), (V, c) = layers[:2]
        layers[:2] = [(W @ V, b @ V + c)]
    return layers[0]


# --- staircase ---

# Only equal numbers are recognised, so the usual ways to be steep are tried with every mistake.
FACTORS = (200, 300, 400, 500, 1000, 2000, 10000)
STEEP = {"steep": (100, 1e3, 1e4, *(f"{factor}/gap" for factor in FACTORS))}


def _steepness(edges, steep):
    gap = np.diff(edges).min() if len(edges) > 1 else 1
    return float(steep.split("/")[0]) / gap if isinstance(steep, str) else steep


def _stairs(edges, heights, steep):
    s = _steepness(edges, steep)
    first = np.full((1, len(edges)), s), -s * edges
    return [first, (np.diff(heights)[:, None] * 1.0, heights[:1] * 1.0)]


@mistake(
    "staircase",
    "not-steep-enough",
    family="numerics",
    variants={"steep": (1, 5, 10, 20, 30, 50, *(f"{k}/gap" for k in (1, 5, 10, 20, 30, 50, 100)))},
)
def stairs_too_flat(edges, heights, steep):
    """Your sigmoids rise too slowly: 5 % of a gap beside an edge they are not yet 0 or 1 to a
    thousandth. Work out what the steepness times that distance must be."""
    return _stairs(edges, heights, steep)


@mistake(
    "staircase",
    "steepness-ignores-gap",
    family="numerics",
    variants={"steep": (100, 200, 500, 1e3)},
)
def stairs_fixed_steepness(edges, heights, steep):
    """Your steepness is one fixed number, which is too flat when edges are close together. Derive
    it from the smallest gap."""
    return _stairs(edges, heights, steep)


@mistake(
    "staircase",
    "steepness-from-wrong-gap",
    family="numerics",
    variants={"gap": ("max", "mean", "first", "range"), "steep": (200, 500, 1000)},
)
def stairs_wrong_gap(edges, heights, gap, steep):
    """Your steepness comes from the largest, mean or first gap. The closest two edges decide how
    sharp a step must be."""
    gaps = np.diff(edges) if len(edges) > 1 else np.ones(1)
    size = {"max": gaps.max(), "mean": gaps.mean(), "first": gaps[0], "range": gaps.sum()}[gap]
    return _stairs(edges, heights, steep / size)


@mistake(
    "staircase",
    "heights-for-differences",
    family="architecture",
    variants={"of": ("right", "left", "sum"), **STEEP},
)
def stairs_of_heights(edges, heights, of, steep):
    """Your output weights are heights. Each unit stays on after its edge, so it must add only what
    the next step is higher than the last."""
    (first, (_, b)) = _stairs(edges, heights, steep)
    values = {"right": heights[1:], "left": heights[:-1], "sum": np.cumsum(heights)[1:]}[of]
    return [first, (values[:, None] * 1.0, b)]


@mistake("staircase", "output-bias-missing", family="architecture", variants=STEEP)
def stairs_without_output_bias(edges, heights, steep):
    """Left of all edges every unit is off, and your output is 0 there instead of the first height.
    What is always on?"""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (W, 0 * b)]


@mistake(
    "staircase",
    "wrong-output-bias",
    family="architecture",
    variants={"of": ("last", "mean", "next"), **STEEP},
)
def stairs_wrong_output_bias(edges, heights, of, steep):
    """Your output starts from another height. Left of all edges every unit is off, so the output's
    bias alone has to be the height there."""
    first, (W, _) = _stairs(edges, heights, steep)
    start = {"last": heights[-1], "mean": heights.mean(), "next": heights[1]}[of]
    return [first, (W, np.array([start * 1.0]))]


@mistake("staircase", "edges-mirrored", family="sign", variants=STEEP)
def stairs_bias_sign(edges, heights, steep):
    """Your steps are at −edge. A unit is half on where x·W + b is 0: solve that for b."""
    (W, b), last = _stairs(edges, heights, steep)
    return [(W, -b), last]


@mistake("staircase", "falling-units", family="sign", variants=STEEP)
def stairs_falling(edges, heights, steep):
    """Your units switch off at their edges instead of on. Look at the sign of the weight, or adapt
    the heights to it."""
    (W, b), last = _stairs(edges, heights, steep)
    return [(-W, -b), last]


@mistake("staircase", "bias-not-scaled", family="scale", variants=STEEP)
def stairs_bias_not_scaled(edges, heights, steep):
    """You made the weights steep but not the biases, so all steps move towards 0. Weight and bias
    are scaled together: the edge is where they cancel."""
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -1.0 * edges), last]


@mistake("staircase", "differences-negated", family="sign", variants=STEEP)
def stairs_negated(edges, heights, steep):
    """Your stairs go down where they should go up: the differences have the wrong sign. Take the
    next height minus the last."""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (-W, b)]


@mistake(
    "staircase",
    "first-step-shifted",
    family="indexing",
    variants={"by": (1, -1, "zeroed"), **STEEP},
)
def stairs_shifted(edges, heights, by, steep):
    """Your differences belong to other edges: they are shifted by one, or one is lost. M + 1
    heights have M differences, one for each edge."""
    first, (W, b) = _stairs(edges, heights, steep)
    if by == "zeroed":
        return [first, (np.vstack([W[:-1], 0 * W[-1:]]), b)]
    return [first, (np.roll(W, by, axis=0), b)]


@mistake(
    "staircase",
    "one-unit-per-height",
    family="shape",
    variants={"extra": ("before", "after"), **STEEP},
)
def stairs_too_many_units(edges, heights, extra, steep):
    """You use M + 1 output weights for M units. There is one unit per edge; the first height needs
    no unit, it is there from the start."""
    first, (W, b) = _stairs(edges, heights, steep)
    more = np.array([[heights[0] if extra == "before" else heights[-1]]])
    return [first, (np.vstack([more, W] if extra == "before" else [W, more]), b)]


@mistake(
    "staircase",
    "shapes-wrong",
    family="shape",
    variants={"how": ("transposed", "flat", "row bias"), **STEEP},
)
def stairs_wrong_shapes(edges, heights, how, steep):
    """The numbers may be right but their shapes are not: W is (fan_in, fan_out), here (1, M) and
    (M, 1), and biases are vectors."""
    (W, b), (V, c) = _stairs(edges, heights, steep)
    return {
        "transposed": [(W.T, b), (V.T, c)],
        "flat": [(W[0], b), (V[:, 0], c)],
        "row bias": [(W, b[None]), (V, c[None])],
    }[how]


@mistake(
    "staircase",
    "one-edge-crashes",
    family="edge-case",
    variants={"factor": (20, 50, 100, *FACTORS)},
)
def stairs_need_two_edges(edges, heights, factor):
    """With a single edge there is no gap, and the minimum of nothing is an error. Decide what the
    steepness is relative to then."""
    return _stairs(edges, heights, factor / np.min(np.diff(edges)))


@mistake("staircase", "edges-between", family="indexing", variants=STEEP)
def stairs_between_edges(edges, heights, steep):
    """Your steps lie half a gap beside the edges. An edge is where the height changes: put the
    unit's middle there."""
    half = np.diff(edges).min() / 2 if len(edges) > 1 else 0.5
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -W[0] * (edges + half)), last]


@mistake("staircase", "integers-scaled-in-place", family="numerics")
def stairs_scaled_in_place(edges, heights):
    """You scale a copy of the edges with `*=`. A copy of integers is one of integers and takes
    no fractions: write b = -steepness * edges, which makes a new array."""
    (W, _), last = _stairs(edges, heights, "1000/gap")
    b = edges.copy()
    b *= -W[0, 0]
    return [(W, b), last]


@mistake("staircase", "argument-changed", family="purity")
def stairs_differences_in_place(edges, heights):
    """You turn the caller's heights into differences in place. np.diff gives them in an array of
    their own."""
    first, (_, b) = _stairs(edges, heights, "1000/gap")
    heights[1:] -= heights[:-1].copy()
    return [first, (heights[1:, None] * 1.0, b)]
