"""What a student can ask for while writing a function: hints, one by one, and the formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    """The help with one function.

    Args:
        formula: the lecture's, as text.
        hints: three, from a nudge to a method; none is the answer.
    """

    formula: str
    hints: tuple[str, str, str]
