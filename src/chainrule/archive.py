"""What a folder of results holds, read without writing anything: the last run, wherever it stopped.

A run that goes on, was stopped or was killed leaves its results in the store; a folder whose
store was taken away still has the ``grades.json`` of a run that ended.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .freeze import Thawed, thaw_pictures
from .results import Picture
from .store import FILE


class ArchiveError(Exception):
    """The store cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Archive:
    """The store of a folder, opened for reading.

    Args:
        path: the store's file.
        about: ``grades.json`` of the run, without its submissions.
        keys: its submissions in order, whether graded already or not.
    """

    path: Path
    about: str
    keys: tuple[str, ...]

    def views(self) -> Iterator[tuple[str, str]]:
        """Each graded submission's key and its part of ``grades.json``."""
        with _reading(self.path) as base:
            for key in self.keys:
                row = base.execute("SELECT view FROM result WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    yield key, zlib.decompress(row[0]).decode()

    def pictures(self, key: str) -> tuple[Picture, ...]:
        """A submission's pictures, if any were made."""
        with _reading(self.path) as base:
            row = base.execute("SELECT data FROM picture WHERE key = ?", (key,)).fetchone()
        return () if row is None else thaw_pictures(row[0])

    def seconds(self) -> dict[str, float]:
        """How long each submission's grading took, as far as that is known."""
        with _reading(self.path) as base:
            found = dict(base.execute("SELECT key, seconds FROM time"))
        return {key: found[key] for key in self.keys if key in found}


def open_archive(folder: Path) -> Archive | None:
    """The store of a folder; ``None`` if there is none, or none that says what run it is of."""
    path = folder / FILE
    if not path.is_file():
        return None
    with _reading(path) as base:
        tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
        row = base.execute("SELECT about, keys FROM run").fetchone() if "run" in tables else None
    return None if row is None else Archive(path, row[0], tuple(json.loads(row[1])))


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(_connected(path)) as base:
            yield base
    except (sqlite3.Error, zlib.error, UnicodeDecodeError, Thawed) as error:
        raise ArchiveError(
            f"{path} cannot be read ({error}); move it away and grade again, or name the "
            "grades.json itself"
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    """In a folder that cannot be written there is no place for the log's index; do without."""
    for options in ("mode=ro", "mode=ro&immutable=1"):
        base = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=1.0)
        try:
            base.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            base.close()
        else:
            return base
    raise sqlite3.OperationalError("unable to open it")
