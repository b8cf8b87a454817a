"""Which level of isolation a run gets: the one asked for, or the best this machine offers."""

from __future__ import annotations

from dataclasses import dataclass

from .limits import Limits
from .plain import PlainLauncher

LEVELS = ("namespaces", "landlock+seccomp", "none")


class IsolationError(Exception):
    """The machine does not offer the level asked for; the message says what to do."""


@dataclass(frozen=True)
class Launch:
    """Makes launchers of one level, in this process or another."""

    isolation: str
    limits: Limits

    def __call__(self) -> PlainLauncher:
        return PlainLauncher(self.limits)


def choose(level: str, limits: Limits) -> Launch:
    """The launch for a level."""
    return Launch("none", limits)
