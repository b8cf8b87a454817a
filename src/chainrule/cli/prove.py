"""``chainrule prove``: the graders against every right and every wrong answer that is known."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..course import CourseError
from ..prove import data, markdown, table
from ..prove.run import RIGHT, NoOperators, Plan, pieces, prove
from .common import Usage, console, course_folder, known_function, open_course
from .progress import Progress


@click.command("prove")
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
@click.option("--only", metavar="FUNCTION", help="look at just one function")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option(
    "--right",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=f"folder of right answers, one folder each [default: {RIGHT} of the course]",
)
@click.option(
    "--mutants/--no-mutants", default=True, help="try machine-made mutants [default: yes]"
)
@click.option("--jobs", type=click.IntRange(1), help="processes [default: one a processor]")
@click.option("--output", type=click.Path(path_type=Path), help="folder for prove.md, prove.json")
@click.option(
    "--into",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, writable=True),
    help="Markdown file that gets the table of functions, between its markers",
)
def command(
    course_dir: Path | None,
    only: str | None,
    seed: int,
    right: Path | None,
    mutants: bool,
    jobs: int | None,
    output: Path | None,
    into: Path | None,
) -> None:
    """Run the graders against everything known, and say what falls short.

    Right answers must be accepted, wrong ones and machine-made mutants of the reference caught,
    mistakes named rightly. Exit status 1 if anything falls short.
    """
    course = open_course(course_folder(course_dir), hidden=True)
    known_function(course, only)
    if into is not None and not markdown.has_place(into.read_text("utf-8")):
        raise Usage(f"{into} has no place for a table: put {markdown.BEGIN} and {markdown.END} in")
    plan = Plan(
        course, right or course.folder / RIGHT, only, seed, jobs or os.cpu_count() or 1, mutants
    )
    try:
        with Progress(len(pieces(plan))) as progress:
            proof = prove(plan, progress.advance)
    except (NoOperators, CourseError) as error:
        raise Usage(str(error)) from error
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        (output / "prove.md").write_text(markdown.render(proof), "utf-8")
        (output / "prove.json").write_text(data.render(proof), "utf-8")
    if into is not None:
        into.write_text(markdown.put_into(into.read_text("utf-8"), proof), "utf-8")
    table.show(proof, console())
    sys.exit(1 if proof.shortfalls else 0)
