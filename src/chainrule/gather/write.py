"""The class folder: a folder a student, what counts in it, and what came before kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..submissions.layout import COLLECTED
from ..submissions.model import DEFAULT_LIMITS, IntakeLimits, Refused
from ..submissions.names import folded, folder_name, inert
from .gather import Gathered, Handed

EARLIER = ".earlier"
"""Where former re-submissions lie; grading leaves hidden folders alone."""


@dataclass
class Student:
    """One student's folder in the making."""

    folder: str
    name: str
    files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def late(self) -> bool:
        """Whether anything that counts came late."""
        return any(f["late"] for f in self.files if not f["earlier"])


def write(found: Gathered, output: Path, limits: IntakeLimits = DEFAULT_LIMITS) -> list[Student]:
    """Copy everything into the class folder; what cannot be read becomes a problem.

    Args:
        found: what was handed in; problems are added to it.
        output: an empty folder, or one that does not exist yet.
        limits: how much of a file is read.
    """
    output.mkdir(parents=True, exist_ok=True)
    students: dict[str, Student] = {}
    taken: set[str] = set()
    for key, mine in _by_student(found.files):
        name = mine[0].who.name
        students[key] = Student(_unused(folder_name(name), taken), name)
        _write_student(students[key], mine, output, found, limits)
    everybody = sorted(students.values(), key=lambda s: s.folder)
    listing = {"students": {s.folder: {"late": s.late, "files": s.files} for s in everybody}}
    (output / COLLECTED).write_text(json.dumps(listing, indent=1) + "\n", "utf-8")
    return everybody


def _by_student(files: Sequence[Handed]) -> Iterator[tuple[str, list[Handed]]]:
    grouped: dict[str, list[Handed]] = {}
    for handed in files:
        grouped.setdefault(handed.who.key, []).append(handed)
    yield from sorted(grouped.items())


def _write_student(
    student: Student, mine: list[Handed], output: Path, found: Gathered, limits: IntakeLimits
) -> None:
    times: dict[tuple[str, ...], float] = {}
    for versions in _by_place(mine):
        for number, handed in enumerate(versions, 1):
            last = number == len(versions)
            place = tuple(folder_name(part) for part in handed.place)
            inside = place if last else (EARLIER, str(number), *place)
            try:
                _copy(handed, output.joinpath(student.folder, *inside), limits)
            except Refused as refusal:
                found.problems.append(f"{handed.file.path} {refusal}")
                continue
            student.files.append(_entry(handed, "/".join(inside), earlier=not last))
            if last and handed.time is not None:
                above = place[:-1]
                times[above] = max(handed.time, times.get(above, 0.0))
    for above, time in times.items():
        path = output.joinpath(student.folder, *above, "timestamp.txt")
        path.write_text(f"{_shown(time)}\n", "ascii")


def _copy(handed: Handed, target: Path, limits: IntakeLimits) -> None:
    """Copy a file to where nothing is yet."""
    data = handed.file.read(limits.archive_bytes)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        raise Refused(f"could not be copied ({error.strerror}).") from error


def _by_place(mine: list[Handed]) -> Iterator[list[Handed]]:
    """The versions of each file, the one that counts last: by time, by version, by order."""
    grouped: dict[str, list[Handed]] = {}
    for handed in mine:
        key = folded("/".join(folder_name(part) for part in handed.place))
        grouped.setdefault(key, []).append(handed)
    for versions in grouped.values():
        yield sorted(versions, key=lambda h: (h.time or 0.0, h.version))


def _entry(handed: Handed, place: str, earlier: bool) -> dict[str, Any]:
    return {
        "file": place,
        "source": inert(handed.file.path),
        "earlier": earlier,
        "late": handed.late,
        "time": None if handed.time is None else _shown(handed.time),
    }


def _shown(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(sep=" ")


def _unused(name: str, taken: set[str]) -> str:
    """A name that no file system takes for one that is in use."""
    plain, number = name, 1
    while folded(name) in taken:
        number += 1
        name = f"{plain} ({number})"
    taken.add(folded(name))
    return name
