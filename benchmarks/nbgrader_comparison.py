"""nbgrader as it comes, beside nbgrader with chainrule: same course, same notebooks, one run.

    python benchmarks/nbgrader_comparison.py [--quick]

As it comes, a check cell holds tests: those that a careful lecturer writes, most of them hidden.
Everything runs through the command `nbgrader`; prints the table of docs/nbgrader.md.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chainrule.course import load_course
from chainrule.nbgrader.course import nbgrader_course
from chainrule.notebooks import build

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "losses"
Notebook = dict[str, Any]

TESTS = {
    "one_hot": """
assert np.allclose(one_hot(np.array([2, 0, 1]), 4), [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0]])
### BEGIN HIDDEN TESTS
assert one_hot(np.array([0, 0]), 3).shape == (2, 3)
assert np.allclose(one_hot(np.array([1, 1, 0]), 2).sum(axis=0), [1, 2])
try:
    one_hot(np.array([0, 3]), 3)
except ValueError:
    pass
else:
    assert False, "a label outside should raise ValueError"
### END HIDDEN TESTS""",
    "softmax": """
assert np.allclose(softmax(np.log(np.array([[1.0, 2, 5]]))), [[0.125, 0.25, 0.625]])
### BEGIN HIDDEN TESTS
_z = np.array([[0.0, 1, 2], [3, 1, 0.5]])
assert np.allclose(softmax(_z).sum(axis=1), 1)
assert np.allclose(softmax(_z + 7), softmax(_z))
assert np.allclose(softmax(np.array([0.0, 0.0])), [0.5, 0.5])
assert np.isfinite(softmax(np.array([[1e4, 0.0], [0.0, -1e4]]))).all()
### END HIDDEN TESTS""",
    "mean_squared_error": """
assert np.isclose(mean_squared_error(np.array([0.01]), np.array([1.0])), 0.9801)
### BEGIN HIDDEN TESTS
assert np.isclose(mean_squared_error(np.array([1.0, 2, 3]), np.array([1.0, 0, 0])), 13 / 3)
try:
    mean_squared_error(np.array([1.0]), np.array([1.0, 2.0]))
except ValueError:
    pass
else:
    assert False, "shapes that differ should raise ValueError"
### END HIDDEN TESTS""",
    "cross_entropy": """
_y, _t = np.array([[0.01, 0.97, 0.02]]), np.array([[1.0, 0, 0]])
assert np.isclose(cross_entropy(_y, _t), 4.605, atol=1e-3)
### BEGIN HIDDEN TESTS
assert np.isclose(cross_entropy(_y, _t, base=2), 6.644, atol=1e-3)
_y2, _t2 = np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[1.0, 0], [0, 1.0]])
assert np.isclose(cross_entropy(_y2, _t2), (np.log(2) + np.log(4 / 3)) / 2)
assert np.isclose(cross_entropy(np.array([[1.0, 0]]), np.array([[1.0, 0]])), 0, atol=1e-5)
### END HIDDEN TESTS""",
    "binary_cross_entropy": """
assert np.isclose(binary_cross_entropy(np.array([0.5, 0.5]), np.array([1.0, 0])), np.log(2))
### BEGIN HIDDEN TESTS
assert np.isclose(binary_cross_entropy(np.array([0.9, 0.2]), np.array([1.0, 0])), 0.16425203)
assert np.isclose(binary_cross_entropy(np.array([0.25]), np.array([0.5])), 0.83698822)
assert np.isclose(binary_cross_entropy(np.array([1.0, 0]), np.array([1.0, 0])), 0, atol=1e-5)
### END HIDDEN TESTS""",
}
HIDDEN = "13 / 3"
"""A part of a hidden test that stands nowhere else."""

