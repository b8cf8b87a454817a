"""The report: true to the results, inert whatever they hold, readable by everybody."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chainrule.cli.main import cli
from chainrule.renderers import report
from chainrule.renderers.parts import parts
from chainrule.renderers.report.model import Check, students
from chainrule.renderers.report.overview import overview

HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202egnp.exe \x00\x1b[31m "
    "</script><!-- {{ 7*7 }} javascript:alert(1) \ud800"
)
NAMES = ("ليلى أحمد", 'O\'Brien "Pat"', "<script>alert(1)</script>", "=SUM(A1)", "ÅSA", "åsa", "")


def check(name: str, outcome: str = "passed", **more: Any) -> dict[str, Any]:
    points = {"passed": 1.0, "grader_error": None}.get(outcome, 0.0)
    base = {
        "name": name,
        "title": f"The property {name} holds.",
        "visibility": "public",
        "outcome": outcome,
        "points": points,
        "max_points": 1.0,
        "message": "" if outcome == "passed" else f"It is {outcome}.",
        "counterexample": None,
        "mistake": None,
    }
    return {**base, **more}


def function(name: str, *checks: dict[str, Any]) -> dict[str, Any]:
    known = [c["points"] for c in checks]
    score = None if None in known else sum(known)
    return {"name": name, "score": score, "max_score": float(len(checks)), "checks": list(checks)}


def submission(
    student: str, *functions: dict[str, Any], assignment: str = "losses", **more: Any
) -> dict[str, Any]:
    known = [f["score"] for f in functions]
    base = {
        "student": student,
        "assignment": assignment,
        "score": None if None in known else sum(known),
        "max_score": sum(f["max_score"] for f in functions),
        "functions": list(functions),
    }
    return {**base, **more}


def run(*submissions: dict[str, Any], **more: Any) -> report.Run:
    base = {
        "schema": "chainrule/grades/v1",
        "course": "course",
        "grader_version": "0",
        "seed": 0,
        "isolation": "namespaces",
        "submissions": list(submissions),
    }
    return report.read(json.dumps({**base, **more}).encode())


def pages(given: report.Run) -> dict[str, str]:
    return {name: data.decode() for name, data in report.files(given)}


def page_of(given: report.Run, name: str) -> str:
    return pages(given)[next(s.page for s in students(given) if s.name == name)]


class Elements(HTMLParser):
    """All tags, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in ("style", "script"):
            self.text += data


def hostile() -> report.Run:
    shown = {"input": {HOSTILE: HOSTILE}, "calls": [HOSTILE], "expected": HOSTILE, "got": HOSTILE}
    bad = check(HOSTILE, "failed", title=HOSTILE, message=HOSTILE, counterexample=shown)
    named = check("known", "failed", message=f"No.\n{HOSTILE}", mistake=HOSTILE)
    problem = {"student": NAMES[2], "path": HOSTILE, "reason": HOSTILE, "assignment": None}
    rows = [
        submission(name, function(HOSTILE, bad, named), notes=[HOSTILE], reason=HOSTILE)
        for name in (*NAMES, HOSTILE)
    ]
    return run(*rows, course=HOSTILE, problems=[problem], notes=[HOSTILE])


def test_hostile_text_does_nothing_on_any_page():
    allowed = {"a", "svg", "script", "style", "form", "input", "select", "option", "button"}
    for name, page in pages(hostile()).items():
        if name.endswith(".csv"):
            continue
        found = Elements(page)
        assert not {"img", "iframe", "object", "link", "base"} & {tag for tag, _ in found.tags}
        for tag, attributes in found.tags:
            assert not [a for a in attributes if a.startswith("on")], (tag, attributes)
            assert "src" not in attributes or tag not in allowed
            target = attributes.get("href") or ""
            assert re.fullmatch(r"(#[\w-]*|scores\.csv|students/[a-z0-9-]+\.html)?", target)
        scripts = [a for tag, a in found.tags if tag == "script"]
        assert len(scripts) == (2 if name == "index.html" else 0)
        assert "49" not in found.text
        assert not set("\x00\x1b\u202e\ud800") & set(page)
        assert "&lt;script&gt;alert(1)" in page


def test_pages_load_nothing_and_say_so_to_the_browser():
    for name, page in pages(hostile()).items():
        if name.endswith(".html"):
            assert "default-src 'none'" in page
            assert not re.search(r"(?:https?:)?//\w+\.\w+/", page.replace("http://www.w3.org/", ""))


def test_names_keep_their_letters_and_get_a_page_each():
    found = pages(hostile())
    index = Elements(found["index.html"])
    links = {a["href"] for tag, a in index.tags if tag == "a" and a["href"].startswith("students/")}
    assert links == {name for name in found if name.startswith("students/")}
    assert len({link.casefold() for link in links}) == len(NAMES) + 1
    assert "ليلى أحمد" in found["index.html"]
    assert 'O\'Brien "Pat"' in index.text


