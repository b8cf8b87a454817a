"""Where the time goes: wall time by phase, of this process; nested phases count once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

PHASES = (
    ("intake", "reading what was handed in"),
    ("open", "loading the course and its recordings"),
    ("start", "starting workers"),
    ("import", "importing submissions"),
    ("calls", "calling their functions"),
    ("judging", "judging the answers"),
    ("shrinking", "looking for smaller counterexamples"),
    ("diagnosis", "naming mistakes"),
    ("pictures", "calling functions for pictures"),
    ("rest", "the rest of grading"),
    ("reports", "writing reports"),
)

Spent = dict[str, float]


def add(total: Spent, more: Mapping[str, float]) -> None:
    """Add one process's times to a total."""
    for name, seconds in more.items():
        total[name] = total.get(name, 0.0) + seconds


class Clock:
    """Adds up the time of each phase; an inner phase stops the outer one's time."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._spent: Spent = {}
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """What runs inside belongs to this phase."""
        self._note()
        self._open.append(name)
        try:
            yield
        finally:
            self._note()
            self._open.pop()

    def _note(self) -> None:
        now = self._now()
        if self._open:
            add(self._spent, {self._open[-1]: now - self._since})
        self._since = now

    def take(self) -> Spent:
        """What was added up since the last take."""
        spent, self._spent = self._spent, {}
        return spent


clock = Clock()
"""This process's."""
