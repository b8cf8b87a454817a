"""No student hides the others, whatever their folder is called; what is ignored is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from submission_files import CODE, only_problem, pairs, take, tarred, write, zipped

from chainrule.submissions import collect

OTHERS = ("amy/neuron.py", "bob/neuron.py")


def students(*paths: Path) -> list[str]:
    return sorted({student for student, _ in pairs(take(*paths))})


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("neuron/neuron.py", "neuron"),
        ("neuron/neuron/neuron.py", "neuron"),
        ("submitted/neuron.py", "submitted"),
        ("submitted/x/neuron.py", "submitted"),
        ("submitted/neuron/neuron.py", "submitted"),
        ("source/neuron.py", "source"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "class/"])
def test_a_student_may_be_called_anything(
    tmp_path: Path, name: str, called: str, prefix: str
) -> None:
    files = {f"{prefix}{place}": CODE for place in (*OTHERS, name)}
    write(tmp_path / "on_disk", *files)
    write(tmp_path, "class.zip", text=zipped(files))
    for path in (tmp_path / "on_disk", tmp_path / "class.zip"):
        assert students(path) == sorted(["amy", "bob", called])
        assert not take(path).problems


@pytest.mark.parametrize("name", ["neuron/neuron.py", "submitted/x/neuron.py"])
def test_archives_are_students_too(tmp_path: Path, name: str) -> None:
    write(tmp_path / "class", "amy.zip", text=zipped({"neuron.py": CODE}))
    write(tmp_path / "class", "bob.tgz", text=tarred({"hw/neuron.py": CODE}))
    write(tmp_path / "class", name)
    assert students(tmp_path / "class") == sorted(["amy", "bob", name.partition("/")[0]])


def test_a_file_between_the_students_is_a_problem_and_hides_nobody(tmp_path: Path) -> None:
    write(tmp_path, *OTHERS, "neuron.py")
    intake = take(tmp_path)
    assert pairs(intake) == [("amy", "neuron"), ("bob", "neuron")]
    problem = only_problem(intake)
    assert (problem.student, problem.assignment) == (None, "neuron")
    assert "whose it is cannot be told" in problem.reason


def test_a_file_in_nbgraders_folder_is_a_problem_and_hides_nobody(tmp_path: Path) -> None:
    write(tmp_path, "submitted/amy/neuron/neuron.py", "submitted/bob/neuron/neuron.py")
    write(tmp_path, "submitted/neuron.py")
    for path in (tmp_path, tmp_path / "submitted"):
        intake = take(path)
        assert pairs(intake) == [("amy", "neuron"), ("bob", "neuron")]
        assert only_problem(intake).student is None


@pytest.mark.parametrize("old", ["old/neuron.py", "old/neuron/neuron.py", "submitted/v1/neuron.py"])
def test_one_former_version_is_told_and_makes_no_class(tmp_path: Path, old: str) -> None:
    write(tmp_path, "ada/neuron.py", f"ada/{old}", "ada/data/x.csv")
    intake = take(tmp_path / "ada")
    assert pairs(intake) == [("ada", "neuron")]
    assert not intake.problems
    [note] = intake.notes
    assert "ada was taken for one submission" in note
    assert note.endswith(f"was not graded: {old.partition('/')[0]}")


def test_of_their_own_folder_a_student_says_that_it_is_one(tmp_path: Path) -> None:
    """`chainrule check` looks at no class, however many former versions lie there."""
    write(tmp_path, "ada/neuron.py", "ada/v1/neuron.py", "ada/v2/neuron.py")
    intake = collect([tmp_path / "ada"], ["neuron"], own=True)
    assert pairs(intake) == [("ada", "neuron")]
    assert not intake.problems
    assert students(tmp_path / "ada") == ["v1", "v2"]
    assert "neuron.py lies beside" in only_problem(take(tmp_path / "ada")).reason


def test_folders_of_assignments_are_one_submission(tmp_path: Path) -> None:
    write(tmp_path, "ada/neuron/neuron.py", "ada/xor/xor.py", "ada/utils/plot.py", "ada/data/x.csv")
    assert pairs(take(tmp_path / "ada")) == [("ada", "neuron"), ("ada", "xor")]
    assert not take(tmp_path / "ada").notes
    write(tmp_path, "ada/data.zip", text=zipped({"x.csv": "1"}))
    write(tmp_path, "ada/unknown.rar", text=b"Rar!")
    intake = take(tmp_path / "ada")
    assert pairs(intake) == [("ada", "neuron"), ("ada", "xor")]
    assert not intake.problems
    assert intake.notes[0].endswith("was not graded: data.zip, unknown.rar")


def test_nbgraders_course_is_known_by_its_folders_and_told_apart(tmp_path: Path) -> None:
    course = write(tmp_path / "course", "source/neuron/neuron.ipynb", "release/neuron/neuron.ipynb")
    write(course, "submitted/amy/neuron/neuron.ipynb", "autograded/amy/neuron/neuron.ipynb")
    assert pairs(take(course)) == [("amy", "neuron")]
    assert not take(course).notes
    write(course, "docs/intro.md", "submitted.zip")
    assert pairs(take(course)) == [("amy", "neuron")]
    assert take(course).notes[0].endswith("nothing beside it was graded: docs, submitted.zip")


@pytest.mark.parametrize("mark", ["nbgrader_config.py", "gradebook.db", "graders/x.py"])
def test_beside_the_marks_of_a_course_submitted_is_nbgraders(tmp_path: Path, mark: str) -> None:
    write(tmp_path, "submitted/amy/neuron/neuron.ipynb", "solutions/neuron.py")
    assert "submitted" in {problem.student for problem in take(tmp_path).problems}
    write(tmp_path, mark)
    intake = take(tmp_path)
    assert pairs(intake) == [("amy", "neuron")]
    assert "nothing beside it was graded" in intake.notes[0]
    assert "solutions" in intake.notes[0]


def test_what_was_collected_is_a_class(tmp_path: Path) -> None:
    write(tmp_path, "submitted/x/neuron.py", "amy/nueron.py", ".collected.json")
    intake = take(tmp_path)
    assert pairs(intake) == [("submitted", "neuron")]
    assert only_problem(intake).student == "amy"
