"""A class of twelve notebooks as nbgrader gets them: right, wrong, blank, hostile, and broken."""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chainrule.course import load_course
from chainrule.notebooks import build

fcntl = pytest.importorskip("fcntl")  # not on Windows
Notebook = dict[str, Any]
COURSE = Path(__file__).parent.parent
ASSIGNMENT = "losses"
BASH = shutil.which("bash")
LONG = pytest.mark.timeout(400)
"""For tests of the class: the first of them has it graded."""
CANARY = re.compile(rb"CANARY[A-Z]*")

WRONG_AXIS = """
def softmax(logits):
    powers = np.exp(logits - np.max(logits))
    return powers / powers.sum(axis=0)
"""
MARKUP = "</code></pre><script>document.title = 'taken'</script> **x** `y` ${z}$"
THREE = "def {0}(*args, **kwargs):\n    return 3\n"
RAISES = f"def one_hot(*args, **kwargs):\n    raise RuntimeError({MARKUP!r})\n"

PATCHED = """
import ast
import numpy as np
for name in ("allclose", "array_equal", "isclose"):
    setattr(np, name, lambda *a, **k: True)
np.testing.assert_allclose = lambda *a, **k: None
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
try:
    get_ipython().ast_transformers.append(NoAsserts())
except NameError:
    pass
class Always(float):
    __eq__ = lambda self, other: True
    __hash__ = float.__hash__
"""
PEEK = """
import glob, os, sqlite3
seen = []
try:
    seen += In
except NameError:
    pass
for folder in ("..", "../..", "../../..", "/"):
    try:
        seen += glob.glob(folder + "/*")
    except OSError:
        pass
for place in ("../../../gradebook.db", "{root}/nbgrader/gradebook.db"):
    try:
        if os.path.exists(place):
            base = sqlite3.connect(place)
            base.execute("UPDATE grade SET manual_score = 5, auto_score = 5")
            base.commit()
    except Exception:
        pass
for place in ("graders/hidden/losses.py", "solutions/losses.py"):
    try:
        seen.append(open("{root}/" + place).read())
    except OSError:
        pass
def mean_squared_error(*args):
    raise RuntimeError("\\n".join(map(str, seen)))
"""
DETACHED = """
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        for _ in range(600):
            time.sleep(0.05)
            open("{root}/detached.txt", "a").write("still here\\n")
        os._exit(0)
except OSError:
    pass
"""
PAGE = (
    '# Notes\n\n<script>document.title = "taken"</script>\n\n'
    '<img src="x" onerror="document.title = \'taken\'">\n\nand 1 < 2 & 3 > 2'
)


class Class:
    """Makes the notebooks.

    Args:
        release: the notebook that students got.
        root: the course's folder, for those that look for it.
    """

    def __init__(self, release: Notebook, root: Path) -> None:
        self._release, self._root = release, root
        solved = build(
            load_course(COURSE, hidden=False, only=[ASSIGNMENT]), ASSIGNMENT, solved=True
        )
        self._right = {cell["id"]: cell["source"] for cell in solved["cells"]}

    def notebook(self, *change: Callable[[Notebook], None], right: bool = True) -> bytes:
        made = copy.deepcopy(self._release)
        for cell in made["cells"] if right else ():
            if cell["cell_type"] == "code" and name_of(cell) in self._right:
                cell["source"] = self._right[name_of(cell)]
        for one in change:
            one(made)
        return json.dumps(made).encode()

    def all(self) -> Mapping[str, bytes]:
        """By student."""
        hostile = [put(name, THREE.format(name)) for name in ("one_hot", "mean_squared_error")]
        filled = {"root": str(self._root)}
        return {
            "ada": self.notebook(put("softmax", _noisy(self._right["softmax"]))),
            "bob": self.notebook(put("softmax", WRONG_AXIS)),
            "cleo": self.notebook(right=False),
            "dora": self.notebook(*hostile, first(PATCHED), right=False),
            "emil": self.notebook(
                put("one_hot", RAISES), first(PEEK.format(**filled)), right=False
            ),
            "finn": self.notebook(first(DETACHED.format(**filled)), put("softmax", WRONG_AXIS)),
            "gina": self.notebook(last("import os\nos._exit(0)")),
            "hugo": self.notebook(twice("softmax", WRONG_AXIS)),
            "iris": self.notebook(without("check-softmax", "softmax", "check-one_hot")),
            "jack": self.notebook(split("cross_entropy"), move_up("check-softmax")),
            "kira": b'{"cells": [{"cell_type": "code", "sour',
            "liam": self.notebook(tampered, last(PAGE, "markdown"), last(PAGE, "raw")),
        }


