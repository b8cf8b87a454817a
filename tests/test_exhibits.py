"""Pictures of a submission: true, drawn of whatever it does, and part of no grade."""

from __future__ import annotations

import json
import math
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tiny_course import ENDLESS, RIGHT, write, write_course

from chainrule.archive import open_archive
from chainrule.cli.main import cli
from chainrule.course import Assignment, CourseError, load_course
from chainrule.freeze import freeze_pictures, thaw_pictures
from chainrule.judge.answers import Local
from chainrule.judge.exhibit import pictures
from chainrule.renderers.report.panels import drawings
from chainrule.results import Panel, Picture
from chainrule.store import FILE

COURSE = Path(__file__).parents[1]
MANUAL = (COURSE / "docs" / "api.md").read_text("utf-8")
EXHIBITS = '''
import numpy as np

from chainrule.grading import Lines, exhibit


@exhibit("double")
def doubles(submission):
    """What your doubles look like.

    They should lie on a line.
    """
    got = submission.double(np.array([0.0, 1.0, 2.0]))
    return [Lines("", f"The last is {got[-1]:g}.", [("yours", got)], ("x", "2x"))]


@exhibit("total")
def totals(submission):
    """What your totals look like."""
    got = [submission.total(np.ones(n)) for n in range(1, 4)]
    return [Lines("", "Totals.", [("yours", got)], ("n", "total"))]
'''
HALF = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    raise KeyError('<b>no</b>')\n"


@pytest.fixture(scope="module")
def course():
    return load_course(COURSE)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = write(write_course(tmp_path), {"graders/exhibits/sums.py": EXHIBITS})
    return write(folder, {"class/ada/sums.py": RIGHT, "class/bob/sums.py": HALF})


def shown(assignment: Assignment, **functions) -> dict[str, Picture]:
    """The pictures of the reference with some of its functions replaced."""
    source = Local({**assignment.reference, **functions})
    return {p.name: p for p in pictures(assignment, source, {})}


def says(picture: Picture) -> str:
    assert not picture.missing, picture.missing
    return " ".join(panel.says for panel in picture.panels)


def test_the_reference_is_shown_right_and_every_panel_is_drawn(course):
    count = 0
    for assignment in course.assignments:
        for picture in shown(assignment).values():
            told = says(picture)
            assert "part at" not in told
            assert not any(f"{n} of" in told and "differ" in told for n in range(1, 10))
            drawn = list(drawings(picture))
            assert len(drawn) == len(picture.panels)
            assert all(d.picture.startswith('<svg role="img" aria-label="') for d in drawn)
            count += 1
    assert count == 1 + 2 + 1 + 4


def test_a_gradient_s_wrong_entries_are_marked(course):
    backprop = course["backprop"]
    right = backprop.reference["backward"]

    def backward(activations, layers, t):
        return [
            (dW, 2 * db if n == 0 else db)
            for n, (dW, db) in enumerate(right(activations, layers, t))
        ]

    (picture,) = shown(backprop, backward=backward).values()
    assert "0 of 4 entries of layer 2 differ" in says(picture)
    assert "3 of 9 entries of layer 1 differ" in says(picture)
    marks = next(p.data["wrong"] for p in picture.panels if p.title == "layer 1: yours")
    assert marks == [[False] * 3, [False] * 3, [True] * 3]


def test_the_loss_curve_parts_where_the_training_does(course):
    xor = course["xor"]
    train = xor.reference["train"]

    def half(x, t, layers, learning_rate, iterations):
        return train(x, t, layers, learning_rate / 2, iterations)

    found = shown(xor, train=half)["losses_beside_the_right_ones"]
    assert "They part at iteration 1" in says(found)
    (name, right), (_, yours) = found.panels[0].data["lines"]
    assert name == "right"
    assert right[0] == yours[0]
    assert right[1] < yours[1]


def test_the_right_losses_are_those_of_the_reference(course):
    """They are measured with differences; the reference has them by the chain rule."""
    xor = course["xor"]
    module = sys.modules[xor.exhibits[0].body.__module__]
    _, losses = xor.reference["train"](module.XOR_X, module.XOR_T, module.XOR_START, 5.0, 150)
    np.testing.assert_allclose(module.measured_losses(5.0, 150), losses, rtol=1e-4)


