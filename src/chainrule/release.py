"""What students get: stubs, the public checks and what those import, a README, nothing else.

The files are chosen by what is needed, never by leaving out what is secret: a new file in a course
stays at home until something that students get imports it. What would show an answer all the same
is refused.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from .course import Course, load_course
from .notebooks import stale_notebooks
from .stubs import BEGIN, END, is_trivial, stale_stubs

SHOWN = ("public", "exhibits", "hints")
"""The folders of graders that students get: checks, pictures of their work, help."""
SECRET = ("hidden", "mistakes", "solutions")
STUBS = "python -m chainrule.stubs"


class ReleaseError(Exception):
    """The course cannot be released; the message says what to do."""


def release_files(folder: Path) -> dict[str, bytes]:
    """The released files by their path.

    Raises:
        ReleaseError: a stub is stale, or a file would give away an answer.
        CourseError: the course cannot be loaded.
        StubError: a solution is not marked up correctly.
        NarrativeError: what the course tells about an assignment does not fit it.
    """
    folder = folder.resolve()
    if stale := stale_stubs(folder) + stale_notebooks(folder):
        raise ReleaseError(f"not what the solutions give: {', '.join(stale)}; run {STUBS}")
    course = load_course(folder, hidden=False)
    files = {path.name: path.read_bytes() for path in _handouts(folder)}
    _refuse_answers(files, folder)
    for name in needed(folder, course.names):
        files[name] = (folder / name).read_bytes()
    files["README.md"] = readme(course, files).encode()
    return files


def _handouts(folder: Path) -> list[Path]:
    found = [*folder.glob("assignments/[!_.]*.py"), *folder.glob("assignments/[!_.]*.ipynb")]
    return sorted(found)


def needed(folder: Path, assignments: tuple[str, ...]) -> list[str]:
    """The graders that students need: those they are shown, and what these import relatively."""
    waiting = ["graders/__init__.py"]
    waiting += [f"graders/{part}/{n}.py" for part in SHOWN for n in ("__init__", *assignments)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found or not (folder / name).is_file():
            continue
        if secret := set(PurePosixPath(name).parts) & set(SECRET):
            raise ReleaseError(
                f"a public check imports {name}, so students would get {secret.pop()}; "
                "move what it needs into graders/"
            )
        found.add(name)
        waiting += _imports(folder, name)
    return sorted(found)


def _imports(folder: Path, name: str) -> Iterator[str]:
    """The course's files that a file may import, whether they are there or not."""
    package = PurePosixPath(name).parts[:-1]
    for node in ast.walk(ast.parse((folder / name).read_bytes())):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = PurePosixPath(*package[: len(package) - node.level + 1])
        module = base.joinpath(*(node.module or "").split("."))
        for path in (module, *(module / alias.name for alias in node.names)):
            yield f"{path}.py"
            yield f"{path}/__init__.py"


def _refuse_answers(files: Mapping[str, bytes], folder: Path) -> None:
    """No stub and no notebook may hold a line of a solution."""
    secret = {
        line: path.name
        for path in sorted(folder.glob("solutions/*.py"))
        for line in answer_lines(path.read_text("utf-8"))
    }
    for name, data in files.items():
        shown = {line.strip() for line in _text(name, data).splitlines()}
        for line in sorted(shown & secret.keys()):
            raise ReleaseError(f"{name} shows a line of solutions/{secret[line]}: {line!r}")


def _text(name: str, data: bytes) -> str:
    """The source in a file; of a notebook, all its texts, outputs as well."""
    text = data.decode("utf-8", "replace")
    return "\n".join(_strings(json.loads(text))) if name.endswith(".ipynb") else text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def answer_lines(source: str) -> Iterator[str]:
    """The lines between a solution's markers that say anything about it."""
    inside = False
    for line in map(str.strip, source.splitlines()):
        inside = line == BEGIN or (inside and line != END)
        if inside and line != BEGIN and not is_trivial(line):
            yield line


def readme(course: Course, files: Mapping[str, bytes]) -> str:
    """What a student reads first."""
    first = course.assignments[0]
    rows = "\n".join(
        f"| `{_file(a.name, files)}` | {a.title} | {len(a.functions)} |"
        f" {sum(f.points for f in a.functions)} |"
        for a in course.assignments
    )
    return README.format(
        rows=rows,
        file=_file(first.name, files),
        function=first.functions[0].name,
        notebooks=_notebooks(course, files),
    )


def _file(assignment: str, files: Mapping[str, bytes]) -> str:
    """The assignment's file, the module if there are two."""
    found = sorted(
        f for f in files if PurePosixPath(f).parent.name == "" and _stem(f) == assignment
    )
    return found[-1] if found else f"{assignment}.py"


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _notebooks(course: Course, files: Mapping[str, bytes]) -> str:
    """What is said where there are notebooks beside the modules."""
    name = f"{course.names[0]}.ipynb"
    return NOTEBOOKS.format(notebook=name) if name in files else ""


README = """\
# Exercises

Each file holds functions that are not written yet. A function's docstring says all that is asked
of it: what goes in, what comes out, what must hold, and an example.

| file | about | functions | points |
|---|---|---:|---:|
{rows}

## Begin

```
python3 -m pip install chainrule
chainrule check {file}
```

Open `{file}` in your editor, write `{function}` in place of its `raise NotImplementedError`, save,
and check again. Each check tests a property of the function on many inputs. Where one fails you
read what should hold, the smallest input on which it does not, what was expected and what came.

`chainrule check` without a name checks every file, `chainrule check {file} --only {function}` one
function, and `chainrule check --watch` checks again at each save; there, `h` gives a hint, `f` the
formula, and `o` opens a page with pictures of what your functions do
(`python3 -m pip install 'chainrule[report]'`).

{notebooks}## Rules

* numpy and the standard library are all you may import.
* Do not change the arguments, and keep no state between calls.
* Any correct method will do: values are checked, not how you found them.
* The checks in `graders/public` are yours to read. The grading runs further ones, of what the
  docstrings promise and nothing else.
* Hand in the files you wrote, under the names they have.
"""

NOTEBOOKS = """\
## Or work in notebooks

Each file is here as a notebook too, with the ideas of the lecture told around the functions. Open
`{notebook}` in Jupyter, in this folder: every function has a cell for it and one that checks it.
Jupyter has to run in the environment in which chainrule is installed. Write in the module or in the
notebook, and hand in that one.

"""
