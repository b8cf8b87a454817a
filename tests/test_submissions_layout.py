"""Which files make one submission, which make a class, and whose they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from submission_files import (
    ASSIGNMENTS,
    CODE,
    notebook,
    only_problem,
    pairs,
    take,
    tarred,
    write,
    zipped,
)

from chainrule.submissions import Source, UsageError, collect


def test_a_module_is_kept_byte_by_byte(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf# -*- coding: utf-8 -*-\r\nx = 1\r\n"
    write(tmp_path, "ada/losses.py", text=data)
    assert take(tmp_path / "ada" / "losses.py").sources == (
        Source(
            student="ada",
            assignment="losses",
            filename="losses.py",
            kind="module",
            code=data,
            cells=(),
            sha256=hashlib.sha256(data).hexdigest(),
            notes=(),
            timestamp=None,
        ),
    )


def test_a_notebook_has_cells_and_no_code(tmp_path: Path) -> None:
    data = notebook("x = 1", "y = 2")
    write(tmp_path, "ada/xor.ipynb", text=data)
    [source] = take(tmp_path / "ada" / "xor.ipynb").sources
    assert (source.kind, source.code, source.filename) == ("notebook", b"", "xor.ipynb")
    assert [(cell.number, cell.source) for cell in source.cells] == [(1, "x = 1"), (2, "y = 2")]
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_folder_is_one_submission_in_the_order_of_the_course(tmp_path: Path) -> None:
    write(tmp_path, "ada/xor.ipynb", "ada/losses.py", "ada/neuron.py", "ada/README.md", "ada/d.csv")
    intake = take(tmp_path / "ada")
    assert pairs(intake) == [("ada", "losses"), ("ada", "neuron"), ("ada", "xor")]
    assert not intake.problems
    assert not intake.notes


CLASS = ("bob/losses.py", "ada/neuron.py", "ada/losses.py", "cy/xor.ipynb")
IN_ORDER = [("ada", "losses"), ("ada", "neuron"), ("bob", "losses"), ("cy", "xor")]


def _nested(names: tuple[str, ...], pack: Callable[..., bytes], suffix: str) -> dict[str, bytes]:
    """One archive per student."""
    files: dict[str, dict[str, bytes]] = {}
    for name in names:
        student, _, base = name.partition("/")
        files.setdefault(student, {})[base] = content(base)
    return {f"{student}{suffix}": pack(of) for student, of in files.items()}


def content(name: str) -> bytes:
    return notebook(CODE) if name.endswith(".ipynb") else CODE.encode()


def test_a_class_is_sorted_by_student(tmp_path: Path) -> None:
    intake = take(write(tmp_path, *CLASS))
    assert pairs(intake) == IN_ORDER
    assert not intake.problems


@pytest.mark.parametrize("given", ["course", "course/submitted", "course/submitted/ada"])
def test_nbgraders_tree(tmp_path: Path, given: str) -> None:
    write(tmp_path, "course/source/losses/losses.ipynb", "course/nbgrader_config.py")
    at = "course/submitted"
    write(tmp_path, f"{at}/ada/losses/losses.ipynb", f"{at}/ada/xor/xor.py")
    write(tmp_path, f"{at}/bob/losses/losses.ipynb")
    write(tmp_path, f"{at}/ada/losses/timestamp.txt", text="2026-02-02 15:58:23.5 UTC\n")
    intake = take(tmp_path / given)
    everyone = [("ada", "losses"), ("ada", "xor"), ("bob", "losses")]
    assert pairs(intake) == (everyone[:2] if given.endswith("ada") else everyone)
    assert [source.timestamp for source in intake.sources][:2] == [1770047903.5, None]
    assert not intake.problems


def test_nbgraders_assignment_may_be_called_anything(tmp_path: Path) -> None:
    write(tmp_path, "submitted/ada/ps1/losses.ipynb", "submitted/bob/ps1/losses.ipynb")
    assert pairs(take(tmp_path / "submitted")) == [("ada", "losses"), ("bob", "losses")]


def test_a_file_in_nbgraders_tree_belongs_to_the_student(tmp_path: Path) -> None:
    write(tmp_path, "submitted/ada/losses/losses.ipynb")
    file = tmp_path / "submitted/ada/losses/losses.ipynb"
    assert pairs(take(file)) == pairs(take(file.parent)) == [("ada", "losses")]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2015-02-02 15:58:23.948203 America/Los_Angeles", 1422921503.948203),
        ("2015-02-02 15:58:23 UTC", 1422892703.0),
        ("2015-02-02 15:58:23", 1422892703.0),
        ("2015-02-02T15:58:23+01:00", 1422889103.0),
    ],
)
def test_a_timestamp_is_read(tmp_path: Path, text: str, seconds: float) -> None:
    write(tmp_path, "ada/losses.py")
    write(tmp_path, "ada/timestamp.txt", text=text)
    [source] = take(tmp_path / "ada").sources
    assert source.timestamp == seconds
    assert not source.notes


@pytest.mark.parametrize(
    "text",
    [b"", b"soon", b"\xff", b"2015-02-02 ../../etc/passwd", b"2015-02-02 America", b"9" * 999],
)
def test_an_unreadable_timestamp_is_noted(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, "ada/losses.py")
    write(tmp_path, "ada/timestamp.txt", text=text)
    [source] = take(tmp_path / "ada").sources
    assert source.timestamp is None
    assert "timestamp.txt" in source.notes[0]


FORMATS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar": lambda files: tarred(files, mode="w"),
    "tar.gz": tarred,
    "tgz": tarred,
    "tar.bz2": lambda files: tarred(files, mode="w:bz2"),
    "tar.xz": lambda files: tarred(files, mode="w:xz"),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("prefix", ["", "./", "class 2026/", "course/submitted/"])
def test_an_archive_is_the_folder_that_it_holds(tmp_path: Path, suffix: str, prefix: str) -> None:
    files = {f"{prefix}{name}": content(name) for name in CLASS}
    files["__MACOSX/ada/._losses.py"] = b"\0"
    write(tmp_path, f"all.{suffix}", text=FORMATS[suffix](files))
    intake = take(tmp_path / f"all.{suffix}")
    assert pairs(intake) == IN_ORDER
    assert not intake.problems
    [plain] = [s for s in intake.sources if (s.student, s.assignment) == ("ada", "losses")]
    assert plain.code == CODE.encode()


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_archive_of_one_submission_is_called_like_the_student(
    tmp_path: Path, suffix: str
) -> None:
    data = FORMATS[suffix]({"losses.py": b"x = 1\n", "xor.py": b""})
    write(tmp_path, f"ada.{suffix}", text=data)
    assert pairs(take(tmp_path / f"ada.{suffix}")) == [("ada", "losses"), ("ada", "xor")]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_a_class_may_hold_an_archive_per_student(tmp_path: Path, suffix: str) -> None:
    archives = _nested(CLASS, FORMATS[suffix[1:]], suffix)
    for name, data in archives.items():
        write(tmp_path / "class", name, text=data)
    write(tmp_path, "class.zip", text=zipped(archives))
    for path in (tmp_path / "class", tmp_path / "class.zip"):
        intake = take(path)
        assert pairs(intake) == IN_ORDER
        assert not intake.problems


def test_archives_are_opened_no_deeper(tmp_path: Path) -> None:
    inner = zipped({"bob.zip": zipped({"losses.py": CODE})})
    write(tmp_path, "all.zip", text=zipped({"ada/losses.py": CODE, "bob/bob.zip": inner}))
    intake = take(tmp_path / "all.zip")
    assert pairs(intake) == [("ada", "losses")]
    assert "archive within two others" in only_problem(intake).reason
    assert only_problem(intake).student == "bob"


def test_a_students_folder_may_hold_a_folder_or_an_archive(tmp_path: Path) -> None:
    write(tmp_path, "Ada L_17_file_/hw.zip", text=zipped({"hw/losses.py": CODE}))
    write(tmp_path, "Bob_18_file_/homework/losses.py")
    assert pairs(take(tmp_path)) == [("Ada L_17_file_", "losses"), ("Bob_18_file_", "losses")]


def test_a_file_beside_the_working_directory_is_called_by_its_stem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "ada/losses.py", "losses.py")
    monkeypatch.chdir(tmp_path)
    assert pairs(take(Path("ada/losses.py"))) == [("ada", "losses")]
    assert pairs(take(Path("losses.py"))) == [("losses", "losses")]
    monkeypatch.chdir(tmp_path / "ada")
    assert pairs(take(Path("../losses.py"))) == [("losses", "losses")]
    assert pairs(take(Path())) == [("ada", "losses")]


def test_several_files_of_a_folder_are_one_submission(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "ada/xor.py", "bob/ada/losses.py")
    intake = take(*(tmp_path / p for p in ("ada/losses.py", "ada/xor.py", "bob/ada/losses.py")))
    assert pairs(intake) == [("ada", "losses"), ("ada", "xor"), ("ada (2)", "losses")]
    assert "another student is called ada" in intake.notes[0]


def test_the_same_place_is_graded_once(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py")
    intake = take(tmp_path / "ada", tmp_path / "ada" / ".." / "ada")
    assert pairs(intake) == [("ada", "losses")]
    assert "named twice" in intake.notes[0]


def test_the_order_of_the_paths_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "1/ada/losses.py", "2/ada/losses.py", "3/bob/losses.py", "3/ADA/xor.py")
    paths = [tmp_path / name for name in "123"]
    assert take(*paths) == take(*reversed(paths))
    assert len({student.casefold() for student, _ in pairs(take(*paths))}) == 4


def test_a_module_and_a_notebook_of_one_assignment_are_ambiguous(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.ipynb", "ada/neuron.py")
    write(tmp_path, "ada/losses.py", text="import math\n")
    paths = [tmp_path / "ada" / name for name in ("losses.py", "losses.ipynb", "neuron.py")]
    for intake in (take(tmp_path / "ada"), take(*paths)):
        assert pairs(intake) == [("ada", "neuron")]
        problem = only_problem(intake)
        assert (problem.student, problem.assignment) == ("ada", "losses")
        assert "losses.ipynb" in problem.reason
        assert "losses.py" in problem.reason
        assert "Remove" in problem.reason


def test_two_places_for_one_assignment_are_ambiguous(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "ada/losses/losses.py")
    reason = only_problem(take(tmp_path / "ada")).reason
    assert "ada/losses.py and losses/losses.py" in reason


def test_what_systems_leave_behind_is_ignored(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "ada/.losses.py", "ada/._losses.py", "ada/.DS_Store")
    write(tmp_path, "ada/__pycache__/losses.py", "ada/.ipynb_checkpoints/losses-checkpoint.ipynb")
    write(tmp_path, "__MACOSX/ada/losses.py", ".git/losses.py", ".DS_Store")
    intake = take(tmp_path)
    assert pairs(intake) == [("ada", "losses")]
    assert not intake.problems
    assert not intake.notes


NEAR_MISSES = {
    "loses.py": "losses.py",
    "Losses.py": "losses.py",
    "LOSSES.PY": "losses.py",
    "losses (1).py": "losses.py",
    "losses_final.py": "losses.py",
    "losses.py.txt": "losses.py",
    "copy of losses.ipynb": "losses.ipynb",
    "nueron.py": "neuron.py",
    "back_prop.py": "backprop.py",
    "Backprop-v2.ipynb": "backprop.ipynb",
    "deltarule.py": "delta_rule.py",
    "delta-rule.py": "delta_rule.py",
    "XOR.py": "xor.py",
    "xor2.py": "xor.py",
}


@pytest.mark.parametrize(("name", "meant"), NEAR_MISSES.items())
def test_a_near_miss_is_named(tmp_path: Path, name: str, meant: str) -> None:
    write(tmp_path, f"alone/{name}", f"beside/{name}")
    right = "neuron.py" if meant.startswith("losses") else "losses.py"
    write(tmp_path, f"beside/{right}")

    [note] = take(tmp_path / "beside").notes
    assert note.startswith(f"beside: {name} was not graded")
    assert f"did you mean {meant}?" in note

    for path in (tmp_path / "alone", tmp_path / "alone" / name):
        problem = only_problem(take(path))
        assert problem.student == "alone"
        assert name in problem.reason
        assert f"did you mean {meant}?" in problem.reason


def test_a_second_version_is_not_mistaken_for_the_first(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "ada/losses (1).py")
    intake = take(tmp_path / "ada")
    assert pairs(intake) == [("ada", "losses")]
    assert intake.notes == ("ada: losses (1).py was not graded; losses was handed in beside it.",)


def test_many_near_misses_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "ada/xor.py", *(f"ada/losses ({number}).py" for number in range(30)))
    notes = take(tmp_path / "ada").notes
    assert len(notes) == 6
    assert notes[-1] == "ada: 25 more files were not graded."


@pytest.mark.parametrize("name", ["utils.py", "test.py", "main.py", "plots.ipynb", "losses.csv"])
def test_unrelated_files_are_no_matter(tmp_path: Path, name: str) -> None:
    write(tmp_path, "ada/losses.py", f"ada/{name}")
    assert not take(tmp_path / "ada").notes


def test_an_assignment_in_the_folder_of_another_is_noted(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses/losses.py", "ada/losses/neuron.py")
    intake = take(tmp_path / "ada")
    assert pairs(intake) == [("ada", "losses")]
    assert "folder of another assignment" in intake.notes[0]


def test_students_without_anything_are_problems_and_stop_nobody(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "bob/", "cy/hello.py", "di/notes.txt")
    intake = take(tmp_path)
    assert pairs(intake) == [("ada", "losses")]
    assert [problem.student for problem in intake.problems] == ["bob", "cy", "di"]
    for problem in intake.problems:
        assert "holds no assignment" in problem.reason
        assert "losses.py" in problem.reason
    assert "hello.py" in intake.problems[1].reason


def test_a_stray_file_beside_the_students_is_noted(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.py", "grades.csv", "los.py")
    notes = take(tmp_path).notes
    assert [note.split(" was not graded")[0] for note in notes] == [
        str(tmp_path / "grades.csv"),
        str(tmp_path / "los.py"),
    ]


def test_a_misnamed_submission_with_folders_beside_it_is_no_class(tmp_path: Path) -> None:
    write(tmp_path, "ada/loses.py", "ada/data/x.csv")
    assert only_problem(take(tmp_path / "ada")).student == "ada"


@pytest.mark.parametrize("name", ["missing", "missing/losses.py", "file.txt/losses.py", "nul\0.py"])
def test_a_missing_path_is_wrong_usage(tmp_path: Path, name: str) -> None:
    write(tmp_path, "file.txt")
    with pytest.raises(UsageError, match="does not exist"):
        take(tmp_path / name)


@pytest.mark.parametrize("files", [["x/"], ["x/README.md"], ["x/.hidden/losses.py"]])
def test_a_folder_with_nothing_to_grade_is_wrong_usage(tmp_path: Path, files: list[str]) -> None:
    write(tmp_path, *files)
    with pytest.raises(UsageError, match=r"nothing to grade.*losses\.py"):
        take(tmp_path / "x")


def test_a_file_of_another_kind_is_wrong_usage(tmp_path: Path) -> None:
    write(tmp_path, "losses.txt")
    with pytest.raises(UsageError, match="neither a module"):
        take(tmp_path / "losses.txt")


def test_no_path_is_wrong_usage() -> None:
    with pytest.raises(UsageError):
        collect([], ASSIGNMENTS)
