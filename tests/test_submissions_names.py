"""What a student is called: inert wherever it is shown, and nobody else's name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from submission_files import CODE, only_problem, pairs, take, tarred, write, zipped

from chainrule.submissions.names import inert_name

HOSTILE_NAMES = {
    "new\nline": "new\\x0aline",
    "\x1b[31mred": "\\x1b[31mred",
    "adb\u202ecod": "adb\\u202ecod",
    "\u2066x": "\\u2066x",
    "back\\slash": "back\\x5cslash",
    " ": "(unnamed)",
    "\U000e0041": "\\U000e0041",
    "=SUM(A1)": "=SUM(A1)",
    "Zoë": "Zoë",
}


@pytest.mark.parametrize(("name", "shown"), HOSTILE_NAMES.items())
def test_names_are_made_inert(tmp_path: Path, name: str, shown: str) -> None:
    write(tmp_path, f"{name}/losses.py", f"{name}/neuron.py/", "bob/losses.py")
    intake = take(tmp_path)
    assert sorted(pairs(intake)) == sorted([("bob", "losses"), (shown, "losses")])
    assert only_problem(intake).path.endswith(f"/{shown}/neuron.py")


def test_a_name_that_is_no_text_is_made_inert(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff\xfe"
    try:
        Path(os.fsdecode(folder)).mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system stores text only")
    write(Path(os.fsdecode(folder)), "losses.py")
    assert pairs(take(tmp_path)) == [("\\udcff\\udcfe", "losses")]


def test_names_that_clash_are_kept_apart(tmp_path: Path) -> None:
    names = ["a" * 150, "a" * 120, "ada", "ADA", "ada "]
    for name in names:
        write(tmp_path, f"{name}/losses.py")
    intake = take(tmp_path)
    students = [student for student, _ in pairs(intake)]
    assert len(students) == len({student.casefold() for student in students}) == 5
    assert {"ADA", "ada (2)", "ada (3)"} <= set(students)
    assert len(intake.notes) == 3


@pytest.mark.parametrize("name", ["a\nb", "\x1b[2Jada", "ada\u202exe", "ada\x07"])
def test_students_names_in_archives_are_inert(tmp_path: Path, name: str) -> None:
    files = {f"{name}/losses.py": CODE, f"{name}/neuron.py/x": CODE, "bob/losses.py": CODE}
    for suffix, data in {"zip": zipped(files), "tar": tarred(files)}.items():
        write(tmp_path, f"class.{suffix}", text=data)
        intake = take(tmp_path / f"class.{suffix}")
        assert inert_name(name) in [student for student, _ in pairs(intake)]
        assert all(student.isprintable() for student, _ in pairs(intake))
        assert only_problem(intake).path.isprintable()
        assert only_problem(intake).reason.isprintable()


@pytest.mark.parametrize("name", ["", ".", "..", "...", "/", "\\", "\0", " ", "\u200b"])
def test_no_name_is_empty_or_leads_anywhere(name: str) -> None:
    shown = inert_name(name)
    assert shown.strip(". ")
    assert not set("/\0") & set(shown)
