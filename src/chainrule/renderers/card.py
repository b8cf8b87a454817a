"""A verdict as a notebook shows it: a small card of HTML, and the same as text.

The HTML is built as a tree and written by the standard library, which escapes every text in it;
the style sheet is the one string that is ours alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..grading.guide import Help
from ..judge.show import inert
from ..results import CheckResult, FunctionResult, Grades, SubmissionResult
from . import student
from .blocks import wrong_blocks
from .lines import as_text
from .parts import Cell, Grid, Parts, parts
from .terminal import MARKS
from .watch import hints

MOST_BLOCKS = 3
WIDTH = 88
_KINDS = {"passed": "passed", "skipped": "waiting", "not_written": "waiting"}


@dataclass(frozen=True)
class Card:
    """What a notebook shows in HTML, and everything else as text."""

    html: str
    text: str
    passed: bool = False

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def notice(title: str, *lines: str) -> Card:
    """Why nothing could be checked, and what to do."""
    body = _card("waiting", [_element("p", _element("strong", title)), *_paragraphs(lines)])
    return Card(_written(body), "\n".join([title, *lines]))


def function_card(result: SubmissionResult, where: str, guide: Help | None = None) -> Card:
    """One function: all is well, or the first thing to mend.

    Args:
        result: of the one function.
        where: which definition was judged.
        guide: the course's help with it.
    """
    [function] = result.functions
    kind = _kind(function)
    content = [_head(function, kind)]
    if kind == "passed":
        content.append(_element("p", "Your instructor's grading runs further checks."))
    elif _unwritten(function):
        todo = f"Write {function.name} in place of its raise, run its cell, and check again."
        content.append(_element("p", todo))
        content += _folded(hints(function, guide))
    else:
        content += [*_first(function), *_hints(function, guide)]
    content += [_element("p", f"Note: {note}", kind="advice") for note in map(inert, result.notes)]
    content += _others(function, kind)
    content.append(_element("p", where, kind="muted"))
    return Card(_written(_card(kind, content)), f"{_text(result)}{where}", kind == "passed")


def overview_card(result: SubmissionResult, unseen: Sequence[str]) -> Card:
    """All functions of an assignment, a line each.

    Args:
        result: of the functions whose cells were run.
        unseen: the functions whose cells were not.
    """
    kinds = [_kind(function) for function in result.functions]
    right = kinds.count("passed")
    total = len(kinds) + len(unseen)
    title = f"{result.assignment}: {right} of {total} functions pass the public checks"
    rows = [_head(f, k, "li") for f, k in zip(result.functions, kinds, strict=True)]
    rows += [
        _element("li", _tag("waiting", "not run"), " ", _element("code", name)) for name in unseen
    ]
    notes = [_element("p", f"Note: {note}", kind="advice") for note in map(inert, result.notes)]
    content = [_element("p", _element("strong", title)), _element("ul", *rows), *notes]
    kind = "passed" if right == total else "wrong" if "wrong" in kinds else "waiting"
    later = [f"not run yet: {', '.join(unseen)}\n"] if unseen else []
    text = "".join([_text(result), *later]).rstrip("\n")
    return Card(_written(_card(kind, content)), text, kind == "passed")


def _kind(function: FunctionResult) -> str:
    outcomes = {check.outcome for check in function.checks}
    if outcomes == {"passed"}:
        return "passed"
    return "waiting" if outcomes <= _KINDS.keys() else "wrong"


def _unwritten(function: FunctionResult) -> bool:
    return all(check.outcome == "not_written" for check in function.checks)


def _head(function: FunctionResult, kind: str, name: str = "p") -> ET.Element:
    words = {"passed": "right", "wrong": "wrong", "waiting": "not written yet"}
    passed = sum(check.outcome == "passed" for check in function.checks)
    count = f" {passed} of {len(function.checks)} public checks pass"
    return _element(
        name,
        _tag(kind, words[kind]),
        " ",
        _element("code", _element("strong", function.name)),
        *([] if kind == "waiting" else [_element("span", count, kind="muted")]),
    )


def _first(function: FunctionResult) -> Iterator[ET.Element]:
    """The first check that does not pass, in full."""
    check = _wrong(function)[0]
    said = parts(check)
    yield _element("p", _element("strong", check.title))
    first, _, rest = said.says.partition("\n")
    yield from _paragraphs([first] if first else [])
    if rest:
        yield _element("pre", rest)
    yield from _labelled("Input", said.input)
    yield from _values(check, said)
    yield from ([_element("p", said.advice, kind="advice")] if said.advice else [])


def _hints(function: FunctionResult, guide: Help | None) -> Iterator[ET.Element]:
    """The check's own hint, and folded away what else there is: it may be about more."""
    own = parts(_wrong(function)[0]).hint
    if own:
        yield _element("p", _element("strong", "Hint: "), own, kind="advice")
    yield from _folded([hint for hint in hints(function, guide) if hint != own])


