"""Workers as plain subprocesses: for one's own code, on any machine; no isolation."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache

from ..worker.boot import SERVE, STARTER, bundle
from .channel import Channel
from .limits import Limits

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def clean_environment() -> dict[str, str]:
    """What a worker may know of its surroundings: one thread, one locale."""
    return {
        **dict.fromkeys(THREADS, "1"),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
    }


@cache
def _bundle() -> bytes:
    return bundle()


class PlainWorker:
    """A fresh interpreter that holds nothing of the judge's."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="worker-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", STARTER + SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
            cwd=self._folder.name,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.channel = Channel(self._process.stdout.fileno(), self._process.stdin.fileno())
        self.channel.send_raw(_bundle())

    def end(self) -> str:
        """Kill it and say how it had ended, if it had."""
        self._process.kill() if self._process.poll() is None else None
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._folder.cleanup()
        return f"signal {-code}" if code < 0 else f"exit status {code}"


class PlainLauncher:
    """Starts plain workers."""

    isolation = "none"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def start(self) -> PlainWorker:
        """A new worker, ready for its module."""
        return PlainWorker()

    def close(self) -> None:
        """Nothing outlives a plain worker."""
