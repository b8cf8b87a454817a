"""The work of a proof in pieces, done by several processes, the longest first."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from ..collector import relax
from ..judge.session import Launcher
from ..run import Desk, Options
from ..submissions import Source
from .apart import Apart
from .machine import Made, try_mutants
from .right import Right, try_right
from .wrong import Wrong, try_mistakes

Launch = Callable[[], Launcher]


@dataclass(frozen=True)
class Piece:
    """One piece of the work.

    Args:
        kind: record, right, wrong or mutants.
        assignment: which module.
        function: for known mistakes and mutants, which function.
        source: for right answers, the module; for mutants, the reference's text.
        weight: about how long it takes, compared with the others.
    """

    kind: str
    assignment: str
    function: str = ""
    source: Source | str | None = None
    weight: int = 0


@dataclass(frozen=True)
class Findings:
    """What the pieces found."""

    right: tuple[Right, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    made: tuple[Made, ...] = ()
    faults: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True)
class Shop:
    """What a process works with; picklable.

    Args:
        options: how it is graded.
        launch: makes launchers for right answers.
        strict: makes launchers with short limits, for mutants.
    """

    options: Options
    launch: Launch
    strict: Launch


class Bench:
    """A process's course, recordings and launchers."""

    def __init__(self, shop: Shop) -> None:
        relax()
        self._launcher, self._strict = shop.launch(), shop.strict()
        self._desk = Desk(shop.options, self._launcher)

    def work(self, piece: Piece) -> Findings:
        """Do a piece."""
        grader = self._desk.grader(piece.assignment)
        if isinstance(piece.source, Source):
            return Findings(right=tuple(try_right(self._desk, piece.source)))
        if isinstance(piece.source, str):
            made = try_mutants(grader, piece.function, piece.source, self._strict)
            return Findings(made=tuple(made))
        if piece.kind == "wrong":
            wrong, apart = try_mistakes(grader, piece.function)
            return Findings(wrong=tuple(wrong), apart=tuple(apart))
        faults = grader.recording.faults.items()
        return Findings(
            faults=tuple(f"{name}: the reference does not pass: {why}" for name, why in faults)
        )

    def close(self) -> None:
        """End what the launchers keep running."""
        self._launcher.close()
        self._strict.close()


def work(shop: Shop, pieces: Sequence[Piece], jobs: int) -> Iterator[tuple[Piece, Findings]]:
    """Do all pieces: the recordings first, for all others read them, then the longest."""
    first = [p for p in pieces if p.kind == "record"]
    rest = sorted((p for p in pieces if p.kind != "record"), key=lambda p: -p.weight)
    if jobs <= 1:
        yield from _alone(shop, [*first, *rest])
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _open, (shop,)) as pool:
        try:
            for batch in (first, rest):
                futures: dict[Future[Findings], Piece] = {pool.submit(_do, p): p for p in batch}
                for future in as_completed(futures):
                    yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _alone(shop: Shop, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Findings]]:
    bench = Bench(shop)
    try:
        for piece in pieces:
            yield piece, bench.work(piece)
    finally:
        bench.close()


_here: list[Bench] = []
"""This process's bench."""


def _open(shop: Shop) -> None:
    bench = Bench(shop)
    _here.append(bench)
    multiprocessing.util.Finalize(bench, bench.close, exitpriority=1)


def _do(piece: Piece) -> Findings:
    return _here[0].work(piece)