def _folded(texts: Sequence[str]) -> Iterator[ET.Element]:
    """Hints, each in the fold of the one before: a student asks for one at a time."""
    if texts:
        first = _element("p", texts[0], kind="advice")
        yield _element("details", _element("summary", "A hint"), first, *_folded(texts[1:]))


def _values(check: CheckResult, said: Parts) -> Iterator[ET.Element]:
    """Expected and got: as tables with the wrong entries marked wherever they are numbers."""
    if said.grid is not None:
        yield _pair("", said.grid)
        return
    blocks = wrong_blocks(check.counterexample or {})
    for block in blocks[:MOST_BLOCKS]:
        yield _pair(block.name, block.grid)
    if len(blocks) > MOST_BLOCKS:
        yield from _paragraphs([f"and {len(blocks) - MOST_BLOCKS} more parts are wrong"])
    if not blocks:
        yield from _labelled("Expected", said.expected)
        yield from _labelled("Got", said.got)


def _pair(name: str, grid: Grid) -> ET.Element:
    expected, got = (f"{name}: expected", f"{name}: got") if name else ("Expected", "Got")
    if grid.wrong and grid.entries > 1:
        got += f", {grid.wrong} of {grid.entries} entries wrong"
    return _element("div", _table(expected, grid.expected), _table(got, grid.got), kind="pair")


def _table(label: str, rows: list[list[Cell]]) -> ET.Element:
    lines = [
        _element("tr", *(_element("td", _entry(c), kind="bad" if c.wrong else "") for c in row))
        for row in rows
    ]
    title = _element("p", label, kind="label")
    return _element("div", title, _element("div", _element("table", *lines), kind="scroll"))


def _entry(cell: Cell) -> str:
    return f"✗ {cell.text}" if cell.wrong else cell.text


def _others(function: FunctionResult, kind: str) -> Iterator[ET.Element]:
    """Every check by its property, folded away."""
    if kind == "waiting":
        return
    rows = [
        _element("li", _tag(_KINDS.get(c.outcome, "wrong"), MARKS[c.outcome][0]), " ", c.title)
        for c in function.checks
    ]
    yield _element("details", _element("summary", "All checks"), _element("ul", *rows))


def _wrong(function: FunctionResult) -> list[CheckResult]:
    return [c for c in function.checks if c.outcome not in ("passed", "skipped")]


def _labelled(label: str, text: str) -> Iterator[ET.Element]:
    if text:
        yield _element("p", label, kind="label")
        yield _element("pre", text)


def _paragraphs(lines: Sequence[str]) -> list[ET.Element]:
    return [_element("p", line) for line in lines]


def _tag(kind: str, word: str) -> ET.Element:
    return _element("span", word, kind=f"tag {kind}")


def _card(kind: str, content: Sequence[ET.Element]) -> ET.Element:
    return _element("div", _element("style", _style()), *content, kind=f"cr-card {kind}")


def _element(name: str, *content: ET.Element | str, kind: str = "") -> ET.Element:
    """An element with its class, and what is in it; texts lose what a reader cannot see."""
    made = ET.Element(name, {"class": kind} if kind else {})
    for item in content:
        if isinstance(item, ET.Element):
            made.append(item)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + inert(item)
        else:
            made.text = (made.text or "") + inert(item)
    return made


def _written(tree: ET.Element) -> str:
    return ET.tostring(tree, encoding="unicode", method="html")


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("card.css").read_text("utf-8")


def _text(result: SubmissionResult) -> str:
    """What ``chainrule check`` says of it."""
    grades = Grades("", "", 0, "none", (result,))
    return as_text(lambda console: student.show(grades, console), WIDTH)
