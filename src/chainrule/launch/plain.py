"""Workers as plain subprocesses: for one's own code, on any machine; no isolation."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ..worker.boot import SERVE, bundle, command, linked_path
from .channel import Channel, ThreadChannel
from .ended import how_it_ended
from .limits import Limits

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def clean_environment() -> dict[str, str]:
    """What a worker may know of its surroundings: one thread, one locale, one seed of hashes."""
    kept = {k: os.environ[k] for k in ("SYSTEMROOT",) if k in os.environ}  # Windows needs it
    return {
        **dict.fromkeys(THREADS, "1"),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        **kept,
    }


class PlainWorker:
    """A fresh interpreter that holds nothing of the judge's."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="worker-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            command(SERVE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
            cwd=self._folder.name,
            bufsize=0,
        )
        kind = ThreadChannel if sys.platform == "win32" else Channel
        streams = [s for s in (self._process.stdout, self._process.stdin) if s is not None]
        read_fd, write_fd = (os.dup(stream.fileno()) for stream in streams)
        self.channel = kind(read_fd, write_fd)
        for stream in streams:
            stream.close()
        self.channel.send_raw(self._bundle())

    def _bundle(self) -> bytes:
        """Linux alone keeps to limits of memory, and ends what has lost its judge."""
        linux = sys.platform == "linux"
        config = {
            "limits": self._limits.inner("cpu_seconds", "memory_mb") if linux else {},
            "parent": os.getpid(),
            **self._limits.inner("memory_mb", "output_characters"),
        }
        return bundle(linked_path(Path(self._folder.name)), ("layers",) if linux else (), config)

    def end(self) -> str:
        """Kill it and say how it had ended, if it had."""
        if self.channel.ended:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.2)
        own = self._process.poll()
        self._process.kill() if own is None else None
        self._process.wait()
        self.channel.close()
        self._folder.cleanup()
        return how_it_ended(own, self._limits)


class PlainLauncher:
    """Starts plain workers."""

    isolation = "none"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._early: PlainWorker | None = None

    def prepare(self) -> None:
        """Start the first worker now: it gets ready while the caller still imports and reads."""
        if self._early is None:
            self._early = PlainWorker(self.limits)

    def start(self) -> PlainWorker:
        """A new worker, ready for its module."""
        early, self._early = self._early, None
        return early or PlainWorker(self.limits)

    def close(self) -> None:
        """End a worker that was never used; no other outlives its session."""
        if self._early is not None:
            self._early.end()
            self._early = None
