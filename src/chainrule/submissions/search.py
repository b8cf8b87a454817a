"""Where in one student's folder each assignment lies, and which files only nearly are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .archives import archive_stem, open_archive
from .model import IntakeLimits, Refused
from .names import SUFFIXES, assignment_of, looks_like_code, near_miss
from .tree import File, Folder, Node, Odd, walk


@dataclass
class Found:
    """What a search brought to light."""

    places: dict[str, list[tuple[Folder, Node]]] = field(default_factory=dict)
    """For each assignment, whatever has its name, and the folder around it."""
    misses: list[tuple[Node, str]] = field(default_factory=list)
    """Files that were not graded, and what they should probably be called."""
    misplaced: list[Node] = field(default_factory=list)
    """Assignments in the folder of another one."""
    unknown: list[Node] = field(default_factory=list)
    """Modules and notebooks named like nothing."""


def search(folder: Folder, assignments: Sequence[str], limits: IntakeLimits) -> Found:
    """Look in the folder and in nbgrader's folders of assignments.

    Only when neither holds anything, one level further down: a student may have handed in a folder
    in a folder, or a lone archive (Moodle puts each into a folder named after the student).
    """
    if folder.depth:
        _must_be_honest(folder)
    found = Found()
    _look(found, folder, assignments)
    for sub in folder.entries:
        if sub.name in assignments:
            _look_into(found, folder, sub, assignments)
    if found.places:
        return found
    for sub in folder.folders:
        if sub.name not in assignments:
            _look(found, sub, assignments)
    archives = [file for file in folder.files if archive_stem(file.name) is not None]
    if not found.places and len(archives) == 1:
        return search(open_archive(archives[0], limits), assignments, limits)
    return found


def _must_be_honest(archive: Folder) -> None:
    """Links and devices have no business in an archive of exercises: nothing of it is graded."""
    for node in walk(archive):
        if isinstance(node, Odd) and node.hostile:
            inside = node.path.removeprefix(archive.path + "/")
            raise Refused(
                f"holds '{inside}', which {node.reason} Pack nothing but ordinary files and "
                "hand it in again."
            )


def _look_into(found: Found, folder: Folder, sub: Node, assignments: Sequence[str]) -> None:
    """Look in nbgrader's folder of an assignment; if it cannot be read, only that one is lost."""
    try:
        if isinstance(sub, Folder):
            _look(found, sub, [sub.name], others=assignments)
    except Refused as refusal:
        sub = Odd(sub.name, sub.path, str(refusal))
    if isinstance(sub, Odd):
        found.places.setdefault(sub.name, []).append((folder, sub))


def _look(
    found: Found, folder: Folder, assignments: Sequence[str], others: Sequence[str] = ()
) -> None:
    for node in folder.entries:
        name = assignment_of(node.name, assignments)
        meant = near_miss(node.name, assignments) if name is None else None
        if name is not None:
            found.places.setdefault(name, []).append((folder, node))
        elif not isinstance(node, File):
            continue
        elif assignment_of(node.name, others):
            found.misplaced.append(node)
        elif meant is not None:
            found.misses.append((node, meant))
        elif looks_like_code(node.name):
            found.unknown.append(node)


def expected(assignments: Sequence[str]) -> str:
    """The names to choose from, for people."""
    return ", ".join(f"{assignment}{next(iter(SUFFIXES))}" for assignment in assignments)