def test_a_student_reads_of_nobody_else():
    given = run(
        submission("ada", function("f", check("a"))),
        submission("grace", function("f", check("a", "failed"))),
    )
    assert "ada" not in page_of(given, "grace").replace("adan", "")
    assert "index.html" not in page_of(given, "grace")


def test_what_to_do_next_is_the_first_cause():
    wrong = function(
        "second",
        check("waits", "skipped"),
        check("cause", "failed", message="The result is not right.\nInput:    second([1])"),
        check("later", "failed"),
    )
    given = run(submission("ada", function("first", check("a")), wrong))
    box = page_of(given, "ada").partition('class="next"')[2].partition("</section>")[0]
    assert "<code>second</code>" in box
    assert "The property cause holds." in box
    assert "second([1])" in box
    assert "later" not in box


@pytest.mark.parametrize(
    ("functions", "says"),
    [
        ([function("f", check("a"))], "Everything is right"),
        ([function("f", check("a")), function("g", check("b", "not_written"))], "<code>g</code>"),
        ([function("f", check("a", "grader_error"))], "ask your lecturer"),
        ([], "ask your lecturer"),
    ],
)
def test_what_to_do_next_where_nothing_is_wrong(functions, says):
    given = run(submission("ada", *functions))
    assert says in page_of(given, "ada").partition('class="next"')[2]


def test_a_message_comes_apart_into_what_it_says():
    text = (
        "The result is not right.\nInput:    f([0.0])\n          f([1.0])\nExpected: 2.5\n"
        "Got:      5.0\nDivide by N."
    )
    said = parts(Check("a", "A.", "public", "failed", 0.0, 1.0, text))
    assert said.says == "The result is not right."
    assert said.input == "f([0.0])\nf([1.0])"
    assert (said.expected, said.got, said.advice) == ("2.5", "5.0", "Divide by N.")
    told = parts(Check("a", "A.", "hidden", "failed", 0.0, 1.0, "No.\nHint: Think: of N."))
    assert (told.says, told.hint) == ("No.", "Think: of N.")
    trace = "Your code raised KeyError: Got.\n  line 3, in f\n    Got: 1\nInput:    f(1)"
    assert parts(Check("a", "A.", "public", "error", 0.0, 1.0, trace)).says.endswith("Got: 1")


def test_wrong_entries_are_marked_and_right_ones_are_not():
    shown = {"expected": [[1.0, "nan"], ["inf", 4.0]], "got": [[1.0 + 1e-9, "nan"], [3, 4.5]]}
    grid = parts(Check("a", "A.", "public", "failed", 0.0, 1.0, "No.", shown)).grid
    assert [[cell.wrong for cell in row] for row in grid.got] == [[False, False], [True, True]]
    assert [[cell.text for cell in row] for row in grid.expected] == [["1", "nan"], ["inf", "4"]]
    assert (grid.wrong, grid.entries) == (2, 4)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ([1.0, 2.0], [1.0]),
        (1.0, 2.0),
        ([[1.0], [2.0, 3.0]], [[1.0, 2.0], [3.0]]),
        ([[[1.0, 2.0]]], [[[1.0, 2.0]]]),
        (["a", "b"], [1.0, 2.0]),
        ([True, False], [1.0, 0.0]),
        ([0.0] * 1000, [1.0] * 1000),
        (None, [1.0, 2.0]),
        ([], []),
        ({"a": 1}, [1.0]),
    ],
)
def test_what_is_no_small_table_is_left_as_text(expected, got):
    shown = {"expected": expected, "got": got}
    assert parts(Check("a", "A.", "public", "failed", 0.0, 1.0, "No.", shown)).grid is None


def test_a_loss_curve_is_drawn_against_the_right_one():
    want, got = [1 / (n + 1) for n in range(20)], [1.0, *["nan", 1e308, "inf"], *[0.5] * 16]
    bad = check(
        "a", "failed", counterexample={"expected": [[1.0, 2.0], want], "got": [[1, 2], got]}
    )
    page = page_of(run(submission("ada", function("f", bad))), "ada")
    (picture,) = [a for tag, a in Elements(page).tags if tag == "svg"]
    assert "from entry 1 on" in picture["aria-label"]
    assert picture["role"] == "img"
    short = check("a", "failed", counterexample={"expected": want[:5], "got": got[:5]})
    assert "<svg" not in page_of(run(submission("ada", function("f", short))), "ada")


def test_a_million_numbers_do_not_reach_the_page():
    array = [0.5] * 1_000_000
    bad = check("a", "failed", message="Got:      " + "0.5, " * 1_000_000)
    bad["counterexample"] = {"expected": array, "got": array}
    given = run(submission("ada", function("f", bad)))
    assert len(page_of(given, "ada")) < 50_000
    assert "more characters" in page_of(given, "ada")


