"""A check's message in parts, and what was expected beside what came, wrong entries marked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

MAX_TEXT = 6000
"""Characters of one text that a page shows."""
LONG = 8
"""From so many numbers on, a list is drawn."""
MOST = 2000
"""Beyond so many numbers it is not."""
MAX_COLUMNS = 12
MAX_ROWS = 24

_KEYS = {"Input": "input", "Expected": "expected", "Got": "got", "Hint": "hint"}
_VALUES = ("input", "expected", "got")
_INDENT = " " * 10


class Told(Protocol):
    """What is read of a check's result, whatever kind of record holds it."""

    @property
    def message(self) -> str: ...
    @property
    def counterexample(self) -> Mapping[str, Any] | None: ...


@dataclass(frozen=True)
class Cell:
    """An entry as text, and whether it differs from what was expected."""

    text: str
    wrong: bool


@dataclass(frozen=True)
class Grid:
    """Two arrays of one shape, row by row."""

    expected: list[list[Cell]]
    got: list[list[Cell]]
    wrong: int
    entries: int


@dataclass(frozen=True)
class Curve:
    """A long list of numbers that should have gone one way and went another: losses, mostly."""

    expected: tuple[float, ...]
    got: tuple[float, ...]


@dataclass(frozen=True)
class Parts:
    """What a message says, part by part; a part that is missing is empty."""

    says: str = ""
    input: str = ""
    expected: str = ""
    got: str = ""
    advice: str = ""
    hint: str = ""
    grid: Grid | None = None
    curve: Curve | None = None


def parts(check: Told) -> Parts:
    """Take a message apart: what has no label says what is wrong, or after values what to do."""
    found: dict[str, list[str]] = {}
    current = "says"
    for line in clip(check.message).split("\n"):
        label, colon, rest = line.partition(":")
        if colon and _KEYS.get(label, current) not in found and label in _KEYS:
            current, line = _KEYS[label], rest.strip()  # noqa: PLW2901 - the label is said apart
        elif line.startswith(_INDENT) and current in _VALUES:
            line = line.removeprefix(_INDENT)  # noqa: PLW2901 - as above
        elif current in _VALUES:
            current = "advice"
        found.setdefault(current, []).append(line)
    texts = {key: "\n".join(lines).strip("\n") for key, lines in found.items()}
    shown = check.counterexample or {}
    return Parts(grid=grid(shown), curve=curve(shown.get("expected"), shown.get("got")), **texts)


def clip(text: str) -> str:
    """Text of a length that a page can hold."""
    if len(text) <= MAX_TEXT:
        return text
    return f"{text[:MAX_TEXT]} … ({len(text) - MAX_TEXT} more characters)"


def curve(expected: Any, got: Any) -> Curve | None:
    """The first place where both hold one long list of numbers, however deep."""
    if not isinstance(expected, list) or not isinstance(got, list):
        return None
    if max(len(expected), len(got)) > MOST or _is_matrix(expected):
        return None
    pair = [[_number(v) for v in values] for values in (expected, got)]
    if len(expected) == len(got) >= LONG and None not in pair[0] + pair[1]:
        first, second = (tuple(v for v in values if v is not None) for values in pair)
        return Curve(first, second)
    inside = (curve(e, g) for e, g in zip(expected, got, strict=False))
    return next((c for c in inside if c is not None), None)


def _is_matrix(value: list[Any]) -> bool:
    """Whether a list holds rows of one length; no row of a matrix is a course of losses."""
    lists = [row for row in value if isinstance(row, list) and row and _number(row[0]) is not None]
    return 1 < len(value) == len(lists) and len({len(row) for row in lists}) == 1


def grid(shown: Mapping[str, Any]) -> Grid | None:
    """Expected and got as tables, where both are numbers of one small shape.

    Parts with names of their own are no rows of one table, and where the two need not be equal
    nothing is marked as wrong.
    """
    if shown.get("compared") is False or len(shown.get("blocks") or ()) > 1:
        return None
    found = compared(shown.get("expected"), shown.get("got"))
    return found if found is not None and found.entries > 1 else None


def compared(expected_value: Any, got_value: Any) -> Grid | None:
    """Two numbers, vectors or matrices of one small shape as tables."""
    expected, got = _rows(expected_value), _rows(got_value)
    if expected is None or got is None or [len(r) for r in expected] != [len(r) for r in got]:
        return None
    entries = sum(len(r) for r in expected)
    scale = max((abs(v) for r in expected for v in r if math.isfinite(v)), default=0.0)
    wrong = [
        [not _close(g, e, scale) for e, g in zip(er, gr, strict=True)]
        for er, gr in zip(expected, got, strict=True)
    ]
    return Grid(
        [[Cell(number(e), False) for e in row] for row in expected],
        [
            [Cell(number(g), w) for g, w in zip(row, bad, strict=True)]
            for row, bad in zip(got, wrong, strict=True)
        ],
        sum(map(sum, wrong)),
        entries,
    )


def _close(got: float, want: float, scale: float) -> bool:
    if math.isnan(want) or math.isinf(want) or not math.isfinite(got):
        return got == want or (math.isnan(got) and math.isnan(want))
    return abs(got - want) <= 1e-6 * abs(want) + 1e-9 * max(1.0, scale)


def _rows(value: Any) -> list[list[float]] | None:
    """A vector as one row, a matrix as its rows, a number by itself; else it is no table."""
    if (alone := _number(value)) is not None:
        return [[alone]]
    if not isinstance(value, list) or not value:
        return None
    rows = value if isinstance(value[0], list) else [value]
    if len(rows) > MAX_ROWS:
        return None
    found = []
    for row in rows:
        if not isinstance(row, list) or not 0 < len(row) <= MAX_COLUMNS:
            return None
        numbers = [_number(v) for v in row]
        if None in numbers:
            return None
        found.append([n for n in numbers if n is not None])
    return found


def _number(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    known = isinstance(value, str) and value in ("nan", "inf", "-inf")
    return float(value) if known else None


def number(value: float) -> str:
    """A number short enough for a table, with a true minus sign."""
    return f"{value:.6g}".replace("-", "−")
