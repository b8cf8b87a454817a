"""A launcher that keeps the next worker ready, so that a save need not wait for one to start."""

from __future__ import annotations

from ..judge.session import Worker
from ..launch.limits import Limits
from ..launch.plain import PlainLauncher, PlainWorker


class WarmLauncher:
    """Starts plain workers ahead of time; for one's own code, without isolation."""

    isolation = "none"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._plain = PlainLauncher(limits)
        self._ready: PlainWorker | None = None

    def prepare(self) -> None:
        """Start the worker that the next ``start`` gives."""
        self._ready = self._ready or self._plain.start()

    def start(self) -> Worker:
        """A worker that is ready, or a new one."""
        worker, self._ready = self._ready or self._plain.start(), None
        return worker

    def close(self) -> None:
        """End the worker that nobody took."""
        if self._ready is not None:
            self._ready.end()
            self._ready = None
