"""``chainrule release``: a folder for students, with nothing in it that they must not see."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from ..course import CourseError
from ..notebooks import NarrativeError
from ..release import ReleaseError, release_files
from ..stubs import StubError
from .common import Usage, course_folder


@click.command("release")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
def command(folder: Path, course_dir: Path | None) -> None:
    """Write into DIR what students get: stubs, notebooks, public checks and a README.

    DIR must not exist yet or be empty, so that nobody's work is written over.
    """
    try:
        files = release_files(course_folder(course_dir))
    except (ReleaseError, CourseError, NarrativeError, StubError) as error:
        raise Usage(f"nothing was written: {error}") from error
    write_new(folder, files)
    click.echo(f"wrote {len(files)} files into {folder}; students start with its README.md")


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that holds nothing yet."""
    with _told(folder):
        if folder.exists() and any(folder.iterdir()):
            raise Usage(f"{folder} is not empty; name a new folder")
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say what to do where a folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise Usage(f"cannot write into {folder}: {error.strerror}; name another folder") from error
