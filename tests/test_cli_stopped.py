"""A run that is stopped keeps what is done, leaves no process behind, and says so."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import COMMAND, environment, running_in, started, stop
from tiny_course import ENDLESS, RIGHT, write, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    write_course(tmp_path)
    # by name, so that the endless one is the third
    codes = {"ada": RIGHT, "bo": RIGHT, "cy": ENDLESS, "di": RIGHT}
    return write(tmp_path, {f"class/{name}/sums.py": code for name, code in codes.items()})


def kept(course: Path) -> int:
    """How many results the store holds."""
    try:
        base = sqlite3.connect(f"file:{course / 'results/grades.sqlite'}?mode=ro", uri=True)
        try:
            return int(base.execute("SELECT count(*) FROM result").fetchone()[0])
        finally:
            base.close()
    except sqlite3.Error:
        return 0


def still_running(group: int) -> list[str]:
    """What does not end within a while."""
    end = time.monotonic() + 10
    while (left := running_in(group)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


@pytest.mark.parametrize(
    ("how", "jobs", "isolation"),
    [
        (signal.SIGINT, 1, "none"),
        (signal.SIGTERM, 1, "none"),
        (signal.SIGINT, 2, "none"),
        (signal.SIGTERM, 2, "auto"),
    ],
)
def test_what_is_graded_is_written(
    course: Path, how: signal.Signals, jobs: int, isolation: str
) -> None:
    options = [f"--jobs={jobs}", f"--isolation={isolation}", "--call-seconds=300"]
    process = started("grade", "class", "--output=results", *options, cwd=course)
    enough = 2 if jobs == 1 else 3
    ran = stop(process, how, lambda: kept(course) >= enough)
    assert ran.status == 130
    assert "1 submission(s) were not graded" in ran.err or "2 submission(s) were" in ran.err
    assert "what is done is written" in ran.err
    assert "Traceback" not in ran.err + ran.text
    grades = json.loads((course / "results" / "grades.json").read_bytes())
    scores = {s["student"]: s["score"] for s in grades["submissions"]}
    assert "cy" not in scores
    assert set(scores.values()) == {5.0}
    assert len(scores) >= enough
    assert still_running(process.pid) == []


@pytest.mark.parametrize("isolation", ["none", "auto"])
def test_a_killed_run_leaves_nothing_behind(
    course: Path, monkeypatch: pytest.MonkeyPatch, isolation: str
) -> None:
    course.chmod(0o755)
    (course / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(course / "tmp"))
    options = ["--output=results", "--jobs=2", f"--isolation={isolation}", "--call-seconds=300"]
    process = started("grade", "class", *options, cwd=course)
    ran = stop(process, signal.SIGKILL, lambda: kept(course) >= 3)
    assert ran.status == -signal.SIGKILL
    assert still_running(process.pid) == []
    assert list((course / "tmp").iterdir()) == []


def test_a_reader_that_leaves_early_meets_no_traceback(course: Path) -> None:
    # More than a pipe holds, so that the command still writes when its reader has gone.
    codes = {f"many/student{n:03}/sums.py": "x = 1\n" for n in range(25)}
    write(course, codes)
    process = started("grade", "many", "--json", "--isolation=none", cwd=course)
    assert process.stdout is not None
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read().decode()
    process.stderr.close()
    process.wait(60)
    assert said == ""
    assert process.returncode in (1, 141)


def test_the_table_may_be_left_early_too(course: Path) -> None:
    line = " ".join([*COMMAND, "grade", "class/ada", "--isolation=none", "| head -c 5"])
    ran = subprocess.run(
        ["bash", "-c", line],  # noqa: S607
        cwd=course,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == b""


def test_a_standard_output_that_is_closed_is_no_traceback(course: Path) -> None:
    line = " ".join([*COMMAND, "grade", "class/ada", "--isolation=none", ">&-"])
    ran = subprocess.run(
        ["bash", "-c", line],  # noqa: S607
        cwd=course,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in ran.stderr


def test_a_full_disk_is_told_and_nothing_half_written_is_left(course: Path) -> None:
    # A limit on file sizes stands in for the disk: a write fails half-way, as it would there.
    write(course, {f"many/student{n:03}/sums.py": "x = 1\n" for n in range(20)})
    (course / "results").mkdir()
    old = b'{"kept": "from before"}\n'
    (course / "results" / "grades.json").write_bytes(old)
    process = started(
        "grade",
        "many",
        "--output=results",
        "--isolation=none",
        cwd=course,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (45_000, 45_000)),
    )
    _, err = process.communicate(timeout=60)
    said = err.decode()
    assert process.returncode == 2
    assert "free some room and run" in said
    assert "Traceback" not in said
    assert (course / "results" / "grades.json").read_bytes() == old
    assert [p.name for p in (course / "results").iterdir() if p.name.startswith(".grades")] == []


def test_odd_characters_go_to_any_standard_output(course: Path) -> None:
    write(course, {"Zoë — ☃/sums.py": "def total(x):\n    raise ValueError('−☃\\x1b[2J')\n"})
    for encoding in ("ascii", "cp1252", "utf-8"):
        ran = subprocess.run(
            [*COMMAND, "grade", "Zoë — ☃", "--isolation=none"],
            cwd=course,
            env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr == b""
        assert b"\x1b" not in ran.stdout


def test_no_terminal_no_colours_and_no_bar(course: Path) -> None:
    process = started("grade", "class/ada", "--isolation=none", cwd=course)
    out, err = process.communicate(timeout=60)
    assert b"\x1b" not in out + err
    assert err == b""


def test_a_terminal_gets_a_bar_and_colours_unless_it_says_no(course: Path) -> None:
    for no_colour in (False, True):
        shown = _on_a_terminal(course, **({"NO_COLOR": "1"} if no_colour else {}))
        assert (b"\x1b[31m" in shown or b"\x1b[1;31m" in shown) is not no_colour
        assert "━".encode() in shown
        assert re.search(rb"\d+/(s|min)", shown), "the rate"
        assert re.search(rb"\d:\d\d:\d\d|-:--:--", shown), "the time left"


def _on_a_terminal(course: Path, **more: str) -> bytes:
    import pty  # noqa: PLC0415  # not on Windows

    write(course, {"class/ed/sums.py": "def total(x):\n    return 0 * x.sum() + 1\n"})
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "grade", "class/ed", "class/ada", "--isolation=none"],
        cwd=course,
        env=environment(TERM="xterm-256color", **more),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    assert process.wait(60) == 0
    return shown
