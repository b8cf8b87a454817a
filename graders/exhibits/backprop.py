"""A picture of the gradients of a network."""

from __future__ import annotations

import numpy as np

from chainrule.grading import Heat, exhibit, numerical_gradient_of

from ..networks import XOR_T, XOR_X, Layers, outputs

LAYERS: Layers = [
    (np.array([[1.0, -0.8, 0.6], [-0.9, 0.7, 1.1]]), np.array([0.3, -0.4, -0.6])),
    (np.array([[1.2], [-0.7], [0.9]]), np.array([-0.5])),
]


def _measured(number: int) -> np.ndarray:
    """A layer's gradient by differences: dW, and db as a last row."""
    W, b = LAYERS[number]

    def error(block: np.ndarray) -> float:
        layers = [*LAYERS[:number], (block[:-1], block[-1]), *LAYERS[number + 1 :]]
        return float(np.sum((outputs(XOR_X, layers) - XOR_T) ** 2) / len(XOR_X))

    return numerical_gradient_of(error, np.vstack([W, b]))


@exhibit("forward", "backward")
def gradients_beside_the_measured_ones(submission):
    """Your gradients beside the measured ones.

    A network of sizes 2-3-1 on the four points of XOR. Beside yours: how much the error really
    changes when one weight is moved a little. A layer that is wrong spoils all layers before it,
    so begin with the last one.
    """
    activations = submission.forward(XOR_X, LAYERS)
    gradients = submission.backward(activations, LAYERS, XOR_T)
    panels = []
    for number, (dW, db) in reversed(list(enumerate(gradients))):
        got, measured = np.vstack([dW, db]), _measured(number)
        wrong = ~np.isclose(got, measured, rtol=1e-5, atol=1e-8)
        rows = [f"from {place}" for place in range(1, len(got))] + ["bias"]
        columns = [f"unit {place}" for place in range(1, got.shape[1] + 1)]
        name = f"layer {number + 1}"
        says = f"{wrong.sum()} of {wrong.size} entries of {name} differ from the measured ones."
        panels.append(Heat(f"{name}: yours", says, got, rows, columns, wrong))
        right = f"The measured gradient of {name}."
        panels.append(Heat(f"{name}: measured", right, measured, rows, columns))
    return panels
