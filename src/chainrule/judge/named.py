"""A mistake's name, as it is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A recognised mistake.

    Args:
        slug: its name.
        sentence: what a teacher would say.
        checks: the full names of the checks it explains; ``None`` for all.
    """

    slug: str
    sentence: str
    checks: frozenset[str] | None = None

    def explains(self, check: str) -> bool:
        """Whether a check fails because of this."""
        return self.checks is None or check in self.checks
