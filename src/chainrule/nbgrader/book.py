"""A class written into nbgrader's gradebook by one writer, without a kernel and without nbgrader's
converters: what `chainrule grade` found, in the same rows and words as ``nbgrader autograde``."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from nbformat import from_dict
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, ComputeChecksums, LockCells, SaveCells
from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SAWarning, SQLAlchemyError

from ..course import Course
from ..notebooks import build
from .cells import Part
from .gradebook import Told, is_scored, kernelspec_of, parts_of, tell


class BookError(Exception):
    """The gradebook cannot be used; the message says what to do."""


class Book:
    """A gradebook, open for writing.

    Args:
        url: as SQLAlchemy has it.
        course: whose assignments are written.
        config: nbgrader's, where there is one: it may hold a rule for late submissions.

    Raises:
        BookError: if it cannot be opened or written.
    """

    def __init__(self, url: str, course: Course, config: Any = None) -> None:
        self.url, self._course, self._config = url, course, config
        self._known: dict[str, tuple[list[Part], dict[str, Any]]] = {}
        with _explained(url), _alembic():
            self._base = Gradebook(url, course.name)
            # A file may be there to be read only: better known now than after hours of work.
            self._base.db.execute(_nothing())
            self._base.db.commit()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()

    def release(self, assignment: str) -> tuple[list[Part], dict[str, Any]]:
        """The cells and the kernel of an assignment's notebook, written down if they are not yet.

        Raises:
            BookError: if it is there, but is no notebook of ours.
        """
        if assignment not in self._known:
            with _explained(self.url):
                notebook = self._notebook(assignment)
                self._known[assignment] = parts_of(notebook), kernelspec_of(notebook)
        return self._known[assignment]

    def _notebook(self, assignment: str) -> Any:
        try:
            notebook = self._base.find_notebook(assignment, assignment)
        except MissingEntry:
            self._release(assignment)
            notebook = self._base.find_notebook(assignment, assignment)
        names = {f.name for f in self._course[assignment].functions}
        if not any(is_scored(part) and part.exercise in names for part in parts_of(notebook)):
            raise BookError(
                f"the gradebook has a notebook {assignment} without a check cell of this course; "
                "name another gradebook, or make the notebook with `chainrule nbgrader init`"
            )
        return notebook

    def _release(self, assignment: str) -> None:
        """What generate_assignment writes down, by nbgrader's own preprocessors."""
        self._base.update_or_create_assignment(assignment)
        made = from_dict(build(self._course, assignment, nbgrader=True))
        place = {"notebook": assignment, "assignment": assignment, "db_url": self.url}
        for step in (LockCells, ComputeChecksums, SaveCells):
            made, _ = step().preprocess(made, {"nbgrader": place})
        self._base.db.expire_all()

    def write(self, student: str, assignment: str, told: Told, time: float | None) -> None:
        """Write down a submission's verdicts; the same ones again change nothing.

        Args:
            student: nbgrader's id.
            assignment: the assignment's name, and its notebook's.
            told: the verdicts.
            time: when it was handed in, in seconds since 1970, if that is known.

        Raises:
            BookError: if it could not be written.
        """
        stamp = {} if time is None else {"timestamp": datetime.fromtimestamp(time, UTC)}
        with _explained(self.url):
            try:
                self._base.find_student(student)
            except MissingEntry:
                self._base.add_student(student)
            submission = self._base.update_or_create_submission(assignment, student, **stamp)
            for notebook in submission.notebooks:
                if notebook.name == assignment:
                    tell(notebook, told)
            self._base.db.commit()
            if self._config is not None and submission.total_seconds_late > 0:
                self._late(student, assignment)

    def _late(self, student: str, assignment: str) -> None:
        """What the department's rule takes off, if it has one."""
        place = {"notebook": assignment, "assignment": assignment, "student": student}
        empty = from_dict({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        step = AssignLatePenalties(config=self._config)
        step.preprocess(empty, {"nbgrader": {**place, "db_url": self.url}})


def _nothing() -> Any:
    """A statement that changes no row, but needs the right to."""
    return text("UPDATE course SET id = id WHERE id IS NULL")


@contextlib.contextmanager
def _alembic() -> Iterator[None]:
    """nbgrader makes a new database by calling `alembic`, which lies beside this Python."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def _explained(url: str) -> Iterator[None]:
    """nbgrader's warnings of its own making left out, and errors said so that they help."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        try:
            yield
        except ModuleNotFoundError as error:
            raise BookError(
                f"the gradebook {_shown(url)} needs the driver {error.name}, which is not "
                f"installed; `pip install {_PACKAGES.get(str(error.name), error.name)}` brings it"
            ) from error
        except (ArgumentError, NoSuchModuleError) as error:
            raise BookError(
                f"{_shown(url)} is no address of a database; write --gradebook "
                "sqlite:///gradebook.db or postgresql+psycopg://USER@HOST/NAME"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            raise BookError(f"the gradebook {_shown(url)} {_why(error)}") from error


_PACKAGES = {"psycopg": "'psycopg[binary]'", "psycopg2": "psycopg2-binary"}


def _shown(url: str) -> str:
    """The address without its password."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _why(error: Exception) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n")[0]
    if "locked" in said:
        return f"is in use by another program ({said}); close that and run the same command again"
    if "no such column" in said or "no such table" in said:
        return f"is of another nbgrader ({said}); back it up and run `nbgrader db upgrade`"
    return f"cannot be used ({said}); name another one, or make it one that you may write"
