"""A new function: all its parts in place, the course still loads, and nothing passes by itself."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from chainrule.cli.main import cli
from chainrule.course import load_course
from chainrule.prove.unwritten import unwritten
from chainrule.scaffold import ScaffoldError, add
from chainrule.stubs import stale_stubs

COURSE = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for part in ("assignments", "graders", "solutions"):
        shutil.copytree(COURSE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def texts(folder: Path) -> dict[Path, str]:
    return {p: p.read_text("utf-8") for p in folder.rglob("*.py")}


@pytest.mark.parametrize("assignment", ["losses", "neuron", "delta_rule", "backprop", "xor"])
def test_every_assignment_takes_a_new_function(course: Path, assignment: str):
    changed = add(load_course(course), assignment, "relu")
    assert len(changed) == 6
    assert len(load_course(course)[assignment].help["relu"].hints) == 3
    loaded = load_course(course)[assignment]
    assert loaded.functions[-1].name == "relu"
    checks = loaded.checks_of("relu")
    assert [c.visibility for c in checks] == ["public", "hidden"]
    assert len([m for m in loaded.mistakes if m.function == "relu"]) == 2
    assert stale_stubs(course) == []
    assert "relu is not written yet" in (course / "assignments" / f"{assignment}.py").read_text()
    for path in changed:
        ast.parse((course / path).read_text("utf-8"))


def test_what_was_there_stays(course: Path):
    before = texts(course)
    add(load_course(course), "losses", "relu")
    for path, text in texts(course).items():
        lines = [line for line in before[path].splitlines() if "import" not in line]
        missing = set(lines) - set(text.splitlines())
        assert not missing, path


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("relu", "write ASSIGNMENT.FUNCTION"),
        ("nothing.relu", "no assignment is called 'nothing'"),
        ("losses.softmax", "has a softmax already"),
        ("losses.X", "has a X already"),
        ("neuron.for", "no name of a function"),
        ("neuron.re lu", "no name of a function"),
        ("neuron.a.b", "no name of a function"),
        ("neuron.", "no name of a function"),
        ("neuron._relu", "underscore"),
    ],
)
def test_what_cannot_be_a_function_is_refused_and_nothing_changes(course, name, says):
    before = texts(course)
    result = CliRunner().invoke(cli, ["new", name, "--course", str(course)])
    assert result.exit_code == 2
    assert says in result.output
    assert texts(course) == before


def test_a_course_that_would_not_load_is_put_back(course: Path):
    public = course / "graders" / "public" / "neuron.py"
    loaded = load_course(course)
    public.write_text(public.read_text("utf-8").replace("FUNCTIONS = (", "NAMES = FUNCTIONS = [*("))
    before = texts(course)
    with pytest.raises(ScaffoldError, match="nothing was changed"):
        add(loaded, "neuron", "relu")
    assert texts(course) == before


def test_files_that_are_missing_are_begun(course: Path):
    (course / "graders" / "hidden" / "neuron.py").unlink()
    add(load_course(course), "neuron", "relu")
    assert [c.name for c in load_course(course)["neuron"].checks_of("relu")] == [
        "shows_a_property_of_relu",
        "relu_agrees_on_any_input",
    ]


def test_proving_says_what_is_left_to_write(course: Path):
    add(load_course(course), "neuron", "relu")
    left = list(unwritten(load_course(course)["neuron"], "relu"))
    assert left == [
        "relu: the reference's docstring",
        "relu: the property of shows_a_property_of_relu",
        "relu: the hint of shows_a_property_of_relu",
        "relu: the property of relu_agrees_on_any_input",
        "relu: the sentence of todo-sign",
        "relu: the sentence of todo-scale",
        "relu: the formula",
        "relu: a hint",
    ]
    hints = course / "graders" / "hints" / "neuron.py"
    hints.write_text(hints.read_text("utf-8").partition('\n\nHELP["relu"]')[0], "utf-8")
    left = list(unwritten(load_course(course)["neuron"], "relu"))
    assert left[-1] == "relu: hints and a formula (graders/hints/neuron.py)"
    assert all(
        not list(unwritten(a, f.name)) for a in load_course(COURSE).assignments for f in a.functions
    )
