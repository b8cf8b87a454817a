"""What students get: enough to check their work, and no line that answers for them."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from chainrule.cli.main import cli
from chainrule.course import load_course
from chainrule.release import ReleaseError, answer_lines, release_files

COURSE = Path(__file__).parents[1]
CANARY = "canary-7f3a"
# Lines of a solution that any public check that walks through a network has as well.
COMMON = {"for W, b in layers:", "layers = ["}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for part in ("assignments", "graders", "solutions"):
        shutil.copytree(COURSE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def release(course: Path, target: Path) -> str:
    result = CliRunner().invoke(cli, ["release", str(target), "--course", str(course)])
    assert result.exit_code == 0, result.output
    return result.output


def everything(files: dict[str, bytes]) -> str:
    return "\n".join(data.decode() for data in files.values())


@pytest.fixture(scope="module")
def released() -> dict[str, bytes]:
    return release_files(COURSE)


def test_students_get_stubs_public_checks_and_a_readme(released):
    names = ("losses", "neuron", "delta_rule", "backprop", "xor")
    public = {f"graders/public/{n}.py" for n in (*names, "__init__")}
    public |= {f"graders/hints/{n}.py" for n in (*names, "__init__")}
    public |= {f"graders/exhibits/{n}.py" for n in (*names[1:], "__init__")}
    shared = {f"graders/{n}.py" for n in ("__init__", "inputs", "networks")}
    handouts = {f"{n}{suffix}" for n in names for suffix in (".py", ".ipynb")}
    assert set(released) == handouts | public | shared | {"README.md"}


def test_no_canary_of_a_secret_file_gets_out(course: Path, tmp_path: Path):
    secret = [p for d in ("hidden", "mistakes") for p in (course / "graders" / d).glob("*.py")]
    for path in secret:
        path.write_text(path.read_text("utf-8") + f"\n# {CANARY}\n", "utf-8")
    solutions = sorted((course / "solutions").glob("[!_]*.py"))
    for path in solutions:
        text = path.read_text("utf-8")
        path.write_text(text.replace("### BEGIN SOLUTION", f"### BEGIN SOLUTION\n    # {CANARY}"))
    (course / "graders" / "notes.py").write_text(f"# {CANARY}: no public check needs this\n")
    (course / "grades.json").write_text(CANARY)
    (course / "assignments" / "_draft.py").write_text(f"# {CANARY}\n")
    assert len(secret) > 25
    release(course, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        assert path.is_dir() or CANARY not in path.read_text("utf-8"), path


def test_no_line_of_a_reference_is_in_it(released):
    lines = {line.strip() for line in everything(released).splitlines()}
    answers = {
        line
        for path in (COURSE / "solutions").glob("*.py")
        for line in answer_lines(path.read_text("utf-8"))
    }
    assert len(answers) > 100
    assert answers & lines <= COMMON


def test_no_hidden_check_and_no_mistake_is_in_it(released):
    text = everything(released)
    course = load_course(COURSE)
    checks = [c for a in course.assignments for c in a.checks]
    public = [c for c in checks if c.visibility == "public"]
    hidden = [c for c in checks if c.visibility == "hidden"]
    mistakes = [m for a in course.assignments for m in a.mistakes]
    assert len(hidden) > 50
    assert len(mistakes) > 50
    for check in hidden:
        assert check.title not in text or check.title in {c.title for c in public}
        assert f"def {check.name}(" not in text or check.name in {c.name for c in public}
    for mistake in mistakes:
        assert mistake.sentence not in text
        assert f'"{mistake.function}", "{mistake.slug}"' not in text
    given = {line.strip() for line in text.splitlines()}
    for path in (COURSE / "graders" / "hidden").glob("*.py"):
        uses = [s for s in path.read_text("utf-8").splitlines() if "reference." in s]
        assert not {s.strip() for s in uses} & given


def test_no_function_of_a_secret_file_is_in_it_whole(released):
    def bodies(source: str) -> set[str]:
        found = {n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)}
        return {"\n".join(ast.unparse(s) for s in f.body) for f in found if len(f.body) > 1}

    given = set().union(*(bodies(d.decode()) for n, d in released.items() if n.endswith(".py")))
    for part in ("graders/hidden", "graders/mistakes", "solutions"):
        for path in (COURSE / part).glob("*.py"):
            same = bodies(path.read_text("utf-8")) & given
            # helpers that a stub hands out are in the solution as well
            stub = released.get(path.name, b"").decode() if part == "solutions" else ""
            assert same <= bodies(stub), path


def test_the_released_folder_is_all_a_student_needs(course: Path, tmp_path: Path):
    target = tmp_path / "exercises"
    assert "README.md" in release(course, target)
    command = [sys.executable, "-m", "chainrule", "check", "losses.py"]
    blank = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
    assert blank.returncode == 0
    assert "one_hot is not written yet" in blank.stdout
    shutil.copy(course / "solutions" / "losses.py", target / "losses.py")
    shutil.rmtree(course)
    done = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "33 of 33 public checks pass" in done.stdout
    assert not (target / "graders" / "hidden").exists()


def notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": c} for c in cells]})


def test_notebooks_go_along_unless_one_shows_an_answer(course: Path):
    path = course / "assignments" / "losses.ipynb"
    path.write_text(notebook("import numpy as np\n", "def one_hot(labels, num_classes):\n    ..."))
    assert "losses.ipynb" in release_files(course)
    line = next(answer_lines((course / "solutions" / "losses.py").read_text("utf-8")))
    path.write_text(notebook(f"x = 1\n    {line}\n"))
    with pytest.raises(ReleaseError, match=r"losses\.ipynb shows a line of solutions/losses\.py"):
        release_files(course)


def test_a_public_check_that_imports_a_secret_is_refused(course: Path):
    public = course / "graders" / "public" / "losses.py"
    public.write_text(public.read_text("utf-8") + "\nfrom ..hidden import losses\n", "utf-8")
    with pytest.raises(ReleaseError, match="students would get hidden"):
        release_files(course)


def test_a_stale_stub_is_refused(course: Path, tmp_path: Path):
    (course / "assignments" / "xor.py").write_text("edited = True\n")
    result = CliRunner().invoke(cli, ["release", str(tmp_path / "out"), "--course", str(course)])
    assert result.exit_code == 2
    assert "assignments/xor.py; run python -m chainrule.stubs" in result.output
    assert not (tmp_path / "out").exists()


def test_nobodys_work_is_written_over(course: Path, tmp_path: Path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "losses.py").write_text("mine = True\n")
    for target in (tmp_path / "work", tmp_path / "work" / "losses.py"):
        result = CliRunner().invoke(cli, ["release", str(target), "--course", str(course)])
        assert result.exit_code == 2
        assert "another folder" in result.output or "name a new folder" in result.output
    assert (tmp_path / "work" / "losses.py").read_text() == "mine = True\n"
