"""The card of a check: what it says, and that nothing in it is the student's markup."""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from chainrule.course import load_course
from chainrule.kernel.check import verdict
from chainrule.renderers.blocks import wrong_blocks
from chainrule.renderers.card import Card

ROOT = Path(__file__).parents[1]
SOLUTIONS = {p.stem: p.read_text("utf-8") for p in (ROOT / "solutions").glob("[!_]*.py")}
ELEMENTS = {"div", "style", "p", "span", "code", "strong", "pre", "table", "tr", "td", "ul", "li"}
ELEMENTS |= {"details", "summary"}


class Page(HTMLParser):
    """What a browser would find: elements, their attributes, text, and the marked entries."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.bad: list[str] = []
        self.cells = 0
        self._inside: list[tuple[str, str]] = []
        self.feed(card._repr_html_())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        kind = dict(attrs).get("class") or ""
        self.cells += tag == "td"
        self._inside.append((tag, kind))
        if (tag, kind) == ("td", "bad"):
            self.bad.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if ("td", "bad") in self._inside:
            self.bad[-1] += data
        if not any(tag == "style" for tag, _ in self._inside):
            self.text += data


def check(function: str | None, *cells: str) -> Card:
    """The card that a notebook shows after running some cells."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    for cell in cells:
        with contextlib.suppress(Exception):
            exec(cell, namespace)  # noqa: S102 - as a kernel does
    return verdict(function, ["", *cells], namespace, ROOT)


def replaced(assignment: str, old: str, new: str) -> str:
    assert old in SOLUTIONS[assignment]
    return SOLUTIONS[assignment].replace(old, new)


def test_a_right_function():
    card = check("softmax", "x = 1", SOLUTIONS["losses"])
    page = Page(card)
    assert "cr-card passed" in card.html
    assert "right softmax 7 of 7 public checks pass" in page.text
    assert "Judged as you last ran it, in [2]." in page.text
    assert "Your instructor's grading runs further checks" in page.text
    assert "ok: softmax" in repr(card)
    assert page.bad == []


def test_the_smallest_counterexample_with_the_wrong_entries_marked():
    wrong = "return exponentials / exponentials.sum(axis=0)"
    source = SOLUTIONS["losses"].replace("return exponentials /", f"{wrong} #")
    page = Page(card := check("softmax", source))
    assert "cr-card wrong" in card.html
    assert "wrong softmax" in page.text
    for label in ("Input", "Expected", "Got, ", "entries wrong", "A hint", "All checks"):
        assert label in page.text
    assert "softmax([" in page.text
    assert page.bad
    assert all(text.startswith("✗ ") for text in page.bad)
    assert "Expected: " in card.text
    assert "Got: " in card.text


def test_a_gradient_s_wrong_block_as_a_matrix():
    wrong = replaced(
        "backprop", "before.T @ delta, delta.sum", "np.abs(before.T @ delta), delta.sum"
    )
    page = Page(check("backward", wrong))
    assert "The gradient is not right" in page.text
    assert "Hint: Chain rule" in page.text
    assert "dW of layer 1: expected" in page.text
    assert "dW of layer 1: got, 2 of 3 entries wrong" in page.text
    assert len(page.bad) == 2
    assert page.cells == 6


def test_wrong_blocks_are_found_by_structure_and_named():
    dW, db = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [1.0, 2.0]
    shown = {
        "expected": [[dW, db], [[[1.0], [2.0]], [3.0]]],
        "got": [[dW, [1.0, 9.0]], [[[1.0], [2.5]], [3.0]]],
        "block": "db of layer 1",
    }
    assert [block.name for block in wrong_blocks(shown)] == ["part 2 of 4", "part 3 of 4"]
    shown["blocks"] = [f"{block} of layer {n}" for n in (1, 2) for block in ("dW", "db")]
    blocks = wrong_blocks(shown)
    assert [block.name for block in blocks] == ["db of layer 1", "dW of layer 2"]
    assert [[cell.wrong for cell in row] for row in blocks[0].grid.got] == [[False, True]]
    assert [[cell.wrong for cell in row] for row in blocks[1].grid.got] == [[False], [True]]


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (None, [1.0]),
        ([[1.0], 2.0], [[1.0, 3.0], 2.0]),
        ([1.0, "text"], [1.0, "text"]),
        ([[1.0], [[2.0]]], [[1.0]]),
        ([], []),
        (1.0, 2.0),
    ],
)
def test_what_cannot_be_laid_side_by_side_is_no_block(expected, got):
    assert wrong_blocks({"expected": expected, "got": got}) == []


