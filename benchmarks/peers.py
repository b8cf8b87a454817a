"""The same functions graded by nbgrader and by otter-grader, each in an environment of its own."""

from __future__ import annotations

import json
import os
import random
import shutil
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chainrule.course import Assignment
from chainrule.judge.batch import Batch

from .measure import Row, Run, middle, run
from .mistaken import right
from .single import ASSIGNMENTS, Bench, arguments, pinned, source

PEERS = {"nbgrader": ("nbgrader",), "otter": ("otter-grader", "ipykernel")}
"""What is installed for each, as its own documentation says."""
STUDENTS = 4
STYLE = "vectorised"
ASSERTS = 5
_SAME = '''
def same(got, want):
    """Whether two results agree, however nested."""
    if isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(map(same, got, want))
    return np.allclose(got, want)
'''


def environment(folder: Path, name: str) -> Path:
    """A new environment with a peer in it, or the one that an earlier run made; its Python."""
    place = folder / name
    python = place / "bin" / "python"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        run([python, "-m", "pip", "install", "-q", "numpy", *PEERS[name]], folder)
        run([python, "-m", "ipykernel", "install", "--prefix", place, "--name", "python3"], folder)
        (place / "ready").touch()
    return python


def inside(python: Path) -> dict[str, str]:
    """The variables with which a peer finds the programs of its environment."""
    return {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}


def version(python: Path, package: str) -> str:
    """The version of what is installed in an environment."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return run([python, "-c", code], python.parent).text.strip()


def asserts(bench: Bench, name: str) -> dict[str, list[str]]:
    """Five plain asserts for every function of an assignment, on inputs that we use, too."""
    grader = bench.grader(name)
    chance = random.Random(name)  # noqa: S311 - no secret
    found = {}
    for function in grader.assignment.functions:
        lines = _asserts(grader.batch(function.name), grader.assignment)
        found[function.name] = chance.sample(lines, min(ASSERTS, len(lines)))
    return found


def _asserts(batch: Batch, assignment: Assignment) -> list[str]:
    lines = []
    results: dict[int, Any] = {}
    for call in batch.calls:
        args, kwargs = arguments(call, results)
        try:
            want = results[call.number] = assignment.reference[call.function](*args, **kwargs)
        except ValueError:
            continue
        if call.function == batch.function:
            given = [*map(_shown, args), *(f"{k}={_shown(v)}" for k, v in kwargs.items())]
            lines.append(f"assert same({batch.function}({', '.join(given)}), {_shown(want)})")
    for step in range(ASSERTS if not lines else 0):  # it takes a function to be called back
        at = f"np.array([{step}.0, 1.0, 2.0])"
        lines.append(
            f"assert same({batch.function}(lambda w: float((w * w).sum()), {at}), 2 * {at})"
        )
    return lines


def _shown(value: Any) -> str:
    """A value as Python text in which numpy is np."""
    if isinstance(value, list | tuple):
        inside = ", ".join(map(_shown, value))
        return f"[{inside}]"
    if hasattr(value, "tolist"):
        text = repr(value.tolist()).replace("inf", "np.inf").replace("nan", "np.nan")
        return f"np.array({text}, dtype='{value.dtype}').reshape({value.shape})"
    return repr(value).replace("inf", "np.inf").replace("nan", "np.nan")


def notebook(cells: Sequence[dict[str, Any]]) -> str:
    """A notebook of code cells."""
    made = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell{number}",
            "metadata": cell.get("metadata", {}),
            "outputs": [],
            "source": cell["source"],
        }
        for number, cell in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps(
        {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def _graded(kind: str, source_: str, number: int) -> dict[str, Any]:
    """A cell with nbgrader's metadata: a solution, or a test worth a point."""
    is_test = kind == "test"
    about = {
        "grade": is_test,
        "grade_id": f"{kind}{number}",
        "locked": is_test,
        "schema_version": 3,
        "solution": not is_test,
        "task": False,
    }
    points = {"points": 1} if is_test else {}
    return {"source": source_, "metadata": {"nbgrader": about | points}}


