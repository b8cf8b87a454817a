"""The same command again: nothing is done twice, whatever the disk and the clock did meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command, in_process, started
from tiny_course import MEAN, RIGHT, write, write_course

STUDENTS = 20
OPTIONS = ("--isolation=none", "--jobs=1")


@pytest.fixture
def chainrule(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    return in_process(monkeypatch, capfd)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_course(tmp_path))
    names = ("ada", "bo", "cy")
    return write(tmp_path, {f"class/{name}/sums.py": RIGHT for name in names})


def graded(chainrule: Command, *options: str) -> tuple[bytes, bool]:
    """The bytes of grades.json, and whether anything was graded for it."""
    ran = chainrule("grade", "class", "--output=results", "--profile", *OPTIONS, *options)
    assert ran.status == 0, ran.err
    assert "where the time went" in ran.err
    return Path("results/grades.json").read_bytes(), "importing submissions" in ran.err


def test_what_has_not_changed_is_not_graded_again(course: Path, chainrule: Command) -> None:
    first, worked = graded(chainrule)
    assert worked
    assert graded(chainrule) == (first, False)
    assert graded(chainrule, "--regrade") == (first, True)
    write(course, {"class/bo/sums.py": MEAN})
    changed, worked = graded(chainrule)
    assert worked
    assert changed != first
    assert graded(chainrule) == (changed, False)
    write(course, {"class/bo/sums.py": RIGHT})
    assert graded(chainrule) == (first, False), "what it was before is known, too"


def test_a_changed_grader_grades_everything_again(course: Path, chainrule: Command) -> None:
    graded(chainrule)
    with (course / "graders" / "hidden" / "sums.py").open("a") as file:
        file.write("# another comment\n")
    assert graded(chainrule)[1]


def test_another_limit_or_seed_is_another_grading(course: Path, chainrule: Command) -> None:
    graded(chainrule)
    assert graded(chainrule, "--seed=1")[1]
    assert graded(chainrule, "--memory-mb=900")[1]
    assert not graded(chainrule)[1]


def test_the_profile_says_what_took_how_long(course: Path, chainrule: Command) -> None:
    ran = chainrule("grade", "class", "--profile", *OPTIONS)
    lines = [line.split("  ") for line in ran.err.splitlines()[1:]]
    shares = [float(line.split("%")[0].split()[-1]) for line in ran.err.splitlines()[1:]]
    assert sum(shares) == pytest.approx(100, abs=1)
    assert {line[-1] for line in lines} >= {
        "reading what was handed in",
        "starting workers",
        "importing submissions",
        "calling their functions",
        "judging the answers",
        "writing reports",
    }


def test_a_clock_that_jumps_back_changes_nothing(
    course: Path, chainrule: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm, _ = graded(chainrule)
    shutil.rmtree("results")
    now = [time.time() + 1e6]

    def back() -> float:
        now[0] -= 3600.0
        return now[0]

    with monkeypatch.context() as jumping:
        jumping.setattr(time, "time", back)
        jumping.setattr(time, "time_ns", lambda: int(back() * 1e9))
        assert graded(chainrule)[0] == calm
        for path in (*course.rglob("*.py"), *(course / "results").iterdir()):
            os.utime(path, (back(), back()))  # files from the future, and from the past
        assert graded(chainrule) == (calm, False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a few results."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120k", "none", str(place)]
    try:
        ran = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if ran.returncode:
        pytest.skip(f"no small file system can be mounted here: {ran.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S607


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_full_disk_keeps_what_was_graded_and_goes_on_later(
    course: Path, small_disk: Path, chainrule: Command
) -> None:
    write(course, {f"class/more{n:03}/sums.py": RIGHT + f"# {n}\n" for n in range(STUDENTS)})
    where = f"--output={small_disk / 'results'}"
    process = started("grade", "class", where, *OPTIONS, cwd=course)
    _, said = process.communicate(timeout=100)
    assert process.returncode == 2, said
    assert b"free some room and run the same command again" in said
    assert b"Traceback" not in said
    assert not (small_disk / "results" / "grades.json").exists()
    subprocess.run(["mount", "-o", "remount,size=9m", str(small_disk)], check=True)  # noqa: S607
    ran = chainrule("grade", "class", where, *OPTIONS, "--profile")
    assert ran.status == 0, ran.err
    calm, _ = graded(chainrule)
    assert (small_disk / "results" / "grades.json").read_bytes() == calm
