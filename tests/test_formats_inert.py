"""Whatever students wrote or are called, it acts in no format, and every format stays in bounds."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from click import ClickException
from click.testing import CliRunner
from formats_class import HOSTILE, NAMES, check, grades, submission, whole_class
from markdown_it import MarkdownIt

from chainrule.cli.main import cli
from chainrule.renderers.formats import FORMATS, github, markdown, table
from chainrule.renderers.formats.numbers import below, wholes
from chainrule.renderers.formats.view import students
from chainrule.results import Grades


def test_annotations_are_few_and_one_command_a_line() -> None:
    lines = github.render(whole_class())["annotations.txt"].decode().splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"::(error|warning) title=[^:,]*::.*", line)
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line)
    for command in ("::error", "::warning"):
        assert sum(line.startswith(command) for line in lines) <= 10


def test_a_summary_fits_however_much_was_handed_in() -> None:
    said = HOSTILE * 10
    many = (submission(f"student {n}", check("one", "failed", message=said)) for n in range(700))
    summary = github.render(grades(*many))["summary.md"]
    assert len(summary) <= 1024 * 1024
    assert b"student 699" in summary
    short = markdown.report(whole_class(), 2000)
    assert len(short) <= 2000
    assert b"left out" in short


def test_a_renderer_shortens_text_rather_than_dropping_checks() -> None:
    text = 'é"\\\n' * 3000
    loud = submission("ada", *(check(f"c{n}", "failed", message=text) for n in range(400)))
    data = FORMATS["prairielearn"](grades(loud))["results.json"]
    assert len(data) <= 1_000_000
    assert len(json.loads(data)["tests"]) == 400


def every_file(run: Grades) -> dict[str, bytes]:
    return {
        f"{name}/{file}": data
        for name, render in FORMATS.items()
        for file, data in render(run).items()
    }


def test_nothing_a_student_wrote_acts_anywhere() -> None:
    for name, data in every_file(whole_class()).items():
        text = data.decode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\u202e\ud800-\udfff]", text), name
        if name.endswith(("summary.md", "report.md")):
            outside = re.sub(r"(?ms)^(`{3,})text\n.*?^\1$", "", text)
            assert "<" not in outside, name
            assert "](" not in outside, name
            assert "@" not in outside, name
            assert not re.search(r"(?m)^::", outside)
        if name.endswith(".xml"):
            ET.fromstring(data)
        if name.endswith(".json"):
            json.loads(data)


@pytest.mark.parametrize("sign", [*"=+-@%|", *"\uff1d\uff0b\uff0d\uff20\uff05\uff5c\ufe62\u207c"])
def test_no_name_is_a_formula_in_any_width(sign: str) -> None:
    name = f"{sign}1+1"
    for file in ("scores.csv", "checks.csv"):
        text = FORMATS["csv"](grades(submission(name, check("one", "passed"))))[file].decode()
        assert text.splitlines()[1].startswith(f"'{name},")
    assert table.guarded(f"a{name}") == f"a{name}"


def test_markdown_renders_to_no_tag_of_the_students() -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(
        markdown.render(whole_class())["report.md"].decode()
    )
    assert not re.search(r"<(script|img|a|b)[ >]", page)
    assert page.count("<tr>") == 1 + len(students(whole_class()))
    assert "&lt;script&gt;" in page


def test_no_name_leaves_its_folder_or_takes_another_s() -> None:
    files = every_file(whole_class())
    assert all(".." not in name.split("/") for name in files)
    folders = {n.split("/")[1] for n in files if n.startswith("gradescope/")}
    assert len({f.casefold() for f in folders}) == len(NAMES) + 1
    assert not [f for f in folders if set(f) & set('<>:"|?*\\')]


def test_every_format_is_the_same_bytes_twice() -> None:
    assert every_file(whole_class()) == every_file(whole_class())


def test_no_students_no_harm() -> None:
    for name, render in FORMATS.items():
        for file, data in render(grades()).items():
            assert data or file == "annotations.txt", name


@pytest.mark.parametrize(
    ("score", "of", "shown"),
    [
        ("1/3", "1", "0.33"),
        ("2/3", "1", "0.67"),
        ("1999999/1000000", "2", "1.99"),
        ("2", "2", "2.00"),
    ],
)
def test_rounding_never_gives_the_full_mark(score: str, of: str, shown: str) -> None:
    assert f"{below(Fraction(score), Fraction(of), 2):f}" == shown


def test_whole_hundredths_add_up() -> None:
    parts = [(Fraction(3, 7) * passed, Fraction(3, 7)) for passed in (1, 0, 1, 1, 0, 1, 1)]
    found = wholes(parts)
    assert sum(e for e, _ in found) == round(Fraction(15, 7) * 100)
    assert sum(of for _, of in found) == 300


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "gradscope=x"], "no format is called 'gradscope'"),
        (["--format", "junit"], "say where"),
        (["--format", "junit="], "names no file"),
        (["--format", "junit=/proc/version/x"], "cannot write into"),
    ],
)
def test_a_wrong_format_is_told_before_the_work(args: list[str], said: str) -> None:
    result = CliRunner().invoke(
        cli, ["grade", "examples/class/weber_anna", *args], standalone_mode=False
    )
    assert isinstance(result.exception, ClickException)
    assert said in result.exception.message