def test_the_class_is_counted_right():
    told = {"mistake": "sign", "message": "No.\nMind the sign."}
    given = run(
        submission("ada", function("f", check("a", "failed", **told), check("b"))),
        submission("bob", function("f", check("a", "failed", **told), check("b", "failed"))),
        submission("cyd", function("f", check("a", "failed"), check("b"))),
        submission("dee", function("f", check("a", "not_written"), check("b", "not_written"))),
        submission("eve", function("f", check("a", "timeout", message="f is slow."), check("b"))),
        problems=[{"student": "fay", "path": "fay/losses.zip", "reason": "is no zip"}],
    )
    seen = overview(given, students(given))
    (sign,) = seen.mistakes
    assert (sign.mistake, sign.sentence) == ("sign", "Mind the sign.")
    assert [s.name for s in sign.students] == ["ada", "bob"]
    assert [t.name for t in seen.always_failed] == ["a"]
    assert [(t.name, t.passed, t.tried) for t in seen.most_failed] == [("b", 3, 4)]
    assert not seen.never_failed
    assert [(c.what, c.why, [s.name for s in c.students]) for c in seen.cases] == [
        ("fay/losses.zip", "is no zip", ["fay"]),
        ("losses", "f: f is slow.", ["eve"]),
    ]
    (hard,) = seen.hardest
    assert dict(hard.states) == {"part": 3, "none": 1, "unwritten": 1}


@pytest.mark.parametrize("number", [0, 1, 2, 300])
def test_classes_of_any_size(number: int):
    rows = [submission(f"s{n:04}", function("f", check("a"))) for n in range(number)]
    found = pages(run(*rows))
    assert len(found) == number + 2
    lines = Elements(found["index.html"])
    shown = [a for tag, a in lines.tags if tag == "a" and "students/" in a["href"]]
    assert len(shown) == min(number, 100)
    data = found["index.html"].partition('id="data">')[2].partition("</script>")[0]
    assert len(json.loads(data)["rows"]) == number


def test_scores_reach_a_spreadsheet_as_they_are():
    rows = [submission(n, function("f", check("a"), check("b", "failed"))) for n in NAMES[:4]]
    rows.append(submission("zoe", function("f", check("a", "grader_error"))))
    table = list(csv.reader(io.StringIO(pages(run(*rows))["scores.csv"].removeprefix("\ufeff"))))
    assert table[0] == ["student", "losses", "total", "of"]
    assert ["'=SUM(A1)", "1", "1", "2"] in table
    assert ["ليلى أحمد", "1", "1", "2"] in table
    assert ["zoe", "", "", "1"] in table


def luminance(colour: str) -> float:
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_text_stands_out_in_light_and_in_dark():
    """WCAG AA asks for a contrast of 4.5 between a text and what is behind it."""
    page = pages(run())["index.html"]
    themes = re.findall(r":root \{(.*?)\}", page, re.DOTALL)[:2]
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", theme)) for theme in themes)
    pairs = [(t, b) for t in ("ink", "muted", "accent") for b in ("page", "soft")]
    pairs += [(t, f"{t}-soft") for t in ("good", "part", "bad", "open")]
    for theme in (light, dark):
        assert len(theme) == 14
        for text, back in pairs:
            low, high = sorted((luminance(theme[text]), luminance(theme[back])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (text, back)


def test_every_control_and_picture_has_a_name():
    rows = [submission(f"s{n}", function("f", check("a"))) for n in range(3)]
    found = Elements(pages(run(*rows))["index.html"])
    pictures = [a for tag, a in found.tags if tag == "svg" or a.get("role") == "img"]
    assert pictures
    assert all(a.get("aria-label") for a in pictures)
    assert [a for tag, a in found.tags if tag == "html"] == [{"lang": "en"}]
    ids = [a["id"] for _, a in found.tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_same_results_give_the_same_bytes():
    assert pages(hostile()) == pages(hostile())


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["report", *arguments])
    return result.exit_code, result.output


def test_the_command_writes_pages_and_replaces_its_own(tmp_path: Path):
    path = tmp_path / "grades.json"
    base = {"schema": "chainrule/grades/v1", "course": "c", "grader_version": "0", "seed": 0}
    for names in (("ada", "bob"), ("ada",)):
        rows = [submission(n, function("f", check("a"))) for n in names]
        path.write_text(json.dumps({**base, "isolation": "none", "submissions": rows}))
        code, said = invoke(str(tmp_path))
        assert (code, f"wrote {len(names) + 1} pages" in said) == (0, True)
        assert len(list((tmp_path / "report" / "students").iterdir())) == len(names)


@pytest.mark.parametrize("content", ["", "{}", "[1", '{"schema": "other"}', "\x00", "null"])
def test_what_is_no_run_is_refused(tmp_path: Path, content: str):
    (tmp_path / "grades.json").write_text(content)
    code, said = invoke(str(tmp_path))
    assert (code, "cannot be read" in said) == (2, True)
    assert not (tmp_path / "report").exists()


def test_other_folders_are_left_alone(tmp_path: Path):
    assert invoke(str(tmp_path))[0] == 2
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "thesis.txt").write_text("mine")
    (tmp_path / "grades.json").write_text("{}")
    code, said = invoke(str(tmp_path))
    assert (code, "no report" in said) == (2, True)
    assert (tmp_path / "report" / "thesis.txt").read_text() == "mine"
