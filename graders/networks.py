"""Networks that tell right from wrong, shared by the public and the hidden checks.

No two sizes of a network are equal, so that a wrong axis or a missing transpose shows, except in
the square cases, where the same mistake stays silent and gives wrong numbers. Weights and inputs
are small enough that sigmoids keep a slope: where they are flat, every gradient is 0 and passes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from chainrule.grading import demand, draw, expect, numerical_gradient_of

from .inputs import learning_rates

Layers = list[tuple[np.ndarray, np.ndarray]]
Shapes = Sequence[tuple[int, tuple[int, ...]]]
Draw = st.DrawFn

ONE_LAYER: Shapes = ((3, (2, 1)), (2, (3, 4)), (4, (2, 3)))
TWO_LAYERS: Shapes = ((3, (2, 4, 1)), (2, (3, 4, 5)), (4, (2, 5, 3)), (5, (4, 3, 2)))
DEEPER: Shapes = ((2, (3, 4, 5, 1)), (5, (2, 3, 1, 4)), (3, (2, 4, 5, 1, 6)))
ALIKE: Shapes = ((3, (3, 3, 3)), (1, (2, 3, 4)), (1, (3, 2, 1)))
"""Samples and the sizes of the network; the last group is square, or a single sample."""
DECISIONS: Shapes = ((3, (2, 4, 1)), (5, (3, 1)), (2, (3, 4, 5, 1)), (1, (2, 3, 1)))
"""One output."""
SHAPES: Shapes = (*TWO_LAYERS, *DEEPER, *ALIKE, *ONE_LAYER)

XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_T = np.array([[0.0], [1.0], [1.0], [0.0]])

XOR_START: Layers = [
    (
        np.array([[1.4, 1.5, 1.1, -1.9], [-1.8, -0.7, 1.5, 1.8]]),
        np.array([0.1, 1.1, -0.7, 1.3]),
    ),
    (np.array([[1.3], [-1.7], [1.9], [-0.6]]), np.array([-1.3])),
]
"""From here, learning rate 5 brings the error below 0.02 within 70 iterations, and calmly: a start
moved by 1e-7 moves no error by more than 1e-7."""

STUCK_START: Layers = [
    (np.array([[0.1, 2.7], [-2.1, 2.7]]), np.array([-1.1, -0.5])),
    (np.array([[2.0], [-0.5]]), np.array([0.3])),
]
"""From here gradient descent runs into the plateau at 0.125, where two of four points are right
and two are undecided; more iterations do not help."""


class Problem(NamedTuple):
    """Samples x (N, D), a network, and targets t (N, K)."""

    x: np.ndarray
    layers: Layers
    t: np.ndarray


@st.composite
def stacks(pick: Draw, sizes: tuple[int, ...]) -> Layers:
    """Layers of these sizes; biases are as large as weights, so that none can be forgotten."""
    return [
        (pick(draw.arrays((m, n), -1.4, 1.4)), pick(draw.arrays((n,), -1.0, 1.0)))
        for m, n in pairwise(sizes)
    ]


@st.composite
def integer_stacks(pick: Draw, sizes: tuple[int, ...]) -> Layers:
    """Layers of int64 weights and biases."""
    return [
        (pick(draw.integers_array((m, n), -1, 2)), pick(draw.integers_array((n,), -1, 1)))
        for m, n in pairwise(sizes)
    ]


@st.composite
def targets(pick: Draw, samples: int, classes: int, soft: bool = True) -> np.ndarray:
    """Targets (N, K) whose rows sum to 1: four quarters, each laid on some class.

    A single output has no classes: its targets are numbers from 0 to 1, as those of XOR.
    """
    if classes == 1:
        return pick(draw.arrays((samples, 1), 0.0, 1.0, 0.25 if soft else 1.0))
    parts = 4 if soft else 1
    labels = pick(draw.integers_array((samples, parts), 0, classes - 1))
    return np.eye(classes)[labels].sum(axis=1) / parts


@st.composite
def problems(pick: Draw, shapes: Shapes = SHAPES) -> Problem:
    """Samples, a network and targets of one of the shapes."""
    samples, sizes = pick(st.sampled_from(shapes))
    x = pick(draw.arrays((samples, sizes[0]), -2.0, 2.0))
    return Problem(x, pick(stacks(sizes)), pick(targets(samples, sizes[-1])))


@st.composite
def problem_pairs(pick: Draw, shapes: Shapes = SHAPES) -> tuple[Problem, Problem]:
    """Two problems of the same shapes, so that one taken for the other raises no error."""
    shape = pick(st.sampled_from(shapes))
    return pick(problems((shape,))), pick(problems((shape,)))


@st.composite
def integer_problems(pick: Draw, shapes: Shapes = SHAPES) -> Problem:
    """Problems that hold int64 and nothing else."""
    samples, sizes = pick(st.sampled_from(shapes))
    x = pick(draw.integers_array((samples, sizes[0]), -2, 2))
    t = pick(targets(samples, sizes[-1], soft=False))
    return Problem(x, pick(integer_stacks(sizes)), t.astype(np.int64))


@st.composite
def networks(pick: Draw, shapes: Shapes = SHAPES) -> Layers:
    """A network without data."""
    return pick(stacks(pick(st.sampled_from(shapes))[1]))


def integer_networks(shapes: Shapes = SHAPES) -> st.SearchStrategy[Layers]:
    """A network of int64 without data."""
    return st.sampled_from(shapes).flatmap(lambda shape: integer_stacks(shape[1]))


@st.composite
def network_pairs(pick: Draw, shapes: Shapes = SHAPES) -> tuple[Layers, Layers]:
    """Two lists of layers of the same sizes: a network and gradients for it, or two networks."""
    _, sizes = pick(st.sampled_from(shapes))
    return pick(stacks(sizes)), pick(stacks(sizes))


class Logits(NamedTuple):
    """Logits and targets of one shape, (N, K)."""

    logits: np.ndarray
    t: np.ndarray


@st.composite
def logit_batches(pick: Draw, soft: bool = True) -> Logits:
    """Logits of K > 1 classes and targets whose rows sum to 1."""
    samples, classes = pick(st.sampled_from(((2, 3), (3, 2), (4, 3), (3, 3), (2, 5), (1, 3))))
    logits = pick(draw.arrays((samples, classes)))
    return Logits(logits, pick(targets(samples, classes, soft)))


def decisions() -> st.SearchStrategy[Problem]:
    """Problems of one output, which is never so near to 0.5 that rounding decides."""

    def clear(problem: Problem) -> bool:
        return bool((np.abs(outputs(problem.x, problem.layers) - 0.5) > 1e-3).all())

    return problems(DECISIONS).filter(clear)


class Training(NamedTuple):
    """A problem, a learning rate and a number of iterations."""

    problem: Problem
    rate: float
    iterations: int


@st.composite
def trainings(pick: Draw, shapes: Shapes = SHAPES, at_most: int = 3) -> Training:
    """A few iterations from a random start: enough to differ, too few to part by rounding."""
    problem = pick(problems(shapes))
    return Training(problem, pick(learning_rates()), pick(st.integers(1, at_most)))


def xor_network(k: float) -> Layers:
    """A network that solves XOR by an OR and a NAND: the larger k, the surer."""
    W1, b1 = k * np.array([[1.0, -1.0], [1.0, -1.0]]), k * np.array([-0.5, 1.5])
    return [(W1, b1), (k * np.ones((2, 1)), np.array([-1.5 * k]))]


@st.composite
def xor_solutions(pick: Draw) -> Layers:
    """Networks that solve XOR, surer or less sure, with their hidden units in either order."""
    layers = xor_network(pick(st.integers(4, 9)))
    return relabelled(layers) if pick(st.booleans()) else layers


class Staircase(NamedTuple):
    """Edges (M,), increasing, and heights (M + 1,)."""

    edges: np.ndarray
    heights: np.ndarray


@st.composite
def staircases(pick: Draw, smallest_gap: float = 0.2) -> Staircase:
    """Staircases whose every step goes up or down by 0.5 to 2, at edges from -3 on."""
    steps = pick(st.integers(1, 5))
    gaps = pick(draw.integers_array((steps,), 1, 10)) * smallest_gap
    jumps = pick(draw.integers_array((steps,), -4, 3))
    jumps[jumps >= 0] += 1
    first = pick(draw.arrays((2,), -3.0, 3.0))
    edges = first[0] + np.cumsum(gaps) - gaps[0]
    return Staircase(edges.round(6), first[1] + 0.5 * np.concatenate([[0], np.cumsum(jumps)]))


def fixed_problem(samples: int, sizes: tuple[int, ...]) -> Problem:
    """The same problem whenever it is asked for: for a size that every seed has to meet."""
    spread = [np.sin(np.arange(1.0, m * n + 1)).reshape(m, n) for m, n in pairwise(sizes)]
    layers = [(W.round(2), np.cos(np.arange(1.0, W.shape[1] + 1)).round(2)) for W in spread]
    x = np.cos(np.arange(2.0, samples * sizes[0] + 2)).reshape(samples, sizes[0]).round(1)
    t = np.eye(sizes[-1])[np.arange(samples) % sizes[-1]]
    if sizes[-1] == 1:
        t = (np.arange(samples) % 2.0)[:, np.newaxis]
    return Problem(x, layers, (0.75 * t + 0.25 * np.roll(t, 1, axis=1)).round(2))


def activation_forms(x: np.ndarray, layers: Layers, array: Callable[..., Any]) -> list[Any]:
    """The form of what `forward` returns: x, then one array a layer."""
    return [array(*np.shape(x)), *(array(len(x), len(b)) for _, b in layers)]


def layer_forms(layers: Layers, array: Callable[..., Any]) -> list[Any]:
    """The form of layers, or of gradients, as large as these layers."""
    return [(array(*np.shape(W)), array(len(b))) for W, b in layers]


def size_forms(sizes: Sequence[int], array: Callable[..., Any]) -> list[Any]:
    """The form of layers of these sizes."""
    return [(array(m, n), array(n)) for m, n in pairwise(sizes)]


def block_names(layers: Layers, prefix: str = "") -> list[str]:
    """What a message calls the blocks: "W of layer 1", with the prefix "d" "dW of layer 1"."""
    numbers = range(1, len(layers) + 1)
    return [f"{prefix}{block} of layer {n}" for n in numbers for block in ("W", "b")]


def relabelled(layers: Layers) -> Layers:
    """The same function with the units of the first hidden layer in another order.

    The last unit comes first, with everything that leads to it and away from it.
    """
    (W1, b1), (W2, b2), *rest = layers
    return [(np.roll(W1, 1, axis=1), np.roll(b1, 1)), (np.roll(W2, 1, axis=0), b2), *rest]


def outputs(x: np.ndarray, layers: Layers) -> np.ndarray:
    """What a network of sigmoids says of x, in float64 whatever the layers hold."""
    for W, b in layers:
        a = np.asarray(x, dtype=np.float64) @ np.asarray(W, dtype=np.float64) + b
        x = 0.5 + 0.5 * np.tanh(0.5 * a)
    return x


def linear_outputs(x: np.ndarray, layers: Layers) -> np.ndarray:
    """What the layers say of x without their sigmoids, in float64."""
    for W, b in layers:
        x = np.asarray(x, dtype=np.float64) @ np.asarray(W, dtype=np.float64) + b
    return x


def as_precise_as(layers: Layers, values: Any) -> np.ndarray:
    """Values in the precision of the layers that they come from.

    Single precision in the layers is single precision in what follows from them, even where that
    was computed here or made a Python float.
    """
    single = any(np.asarray(part).dtype == np.float32 for layer in layers for part in layer)
    return np.asarray(values, dtype=np.float32 if single else np.float64)


@cache
def measured_losses(rate: float, iterations: int) -> np.ndarray:
    """The losses of gradient descent on XOR from ``XOR_START``, with gradients by differences.

    Slow, but nobody can read from it how a gradient is computed.
    """
    shapes = [np.shape(part) for layer in XOR_START for part in layer]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])

    def error(weights: np.ndarray) -> float:
        parts = np.split(weights, ends[:-1])
        W1, b1, W2, b2 = (part.reshape(s) for part, s in zip(parts, shapes, strict=True))
        return float(np.sum((outputs(XOR_X, [(W1, b1), (W2, b2)]) - XOR_T) ** 2) / len(XOR_X))

    weights = np.concatenate([np.ravel(part) for layer in XOR_START for part in layer])
    measured: list[float] = []
    while len(measured) < iterations:
        measured.append(error(weights))
        weights = weights - rate * numerical_gradient_of(error, weights)
    return np.array(measured)


def demand_learned(losses: np.ndarray, rate: float, below: float) -> None:
    """Demand of the losses from ``XOR_START`` to end low; beside them, every tenth right one."""
    if losses[-1] < below:
        return
    says = f"the last error should be below {below:g}; it is {losses[-1]:.3g}"
    right = measured_losses(rate, len(losses))
    demand(False, f"{says} (every tenth error is shown)", got=losses[::10], expected=right[::10])


def expect_training(got: Any, want: Any, rtol: float = 1e-9) -> None:
    """Demand of two pairs (layers, losses) to agree as closely as trajectories should."""
    (layers, losses), (right_layers, right_losses) = got, want
    right_losses = as_precise_as(layers, right_losses)
    expect(losses, right_losses, rtol=rtol, atol=rtol, label="the list of losses")
    names = block_names(right_layers)
    expect(layers, right_layers, rtol=rtol, atol=rtol, label="the trained network", names=names)


def demand_distinct_columns(W: np.ndarray, number: int) -> None:
    """Demand that no two units of layer ``number`` have the same weights."""
    apart = np.abs(W[:, :, np.newaxis] - W[:, np.newaxis, :]).max(axis=0)
    closest = (apart + np.where(np.eye(W.shape[1]), np.inf, 0.0)).min(initial=np.inf)
    demand(closest > 1e-9, f"in W of layer {number} no two columns should be equal", got=W)


def demand_solved(layers: Layers) -> None:
    """Demand that a network tells the four points of XOR apart."""
    sizes = [2, *(len(b) for _, b in layers)]
    shapes = [np.shape(W) for W, _ in layers]
    demand(
        shapes == list(pairwise(sizes)) and sizes[-1] == 1,
        "the layers should fit one another, from two inputs to one output",
        got=shapes,
    )
    y = outputs(XOR_X, layers)
    demand(
        np.array_equal(y > 0.5, XOR_T == 1),
        "the network should say more than 0.5 for (0, 1) and (1, 0), and not for (0, 0) and (1, 1)",
        got=y,
        expected=XOR_T,
    )


def distance_between_classes(features: np.ndarray) -> float:
    """How far the two classes of XOR are apart in these features (4, H): 0 if no line parts them.

    Each class is two points, so a line (a plane, for H > 2) parts the classes just if the segments
    between them do not meet: the answer is the smallest distance between the two segments.
    """
    a, b, c, d = np.asarray(features, dtype=np.float64)[[0, 3, 1, 2]]
    found = [_to_segment(*points) for points in ((a, c, d), (b, c, d), (c, a, b), (d, a, b))]
    directions = np.stack([b - a, c - d], axis=1)
    shares = np.linalg.lstsq(directions, c - a, rcond=None)[0]
    if (shares >= 0).all() and (shares <= 1).all():
        found.append(float(np.linalg.norm(a - c + directions @ shares)))
    return min(found)


def _to_segment(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    along = end - start
    length = along @ along
    share = np.clip((point - start) @ along / length, 0, 1) if length > 0 else 0.0
    return float(np.linalg.norm(start + share * along - point))


def demand_steps(layers: Layers, edges: np.ndarray, heights: np.ndarray) -> None:
    """Demand that a network with a linear output is the staircase, wherever that is promised."""
    gap = np.diff(edges).min() if len(edges) > 1 else 1.0
    beside = 0.0501 * gap
    between = (edges[1:] + edges[:-1]) / 2
    out = max(1.0, beside)
    ends = [edges[0] - 1000 * out, edges[0] - out, edges[-1] + out, edges[-1] + 1000 * out]
    x = np.sort(np.concatenate([edges - beside, edges + beside, between, ends]))
    with np.errstate(all="ignore"):  # steep units may overflow; a nan is not near any height
        y = linear_outputs(outputs(x[:, np.newaxis], layers[:1]), layers[1:])[:, 0]
    want = heights[np.searchsorted(edges, x)]
    error = np.abs(y - want)
    error[np.isnan(error)] = np.inf
    worst = int(np.argmax(error))
    demand(
        error[worst] <= 1e-3 * np.abs(np.diff(heights)).max(),
        f"at x = {x[worst]:g} the output should be the height of that step",
        got=y[worst],
        expected=float(want[worst]),
    )
