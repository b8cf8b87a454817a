"""What an intake yields: frozen, inert data.

Nothing in here can run: a module is bytes, a notebook is text, a name is printable. Everything else
in this package exists to get from a path to these values without trusting what lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEBIBYTE = 1024 * 1024


class UsageError(Exception):
    """The command was given a path that cannot be graded at all; the message says what to do."""


class Refused(Exception):
    """One file, folder or archive cannot be taken in; the message completes "<its name> ...".

    Internal to this package: it becomes a `Problem` of the student concerned, and nobody else's.
    """


@dataclass(frozen=True)
class Cell:
    """A code cell of a notebook."""

    source: str
    number: int
    """Counted from 1 among the code cells, ignored ones included: what the student counts too."""


@dataclass(frozen=True)
class Source:
    """One student's one assignment, as handed in."""

    student: str
    assignment: str
    filename: str
    kind: Literal["module", "notebook"]
    code: bytes
    """The module's bytes, untouched (its BOM, cookie and line ends matter); b"" for a notebook."""
    cells: tuple[Cell, ...]
    sha256: str
    notes: tuple[str, ...]
    timestamp: float | None
    """Seconds since 1970 by nbgrader's timestamp.txt; None without one.

    A file's own modification time changes with every copy, so it is never used.
    """


@dataclass(frozen=True)
class Problem:
    """Something that could not be graded; the reason says what to do about it."""

    student: str | None
    path: str
    assignment: str | None
    reason: str


@dataclass(frozen=True)
class Intake:
    """All that the paths held: ordered by student, then by assignment."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class IntakeLimits:
    """How much is read before a file counts as a mistake or an attack."""

    module_bytes: int = 1_000_000
    notebook_bytes: int = 20_000_000
    archive_bytes: int = 128 * MEBIBYTE
    unpacked_bytes: int = 512 * MEBIBYTE
    """Of all members of one archive together."""
    ratio: int = 200
    """Unpacked over packed size; source code stays below 20."""
    small_bytes: int = 16 * MEBIBYTE
    """An archive may unpack to this much, whatever the ratio."""
    members: int = 20_000
    """Files in one archive."""
    entries: int = 10_000
    """Files in one folder."""

    def allowed(self, packed: int) -> int:
        """How many bytes an archive of `packed` bytes may unpack to."""
        return min(self.unpacked_bytes, max(self.small_bytes, self.ratio * packed))


DEFAULT_LIMITS = IntakeLimits()
