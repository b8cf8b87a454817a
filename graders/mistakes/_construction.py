"""Known wrong answers to ``staircase``; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

# Only equal numbers are recognised, so the usual ways to be steep are tried with every mistake.
FACTORS = (200, 300, 400, 500, 1000, 2000, 10000)
STEEP = {"steep": (100, 1e3, 1e4, *(f"{factor}/gap" for factor in FACTORS))}


def _smallest_gap(edges):
    return np.diff(edges).min() if len(edges) > 1 else 1


def _steepness(edges, steep):
    if isinstance(steep, str):
        return float(steep.split("/")[0]) / _smallest_gap(edges)
    return steep


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
    variants={"steep": (100, 200, 500, 1e3, 1e4, 1e5, 1e6)},
)
def stairs_fixed_steepness(edges, heights, steep):
    """Your steepness is one fixed number, which is too flat when edges are close together. Derive
    it from the smallest gap."""
    return _stairs(edges, heights, steep)


@mistake(
    "staircase",
    "steepness-from-wrong-gap",
    family="numerics",
    variants={"gap": ("max", "mean", "first", "range"), "steep": FACTORS},
)
def stairs_wrong_gap(edges, heights, gap, steep):
    """Your steepness comes from the largest, mean or first gap. The closest two edges decide how
    sharp a step must be."""
    gaps = np.diff(edges) if len(edges) > 1 else np.ones(1)
    size = {"max": gaps.max(), "mean": gaps.mean(), "first": gaps[0], "range": gaps.sum()}[gap]
    return _stairs(edges, heights, steep / size)


@mistake(
    "staircase", "steepness-times-gap", family="scale", variants={"steep": (20, 50, 100, *FACTORS)}
)
def stairs_steepness_times_gap(edges, heights, steep):
    """Your steepness grows with the gap. The closer two edges are, the steeper a step must be:
    divide by the gap."""
    return _stairs(edges, heights, steep * _smallest_gap(edges))


@mistake(
    "staircase",
    "steepness-rounded-down",
    family="numerics",
    variants={"steep": (200, 300, 400, 500, 1000, 2000)},
)
def stairs_floor_division(edges, heights, steep):
    """`//` (or int) cuts your steepness down to a whole number, and to 0 where edges are far apart.
    Divide with `/`."""
    return _stairs(edges, heights, steep // _smallest_gap(edges))


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


@mistake("staircase", "downs-become-ups", family="sign", variants=STEEP)
def stairs_absolute(edges, heights, steep):
    """Your steps all go up: the differences lose their sign. A step down needs a negative weight,
    so leave abs away."""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (np.abs(W), b)]


@mistake("staircase", "steps-in-reverse", family="indexing", variants=STEEP)
def stairs_reversed(edges, heights, steep):
    """Your steps are right but come in the reverse order. The first difference belongs to the first
    edge."""
    first, (W, b) = _stairs(edges, heights, steep)
    return [first, (W[::-1], b)]


@mistake("staircase", "edges-from-the-first", family="indexing", variants=STEEP)
def stairs_relative(edges, heights, steep):
    """You measure the edges from the first one, so the staircase begins at 0. x is not shifted:
    use the edges as they are."""
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -W[0] * (edges - edges[0])), last]


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
    variants={
        "how": ("transposed", "flat", "row bias", "column W1", "row W2", "number b2"),
        **STEEP,
    },
)
def stairs_wrong_shapes(edges, heights, how, steep):
    """The numbers may be right but their shapes are not: W is (fan_in, fan_out), here (1, M) and
    (M, 1), and biases are vectors."""
    (W, b), (V, c) = _stairs(edges, heights, steep)
    return {
        "transposed": [(W.T, b), (V.T, c)],
        "flat": [(W[0], b), (V[:, 0], c)],
        "row bias": [(W, b[None]), (V, c[None])],
        "column W1": [(W.T, b), (V, c)],
        "row W2": [(W, b), (V.T, c)],
        "number b2": [(W, b), (V, c[0])],
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


@mistake(
    "staircase",
    "edges-between",
    family="indexing",
    variants={"at": ("beside", "midway, last", "midway, first"), **STEEP},
)
def stairs_between_edges(edges, heights, at, steep):
    """Your steps lie half a gap beside the edges. An edge is where the height changes: put the
    unit's middle there."""
    half = _smallest_gap(edges) / 2
    midway = (edges[1:] + edges[:-1]) / 2
    places = {
        "beside": edges + half,
        "midway, last": np.append(midway, edges[-1]),
        "midway, first": np.append(edges[0], midway),
    }
    (W, _), last = _stairs(edges, heights, steep)
    return [(W, -W[0] * places[at]), last]


@mistake("staircase", "sigmoid-output", family="architecture", variants=STEEP)
def stairs_for_a_sigmoid(edges, heights, steep):
    """You build the staircase for a sigmoid at the output: heights become logits. The output is
    linear here, and heights may be any numbers."""
    p = np.clip(heights * 1.0, 1e-6, 1 - 1e-6)
    return _stairs(edges, np.log(p / (1 - p)), steep)


@mistake(
    "staircase", "two-units-a-step", family="shape", variants={"how": ("halves", "bumps"), **STEEP}
)
def stairs_of_bumps(edges, heights, how, steep):
    """You use more than one unit an edge. M are enough: each adds its difference and stays on."""
    (W, b), (V, c) = _stairs(edges, heights, steep)
    twice = (np.repeat(W, 2, axis=1), np.repeat(b, 2))
    if how == "halves":
        return [twice, (np.repeat(V / 2, 2, axis=0), c)]
    # One unit goes up to each height, and one comes down from it.
    around = np.ravel([-heights[:-1], heights[1:]], order="F") * 1.0
    return [twice, (around[:, None], c)]


@mistake(
    "staircase",
    "heights-truncated",
    family="numerics",
    variants={"how": ("first", "like edges"), **STEEP},
)
def stairs_truncated(edges, heights, how, steep):
    """You store heights in an array of integers (dtype=int, or one made like the edges), which
    takes no fractions: use floats."""
    first, (W, b) = _stairs(edges, heights, steep)
    if how == "first":
        return [first, (W, b.astype(int))]
    return [first, (W.astype(edges.dtype), b)]


@mistake(
    "staircase",
    "integers-scaled-in-place",
    family="numerics",
    variants={"steep": STEEP["steep"][3:]},
)
def stairs_scaled_in_place(edges, heights, steep):
    """You scale the edges, or a copy of them, with `*=`. An array of integers stays one and takes
    no fractions: write b = -steepness * edges, which makes a new array."""
    (W, _), last = _stairs(edges, heights, steep)
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


@mistake("staircase", "jump-before", family="indexing", variants=STEEP)
def stairs_jump_before(edges, heights, steep):
    """Each of your units has the jump of the edge before it, and the first one that of the last
    height: heights[i] − heights[i − 1]. Edge i leads from heights[i] to heights[i + 1]."""
    first, (_, start) = _stairs(edges, heights, steep)
    jumps = heights[: len(edges)] - np.roll(heights, 1)[: len(edges)]
    return [first, (jumps[:, None] * 1.0, start)]
