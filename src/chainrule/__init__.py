"""chainrule: an auto-grading exercise suite for a lecture on training neural networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# What these two need is imported when they are called: `import chainrule` alone costs nothing.


def check(function: str | None = None, *, course: str | Path | None = None) -> None:
    """In a notebook, run the public checks on a function as its cell was last run.

    Args:
        function: the function's name; without one, all functions of the assignment are checked.
        course: the folder that holds ``graders``, if the notebook does not lie in it.
    """
    from .kernel.check import show  # noqa: PLC0415

    show(function, course=course)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext chainrule``: brings the magic ``%check``."""
    from .kernel.magic import register  # noqa: PLC0415

    register(shell)
