"""Who handed in what: a folder is one student's submission, or a class of them.

A folder that directly holds a file named like an assignment is one submission, and so is one with
nbgrader's folder of an assignment (`neuron/neuron.py`). Otherwise its sub-folders and archives are
students, each with files of their own, or with nbgrader's folder per assignment; if one of them is
nbgrader's `submitted`, the students are in there.

Students choose what their folders are called, `neuron` and `submitted` too, and none of them may
hide the others by it. So it is a class after all

* where something beside nbgrader's folder of an assignment looks handed in, too;
* where two or more folders or archives do beside a file (the file is a problem: whose is it?). One
  alone is a student's former version, and a note says that it was not graded;
* where something beside `submitted` does, or `submitted` is itself a submission. Only beside what
  marks a course's folder is `submitted` nbgrader's whatever lies there; a note names what does.

What `chainrule collect` made is a class, and needs no guess.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .archives import archive_stem, open_archive
from .model import IntakeLimits, Refused
from .names import assignment_of, inert_name, looks_like_code, near_miss
from .tree import File, Folder, Node, Odd

# nbgrader's name for the folder of what students handed in, inside a course's folder.
SUBMITTED = "submitted"
# The list that `chainrule collect` lays into the class that it makes.
COLLECTED = ".collected.json"
# What else nbgrader makes there, a folder an assignment or a student in each.
_NBGRADERS = frozenset({"source", "release", "autograded", "feedback", "downloaded"})
# What stands in a course's folder, and in no class: nbgrader's settings and gradebook, our checks.
_MARKS = frozenset({"nbgrader_config.py", "gradebook.db", "graders"})
_MOST_WRAPPINGS = 2
# Looking into an archive costs what unpacking does, and one is enough to tell a class.
_MOST_OPENED = 8
_MOST_NAMED = 5


@dataclass(frozen=True)
class Unit:
    """What one student handed in, not yet opened."""

    student: str
    """Still as found: not inert."""
    node: Node


@dataclass
class Layout:
    """The students of a path, and what lay between them."""

    units: list[Unit] = field(default_factory=list)
    strays: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was not taken for anybody's, and why."""


def lay_out(
    folder: Folder,
    assignments: Sequence[str],
    limits: IntakeLimits,
    wrappings: int = _MOST_WRAPPINGS,
) -> Layout:
    """The students below a folder; none if nothing in it could be one."""
    found = _class(folder)
    if any(node.name == COLLECTED for node in folder.everything):
        return found
    if is_submission(folder, assignments):
        others = _beside(found, assignments, limits)
        return found if _are_class(folder, others, assignments) else _one(folder, found, others)
    if (submitted := _submitted(found, assignments, limits)) is not None:
        return _tree(submitted, found)
    only = found.units[0].node if len(found.units) == 1 else None
    if isinstance(only, Folder) and wrappings and _is_class(only, assignments, limits):
        return lay_out(only, assignments, limits, wrappings - 1)
    if _is_misnamed(found, assignments):
        return Layout([Unit(folder.name, folder)])
    return found


def _one(folder: Folder, found: Layout, others: Sequence[Unit]) -> Layout:
    """The folder as one student's; what else could have been somebody's is told."""
    told = [u.node.name for u in found.units if u in others or not isinstance(u.node, Folder)]
    note = (
        f"{folder.path} was taken for one submission, for an assignment lies in it, and this "
        f"beside it was not graded: {_named(told)}"
    )
    return Layout([Unit(folder.name, folder)], notes=[note] if told else [])


def _tree(submitted: Folder, around: Layout) -> Layout:
    """nbgrader's folder as the class; whatever else the course's folder holds is told."""
    found = _class(submitted)
    beside = [
        unit.node.name
        for unit in around.units
        if unit.node is not submitted and unit.node.name not in _NBGRADERS
    ]
    if beside:
        found.notes.append(
            f"{submitted.path} was taken for nbgrader's folder, and nothing beside it was graded: "
            f"{_named(beside)}"
        )
    return found


