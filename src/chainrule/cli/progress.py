"""A progress bar on standard error; nothing where that is no terminal."""

from __future__ import annotations

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ..judge.show import inert
from .common import console, is_terminal


class Progress:
    """Counts what is done."""

    def __init__(self, total: int) -> None:
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        self._bar = Bar(
            *columns, console=console(stderr=True), disable=not is_terminal(), transient=True
        )
        self._task = self._bar.add_task("", total=total)

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
