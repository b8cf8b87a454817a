"""nbgrader's way to a notebook's file, made so that no file a student hands in can stop it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict

from ..submissions.disk import on_disk
from ..submissions.model import DEFAULT_LIMITS, Refused
from ..submissions.tree import File
from .cells import Unreadable, read
from .notebook import plain


class Careful(NotebookExporter):
    """Reads any file: what is no notebook becomes an empty one, to be mended and reported."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """The converted notebook of a file."""
        resources = ResourcesDict() if resources is None else resources
        path = Path(filename)
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        try:
            cells = read(load(path))
        except Unreadable:
            self.log.warning("%s is no notebook that can be read", path)
            cells = []
        return self.from_notebook_node(plain(cells), resources, **kw)


def load(path: Path) -> bytes:
    """A file's bytes, unless it is none: a pipe would wait, a link may lead anywhere.

    Raises:
        Unreadable: if it is not an ordinary file of bearable size.
    """
    node = on_disk(path, str(path), DEFAULT_LIMITS)
    if not isinstance(node, File):
        raise Unreadable
    try:
        return node.read(DEFAULT_LIMITS.notebook_bytes)
    except Refused:
        raise Unreadable from None


def whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, whatever was there."""
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as part:
        part.write(data)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(path)
