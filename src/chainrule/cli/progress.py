"""A progress bar on standard error; nothing where that is no terminal."""

from __future__ import annotations

from types import TracebackType

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from ..judge.show import inert
from .common import console, is_terminal


class _Rate(ProgressColumn):
    """Submissions a second, or a minute where they are slow."""

    def render(self, task: Task) -> Text:
        speed = task.speed or 0.0
        return Text(f"{speed:.0f}/s" if speed >= 2 else f"{60 * speed:.0f}/min")


class Progress:
    """Counts what is done.

    Args:
        total: how many there are.
        done: how many of them are done already.
    """

    def __init__(self, total: int, done: int = 0) -> None:
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        self._bar = Bar(
            *columns, console=console(stderr=True), disable=not is_terminal(), transient=True
        )
        self._task = self._bar.add_task("", total=total, completed=done)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def advance(self, what: str) -> None:
        """One more is done."""
        self._bar.update(self._task, advance=1, description=inert(what).replace("[", "("))
