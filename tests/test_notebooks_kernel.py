"""The notebooks in a real kernel, from top to bottom; then graded as they are handed in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import nbformat
import pytest

from chainrule.course import Course, load_course
from chainrule.launch.limits import Limits
from chainrule.launch.plain import PlainLauncher
from chainrule.notebooks import build
from chainrule.results import SubmissionResult
from chainrule.run import Options, grade_all
from chainrule.submissions import collect

nbclient = pytest.importorskip("nbclient")
manager = pytest.importorskip("jupyter_client.manager")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop", "xor")
RESET = "get_ipython().extension_manager.loaded.discard('chainrule')\n%reset -f"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT, hidden=False)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory) -> Iterator[manager.KernelManager]:
    """One kernel for all: starting one is what takes time. It runs where the course is."""
    running = manager.KernelManager(kernel_name="python3")
    env = {**os.environ, "IPYTHONDIR": str(tmp_path_factory.mktemp("ipython"))}
    running.start_kernel(cwd=str(ROOT), env=env)
    yield running
    running.shutdown_kernel(now=True)


def execute(kernel, notebook) -> nbformat.NotebookNode:
    """Run a notebook with nothing of an earlier one left in the kernel."""
    node = nbformat.from_dict(notebook)
    node.cells.insert(0, nbformat.v4.new_code_cell(RESET))
    client = nbclient.NotebookClient(node, km=kernel, timeout=100)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()
    del node.cells[0]
    return node


def outputs(node, cell_id: str):
    [cell] = [c for c in node.cells if c.id == cell_id]
    return cell.outputs


@pytest.fixture(scope="module")
def solved(course, kernel, tmp_path_factory) -> Path:
    """A student's folder with the five notebooks, run and saved."""
    folder = tmp_path_factory.mktemp("class") / "ada"
    folder.mkdir()
    for name in ASSIGNMENTS:
        node = execute(kernel, build(course, name, solved=True))
        nbformat.write(node, folder / f"{name}.ipynb")
    return folder


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_with_the_reference_every_check_passes_from_top_to_bottom(course, solved, name):
    node = nbformat.read(solved / f"{name}.ipynb", as_version=4)
    for cell in node.cells:
        if cell.cell_type == "code" and not cell.id.startswith("check-"):
            assert cell.outputs == [], cell.id
    for function in course[name].by_name:
        [shown] = outputs(node, f"check-{function}")
        assert shown.output_type == "display_data"
        assert '<div class="cr-card passed">' in shown.data["text/html"]
        assert f"  ok: {function}\n" in shown.data["text/plain"]


def graded(folder: Path) -> list[SubmissionResult]:
    """Every check, hidden ones too, as ``chainrule grade`` runs them."""
    intake = collect([folder], ASSIGNMENTS)
    assert intake.problems == ()
    assert intake.notes == ()
    return grade_all(Options(ROOT), intake.sources, lambda: PlainLauncher(Limits()))


def test_with_the_reference_the_notebooks_earn_full_marks_without_a_word(solved):
    results = graded(solved)
    assert [r.assignment for r in results] == list(ASSIGNMENTS)
    assert [r.score for r in results] == [20, 20, 20, 30, 30]
    assert [r.max_score for r in results] == [20, 20, 20, 30, 30]
    assert [r.notes for r in results] == [()] * 5


def test_blank_notebooks_earn_nothing_and_nothing_is_wrong_with_them():
    results = graded_blank()
    assert [r.score for r in results] == [Fraction(0)] * 5
    assert [r.notes for r in results] == [()] * 5
    outcomes = {c.outcome for r in results for f in r.functions for c in f.checks}
    assert outcomes == {"not_written"}


def graded_blank() -> list[SubmissionResult]:
    """The notebooks as they are handed out, not those that the test would make."""
    paths = [ROOT / "assignments" / f"{name}.ipynb" for name in ASSIGNMENTS]
    intake = collect(paths, ASSIGNMENTS)
    return grade_all(Options(ROOT), intake.sources, lambda: PlainLauncher(Limits()))


def test_a_blank_notebook_runs_to_its_end_and_says_what_is_left(course, kernel):
    node = execute(kernel, build(course, "losses"))
    for function in course["losses"].by_name:
        [shown] = outputs(node, f"check-{function}")
        assert '<div class="cr-card waiting">' in shown.data["text/html"]
        assert "is not written yet" in shown.data["text/plain"]


def test_the_function_and_the_magic_judge_what_was_run_last(course, kernel):
    wrong = "def softmax(logits):\n    return logits"
    right = build(course, "losses", solved=True)["cells"]
    [right] = [cell["source"] for cell in right if cell["id"] == "softmax"]
    cells = {
        "a": "import numpy as np\nfrom chainrule import check\n%load_ext chainrule",
        "b": wrong,
        "c": "check('softmax')\ncheck('one_hot')",
        "d": right,
        "e": "%check softmax",
        "f": f"{wrong}\ncheck('softmax')",
        "g": "%check",
        "h": "%check softmax --course /nowhere",
        "i": "%check softmax please",
    }
    made = [{**nbformat.v4.new_code_cell(source), "id": key} for key, source in cells.items()]
    node = execute(kernel, {**nbformat.v4.new_notebook(), "cells": made})
    shown = {key: [o.get("data", o) for o in outputs(node, key)] for key in cells}
    first, second = shown["c"]
    assert '<div class="cr-card wrong">' in first["text/html"]
    assert "one_hot is not there yet" in second["text/plain"]
    assert '<div class="cr-card passed">' in shown["e"][0]["text/html"]
    assert '<div class="cr-card wrong">' in shown["f"][0]["text/html"]
    assert "losses: 0 of 5 functions pass" in shown["g"][0]["text/html"]
    assert "The checks are not here." in shown["h"][0]["text/plain"]
    assert "usage: %check" in shown["i"][0]["text"]
    assert [len(shown[key]) for key in "abcdefghi"] == [0, 0, 2, 0, 1, 1, 1, 1, 1]
