"""The examples in `docs/verdicts.md` are what is said, word for word.

`python tests/test_verdict_examples.py` writes what is said now into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chainrule.course import load_course
from chainrule.judge.answers import Local
from chainrule.judge.cache import recording_of
from chainrule.judge.grade import Grader
from chainrule.renderers.lines import as_text
from chainrule.renderers.terminal import show_function

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "verdicts.md"
EXAMPLE = re.compile(r'```python title="(\w+)\.py"\n(.*?)```\n(?:\n```text\n(.*?)```)?', re.DOTALL)


def examples() -> Iterator[tuple[str, str, str]]:
    """Each example's assignment, code and what the page says of it."""
    yield from EXAMPLE.findall(PAGE.read_text("utf-8"))


def said_of(assignment: str, code: str) -> tuple[str, bool]:
    """What is read of the functions in a piece of code, and whether they earn everything."""
    course = load_course(ROOT, only=[assignment])
    chosen = course[assignment]
    recording = recording_of(course, chosen, 0, hidden=True)
    written: dict[str, Any] = {}
    exec(compile(code, f"{assignment}.py", "exec"), written)  # noqa: S102 - our own page
    said, full = "", True
    for function in (f.name for f in chosen.functions if f.name in written):
        grader = Grader(chosen, recording, only=function)
        (result,) = grader.grade(Local({**chosen.reference, **written}))
        said += as_text(partial(show_function, result), 80)
        full = full and result.score == result.max_score
    return said, full


@pytest.mark.parametrize("example", list(examples()), ids=lambda e: e[0])
def test_an_example_is_what_is_said(example: tuple[str, str, str]) -> None:
    assignment, code, said = example
    now, full = said_of(assignment, code)
    assert now == said
    assert full == (said == "")


def test_there_are_three() -> None:
    assert len(list(examples())) == 3


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    for assignment, code, said in filter(lambda example: example[2], examples()):
        old = f"{code}```\n", f"```text\n{said}```"
        start = page.index(old[0])
        at = page.index(old[1], start)
        now = f"```text\n{said_of(assignment, code)[0]}```"
        page = page[:at] + now + page[at + len(old[1]) :]
    PAGE.write_text(page, "utf-8")
