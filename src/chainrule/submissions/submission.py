"""One student's submission, turned into sources and problems. Whatever is wrong stays within it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .archives import open_archive
from .model import Cell, IntakeLimits, Problem, Refused, Source
from .modules import must_be_text
from .names import inert, inert_name
from .notebooks import read_notebook
from .search import Found, expected, search
from .timestamps import handed_in
from .tree import File, Folder, Node, Odd
from .twins import written

_MOST_NAMED = 5


@dataclass
class Taken:
    """What one submission came to."""

    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_in(student: str, node: Node, assignments: Sequence[str], limits: IntakeLimits) -> Taken:
    """Everything that one student handed in.

    Args:
        student: the inert name.
        node: a folder, an archive, or something odd in their place.
        assignments: the names to look for.
        limits: how much is read.
    """
    taken = Taken()
    try:
        folder = _opened(node, limits)
        found = search(folder, assignments, limits)
    except Refused as refusal:
        taken.problems.append(_problem(student, node, None, refusal))
        return taken
    for assignment in assignments:
        if assignment in found.places:
            _take_one(taken, student, assignment, found.places[assignment], limits)
    taken.notes += [f"{student}: {note}" for note in _few(_not_graded(found))]
    if not found.places:
        reason = _nothing(found, assignments)
        taken.problems.append(Problem(student, node.path, None, reason))
        taken.notes = []
    return taken


def _opened(node: Node, limits: IntakeLimits) -> Folder:
    if isinstance(node, Odd):
        raise Refused(node.reason)
    return node if isinstance(node, Folder) else open_archive(node, limits)


def _take_one(
    taken: Taken,
    student: str,
    assignment: str,
    places: list[tuple[Folder, Node]],
    limits: IntakeLimits,
) -> None:
    folder, node = places[0]
    if (twin := _written_twin(student, assignment, places, limits)) is not None:
        taken.sources.append(twin)
        return
    if len(places) > 1:
        both = " and ".join(_tail(node.path, folder.path) for folder, node in places)
        reason = f"{both} were both handed in. Remove all but the one to be graded."
        taken.problems.append(Problem(student, folder.path, assignment, reason))
        return
    try:
        source = _source(student, assignment, node, limits)
        timestamp, notes = handed_in(folder)
    except Refused as refusal:
        taken.problems.append(_problem(student, node, assignment, refusal))
        return
    taken.sources.append(replace(source, timestamp=timestamp, notes=source.notes + notes))


def _written_twin(
    student: str, assignment: str, places: list[tuple[Folder, Node]], limits: IntakeLimits
) -> Source | None:
    """Of a module and a notebook in one folder, the one that was written, if it is but one."""
    if len(places) != 2 or places[0][0] is not places[1][0]:
        return None
    try:
        found = [_source(student, assignment, node, limits) for _, node in places]
        timestamp, notes = handed_in(places[0][0])
    except Refused:
        return None
    sources = {source.kind: source for source in found}
    if len(sources) != 2:
        return None
    module, notebook = sources["module"], sources["notebook"]
    chosen = written(module, notebook)
    if chosen is None:
        return None
    if chosen is notebook:
        notes += (f"{notebook.filename} was taken: {module.filename} holds nothing beyond it",)
    return replace(chosen, timestamp=timestamp, notes=chosen.notes + notes)


def _source(student: str, assignment: str, node: Node, limits: IntakeLimits) -> Source:
    if isinstance(node, Folder):
        raise Refused("is a folder, not a file. Put the module or notebook itself there.")
    if isinstance(node, Odd):
        raise Refused(node.reason)
    if node.name.endswith(".ipynb"):
        data = node.read(limits.notebook_bytes)
        cells, notes = read_notebook(data, limits.module_bytes)
        return _made(student, assignment, node, data, cells, notes)
    data = node.read(limits.module_bytes)
    must_be_text(data)
    return _made(student, assignment, node, data, None, ())


def _made(
    student: str,
    assignment: str,
    file: File,
    data: bytes,
    cells: tuple[Cell, ...] | None,
    notes: tuple[str, ...],
) -> Source:
    return Source(
        student=student,
        assignment=assignment,
        filename=file.name,
        kind="module" if cells is None else "notebook",
        code=data if cells is None else b"",
        cells=cells or (),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=notes,
        timestamp=None,
    )


def _problem(student: str, node: Node, assignment: str | None, refusal: Refused) -> Problem:
    return Problem(student, node.path, assignment, f"{_tail(node.path)} {refusal}")


def _tail(path: str, folder: str = "") -> str:
    """The end of a shown path: the name, with nbgrader's folder before it where there is one."""
    name = path.rpartition("/")[2] or path
    return f"{folder.rpartition('/')[2]}/{name}" if folder else name


def _not_graded(found: Found) -> list[str]:
    """Notes on files that nearly were an assignment."""
    notes = [
        f"{inert_name(node.name)} was not graded: it lies in the folder of another assignment. "
        "Move it out and grade again."
        for node in found.misplaced
    ]
    for node, meant in found.misses:
        name = inert_name(node.name)
        if meant.rpartition(".")[0] in found.places:
            notes.append(
                f"{name} was not graded; {meant.rpartition('.')[0]} was handed in beside it."
            )
        else:
            notes.append(f"{name} was not graded: did you mean {meant}? Rename it and grade again.")
    return notes


def _few(notes: list[str]) -> list[str]:
    more = len(notes) - _MOST_NAMED
    return notes if more <= 0 else [*notes[:_MOST_NAMED], f"{more} more files were not graded."]


def _nothing(found: Found, assignments: Sequence[str]) -> str:
    """Why a submission without a single assignment cannot be graded."""
    notes = _few(_not_graded(found))
    if notes:
        return "holds no assignment. " + " ".join(notes)
    names = [inert(node.name)[:60] for node in found.unknown[:_MOST_NAMED]]
    only = f" but {', '.join(names)}" if names else ""
    return f"holds no assignment{only}. Name the files {expected(assignments)} and grade again."
