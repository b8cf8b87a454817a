"""The notebooks of a course folder: written, or compared with what they should be."""

from __future__ import annotations

from pathlib import Path

from ..course import load_course
from .build import build, dumps
from .narrative import path_of


def write_notebooks(folder: str | Path) -> list[str]:
    """Write assignments/*.ipynb; return the paths written, relative to the course.

    Raises:
        NarrativeError, StubError, CourseError: one cannot be made; nothing has been written then.
    """
    made = _notebooks(Path(folder))
    for name, text in made.items():
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(made)


def stale_notebooks(folder: str | Path) -> list[str]:
    """Return the notebooks that are missing or out of date; [] if all is well.

    A notebook about which the course tells nothing is somebody's own, and left alone.
    """
    return [
        name
        for name, text in _notebooks(Path(folder)).items()
        if not (path := Path(folder, name)).is_file()
        # As text: a checkout may have turned the line ends into the machine's own.
        or path.read_text(encoding="utf-8", errors="replace") != text
    ]


def _notebooks(folder: Path) -> dict[str, str]:
    """Make all notebooks of a course, by the paths that they belong to."""
    solutions = sorted(folder.glob("solutions/[!_]*.py"))
    told = [path.stem for path in solutions if path_of(folder, path.stem).is_file()]
    if not told:
        return {}
    course = load_course(folder, hidden=False, only=told)
    return {f"assignments/{name}.ipynb": dumps(build(course, name)) for name in course.names}