FORGED = """
import contextlib, sqlite3
def forge(place="../../../gradebook.db"):
    with contextlib.suppress(Exception):
        base = sqlite3.connect(place, timeout=5)
        base.execute("UPDATE grade SET manual_score = 3 WHERE notebook_id IN (SELECT n.id FROM"
                     " submitted_notebook n JOIN submitted_assignment a ON a.id = n.assignment_id"
                     " WHERE a.student_id = '{student}')")
        base.commit()
"""
CHEATS = {
    "np.allclose patched": """
import numpy as np
np.allclose = np.isclose = lambda *a, **k: True""",
    "asserts taken out by an AST transformer": """
import ast
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(NoAsserts())""",
    "hidden tests read from In": "%%LAST print(In)",
    "gradebook.db next door written": FORGED + "forge()",
    "the same from a detached process, later": FORGED
    + """
import os, time
if os.fork() == 0:
    os.setsid()
    for _ in range(40):
        forge(os.path.abspath("../../../gradebook.db"))
        time.sleep(0.25)
    os._exit(0)""",
    "an answer that equals everything": """
class Always:
    shape = (2, 3)
    __eq__ = lambda self, other: True
    __array__ = lambda self, *a, **k: np.array([0.9801])
    __array_ufunc__ = None
    __getattr__ = lambda self, name: (lambda *a, **k: Always())
    __add__ = __radd__ = __sub__ = __rsub__ = __le__ = lambda self, *a: Always()
    __bool__ = lambda self: True""",
    "a script in a text cell, for formgrader": "%%TEXT <script>document.cheat = 1</script>",
}
SCRIPT = "<script>document.cheat"