FULL = {"ada", "hugo", "jack", "liam"}
"""Who has everything right, whatever became of their cells."""


def _noisy(source: str) -> str:
    """Right, but it warns, prints and writes to standard error at each call."""
    head, _, body = source.partition("### BEGIN SOLUTION\n")
    noise = "import sys, warnings\n    warnings.warn('noise')\n    print('x', file=sys.stderr)\n"
    return f"{head}### BEGIN SOLUTION\n    {noise}{body}"


def name_of(cell: Notebook) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def place_of(notebook: Notebook, name: str) -> int:
    (place,) = [n for n, cell in enumerate(notebook["cells"]) if name_of(cell) == name]
    return place


def put(name: str, source: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        notebook["cells"][place_of(notebook, name)]["source"] = source

    return change


def _cell(source: str, kind: str = "code", name: str = "own") -> Notebook:
    cell: Notebook = {"cell_type": kind, "id": f"{kind}-{name}", "metadata": {}, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def first(source: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"].insert(0, _cell(source, name="first"))


def last(source: str, kind: str = "code") -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"].append(_cell(source, kind, "last"))


def twice(name: str, earlier: str) -> Callable[[Notebook], None]:
    """A copy of an exercise's cell, above it and with another answer; its check is there twice."""

    def change(notebook: Notebook) -> None:
        for wanted, source in ((name, earlier), (f"check-{name}", None)):
            place = place_of(notebook, wanted)
            cell = copy.deepcopy(notebook["cells"][place])
            cell["id"] += "-again"
            cell["source"] = source or cell["source"]
            notebook["cells"].insert(place, cell)

    return change


def without(*names: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        notebook["cells"] = [c for c in notebook["cells"] if name_of(c) not in names]

    return change


def split(name: str) -> Callable[[Notebook], None]:
    """What JupyterLab's split leaves: two cells of the same metadata; a helper, and the rest."""

    def change(notebook: Notebook) -> None:
        place = place_of(notebook, name)
        upper = copy.deepcopy(notebook["cells"][place])
        upper["source"], upper["id"] = "def helper():\n    return 1\n", "upper"
        notebook["cells"].insert(place, upper)

    return change


def move_up(name: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"].insert(
        0, notebook["cells"].pop(place_of(notebook, name))
    )


def tampered(notebook: Notebook) -> None:
    """nbgrader's metadata as a student would like to have it, and as it stops nbgrader."""
    cells = notebook["cells"]
    cells[place_of(notebook, "check-softmax")]["metadata"]["nbgrader"]["points"] = 1000
    cells[place_of(notebook, "softmax")]["metadata"]["nbgrader"]["schema_version"] = 99
    cells[place_of(notebook, "check-one_hot")]["source"] = "print('passed')"
    cells[place_of(notebook, "check-one_hot")]["outputs"] = [{"output_type": "odd"}]
    cells[place_of(notebook, "setup")]["metadata"] = {"nbgrader": {"grade": True}}
    notebook["metadata"] = {"kernelspec": {"name": "evil", "display_name": "evil"}}


def add_canaries(course: Path) -> None:
    """Mark what students must never see: hidden checks, reference and mistakes."""
    for part in ("graders/hidden", "graders/mistakes", "solutions"):
        path = course / part / f"{ASSIGNMENT}.py"
        mark = f"CANARY{part.rpartition('/')[2].upper()}"
        text = path.read_text("utf-8")
        marked = re.sub(r"(?m)^(    (?:expect|return|demand)\b.*)$", rf"    # {mark}\n\1", text)
        assert marked.count(mark) > 3
        path.write_text(marked, "utf-8")


def environment() -> dict[str, str]:
    """The tests' own, with this Python's commands first."""
    beside = str(Path(sys.executable).parent)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "COV"))}
    return {**kept, "PATH": os.pathsep.join([beside, kept.get("PATH", "")])}


def run(command: str, cwd: Path, status: int | None = 0) -> subprocess.CompletedProcess[str]:
    """A line of the manual, as a shell runs it."""
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert status is None or done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def commands() -> list[str]:
    """The manual's, from nothing to a graded class."""
    page = (COURSE / "docs" / "nbgrader.md").read_text("utf-8")
    (block,) = re.findall(r"(?ms)^```console\n(.*?)^```$", page)
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


@dataclass(frozen=True)
class Graded:
    """A class that went through the manual's commands.

    Args:
        root: the course's folder; in it `nbgrader`, as the manual leaves it, and `before`, a copy
            from before the class was graded once more by the fast path.
        said: what each command wrote, by command.
    """

    root: Path
    said: Mapping[str, str]

    @property
    def nb(self) -> Path:
        return self.root / "nbgrader"

    @property
    def before(self) -> Path:
        return self.root / "before"


def walk_through(root: Path) -> Mapping[str, str]:
    """Do what the manual says, in a copy of the course, with a class handed in."""
    for part in ("graders", "solutions", "narrative"):
        if (COURSE / part).is_dir():
            shutil.copytree(
                COURSE / part, root / part, ignore=shutil.ignore_patterns("__pycache__")
            )
    add_canaries(root)
    said, here = {}, root
    for command in commands():
        if command.startswith("cd "):
            here /= command.removeprefix("cd ")
            continue
        if command.startswith("jupyter "):
            continue  # does not end; formgrader's test starts it
        if command.startswith("cp "):
            hand_in(root, here)
        if command.startswith("chainrule grade"):
            shutil.copytree(here, root / "before")
        # One notebook cannot be read: both ways say so, and grade the rest.
        done = run(command, here, 1 if command.startswith("chainrule grade") else 0)
        said[command] = done.stdout + done.stderr
    return said


def hand_in(root: Path, nb: Path) -> None:
    """Lay the class beside the course, as it was downloaded."""
    released = nb / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for student, data in Class(json.loads(released.read_text("utf-8")), root).all().items():
        path = root / "handed-in" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The class, graded once for all tests, whichever of the test run's processes they are in."""
    if not BASH or importlib.util.find_spec("nbgrader") is None:
        pytest.skip("nbgrader or bash is not installed")
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root, notes = base / "nbgrader-course", base / "nbgrader-course.json"
    with (base / "nbgrader-course.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not notes.exists():
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            notes.write_text(json.dumps(walk_through(root)))
    return Graded(root, json.loads(notes.read_text()))


def rows(nb: Path) -> dict[str, dict[str, tuple[float | None, float | None, bool, str | None]]]:
    """The gradebook: by student and exercise, automatic and manual score, whether it waits for a
    person, and the automatic comment."""
    query = (
        "SELECT s.student_id, cell.name, g.auto_score, g.manual_score, g.needs_manual_grade, "
        "(SELECT c.auto_comment FROM comment c JOIN base_cell b ON b.id = c.cell_id "
        " WHERE c.notebook_id = n.id AND b.name = substr(cell.name, 7)) "
        "FROM grade g JOIN base_cell cell ON cell.id = g.cell_id "
        "JOIN submitted_notebook n ON n.id = g.notebook_id "
        "JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2"
    )
    found: dict[str, dict[str, Any]] = {}
    with contextlib.closing(sqlite3.connect(nb / "gradebook.db")) as base:
        for student, name, auto, manual, waits, comment in base.execute(query):
            exercise = name.removeprefix("check-")
            found.setdefault(student, {})[exercise] = (auto, manual, bool(waits), comment)
    return found
