"""``chainrule grade --gradebook``: a class that was graded, written where nbgrader looks for it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from ..course import Course
from ..renderers.json import render
from ..results import Grades, SubmissionResult
from ..submissions import Shelf, Source
from .common import Usage, tell
from .nbgrader import must_be_installed

if TYPE_CHECKING:
    from ..nbgrader.book import Book
    from ..nbgrader.folders import Folders

Keep = Callable[[Grades, Sequence[Source], Shelf], None]
_CONFIG = "nbgrader_config.py"


class Keeper:
    """Who writes into the gradebook, and nothing else does meanwhile.

    Args:
        book: the gradebook.
        folders: the nbgrader course's, where there is one.
        feedback: whether its folders are written, too.
    """

    def __init__(self, book: Book, folders: Folders | None, feedback: bool) -> None:
        self._book, self._folders, self._feedback = book, folders, feedback

    def keep(self, grades: Grades, sources: Sequence[Source], shelf: Shelf) -> None:
        """Write down a run.

        Args:
            grades: its results and problems.
            sources: the submissions, their code on the shelf.
            shelf: holds it.
        """
        from ..nbgrader.book import BookError
        from ..nbgrader.folders import FolderError

        done: dict[str, list[str]] = {}
        failed: list[str] = []
        try:
            for student, assignment, step in self._steps(grades, sources, shelf):
                try:
                    step()
                except FolderError as error:  # of one student, and no reason to forget the others
                    failed.append(str(error))
                else:
                    done.setdefault(assignment, []).append(student)
            if self._folders is not None and self._feedback:
                for assignment, students in done.items():
                    self._folders.feedback(assignment, students)
        except (BookError, FolderError) as error:
            failed.append(str(error))
        tell(failed)

    def _steps(
        self, grades: Grades, sources: Sequence[Source], shelf: Shelf
    ) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What is to be written of whom, results first."""
        by_key = {(s.student, s.assignment): s for s in sources}
        for result in grades.submissions:
            who = (result.student, result.assignment)
            about = replace(grades, submissions=[result], problems=(), notes=())
            yield *who, partial(self._result, result, shelf.get(by_key[who]), about)
        for problem in grades.problems:
            if problem.student is not None and problem.assignment is not None:
                who = (problem.student, problem.assignment)
                about = replace(grades, submissions=[], problems=(problem,), notes=())
                yield *who, partial(self._problem, *who, problem.reason, about)

    def _result(self, result: SubmissionResult, source: Source, about: Grades) -> None:
        names = {f.name for f in result.functions}
        reason = result.reason or ""
        self._write(result.student, result.assignment, _Found(source, result, reason, names), about)

    def _problem(self, student: str, assignment: str, reason: str, about: Grades) -> None:
        """What could not be graded waits in the gradebook for a person."""
        self._write(student, assignment, _Found(None, None, reason, set()), about)

    def _write(self, student: str, assignment: str, found: _Found, about: Grades) -> None:
        from ..nbgrader.gradebook import told
        from ..nbgrader.mend import Mended
        from ..nbgrader.notebook import graded

        parts, kernelspec = self._book.release(assignment)
        folders = self._folders
        mended = folders.mended(student, assignment, found.source, parts) if folders else Mended()
        # With --only, the other functions stay as they are.
        mine = [p for p in parts if not found.names or p.exercise in found.names or p.given]
        said = told(mine, found.result, found.reason, mended.notes)
        time = found.source.timestamp if found.source else None
        self._book.write(student, assignment, said, time)
        if folders is not None and self._feedback:
            folders.write(student, assignment, graded(mended, said, kernelspec), render(about))


@dataclass(frozen=True)
class _Found:
    """What a run knows of a submission."""

    source: Source | None
    result: SubmissionResult | None
    reason: str
    names: set[str]
    """The functions that were graded; none of them means all."""


@contextlib.contextmanager
def keeper(url: str | None, feedback: bool, only: str | None, course: Course) -> Iterator[Keep]:
    """Who writes into the gradebook at ``url``; found out before the work whether they can."""
    if url is None:
        if feedback:
            raise Usage("--feedback goes with a gradebook: say which with --gradebook URL")
        yield lambda *_: None
        return
    if feedback and only is not None:
        raise Usage("--feedback shows whole notebooks: leave --only or --feedback out")
    must_be_installed()
    # jsonschema tries whether a checker of web addresses is there, which for two seconds builds
    # its grammars; no notebook has an address to be checked.
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
    from ..nbgrader.book import Book, BookError
    from ..nbgrader.folders import Folders

    root = _root(url)
    if root is None and feedback:
        raise Usage(
            f"--feedback needs an nbgrader course: there is no {_CONFIG} here or beside the "
            "gradebook; go to the course's folder, or make one with `chainrule nbgrader init DIR`"
        )
    folders = None if root is None else Folders(root)
    try:
        book = Book(url, course, folders.config if folders else None)
    except BookError as error:
        raise Usage(str(error)) from error
    with book:
        yield Keeper(book, folders, feedback).keep


def _root(url: str) -> Path | None:
    """The nbgrader course that a gradebook belongs to: beside it, or here."""
    places = [Path.cwd()]
    if url.startswith("sqlite:///"):
        places.insert(0, Path(url.removeprefix("sqlite:///")).resolve().parent)
    return next((place for place in places if (place / _CONFIG).is_file()), None)
