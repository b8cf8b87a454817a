"""Running something and knowing what it took: time, processor time, memory of all its processes."""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CHAINRULE = (sys.executable, "-P", "-m", "chainrule")
_EVERY = 0.2
"""Seconds between two looks at a run's memory."""


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Args:
        name: what `--rows` calls it.
        measure: what is measured, in words.
        value: what was found; ``None`` where it could not be measured.
        goal: what it should be at most, or at least.
        at_least: whether more is better.
        unit: after the value.
        details: the numbers it is made of.
        note: why it could not be measured, or what to know.
    """

    name: str
    measure: str
    value: float | None
    goal: float
    at_least: bool = False
    unit: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached."""
        if self.value is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_data(self) -> dict[str, Any]:
        """The row as JSON holds it."""
        return {**asdict(self), "met": self.met}


@dataclass(frozen=True)
class Run:
    """What a command took.

    Args:
        wall: seconds.
        cpu: seconds of processor time of it and of all its descendants.
        peak: megabytes that they held together at their most.
        status: its exit status.
        text: what it printed.
    """

    wall: float
    cpu: float
    peak: float
    status: int
    text: str


def used(who: int = resource.RUSAGE_CHILDREN) -> float:
    """Seconds of processor time so far, of children that have ended unless said otherwise."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def used_here() -> float:
    """Seconds of processor time of this process and of its ended children."""
    return used() + used(resource.RUSAGE_SELF)


def run(
    command: Sequence[str | Path],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    statuses: Sequence[int] = (0,),
    memory: bool = False,
) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it ended with an exit status that is not expected.
    """
    before, start = used(), time.perf_counter()
    with subprocess.Popen(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watch = _Watch(process.pid) if memory else None
        text, _ = process.communicate()
    wall = time.perf_counter() - start
    if process.returncode not in statuses:
        said = text[-2000:]
        raise RuntimeError(f"{' '.join(map(str, command))}: {process.returncode}\n{said}")
    peak = watch.end() if watch else 0.0
    return Run(wall, used() - before, peak, process.returncode, text)


class _Watch:
    """Looks at the memory of a process and its descendants from a thread, and keeps the peak."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self._peak = max(self._peak, sum(map(_held, tree(self._pid))))

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak / 1024


def tree(pid: int) -> Iterator[int]:
    """A process and all its descendants that run now."""
    yield pid
    with contextlib.suppress(OSError):  # it has ended meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def _held(pid: int) -> int:
    """Kilobytes of a process; what several share is shared out among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # ended meanwhile
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def middle(numbers: Sequence[float]) -> float:
    """The median."""
    return statistics.median(numbers)


def rounded(numbers: Sequence[float], digits: int = 3) -> list[float]:
    """Numbers as they are written down."""
    return [round(n, digits) for n in numbers]
