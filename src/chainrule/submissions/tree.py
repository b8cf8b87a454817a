"""Files and folders as values, whether they lie on a disk or in an archive.

Folders list and files load only when asked: most of what lies around a submission is never touched.
Both may raise `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .model import Refused
from .names import ignored


@dataclass(frozen=True)
class File:
    """A regular file."""

    name: str
    path: str
    """As shown to people: inert, and starting with what they typed."""
    size: int
    load: Callable[[int], bytes]
    """Load at most that many bytes."""
    depth: int = 0
    """How many archives it lies in."""

    def read(self, limit: int) -> bytes:
        """All of its bytes, or `Refused` when there are more than `limit`."""
        data = b"" if self.size > limit else self.load(limit + 1)
        if self.size > limit or len(data) > limit:
            raise Refused(f"is too large: more than {limit:,} bytes. Hand in a smaller file.")
        return data


@dataclass(frozen=True)
class Odd:
    """Something in the place of a file or folder that is neither, or not to be trusted."""

    name: str
    path: str
    reason: str
    hostile: bool = False
    """No honest tool puts it into an archive of exercises; the submission around it is refused."""


@dataclass(frozen=True)
class Folder:
    """A folder."""

    name: str
    path: str
    listing: Callable[[], list[Node]]
    depth: int = 0

    @cached_property
    def everything(self) -> tuple[Node, ...]:
        """Its entries by name, hidden ones included."""
        return tuple(sorted(self.listing(), key=lambda node: node.name))

    @property
    def entries(self) -> list[Node]:
        """Its entries by name, without what nobody handed in on purpose."""
        return [node for node in self.everything if not ignored(node.name)]

    @property
    def files(self) -> list[File]:
        """Its regular files."""
        return [node for node in self.entries if isinstance(node, File)]

    @property
    def folders(self) -> list[Folder]:
        """Its sub-folders."""
        return [node for node in self.entries if isinstance(node, Folder)]


Node = File | Folder | Odd


def walk(folder: Folder) -> Iterator[Node]:
    """Every node below a folder. For archives: they are in memory and bounded, a disk is not."""
    waiting: list[Node] = [folder]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Folder):
            waiting.extend(node.everything)
