"""Pages from templates."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from ...judge.show import inert
from ...results import Picture
from ..blocks import MOST_BLOCKS, Block, wrong_blocks
from ..formats.table import guarded
from ..parts import clip, parts
from .model import Check, Run, Student, assignments, students
from .overview import MARKS, SHOWN, WORDS, Overview, Slow, overview, slowest
from .panels import drawings
from .pictures import curves, histogram

ROWS = 100
"""Students in the map before paging begins."""


BATCH = 120
"""Students whose pages are made together; more than so many are shared among processes."""

Whose = tuple[str, str]
"""A student and an assignment."""


@dataclass(frozen=True)
class Beside:
    """What is known beside the results.

    Args:
        pictures: gives the pictures of a student's assignment.
        seconds: how long grading it took.
    """

    pictures: Callable[[Whose], Sequence[Picture]] = lambda _: ()
    seconds: Mapping[Whose, float] = field(default_factory=dict)


def files(run: Run, beside: Beside | None = None, jobs: int = 1) -> Iterator[tuple[str, bytes]]:
    """Every file of a report by its path, a few at a time: a class may be large.

    Args:
        run: what is reported.
        beside: pictures and times.
        jobs: how many processes may draw.
    """
    beside = beside or Beside()
    everybody = students(run)
    seen = overview(run, everybody)
    yield "index.html", _lecturer(seen, slowest(everybody, beside.seconds))
    yield "scores.csv", scores(run, everybody)
    about = msgspec.structs.replace(run, submissions=(), problems=(), notes=())
    tasks = ((about, student, _pictures(student, beside)) for student in everybody)
    if jobs == 1 or len(everybody) <= BATCH:
        yield from map(_student, tasks)
        return
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        while batch := list(itertools.islice(tasks, BATCH)):
            yield from pool.map(_student, batch, chunksize=BATCH // (2 * jobs) or 1)


def _pictures(student: Student, beside: Beside) -> dict[str, Sequence[Picture]]:
    return {s.assignment: beside.pictures((s.student, s.assignment)) for s in student.submissions}


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_inert,
    )
    environment.filters.update(points=points, clip=clip, parts=parts)
    environment.globals.update(MARKS=MARKS, WORDS=WORDS, most_blocks=MOST_BLOCKS)
    environment.globals.update(blocks=_blocks, curves=curves, drawings=drawings)
    return environment


def _blocks(check: Check) -> list[Block]:
    return wrong_blocks(check.counterexample or {})


def _inert(value: Any) -> Any:
    """Plain text without control and direction characters; the page's own markup as it is."""
    return _shown(value) if type(value) is str else value


@lru_cache(10_000)
def _shown(text: str) -> str:
    return text if text.isprintable() else inert(text)


def points(value: float | None) -> str:
    """Points with up to two decimals, never rounded up."""
    if value is None:
        return "–"
    exact = Fraction(value).limit_denominator(10**7)
    return f"{int(exact * 100) / 100:.2f}".rstrip("0").rstrip(".")


def _lecturer(seen: Overview, slow: Sequence[Slow]) -> bytes:
    page = _environment().get_template("index.html")
    script = resources.files(__package__).joinpath("templates/map.js").read_text("utf-8")
    text = page.render(
        script=Markup(script),  # noqa: S704 - a file of our own
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        seen=seen,
        slow=slow,
        run=seen.run,
        rows=[_row(student, seen) for student in seen.students],
        worth=_worth(seen),
        codes=CODES,
        places={student.name: place for place, student in enumerate(seen.students)},
        page_rows=ROWS,
        named=SHOWN,
        histograms=list(_histograms(seen)),
    )
    return text.encode("utf-8", "backslashreplace")


CODES = {"f": "full", "p": "part", "n": "none", "u": "unwritten", "o": "open", " ": ""}
"""A state as one character: a large class has many."""


def _row(student: Student, seen: Overview) -> list[Any]:
    """One line of the map: name, page, points, of how many, each function's state and points."""
    mine = {(s.assignment, f.name): f for s, f in student.functions()}
    found = [mine.get((a, f)) for a, names in seen.functions.items() for f in names]
    code = {state: letter for letter, state in CODES.items()}
    states = "".join(code[f.state if f else ""] for f in found)
    earned = [f.score if f else None for f in found]
    return [_shown(student.name), student.page, student.score, student.max_score, states, earned]


def _worth(seen: Overview) -> list[float]:
    """What each function of the map is worth."""
    most = {(s.assignment, f.name): f.max_score for t in seen.students for s, f in t.functions()}
    return [most[a, f] for a, names in seen.functions.items() for f in names]


def _histograms(seen: Overview) -> Iterator[tuple[str, str, Markup]]:
    """One picture an assignment that several handed in."""
    for name in seen.functions:
        shares = [
            s.score / s.max_score
            for student in seen.students
            for s in student.submissions
            if s.assignment == name and s.score is not None and s.max_score
        ]
        if len(shares) > 1:
            low, high = min(shares), max(shares)
            mean = sum(shares) / len(shares)
            said = f"{len(shares)} graded, mean {mean:.0%}, from {low:.0%} to {high:.0%}"
            yield name, said, histogram(shares, f"Scores of {_shown(name)}: {said}")


def _student(task: tuple[Run, Student, dict[str, Sequence[Picture]]]) -> tuple[str, bytes]:
    run, student, pictures = task
    page = _environment().get_template("student.html")
    text = page.render(run=run, student=student, pictures=pictures)
    return student.page, text.encode("utf-8", "backslashreplace")


def scores(run: Run, everybody: Sequence[Student]) -> bytes:
    """The scores as CSV; a cell that a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    names = assignments(run)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(guarded(v) for v in ("student", *names, "total", "of"))
    for student in everybody:
        mine = {
            s.assignment: points(s.score) if s.score is not None else ""
            for s in student.submissions
        }
        total = "" if student.score is None else points(student.score)
        cells = [mine.get(name, "") for name in names]
        writer.writerow([guarded(student.name), *cells, total, points(student.max_score)])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "backslashreplace")
