"""What is said of a notebook's cells that failed: little, inert, and only of cells that exist."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from chainrule import run
from chainrule.submissions import Cell, Source
from chainrule.worker.wire import Error, Loaded


def notes(source: Source, errors: list[tuple[str, Error]]) -> tuple[str, ...]:
    """Of a grading in which the worker claims these errors."""
    session: Any = SimpleNamespace(loaded=Loaded([], errors, ""))
    grader: Any = SimpleNamespace(grade=lambda _: ())
    _, said = run._grade_loaded(grader, session, source)
    return said


def notebook(cells: int) -> Source:
    held = tuple(Cell("1 / 0", number) for number in range(1, cells + 1))
    return Source("ada", "losses", "losses.ipynb", "notebook", b"", held, "0" * 64, (), None)


def error(text: str = "division by zero", traceback: str = "") -> Error:
    return Error("ZeroDivisionError", False, False, text, traceback)


def test_many_cells_that_fail_are_counted() -> None:
    said = notes(notebook(1990), [(f"cell {n}", error()) for n in range(1, 1991)])
    assert said[0] == "a cell failed and was left out: cell 1: ZeroDivisionError: division by zero"
    assert len(said) == 21
    assert said[-1] == "and 1,970 more cells failed and were left out"


def test_as_many_as_are_told_need_no_count() -> None:
    said = notes(notebook(20), [(f"cell {n}", error()) for n in range(1, 21)])
    assert len(said) == 20
    assert "cell 20" in said[-1]


def test_a_label_that_was_not_sent_is_not_told() -> None:
    forged = ["\x1b[2J all is well", "cell 3", "cell 1\n", "x" * 1_000_000]
    said = notes(notebook(2), [(label, error("e")) for label in forged])
    assert set(said) == {"a cell failed and was left out: an unknown cell: ZeroDivisionError: e"}


def test_what_a_worker_claims_is_not_endless() -> None:
    (note,) = notes(notebook(1), [("cell 1", error("e" * 1_000_000, "\x1b" * 1_000_000))])
    assert len(note) < 100_000
    assert "\x1b" not in note
