"""Data flows one way, and so do imports: a package may import only what lies below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "chainrule"

# Each may import the ones named and itself; a worker knows nothing of the judge, a judge nothing
# of files or commands, and a renderer only results.
ALLOWED = {
    "worker": set(),
    "grading": set(),
    "results": set(),
    "launch": {"worker"},
    "submissions": set(),
    "course": {"grading"},
    "judge": {"worker", "grading", "launch", "course", "results", "clock"},
    "renderers": {"results", "judge", "submissions", "grading"},
    # its command, not the module, makes the notebooks along with the stubs
    "stubs": {"notebooks", "course"},
    "notebooks": {"stubs", "course"},
    # nothing imports it but the two functions that the package itself offers
    "kernel": {"course", "launch", "renderers", "results", "run", "submissions", "watch"},
    "nbgrader": {
        *("submissions", "course", "judge", "launch", "results", "renderers"),
        *("freeze", "notebooks", "release", "run", "task"),
    },
}


def imported(path: Path) -> set[str]:
    """The first parts of what a module imports from this package."""
    package = ("chainrule", *path.relative_to(SOURCE).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            full = [*base, *(node.module or "").split(".")]
            full = [part for part in full if part]
            if full[:1] == ["chainrule"]:
                found |= {full[1]} if len(full) > 1 else {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("chainrule.")}
    return found


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_imports_point_one_way(part: str) -> None:
    files = (
        [SOURCE / f"{part}.py"]
        if (SOURCE / f"{part}.py").exists()
        else (SOURCE / part).rglob("*.py")
    )
    for path in files:
        assert imported(path) <= ALLOWED[part] | {part}, path


def test_the_engine_knows_no_function_of_the_course() -> None:
    names = {
        node.name
        for path in (SOURCE.parent.parent / "solutions").glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    # words of the language, and of Jupyter's, that a function of the course happens to share
    common = {"forward", "update", "train", "predict", "outputs", "initialize"}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        strings = {
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        used = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        assert not (strings | used) & (names - common), path
