"""``chainrule gradescope build``: the autograder that Gradescope takes as a zip."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

import click

from .common import Usage, course_folder, open_course
from .formats import whole

_SCRIPTS = ("setup.sh", "run_autograder")
_WHEN = (1980, 1, 1, 0, 0, 0)
_EXTRA = re.compile(r"\s*(?:and\s+)?extra\s*==\s*['\"]grade['\"]")


@click.group("gradescope")
def command() -> None:
    """Grade on Gradescope."""


@command.command("build")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
    help="the zip to write",
)
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
def build(output: Path, course_dir: Path | None) -> None:
    """Make the zip to upload under Configure Autograder."""
    folder = course_folder(course_dir)
    course = open_course(folder, hidden=True)
    if output.is_dir():
        raise Usage(f"{output} is a folder; name the zip itself with --output FILE.zip")
    whole(output, archive(course.folder))
    click.echo(f"{output}: {len(course.assignments)} assignments, grader {course.version}")


def archive(course: Path) -> bytes:
    """The zip: scripts, requirements, the engine and the course; the same bytes each time."""
    files = dict(sorted([*_scripts(), *_engine(), *_course(course)]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if name in _SCRIPTS else 0o644) << 16
            packed.writestr(info, data)
    return stream.getvalue()


def _scripts() -> Iterator[tuple[str, bytes]]:
    templates = resources.files("chainrule.templates") / "gradescope"
    for name in _SCRIPTS:
        yield name, (templates / name).read_bytes()
    yield "requirements.txt", "".join(f"{line}\n" for line in requirements()).encode()


def requirements() -> list[str]:
    """What the engine needs to grade: its own requirements and those of the extra ``grade``."""
    found = []
    for line in metadata.requires("chainrule") or []:
        wanted = _EXTRA.sub("", line)
        if "extra" not in wanted:
            found.append(wanted.strip().rstrip(";"))
    return found


def _engine() -> Iterator[tuple[str, bytes]]:
    package = Path(__file__).parent.parent
    for path in package.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"engine/chainrule/{path.relative_to(package).as_posix()}", path.read_bytes()


def _course(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What decides grades, and nothing else that lies around it: no history, no submissions."""
    for top in ("graders", "solutions"):
        for path in (folder / top).rglob("*"):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
            if path.is_file() and not path.is_symlink() and not hidden:
                yield f"course/{inside.as_posix()}", path.read_bytes()
