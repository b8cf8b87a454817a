"""Pictures as SVG inside the page: text stays text, and ink takes the page's own colours."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

INK = "#010203"
"""Stands for the page's text colour while matplotlib draws."""
FILL = "#010204"
"""Stands for the page's accent."""
_STYLE: dict[Any, Any] = {
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
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(4.2, 2.1), layout="constrained")
        axes = figure.add_subplot()
        axes.hist(shares, bins=[i / 10 for i in range(11)], color=FILL, rwidth=0.92)
        axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.set_ylabel("students")
        return svg(figure, title)


def svg(figure: Figure, title: str) -> Markup:
    """A figure as an element of the page."""
    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :].replace(INK, "currentColor").replace(FILL, "var(--accent)")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"font: [^;\"]*;?", "", text)
    text = re.sub(r' (width|height)="[\d.]+pt"', "", text, count=2)
    label = Markup('<svg role="img" aria-label="{}"').format(title)
    return label + Markup(text.removeprefix("<svg"))  # noqa: S704 - drawn from numbers alone
