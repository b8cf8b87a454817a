"""The store: every finished result once, in one SQLite file; grades.json and reports are views.

A result is written in a transaction of its own as soon as it is there, so that whatever is killed
at whatever moment, the same command goes on where it stopped. Rows are found by the digest of
everything that decides a result; an unchanged submission under an unchanged grader is found, not
graded again. No result depends on a time, so clocks may jump as they like.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, overload

from .freeze import Thawed, thaw
from .results import SubmissionResult

FILE = "grades.sqlite"
LOCK = ".grades.lock"
"""Exists while a run writes into the folder."""
VERSION = 1
_AT_ONCE = 500
_TABLES = """
    CREATE TABLE IF NOT EXISTS result (
        key TEXT PRIMARY KEY,       -- digest of all that decides the result
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        score TEXT,                 -- a fraction; null where it could not be established
        max_score TEXT NOT NULL,
        result BLOB NOT NULL,       -- the result as compressed JSON, exact
        view BLOB NOT NULL          -- its part of grades.json, compressed
    ) WITHOUT ROWID;
"""
_MORE = (
    """
    CREATE TABLE IF NOT EXISTS picture (
        key TEXT PRIMARY KEY,       -- as above
        data BLOB NOT NULL          -- a submission's pictures as compressed JSON
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE IF NOT EXISTS time (
        key TEXT PRIMARY KEY,       -- as above
        seconds REAL NOT NULL       -- what grading it took; no result depends on it
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE IF NOT EXISTS run (
        about TEXT NOT NULL,        -- grades.json of the last run, without its submissions
        keys TEXT NOT NULL          -- the keys of its submissions in order, as JSON
    );
    """,
)


class StoreError(Exception):
    """The store cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """A finished result as it is stored.

    Args:
        student: whose.
        assignment: of what.
        score: a fraction as text; ``None`` where it could not be established.
        max_score: a fraction as text.
        result: the frozen result.
        view: its part of grades.json, compressed.
        pictures: its pictures, where they were asked for.
        seconds: how long its grading took, where that is known.
    """

    student: str
    assignment: str
    score: str | None
    max_score: str
    result: bytes
    view: bytes
    pictures: bytes | None = None
    seconds: float | None = None


class Store:
    """The results of one output folder, or of this run alone.

    Args:
        folder: where the file lies; without one, everything stays in memory.

    Raises:
        StoreError: if it is in use, damaged, or of another version.
    """

    def __init__(self, folder: Path | None) -> None:
        self._place = ":memory:" if folder is None else str(folder / FILE)
        self._lock = None if folder is None else folder / LOCK
        with contextlib.ExitStack() as undo, self._explained():
            self._guard = self._connected(":memory:" if self._lock is None else str(self._lock))
            undo.callback(self._guard.close)
            # Held until the end, and let go by the system whatever ends this process: two runs
            # into one folder would do the same work twice.
            self._guard.execute("BEGIN EXCLUSIVE")
            self._base = self._connected(self._place)
            undo.callback(self._base.close)
            self._open()
            undo.pop_all()

    @staticmethod
    def _connected(place: str) -> sqlite3.Connection:
        return sqlite3.connect(place, timeout=1.0, isolation_level=None)

    def _open(self) -> None:
        version = int(self._one("PRAGMA user_version")[0])
        if version not in (0, VERSION):
            raise StoreError(
                f"{self._place} was written by another version of chainrule (its format is "
                f"{version}, this one's is {VERSION}); move it away or name another folder "
                "with --output"
            )
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("BEGIN IMMEDIATE")
        for table in (_TABLES, *_MORE):
            self._base.execute(table)
        self._base.execute(f"PRAGMA user_version = {VERSION}")
        self._base.execute("COMMIT")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; on a full disk the log stays beside it and loses nothing."""
        with contextlib.suppress(sqlite3.Error):
            self._base.close()
        with contextlib.suppress(OSError):
            if self._lock is not None:
                self._lock.unlink(missing_ok=True)
        self._guard.close()

    def settled(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which there is a result with a score."""
        return self._among("SELECT key FROM result WHERE score IS NOT NULL AND key IN", keys)

    def pictured(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which there are pictures."""
        return self._among("SELECT key FROM picture WHERE key IN", keys)

    def _among(self, query: str, keys: Iterable[str]) -> set[str]:
        """The keys that a query finds, asked for in as few statements as SQLite takes."""
        found: set[str] = set()
        left = iter(keys)
        with self._explained():
            while some := [*itertools.islice(left, _AT_ONCE)]:
                marks = ", ".join("?" * len(some))
                found.update(key for (key,) in self._base.execute(f"{query} ({marks})", some))
        return found

    def put(self, key: str, row: Row) -> None:
        """Write a result, whole or not at all."""
        values = (row.student, row.assignment, row.score, row.max_score, row.result, row.view)
        with self._explained():
            if row.pictures is not None:  # before its result: what has a result is not made again
                self._base.execute(
                    "INSERT OR REPLACE INTO picture VALUES (?, ?)", (key, row.pictures)
                )
            if row.seconds is not None:
                self._base.execute("INSERT OR REPLACE INTO time VALUES (?, ?)", (key, row.seconds))
            self._base.execute(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", (key, *values)
            )

    def begin(self, about: str, keys: Sequence[str]) -> None:
        """Write down what run this is, so that a report can be made whenever it stops."""
        with self._explained():
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute("DELETE FROM run")
            self._base.execute("INSERT INTO run VALUES (?, ?)", (about, json.dumps([*keys])))
            self._base.execute("COMMIT")

    def get(self, key: str) -> SubmissionResult:
        """The result under a key."""
        try:
            return thaw(self._column("result", key))
        except Thawed:
            raise self._damaged() from None

    def view(self, key: str) -> str:
        """A result's part of grades.json."""
        try:
            return zlib.decompress(self._column("view", key)).decode()
        except (zlib.error, UnicodeDecodeError):
            raise self._damaged() from None

    def score(self, key: str) -> Score:
        """A result's score, without the result."""
        with self._explained():
            row = self._one(
                "SELECT student, assignment, score, max_score FROM result WHERE key = ?", key
            )
        if row is None:
            raise self._damaged()
        student, assignment, score, most = row
        return Score(
            student, assignment, None if score is None else Fraction(score), Fraction(most)
        )

    def _column(self, name: str, key: str) -> bytes:
        with self._explained():
            row = self._one(f"SELECT {name} FROM result WHERE key = ?", key)  # noqa: S608 - ours
        if row is None or not isinstance(row[0], bytes):
            raise self._damaged()
        return row[0]

    def _one(self, query: str, *values: str) -> Any:
        return self._base.execute(query, values).fetchone()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _error(self, error: sqlite3.Error) -> StoreError:
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreError(
                f"{self._place} is in use by another run; wait until that has ended, or name "
                "another folder with --output"
            )
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return StoreError(
                f"{self._place} cannot be written ({error}); what was graded before is kept: "
                "free some room and run the same command again"
            )
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return self._damaged()
        return StoreError(f"{self._place} cannot be used: {error}")

    def _damaged(self) -> StoreError:
        return StoreError(
            f"{self._place} is damaged; move it away and run again: what it held is graded anew"
        )


@dataclass(frozen=True)
class Score:
    """The one number of a result that tables show."""

    student: str
    assignment: str
    score: Fraction | None
    max_score: Fraction


class Rows(Sequence[SubmissionResult]):
    """Results of a store in an order of their own, each read when it is looked at.

    Args:
        store: holds them.
        keys: theirs, in order.
    """

    def __init__(self, store: Store, keys: Sequence[str]) -> None:
        self._store = store
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> SubmissionResult: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> SubmissionResult | Rows:
        if isinstance(place, slice):
            return Rows(self._store, self._keys[place])
        return self._store.get(self._keys[place])

    def views(self) -> Iterator[str]:
        """Each one's part of grades.json."""
        return map(self._store.view, self._keys)

    def scores(self) -> Iterator[Score]:
        """Each one's score."""
        return map(self._store.score, self._keys)
