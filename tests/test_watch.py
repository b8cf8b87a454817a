"""Watching: what a save changed is checked again, whatever becomes of the file meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.course import load_course
from chainrule.grading import Help
from chainrule.launch.limits import Limits
from chainrule.release import release_files
from chainrule.renderers.watch import hints
from chainrule.results import CheckResult, FunctionResult
from chainrule.run import Options
from chainrule.submissions import collect
from chainrule.watch.changes import changed
from chainrule.watch.warm import WarmLauncher
from chainrule.watch.work import Work

COURSE = Path(__file__).parents[1]
FILES = release_files(COURSE)
SOLUTION = (COURSE / "solutions" / "losses.py").read_text("utf-8")
STUB = FILES["losses.py"].decode()
TODO = '    raise NotImplementedError("softmax is not written yet")'
WRONG = STUB.replace(TODO, "    e = np.exp(logits - np.max(logits))\n    return e / e.sum(axis=0)")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def work(desk: Path) -> Iterator[Work]:
    launcher = WarmLauncher(Limits())
    course = load_course(desk, hidden=False)
    yield Work(course, Options(desk, hidden=False), desk / "losses.py", launcher)
    launcher.close()


def source(tmp_path: Path, code: str):
    path = tmp_path / "losses.py"
    path.write_text(code)
    (found,) = collect([path], ["losses"]).sources
    return found


BASE = "K = 1\ndef f(a):\n    return a\ndef g(a):\n    return f(a)\ndef h(a):\n    return K\n"


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("return a\n", "return -a\n", ["f", "g"]),  # g calls f
        ("return f(a)", "return 2", ["g"]),
        ("K = 1", "K = 2", ["f", "g", "h"]),
        ("return K", "return  K  # a comment", []),
        ("def h(a):", "def h(b):", ["h"]),
        ("return K", "return (", ["f", "g", "h"]),
        ("def h(a):\n    return K\n", "", ["h"]),
    ],
)
def test_only_what_a_save_may_have_changed_is_checked_again(tmp_path, old, new, again):
    before = source(tmp_path, BASE)
    after = source(tmp_path, BASE.replace(old, new))
    assert changed(before, after, ["f", "g", "h"]) == again


def test_everything_is_checked_where_nothing_is_known(tmp_path):
    assert changed(None, source(tmp_path, BASE), ["f", "g"]) == ["f", "g"]
    bad = source(tmp_path, "def f(:")
    assert changed(bad, source(tmp_path, BASE), ["f", "g"]) == ["f", "g"]


def test_work_goes_on_from_save_to_save(work: Work, desk: Path):
    path = desk / "losses.py"
    assert len(work.look().checked) == 5
    assert work.next() == "one_hot"
    assert not work.look()
    path.write_text(WRONG)
    step = work.look()
    assert step.checked == ("softmax",)
    assert work.next(step.checked) == "softmax"
    path.write_text(SOLUTION)
    work.look()
    assert work.next() is None
    assert all(work.right(f) for f in work.order)


def test_a_file_may_go_break_and_come_back(work: Work, desk: Path):
    path = desk / "losses.py"
    path.write_text(SOLUTION)
    work.look()
    path.unlink()
    step = work.look()
    assert (step.gone, step.checked, step.problems) == (("losses",), (), ())
    assert not work.look()
    path.write_text(SOLUTION + "\ndef broken(:\n")
    assert len(work.look().checked) == 5
    assert not any(work.right(f) for f in work.order)
    path.write_text(SOLUTION)
    work.look()
    assert all(work.right(f) for f in work.order)


def test_what_cannot_be_read_is_said_once(work: Work, desk: Path):
    path = desk / "losses.py"
    path.write_bytes(b"# " + b"x" * 2_000_000)
    (problem,) = work.look().problems
    assert "losses.py" in problem
    assert not work.look()


def test_pictures_come_of_the_work_as_it_is(desk: Path):
    launcher = WarmLauncher(Limits())
    course = load_course(desk, hidden=False)
    path = desk / "delta_rule.py"
    right = (COURSE / "solutions" / "delta_rule.py").read_text("utf-8")
    path.write_text(right.replace("w - float(learning_rate)", "w - 0.5 * float(learning_rate)"))
    work = Work(course, Options(desk, hidden=False), path, launcher)
    try:
        work.look()
        assert not work.right("train_neuron")
        (picture,) = work.pictures("train_neuron")
        assert "They part at iteration 1" in picture.panels[0].says
        assert work.pictures("error_gradient") == ()
        (submission,) = work.grades().submissions
        assert [bool(p.panels) for p in work.gallery(submission)] == [True, True]
    finally:
        launcher.close()


def wrong(*texts: str) -> FunctionResult:
    told = (f"No.\nHint: {text}" if text else "No." for text in texts)
    return FunctionResult(
        "f", tuple(CheckResult(m, "t", "public", "failed", None, 1, m) for m in told)
    )


def test_without_help_the_failing_checks_give_hints_once_and_three_at_most():
    found = hints(wrong("nudge", "nudge", "method", "third", "fourth"), None)
    assert found == ["nudge", "method", "third"]


def test_hints_begin_with_what_fails_and_end_with_a_method():
    guide = Help("y = x", ("nudge", "where to look", "method"))
    assert hints(wrong("this check's", "another"), guide) == [
        *("this check's", "where to look", "method")
    ]
    assert hints(wrong(""), guide) == ["nudge", "where to look", "method"]


def wait_for(text: str, read, seconds: float = 60) -> str:
    found, end = "", time.monotonic() + seconds
    while text not in found:
        assert time.monotonic() < end, found
        found += read()
    return found


COMMAND = [sys.executable, "-m", "chainrule", "check", "losses.py", "--watch"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals are those of POSIX")
def test_without_a_terminal_it_says_so_and_works_all_the_same(desk: Path):
    with subprocess.Popen(
        COMMAND, cwd=desk, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, bufsize=0
    ) as process:
        read = lambda: os.read(process.stdout.fileno(), 65536).decode("utf-8", "replace")  # noqa: E731
        try:
            wait_for("no terminal: keys are off", read)
            part = desk / ".losses.py.swp"  # as editors save: beside it, then in its place
            part.write_text(WRONG)
            part.replace(desk / "losses.py")
            said = wait_for("functions right", read)
            assert "softmax: 2 of 7 checks pass" in said
            assert "Hint:" not in said
            (desk / "losses.py").unlink()
            wait_for("losses is gone", read)
            shutil.copy(COURSE / "solutions" / "losses.py", desk / "losses.py")
            wait_for("5 of 5 functions right", read)
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_keys_give_hints_and_the_formula(desk: Path):
    import pty  # noqa: PLC0415 - POSIX has it alone

    (desk / "losses.py").write_text(WRONG)
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "40", "NO_COLOR": "1", "TERM": "xterm"}
    environment |= {"BROWSER": "true"}  # the page is opened with this, which does nothing
    with subprocess.Popen(
        COMMAND, cwd=desk, stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as process:
        os.close(slave)
        read = lambda: os.read(master, 65536).decode("utf-8", "replace")  # noqa: E731
        try:
            said = wait_for("q: quit", read)
            lines = re.sub(r"\r|\x1b\[\d*m", "", said).split("\n")
            assert max(map(len, lines)) <= 40
            os.write(master, b"h")
            assert "Hint 1 of 3:" in wait_for("row?", read)
            path = desk / "losses.py"
            path.write_text(WRONG.replace("np.max(logits)", "np.max(logits) - 1"))
            wait_for("functions right", read)
            os.write(master, b"h")  # a save does not begin the hints again
            wait_for("Hint 2 of 3:", read)
            os.write(master, b"h")
            wait_for("Hint 3 of 3:", read)
            os.write(master, b"h")
            wait_for("no further hint", read)
            os.write(master, b"f")
            wait_for("exp(z_k)", read)
            os.write(master, b"d")
            assert "Normalise logits" in wait_for("Source:", read)
            os.write(master, b"o")
            opened = wait_for(".html", read).replace("\r", "").replace("\n", "")
            (page,) = re.findall(r"opened +(\S+?\.html)", opened)
            assert "What to do next: <code>softmax" in Path(page).read_text("utf-8")
            shutil.rmtree(Path(page).parent)
            os.write(master, b"q")
            assert process.wait(20) == 0
        finally:
            process.kill()
            os.close(master)


def test_a_path_that_is_not_there_is_wrong_usage(desk: Path):
    command = [*COMMAND[:-2], "nothing.py", "--watch"]
    found = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert "does not exist" in found.stderr
