"""A run whose processes die: nothing is lost, nothing comes twice, a killer is found and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.conduct import DEATHS_ALONE, DEATHS_TOGETHER, given_up, run
from chainrule.freeze import thaw
from chainrule.results import SubmissionResult
from chainrule.store import Row
from chainrule.submissions import Source
from chainrule.task import Done, Numbered, row_of


def source(number: int) -> Source:
    return Source(
        f"student{number}", "sums", "sums.py", "module", b"", (), f"{number:064x}", (), None
    )


def graded(number: int) -> Row:
    return row_of(
        SubmissionResult(f"student{number}", "sums", f"{number:064x}", (), Fraction(number))
    )


@dataclass
class FakeCrew:
    """Does tasks when renewed or asked, one after another, and dies when told.

    Args:
        dies: asked before each submission of a task; whether the process dies there.
        together: whether a death takes the other tasks along, as in a local pool.
    """

    dies: Callable[[int], bool]
    together: bool = True
    window: int = 4
    chunk: int = 3
    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    tasks: list[tuple[Future[Done], Sequence[Numbered]]] = field(default_factory=list)
    broken: bool = False
    most: int = 0

    def submit(self, setup: Any, chunk: Sequence[Numbered]) -> Future[Done]:
        if self.broken:
            raise BrokenProcessPool
        future: Future[Done] = Future()
        self.tasks.append((future, chunk))
        self.most = max(self.most, len(self.tasks))
        if len(self.tasks) == self.window or self.alone:
            self._work()
        return future

    alone = False

    def _work(self) -> None:
        future, chunk = self.tasks.pop(0)
        for number, _ in chunk:
            if self.dies(number):
                future.set_exception(BrokenProcessPool())
                self.broken = self.together
                return
        future.set_result(Done([(n, graded(n)) for n, _ in chunk], {"judging": 1.0}))

    def renew(self) -> None:
        for future, _ in self.tasks if self.together else ():
            future.set_exception(BrokenProcessPool())
        self.tasks = [] if self.together else self.tasks
        self.broken = False

    def close(self, at_once: bool = False) -> None:
        pass


class Eager(FakeCrew):
    """One task at a time, done as it is handed out."""

    alone = True


def all_rows(crew: FakeCrew, count: int) -> dict[int, Row]:
    found: list[tuple[int, Row]] = list(
        run(crew, None, source, range(count), given_up(lambda _: Fraction(5)), {})  # type: ignore[arg-type]
    )
    numbers = Counter(n for n, _ in found)
    assert set(numbers.values()) <= {1}, "a result came twice"
    return dict(found)


@given(st.integers(0, 40), st.data())
def test_random_deaths_lose_nothing(count: int, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, 6))

    def dies(_: int) -> bool:
        nonlocal left
        if left and data.draw(st.booleans()):
            left -= 1
            return True
        return False

    rows = all_rows(Eager(dies), count)
    assert sorted(rows) == list(range(count))


def test_a_submission_that_always_kills_is_named_and_the_rest_is_graded() -> None:
    tries: Counter[int] = Counter()

    def dies(number: int) -> bool:
        tries[number] += 1
        return number == 7

    rows = all_rows(Eager(dies), 20)
    assert sorted(rows) == list(range(20))
    assert [n for n, row in rows.items() if row.score is None] == [7]
    assert tries[7] == DEATHS_TOGETHER + DEATHS_ALONE
    reason = thaw(rows[7].result).reason
    assert reason is not None
    assert "ended 5 times" in reason
    assert all(rows[n] == graded(n) for n in range(20) if n != 7)


def test_other_errors_are_not_taken_for_deaths() -> None:
    class Wrong(Eager):
        def _work(self) -> None:
            self.tasks.pop(0)[0].set_exception(ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        all_rows(Wrong(lambda _: False), 3)


@pytest.mark.parametrize("together", [True, False])
def test_no_more_tasks_are_handed_out_than_the_crew_wants(together: bool) -> None:
    class Watched(Eager):
        pass

    crew = Watched(lambda _: False, together)
    assert len(all_rows(crew, 50)) == 50
    assert crew.most <= crew.window
