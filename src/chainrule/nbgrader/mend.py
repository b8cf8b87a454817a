"""A notebook as nbgrader needs it, of whatever was handed in.

Each cell that the gradebook knows is in it once, with the metadata that the gradebook knows; a
check reads as it was released; nothing is lost that a student wrote. What had to be mended is said
to that student, and concerns no other. Grading does not depend on any of it: all code cells that
were handed in are run, as they are and in their order.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .cells import CHECK, Handed, Part, block


@dataclass(frozen=True)
class Cell:
    """A cell of the mended notebook: what it shows, and what it is to nbgrader."""

    handed: Handed
    part: Part | None = None


@dataclass
class Mended:
    """The notebook's cells, and by name what a student is told about each."""

    cells: list[Cell] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)


_MISSING = "This cell was missing from what was handed in."


def mend(handed: Sequence[Handed], parts: Sequence[Part]) -> Mended:
    """Give each part of the release its cell.

    Args:
        handed: the cells in their order.
        parts: the cells that the gradebook knows, in the release's order.
    """
    known = {part.name: part for part in parts}
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(handed):
        if cell.name in known:
            places.setdefault(str(cell.name), []).append(place)
    mended = Mended()
    for place, cell in enumerate(handed):
        part = known.get(cell.name or "")
        # Of several, the last: a definition replaces those before it, and so reads its comment.
        mine = part is not None and places[part.name][-1] == place
        mended.cells.append(_restored(cell, part) if part and mine else Cell(_shown(cell)))
    _add_missing(mended, [part for part in parts if part.name not in places and not part.given])
    for part in parts:
        notes = _notes(part, [handed[place] for place in places.get(part.name, ())])
        if notes:
            mended.notes[part.name] = notes
    return mended


def _restored(cell: Handed, part: Part) -> Cell:
    source = part.source if part.locked and not part.given else cell.source
    return Cell(replace(cell, cell_type=part.cell_type, source=source), part)


def _shown(cell: Handed) -> Handed:
    """A raw cell would go into a page as it is: it is shown as text."""
    if cell.cell_type != "raw":
        return cell
    return Handed("markdown", block(cell.source))


def _notes(part: Part, handed: Sequence[Handed]) -> list[str]:
    """What a student is told about one cell."""
    notes = []
    if not handed:
        return [_MISSING] if part.solution or part.given else []
    if part.given and handed[-1].source != part.source:
        notes.append("This cell was given, and has been changed; it was run as it was handed in.")
    if part.solution and len(handed) > 1:
        notes.append(
            f"This cell was handed in {len(handed)} times; all were run, in their order, "
            "and the last definition counts."
        )
    if part.solution and part.cell_type == "code" and handed[-1].cell_type != "code":
        notes.append("This cell was handed in as text, which is not run; make it a code cell.")
    return notes


def _add_missing(mended: Mended, missing: Sequence[Part]) -> None:
    """Put back what was deleted: an exercise before its check, a check after its exercise."""
    for part in missing:
        text = f"# {_MISSING}" if part.solution and not part.grade else part.source
        cell = Cell(Handed(part.cell_type, text, part.name), part)
        mended.cells.insert(_place(mended.cells, part), cell)


def _place(cells: Sequence[Cell], part: Part) -> int:
    names = [cell.part.name if cell.part else None for cell in cells]
    stem = part.name.removeprefix(CHECK)
    after = (n + 1 for n, name in enumerate(names) if name == stem)
    before = (n for n, name in enumerate(names) if name == f"{CHECK}{part.name}")
    return next(itertools.chain(after, before), len(cells))
