"""Whole classes: more processes, Dask, a class graded again, and ten thousand with faults."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from chainrule.crew import cores

from .measure import CHAINRULE, ROOT, Row, Run, middle, rounded, run
from .school import write_class, write_crowd

CLASS = 300
CROWD = 10_000
SMALL = 500
ROUNDS = 3
LIMITS = ("--call-seconds=0.5",)


def grade(folder: Path, school: str, output: str, *options: str, memory: bool = False) -> Run:
    """Grade a class with the command that everybody uses."""
    command = [*CHAINRULE, "grade", school, "--course", ROOT, "--output", output, *options]
    return run(command, folder, memory=memory)


def class_rows(folder: Path, size: int = CLASS, rounds: int = ROUNDS) -> list[Row]:
    """One class with one job, with two, and on two of Dask's workers."""
    count = write_class(folder / "class", size)
    grade(folder, "class", "warm")  # records, so that every round finds the recordings
    ways = {"one job": ("--jobs=1",), "two jobs": ("--jobs=2",)}
    ways["dask"] = ("--executor=dask", "--jobs=2")
    found: dict[str, list[Run]] = {name: [] for name in ways}
    for number in range(rounds):  # in turns, so that a busy spell meets all of them
        for name, options in ways.items():
            found[name].append(grade(folder, "class", f"{name}{number}", *options))
    _all_same(folder)
    wall = {name: [r.wall for r in runs] for name, runs in found.items()}
    details = {
        "submissions": count,
        "cores": cores(),
        "load average": round(os.getloadavg()[0], 1),
        "seconds": {name: rounded(times, 1) for name, times in wall.items()},
        "CPU seconds": {name: rounded([r.cpu for r in rs], 1) for name, rs in found.items()},
    }
    two = [one / two for one, two in zip(wall["one job"], wall["two jobs"], strict=True)]
    dask = [pool / dask for pool, dask in zip(wall["two jobs"], wall["dask"], strict=True)]
    return [
        Row("two jobs", "speed of two jobs ÷ one, two cores", middle(two), 1.8, True, "", details),
        Row("dask", "speed of Dask's two workers ÷ two jobs", middle(dask), 0.85, True),
    ]


def _all_same(folder: Path) -> None:
    """The same bytes, however many processes there were and whoever ran them."""
    if len({path.read_bytes() for path in folder.glob("*/grades.json")}) != 1:
        raise RuntimeError("the runs came to different grades")


def crowd_rows(folder: Path, size: int = CROWD, small: int = SMALL) -> list[Row]:
    """A very large class, twice, beside a small one."""
    write_crowd(folder / "few", small)
    count = write_crowd(folder / "crowd", size)
    grade(folder, "few", "warm", *LIMITS)
    few = grade(folder, "few", "few-graded", *LIMITS, "--jobs=2", memory=True)
    many = grade(folder, "crowd", "crowd-graded", *LIMITS, "--jobs=2", memory=True)
    grades = json.loads((folder / "crowd-graded" / "grades.json").read_bytes())
    outcomes = _outcomes(grades)
    again = [grade(folder, "crowd", "crowd-graded", *LIMITS) for _ in range(ROUNDS)]
    details = {
        "submissions": count,
        "seconds": round(many.wall, 1),
        "submissions a minute": round(60 * count / many.wall),
        "CPU seconds": round(many.cpu, 1),
        "load average": round(os.getloadavg()[0], 1),
        **outcomes,
    }
    wrong = outcomes["not as expected"]
    return [
        Row(
            "faults",
            f"submissions of {count:,} in one run, 1 % hanging and 1 % dying, judged otherwise "
            "than they should",
            wrong,
            0,
            details=details,
        ),
        Row(
            "unchanged",
            f"unchanged class of {count:,} graded again",
            count / middle([r.wall for r in again]),
            2000,
            True,
            " a second",
            {
                "seconds": rounded([r.wall for r in again], 2),
                "CPU seconds": rounded([r.cpu for r in again], 2),
                "load average": round(os.getloadavg()[0], 1),
            },
        ),
        Row(
            "memory",
            f"peak memory of all processes together, {count:,} submissions ÷ {small}",
            many.peak / few.peak,
            1.1,
            details={"MB": [round(many.peak), round(few.peak)]},
        ),
    ]


def _outcomes(grades: dict) -> dict[str, int]:
    """How those that hang, those that die and the others were judged."""
    found: Counter[str] = Counter({"hanging": 0, "dying": 0, "right": 0, "not as expected": 0})
    for one in grades["submissions"]:
        number = int(one["student"].removeprefix("student")) % 100
        seen = {c["outcome"] for f in one["functions"] for c in f["checks"]}
        if number == 50 and "timeout" in seen and 0 < one["score"] < one["max_score"]:
            found["hanging"] += 1
        elif number == 99 and "error" in seen and 0 < one["score"] < one["max_score"]:
            found["dying"] += 1
        elif number not in (50, 99) and one["score"] == one["max_score"]:
            found["right"] += 1
        else:
            found["not as expected"] += 1
    return dict(found)
