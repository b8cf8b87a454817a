"""Python's collector of garbage, called less often: a tenth of a judge's time is its otherwise."""

from __future__ import annotations

import gc


def relax() -> None:
    """Look for cycles after fifty thousand new objects instead of seven hundred.

    Modules and recordings stay for good. The answers of one submission, some ten thousand objects,
    hold no cycles: they are gone before the collector would have to look at them.
    """
    gc.set_threshold(50_000, 20, 20)


def let_go() -> None:
    """Do not look for cycles at the end of the process, which takes longer than a check's calls."""
    gc.freeze()
