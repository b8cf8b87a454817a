"""What a student and a lecturer wait for: a check, a save, a page, an install."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from .measure import CHAINRULE, ROOT, Row, middle, rounded, run
from .mistaken import right
from .school import write_class

ROUNDS = 7
STUDENTS = 2_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def released(folder: Path) -> Path:
    """The folder that a student gets, with a right `losses.py` in it."""
    desk = folder / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    run([*CHAINRULE, "release", desk, "--course", ROOT], folder)
    (desk / "losses.py").write_text(right("vectorised", "losses"), "utf-8")
    return desk


def check_row(folder: Path) -> Row:
    """`chainrule check losses.py` beside the import of numpy, each in a new process."""
    desk = released(folder)
    command = [str(Path(sys.executable).with_name("chainrule")), "check", "losses.py"]
    run(command, desk)
    checks, imports, first = [], [], []
    for number in range(ROUNDS):
        imports.append(run([sys.executable, "-c", "import numpy"], desk).wall)
        checks.append(run(command, desk).wall)
        empty = {"CHAINRULE_CACHE": str(folder / f"no-cache-{number}")}
        first.append(run(command, desk, empty).wall)
    ratios = [c / i for c, i in zip(checks, imports, strict=True)]
    return Row(
        "check",
        "`chainrule check losses.py`, cold, wall ÷ `python -c 'import numpy'`",
        middle(ratios),
        6,
        details={
            "check, s": rounded(checks),
            "import numpy, s": rounded(imports),
            "the very first check of a course (it records the inputs), s": rounded(first),
        },
    )


def watch_row(folder: Path) -> Row:
    """From the save of one function to its verdict under `check --watch`."""
    desk = released(folder)
    good = (desk / "losses.py").read_text("utf-8")
    bad = good.replace("axis=-1, keepdims=True)\n", "axis=0, keepdims=True)\n", 1)
    bad = bad.replace("exp.sum(axis=-1", "exp.sum(axis=0")
    command = [*CHAINRULE, "check", "--watch", "losses.py"]
    times = []
    with subprocess.Popen(
        [*map(str, command)], cwd=desk, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as process:
        _until_quiet(process, 30.0)
        for number in range(2 * ROUNDS):
            (desk / "losses.py").write_text(good if number % 2 else bad, "utf-8")
            start = time.perf_counter()
            _said(process)
            times.append(1000 * (time.perf_counter() - start))
            _until_quiet(process, 1.0)
        process.send_signal(signal.SIGINT)
    return Row(
        "watch",
        "from save to verdict of one function under `check --watch`",
        middle(times),
        300,
        unit=" ms",
        details={"ms": rounded(times, 0)},
    )


def _said(process: subprocess.Popen[bytes]) -> None:
    """Wait for the line with the progress over all functions, which follows every verdict."""
    text = ""
    end = time.monotonic() + 20
    while "functions right" not in text:
        if not select.select([process.stdout], [], [], end - time.monotonic())[0]:
            raise RuntimeError(f"no verdict came: {text}")
        text += os.read(process.stdout.fileno(), 1 << 16).decode("utf-8", "replace")


def _until_quiet(process: subprocess.Popen[bytes], most: float) -> None:
    """Read what comes, until nothing has come for a while."""
    patience = most
    while select.select([process.stdout], [], [], patience)[0]:
        os.read(process.stdout.fileno(), 1 << 16)
        patience = 1.0


def page_row(folder: Path) -> Row:
    """How long the overview of a very large class takes to open in a browser."""
    measure = f"the overview of {STUDENTS:,} students, until it is loaded in a browser"
    browser = next((b for b in BROWSERS if shutil.which(b)), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing
    except ImportError:
        browser = None
    if browser is None:
        return Row("page", measure, None, 1000, unit=" ms", note="no chromium or playwright here")
    write_class(folder / "some", 40)
    command = [*CHAINRULE, "grade", "some", "--course", ROOT, "--output", "some-graded"]
    run(command, folder)
    _multiplied(folder / "some-graded" / "grades.json", folder / "grades.json")
    report = run([*CHAINRULE, "report", folder / "grades.json", "--output", "report"], folder)
    times = []
    index = folder / "report" / "index.html"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which(browser), args=[*SWITCHES])
        for _ in range(ROUNDS):
            page = opened.new_page()
            start = time.perf_counter()
            page.goto(index.as_uri(), wait_until="load")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => done()))")
            times.append(1000 * (time.perf_counter() - start))
            page.close()
        version = opened.version
        opened.close()
    return Row(
        "page",
        measure,
        middle(times),
        1000,
        unit=" ms",
        details={
            "ms": rounded(times, 0),
            "browser": version,
            "MB of the page": round(index.stat().st_size / 1e6, 1),
            "seconds to write all pages": round(report.wall, 1),
        },
    )


def _multiplied(source: Path, target: Path) -> None:
    """The grades of a few students as those of very many."""
    grades = json.loads(source.read_bytes())
    few = grades["submissions"]
    names = sorted({one["student"] for one in few})
    copies = -(-STUDENTS // len(names))
    grades["submissions"] = [
        {**one, "student": f"{one['student']}-{copy}"} for copy in range(copies) for one in few
    ][: STUDENTS * len(few) // len(names)]
    target.write_text(json.dumps(grades), "utf-8")


def install_row(folder: Path) -> Row:
    """What a student's machine has to hold besides Python."""
    place = folder / "student"
    with _environment(place) as python:
        bare = _size(place)
        run([python, "-m", "pip", "install", "-q", ROOT], folder)
        listed = run([python, "-m", "pip", "list", "--format=json"], folder).text
        packages = json.loads(next(x for x in listed.splitlines() if x.startswith("[")))
        size = _size(place) - bare
    desk = released(folder)
    return Row(
        "install",
        "size of what `pip install chainrule` brings to a student",
        size / 1e6,
        200,
        unit=" MB",
        details={
            "packages": sorted(
                p["name"] for p in packages if p["name"] not in ("pip", "setuptools")
            ),
            "MB of the released folder": round(_size(desk) / 1e6, 2),
        },
    )


@contextlib.contextmanager
def _environment(place: Path) -> Iterator[Path]:
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place, with_pip=True)
    yield place / "bin" / "python"
    shutil.rmtree(place, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(
        p.lstat().st_size
        for p in folder.rglob("*")
        if p.is_file() and not p.is_symlink() and p.suffix != ".pyc"
    )
