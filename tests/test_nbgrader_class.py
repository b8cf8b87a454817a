"""A class of twelve through nbgrader's own commands, as the manual has them."""

from __future__ import annotations

import csv
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import (
    ASSIGNMENT,
    CANARY,
    FULL,
    LONG,
    Graded,
    commands,
    graded,
    name_of,
    rows,
)

__all__ = ["graded"]
pytestmark = LONG
POINTS = {
    "one_hot": 3.0,
    "softmax": 5.0,
    "mean_squared_error": 3.0,
    "cross_entropy": 5.0,
    "binary_cross_entropy": 4.0,
}
SEEN_BY_STUDENTS = ("release", "autograded", "feedback", "gradebook.db", "grades.csv")


def notebook(nb: Path, student: str) -> Any:
    path = nb / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    return json.loads(path.read_text("utf-8"))


def page(nb: Path, student: str) -> str:
    return (nb / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text("utf-8")


def grades(nb: Path, student: str) -> Any:
    path = nb / "autograded" / student / ASSIGNMENT / "grades.json"
    return json.loads(path.read_text("utf-8"))


def scores(nb: Path, student: str) -> dict[str, float | None]:
    return {name: row[0] for name, row in rows(nb)[student].items()}


def test_the_manual_takes_ten_commands(graded: Graded) -> None:
    ran = [c for c in commands() if not c.startswith(("cd ", "jupyter "))]
    assert len(commands()) == 10
    assert list(graded.said) == ran


def test_points_are_the_course_s_and_a_check_cell_holds_no_test(graded: Graded) -> None:
    released = json.loads((graded.nb / "release" / "losses" / "losses.ipynb").read_text("utf-8"))
    checks = {name_of(c): c for c in released["cells"] if name_of(c).startswith("check-")}
    found = {name: c["metadata"]["nbgrader"]["points"] for name, c in checks.items()}
    assert found == {f"check-{name}": points for name, points in POINTS.items()}
    assert {"".join(c["source"]) for c in checks.values()} == {f"%check {name}" for name in POINTS}
    (softmax,) = [c for c in released["cells"] if name_of(c) == "softmax"]
    text = "".join(softmax["source"])
    assert "Args:" in text
    assert "raise NotImplementedError" in text
    assert "np.exp" not in text


def test_validate_passes_the_solution_and_nothing_less(graded: Graded) -> None:
    (command,) = [c for c in graded.said if "validate" in c]
    said = graded.said[command]
    assert said.index("Success! Your notebook passes all the tests.") < said.index(
        "VALIDATION FAILED ON 5 CELL(S)!"
    )


@pytest.mark.parametrize("student", sorted(FULL))
def test_what_is_right_gets_everything_whatever_became_of_its_cells(
    graded: Graded, student: str
) -> None:
    assert scores(graded.before, student) == POINTS
    assert not [c for c in notebook(graded.before, student)["cells"] if c.get("outputs")]


def test_scores_are_exact(graded: Graded) -> None:
    for student, found in rows(graded.before).items():
        if student == "kira":
            continue
        (submission,) = grades(graded.before, student)["submissions"]
        told = {f["name"]: f["score"] for f in submission["functions"]}
        assert {name: row[0] for name, row in found.items()} == told
    (submission,) = grades(graded.before, "bob")["submissions"]
    (softmax,) = [f for f in submission["functions"] if f["name"] == "softmax"]
    earned = sum(check["points"] for check in softmax["checks"])
    assert 0 < earned < 5
    assert scores(graded.before, "bob")["softmax"] == pytest.approx(earned, abs=1e-7)


def test_partial_credit_is_a_number_and_a_failure_an_error(graded: Graded) -> None:
    cells = {name_of(c): c for c in notebook(graded.before, "bob")["cells"]}
    said, number = cells["check-softmax"]["outputs"]
    (text,) = number["data"]["text/plain"]
    assert float(text) == scores(graded.before, "bob")["softmax"]
    assert re.match(r"1\.\d+ of 5 points\. softmax: 3 of \d+ checks pass", "".join(said["text"]))
    (error,) = [
        o
        for c in notebook(graded.before, "cleo")["cells"]
        if name_of(c) == "check-softmax"
        for o in c["outputs"]
    ]
    assert error["output_type"] == "error"
    assert error["evalue"] == "0 of 5 points. softmax is not written yet."


def test_the_counterexample_is_in_comment_and_feedback(graded: Graded) -> None:
    comment = str(rows(graded.before)["bob"]["softmax"][3])
    wanted = "Input:    softmax([[0.0, 0.693147181, 1.60943791]"
    assert wanted in comment
    assert comment.index("Expected:") < comment.index("Got:")
    assert "You normalise over the columns" in comment
    assert page(graded.before, "bob").count(wanted) == 2  # the check's output, and the comment


def test_the_grade_is_chainrule_grade_s_to_the_byte(graded: Graded) -> None:
    text = (graded.nb / "results" / "grades.json").read_text("utf-8")
    whole = json.loads(text)
    assert len(whole["submissions"]) == 11
    for submission in whole["submissions"]:
        mine = grades(graded.before, submission["student"])
        assert mine["submissions"] == [submission]
        about = {key: whole[key] for key in ("schema", "course", "grader_version", "seed")}
        assert {key: mine[key] for key in about} == about
        exact = json.dumps(submission, indent=1, ensure_ascii=False).replace("\n", "\n  ")
        assert exact in text
        path = graded.before / "autograded" / submission["student"] / "losses" / "grades.json"
        assert exact in path.read_text("utf-8")


def test_the_fast_path_writes_what_nbgrader_writes(graded: Graded) -> None:
    assert rows(graded.nb) == rows(graded.before)
    for student in rows(graded.nb):
        assert notebook(graded.nb, student) == notebook(graded.before, student), student
        assert page(graded.nb, student) == page(graded.before, student), student


def test_cheats_gain_nothing(graded: Graded) -> None:
    found = {student: scores(graded.before, student) for student in rows(graded.before)}
    assert found["finn"] == found["bob"]
    assert not (graded.root / "detached.txt").exists()
    assert sum(score or 0.0 for score in found["dora"].values()) < 1
    assert sum(score or 0.0 for score in found["emil"].values()) < 1
    # Everything in emil's reach is in the message that his function raised.
    told = grades(graded.before, "emil")["submissions"][0]
    assert "gradebook" not in json.dumps(told)
    everyone = [row for rows_ in rows(graded.before).values() for row in rows_.values()]
    assert {row[1] for row in everyone} == {None}  # nobody wrote a manual score


def running_in(root: Path) -> list[bytes]:
    """The commands of the processes whose current folder lies below another."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").readlink().is_relative_to(root):
                found.append((folder / "cmdline").read_bytes())
        except OSError:
            continue
    return found


def test_nothing_is_left_running(graded: Graded) -> None:
    end = time.monotonic() + 10
    while (left := running_in(graded.root)) and time.monotonic() < end:
        time.sleep(0.1)  # what helps multiprocessing ends a moment after the command
    assert left == []


def test_what_was_mended_is_said_to_that_student_alone(graded: Graded) -> None:
    found = rows(graded.before)
    twice = "This cell was handed in 2 times"
    assert twice in str(found["hugo"]["softmax"][3])
    assert twice in str(found["jack"]["cross_entropy"][3])
    assert "This cell was missing" in str(found["iris"]["softmax"][3])
    assert found["iris"]["softmax"][0] == 0.0
    assert found["iris"]["one_hot"][0] == 3.0  # its check was deleted, not the answer
    for student in ("ada", "bob", "liam"):
        said = " ".join(str(row[3]) for row in found[student].values())
        assert "This cell" not in said


def test_metadata_is_the_gradebook_s(graded: Graded) -> None:
    cells = {name_of(c): c for c in notebook(graded.before, "liam")["cells"]}
    assert cells["check-softmax"]["metadata"]["nbgrader"]["points"] == 5.0
    assert "".join(cells["check-one_hot"]["source"]) == "%check one_hot"
    assert notebook(graded.before, "liam")["metadata"]["kernelspec"]["name"] == "python3"
    for student in rows(graded.before):
        names = [name_of(c) for c in notebook(graded.before, student)["cells"]]
        checks = [name for name in names if name.startswith("check-")]
        assert sorted(checks) == sorted(f"check-{name}" for name in POINTS), student


def test_what_cannot_be_graded_waits_for_a_person(graded: Graded) -> None:
    for score, _, waits, comment in rows(graded.before)["kira"].values():
        assert score is None
        assert waits
        assert "is damaged: not valid JSON" in str(comment)
    assert "losses of kira is NOT GRADED and waits" in graded.said["nbgrader autograde losses"]
    others = [
        row for s, row_ in rows(graded.before).items() if s != "kira" for row in row_.values()
    ]
    assert not any(waits for _, _, waits, _ in others)


def test_the_exported_totals(graded: Graded) -> None:
    with (graded.before / "grades.csv").open(newline="") as file:
        total = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert len(total) == 12
    for student, sum_ in total.items():
        assert sum_ == pytest.approx(sum(s or 0 for s in scores(graded.before, student).values()))


def files(nb: Path) -> list[Path]:
    found = []
    for part in SEEN_BY_STUDENTS:
        place = nb / part
        found += [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file()]
    return found


def hidden_lines(root: Path) -> set[bytes]:
    """Lines of code of the hidden checks and the mistakes that students do not have otherwise."""
    public = b"".join(p.read_bytes() for p in (root / "graders").glob("public/*.py"))
    public += (root / "graders" / "inputs.py").read_bytes()
    found = set()
    for part in ("hidden", "mistakes"):
        for line in (root / "graders" / part / f"{ASSIGNMENT}.py").read_bytes().split(b"\n"):
            if b"(" in line and len(line) > 50 and line.strip() not in public:
                found.add(line.strip())
    return found


def test_no_hidden_text_gets_out(graded: Graded) -> None:
    lines = hidden_lines(graded.root)
    assert len(lines) > 40
    seen = 0
    for nb in (graded.nb, graded.before):
        for path in files(nb):
            data = path.read_bytes()
            seen += 1
            assert not CANARY.search(data), path
            assert not [line for line in lines if line in data], path
    assert seen > 90


def test_a_page_runs_nothing_that_a_student_wrote(graded: Graded) -> None:
    for student in ("liam", "emil"):
        text = page(graded.before, student)
        assert "taken" in text  # it is shown,
        for bad in ("<script>document", '<img src="x" onerror', "</pre><script>"):
            assert bad not in text  # and no markup
    raised = "Your code raised RuntimeError: &lt;/code&gt;&lt;/pre&gt;&lt;script&gt;document"
    assert page(graded.before, "emil").count(raised) == 2


def test_a_release_brings_the_public_checks_and_nothing_else(graded: Graded) -> None:
    place = graded.nb / "release" / ASSIGNMENT
    found = {str(p.relative_to(place)) for p in place.rglob("*.*")}
    assert "graders/public/losses.py" in found
    assert not [name for name in found if "hidden" in name or "mistakes" in name]
    for student in rows(graded.nb):
        for step in ("autograded", "feedback"):
            there = {p.name for p in (graded.nb / step / student / ASSIGNMENT).iterdir()}
            assert there <= {"losses.ipynb", "losses.html", "grades.json"}, (student, step)


def test_the_autograded_files_are_as_nbgrader_leaves_them(graded: Graded) -> None:
    path = graded.before / "autograded" / "ada" / ASSIGNMENT / "losses.ipynb"
    assert path.stat().st_mode & 0o777 == 0o444
