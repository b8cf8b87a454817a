"""Who handed in what: a folder is one student's submission, or a class of them.

A folder that directly holds a file named like an assignment is one submission. Otherwise its
sub-folders and archives are students, each with files of their own, or with nbgrader's folder per
assignment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .archives import archive_stem
from .model import Refused
from .names import assignment_of, looks_like_code, near_miss
from .tree import File, Folder, Node, Odd

# nbgrader's name for the folder of what students handed in, inside a course's folder.
SUBMITTED = "submitted"
_MOST_WRAPPINGS = 2


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


def lay_out(folder: Folder, assignments: Sequence[str], wrappings: int = _MOST_WRAPPINGS) -> Layout:
    """The students below a folder; none if nothing in it could be one."""
    if is_submission(folder, assignments):
        return Layout([Unit(folder.name, folder)])
    for sub in folder.folders:
        if sub.name == SUBMITTED:
            return _class(sub)
    found = _class(folder)
    only = found.units[0].node if len(found.units) == 1 else None
    if isinstance(only, Folder) and wrappings and _is_class(only, assignments):
        return lay_out(only, assignments, wrappings - 1)
    if _is_misnamed(found, assignments):
        return Layout([Unit(folder.name, folder)])
    return found


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


def _is_class(folder: Folder, assignments: Sequence[str]) -> bool:
    """Whether a lone sub-folder is the class itself, wrapped: it holds several students."""
    try:
        several = len(_class(folder).units) > 1
        nbgrader = any(sub.name == SUBMITTED for sub in folder.folders)
    except Refused:
        return False
    return nbgrader or (several and not is_submission(folder, assignments))


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