def test_not_written_and_not_run():
    stub = 'def softmax(logits):\n    raise NotImplementedError("softmax is not written yet")'
    page = Page(card := check("softmax", stub))
    assert "cr-card waiting" in card.html
    assert "not written yet softmax" in page.text
    assert "Write softmax in place of its raise" in page.text
    hints = load_course(ROOT, hidden=False)["losses"].help["softmax"].hints
    assert page.elements.count("details") == len(hints) == 3
    assert [page.text.find(hint) > 0 for hint in hints] == [True] * 3
    assert "not there yet" in Page(check("softmax", "x = 1")).text
    assert "No function is called softmaxx" in Page(check("softmaxx", "x = 1")).text
    other = "exec('def softmax(logits):\\n    return logits')"
    assert "does not come from a cell" in Page(check("softmax", other)).text


def test_an_error_shows_the_cell_and_its_line():
    wrong = "import numpy as np\n\ndef softmax(logits):\n    return np.exp(logit)"
    page = Page(check("softmax", "x = 1", wrong))
    assert "name 'logit' is not defined" in page.text
    assert "line 4 of cell 2, in softmax" in page.text


def test_a_package_that_grading_does_not_have_is_told():
    page = Page(check("softmax", "import yaml\n\ndef softmax(logits):\n    return yaml"))
    assert "only numpy and the standard library are available" in page.text
    assert "cell 1" in page.text


def test_all_functions_at_once():
    source = replaced("losses", "np.square(", "np.abs(")
    source = source.replace("def one_hot", "def one_cold")
    page = Page(card := check(None, source))
    assert "losses: 3 of 5 functions pass the public checks" in page.text
    assert "not run one_hot" in page.text
    assert "wrong mean_squared_error" in page.text
    assert "right softmax" in page.text
    assert "not run yet: one_hot" in card.text
    assert "No function is there yet" in Page(check(None, "x = 1")).text


HOSTILE = (
    "</pre></style><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\x1b[31m\u202egnp"
)
RAISES = f"""
class Evil(Exception):
    __qualname__ = __name__ = {HOSTILE!r}
def softmax(logits):
    raise Evil({HOSTILE!r})
"""
RETURNS = f"""
class Evil:
    def __repr__(self):
        return {HOSTILE!r}
Evil.__qualname__ = Evil.__name__ = {HOSTILE!r}
def softmax(logits):
    return Evil()
"""


@pytest.mark.parametrize("source", [RAISES, RETURNS])
def test_hostile_text_is_inert(source: str):
    card = check("softmax", source)
    page = Page(card)
    assert set(page.elements) <= ELEMENTS
    assert page.attributes == {"class"}
    assert page.elements.count("style") == 1
    assert "<script" not in card.html
    assert "<img" not in card.html
    for text in (card.html, card.text):
        assert not {"\x1b", "\u202e"} & set(text)


def test_a_hostile_note_is_inert():
    # What the kernel has, the cells cannot make again: K came about in another way.
    uses = "def softmax(logits):\n    return K"
    namespace: dict[str, object] = {"K": 1}
    exec(uses, namespace)  # noqa: S102 - as a kernel does
    history = ["", f"K = int({HOSTILE!r})", uses]
    page = Page(card := verdict("softmax", history, namespace, ROOT))
    assert "a cell failed and was left out: cell 1: ValueError" in page.text
    assert "<script" not in card.html
    assert set(page.elements) <= ELEMENTS


def test_a_search_for_a_function_with_markup_is_inert():
    page = Page(card := verdict(HOSTILE, [""], {}, ROOT))
    assert "<script" not in card.html
    assert set(page.elements) <= ELEMENTS


def test_without_the_course_it_says_what_to_do(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for course in (None, tmp_path):
        page = Page(verdict("softmax", [""], {}, course))
        assert "The checks are not here." in page.text
        assert "folder that holds graders" in page.text
        assert 'course="DIR"' in page.text
    (tmp_path / "graders" / "public").mkdir(parents=True)
    (tmp_path / "graders" / "public" / "losses.py").write_text("1 / 0")
    assert "ZeroDivisionError" in Page(verdict("softmax", [""], {}, None)).text


def test_what_a_notebook_sets_in_numpy_does_not_reach_the_judge():
    with np.errstate(all="raise"):
        card = check("sigmoid", SOLUTIONS["neuron"])
    assert "cr-card passed" in card.html
