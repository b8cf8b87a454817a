"""Pictures of one neuron's forward pass."""

from __future__ import annotations

import numpy as np

from chainrule.grading import Lines, exhibit


@exhibit("sigmoid", "sigmoid_derivative")
def slope_of_the_sigmoid(submission):
    """The sigmoid and its slope.

    The slope is largest at 0 and vanishes on both sides: a neuron that is very sure learns
    nothing. Your derivative should lie on what is measured on your own sigmoid.
    """
    a = np.linspace(-6.0, 6.0, 49)
    step = 1e-4
    y = submission.sigmoid(a)
    derivative = submission.sigmoid_derivative(a)
    measured = (submission.sigmoid(a + step) - submission.sigmoid(a - step)) / (2 * step)
    apart = float(np.max(np.abs(derivative - measured)))
    says = (
        f"From -6 to 6 your sigmoid goes from {y[0]:.3g} to {y[-1]:.3g}. Your derivative and the "
        f"measured slope differ by {apart:.2g} at most."
    )
    lines = [("your sigmoid", y), ("your derivative", derivative), ("measured slope", measured)]
    return [Lines("", says, lines, ("pre-activation a", ""), x=a)]
