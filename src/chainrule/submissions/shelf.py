"""Sources set aside on disk: a class of ten thousand need not lie in memory while it is graded."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import msgspec

from .model import Source

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Source)


class Shelf:
    """A file without a name that holds what sources consist of, and ends with this process."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(
            "CREATE TABLE source (student TEXT, assignment TEXT, body BLOB, "
            "PRIMARY KEY (student, assignment)) WITHOUT ROWID"
        )
        self._base.execute("BEGIN")  # never committed: it is only ever read from here

    def put(self, source: Source) -> Source:
        """The source without its code, which is kept here."""
        values = (source.student, source.assignment, _encoder.encode(source))
        self._base.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", values)
        return replace(source, code=b"", cells=())

    def get(self, source: Source) -> Source:
        """The source with its code."""
        query = "SELECT body FROM source WHERE student = ? AND assignment = ?"
        (body,) = self._base.execute(query, (source.student, source.assignment)).fetchone()
        return _decoder.decode(body)

    def close(self) -> None:
        """Let the file go."""
        self._base.close()
