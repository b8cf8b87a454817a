"""The parts of a structured result that are wrong, such as one layer's dW, each as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .parts import Grid, compared


@dataclass(frozen=True)
class Block:
    """One part: what it is called, and its entries with the wrong ones marked."""

    name: str
    grid: Grid


def wrong_blocks(shown: Mapping[str, Any]) -> list[Block]:
    """The wrong parts of a counterexample; none where the two cannot be laid side by side."""
    try:
        grids = list(_grids(shown.get("expected"), shown.get("got")))
    except _NoGridError:
        return []
    if len(grids) < 2:
        return []
    names = _names(grids, shown)
    return [Block(name, grid) for name, grid in zip(names, grids, strict=True) if grid.wrong]


class _NoGridError(Exception):
    """The two values are not of one structure, or hold something that is no small table."""


def _grids(expected: Any, got: Any) -> Iterator[Grid]:
    found = compared(expected, got)
    if found is not None:
        yield found
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for one, other in zip(expected, got, strict=True):
            yield from _grids(one, other)
    else:
        raise _NoGridError


def _names(grids: list[Grid], shown: Mapping[str, Any]) -> list[str]:
    """A name for each part: the course names the right ones and the first that is wrong."""
    right = [str(name) for name in shown.get("right_blocks") or ()]
    known = iter(right if len(right) == sum(not g.wrong for g in grids) else ())
    first = str(shown.get("block") or "")
    names = []
    for number, grid in enumerate(grids, start=1):
        name = first if grid.wrong else next(known, "")
        first = "" if grid.wrong else first
        names.append(name or f"part {number} of {len(grids)}")
    return names
