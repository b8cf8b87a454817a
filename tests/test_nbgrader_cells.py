"""Whatever is handed in becomes a notebook that nbgrader takes, and texts that are only texts."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import determine_grade

from chainrule.nbgrader.cells import Handed, Part, Unreadable, block, read
from chainrule.nbgrader.gradebook import Told, told
from chainrule.nbgrader.mend import mend
from chainrule.nbgrader.notebook import graded, handed_in, plain
from chainrule.nbgrader.verdicts import Verdict, comment, outputs, verdicts
from chainrule.results import CheckResult, FunctionResult, SubmissionResult

PARTS = [
    Part("setup", "code", "%load_ext chainrule", "0" * 32, locked=True),
    Part("double", "code", "def double(x): ...", "1" * 32, solution=True),
    Part("check-double", "code", "%check double", "2" * 32, locked=True, grade=True, points=2.0),
    Part("total", "code", "def total(x): ...", "3" * 32, solution=True),
    Part("check-total", "code", "%check total", "4" * 32, locked=True, grade=True, points=3.0),
    Part("why", "markdown", "Why?", "5" * 32, grade=True, solution=True, points=1.0),
]
RELEASED = [Handed(part.cell_type, part.source, part.name) for part in PARTS]
RIGHT = {
    "check-double": Verdict(2.0, 2.0),
    "check-total": Verdict(1.5, 3.0, "1.5 of 3 points.\nSee <b>."),
}

texts = st.text(max_size=40) | st.text("\r\n\t <>`~#>*\x0b\x0c\u2028-1.x", max_size=20)
names = st.none() | st.sampled_from([part.name for part in PARTS]) | texts
cells = st.builds(Handed, st.sampled_from(["code", "markdown", "raw"]), texts, names)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "metadata", "nbgrader", "grade_id"])
            | texts,
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


def valid(notebook: Any) -> None:
    """By nbformat's rules and nbgrader's, and as a file."""
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert nbformat.reads(nbformat.writes(notebook), as_version=4) == notebook


def names_in(notebook: Any) -> list[str]:
    return [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]


@given(st.lists(st.sampled_from(RELEASED) | cells, max_size=12))
@settings(max_examples=60, deadline=None)
def test_each_part_is_there_once_and_nothing_is_lost(handed: list[Handed]) -> None:
    mended = mend(handed_in(plain(handed)), PARTS)
    made = graded(mended, Told(RIGHT, mended.notes))
    valid(made)
    found = names_in(made)
    assert len(found) == len(set(found))
    assert set(found) >= {part.name for part in PARTS if not part.given}
    shown = "\n".join(cell.source for cell in made.cells)
    for cell in handed:
        if cell.cell_type == "code" and cell.name not in ("check-double", "check-total"):
            assert cell.source in shown
    for part in PARTS:
        (cell,) = [c for c in made.cells if part.name in names_in_one(c)] or [None]
        if cell is not None and part.grade and not part.solution:
            assert cell.source == part.source
            assert cell.metadata.nbgrader.points == part.points
            assert determine_grade(cell)[0] == RIGHT[part.name].score


def names_in_one(cell: Any) -> list[str]:
    return [cell.metadata.nbgrader.grade_id] if "nbgrader" in cell.metadata else []


@given(json_values)
@settings(max_examples=60, deadline=None)
def test_any_json_is_a_notebook_or_unreadable(value: Any) -> None:
    data = json.dumps({"cells": value} if isinstance(value, list) else value).encode()
    try:
        handed = read(data)
    except Unreadable:
        return
    valid(graded(mend(handed_in(plain(handed)), PARTS), Told(RIGHT, {})))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 100_000, b'{"cells": 3}', b"null"])
def test_what_is_no_notebook_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


def test_a_notebook_as_released_is_not_remarked_upon() -> None:
    mended = mend(RELEASED, PARTS)
    assert mended.notes == {}
    assert [cell.handed for cell in mended.cells] == RELEASED


def test_what_was_mended_is_noted_where_it_was() -> None:
    double, total = RELEASED[1], RELEASED[3]
    handed = [RELEASED[2], double, double, Handed("markdown", "def total", total.name)]
    notes = mend(handed, PARTS).notes
    assert sorted(notes) == ["double", "setup", "total", "why"]
    assert "2 times" in notes["double"][0]
    assert "as text, which is not run" in notes["total"][0]
    assert "was missing" in notes["setup"][0]
    assert "was missing" in notes["why"][0]


def test_a_given_cell_that_was_changed_is_shown_as_it_was_run() -> None:
    mended = mend([Handed("code", "mine", "setup"), *RELEASED[1:]], PARTS)
    assert mended.cells[0].handed.source == "mine"
    assert "has been changed" in mended.notes["setup"][0]
    told_ = told(PARTS, None, "why not", mended.notes)
    assert [remark for remark in told_.remarks if remark.startswith("setup: ")]
    assert graded(mended, told_).cells[0].source.startswith("Notes on this notebook:")


def function(name: str, *points: Fraction | None) -> FunctionResult:
    """One with checks of a third of a point each."""
    third = Fraction(1, 3)
    outcome = {third: "passed", None: "grader_error", Fraction(0): "failed"}
    return FunctionResult(
        name,
        tuple(
            CheckResult(f"c{n}", "It holds.", "hidden", outcome[p], p, third, "It does not.")
            for n, p in enumerate(points)
        ),
    )


def result(*functions: FunctionResult, reason: str | None = None) -> SubmissionResult:
    most = sum((f.max_score for f in functions), Fraction(0))
    return SubmissionResult("ada", "sums", "0" * 64, functions, most, reason)


@given(st.lists(st.sampled_from([Fraction(1, 3), Fraction(0)]), min_size=1, max_size=12))
@settings(deadline=None)
def test_nbgrader_reads_the_score_that_was_given(points: list[Fraction]) -> None:
    found = verdicts(result(function("double", *points)))["double"]
    assert found.score == round(float(sum(points)), 9)
    most = round(float(Fraction(len(points), 3)), 9)
    part = Part("check-double", "code", "%check double", None, True, True, points=most)
    made = graded(mend([], [part]), Told({"check-double": found}, {}))
    (cell,) = [c for c in made.cells if c.metadata]
    assert determine_grade(cell) == (found.score, most)
    assert (cell.outputs == []) == (sum(points) == Fraction(len(points), 3))


def test_what_could_not_be_judged_is_open_and_never_right() -> None:
    lost = function("double", Fraction(1, 3), None)
    found = verdicts(result(lost, reason="double.c1 could not be judged"))["double"]
    assert found.score is None
    assert found.text.startswith("Not graded: double.c1 could not be judged")
    assert outputs(found)[0]["output_type"] == "error"


def test_a_cell_worth_something_else_is_open() -> None:
    found = told(PARTS, result(function("double", Fraction(1, 3))), "", {}).verdicts
    assert sorted(found) == ["check-double", "check-total"]
    assert {verdict.score for verdict in found.values()} == {None}
    why = "worth 2 points in the gradebook and 0.333333 in the course"
    assert why in found["check-double"].text
    assert "the course has no exercise total" in found["check-total"].text


@given(texts)
@settings(deadline=None)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_comment_is_text_whatever_is_in_it(said: str) -> None:
    hostile = (
        f"{said}\r\n</code></pre><script>alert(1)</script>\n\n\n# x\n```\n<img src=x onerror=y>"
    )
    remark = graded(mend([], []), Told({}, {}, [hostile, hostile])).cells[0].source
    for text in (comment(Verdict(0.0, 1.0, hostile), ["A note."]), remark):
        page = markdown2html(text)
        assert "<script" not in page
        assert "<img" not in page
        assert "<h1" not in page


HARMFUL = (
    "<script>x</script>",
    "[x](javascript:alert(1))",
    "![x](JavaScript:alert(1))",
    "[x]( java&#115;cript:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]",
    "[x](data:text/html,<script>1</script>)",
    "[x](vbscript:y)",
    "<img src=x onerror=y>",
    "<img src='x' onerror='y'>",
    '<a href="#" onclick="y">z</a>',
    '<a href="jav&#x09;ascript:x">y</a>',
    "![lost](attachment:lost.png)",
    "<div\n<img src=x onerror=y //",
    "<!-- --!><img src=x onerror=y> -->",
    "<style>*{display:none}</style>",
    '<div style="position:fixed;top:0">over all</div>',
    "<iframe src=x></iframe>",
    '<form action="https://x"><input></form>',
    "<p\tonclick=y>",
    "<details open ontoggle=y>",
    "<math><mtext><img src=x onerror=y></mtext></math>",
    '<div class="nbgrader_cell"><a class="full-credit" href="#">y</a></div>',
    '<a class="language-x full-credit" href="#">y</a>',
    '<a class="&#102;ull-credit" href="#">y</a>',
    '<a id="check-double" href="#">y</a>',
    '<a name="check-double" href="#">y</a>',
    "# statusmessage",
)
HARMLESS = (
    "<svg/onload=alert(1)>",  # no tag to Markdown, which writes it out
    "$$a_{1} < b \\\\ & c$$ and 1<2 or $x<y>z$",
    "# A title\n\n* one\n* two `<script>`\n\n1. x",
    "[a page](https://example.org/a?b=c&d) and ![a picture](attachment:x.png)",
    "| a | b |\n|:-:|--:|\n| 1 | 2 |",
    "H<sub>2</sub>O, <b>bold</b>, a<br>b",
    "```python\nif a < b: print('<script>')\n```",
    "    <script>as code</script>",
    "[here](../data/x.csv) and [there](#a-title)",
    "```full-credit\nnot a language\n```",
    "# check-double",  # no such cell is known yet
)


@pytest.mark.parametrize("text", HARMFUL)
def test_text_that_would_do_something_is_shown_as_it_was_written(text: str) -> None:
    (cell,) = plain([Handed("markdown", text)]).cells
    assert cell.source == block(text) != text


@pytest.mark.parametrize("text", HARMLESS)
def test_text_that_only_shows_something_is_left_alone(text: str) -> None:
    attached = {"x.png": {"image/png": ""}}
    (cell,) = plain([Handed("markdown", text, None, attached)]).cells
    assert cell.source == text


PICTURE = "![x](data:image/png;base64," + "A" * 50_000 + ")"


@pytest.mark.parametrize("piece", ["[", "\\\\(", "*a ", "\\begin{a}", "**a\n"])
def test_text_that_nobody_reads_to_its_end_is_no_markdown(piece: str) -> None:
    """It would be read in quadratic time: in minutes for a cell, and in hours for a notebook."""
    long, shorter = piece * (50_000 // len(piece)), piece * (4_000 // len(piece))
    cells = [Handed("markdown", text) for text in (long, *[shorter] * 200, "*why*")]
    start = time.process_time()
    made = plain(cells)
    again = graded(mend(handed_in(made), []), Told({}, {}))
    assert time.process_time() - start < 60
    assert [cell.source for cell in again.cells] == [cell.source for cell in made.cells]
    assert made.cells[0].source == block(long)
    assert made.cells[-2].source == block(shorter)


def test_a_picture_in_the_text_makes_it_no_longer() -> None:
    (cell,) = plain([Handed("markdown", f"See {PICTURE}.")]).cells
    assert cell.source == f"See {PICTURE}."


@pytest.mark.parametrize(
    "text", ["# check-double", "## Check it\n\n### check double", "why-comment\n===", "# why"]
)
def test_a_heading_is_not_called_like_a_cell(text: str) -> None:
    """Formgrader would take it for the cell, and what stands around it for the cell's buttons."""
    made = graded(mend([Handed("markdown", text)], PARTS), Told({}, {}))
    assert block(text) in [cell.source for cell in made.cells]
    assert 'id="check-double"' not in "".join(markdown2html(cell.source) for cell in made.cells)


def test_a_raw_cell_is_shown_and_not_put_into_the_page() -> None:
    made = graded(mend([Handed("raw", "<script>x</script>")], []), Told({}, {}))
    assert made.cells[0].cell_type == "markdown"
    assert made.cells[0].source == "    <script>x</script>"
