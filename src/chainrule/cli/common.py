"""What several subcommands share: finding the course, checking options, printing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from rich.console import Console

from ..course import Course, CourseError, find_course, load_course


class Usage(click.ClickException):
    """Wrong usage: exit status 2 with a message that says what to do."""

    exit_code = 2


_MOST_TOLD = 5


def each(steps: Iterable[Callable[[], object]]) -> None:
    """Take every step, although one fails: what one file is called must not cost the others.

    Raises:
        Usage: some failed; it says which.
    """
    failed: list[str] = []
    for step in steps:
        try:
            step()
        except click.ClickException as error:
            failed.append(error.format_message())
    tell(failed)


def tell(failed: Sequence[str]) -> None:
    """Raise `Usage` with what failed, or with the first of it; nothing where nothing did."""
    if failed:
        more = len(failed) - _MOST_TOLD
        told = [*failed[:_MOST_TOLD], *([f"and {more:,} more"] if more > 0 else [])]
        raise Usage("\n".join(told))


def console(stderr: bool = False) -> Console:
    """Where people read: colour only on a terminal, and never under NO_COLOR."""
    return Console(stderr=stderr, highlight=False, soft_wrap=False, markup=False)


def course_folder(given: Path | None, *near: Path) -> Path:
    """The course named by --course, or the nearest one to the paths or the current folder."""
    if given is not None:
        if not (given / "graders" / "public").is_dir():
            raise Usage(
                f"{given} holds no graders/public; name the course's folder with --course DIR"
            )
        return given
    for start in (Path.cwd(), *(p.resolve() for p in near)):
        try:
            return find_course(start)
        except CourseError:
            continue
    raise Usage(
        "no course found here or above (a folder with graders/public); "
        "go to the course's folder or name it with --course DIR"
    )


def open_course(folder: Path, *, hidden: bool, only: list[str] | None = None) -> Course:
    """Load the course or say what is wrong with it."""
    try:
        return load_course(folder, hidden=hidden, only=only)
    except CourseError as error:
        raise Usage(str(error)) from error


def known_function(course: Course, name: str | None) -> None:
    """Refuse a function that the course does not have."""
    names = [f.name for a in course.assignments for f in a.functions]
    if name is not None and name not in names:
        raise Usage(f"no function is called {name!r}; there are: {', '.join(names)}")


def is_terminal() -> bool:
    """Whether a progress bar makes sense."""
    return sys.stderr.isatty()