def _named(names: Sequence[str]) -> str:
    shown = [inert_name(name) for name in names[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def is_submission(folder: Folder, assignments: Sequence[str]) -> bool:
    """Whether the folder holds an assignment, or nbgrader's folder of one."""
    return _holds(folder, assignments) or any(
        sub.name in assignments and _holds(sub, [sub.name]) for sub in folder.folders
    )


def _holds(folder: Folder, assignments: Sequence[str]) -> bool:
    # A folder that cannot be listed says so when its student's turn comes.
    try:
        return any(assignment_of(node.name, assignments) for node in folder.entries)
    except Refused:
        return False


def _class(folder: Folder) -> Layout:
    """Every folder, archive or oddity is a student; plain files between them are not."""
    found = Layout()
    for node in folder.entries:
        stem = archive_stem(node.name)
        if isinstance(node, File) and stem is None:
            found.strays.append(node)
        else:
            name = stem if stem and not isinstance(node, Folder) else node.name
            found.units.append(Unit(name, node))
    return found


def _are_class(folder: Folder, others: Sequence[Unit], assignments: Sequence[str]) -> bool:
    """Whether so many others beside an assignment make its folder a class."""
    return len(others) > (1 if _holds(folder, assignments) else 0)


def _beside(found: Layout, assignments: Sequence[str], limits: IntakeLimits) -> list[Unit]:
    """What looks handed in beside an assignment, and is no folder of one."""
    return [
        unit
        for unit in _handed_in(found, assignments, limits)
        if unit.node.name not in assignments or not _has(unit.node, assignments)
    ]


def _handed_in(found: Layout, assignments: Sequence[str], limits: IntakeLimits) -> Iterator[Unit]:
    """The folders and archives that look handed in and are none of nbgrader's."""
    archives = itertools.count(1)
    for unit in found.units:
        node = unit.node
        if isinstance(node, File) and next(archives) > _MOST_OPENED:
            continue
        if node.name in _NBGRADERS and not _has(node, assignments):
            continue
        if _looks_handed_in(node, assignments, limits):
            yield unit


def _has(node: Node, assignments: Sequence[str]) -> bool:
    return isinstance(node, Folder) and _holds(node, assignments)


def _looks_handed_in(node: Node, assignments: Sequence[str], limits: IntakeLimits) -> bool:
    """Whether there is an assignment in it, as far down as one would be searched for."""
    try:
        if isinstance(node, File):
            node = open_archive(node, limits)
        if not isinstance(node, Folder):
            return False
        inside = is_submission if node.name == SUBMITTED else _holds
        return is_submission(node, assignments) or any(
            inside(sub, assignments) for sub in node.folders
        )
    except Refused:
        return False


def _submitted(found: Layout, assignments: Sequence[str], limits: IntakeLimits) -> Folder | None:
    """nbgrader's folder of what was handed in, unless it is a student who is called like it."""
    folders = (unit.node for unit in found.units if isinstance(unit.node, Folder))
    submitted = next((node for node in folders if node.name == SUBMITTED), None)
    if submitted is None or _is_alone(submitted, assignments, limits):
        return None
    beside = {node.name for node in found.strays} | {unit.node.name for unit in found.units}
    others = (u for u in _handed_in(found, assignments, limits) if u.node is not submitted)
    return None if not beside & _MARKS and any(others) else submitted


def _is_alone(folder: Folder, assignments: Sequence[str], limits: IntakeLimits) -> bool:
    """Whether files in the folder itself make it one submission."""
    if not _holds(folder, assignments):
        return False
    others = _beside(_class(folder), assignments, limits)
    return not _are_class(folder, others, assignments)


def _is_class(folder: Folder, assignments: Sequence[str], limits: IntakeLimits) -> bool:
    """Whether a lone sub-folder is the class itself, wrapped: it holds several students."""
    try:
        found = _class(folder)
        names = {node.name for node in folder.everything}
        if COLLECTED in names or any(sub.name == SUBMITTED for sub in folder.folders):
            return True
        if not is_submission(folder, assignments):
            return len(found.units) > 1
        others = _beside(found, assignments, limits)
    except Refused:
        return False
    return _are_class(folder, others, assignments)


def _is_misnamed(found: Layout, assignments: Sequence[str]) -> bool:
    """Whether this is one submission after all, none of whose files has the right name."""
    if not found.units:
        return any(looks_like_code(node.name) for node in found.strays)
    near = any(near_miss(node.name, assignments) for node in found.strays)
    return near and not any(_may_be_student(unit.node, assignments) for unit in found.units)


def _may_be_student(node: Node, assignments: Sequence[str]) -> bool:
    if isinstance(node, Folder):
        try:
            return is_submission(node, assignments)
        except Refused:
            return True
    return not isinstance(node, Odd)