def nbgrader(folder: Path, python: Path, bench: Bench, name: str) -> float:
    """Milliseconds of processor time that one more notebook takes `nbgrader autograde`."""
    code = right(STYLE, name)
    tests = [
        _graded("test", "\n".join(lines), n)
        for n, lines in enumerate(asserts(bench, name).values())
    ]
    cells = [_graded("solution", code, 0), {"source": f"import numpy as np\n{_SAME}"}, *tests]
    text = notebook(cells)
    shutil.rmtree(folder, ignore_errors=True)
    _put(folder / "source" / name / f"{name}.ipynb", text)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'b'\n"
    )
    command = [python, "-m", "nbgrader"]
    run([*command, "generate_assignment", name], folder, inside(python))

    def took(students: int, start: int) -> Run:
        for n in range(students):
            _put(folder / "submitted" / f"s{start + n}" / name / f"{name}.ipynb", text)
        return run([*command, "autograde", name], folder, inside(python))

    few, many = took(1, 0), took(1 + STUDENTS, 1)  # what is graded already is not graded again
    return 1000 * (many.cpu - few.cpu) / STUDENTS


def otter(folder: Path, python: Path, bench: Bench, name: str) -> float:
    """Milliseconds of processor time of `otter run` on one notebook."""
    shutil.rmtree(folder, ignore_errors=True)
    for function, lines in asserts(bench, name).items():
        cases = [{"code": f">>> {line}", "hidden": False, "locked": False} for line in lines]
        suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": function, "points": 1, "suites": [suite]}
        _put(folder / "tests" / f"{function}.py", f"OK_FORMAT = True\n\ntest = {test!r}\n")
    cells = [{"source": right(STYLE, name)}, {"source": f"import numpy as np\n{_SAME}"}]
    _put(folder / f"{name}.ipynb", notebook(cells))
    command = [python, "-m", "otter"]
    generate = ("generate", "-t", "tests", "-o", "autograder.zip", "--no-environment")
    run([*command, *generate], folder, inside(python))
    took = [
        run([*command, "run", f"{name}.ipynb", "-a", "autograder.zip"], folder, inside(python))
        for _ in range(STUDENTS)
    ]
    score = json.loads((folder / "results.json").read_text())
    points = sum(test.get("score", 0) for test in score["tests"])
    if points < 0.99 * sum(test.get("max_score", 0) for test in score["tests"]):
        raise RuntimeError(f"otter gave a right notebook {points}: {score}")
    return 1000 * middle([t.cpu for t in took])


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def peer_rows(folder: Path, environments: Path) -> list[Row]:
    """Each peer's processor time beside ours."""
    environments.mkdir(parents=True, exist_ok=True)
    rows = []
    with pinned():
        bench = Bench()
        ours = {n: bench.cost([source(right(STYLE, n), n)], 6) for n in ASSIGNMENTS}
    for name, take in (("nbgrader", nbgrader), ("otter", otter)):
        python = environment(environments, name)
        theirs = {n: take(folder / name, python, bench, n) for n in ASSIGNMENTS}
        ratios = {n: theirs[n] / ours[n] for n in ASSIGNMENTS}
        what = {"nbgrader": "`nbgrader autograde`", "otter": "`otter run`"}[name]
        rows.append(
            Row(
                name,
                f"submissions per CPU-second ÷ {what}'s, five plain asserts a function",
                middle([*ratios.values()]),
                50,
                True,
                details={
                    f"{name}, ms": {n: round(ms) for n, ms in theirs.items()},
                    "chainrule, ms": {n: round(ms, 1) for n, ms in ours.items()},
                    "ratios": {n: round(r, 1) for n, r in ratios.items()},
                    "calls that we make": {n: _calls(bench, n) for n in ASSIGNMENTS},
                    "asserts that it makes": {
                        n: len(bench.course[n].functions) * ASSERTS for n in ASSIGNMENTS
                    },
                    "version": version(python, PEERS[name][0]),
                },
            )
        )
    return rows


def _calls(bench: Bench, name: str) -> int:
    """How many calls a right submission of an assignment answers."""
    grader = bench.grader(name)
    batches = [grader.batch(f.name) for f in grader.assignment.functions]
    return sum(len(b.calls) + len(b.live) for b in batches)
