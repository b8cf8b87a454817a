"""`pytest graders --submission PATH` says of every check what `chainrule grade` says of it."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from tiny_course import BLANK, MEAN, RIGHT, write, write_course, write_released

from chainrule import pytest_items, run
from chainrule.cli.main import cli

# pytester forgets what is imported during a run within this process; numpy bears that only once
assert pytest_items
assert run

pytest_plugins = ["pytester"]

OUTCOMES = {"PASSED": {"passed"}, "SKIPPED": {"skipped"}, "ERROR": {"grader_error"}}
OUTCOMES["FAILED"] = {"failed", "error", "timeout", "not_written"}
QUIET = ["-p", "no:cacheprovider", "-p", "no:randomly", "--chainrule-isolation=none"]
LINE = re.compile(r"^([\w/]+) (PASSED|FAILED|ERROR|SKIPPED)", re.MULTILINE)
RAISES = "def double(x):\n    return x[9]\n\n\ndef total(x):\n    return x.sum()\n"

TEXT = "def total(x):\n    return 'x'\n"


@pytest.fixture
def course(pytester: pytest.Pytester) -> pytest.Pytester:
    write_course(pytester.path)
    return pytester


def grade(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("graders", *QUIET, *options)


def outcomes(result: pytest.RunResult) -> dict[str, str]:
    return dict(LINE.findall(result.stdout.str()))


def test_a_right_submission_passes_and_each_check_is_an_item(course: pytest.Pytester) -> None:
    write(course.path, {"ada/sums.py": RIGHT, "ada/signs.py": "def flip(x):\n    return -x\n"})
    result = grade(course, "--submission", "ada", "-v")
    assert result.ret == 0
    assert outcomes(result) == dict.fromkeys(
        [
            "sums/double/doubles_two_numbers",
            "sums/double/agrees",
            "sums/double/leaves_no_trace",
            "sums/total/is_linear",
            "sums/total/is_zero_for_zeros",
            "sums/total/adds_up",
            "sums/total/leaves_no_trace",
            "signs/flip/flips_a_sign",
            "signs/flip/leaves_no_trace",
        ],
        "PASSED",
    )


@pytest.mark.parametrize("code", [RIGHT, MEAN, BLANK, RAISES, TEXT])
def test_outcomes_and_messages_are_those_of_grade(course: pytest.Pytester, code: str) -> None:
    write(course.path, {"sums.py": code})
    result = grade(course, "--submission", "sums.py", "-v", "--chainrule-seed=5")
    command = ["grade", "sums.py", "--json", "--seed=5", "--isolation=none"]
    graded = CliRunner().invoke(cli, command)
    (submission,) = json.loads(graded.stdout)["submissions"]
    text = result.stdout.str()
    found = outcomes(result)
    for function in submission["functions"]:
        for check in function["checks"]:
            name = f"sums/{function['name']}/{check['name']}"
            assert check["outcome"] in OUTCOMES[found.pop(name)], name
            if check["outcome"] not in ("passed", "skipped"):
                assert f"{check['title']}\n{check['message']}\n" in text, name
    assert found == {}
    assert "Traceback" not in text
    assert "ypothesis" not in text.partition("collecting")[2]
    assert "pytest_items" not in text


def test_students_are_named_where_there_are_several(course: pytest.Pytester) -> None:
    write(course.path, {"class/ada/sums.py": RIGHT, "class/bo/sums.py": MEAN})
    result = grade(course, "--submission", "class", "-v")
    found = outcomes(result)
    assert found["ada/sums/total/adds_up"] == "PASSED"
    assert found["bo/sums/total/adds_up"] == "FAILED"
    assert found["bo/sums/double/agrees"] == "PASSED"
    result.stdout.fnmatch_lines(["*You take the mean; a total is not divided*"])


def test_the_option_may_be_repeated(course: pytest.Pytester) -> None:
    write(course.path, {"ada/sums.py": RIGHT, "bo/sums.py": MEAN})
    result = grade(course, "--submission", "ada", "--submission", "bo", "--collect-only", "-q")
    assert result.ret == 0
    ids = [line for line in result.outlines if line.startswith(("ada/", "bo/"))]
    assert len(ids) == 14
    assert ids[0] == "ada/sums/double/doubles_two_numbers"


def test_items_can_be_chosen(course: pytest.Pytester) -> None:
    write(course.path, {"ada/sums.py": MEAN})
    result = grade(course, "--submission", "ada", "-v", "-k", "double and not trace")
    assert set(outcomes(result)) == {"sums/double/doubles_two_numbers", "sums/double/agrees"}
    assert result.ret == 0
    assert set(outcomes(grade(course, "--submission", "ada", "-v", "-k", "total/adds_up"))) == {
        "sums/total/adds_up"
    }


def test_a_submission_is_graded_once(course: pytest.Pytester) -> None:
    # Its module is loaded by one worker, which the first item starts.
    count = "import pathlib\nwith pathlib.Path({!r}).open('a') as file:\n    file.write('x')\n"
    loaded = course.path / "loaded"
    write(course.path, {"sums.py": count.format(str(loaded)) + RIGHT})
    assert grade(course, "--submission", "sums.py").ret == 0
    assert loaded.read_text() == "x"


def test_what_the_grader_cannot_tell_is_an_error_not_a_failure(course: pytest.Pytester) -> None:
    path = course.path / "graders" / "hidden" / "signs.py"
    path.write_text(
        "from chainrule.grading import check\n\n\n@check('flip')\n"
        "def is_broken(submission, reference):\n"
        '    """This check is at fault."""\n    raise KeyError("oh")\n'
    )
    write(course.path, {"signs.py": "def flip(x):\n    return -x\n"})
    result = grade(course, "--submission", "signs.py", "-v")
    assert outcomes(result)["signs/flip/is_broken"] == "ERROR"
    assert "This check is at fault.\nThe reference does not pass this check.\n" in str(
        result.stdout
    )
    assert "pytest_items" not in str(result.stdout)
    assert outcomes(result)["signs/flip/flips_a_sign"] == "PASSED"
    assert result.ret == 1


def test_what_cannot_be_graded_is_an_error_beside_the_rest(course: pytest.Pytester) -> None:
    write(course.path, {"class/ada/sums.py": RIGHT, "class/bo/sums.ipynb": "{"})
    result = grade(course, "--submission", "class", "-v")
    assert outcomes(result)["bo/sums"] == "ERROR"
    result.assert_outcomes(passed=7, errors=1)
    result.stdout.fnmatch_lines(["*class/bo/sums.ipynb*"])


def test_warnings_of_the_project_are_none_of_a_grade(course: pytest.Pytester) -> None:
    path = course.path / "graders" / "public" / "signs.py"
    text = path.read_text().replace("    expect(", "    np.array([1.0]) / 0\n    expect(")
    path.write_text(text)
    write(course.path, {"signs.py": "def flip(x):\n    return -x\n"})
    assert grade(course, "--submission", "signs.py", "-W", "error").ret == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--submission", "nowhere.py"], "nowhere.py"),
        (["--submission", "empty"], "empty"),
        (["--submission", "sums.py", "--chainrule-isolation=very"], "invalid choice: 'very'"),
    ],
)
def test_wrong_usage_is_told(course: pytest.Pytester, options: list[str], says: str) -> None:
    (course.path / "empty").mkdir()
    write(course.path, {"sums.py": RIGHT})
    result = grade(course, *options)
    assert result.ret not in (0, 1)
    assert says in result.stdout.str() + result.stderr.str()
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


def test_another_folder_holds_no_course(pytester: pytest.Pytester) -> None:
    write(pytester.path, {"sums.py": RIGHT})
    result = pytester.runpytest_inprocess("--submission", "sums.py", *QUIET)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["note: no course was collected*"])


def test_a_student_runs_the_public_checks_without_solutions(pytester: pytest.Pytester) -> None:
    write_released(pytester.path)
    write(pytester.path, {"sums.py": MEAN})
    result = pytester.runpytest_inprocess("graders", "--submission", "sums.py", "-v")
    found = outcomes(result)
    # a mean is linear as a sum is: without the reference nothing tells them apart
    assert found["sums/total/is_linear"] == "PASSED"
    assert "sums/total/adds_up" not in found
    assert result.ret == 0


def test_nothing_happens_without_the_option(course: pytest.Pytester) -> None:
    course.makepyfile(
        test_own="""
        import sys

        def test_engine_is_not_loaded():
            ours = {m for m in sys.modules if m.startswith("chainrule.")}
            assert ours == {"chainrule.pytest_plugin"}
            assert "numpy" not in sys.modules
            assert not any("graders" in m for m in sys.modules)
        """
    )
    result = course.runpytest_subprocess("-v", "-p", "no:hypothesispytest")
    result.assert_outcomes(passed=1)


def test_the_graders_are_not_modules_of_tests(course: pytest.Pytester) -> None:
    # Under pytest's own import a relative import of the course would fail, and be collected.
    write(course.path, {"sums.py": RIGHT, "graders/test_trap.py": "raise SystemExit(9)\n"})
    result = grade(course, "--submission", "sums.py", "-o", "python_files=*.py")
    result.assert_outcomes(passed=7)
