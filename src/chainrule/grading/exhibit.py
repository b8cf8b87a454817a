"""Exhibits: pictures of what a submission's own functions do, as plain arrays.

An exhibit calls the submission as a check does and returns panels, which hold numbers and words
and no colour: how they are drawn is a report's business. An exhibit judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from .declare import describe

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Plane:
    """Points of two classes in a plane, and what a network says everywhere between them.

    Args:
        title: a few words above the panel.
        says: what the panel shows, for those who do not see it.
        points: (N, 2).
        classes: (N,), 0 or 1.
        values: (rows, columns) in [0, 1], the lowest row first; where they cross 0.5 a line is
            drawn.
        extent: (left, right, bottom, top) of ``values``.
        axes: what the two directions are.
    """

    title: str
    says: str
    points: np.ndarray
    classes: np.ndarray
    values: np.ndarray
    extent: tuple[float, float, float, float]
    axes: tuple[str, str]


@dataclass(frozen=True)
class Lines:
    """Lines over 0, 1, 2, ..., or over ``x``.

    Args:
        title: as above.
        says: as above.
        lines: (name, values) each; those without a name are drawn thin, and in no legend.
        axes: what is across and what is up.
        x: the places across, where they are not 0, 1, 2, ...
        logarithmic: whether the scale upwards is logarithmic.
    """

    title: str
    says: str
    lines: Sequence[tuple[str, Any]]
    axes: tuple[str, str]
    x: np.ndarray | None = None
    logarithmic: bool = False


@dataclass(frozen=True)
class Heat:
    """A table of numbers whose cells are coloured by their size.

    Args:
        title: as above.
        says: as above.
        values: (rows, columns).
        rows: a name for each row.
        columns: a name for each column.
        wrong: (rows, columns) of bool: the cells to be marked.
    """

    title: str
    says: str
    values: np.ndarray
    rows: Sequence[str]
    columns: Sequence[str]
    wrong: np.ndarray | None = None


Panel = Plane | Lines | Heat


@dataclass(frozen=True)
class Exhibit:
    """One picture of an assignment.

    Args:
        functions: the student's functions that it calls.
        name: unique within the assignment.
        title: what it is, as the student reads it.
        text: what there is to see in it.
        body: called with the submission, gives a list of panels.
    """

    functions: tuple[str, ...]
    name: str
    title: str
    text: str
    body: Callable[..., Sequence[Panel]]


def exhibit(*functions: str) -> Callable[[F], F]:
    """Declare an exhibit; the docstring's first line is its title, the rest goes below it.

    Args:
        functions: the student's functions that it calls.
    """

    def attach(body: F) -> F:
        title, text = describe(body)
        body.__chainrule_exhibit__ = Exhibit(  # type: ignore[attr-defined]
            functions, body.__name__, title.rstrip("."), " ".join(text.split()), body
        )
        return body

    return attach
