"""The manual says what is so: its commands are run, and its walk-through is walked."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.release import release_files

COURSE = Path(__file__).parents[1]
DOCS = COURSE / "docs"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """Language, title and text of each fenced block of a page."""
    for match in FENCE.finditer((DOCS / page).read_text("utf-8")):
        language, title, text = match.groups()
        yield language, title or "", text


def commands(text: str) -> list[str]:
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the manual as it stands there, on any machine."""
    name, *arguments = command.split()
    arguments = [*(["-m", "chainrule"] if name == "chainrule" else []), *arguments]
    if command.startswith("chainrule grade"):
        arguments += ["--isolation", "none"]  # what this machine offers is not the question here
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
    )


def test_a_student_s_first_five_minutes(tmp_path: Path):
    for name, data in release_files(COURSE).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ran = 0
    for language, _, text in blocks("students.md"):
        for command in commands(text) if language == "console" else ():
            ran += 1
            if "--watch" in command:
                with pytest.raises(subprocess.TimeoutExpired):
                    watch(command, tmp_path)
                continue
            done = run(command, tmp_path)
            assert done.returncode == 0, done.stderr
            shown = [line for line in text.splitlines() if line and not line.startswith("$ ")]
            assert [line for line in shown if line not in done.stdout.splitlines()] == []
    assert ran == 3


def watch(command: str, folder: Path) -> None:
    arguments = [sys.executable, "-m", *command.split()]
    subprocess.run(arguments, cwd=folder, capture_output=True, check=False, timeout=5)


def test_the_verdict_that_the_manual_shows_is_one(tmp_path: Path):
    files = release_files(COURSE)
    code = files["losses.py"].decode()
    todo = '    raise NotImplementedError("softmax is not written yet")'
    wrong = "    e = np.exp(logits - np.max(logits))\n    return e / e.sum(axis=0)"
    files["losses.py"] = code.replace(todo, wrong).encode()
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    said = run("chainrule check losses.py --only softmax", tmp_path).stdout
    (shown,) = (text for language, _, text in blocks("students.md") if language == "text")
    assert " ".join(shown.split()) in " ".join(said.split())


def replace_todo(path: Path, block: str) -> None:
    """Put a block of the manual in the place of what the scaffold left to write."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.FunctionDef | ast.Assign) and "TODO" in ast.unparse(node):
            decorators = getattr(node, "decorator_list", ())
            first = min([node.lineno, *(d.lineno for d in decorators)]) - 1
            # the closing marker is, to Python, a comment after the function
            last = node.end_lineno
            last += lines[last : last + 1] == ["    ### END SOLUTION"]
            del lines[first:last]
    path.write_text("\n".join(lines).rstrip("\n") + "\n\n\n" + block, "utf-8")


def write_form(path: Path, line: str) -> None:
    text = path.read_text("utf-8")
    (scaffolded,) = [part for part in text.split("\n") if 'Function("relu"' in part]
    path.write_text(text.replace(scaffolded, f"    {line.strip()},"), "utf-8")


def test_a_lecturer_runs_a_class_and_adds_a_function(tmp_path: Path):
    for part in ("assignments", "graders", "solutions"):
        shutil.copytree(COURSE / part, tmp_path / part)
    for name in ("weber_anna", "brandt_jonas"):
        shutil.copytree(COURSE / "examples" / "class" / name, tmp_path / "submitted" / name)
    (tmp_path / "submitted" / "brandt_jonas" / "delta_rule.py").unlink()
    ran = 0
    for language, title, text in blocks("lecturers.md"):
        if language == "python" and title.endswith(", in FUNCTIONS"):
            write_form(tmp_path / title.removesuffix(", in FUNCTIONS"), text)
        elif language == "python":
            replace_todo(tmp_path / title, text)
        for command in commands(text) if language == "console" else ():
            ran += 1
            done = run(command, tmp_path)
            # without bubblewrap and the like, the doctor has something to say
            assert done.returncode == 0 or "doctor" in command, done.stdout + done.stderr
    assert ran == 7
    assert "TODO" not in (tmp_path / "solutions" / "neuron.py").read_text("utf-8")
    assert (tmp_path / "results" / "report" / "index.html").exists()
    stub = (tmp_path / "assignments" / "neuron.py").read_text("utf-8")
    assert "Keep what is positive and make the rest 0." in stub
    assert "np.maximum(a, 0)" not in stub
    for path in ("public", "hidden", "mistakes", "hints"):
        assert "TODO" not in (tmp_path / "graders" / path / "neuron.py").read_text("utf-8")


def test_every_command_of_the_manual_is_in_a_block_that_is_run():
    for page in ("students.md", "lecturers.md", "index.md", "verdicts.md"):
        for language, _, text in blocks(page):
            assert language != "sh" or "pip install" in text, page
