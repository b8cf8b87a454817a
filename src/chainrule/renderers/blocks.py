"""The parts of a structured result that are wrong, such as one layer's dW, each as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from .parts import Grid, compared

MOST_BLOCKS = 3
"""Wrong parts that are shown; a deep network has many."""

_PARTS = 40
"""What has more parts is no network but a long list."""


@dataclass(frozen=True)
class Block:
    """One part: what it is called, and its entries with the wrong ones marked."""

    name: str
    grid: Grid


def wrong_blocks(shown: Mapping[str, Any]) -> list[Block]:
    """The wrong parts of a counterexample; none where the two cannot be laid side by side."""
    if shown.get("compared") is False:
        return []
    known = _known(shown)
    try:
        grids = list(islice(_of_parts(shown, known), _PARTS + 1))
    except _NoGridError:
        return []
    if not 2 <= len(grids) <= _PARTS:
        return []
    names = _names(grids, known)
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


def _of_parts(shown: Mapping[str, Any], known: list[str]) -> Iterator[Grid]:
    """A table for each part; a pair of equally long vectors is two parts if it has two names."""
    expected, got = shown.get("expected"), shown.get("got")
    lists = [v for v in (expected, got) if isinstance(v, list) and len(v) == len(known)]
    if len(known) > 1 and len(lists) == len((expected, got)):
        for one, other in zip(*lists, strict=True):
            yield from _grids(one, other)
    else:
        yield from _grids(expected, got)


def _known(shown: Mapping[str, Any]) -> list[str]:
    """What the course calls the parts; those of one list, ``losses[0]``, go by the list's name."""
    names = (str(name).partition("[")[0] for name in shown.get("blocks") or ())
    return [name for name, _ in groupby(names)]


def _names(grids: list[Grid], known: list[str]) -> list[str]:
    """The names of the parts, where there is one for each."""
    if len(known) == len(grids):
        return known
    return [f"part {number} of {len(grids)}" for number in range(1, len(grids) + 1)]
