"""Pictures of a network that learns its own features."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from chainrule.grading import Lines, Plane, agree, demand, exhibit

from ..networks import XOR_START, XOR_T, XOR_X, Layers, measured_losses, outputs

CLASSES = XOR_T[:, 0].astype(int)
AROUND = (-0.5, 1.5, -0.5, 1.5)
UNITS = (-0.1, 1.1, -0.1, 1.1)
CELLS = 33
RATE, ITERATIONS = 5.0, 150
NEURON: Layers = [(np.array([[4.0], [3.5]]), np.array([-2.0]))]
TWO_UNITS: Layers = [
    (np.array([[1.5, -0.9], [1.2, -1.4]]), np.array([-0.7, 0.6])),
    (np.array([[0.9], [0.7]]), np.array([-0.4])),
]
"""From here two hidden units learn XOR; their features can be drawn in a plane."""
STARTS = 8


@cache
def _grid(extent: tuple[float, float, float, float]) -> np.ndarray:
    left, right, bottom, top = extent
    across, up = np.meshgrid(np.linspace(left, right, CELLS), np.linspace(bottom, top, CELLS))
    return np.column_stack([across.ravel(), up.ravel()])


def _surface(layers: Layers, extent: tuple[float, float, float, float]) -> np.ndarray:
    return outputs(_grid(extent), layers).reshape(CELLS, CELLS)


def _demand_small(layers: Layers) -> None:
    """A network is asked at a thousand points here: one of a million units would fill memory."""
    sizes = [2, *(len(b) for _, b in layers)]
    shapes = [np.shape(W) for W, _ in layers]
    fits = shapes == list(pairwise(sizes)) and sizes[-1] == 1
    demand(fits, "the layers do not fit one another, from two inputs to one output")
    demand(max(sizes) <= 500 and len(sizes) <= 50, "a network of this size is not drawn")


def _answers(y: np.ndarray) -> str:
    right = int(((y[:, 0] > 0.5) == CLASSES).sum())
    said = ", ".join(f"{v:.2f} at ({x:.0f}, {z:.0f})" for v, (x, z) in zip(y[:, 0], XOR_X))  # noqa: B905 - four each
    return f"{right} of 4 points are right: the network says {said}."


def _map(title: str, layers: Layers) -> Plane:
    surface = _surface(layers, AROUND)
    says = _answers(outputs(XOR_X, layers))
    return Plane(title, says, XOR_X, CLASSES, surface, AROUND, ("x1", "x2"))


@exhibit("solve_xor", "train")
def what_the_network_says(submission):
    """What your network says everywhere, and what a single neuron can say.

    The line is where the output is 0.5. A neuron draws one straight line, and no straight line
    parts the circles from the triangles; your network bends it, or draws two.
    """
    network = submission.solve_xor(0)
    _demand_small(network)
    neuron, _ = submission.train(XOR_X, XOR_T, NEURON, 1.0, 10)
    return [_map("your network", network), _map("a single neuron, trained by you", neuron)]


@exhibit("train", "hidden_features")
def features_before_and_after(submission):
    """What two hidden units make of the four points, before and after your training.

    The output unit can only draw a straight line through the plane of the hidden units. Training
    moves the four points until a straight line will do.
    """
    panels = []
    trained, _ = submission.train(XOR_X, XOR_T, TWO_UNITS, RATE, 400)
    for title, layers in (("before training", TWO_UNITS), ("after 400 iterations", trained)):
        features = submission.hidden_features(XOR_X, layers)
        surface = _surface(layers[-1:], UNITS)
        says = _answers(outputs(features, layers[-1:]))
        axes = "hidden unit 1", "hidden unit 2"
        panels.append(Plane(title, says, features, CLASSES, surface, UNITS, axes))
    return panels


@exhibit("train")
def losses_beside_the_right_ones(submission):
    """Your loss curve beside the right one.

    A network of sizes 2-4-1 from a good start, at a learning rate of 5. From the same start the
    two curves are one: where they part, look at the gradient and at the step.
    """
    _, got = submission.train(XOR_X, XOR_T, XOR_START, RATE, ITERATIONS)
    right = measured_losses(RATE, ITERATIONS)
    apart = [n for n in range(ITERATIONS) if not agree(got[n], right[n], rtol=1e-3)]
    says = f"Both fall from {right[0]:.3g} to {right[-1]:.2g}, as one curve."
    if apart:
        says = (
            f"They part at iteration {apart[0]}; at the end yours is {got[-1]:.3g}, and the right "
            f"one is {right[-1]:.2g}."
        )
    lines = [("right", right), ("yours", got)]
    return [Lines("", says, lines, ("iteration", "error E"), logarithmic=True)]


@exhibit("initialize", "train")
def many_starts(submission):
    """Where your training gets from many starts.

    Networks of sizes 2-2-1, each from another seed. Those that stay on a plateau are stuck: a
    gradient says where it is downhill, not where the valley is. More hidden units, or another
    start, are the way out.
    """
    curves = []
    for seed in range(STARTS):
        start = submission.initialize((2, 2, 1), seed)
        _, losses = submission.train(XOR_X, XOR_T, start, RATE, 400)
        curves.append(("", losses))
    ends = sorted(float(losses[-1]) for _, losses in curves)
    learned = sum(end < 0.02 for end in ends)
    says = (
        f"{learned} of {STARTS} starts end below an error of 0.02; the best ends at {ends[0]:.2g}, "
        f"the worst at {ends[-1]:.2g}."
    )
    return [Lines("", says, curves, ("iteration", "error E"), logarithmic=True)]
