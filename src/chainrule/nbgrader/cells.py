"""A notebook's cells: those that the gradebook knows, and those that were handed in.

What students hand in is read as data: of a cell, its kind, its text, its pictures and the name of
the exercise it claims to be. All else (outputs, other metadata, nbgrader's flags) is not believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..judge.show import inert

CHECK = "check-"
"""What the name of an exercise's grade cell begins with."""
_KINDS = ("code", "markdown", "raw")
_PICTURES = ("image/png", "image/jpeg", "image/gif")


class Unreadable(ValueError):
    """These bytes are no notebook."""


@dataclass(frozen=True)
class Part:
    """A cell as the gradebook knows it.

    Args:
        name: nbgrader's grade_id.
        cell_type: ``code`` or ``markdown``.
        source: as it was released.
        checksum: nbgrader's, of that.
        locked: whether students may not change it.
        grade: whether it has a score.
        solution: whether students write in it.
        task: whether it is a task, to be graded by hand.
        points: what it is worth, where it has a score.
    """

    name: str
    cell_type: str
    source: str = ""
    checksum: str | None = None
    locked: bool = False
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float | None = None

    @property
    def given(self) -> bool:
        """Whether it is code or text for students to use and not to change."""
        return self.locked and not (self.grade or self.solution or self.task)

    @property
    def exercise(self) -> str:
        """The name of the exercise that a grade cell stands for."""
        return self.name.removeprefix(CHECK)

    @property
    def metadata(self) -> dict[str, Any]:
        """The cell's metadata.nbgrader, schema 3."""
        found: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.name,
            "cell_type": self.cell_type,
            "locked": self.locked,
            "grade": self.grade,
            "solution": self.solution,
            "task": self.task,
        }
        known = {"checksum": self.checksum, "points": self.points}
        return found | {key: value for key, value in known.items() if value is not None}


@dataclass(frozen=True)
class Handed:
    """A cell as it was handed in."""

    cell_type: str
    source: str
    name: str | None = None
    """The grade_id it claims, if any."""
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read(data: bytes) -> list[Handed]:
    """The cells of a notebook.

    Raises:
        Unreadable: if there are none to be had.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list):
        raise Unreadable
    return [_handed(cell) for cell in cells if isinstance(cell, dict)]


def _handed(cell: dict[str, Any]) -> Handed:
    kind = cell.get("cell_type")
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    text = source if isinstance(source, str) else ""
    return Handed(
        kind if kind in _KINDS else "raw",
        text.encode("utf-8", "replace").decode(),  # half a surrogate pair cannot be written
        _claimed(cell.get("metadata")),
        _pictures(cell.get("attachments")),
    )


def _claimed(metadata: Any) -> str | None:
    claims = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = claims.get("grade_id") if isinstance(claims, dict) else None
    return name if isinstance(name, str) else None


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Pictures pasted into an answer; other kinds could be run by a browser."""
    found = {}
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        kept = {k: kinds[k] for k in _PICTURES if isinstance(kinds, dict) and k in kinds}
        if kept and all(isinstance(v, str) for v in kept.values()):
            found[str(name)] = kept
    return found


def block(text: str) -> str:
    """Text as an indented block of Markdown: nothing in it is markup, whoever wrote it.

    A carriage return would end the line and the block; it is escaped like all that is not shown.
    """
    return "\n".join(f"    {line}".rstrip() for line in inert(text).split("\n"))
