"""A class graded by a crew into a store, so that it can be stopped and goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import click

from ..clock import PHASES, Spent
from ..conduct import given_up, missing, run
from ..course import Course
from ..crew import Alone, Crew, Pool, cores, opened
from ..run import points
from ..store import Rows, Store
from ..submissions import Shelf, Source
from ..task import Setup
from .progress import Progress

_FEW = 20
"""Submissions for which another process is not worth its start."""


@dataclass
class Outcome:
    """What a run came to.

    Args:
        rows: the results, in the order of the submissions.
        open: how many of them have no score.
        kept: how many were in the store already.
        left: how many were not graded because the run was stopped.
        spent: where the time went.
    """

    rows: Rows
    open: int
    kept: int
    left: int
    spent: Spent = field(default_factory=dict)


def grade_class(
    setup: Setup,
    course: Course,
    sources: Sequence[Source],
    shelf: Shelf,
    store: Store,
    crew: Callable[[int], Crew],
    regrade: bool,
) -> Outcome:
    """Grade what the store does not hold; ctrl-C and SIGTERM end the run but keep what is done.

    Args:
        setup: how.
        course: what assignments are worth.
        sources: the submissions, their code on the shelf.
        shelf: holds it.
        store: where results go as they come.
        crew: makes the crew for a number of submissions.
        regrade: whether what the store holds is graded again.
    """
    keys = [setup.key(source) for source in sources]
    todo = missing(keys, store, regrade, setup.pictures)
    # Where only pictures are missing, the grade is known whether they are made or not.
    unknown = missing(keys, store, regrade, False) if setup.pictures else todo
    done = set(range(len(sources))) - set(unknown)
    kept, unscored = len(sources) - len(todo), 0
    spent: Spent = {}
    give_up = given_up(lambda name: points(course[name].functions, setup.options.only))
    try:
        with _interruptible(), Progress(len(sources), kept) as progress:
            if todo:
                with opened(crew(len(todo))) as workers:
                    fetch = lambda n: shelf.get(sources[n])  # noqa: E731 - a name for an argument
                    for n, row in run(workers, setup, fetch, todo, give_up, spent):
                        store.put(keys[n], row)
                        done.add(n)
                        unscored += row.score is None
                        progress.advance(f"{row.student} {row.assignment}")
    except KeyboardInterrupt:
        pass
    rows = Rows(store, [keys[n] for n in sorted(done)])
    return Outcome(rows, unscored, kept, len(sources) - len(done), spent)


def crew_for(executor: str, jobs: int | None, count: int) -> Crew:
    """Who grades a number of submissions.

    Args:
        executor: ``local``, ``dask`` or ``dask:ADDRESS``.
        jobs: how many processes; ``None`` for as many as are worth it here.
        count: how many submissions.
    """
    name, _, address = executor.partition(":")
    if name == "dask":
        from ..cluster import DaskCrew

        return DaskCrew(address or None, jobs or cores())
    jobs = min(jobs or 1 + count // _FEW, jobs or cores(), count)
    return Alone() if jobs == 1 else Pool(jobs)


def known_executor(value: str) -> None:
    """Refuse a name that stands for no executor."""
    if value not in ("local", "dask") and not value.startswith("dask:"):
        raise click.BadParameter(
            f"no executor is called {value!r}; there are: local, dask, dask:tcp://HOST:PORT"
        )


@contextmanager
def _interruptible() -> Iterator[None]:
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def profile(spent: Spent) -> str:
    """Where the time went, summed over all processes, as text."""
    total = sum(spent.values()) or 1.0
    lines = ["where the time went, in seconds of all processes together:"]
    for name, what in PHASES:
        if name in spent:
            lines.append(f"{spent[name]:9.2f}  {100 * spent[name] / total:5.1f} %  {what}")
    return "\n".join(lines)
