"""nbgrader's folders of a class graded by the fast path, so that formgrader shows it like any."""

from __future__ import annotations

import hashlib
import logging
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbformat import writes
from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from ..notebooks.pieces import pieces
from ..submissions import Source
from .cells import Handed, Part, Unreadable, read
from .exporter import load, whole
from .mend import Mended, mend


class FolderError(Exception):
    """A folder cannot be written; the message says what to do."""


class Folders:
    """The folders of an nbgrader course, where its own configuration puts them.

    Args:
        root: holds nbgrader_config.py.
    """

    def __init__(self, root: Path) -> None:
        app = NbGrader(log_level=logging.ERROR)
        app.initialize([], root=str(root.resolve()))
        self.config = app.config
        self._coursedir = app.coursedir
        self._app = app

    @property
    def url(self) -> str:
        """The gradebook that nbgrader itself uses here."""
        return str(self._coursedir.db_url)

    def _path(self, step: str, student: str, assignment: str) -> Path:
        folder = self._coursedir.format_path(step, student, assignment)
        return Path(folder, f"{assignment}.ipynb")

    def mended(
        self, student: str, assignment: str, source: Source | None, parts: Sequence[Part]
    ) -> Mended:
        """What was handed in, mended: its own notebook where that lies here, else its code.

        Args:
            student: whose.
            assignment: of what.
            source: as it was taken in; ``None`` where it could not be.
            parts: the cells of the release.
        """
        try:
            data = load(self._path(self._coursedir.submitted_directory, student, assignment))
            if source is None or hashlib.sha256(data).hexdigest() == source.sha256:
                return mend(read(data), parts)
        except Unreadable:
            pass
        return mend(cells_of(source, parts) if source else [], parts)

    def write(self, student: str, assignment: str, notebook: Any, grades: bytes) -> None:
        """Write one autograded notebook, with grades.json and the timestamp beside it."""
        path = self._path(self._coursedir.autograded_directory, student, assignment)
        stamp = self._path(self._coursedir.submitted_directory, student, assignment)
        stamp = stamp.with_name("timestamp.txt")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            whole(path, (writes(notebook) + "\n").encode())
            whole(path.with_name("grades.json"), grades)
            if stamp.is_file() and not stamp.is_symlink():
                # Where it is missing, nbgrader does not see that a later submission is newer.
                shutil.copyfile(stamp, path.with_name(stamp.name))
        except OSError as error:
            raise FolderError(
                f"cannot write {path}: {error.strerror}; make room there, or leave --feedback out"
            ) from error

    def feedback(self, assignment: str, students: Sequence[str]) -> None:
        """Write the feedback of these students by nbgrader's own converter."""
        self._coursedir.assignment_id = assignment
        step = GenerateFeedback(coursedir=self._coursedir, parent=self._app, force=True)
        others = set(self._autograded(assignment)) - set(students)
        self._coursedir.student_id_exclude = ",".join(sorted(others))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what nbconvert thinks of nbgrader's templates
            try:
                step.start()
            except NbGraderException as error:
                raise FolderError(f"nbgrader could not write the feedback: {error}") from error

    def _autograded(self, assignment: str) -> list[str]:
        """Whose work of an assignment is in nbgrader's folder, by its way to name folders."""
        known = self._path(self._coursedir.autograded_directory, "*", assignment)
        place = known.parts.index("*") if "*" in known.parts else -1
        found = Path(known.anchor).glob(str(known.relative_to(known.anchor)))
        return [path.parts[place] for path in found]


def cells_of(source: Source, parts: Sequence[Part]) -> list[Handed]:
    """The code of a module or of a notebook's cells, each exercise in the cell that is its own."""
    names = [part.name for part in parts if part.solution]
    if source.kind == "module":
        return _cut(source.code.decode("utf-8", "replace"), names)
    return [cell for code in source.cells for cell in _named(code.source, names)]


def _cut(code: str, names: Sequence[str]) -> list[Handed]:
    try:
        return [Handed("code", p.text, p.function or None) for p in pieces(code, names)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [Handed("code", code)]


def _named(code: str, names: Sequence[str]) -> list[Handed]:
    """A notebook's cell as it is, under the name of the first exercise in it."""
    found = [cell.name for cell in _cut(code, names) if cell.name]
    return [Handed("code", code, found[0] if found else None)]