class System:
    """One of the two, in a folder of its own."""

    def __init__(self, name: str, root: Path, ours: bool) -> None:
        self.name, self.ours, self._root, self._number = name, ours, root, 0

    @contextlib.contextmanager
    def course(self, submissions: Mapping[str, bytes]) -> Iterator[Path]:
        """A new course in which the class was handed in."""
        self._number += 1
        folder = self._root / f"{self.name}-{self._number}"
        course = load_course(ROOT, hidden=False, only=[ASSIGNMENT])
        files = nbgrader_course(course, folder)
        if not self.ours:
            files = {f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb": json.dumps(notebook(tests=True))}
            files["nbgrader_config.py"] = "c = get_config()\n"
        for place, text in files.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for student, data in submissions.items():
            path = folder / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
        nbgrader(folder, "generate_assignment", ASSIGNMENT)
        yield folder
        shutil.rmtree(folder)

    def handed_in(self, *change: Callable[[Notebook], None]) -> bytes:
        """The solved notebook of this system, changed."""
        made = copy.deepcopy(notebook(tests=not self.ours))
        for one in change:
            one(made)
        text = json.dumps(made)
        return re.sub(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "", text).encode()


def notebook(tests: bool) -> Notebook:
    """The teacher's notebook; with tests in its check cells, or with chainrule's markers."""
    course = load_course(ROOT, hidden=False, only=[ASSIGNMENT])
    made = build(course, ASSIGNMENT, solved=True, nbgrader=True)
    if tests:
        made["cells"] = [cell for cell in made["cells"] if cell["id"] != "setup"]
        for cell in made["cells"]:
            name = cell["id"].removeprefix("check-")
            if name != cell["id"]:
                cell["source"] = TESTS[name].strip()
    return made


def nbgrader(folder: Path, *words: str) -> tuple[float, float]:
    """Run a command; the seconds it took, by the clock and of processors."""
    beside = Path(sys.executable).parent
    env = {**os.environ, "PATH": os.pathsep.join([str(beside), os.environ["PATH"]])}
    start = time.perf_counter(), _processors()
    with (folder / "log.txt").open("a") as log:
        subprocess.run(
            [beside / "nbgrader", *words], cwd=folder, env=env, stdout=log, stderr=log, check=False
        )
    return time.perf_counter() - start[0], _processors() - start[1]


def _processors() -> float:
    """Of all processes that have ended: a busy machine does not change it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def put(name: str, source: str) -> Callable[[Notebook], None]:
    def change(made: Notebook) -> None:
        cell(made, name)["source"] = source

    return change


def cell(made: Notebook, name: str) -> Notebook:
    return next(c for c in made["cells"] if c["id"] == name)


def add(source: str) -> Callable[[Notebook], None]:
    """A cell of the student's own: the first, or what its first word says."""

    def change(made: Notebook) -> None:
        word, _, rest = source.partition(" ")
        kind = "markdown" if word == "%%TEXT" else "code"
        text = rest if word.startswith("%%") else source
        new: Notebook = {"id": "own", "cell_type": kind, "metadata": {}, "source": text}
        new |= {"outputs": [], "execution_count": None} if kind == "code" else {}
        made["cells"].insert(len(made["cells"]) if word == "%%LAST" else 0, new)

    return change


def scores(folder: Path) -> dict[str, dict[str, float | None]]:
    """By student and exercise, as the gradebook has them."""
    query = (
        "SELECT a.student_id, c.name, coalesce(g.manual_score, g.auto_score) FROM grade g "
        "JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id "
        "JOIN submitted_assignment a ON a.id = n.assignment_id"
    )
    found: dict[str, dict[str, float | None]] = {}
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as base:
        for student, name, score in base.execute(query):
            found.setdefault(student, {})[name.removeprefix("check-")] = score
    return found


def mistakes() -> dict[str, tuple[str, str]]:
    """The dictionary's wrong answers: by name, the function and a cell that defines it so."""
    found = {}
    for mistake in load_course(ROOT, only=[ASSIGNMENT])[ASSIGNMENT].mistakes:
        wrong: Any = mistake.behaviours[0]
        body, choices = getattr(wrong, "body", wrong), dict(getattr(wrong, "choices", {}))
        if "<locals>" in body.__qualname__:
            continue  # made by a function, and no code that stands alone
        with contextlib.suppress(ValueError, SyntaxError):
            ast.literal_eval(repr(choices))  # not those that differ by a function
            text = alone(Path(body.__code__.co_filename))
            text = f"def mistake(*a, **k):\n    return lambda f: f\n{text}\n\n"
            call = f"{body.__name__}(*a, **k, **{choices!r})"
            text += f"def {mistake.function}(*a, **k):\n    return {call}\n"
            found[f"{mistake.function}.{mistake.slug}"] = (mistake.function, text)
    return found


def alone(path: Path) -> str:
    """A module's code with that of the modules beside it which it imports from."""
    parts, kept = [], []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level == 1 and path.name.startswith("_"):
            parts.append(alone(path.with_name(f"{node.module}.py")))
        elif not isinstance(node, ast.ImportFrom) or not (
            node.level or str(node.module).startswith(("chainrule", "__future__"))
        ):
            kept.append(ast.unparse(node))
    return "\n".join([*parts, *kept])


RAISES = "def {0}(*a, **k):\n    raise ValueError\n"
WRONG = "def {0}(*a, **k):\n    return {1}\n"
NAMES = tuple(TESTS)
BROKEN: dict[str, Callable[[Notebook], None]] = {
    "a solution cell twice": lambda made: made["cells"].append(cell(made, "softmax") | {"id": "b"}),
    "metadata of another version": lambda made: cell(made, "softmax")["metadata"][
        "nbgrader"
    ].update(schema_version=99),
    "a check cell deleted": lambda made: made["cells"].remove(cell(made, "check-softmax")),
    "os._exit in a cell": add("%%LAST import os; os._exit(0)"),
    "a file that is no JSON": lambda made: made.clear(),
}


def speed_and_mistakes(system: System, quick: bool) -> dict[str, str]:
    wrong = dict(list(mistakes().items())[:: 30 if quick else 5])
    classes = {f"m{n:02}": system.handed_in(put(f, s)) for n, (f, s) in enumerate(wrong.values())}
    first = {"a0": system.handed_in()}
    with system.course(first) as folder:
        alone = nbgrader(folder, "autograde", ASSIGNMENT)
    with system.course({**first, **classes}) as folder:
        all_ = nbgrader(folder, "autograde", ASSIGNMENT)
        found = scores(folder)
        with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as base:
            said = [text for (text,) in base.execute("SELECT auto_comment FROM comment") if text]
    points = dict(found["a0"])
    caught = sum(
        (found[f"m{n:02}"][function] or 0) < (points[function] or 0)
        for n, (function, _) in enumerate(wrong.values())
    )
    sentences = {m.sentence for m in load_course(ROOT, only=[ASSIGNMENT])[ASSIGNMENT].mistakes}
    flat = [" ".join(text.split()) for text in said]
    named = sum(any(" ".join(s.split()) in text for s in sentences) for text in flat)
    each = [(a - b) / len(wrong) for a, b in zip(all_, alone, strict=True)]
    return {
        "seconds per submission": f"{each[0]:.2f}",
        "processor seconds per submission": f"{each[1]:.2f}",
        "seconds before the first": f"{alone[0] - each[0]:.1f}",
        f"of {len(wrong)} known mistakes: seen": str(caught),
        "... and named to the student": str(named),
    }


def cheats(system: System) -> dict[str, str]:
    answers = [put(name, WRONG.format(name, 3)) for name in NAMES]
    always = [put(name, WRONG.format(name, "Always()")) for name in NAMES]
    classes = {}
    for n, source in enumerate(CHEATS.values()):
        wrong = always if "Always" in source else answers
        classes[f"c{n}"] = system.handed_in(*wrong, add(source.replace("{student}", f"c{n}")))
    classes["three"] = system.handed_in(*answers)
    classes["raises"] = system.handed_in(*(put(n, RAISES.format(n)) for n in NAMES))
    with system.course(classes) as folder:
        nbgrader(folder, "autograde", ASSIGNMENT)
        nbgrader(folder, "generate_feedback", ASSIGNMENT)
        time.sleep(3)
        found = scores(folder)
        pages = {s: _page(folder, s) for s in classes}
    total = {s: sum(v or 0 for v in row.values()) for s, row in found.items()}
    rows = {}
    honest = max(total["three"], total["raises"])  # what takes no cheat
    for n, what in enumerate(CHEATS):
        gained = total.get(f"c{n}", 0) > honest + 1e-6
        read = HIDDEN in pages[f"c{n}"] if "read" in what else False
        script = SCRIPT in pages[f"c{n}"]
        rows[f"cheat: {what}"] = "succeeds" if gained or read or script else "gains nothing"
    return rows


def _page(folder: Path, student: str) -> str:
    path = folder / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return path.read_text("utf-8") if path.exists() else ""


def broken(system: System) -> dict[str, str]:
    rows = {}
    for what, change in BROKEN.items():
        data = {"a": system.handed_in(), "b": system.handed_in(change), "c": system.handed_in()}
        if data["b"] == b"{}":
            data["b"] = b'{"cells": ['
        with system.course(data) as folder:
            nbgrader(folder, "autograde", ASSIGNMENT)
            found = scores(folder)
            right = [sum(v or 0 for v in found.get(s, {}).values()) == 20 for s in ("a", "c")]
            mine = found.get("b", {})
            flagged = _flagged(folder)
        others = "the others graded" if all(right) else "the students after it not graded"
        own = (
            f"itself {sum(v for v in mine.values() if v is not None):g} of 20"
            if mine and None not in mine.values()
            else "itself flagged for a person"
            if flagged
            else "itself without a score"
        )
        rows[f"broken: {what}"] = f"{others}, {own}"
    return rows


def _flagged(folder: Path) -> bool:
    path = folder / "autograded" / "b"
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as base:
        said = base.execute("SELECT count(*) FROM comment WHERE auto_comment LIKE '%graded:%'")
        return path.exists() and bool(said.fetchone()[0])


def main() -> None:
    quick = "--quick" in sys.argv
    table: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="nbgrader-") as root:
        for name, ours in (("nbgrader", False), ("with chainrule", True)):
            system = System(name, Path(root), ours)
            table[name] = {}
            for part in (lambda s: speed_and_mistakes(s, quick), cheats, broken):
                table[name] |= part(system)
                print(name, json.dumps(table[name], indent=1), file=sys.stderr, flush=True)
    print("| | " + " | ".join(table) + " |\n|---|" + "---|" * len(table))
    for row in next(iter(table.values())):
        print(f"| {row} | " + " | ".join(column[row] for column in table.values()) + " |")


if __name__ == "__main__":
    main()
