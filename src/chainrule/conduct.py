"""A whole run: what is not in the store yet is graded by a crew and stored as it comes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from fractions import Fraction

from .clock import Spent, add
from .crew import Crew
from .store import Row, Store
from .submissions import Source
from .task import Done, Numbered, Setup, open_result, row_of

DEATHS_TOGETHER = 2
"""How often a task may lose its process before its submissions are tried each by itself, with
nothing else running."""
DEATHS_ALONE = 3
"""How often a submission may lose its process then, before it is given up."""


@dataclass(frozen=True)
class Chunk:
    """The submissions of one task, by number, and how often it lost its process."""

    numbers: tuple[int, ...]
    deaths: int = 0


Fetch = Callable[[int], Source]


def run(
    crew: Crew,
    setup: Setup,
    fetch: Fetch,
    numbers: Sequence[int],
    give_up: Callable[[Source], Row],
    spent: Spent,
) -> Iterator[tuple[int, Row]]:
    """The rows of submissions, in any order, whatever happens to the crew's processes.

    Args:
        crew: does the work.
        setup: what its processes have to agree on.
        fetch: gives a submission with its source, by number.
        numbers: those to be graded.
        give_up: the row of a submission that keeps killing its process.
        spent: where the time went is added here.
    """
    size = max(1, min(crew.chunk, len(numbers) // (2 * crew.window)))
    waiting = deque(Chunk(tuple(numbers[i : i + size])) for i in range(0, len(numbers), size))
    suspects: deque[Chunk] = deque()
    running: dict[Future[Done], Chunk] = {}
    while waiting or suspects or running:
        broken = _hand_out(crew, setup, fetch, waiting, suspects, running)
        lost: list[Chunk] = []
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            chunk = running.pop(future)
            if _died(crew, future):
                lost.append(chunk)
            else:
                done = future.result()
                add(spent, done.spent)
                yield from done.rows
        if lost or broken:
            crew.renew()
            # A broken pool has taken all its tasks along.
            lost += [running.pop(f) for f in list(running) if f.done() and _died(crew, f)]
            yield from _sort_out(lost, fetch, give_up, waiting, suspects)


def _died(crew: Crew, future: Future[Done]) -> bool:
    """Whether a task that is over lost its process."""
    return future.cancelled() or isinstance(future.exception(), crew.deaths)


def _hand_out(
    crew: Crew,
    setup: Setup,
    fetch: Fetch,
    waiting: deque[Chunk],
    suspects: deque[Chunk],
    running: dict[Future[Done], Chunk],
) -> bool:
    """Keep the crew busy, suspects last and one at a time; says whether the crew is broken."""
    while (waiting and len(running) < crew.window) or (suspects and not running):
        queue = waiting or suspects
        sources: list[Numbered] = [(n, fetch(n)) for n in queue[0].numbers]
        try:
            running[crew.submit(setup, sources)] = queue[0]
        except crew.deaths:
            return True
        queue.popleft()
    return False


def _sort_out(
    lost: list[Chunk],
    fetch: Fetch,
    give_up: Callable[[Source], Row],
    waiting: deque[Chunk],
    suspects: deque[Chunk],
) -> Iterator[tuple[int, Row]]:
    """Where the submissions of tasks that lost their process go."""
    for chunk in lost:
        deaths = chunk.deaths + 1
        if deaths >= DEATHS_TOGETHER + DEATHS_ALONE:
            yield from ((n, give_up(fetch(n))) for n in chunk.numbers)
        elif deaths >= DEATHS_TOGETHER:
            suspects.extend(Chunk((n,), deaths) for n in chunk.numbers)
        else:
            waiting.extend(Chunk((n,), deaths) for n in chunk.numbers)


def given_up(points: Callable[[str], Fraction]) -> Callable[[Source], Row]:
    """How a submission is stored that keeps killing the process that grades it."""

    def row(source: Source) -> Row:
        text = (
            f"the grader's own process ended {DEATHS_TOGETHER + DEATHS_ALONE} times while this "
            "was graded; grade it again, with more memory if it was killed for want of that"
        )
        return row_of(open_result(source, points(source.assignment), text))

    return row


def missing(keys: Sequence[str], store: Store, regrade: bool, pictures: bool) -> list[int]:
    """The numbers of the submissions that the store holds no score of, or no pictures if wanted."""
    known = set() if regrade else store.settled(keys)
    if pictures:
        known = store.pictured(known)
    return [n for n, key in enumerate(keys) if key not in known]
