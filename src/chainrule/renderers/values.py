"""A check's message on a terminal: arrays as tables, what is wrong in them marked, curves drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ..judge.show import inert
from ..results import Panel, Picture
from .blocks import MOST_BLOCKS, wrong_blocks
from .lines import put, put_message
from .parts import Curve, Grid, Told, parts

MARK = "*"
"""Stands behind a wrong entry: no colour is needed to see it, nor an eye."""
LISTED = 6
"""Wrong entries that are told one by one where a table would be too wide."""
WIDE, HIGH = 60, 9
_LABELS = ("Expected: ", "Got:      ")


def put_verdict(check: Told, console: Console, indent: int, hint: bool = True) -> None:
    """Print a message; its values as a table or a curve where they are numbers.

    Args:
        check: whose message.
        console: where to.
        indent: how far in.
        hint: whether its hint is told, too.
    """
    lines = [line for line in check.message.split("\n") if hint or not line.startswith("Hint: ")]
    drawn = list(_drawn(check, console, indent))
    first = next((n for n, line in enumerate(lines) if line.startswith(_LABELS)), None)
    if first is None or not drawn:
        _put(lines, console, indent)
        return
    _put(lines[:first], console, indent)
    for line in drawn:
        put(console, line, indent)
    _put(_after_values(lines[first:]), console, indent)


def put_curves(pictures: Iterable[Picture], console: Console, indent: int) -> None:
    """Print those pictures that hold two curves, the right one and the student's."""
    for picture in pictures:
        for panel in picture.panels:
            found = _two_curves(panel)
            if found is None:
                continue
            put(console, f"{picture.title}:", indent)
            for line in curve(found, min(console.width - indent, WIDE), ("right", "yours")):
                put(console, line, indent)


def _two_curves(panel: Panel) -> Curve | None:
    if panel.kind != "Lines" or [name for name, _ in panel.data["lines"]] != ["right", "yours"]:
        return None
    (_, right), (_, yours) = panel.data["lines"]
    if len(right) != len(yours) or not right:
        return None
    numbers = [tuple(math.nan if v is None else float(v) for v in vs) for vs in (right, yours)]
    return Curve(*numbers)


def _put(lines: Sequence[str], console: Console, indent: int) -> None:
    if lines:
        put_message(console, inert("\n".join(lines)), indent)


def _after_values(lines: Sequence[str]) -> list[str]:
    """What follows on the values: advice and a hint."""
    start = next(
        (n for n, line in enumerate(lines) if not line.startswith((*_LABELS, " " * 10))), len(lines)
    )
    return list(lines[start:])


def _drawn(check: Told, console: Console, indent: int) -> Iterator[Text]:
    width = console.width - indent
    said = parts(check)
    if said.curve is not None:
        yield from curve(said.curve, min(width, WIDE))
    elif said.grid is not None:
        yield from table(said.grid, width)
    else:
        blocks = wrong_blocks(check.counterexample or {})
        for block in blocks[:MOST_BLOCKS]:
            yield Text(f"{block.name}:")
            yield from table(block.grid, width)
        if len(blocks) > MOST_BLOCKS:
            more = len(blocks) - MOST_BLOCKS
            yield Text(f"and {more} more part{'s are' if more > 1 else ' is'} wrong")


def table(grid: Grid, width: int) -> Iterator[Text]:
    """Expected above got, in the same columns; only what is wrong, where that is too wide."""
    entries = [cell.text for rows in (grid.expected, grid.got) for row in rows for cell in row]
    column = max(map(len, entries)) + len(MARK) + 1
    if len(_LABELS[0]) + column * len(grid.got[0]) > width:
        yield from _listed(grid)
        return
    for label, rows in zip(_LABELS, (grid.expected, grid.got), strict=True):
        for number, row in enumerate(rows):
            line = Text(label if number == 0 else " " * len(label))
            for cell in row:
                text = f"{cell.text}{MARK if cell.wrong else ' '}".rjust(column)
                line.append(text, "bold red" if cell.wrong else "")
            yield line
    if grid.entries > 1:
        yield Text(f"{' ' * len(_LABELS[0])}{MARK} {_count(grid)}", "dim")


def _count(grid: Grid) -> str:
    verb = "is" if grid.wrong == 1 else "are"
    return f"{grid.wrong} of {grid.entries} entries {verb} wrong"


def _listed(grid: Grid) -> Iterator[Text]:
    wrong = [
        (f"[{y}, {x}]" if len(grid.got) > 1 else f"[{x}]", want.text, got.text)
        for y, (wants, gots) in enumerate(zip(grid.expected, grid.got, strict=True))
        for x, (want, got) in enumerate(zip(wants, gots, strict=True))
        if got.wrong
    ]
    yield Text(f"{_count(grid)}:")
    for place, want, got in wrong[:LISTED]:
        yield Text(f"{MARK} {place}: expected {want}, got {got}")
    if len(wrong) > LISTED:
        yield Text(f"and {len(wrong) - LISTED} more")


def curve(found: Curve, width: int, names: tuple[str, str] = ("expected", "got")) -> Iterator[Text]:
    """Two curves in characters, and in words what is to be seen."""
    pairs = list(zip(found.expected, found.got, strict=True))
    parting = next((n for n, (e, g) in enumerate(pairs) if not _near(e, g)), None)
    if parting is None:
        yield Text(f"{names[1].capitalize()} and {names[0]} are one curve.")
    else:
        want, got = pairs[parting]
        yield Text(
            f"They part at entry {parting}: {names[0]} {want:.4g}, {names[1]} {got:.4g}; at the "
            f"end {pairs[-1][0]:.4g} and {pairs[-1][1]:.4g}."
        )
    known = [v for pair in pairs for v in pair if math.isfinite(v) and abs(v) < 1e30]
    if known and width > 30:
        yield from _chart(pairs, min(known), max(known), width)
        yield Text(f"{' ' * 9}o {names[0]}   x {names[1]}   # both", "dim")


def _near(one: float, other: float) -> bool:
    both_nan = math.isnan(one) and math.isnan(other)
    return both_nan or one == other or abs(one - other) <= 1e-3 * abs(one)


def _chart(
    pairs: Sequence[tuple[float, float]], low: float, high: float, width: int
) -> Iterator[Text]:
    """Columns are entries, rows are heights."""
    across = min(width - 10, max(len(pairs), 2))
    lines = [[" "] * across for _ in range(HIGH)]
    for column in range(across):
        pair = pairs[round(column * (len(pairs) - 1) / max(across - 1, 1))]
        for value, sign in zip(pair, "ox", strict=True):
            if math.isfinite(value) and low <= value <= high:
                row = round((high - value) / ((high - low) or 1.0) * (HIGH - 1))
                lines[row][column] = "#" if lines[row][column] != " " else sign
    for row, signs in enumerate(lines):
        label = f"{high:8.3g}" if row == 0 else f"{low:8.3g}" if row == HIGH - 1 else " " * 8
        yield Text(f"{label} |{''.join(signs)}".rstrip())
