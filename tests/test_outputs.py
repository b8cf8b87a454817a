"""A name is never too long to be written, and one output that fails costs no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
from command import Command, in_process
from formats_class import check, grades, submission
from tiny_course import RIGHT, write, write_course

from chainrule.cli import formats
from chainrule.cli.common import Usage, each
from chainrule.renderers.formats import FORMATS
from chainrule.submissions.names import folder_name

EMOJI = "\N{FACE WITH TEARS OF JOY}" * 90
LONG = ["\u5b66" * 84 + letter for letter in "aA"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_course(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", [EMOJI, *LONG, "e\u0301" * 200, "a" * 300, "." * 300])
def test_a_folder_s_name_leaves_room_for_a_number(name: str) -> None:
    found = folder_name(name)
    assert len(found.encode()) <= 210
    assert folder_name(found) == found


def test_names_that_were_short_enough_stay() -> None:
    assert folder_name("\u5b66" * 66) == "\u5b66" * 66


def test_students_with_long_names_get_files_of_their_own(tmp_path: Path) -> None:
    run = grades(*(submission(name, check("one", "passed")) for name in (EMOJI, *LONG, "zed")))
    formats.write([formats.Wanted("gradescope", tmp_path, named=False)], run)
    assert len(list(tmp_path.glob("*/results.json"))) == 4
    assert (tmp_path / "zed" / "results.json").is_file()


def test_a_file_that_cannot_be_written_costs_no_other(
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    chainrule: Command = in_process(monkeypatch, capfd)
    write(course, {"class/ada/sums.py": RIGHT, "class/bob/sums.py": RIGHT})
    write(course, {"results/gradescope/ada": "a file in the folder's place"})
    ran = chainrule(
        *("grade", "class", "--isolation", "none", "--output", "results"),
        *("--format", "gradescope", "--format", "csv"),
    )
    assert ran.status == 2
    assert "cannot write" in ran.err
    assert (course / "results/grades.json").is_file()
    assert (course / "results/csv/scores.csv").is_file()
    assert (course / "results/gradescope/bob/results.json").is_file()
    assert b"bob" in ran.out


def test_the_failures_that_are_told_are_few() -> None:
    taken: list[int] = []

    def step(number: int) -> None:
        taken.append(number)
        raise click.ClickException(f"number {number}")

    with pytest.raises(Usage, match=r"number 4\nand 1,995 more$"):
        each([lambda n=n: step(n) for n in range(2000)])  # type: ignore[misc]
    assert taken == list(range(2000))


def test_a_fault_of_ours_is_no_failure_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Any) -> dict[str, bytes]:
        raise ZeroDivisionError

    monkeypatch.setitem(FORMATS, "csv", broken)
    with pytest.raises(ZeroDivisionError):
        formats.write([formats.Wanted("csv", Path("x"), named=False)], grades())
