"""Pictures as SVG inside the page: text stays text, and ink takes the page's own colours."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

INK = "#010203"
"""Stands for the page's text colour while matplotlib draws."""
FILL = "#010204"
"""Stands for the page's accent."""
MUTED = "#010205"
"""Stands for the page's second text colour."""
BAD = "#010206"
"""Stands for the colour of what is wrong."""
THEME = {INK: "currentColor", FILL: "var(--accent)", MUTED: "var(--muted)", BAD: "var(--bad)"}
HUGE = 1e30
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "chainrule",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def histogram(shares: Sequence[float], title: str) -> Markup:
    """How many students have how much of the points.

    Args:
        shares: each student's share, 0 to 1.
        title: what the picture says, for those who do not see it.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(4.2, 2.1), layout="constrained")
        axes = figure.add_subplot()
        axes.hist(shares, bins=[i / 10 for i in range(11)], color=FILL, rwidth=0.92)
        axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.set_ylabel("students")
        return svg(figure, title)


@lru_cache(1000)  # many answer alike
def curves(expected: tuple[float, ...], got: tuple[float, ...]) -> Markup:
    """What came against what was expected, step by step."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(4.6, 2.3))
        figure.subplots_adjust(left=0.16, bottom=0.2, right=0.97, top=0.97)
        axes = figure.add_subplot()
        axes.plot([*map(drawn, expected)], color=FILL, label="expected", linewidth=2)
        axes.plot([*map(drawn, got)], color=INK, label="got", linewidth=1.6, linestyle="--")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
        axes.set_xlabel("entry")
        axes.legend(frameon=False)
        parting = next((i for i, (e, g) in enumerate(zip(expected, got, strict=True)) if e != g), 0)
        said = (
            f"{len(got)} entries; from entry {parting} on, what came parts from what was expected"
        )
        return svg(figure, said)


def drawn(value: float) -> float:
    """A number that axes can hold; others leave a gap."""
    return value if abs(value) < HUGE else math.nan


def svg(figure: Figure, title: str) -> Markup:
    """A figure as an element of the page."""
    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    for stand_in, colour in THEME.items():
        text = text.replace(stand_in, colour)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"font: [^;\"]*;?", "", text)
    text = re.sub(r' (width|height)="[\d.]+pt"', "", text, count=2)
    label = Markup('<svg role="img" aria-label="{}"').format(title)
    return label + Markup(text.removeprefix("<svg"))  # noqa: S704 - drawn from numbers alone
