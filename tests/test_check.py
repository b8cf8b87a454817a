"""`chainrule check`: a student, alone with their work and what was handed out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, ROOT, Command, Ran, environment, in_process
from tiny_course import BLANK, MEAN, RIGHT, write, write_course, write_released

FOR_STUDENTS = ("graders/__init__.py", "graders/inputs.py", "graders/networks.py")
MIXED = "def double(x):\n    return x + 1\n\n\ndef total(x):\n    raise NotImplementedError\n"
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# Sums"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": "%matplotlib inline\n" + RIGHT,
            "execution_count": None,
            "outputs": [],
        },
    ],
}


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_released(tmp_path))
    return tmp_path


@pytest.fixture
def check(
    released: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    run = in_process(monkeypatch, capfd)
    return lambda *args: run("check", *args)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This course as students get it: no reference, no hidden check, no list of mistakes."""
    folder = tmp_path_factory.mktemp("student")
    for name in FOR_STUDENTS:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "graders" / "public", folder / "graders" / "public")
    shutil.copytree(ROOT / "assignments", folder / "assignments")
    return folder


def run(*args: str | Path, cwd: Path, **more: str) -> Ran:
    """The command as it is installed, with nothing of the checkout around it."""
    ran = subprocess.run(
        [*COMMAND, "check", *map(str, args)],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        timeout=110,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr.decode())


# --- what is said ----------------------------------------------------------------------------


def test_right_work_is_told_so_and_that_there_is_more(released: Path, check: Command) -> None:
    write(released, {"sums.py": RIGHT})
    ran = check("sums.py")
    assert ran.status == 0
    assert ran.text == (
        "sums\n  ok: double\n  ok: total\n\n"
        "  5 of 5 public checks pass. Your instructor's grading runs further checks.\n\n"
    )


def test_what_is_not_written_is_said_kindly(released: Path, check: Command) -> None:
    write(released, {"sums.py": BLANK})
    ran = check("sums.py")
    assert ran.status == 0
    assert ran.text == (
        "sums\n  to do: double is not written yet\n  to do: total is not written yet\n\n"
        "  0 of 5 public checks pass.\n\n"
    )
    write(released, {"sums.py": "# a name is missing\n"})
    assert check("sums.py").text == ran.text


def test_a_mistake_is_shown_with_input_expectation_and_hint(released: Path, check: Command) -> None:
    write(released, {"sums.py": MIXED})
    ran = check("sums.py")
    assert ran.status == 0
    assert ran.text == (
        "sums\n"
        "  double: 0 of 2 checks pass\n"
        "    wrong: The double of (1, 2) is (2, 4).\n"
        "      The result is not right.\n"
        "      Input:    double([1.0, 2.0])\n"
        "      Expected:  2  4\n"
        "      Got:       2  3*\n"
        "                * 1 of 2 entries is wrong\n"
        "      Hint: Twice is plus itself.\n"
        "    1 more check is tried once these pass\n"
        "  to do: total is not written yet\n\n"
        "  0 of 5 public checks pass.\n\n"
    )


def test_an_error_begins_in_the_students_file(released: Path, check: Command) -> None:
    write(
        released, {"sums.py": "def double(x):\n    return helper(x)\n\n\ndef helper(x):\n    1/0\n"}
    )
    text = check("sums.py").text
    assert "error: The double of (1, 2) is (2, 4)." in text
    assert "Your code raised ZeroDivisionError: division by zero." in text
    assert "line 2 of sums.py, in double:" in text
    assert "Traceback" not in text
    assert "site-packages" not in text


def test_a_syntax_error_is_said_once(released: Path, check: Command) -> None:
    write(released, {"sums.py": "def double(x)\n    return x\n"})
    ran = check("sums.py")
    assert ran.status == 0
    assert ran.text.count("SyntaxError") == 1
    assert "line 1" in ran.text


def test_json(released: Path, check: Command) -> None:
    write(released, {"work/sums.py": MIXED, "work/signs.ipynb": "{"})
    ran = check("work", "--json")
    assert ran.status == 1
    grades = json.loads(ran.out)
    (submission,) = grades["submissions"]
    checks = [c for f in submission["functions"] for c in f["checks"]]
    assert {c["visibility"] for c in checks} == {"public"}
    assert [c["outcome"] for c in checks] == ["failed", "skipped"] + ["not_written"] * 3
    assert [p["assignment"] for p in grades["problems"]] == ["signs"]


