"""One path of the command line: what kind it is, and whose work lies there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .archives import archive_stem, open_archive
from .disk import on_disk, unreadable
from .layout import Layout, Unit, is_submission, lay_out
from .model import IntakeLimits, Problem, Refused, UsageError
from .names import assignment_of, inert, inert_name, looks_like_code
from .search import expected
from .tree import File, Folder, Node, Odd

_MOST_STRAYS = 20


@dataclass
class Given:
    """What the paths so far have come to."""

    units: list[Unit] = field(default_factory=list)
    loose: dict[tuple[Path, str], list[Node]] = field(default_factory=dict)
    """Single files, by the folder around them and their student."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def taken_units(self) -> list[Unit]:
        """The units, handed over; files of one student from one folder make one of their own."""
        units, self.units = self.units, []
        return units + [
            Unit(student, Folder(student, inert(str(around)), _given_list(nodes)))
            for (around, student), nodes in self.loose.items()
        ]


def _given_list(nodes: list[Node]) -> Callable[[], list[Node]]:
    return lambda: nodes


def given(
    found: Given,
    path: Path,
    assignments: Sequence[str],
    limits: IntakeLimits,
    *,
    own: bool = False,
) -> None:
    """Add what lies at one path."""
    node = _at(path, limits)
    if node.name in assignments:
        node = replace(node, name=_student_around(path, assignments))
    file = isinstance(node, File) and archive_stem(node.name) is None
    if file and not looks_like_code(node.name):
        raise UsageError(
            f"{node.path} is neither a module, a notebook, a folder nor an archive; "
            f"the assignments are {expected(assignments)}"
        )
    # Also whatever else has an assignment's name: it is told apart when its turn comes.
    if file or assignment_of(node.name, assignments):
        student = _student_around(path, assignments)
        found.loose.setdefault((path.parent, student), []).append(node)
    else:
        _several(found, node, assignments, limits, own=own)


def _at(path: Path, limits: IntakeLimits) -> Node:
    """What the user named, links followed: theirs is trusted, unlike one inside a submission."""
    shown = inert(str(path))
    try:
        real = path.resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(f"{shown} does not exist; check the path") from None
    except (OSError, RuntimeError) as error:
        return Odd(path.name, shown, unreadable(error))
    name = real.name if path.name in ("", "..") else path.name
    return replace(on_disk(real, shown, limits), name=name)


def _student_around(path: Path, assignments: Sequence[str]) -> str:
    for part in reversed(path.parent.parts):
        if part in ("..", path.anchor):
            break
        if part not in assignments:
            return part
    return path.stem


def _several(
    found: Given, node: Node, assignments: Sequence[str], limits: IntakeLimits, *, own: bool
) -> None:
    """Add the students of a folder or an archive."""
    try:
        layout = _laid_out(node, assignments, limits, own=own)
    except Refused as refusal:
        found.problems.append(_unopened(node, str(refusal)))
        return
    if not layout.units:
        if isinstance(node, Folder):
            raise UsageError(
                f"nothing to grade in {node.path}: it holds neither {expected(assignments)} "
                "(or notebooks of these names) nor folders of students"
            )
        names = expected(assignments)
        found.problems.append(_unopened(node, f"holds no assignment. Put {names} into it."))
    found.units += layout.units
    found.problems += _nobodys(layout, assignments)
    found.notes += [*layout.notes, *_strays(layout, assignments)]


def _laid_out(node: Node, assignments: Sequence[str], limits: IntakeLimits, *, own: bool) -> Layout:
    if isinstance(node, Odd):
        raise Refused(node.reason)
    folder = node if isinstance(node, Folder) else open_archive(node, limits)
    if own and is_submission(folder, assignments):
        return Layout([Unit(folder.name, folder)])
    return lay_out(folder, assignments, limits)


def _unopened(node: Node, reason: str) -> Problem:
    return Problem(None, node.path, None, f"{inert_name(node.name)} {reason}")


def _nobodys(layout: Layout, assignments: Sequence[str]) -> list[Problem]:
    """Assignments that lie among students' folders: somebody's work, but nobody knows whose."""
    return [
        Problem(
            None,
            node.path,
            assignment_of(node.name, assignments),
            f"{inert_name(node.name)} lies beside the folders of {len(layout.units)} students, "
            "and whose it is cannot be told. Put it into its student's folder, or away.",
        )
        for node in layout.strays
        if assignment_of(node.name, assignments)
    ]


def _strays(layout: Layout, assignments: Sequence[str]) -> list[str]:
    notes = [
        f"{node.path} was not graded: it lies beside the students' folders"
        for node in (layout.strays if layout.units else [])
        if not assignment_of(node.name, assignments)
    ]
    more = len(notes) - _MOST_STRAYS
    return notes if more <= 0 else [*notes[:_MOST_STRAYS], f"and {more} more such files"]
