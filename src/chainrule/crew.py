"""Who does the tasks of a run: this process, local processes, or a Dask cluster.

The seam is `concurrent.futures.Executor`. A crew opens one, says which exceptions mean that a
process died under a task, and opens another when that has happened.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol

from .task import Done, Numbered, Setup, close_desk, grade_chunk


class CrewError(Exception):
    """The processes cannot be had; the message says what to do."""


class Crew(Protocol):
    """An executor that outlives the death of its processes.

    Attributes:
        chunk: how many submissions make a task.
        deaths: exceptions of a task whose process died.
    """

    chunk: int
    deaths: tuple[type[BaseException], ...]

    @property
    def window(self) -> int:
        """How many tasks are handed out at a time."""
        ...

    def submit(self, setup: Setup, chunk: Sequence[Numbered]) -> Future[Done]:
        """Hand out a task."""
        ...

    def renew(self) -> None:
        """Make good for a death."""
        ...

    def close(self, at_once: bool = False) -> None:
        """Let go of the processes; ``at_once`` of whatever still runs, too."""
        ...


class Alone:
    """This process itself: nothing to start, nothing to send."""

    window, chunk = 1, 1
    deaths: tuple[type[BaseException], ...] = ()

    def __init__(self) -> None:
        self._affinity = _affinity()
        pin(os.getpid())

    def submit(self, setup: Setup, chunk: Sequence[Numbered]) -> Future[Done]:
        """Do it now."""
        future: Future[Done] = Future()
        try:
            future.set_result(grade_chunk(setup, chunk))
        except Exception as error:  # noqa: BLE001 - a future hands on whatever it is
            future.set_exception(error)
        return future

    def renew(self) -> None:
        """There is nobody to replace."""

    def close(self, at_once: bool = False) -> None:
        """End this process's own zygote."""
        close_desk()
        unpin(self._affinity)


class Pool:
    """Local processes, each with a zygote of its own, each pair on one core.

    Args:
        jobs: how many.
    """

    chunk = 5
    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int) -> None:
        self.window = 2 * jobs
        self._jobs = jobs
        # What killed processes leave behind goes with this folder at the end.
        self._folder = tempfile.TemporaryDirectory(prefix="chainrule-", ignore_cleanup_errors=True)
        Path(self._folder.name).chmod(0o755)  # a zygote may be nobody's
        self._pool = self._open()

    def _open(self) -> Executor:
        context = multiprocessing.get_context("spawn")
        given = (context.Value("i", os.getpid()), self._folder.name)
        return ProcessPoolExecutor(self._jobs, context, _settle, given)

    def submit(self, setup: Setup, chunk: Sequence[Numbered]) -> Future[Done]:
        """Hand it to a free process."""
        return self._pool.submit(grade_chunk, setup, chunk)

    def renew(self) -> None:
        """A broken pool takes no more tasks; open another."""
        self._end(at_once=True)
        self._pool = self._open()

    def _end(self, at_once: bool) -> None:
        if at_once:
            for process in multiprocessing.active_children():
                process.kill()
        self._pool.shutdown(cancel_futures=True)

    def close(self, at_once: bool = False) -> None:
        """End the processes and remove what they left."""
        self._end(at_once)
        self._folder.cleanup()


def _settle(count: Any, folder: str) -> None:
    """Make a pool's process at home: its core, its folder, its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C goes to all; the coordinator decides
    tempfile.tempdir = folder
    with count.get_lock():
        count.value += 1
        number = count.value
    pin(number)
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()


def _end_with_parent(folder: str) -> None:
    """Were its coordinator killed, a process would wait for ever, and the folder stay."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _affinity() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


def pin(number: int) -> None:
    """Keep this process, and the zygote it will start, on one core.

    Both never work at the same time, and what one has written is still in the core's cache when
    the other reads it. As a batch process a judge does not interrupt its worker for every single
    answer: it reads many at once when the worker waits.
    """
    cores = sorted(_affinity())
    if not cores:
        return
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {cores[number % len(cores)]})
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def unpin(cores: set[int]) -> None:
    """Let this process go wherever it could go before."""
    if cores:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, cores)
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def cores() -> int:
    """How many pairs of processes can work at the same time here."""
    return len(_affinity()) or os.cpu_count() or 1


@contextlib.contextmanager
def opened(crew: Crew) -> Iterator[Crew]:
    """A crew that is let go in any case, at once where something went wrong."""
    try:
        yield crew
    except BaseException:
        crew.close(at_once=True)
        raise
    crew.close()
