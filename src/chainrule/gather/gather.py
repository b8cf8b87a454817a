"""Everything that was handed in, by student: nothing is written here, and nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..submissions.archives import archive_stem, open_archive
from ..submissions.disk import on_disk
from ..submissions.model import DEFAULT_LIMITS, IntakeLimits, Refused, UsageError
from ..submissions.names import folded, ignored, inert, looks_like_code
from ..submissions.timestamps import handed_in
from ..submissions.tree import File, Folder, Node, Odd
from .commits import committed
from .conventions import Who, clone, common_prefix, downloaded, system_of, unversioned

_DEEPEST = 3


@dataclass(frozen=True)
class Handed:
    """One file that a student handed in.

    Args:
        place: its folders and name within the student's own folder.
        version: which re-submission of it this is.
        time: seconds since 1970, where it is known.
    """

    who: Who
    place: tuple[str, ...]
    version: int
    file: File
    time: float | None
    late: bool


@dataclass
class Gathered:
    """What the sources hold."""

    files: list[Handed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def gather(
    sources: Sequence[Path],
    assignments: Sequence[str],
    *,
    prefix: str | None = None,
    due: float | None = None,
    limits: IntakeLimits = DEFAULT_LIMITS,
) -> Gathered:
    """Read downloads and folders of clones.

    Args:
        sources: folders or archives.
        assignments: the names by which a re-submission is told from another file.
        prefix: what the names of clones start with; found out where it is ``None``.
        due: when it had to be handed in, in seconds since 1970.
        limits: how much is read.

    Raises:
        UsageError: a source does not exist or is no folder or archive.
    """
    found = Gathered()
    for source in sources:
        _Source(found, source, assignments, prefix, due, limits).read()
    _refuse_shared(found)
    return found


def _refuse_shared(found: Gathered) -> None:
    """Collect nothing under an id that goes with two names: whose it is cannot be told."""
    names: dict[str, dict[str, str]] = {}
    for handed in found.files:
        names.setdefault(handed.who.key, {})[folded(handed.who.name)] = handed.who.name
    shared = {key: list(called.values()) for key, called in names.items() if len(called) > 1}
    for key, called in shared.items():
        both = " and ".join(f"'{inert(name)}'" for name in called)
        found.problems.append(
            f"{key} was not collected: it goes with the names {both}; see whose the files are and "
            "rename them or collect them by themselves"
        )
    found.files = [handed for handed in found.files if handed.who.key not in shared]


@dataclass
class _Source:
    found: Gathered
    path: Path
    assignments: Sequence[str]
    prefix: str | None
    due: float | None
    limits: IntakeLimits

    def read(self) -> None:
        folder = self._folder()
        who = system_of([node.name for node in folder.everything])
        plain = [n for n in folder.folders if downloaded(n.name) is None]
        prefix = common_prefix([n.name for n in plain]) if self.prefix is None else self.prefix
        if prefix and plain:
            said = f"{inert(str(self.path))}: what follows '{inert(prefix)}' is the student"
            self.found.notes.append(f"{said} (--prefix names another)")
        for node in folder.everything:
            if ignored(node.name) and downloaded(node.name) is None:
                continue
            try:
                self._take(node, who, prefix)
            except Refused as refusal:
                self.found.problems.append(f"{node.path} {refusal}")

    def _folder(self) -> Folder:
        shown = inert(str(self.path))
        if not self.path.exists():
            raise UsageError(f"{shown} does not exist; check the path")
        node = on_disk(self.path.resolve(), shown, self.limits)
        if isinstance(node, Folder):
            return node
        if isinstance(node, File) and archive_stem(node.name) is not None:
            try:
                return open_archive(node, self.limits)
            except Refused as refusal:
                raise UsageError(f"{shown} {refusal}") from refusal
        raise UsageError(f"{shown} is neither a folder nor an archive of what was handed in")

    def _take(self, node: Node, system: Callable[[str], Who | None], prefix: str) -> None:
        who = system(node.name)
        if isinstance(node, Odd):
            raise Refused(node.reason)
        if who is None and downloaded(node.name) is not None:
            raise Refused(
                "was not collected: it is called as another system would than most that lies "
                "there. Collect it by itself."
            )
        if isinstance(node, Folder):
            self._take_folder(node, who, prefix)
        elif who is None:
            self.found.problems.append(
                f"{node.path} was not collected: its name tells no student; rename it as "
                "its system would have"
            )
        else:
            self._take_file(node, who, (who.file,), None)

    def _take_folder(self, folder: Folder, who: Who | None, prefix: str) -> None:
        if who is None and not folder.name.startswith(prefix):
            raise Refused(f"was not collected: its name does not start with '{inert(prefix)}'.")
        time = committed(self.path / folder.name) if self.path.is_dir() else None
        who = who or clone(folder.name, prefix)
        before = len(self.found.files)
        for place, node, at in _walk(folder, time):
            if isinstance(node, Odd):
                self.found.problems.append(f"{node.path} {node.reason}")
            elif isinstance(node, File):
                self._take_file(node, who, place, at)
        if len(self.found.files) == before:
            raise Refused("holds no module, notebook or archive.")

    def _take_file(self, file: File, who: Who, place: tuple[str, ...], time: float | None) -> None:
        *above, last = place
        name, version = unversioned(last, self.assignments)
        if not looks_like_code(name) and archive_stem(name) is None:
            return
        late = who.late or (self.due is not None and time is not None and time > self.due)
        self.found.files.append(Handed(who, (*above, name), version, file, time, late))


def _walk(
    folder: Folder, time: float | None, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Node, float | None]]:
    """What lies in a student's folder, not far down, and its time; hidden files excepted."""
    own, _ = handed_in(folder)
    time = time if own is None else own
    for node in folder.entries:
        place = (*above, node.name)
        if not isinstance(node, Folder):
            yield place, node, time
        elif len(place) < _DEEPEST:
            yield from _walk(node, time, place)