# --- where it looks --------------------------------------------------------------------------


def test_without_a_path_it_checks_what_is_here(
    released: Path, check: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(released, {"mine/sums.py": RIGHT, "mine/notes.txt": "hi"})
    monkeypatch.chdir(released / "mine")
    ran = check()
    assert ran.status == 0
    assert "5 of 5" in ran.text


def test_in_the_folder_that_was_handed_out(released: Path, check: Command) -> None:
    write(released, {"assignments/sums.py": BLANK})
    assert "0 of 5" in check().text
    write(released, {"assignments/sums.py": RIGHT})
    assert "5 of 5" in check().text


def test_beside_the_graders(released: Path, check: Command) -> None:
    write(released, {"sums.py": RIGHT})
    assert "5 of 5" in check().text


def test_the_course_is_found_upwards_from_the_path(
    released: Path, check: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(released, {"mine/week1/sums.py": RIGHT})
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert "5 of 5" in check(released / "mine" / "week1" / "sums.py").text


def test_a_notebook(released: Path, check: Command) -> None:
    write(released, {"sums.ipynb": json.dumps(NOTEBOOK)})
    ran = check("sums.ipynb")
    assert ran.status == 0
    assert "5 of 5" in ran.text
    assert "note: cell 1: ignored the line '%matplotlib inline'" in ran.text


def test_one_function(released: Path, check: Command) -> None:
    write(released, {"sums.py": MIXED})
    text = check("sums.py", "--only", "double").text
    assert "double: 0 of 2" in text
    assert "total" not in text


def test_the_whole_course_beside_it_changes_nothing(
    released: Path, check: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(released, {"sums.py": MEAN})
    with_all = write_course(tmp_path_factory.mktemp("all"))
    write(with_all, {"sums.py": MEAN})
    assert check("sums.py", "--course", with_all).text == check("sums.py").text


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["sums_.py"], "sums_.py"),
        (["empty"], "empty"),
        (["sums.py", "--only", "treble"], "there are: double, total"),
        (["sums.py", "--course", "empty"], "--course DIR"),
        (["sums.py", "signs.py"], "signs.py"),
    ],
)
def test_wrong_usage_says_what_to_do(
    released: Path, check: Command, args: list[str], says: str
) -> None:
    write(released, {"sums.py": RIGHT})
    (released / "empty").mkdir()
    ran = check(*args)
    assert (ran.status, ran.out) == (2, b"")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_without_the_handed_out_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write(tmp_path, {"sums.py": RIGHT}))
    ran = in_process(monkeypatch, capfd)("check", "sums.py")
    assert ran.status == 2
    assert "graders/public" in ran.err


# --- this course, as it is handed out --------------------------------------------------------


def test_the_stubs_are_nothing_but_to_do(course: Path) -> None:
    ran = run(cwd=course)
    assert ran.status == 0, ran.err
    lines = ran.text.splitlines()
    assert sum(line.endswith("is not written yet") for line in lines) == 30
    assert not any(line.strip().startswith(("wrong:", "error:", "ok:")) for line in lines)


@pytest.mark.parametrize("width", [40, 80])
def test_output_is_readable_at_any_width(course: Path, width: int) -> None:
    work = ROOT / "examples" / "class" / "tran_minh"
    ran = run(work, "--course", course, cwd=course, COLUMNS=str(width))
    assert ran.status == 0, ran.err
    assert ran.err == ""
    lines = ran.text.splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []
    # Nothing that a screen reader would spell out, and no colour where nobody sees it.
    assert not set("─│┃━╭╰┌└\x1b") & set(ran.text)
    numbers = [line for line in lines if line.strip().startswith(("Expected:", "Got:"))]
    assert numbers
    assert not any(line.rstrip().endswith((".", "-", "e")) for line in numbers if "[" in line)


def test_a_right_submission_passes_all_public_checks(course: Path) -> None:
    work = ROOT / "examples" / "class" / "nakamura_aoi"
    ran = run(work, "--course", course, cwd=course)
    assert ran.status == 0, ran.err
    assert ran.text.count("Your instructor's grading runs further checks.") == 5
    assert ran.text.count("  ok: ") == 30
