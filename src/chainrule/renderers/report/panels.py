"""A submission's pictures, panel by panel: from numbers to SVG."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from ...results import Picture
from .pictures import BAD, FILL, INK, MUTED, STYLE, drawn, svg

LINES: list[dict[str, Any]] = [
    {"color": FILL, "linewidth": 2.4},
    {"color": INK, "linewidth": 1.5, "linestyle": "--"},
    {"color": MUTED, "linewidth": 1.5, "linestyle": ":"},
]
CLASSES = (("o", "class 0"), ("^", "class 1"))
"""Told apart by shape, so that nobody has to tell colours apart."""


class Drawing(NamedTuple):
    """A panel as a page shows it; the width is in inches."""

    kind: str
    title: str
    says: str
    width: float
    picture: Markup


def drawings(picture: Picture) -> Iterator[Drawing]:
    """Each panel, drawn; one that nobody can draw is left out."""
    for panel in picture.panels:
        if panel.kind in _KINDS:
            data = json.dumps(panel.data, sort_keys=True)
            yield Drawing(
                panel.kind, panel.title, panel.says, *_drawn(panel.kind, panel.says, data)
            )


@lru_cache(400)  # right answers look alike
def _drawn(kind: str, says: str, data: str) -> tuple[float, Markup]:
    with mpl.rc_context(STYLE):
        figure = _KINDS[kind](json.loads(data))
        return figure.get_figwidth(), svg(figure, says)


def _axes(width: float, height: float, names: list[str]) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height))
    figure.subplots_adjust(left=0.17, bottom=0.2, right=0.97, top=0.96)
    axes = figure.add_subplot()
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    return figure, axes


def _plane(data: dict[str, Any]) -> Figure:
    """Shades for the network's output, a line at 0.5, and the points on top."""
    figure, axes = _axes(3.4, 3.1, data["axes"])
    left, right, bottom, top = data["extent"]
    values = [[_finite(v) for v in row] for row in data["values"]]
    across = _places(left, right, len(values[0]))
    up = _places(bottom, top, len(values))
    axes.contourf(across, up, values, levels=_LEVELS, cmap="PuOr", alpha=0.9, antialiased=False)
    if min(map(min, values)) < 0.5 < max(map(max, values)):
        axes.contour(across, up, values, levels=[0.5], colors="#000000", linewidths=1.8)
    for number, (marker, name) in enumerate(CLASSES):
        points = [p for p, c in zip(data["points"], data["classes"], strict=True) if c == number]
        axes.scatter(
            [_finite(p[0]) for p in points],
            [_finite(p[1]) for p in points],
            s=90,
            marker=marker,
            facecolor="#ffffff",
            edgecolor="#000000",
            linewidth=1.6,
            label=name,
            zorder=3,
        )
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_xticks([0, 0.5, 1])
    axes.set_yticks([0, 0.5, 1])
    return figure


_LEVELS = [n / 10 for n in range(11)]


def _places(start: float, end: float, number: int) -> list[float]:
    return [start + (end - start) * n / max(number - 1, 1) for n in range(number)]


def _finite(value: float | None) -> float:
    return 0.5 if value is None else min(max(value, -1e6), 1e6)


def _lines(data: dict[str, Any]) -> Figure:
    """Up to three named lines, and any number of thin ones."""
    figure, axes = _axes(4.6, 2.7, data["axes"])
    named = 0
    for name, values in data["lines"]:
        heights = [drawn(math.nan if v is None else v) for v in values]
        if data["logarithmic"]:
            heights = [v if v > 0 else math.nan for v in heights]
        places = data["x"] or range(len(heights))
        style = LINES[named % 3] if name else {"color": FILL, "linewidth": 1, "alpha": 0.8}
        axes.plot(places, heights, label=name or None, **style)
        named += bool(name)
    if data["logarithmic"] and any(v and v > 0 for _, values in data["lines"] for v in values):
        axes.set_yscale("log")
        # Powers of ten as plain text: matplotlib's own take longer than all the rest.
        axes.yaxis.set_major_formatter(lambda v, _: f"{v:g}")
        axes.yaxis.set_minor_locator(NullLocator())
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    if named:
        axes.legend(frameon=False)
    return figure


def _heat(data: dict[str, Any]) -> Figure:
    """Cells coloured from minus to plus, their numbers inside, the wrong ones framed."""
    values, rows, columns = data["values"], data["rows"], data["columns"]
    size = max((abs(v) for row in values for v in row if v is not None), default=1.0) or 1.0
    figure = Figure(figsize=(1.2 + 0.95 * len(columns), 0.55 + 0.5 * len(rows)))
    figure.subplots_adjust(left=0.95 / figure.get_figwidth(), right=0.98, bottom=0.04, top=0.82)
    axes = figure.add_subplot()
    shades = [[_finite(v) if v is not None else 0.0 for v in row] for row in values]
    axes.pcolormesh(shades, cmap="PuOr", vmin=-1.6 * size, vmax=1.6 * size, edgecolors="#808080")
    axes.invert_yaxis()
    wrong = data["wrong"] or [[False] * len(columns)] * len(rows)
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            _cell(axes, x, y, value, wrong[y][x])
    axes.set_xticks([x + 0.5 for x in range(len(columns))], columns)
    axes.set_yticks([y + 0.5 for y in range(len(rows))], rows)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def _cell(axes: Axes, x: int, y: int, value: float | None, wrong: bool) -> None:
    text = "no number" if value is None else f"{value:.3g}".replace("-", "−")
    text = f"✗ {text}" if wrong else text
    weight = "bold" if wrong else "normal"
    # On these shades, which no theme changes, black can be read.
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", color="#000000", weight=weight)
    if wrong:
        frame = mpl.patches.Rectangle(
            (x + 0.04, y + 0.06), 0.92, 0.88, fill=False, edgecolor=BAD, linewidth=2.5
        )
        axes.add_patch(frame)


_KINDS: dict[str, Callable[[dict[str, Any]], Figure]] = {
    "Plane": _plane,
    "Lines": _lines,
    "Heat": _heat,
}
