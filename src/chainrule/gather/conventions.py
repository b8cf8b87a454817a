"""Whose work a file or folder is, by the name that the system it comes from gave it.

Canvas:            lastfirst_LATE_12345_67890_losses-1.py     (user, submission, version)
Moodle, folders:   Full Name_12345_assignsubmission_file_/losses.py
Moodle, files:     Full Name_12345_assignsubmission_file_losses.py
Clones:            losses-octocat, course-losses-octocat      (GitHub Classroom, Classroom 50)

A student chooses the end of such a name, which may look like a whole one of another student or of
another system. So what counts is the first mark in it, and a source has one system.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)", re.DOTALL)
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)
_VERSION = re.compile(r"(?P<stem>.+?)(?:-(?P<dash>\d+)| ?\((?P<paren>\d+)\))(?P<suffix>\.\w+)")


@dataclass(frozen=True)
class Who:
    """A student as a system names them.

    Args:
        key: tells students apart, whatever they are called.
        name: the folder their work goes to.
        file: the file's own name, where it is part of the whole one.
        late: whether the system marked it late.
    """

    key: str
    name: str
    file: str = ""
    late: bool = False


def canvas(name: str) -> Who | None:
    """The student of a file of a Canvas download."""
    found = _CANVAS.fullmatch(name)
    if found is None:
        return None
    label = f"{found['name']}_{found['id']}"
    return Who(f"canvas {found['id']}", label, found["file"], late=found["late"] is not None)


def moodle(name: str) -> Who | None:
    """The student of a file or folder of a Moodle download."""
    found = _MOODLE.fullmatch(name)
    if found is None:
        return None
    label = f"{found['name']}_{found['id']}"
    return Who(f"moodle {found['id']}", label, found["file"] or "")


def downloaded(name: str) -> Who | None:
    """The student by any of the systems' conventions; Canvas's mark comes first where it is."""
    return canvas(name) or moodle(name)


def system_of(names: Sequence[str]) -> Callable[[str], Who | None]:
    """How the names of one download are read, by what most of them are.

    Moodle leaves no underscore in a student's name, so none of its own looks like one of Canvas's;
    a file on Canvas may be called like one of Moodle's.
    """
    canvases = sum(canvas(name) is not None for name in names)
    others = sum(canvas(name) is None and moodle(name) is not None for name in names)
    return moodle if others > canvases else canvas


def clone(name: str, prefix: str) -> Who:
    """The student of a clone; host names do not tell capital from small letters."""
    owner = name.removeprefix(prefix)
    return Who(f"login {owner.casefold()}", owner)


def common_prefix(names: Sequence[str]) -> str:
    """What the names of clones share, up to a hyphen; empty for fewer than two names."""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)
    shared = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    text = first if shared is None else first[:shared]
    return text[: text.rfind("-") + 1]


def unversioned(name: str, assignments: Sequence[str]) -> tuple[str, int]:
    """A file's name without the mark of a re-submission, and which one it is, counted from 0.

    Canvas appends -1, -2, browsers (1), (2); only where an assignment's own name remains.
    """
    found = _VERSION.fullmatch(name)
    if found is None or found["stem"] not in assignments:
        return name, 0
    return found["stem"] + found["suffix"], int(found["dash"] or found["paren"])
