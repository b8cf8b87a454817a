"""What the contract promises of `chainrule grade`: statuses, grades.json, and words that help."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command import Command, in_process
from tiny_course import BLANK, MEAN, RIGHT, write, write_course

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "src/chainrule/schema/grades-v1.json").read_text("utf-8")
)
RIGHT_SIGNS = "def flip(x):\n    return -x\n"
KEYS = {
    "grades": "schema course grader_version seed isolation submissions",
    "submission": "student assignment score max_score sha256 functions",
    "function": "name score max_score checks",
    "check": "name title visibility outcome points max_points message counterexample mistake",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_course(tmp_path))
    return tmp_path


@pytest.fixture
def chainrule(
    course: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    run = in_process(monkeypatch, capfd)
    return lambda *args: run("grade", "--isolation=none", *args)


def valid(data: bytes) -> dict[str, Any]:
    """The grades, which the published schema accepts, with every key the contract names."""
    grades: dict[str, Any] = json.loads(data)
    jsonschema.Draft202012Validator(SCHEMA).validate(grades)
    assert set(KEYS["grades"].split()) <= set(grades)
    for submission in grades["submissions"]:
        assert set(KEYS["submission"].split()) <= set(submission)
        for function in submission["functions"]:
            assert set(KEYS["function"].split()) <= set(function)
            for check in function["checks"]:
                assert set(KEYS["check"].split()) <= set(check)
    return grades


def scores(grades: dict[str, Any]) -> dict[str, float | None]:
    return {f"{s['student']} {s['assignment']}": s["score"] for s in grades["submissions"]}


def outcomes(grades: dict[str, Any]) -> set[str]:
    checks = [c for s in grades["submissions"] for f in s["functions"] for c in f["checks"]]
    return {c["outcome"] for c in checks}


# --- what is written and said ----------------------------------------------------------------


def test_a_class_is_graded_written_and_shown(course: Path, chainrule: Command) -> None:
    files = {"ada/sums.py": RIGHT, "ada/signs.py": RIGHT_SIGNS, "bo/sums.py": MEAN}
    write(course / "class", files)
    ran = chainrule("class", "--output", "results")
    assert ran.status == 0
    grades = valid((course / "results" / "grades.json").read_bytes())
    # double: 2 points for two checks and no trace; total: 3 points, of weights 1, 1, 2 and 1
    assert scores(grades) == {"ada sums": 5.0, "ada signs": 1.0, "bo sums": 2 + 3 * 3 / 5}
    assert grades["course"] == course.name
    assert grades["isolation"] == "none"
    assert "ada" in ran.text
    assert "6 of 6" in ran.text
    assert "3.8 of 5" in ran.text
    assert "wrong: Any numbers are added up. (hidden check)" in ran.text
    assert "You take the mean; a total is not divided by the number of terms." in ran.text
    assert "Traceback" not in ran.text + ran.err


def test_what_a_mistake_leaves_in_the_results(course: Path, chainrule: Command) -> None:
    write(course, {"bo/sums.py": MEAN})
    grades = valid(chainrule("bo", "--json", "--reveal=counterexample").out)
    (submission,) = grades["submissions"]
    by_name = {c["name"]: c for f in submission["functions"] for c in f["checks"]}
    assert by_name["adds_up"]["outcome"] == "failed"
    assert by_name["adds_up"]["mistake"] == "mean-for-sum"
    assert by_name["adds_up"]["visibility"] == "hidden"
    assert by_name["adds_up"]["points"] == 0.0
    assert by_name["adds_up"]["counterexample"]["input"]["x"]
    assert by_name["is_linear"]["counterexample"] is None
    assert by_name["is_linear"]["title"] == "The total of weighted numbers is the weighted total."
    for secret in ("none", "message"):
        hidden = valid(chainrule("bo", "--json", f"--reveal={secret}").out)
        checks = [c for f in hidden["submissions"][0]["functions"] for c in f["checks"]]
        assert [c["counterexample"] for c in checks if c["visibility"] == "hidden"] == [None] * 2


def test_json_goes_to_standard_output_and_nothing_else_does(
    course: Path, chainrule: Command
) -> None:
    write(course, {"ada/sums.py": "print('noise')\n" + RIGHT})
    ran = chainrule("ada", "--json", "--output", "results")
    assert valid(ran.out) == valid((course / "results" / "grades.json").read_bytes())
    assert ran.out == (course / "results" / "grades.json").read_bytes()
    assert ran.err == ""


def test_more_keys_may_be_added(course: Path, chainrule: Command) -> None:
    write(course, {"ada/sums.py": RIGHT})
    grades = valid(chainrule("ada", "--json").out)
    thing: Any = grades
    for key in ("submissions", "functions", "checks", None):
        thing["later"] = {"any": ["thing"]}
        thing = thing[key][0] if key else thing
    jsonschema.Draft202012Validator(SCHEMA).validate(grades)


@pytest.mark.parametrize(
    "damage",
    [
        {"submissions": [{"student": ""}]},
        {"schema": "chainrule/grades/v2"},
        {"seed": -1},
        {"isolation": "some"},
        {"submissions": None},
    ],
)
def test_the_schema_refuses_what_is_no_grades(
    course: Path, chainrule: Command, damage: dict[str, Any]
) -> None:
    write(course, {"ada/sums.py": RIGHT})
    grades = valid(chainrule("ada", "--json").out) | damage
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(grades)


def test_one_function_alone(course: Path, chainrule: Command) -> None:
    write(course, {"ada/sums.py": MEAN, "ada/signs.py": RIGHT_SIGNS})
    grades = valid(chainrule("ada", "--json", "--only", "total").out)
    (submission,) = grades["submissions"]
    assert [f["name"] for f in submission["functions"]] == ["total"]
    assert submission["max_score"] == 3.0


def test_a_blank_submission_is_not_written_everywhere(course: Path, chainrule: Command) -> None:
    write(course, {"ada/sums.py": BLANK, "bo/sums.py": "x = 1\n"})
    ran = chainrule("ada", "bo", "--json")
    grades = valid(ran.out)
    assert outcomes(grades) == {"not_written"}
    assert scores(grades) == {"ada sums": 0.0, "bo sums": 0.0}
    assert ran.status == 0


# --- the same bytes --------------------------------------------------------------------------


def test_twenty_gradings_give_the_same_bytes(course: Path, chainrule: Command) -> None:
    write(course, {"bo/sums.py": MEAN})
    assert len({chainrule("bo", "--json").out for _ in range(20)}) == 1


def test_neither_order_nor_the_number_of_processes_matters(
    course: Path, chainrule: Command
) -> None:
    names = ["ada", "bo", "cy", "di", "ed", "flo"]
    for name, code in zip(names, [RIGHT, MEAN, BLANK] * 2, strict=True):
        write(course, {f"{name}/sums.py": code})
    alone = chainrule(*names, "--json", "--jobs=1").out
    assert len(valid(alone)["submissions"]) == 6
    assert chainrule(*reversed(names), "--json", "--jobs=2").out == alone


def test_another_seed_is_told_and_gives_other_inputs(course: Path, chainrule: Command) -> None:
    write(course, {"bo/sums.py": MEAN.replace("x.mean()", "sum(x) + (x[0] > 1)")})
    first, second = (
        valid(chainrule("bo", "--json", f"--seed={seed}", "--reveal=counterexample").out)
        for seed in (1, 2)
    )
    assert (first["seed"], second["seed"]) == (1, 2)


# --- what cannot be graded -------------------------------------------------------------------


def test_the_rest_is_graded_and_the_status_is_one(course: Path, chainrule: Command) -> None:
    write(course / "class", {"ada/sums.py": RIGHT, "bo/sums.ipynb": "{", "cy/notes.txt": "hi"})
    (course / "class" / "di" / "sums.py").mkdir(parents=True)
    (course / "class" / "ed").mkdir()
    (course / "class" / "ed" / "sums.py").write_bytes(b"x = '\xff\xfe'\n")
    ran = chainrule("class", "--output", "results")
    assert ran.status == 1
    grades = valid((course / "results" / "grades.json").read_bytes())
    assert scores(grades) == {"ada sums": 5.0}
    problems = {p["student"]: p["reason"] for p in grades["problems"]}
    assert set(problems) == {"bo", "cy", "di", "ed"}
    for student, path in {"bo": "sums.ipynb", "di": "sums.py", "ed": "sums.py"}.items():
        assert path in problems[student]
        # what went wrong, and a sentence that says what to do
        assert problems[student].count(". ") >= 1, problems[student]
    for reason in problems.values():
        assert " ".join(reason.split())[:60] in " ".join(ran.text.split())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads it all")
def test_an_unreadable_file_is_a_problem_of_its_student(course: Path, chainrule: Command) -> None:
    write(course / "class", {"ada/sums.py": RIGHT, "bo/sums.py": RIGHT})
    (course / "class" / "bo" / "sums.py").chmod(0)
    ran = chainrule("class", "--json")
    assert ran.status == 1
    assert scores(valid(ran.out)) == {"ada sums": 5.0}


def test_a_check_at_fault_leaves_the_score_open_with_a_reason(
    course: Path, chainrule: Command
) -> None:
    broken = (
        "from chainrule.grading import check\n\n\n@check('flip')\n"
        "def is_broken(submission, reference):\n"
        '    """This check is at fault."""\n    raise KeyError("oh")\n'
    )
    write(course, {"graders/hidden/signs.py": broken})
    write(course, {"ada/signs.py": RIGHT_SIGNS, "ada/sums.py": RIGHT, "bo/signs.py": "x ="})
    ran = chainrule("ada", "bo", "--json")
    grades = valid(ran.out)
    assert ran.status == 1
    assert scores(grades) == {"ada signs": None, "ada sums": 5.0, "bo signs": 0.0}
    ada = next(s for s in grades["submissions"] if s["score"] is None)
    assert "is_broken" in ada["reason"]
    assert ada["functions"][0]["score"] is None
    assert "not graded" in chainrule("ada").text


def test_code_that_cannot_be_imported_is_graded_with_zero(course: Path, chainrule: Command) -> None:
    write(course, {"ada/sums.py": "import torch\n" + RIGHT, "bo/sums.py": "def total(x)\n"})
    ran = chainrule("ada", "bo", "--json")
    grades = valid(ran.out)
    assert ran.status == 0
    assert scores(grades) == {"ada sums": 0.0, "bo sums": 0.0}
    said = [s["functions"][0]["checks"][0]["message"] for s in grades["submissions"]]
    assert "torch" in said[0]
    assert "SyntaxError" in said[1]
    assert outcomes(grades) == {"error"}


# --- wrong usage -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nowhere.py"], "nowhere.py"),
        (["empty"], "empty"),
        ([], "PATHS"),
        (["ada", "--only", "totl"], "there are: double, total, flip"),
        (["ada", "--course", "empty"], "--course DIR"),
        (["ada", "--output", "ada/sums.py"], "--output"),
        (["ada", "--output", "ada/sums.py/deep"], "--output"),
        (["ada", "--output", "/proc/nowhere"], "--output"),
        (["ada", "--seed", "-1"], "-1"),
        (["ada", "--jobs", "0"], "0"),
        (["ada", "--call-seconds", "0"], "--call-seconds"),
        (["ada", "--call-seconds", "-3"], "--call-seconds"),
        (["ada", "--call-seconds", "nan"], "--call-seconds"),
        (["ada", "--isolation", "good"], "landlock"),
        (["ada", "--resultz"], "--resultz"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_says_what_to_do(
    course: Path, chainrule: Command, args: list[str], says: str
) -> None:
    # Its import would leave a mark: nothing is graded before the usage is known to be right.
    mark = "import pathlib\npathlib.Path({!r}).touch()\n".format(str(course / "mark"))
    write(course, {"ada/sums.py": mark + RIGHT})
    (course / "empty").mkdir()
    ran = chainrule(*args)
    assert ran.status == 2
    assert ran.out == b""
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert not (course / "mark").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes it all")
def test_a_folder_that_cannot_be_written_is_found_before_grading(
    course: Path, chainrule: Command
) -> None:
    write(course, {"ada/sums.py": RIGHT})
    (course / "results").mkdir(mode=0o500)
    ran = chainrule("ada", "--output", "results")
    assert ran.status == 2
    assert "--output" in ran.err


def test_a_course_that_cannot_be_imported_says_which_file(course: Path, chainrule: Command) -> None:
    write(course, {"ada/sums.py": RIGHT, "graders/hidden/sums.py": "import nothing_like_it\n"})
    ran = chainrule("ada")
    assert ran.status == 2
    assert "graders/hidden/sums.py" in ran.err
    assert "nothing_like_it" in ran.err


def test_no_course_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write(tmp_path, {"ada/sums.py": RIGHT}))
    ran = in_process(monkeypatch, capfd)("grade", "ada")
    assert ran.status == 2
    assert "--course DIR" in ran.err


def test_the_course_may_be_elsewhere(
    course: Path, chainrule: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = write(tmp_path_factory.mktemp("elsewhere"), {"ada/sums.py": RIGHT})
    os.chdir(other)
    ran = chainrule("ada", "--json", "--course", course)
    assert scores(valid(ran.out)) == {"ada sums": 5.0}
    assert chainrule(other / "ada", "--json", "--course", course).out == ran.out


def test_help_and_version(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = in_process(monkeypatch, capfd)
    assert "PATHS" in run("grade", "--help").text
    assert "grade" in run("--help").text
    assert run("--version").text.startswith("chainrule, version 0.")
    wrong = run("grad")
    assert wrong.status == 2
    assert "chainrule --help" in wrong.err
