"""What a student sees between two saves: one function, its first cause, how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ..grading.guide import Help
from ..results import CheckResult, FunctionResult
from .lines import put
from .terminal import MARKS, headline
from .values import put_verdict

KEYS = "h: a hint   f: the formula   d: what is asked   o: open as a page   q: quit"
BAR = 20
_HINT = "Hint: "


def hints(function: FunctionResult, guide: Help | None = None) -> list[str]:
    """Three hints, each bolder than the last; the first is about what fails, where it has one.

    Args:
        function: its results; those of its checks that fail have hints of their own.
        guide: the course's help with it.
    """
    lines = [
        line.removeprefix(_HINT)
        for check in _wrong(function)
        for line in check.message.split("\n")
        if line.startswith(_HINT)
    ]
    if guide is None:
        return list(dict.fromkeys(lines))[:3]
    return [*lines[:1], *guide.hints[1:]] if lines else list(guide.hints)


def show_right(functions: Sequence[str], console: Console) -> None:
    """What was just checked and is right."""
    for name in functions:
        put(console, Text.assemble(("ok", "green"), f": {name}"))


def show_wrong(function: FunctionResult, console: Console) -> None:
    """A function's first cause, without its hint: that is for those who ask."""
    put(console, headline(function))
    check = _wrong(function)[0]
    mark, style = MARKS[check.outcome]
    put(console, Text.assemble((mark, style), f": {check.title}"), 2)
    put_verdict(check, console, 4, hint=False)
    more = len(_wrong(function)) - 1
    if more:
        put(console, Text(f"{more} more check{'s' if more > 1 else ''} fail", "dim"), 2)


def show_unwritten(name: str, console: Console) -> None:
    """What comes next."""
    put(console, Text.assemble(("to do", "yellow"), f": {name} is not written yet"))


def show_progress(right: int, of: int, console: Console) -> None:
    """How far the course has come, in words and as a bar."""
    full = right * BAR // of
    bar = Text.assemble(("█" * full, "green"), ("░" * (BAR - full), "dim"))
    put(console, Text.assemble(f"{right} of {of} functions right ", bar))


def _wrong(function: FunctionResult) -> list[CheckResult]:
    return [c for c in function.checks if c.outcome not in ("passed", "skipped")]
