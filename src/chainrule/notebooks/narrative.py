"""What a course tells about an assignment: Markdown, a section a function, figures beside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "narrative"
_HEADING = re.compile(r"^## .*$", re.MULTILINE)
_NAME = re.compile(r"`(\w+)`")
_FIGURE = re.compile(r"!\[[^\]]*\]\(attachment:([^)\s]+)\)")


class NarrativeError(ValueError):
    """The text about an assignment does not fit it; the message says what to do."""


@dataclass(frozen=True)
class Section:
    """A heading with its text, and the figures that it shows."""

    text: str
    figures: Mapping[str, str] = field(default_factory=dict)
    """PNG files by name, base64."""


@dataclass(frozen=True)
class Narrative:
    """The text around an assignment's functions.

    Args:
        intro: what comes first.
        functions: the section of each function that has one.
        outro: what comes last, if anything.
    """

    intro: Section
    functions: Mapping[str, Section]
    outro: Section | None = None


def path_of(folder: Path, assignment: str) -> Path:
    """Where a course tells about an assignment."""
    return folder / FOLDER / f"{assignment}.md"


def read(folder: Path, assignment: str, functions: Sequence[str]) -> Narrative | None:
    """What the course tells about an assignment, or ``None`` if it tells nothing.

    Raises:
        NarrativeError: a figure is missing, or a section is there twice or in the wrong place.
    """
    path = path_of(folder, assignment)
    if not path.is_file():
        return None
    text = path.read_text("utf-8").replace("\r\n", "\n")
    starts = [match.start() for match in _HEADING.finditer(text)]
    intro, *parts = _cut(text, starts)
    found: dict[str, Section] = {}
    outro: Section | None = None
    for part in parts:
        title = part.partition("\n")[0]
        named = [name for name in _NAME.findall(title) if name in functions]
        if outro or len(named) > 1 or found.keys() & set(named):
            raise NarrativeError(
                f"{path}: {title!r} should name one function that no other heading names; "
                "a last section may name none"
            )
        if named:
            found[named[0]] = _section(path, part)
        else:
            outro = _section(path, part)
    if list(found) != [name for name in functions if name in found]:
        raise NarrativeError(f"{path}: order the sections like the functions: {', '.join(found)}")
    return Narrative(_section(path, intro), found, outro)


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    ends = [*starts, len(text)]
    return [text[a:b].strip("\n") for a, b in zip([0, *starts], ends, strict=True)]


def _section(path: Path, text: str) -> Section:
    figures = {}
    for name in dict.fromkeys(_FIGURE.findall(text)):
        figure = path.parent / "figures" / name
        if not figure.is_file():
            raise NarrativeError(f"{path}: there is no figure {figure}")
        figures[name] = base64.b64encode(figure.read_bytes()).decode("ascii")
    return Section(text, figures)
