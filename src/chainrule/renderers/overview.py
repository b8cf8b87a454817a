"""A large class on the terminal: a line for each assignment instead of one for each student."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from rich.console import Console
from rich.table import Table

from ..results import Grades
from .terminal import decimal, show_problems


class Scored(Protocol):
    """One submission's score."""

    @property
    def assignment(self) -> str: ...
    @property
    def score(self) -> Fraction | None: ...
    @property
    def max_score(self) -> Fraction: ...


@dataclass
class _Line:
    most: Fraction
    count: int = 0
    open: int = 0
    full: int = 0
    total: float = 0.0

    def add(self, score: Fraction | None) -> None:
        self.count += 1
        self.open += score is None
        self.full += score == self.most
        self.total += float(score or 0)

    def cells(self) -> tuple[str, ...]:
        graded = self.count - self.open
        mean = f"{self.total / graded:.2f}/{decimal(self.most)}" if graded else "-"
        return str(self.count), mean, str(self.full), str(self.open or "")


def show_class(grades: Grades, scores: Iterable[Scored], console: Console) -> None:
    """How many of each assignment, their mean, full marks and open scores; then the problems."""
    lines: dict[str, _Line] = {}
    for one in scores:
        lines.setdefault(one.assignment, _Line(one.max_score)).add(one.score)
    table = Table(title="Scores", title_justify="left")
    table.add_column("assignment")
    for name in ("submissions", "mean", "full marks", "not graded"):
        table.add_column(name, justify="right")
    for name, line in lines.items():
        table.add_row(name, *line.cells())
    console.print(table)
    show_problems(grades, console)
