"""What people's screens meet: odd names, odd numbers, narrow terminals, folders that are closed."""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from report_class import large
from rich.console import Console
from tiny_course import RIGHT, write, write_course

from chainrule.cli.main import cli
from chainrule.renderers import report
from chainrule.renderers.parts import Curve
from chainrule.renderers.values import curve, put_verdict
from chainrule.results import CheckResult

NAMES = ("ليلى أحمد", 'O\'Brien "Pat"', "<script>alert(1)", "Zoë & Łukasz", "a" * 80)
NOISY = (
    "import numpy as np\n\n\ndef double(x):\n    print('<script>alert(2)</script>')\n"
    "    return np.array([np.nan, np.inf, -np.inf, 1.0])[: len(x)]\n\n\n"
    "def total(x):\n    return np.zeros(1_000_000)\n"
)


def check(message: str, **shown: object) -> CheckResult:
    return CheckResult("c", "It holds.", "public", "failed", None, 1, message, shown or None)


def told(found: CheckResult, width: int) -> list[str]:
    out = io.StringIO()
    put_verdict(found, Console(file=out, width=width, no_color=True), 6)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    return [line[6:] for line in lines]


SAID = "No.\nInput:    f([1.0])\nExpected: [1.0]\nGot:      [2.0]\nMind the sign.\nHint: Look."


def test_wrong_entries_have_a_star_behind_them():
    found = check(SAID, expected=[[1.0, 2.0], [3.0, 4.0]], got=[[1.0, 2.5], [3.0, "nan"]])
    assert told(found, 80) == [
        "No.",
        "Input:    f([1.0])",
        "Expected:    1    2",
        "             3    4",
        "Got:         1  2.5*",
        "             3  nan*",
        "          * 2 of 4 entries are wrong",
        "Mind the sign.",
        "Hint: Look.",
    ]


def test_where_a_table_is_too_wide_what_is_wrong_is_listed():
    want = [[float(n) / 3 for n in range(6)], [float(n) / 3 for n in range(6, 12)]]
    got = [[-v if v > 1 else v for v in row] for row in want]
    lines = told(check(SAID, expected=want, got=got), 40)
    text = " ".join(lines)
    assert "8 of 12 entries are wrong:" in text
    assert "* [0, 4]: expected 1.33333, got −1.33333" in text
    assert "and 2 more" in text


def test_what_is_no_table_stays_as_it_was_said():
    assert told(check(SAID, expected=[1.0, "a value"], got=[1.0, "b"]), 80) == SAID.split("\n")
    assert told(check(SAID), 80) == SAID.split("\n")
    assert told(check("Only this.\nHint: Look."), 80) == ["Only this.", "Hint: Look."]


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_curves_of_any_numbers_fit_any_width(width: int):
    odd = [1.0, math.nan, math.inf, -math.inf, 1e300, -1e300, 0.0, 5e-324]
    for want, got in ((odd, odd[::-1]), ([1.0] * 8, odd), ([0.0] * 8, [0.0] * 8), ([1.0], [2.0])):
        lines = [line.plain for line in curve(Curve(tuple(want), tuple(got)), width)]
        assert max(map(len, lines[1:]), default=0) <= max(width, 36)
        assert lines[0]


def test_a_curve_says_in_words_where_it_parts():
    want = [1 / (n + 1) for n in range(30)]
    got = [*want[:3], *([0.5] * 27)]
    first, *chart, legend = (line.plain for line in curve(Curve(tuple(want), tuple(got)), 60))
    assert first == ("They part at entry 3: expected 0.25, got 0.5; at the end 0.03333 and 0.5.")
    assert [sum(line.count(sign) for line in chart) for sign in "#"] >= [3]
    assert chart[-1].count("o") > 5  # the right one goes down to the lowest row
    assert legend.split() == ["o", "expected", "x", "got", "#", "both"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A course and a class that others can read, too."""
    found = Path(tempfile.mkdtemp(prefix="bad-input-"))
    found.chmod(0o755)
    write_course(found)
    yield found
    shutil.rmtree(found, ignore_errors=True)


def run(*arguments: str, **environment: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [*arguments], env={"NO_COLOR": "1", **environment})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def grade(folder: Path, *arguments: str) -> tuple[int, str]:
    command = ["grade", str(folder / "class"), f"--course={folder}", "--isolation=none"]
    return run(*command, f"--output={folder / 'out'}", *arguments, COLUMNS="40")


def test_odd_names_and_odd_numbers_reach_every_screen_as_they_are(folder: Path):
    ordinary = NOISY.replace("1_000_000", "3")
    write(folder, {f"class/{name}/sums.py": ordinary for name in NAMES})
    write(folder, {f"class/{NAMES[0]}/sums.py": NOISY})
    code, said = grade(folder, "--html", "--jobs=1")
    assert code == 0
    assert max(map(len, said.splitlines())) <= 40
    flat = "".join(said.split())
    assert all("".join(name.split())[:30] in flat for name in NAMES)
    assert "nan" in said
    graded = json.loads((folder / "out" / "grades.json").read_text("utf-8"))
    assert {s["student"] for s in graded["submissions"]} == set(NAMES)
    pages = [p.read_text("utf-8") for p in (folder / "out" / "report").rglob("*.html")]
    assert len(pages) == len(NAMES) + 1
    for page in pages:
        assert "<script>alert" not in page
        assert len(page) < 60_000
    assert any("&lt;script&gt;alert(1)" in page for page in pages)


def test_a_class_of_one(folder: Path):
    write(folder, {"class/ليلى/sums.py": RIGHT})
    assert grade(folder, "--html", "--jobs=1")[0] == 0
    index = (folder / "out" / "report" / "index.html").read_text("utf-8")
    assert "</strong> student<" in index
    assert "Too few scores for a picture." in index


def test_a_class_of_five_thousand_is_one_small_page():
    index = next(report.files(large(5000, functions=6, checks=2)))[1]
    assert len(index) < 1_000_000
    assert index.count(b'<th scope="row"><a href="students/') == 100


@contextlib.contextmanager
def somebody() -> Iterator[None]:
    """Not root, who may write anywhere."""
    if not hasattr(os, "seteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are those of POSIX")
def test_results_in_a_closed_folder_are_reported_into_another(folder: Path, tmp_path: Path):
    write(folder, {"class/ada/sums.py": RIGHT})
    assert grade(folder, "--jobs=1")[0] == 0
    # By root first: somebody may be unable to read this environment, which is imported here.
    assert run("report", str(folder / "out"), f"--output={tmp_path / 'pages'}")[0] == 0
    (folder / "out").chmod(0o555)
    other = Path(tempfile.mkdtemp(prefix="bad-input-"))
    other.chmod(0o777)
    try:
        with somebody():
            code, said = run("report", str(folder / "out"))
            assert (code, "name another folder with --output" in said) == (2, True)
            # Pages are made of files of ours, which lie in a folder of root's under tox.
            readable = os.access(report.__file__, os.R_OK, effective_ids=True)
        with somebody() if readable else contextlib.nullcontext():
            code, said = run("report", str(folder / "out"), f"--output={other / 'pages'}")
            assert (code, "wrote 2 pages" in said) == (0, True)
    finally:
        shutil.rmtree(other)
        (folder / "out").chmod(0o755)
