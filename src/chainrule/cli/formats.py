"""``--format NAME[=FILE]``: what is asked for, checked before the work, and written after it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from ..renderers.formats import FORMATS
from ..results import Grades
from .common import Usage, each


@dataclass(frozen=True)
class Wanted:
    """A format, and the file or folder it goes to."""

    name: str
    place: Path
    named: bool
    """Whether ``place`` is the one file itself, should there be only one."""


def wanted(values: Sequence[str], output: Path | None) -> list[Wanted]:
    """What ``--format`` asks for; without a file, a folder of its own in ``--output``."""
    found = [_wanted(value, output) for value in values]
    for one in found:
        folder = one.place.parent if one.named else one.place
        nearest = next(p for p in (folder, *folder.absolute().parents) if p.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK):
            raise Usage(f"cannot write into {folder}; name another place with --format NAME=FILE")
    return found


def _wanted(value: str, output: Path | None) -> Wanted:
    name, equals, place = value.partition("=")
    if name not in FORMATS:
        raise Usage(f"no format is called {name!r}; there are: {', '.join(FORMATS)}")
    if equals and not place:
        raise Usage(f"--format {value} names no file; write --format {name}=FILE")
    if place:
        return Wanted(name, Path(place), named=True)
    if output is None:
        raise Usage(f"say where: --format {name}=FILE, or --output DIR for everything")
    return Wanted(name, output / name, named=False)


def write(wants: Sequence[Wanted], grades: Grades) -> None:
    """Write every format; a renderer that gives several files fills a folder.

    Raises:
        Usage: some could not be written; all others are.
    """
    each(partial(_write, want, grades) for want in wants)


def _write(want: Wanted, grades: Grades) -> None:
    each(partial(whole, place, data) for place, data in placed(want, grades).items())


def placed(want: Wanted, grades: Grades) -> dict[Path, bytes]:
    """The files of a format, by where they go."""
    files = FORMATS[want.name](grades)
    if want.named and len(files) == 1:
        return {want.place: next(iter(files.values()))}
    return {want.place / name: data for name, data in files.items()}


def whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:40]}.", delete=False
        ) as part:
            part.write(data)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError as error:
        raise click.ClickException(
            f"cannot write {path}: {error.strerror}; name another place or free some room"
        ) from error
