"""Draw the figures of the notebooks: python narrative/figures.py

They are committed, so that notebooks are the same whatever version of matplotlib is installed.
Grey and two colours on a transparent ground can be read on white and on black.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from solutions import backprop, delta_rule, losses, xor  # noqa: E402 - the course lies beside us

GREY, BLUE, ORANGE, FAINT = "#808080", "#3b82e0", "#e07b1a", "#80808055"
X = np.array([[1, 0.1, -0.2], [1, -0.1, 0.9], [1, 1.2, 0.1], [1, 1.1, 1.5]])
T = np.array([0, 0, 0, 1])
W = np.array([1.0, -1.0, 1.0])
STYLE = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 10,
    "lines.linewidth": 2,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    **dict.fromkeys(
        ("axes.edgecolor", "axes.labelcolor", "text.color", "xtick.color", "ytick.color"), GREY
    ),
}


def softmax() -> Any:
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.2, 2.5))
    logits = np.array([2.0, 1.0, -1.0])
    places = np.arange(3)
    for shift, colour, offset in ((0, BLUE, -0.2), (3, ORANGE, 0.2)):
        left.bar(places + offset, logits + shift, 0.36, color=colour)
        shares = losses.softmax(logits + shift)
        right.bar(places + offset, shares, 0.36, color=colour)
    for place, share in zip(places, losses.softmax(logits), strict=True):
        right.text(place, share + 0.02, f"{share:.2f}", ha="center")
    left.axhline(0, color=GREY, linewidth=0.8)
    left.set_title("logits, and the same + 3", fontsize=10)
    right.set_title("softmax of either", fontsize=10)
    right.set_ylim(0, 1)
    for axes in (left, right):
        axes.set_xticks(places, ["cat", "dog", "fox"])
    return figure


def losses_() -> Any:
    figure, axes = plt.subplots(figsize=(5.4, 2.9))
    p = np.linspace(0.005, 1, 400)
    axes.plot(p, -np.log(p), color=ORANGE, label="cross-entropy, −log p")
    axes.plot(p, (1 - p) ** 2, color=BLUE, label="squared error, (1 − p)²")
    axes.set(xlabel="p: probability given to the truth", ylabel="cost", ylim=(0, 5), xlim=(0, 1))
    axes.legend()
    return figure


def data() -> Any:
    figure, axes = plt.subplots(figsize=(4.4, 3.2))
    x1 = np.array([-1, 2.5])
    axes.plot(x1, x1 - 1, color=GREY, linewidth=1.5)
    axes.fill_between(x1, x1 - 1, 3, color=BLUE, alpha=0.12, linewidth=0)
    axes.text(-0.75, 2.1, "x·w > 0: “yes”", color=BLUE)
    axes.text(1.35, -0.75, "x·w < 0: “no”")
    for mark, colour, label in (("o", GREY, 0), ("*", ORANGE, 1)):
        chosen = X[label == T]
        size = 60 if label == 0 else 190
        axes.scatter(
            chosen[:, 1], chosen[:, 2], size, colour, marker=mark, label=f"t = {label}", zorder=3
        )
    axes.set(xlabel="x₁", ylabel="x₂", xlim=(-1, 2.5), ylim=(-1, 2.5))
    axes.legend(loc="lower left")
    return figure


def sigmoid() -> Any:
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.6, 2.6))
    a = np.linspace(-6, 6, 300)
    y = backprop.sigmoid(a)
    left.plot(a, y, color=BLUE)
    left.plot(a, 1 + np.exp(-a), "--", color=ORANGE)
    left.text(2.4, 0.62, "1 / (1 + e⁻ᵃ)", color=BLUE)
    left.text(0.4, 1.75, "1/1 + e⁻ᵃ", color=ORANGE)
    left.set(xlabel="a", ylim=(-0.1, 3), title="σ(a)")
    right.plot(a, y * (1 - y), color=BLUE)
    right.set(xlabel="a", ylim=(-0.01, 0.3), title="its slope, dσ/da")
    for axes in (left, right):
        axes.title.set_fontsize(10)
    return figure


def descent() -> Any:
    figure, axes = plt.subplots(figsize=(5.2, 3.4))
    rows, columns = np.linspace(-0.6, 3.6, 80), np.linspace(-2.4, 1.6, 80)
    bias = -2.0
    weights = [[(bias, c, r) for c in columns] for r in rows]
    heights = np.mean((backprop.sigmoid(np.array(weights) @ X.T) - T) ** 2, axis=-1)
    shown = axes.contour(columns, rows, heights, 14, colors=BLUE, alpha=0.75, linewidths=1.1)
    axes.clabel(shown, shown.levels[::3], fontsize=7, colors=GREY)
    path = [np.array([bias, -2.0, 0.0])]
    for _ in range(60):
        slope = delta_rule.batch_gradient(X, path[-1], T) * [0, 1, 1]
        path.append(path[-1] - 2.0 * slope)
    line = np.array(path)
    axes.plot(line[:, 1], line[:, 2], ".-", color=ORANGE, linewidth=1.2, markersize=5)
    axes.annotate("start", line[0, 1:], (-2.2, -0.45), color=ORANGE)
    axes.set(xlabel="weight of x₁", ylabel="weight of x₂")
    return figure


def differences() -> Any:
    figure, axes = plt.subplots(figsize=(5.2, 3.0))
    w = np.linspace(-0.2, 2.4, 200)
    f = lambda v: 0.07 * v**3 + 0.55 * v**2 - 0.5 * v + 1  # noqa: E731 - a formula
    at, h = 1.1, 0.9
    axes.plot(w, f(w), color=GREY)
    slope = 0.21 * at**2 + 1.1 * at - 0.5
    axes.axline((at, f(at)), slope=slope, color=GREY, linestyle=":", label="tangent")
    ends = np.array([at - h, at + h])
    axes.plot(ends, f(ends), "o-", color=BLUE, label="both sides")
    axes.plot([at, at + h], [f(at), f(at + h)], "o--", color=ORANGE, label="one side")
    axes.set_xticks([at - h, at, at + h], ["w − h", "w", "w + h"])
    axes.set(ylim=(0.6, 3.2), yticks=[])
    axes.legend(loc="upper left")
    return figure


def rates() -> Any:
    figure, axes = plt.subplots(figsize=(5.2, 2.8))
    for rate, colour, style in ((0.1, GREY, "-"), (0.5, BLUE, "-"), (2.0, ORANGE, "-")):
        _, course = delta_rule.train_neuron(X, W, T, rate, 200)
        axes.plot(course, style, color=colour, label=f"γ = {rate:g}")
    axes.set(xlabel="iteration", ylabel="mean squared error", ylim=(0, 0.4))
    axes.legend()
    return figure


def network() -> Any:
    figure, axes = plt.subplots(figsize=(5.6, 3.1))
    layers = [[(0, 0.5), (0, -0.5)], [(1, 1), (1, 0), (1, -1)], [(2, 0)]]
    for before, after in itertools.pairwise(layers):
        for start in before:
            for end in after:
                axes.plot(*zip(start, end, strict=True), color=FAINT, linewidth=1.5, zorder=1)
    for units, colour in zip(layers, (GREY, BLUE, BLUE), strict=True):
        axes.scatter(*zip(*units, strict=True), s=620, color=colour, zorder=2)
    for place, text in ((0, "x"), (1, "a⁽¹⁾"), (2, "y")):
        axes.text(place, -1.62, text, ha="center", fontsize=12)
    for height, start, end, colour, text in (
        (1.55, 0.1, 1.9, BLUE, "forward: activations"),
        (-2.2, 1.9, 0.1, ORANGE, "backward: slopes of E"),
    ):
        axes.annotate(
            "",
            (end, height),
            (start, height),
            arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.6},
        )
        axes.text(1, height + 0.08, text, ha="center", color=colour)
    axes.set(xlim=(-0.4, 2.4), ylim=(-2.35, 1.9))
    axes.axis("off")
    return figure


def xor_() -> Any:
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 2.9))
    layers, _ = xor.train(xor.X, xor.T, xor.initialize((2, 2, 1), 3), 5.0, 4000)
    features = xor.hidden_features(xor.X, layers)
    for axes, points, name in ((left, xor.X, "x"), (right, features, "h")):
        _points(axes, points)
        axes.set(xlim=(-0.2, 1.2), ylim=(-0.2, 1.2), xlabel=f"{name}₁", ylabel=f"{name}₂")
    (_, _), (weights, biases) = layers
    ends = np.array([-0.2, 1.2])
    right.plot(ends, -(biases[0] + weights[0, 0] * ends) / weights[1, 0], color=BLUE)
    left.set_title("the inputs", fontsize=10)
    right.set_title("two learned features", fontsize=10)
    return figure


def _points(axes: Any, points: np.ndarray) -> None:
    for mark, colour, label, size in (("o", GREY, 0, 60), ("*", ORANGE, 1, 190)):
        chosen = points[xor.T[:, 0] == label]
        axes.scatter(
            chosen[:, 0], chosen[:, 1], size, colour, marker=mark, label=f"t = {label}", zorder=3
        )


def staircase() -> Any:
    figure, axes = plt.subplots(figsize=(5.6, 2.8))
    x = np.linspace(0, 1, 900)
    curve = lambda v: np.sin(2.2 * np.pi * v) * np.exp(-v) + 0.3 * v  # noqa: E731 - a formula
    edges = np.linspace(0, 1, 10)[1:-1]
    middles = np.linspace(0, 1, 10)[:-1] + 1 / 18
    (W1, b1), (W2, b2) = xor.staircase(edges, curve(middles))
    steps = backprop.sigmoid(x[:, None] @ W1 + b1) @ W2 + b2
    axes.plot(x, curve(x), color=GREY, label="a function")
    axes.plot(x, steps[:, 0], color=BLUE, label="the network")
    axes.set(xlabel="x", yticks=[])
    axes.legend()
    return figure


FIGURES: dict[str, Callable[[], Any]] = {
    "softmax": softmax,
    "losses": losses_,
    "data": data,
    "sigmoid": sigmoid,
    "descent": descent,
    "differences": differences,
    "rates": rates,
    "network": network,
    "xor": xor_,
    "staircase": staircase,
}


def main() -> None:
    """Draw all of them."""
    with mpl.rc_context(STYLE):
        for name, draw in FIGURES.items():
            figure = draw()
            path = HERE / "figures" / f"{name}.png"
            figure.savefig(path, dpi=115, bbox_inches="tight", metadata={"Software": None})
            plt.close(figure)


if __name__ == "__main__":
    main()