def test_what_is_not_finite_is_left_out_of_a_drawing(course):
    def train(x, t, layers, learning_rate, iterations):
        return layers, [1.0, math.nan, math.inf, -1.0, 1e300] * (iterations // 5)

    xor = course["xor"]
    source = Local({**xor.reference, "train": train})
    for picture in pictures(xor, source, {}):
        assert picture.missing or list(drawings(picture))
    lines = Panel("Lines", "", "s", {"lines": [["a", [None] * 9]], "axes": ["x", "y"]})
    lines.data.update(x=None, logarithmic=True)
    heat = Panel(
        "Heat", "", "s", {"values": [[None]], "rows": ["r"], "columns": ["c"], "wrong": None}
    )
    assert len(list(drawings(Picture("n", "t", "", (lines, heat, Panel("Film", "", "", {})))))) == 2


def test_a_million_entries_are_no_picture(course):
    (losses, *_) = (a for a in course.assignments if a.name == "delta_rule")

    def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
        return w, np.zeros(1_000_000).tolist()

    found = shown(losses, train_neuron=train_neuron)["descent_beside_the_right_one"]
    assert found.missing


def test_a_network_that_does_not_fit_or_fill_memory_is_not_drawn(course):
    wide = 200_000  # a thousand points of it would be gigabytes, in the judge
    for layers, why in (
        ([(np.ones((2, wide)), np.ones(wide)), (np.ones((wide, 1)), np.ones(1))], "of this size"),
        ([(np.ones((2, 3)), np.ones(3)), (np.ones((5, 1)), np.ones(1))], "do not fit"),
        ([(np.ones((2, 2)), np.ones(2))], "do not fit"),
    ):
        found = shown(course["xor"], solve_xor=lambda seed, layers=layers: layers)
        assert why in found["what_the_network_says"].missing


def test_pictures_are_kept_as_they_are(course):
    made = tuple(shown(course["neuron"]).values())
    assert thaw_pictures(freeze_pictures(made)) == made


def run(folder: Path, *arguments: str) -> str:
    command = ["grade", str(folder / "class"), "--course", str(folder), "--isolation=none"]
    found = CliRunner().invoke(cli, [*command, "--jobs=1", *arguments])
    assert found.exit_code in (0, 1), found.output
    return found.output


def page(folder: Path, name: str) -> str:
    return next((folder / "report" / "students").glob(f"{name}-*.html")).read_text("utf-8")


def test_pictures_change_no_byte_of_the_grades(tiny: Path):
    plain, drawn = tiny / "plain", tiny / "drawn"
    run(tiny, f"--output={plain}")
    run(tiny, f"--output={drawn}", "--html")
    assert (plain / "grades.json").read_bytes() == (drawn / "grades.json").read_bytes()
    assert "<svg" in page(drawn, "ada")
    run(tiny, f"--output={plain}", "--html")  # known already: only the pictures are made
    assert (plain / "grades.json").read_bytes() == (drawn / "grades.json").read_bytes()
    assert page(plain, "ada") == page(drawn, "ada")


def test_what_cannot_be_shown_is_left_out_with_a_word_why(tiny: Path):
    write(tiny, {"class/cyd/sums.py": ENDLESS, "class/dee/sums.py": "def broken(:"})
    run(tiny, f"--output={tiny / 'out'}", "--html", "--call-seconds=0.3")
    bob = page(tiny / "out", "bob")
    assert "What your totals look like: your code raised KeyError: " in bob
    assert "&lt;b&gt;no&lt;/b&gt;" in bob
    assert "They should lie on a line." in bob
    assert "What your doubles look like: double takes too long" in page(tiny / "out", "cyd")
    assert "What your doubles" not in page(tiny / "out", "dee")


def test_a_worker_that_makes_pictures_has_seen_no_hidden_input(tiny: Path):
    spy = (
        "seen = []\n\n\ndef double(x):\n    seen.append(len(x))\n    return 2 * x\n\n\n"
        "def total(x):\n    return float(max(seen, default=0))\n"
    )
    write(tiny, {"class/eve/sums.py": spy})
    run(tiny, f"--output={tiny / 'out'}", "--html")
    archive = open_archive(tiny / "out")
    assert archive is not None
    keys = {json.loads(view)["student"]: key for key, view in archive.views()}
    totals = archive.pictures(keys["eve"])[1]
    # Hidden checks double four numbers; the exhibit itself doubles three.
    assert totals.panels[0].data["lines"] == [["yours", [3.0, 3.0, 3.0]]]


def test_the_manual_s_exhibit_is_one(tmp_path: Path):
    (text,) = re.findall(r'title="graders/exhibits/losses.py"\n(.*?)```', MANUAL, re.DOTALL)
    for part in ("graders", "solutions"):
        shutil.copytree(COURSE / part, tmp_path / part)
    (tmp_path / "graders" / "exhibits" / "losses.py").write_text(text, "utf-8")
    losses = load_course(tmp_path, only=["losses"])["losses"]
    assert says(shown(losses)["confidence"]) == "From -6 to 6 it goes from 0.002 to 0.998."


def test_a_failing_training_is_drawn_in_the_terminal_too(tmp_path: Path):
    code = (COURSE / "solutions" / "delta_rule.py").read_text("utf-8")
    path = tmp_path / "delta_rule.py"
    path.write_text(code.replace("w - float(learning_rate)", "w - 0.5 * float(learning_rate)"))
    command = ["check", str(path), "--course", str(COURSE), "--only", "train_neuron"]
    found = CliRunner().invoke(cli, command, env={"COLUMNS": "80", "NO_COLOR": "1"})
    lines = [line.strip() for line in found.output.splitlines()]
    start = lines.index("Your loss curve beside the right one:")
    assert lines[start + 1].startswith("They part at entry 1: right ")
    assert sum(" |" in line or line.startswith("|") for line in lines[start:]) == 9
    assert "o right   x yours   # both" in lines
    path.write_text(code)
    found = CliRunner().invoke(cli, command, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert "curve" not in found.output


def test_an_exhibit_of_what_is_not_there_is_refused(tmp_path: Path):
    text = EXHIBITS.replace('@exhibit("double")', '@exhibit("triple")')
    folder = write(write_course(tmp_path), {"graders/exhibits/sums.py": text})
    with pytest.raises(CourseError, match="'triple', which is not declared"):
        load_course(folder)


def report(folder: Path) -> str:
    found = CliRunner().invoke(cli, ["report", str(folder)])
    assert found.exit_code == 0, found.output
    return found.output


def test_a_killed_run_is_reported_as_far_as_it_came(tiny: Path):
    slow = "import time\n\n\ndef double(x):\n    time.sleep(0.05)\n    return 2 * x\n"
    write(tiny, {f"class/s{n:02}/sums.py": slow for n in range(20)})
    command = ["grade", "class", "--isolation=none", "--jobs=1", "--output=out", "--html"]
    with subprocess.Popen([sys.executable, "-m", "chainrule", *command], cwd=tiny) as process:
        base, end = tiny / "out" / FILE, time.monotonic() + 60
        while time.monotonic() < end and _count(base) < 3:
            time.sleep(0.05)
        process.kill()
    assert not (tiny / "out" / "grades.json").exists()
    done = _count(base)
    assert 3 <= done < 22
    assert f"wrote {done + 1} pages" in report(tiny / "out")
    assert "<svg" in page(tiny / "out", "ada")
    index = (tiny / "out" / "report" / "index.html").read_text("utf-8")
    assert "The slowest" in index


def _count(base: Path) -> int:
    if not base.exists():
        return 0
    with sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True) as connection:
        try:
            return connection.execute("SELECT count(*) FROM result").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def test_a_folder_without_a_store_is_reported_from_its_grades(tiny: Path):
    run(tiny, f"--output={tiny / 'out'}", "--html")
    (tiny / "out" / FILE).unlink()
    report(tiny / "out")
    assert "<svg" not in page(tiny / "out", "ada")
    assert "What your doubles" not in page(tiny / "out", "bob")


def test_a_damaged_store_says_what_to_do(tiny: Path):
    run(tiny, f"--output={tiny / 'out'}")
    (tiny / "out" / FILE).write_bytes(b"no store" * 1000)
    found = CliRunner().invoke(cli, ["report", str(tiny / "out")])
    assert found.exit_code == 2
    assert "move it away and grade again" in found.output
