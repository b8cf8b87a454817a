"""Files and folders of the disk, read so that nothing there can make the reader wait or stray.

A FIFO blocks whoever opens it, a device may do anything, and a link in a submission may point to
the teacher's solutions: so every entry is looked at (lstat) before it is opened, is opened without
following links or blocking, and is looked at again (fstat) once it is open.
"""

from __future__ import annotations

import itertools
import os
import stat
from functools import partial
from pathlib import Path

from .model import IntakeLimits, Refused
from .names import inert, inert_name
from .tree import File, Folder, Node, Odd

# Windows has neither; there, nothing but the two looks protects.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_CAREFUL |= getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def on_disk(path: Path, shown: str, limits: IntakeLimits) -> Node:
    """What lies at `path`; a link is followed only if it stays inside its own folder."""
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            return _behind_link(path, shown)
    except (OSError, ValueError, RuntimeError) as error:
        return Odd(path.name, shown, unreadable(error))
    return _node(path, path.name, shown, status, limits)


def _node(path: Path, name: str, shown: str, status: os.stat_result, limits: IntakeLimits) -> Node:
    if stat.S_ISDIR(status.st_mode):  # of ten thousand students each waits for its turn as text
        return Folder(name, shown, partial(_listing, str(path), shown, limits))
    if stat.S_ISREG(status.st_mode):
        return File(name, shown, status.st_size, partial(_load, path, status))
    return Odd(name, shown, f"{describe(status.st_mode)} Put an ordinary file in its place.")


def describe(mode: int) -> str:
    """What a file of this mode is, as the sentence that refuses it."""
    return f"is {_KINDS.get(stat.S_IFMT(mode), 'neither a file nor a folder')}, not a file."


def _behind_link(path: Path, shown: str) -> Node:
    """The file behind a link, if that lies below the folder which holds the link.

    Any other target may be another student's work or the solution. Folders are never entered
    through a link: `ada -> bob` would grade bob twice.
    """
    target = path.resolve(strict=True)
    status = os.lstat(target)
    if not target.is_relative_to(path.parent.resolve()):
        reason = "is a link that leads out of its folder. Put the file itself there."
        return Odd(path.name, shown, reason)
    if not stat.S_ISREG(status.st_mode):
        return Odd(path.name, shown, "is a link, not to a file. Put the real one there.")
    return File(path.name, shown, status.st_size, partial(_load, target, status))


def _listing(place: str, shown: str, limits: IntakeLimits) -> list[Node]:
    path = Path(place)
    try:
        with os.scandir(path) as found:
            names = [entry.name for entry in itertools.islice(found, limits.entries + 1)]
    except OSError as error:
        raise Refused(unreadable(error)) from None
    if len(names) > limits.entries:
        raise Refused(f"holds more than {limits.entries:,} files. Remove what is not needed.")
    return [on_disk(path / name, f"{shown}/{inert_name(name)}", limits) for name in names]


def _load(path: Path, seen: os.stat_result, limit: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | _CAREFUL)
        with os.fdopen(descriptor, "rb") as stream:
            now = os.fstat(stream.fileno())
            if not stat.S_ISREG(now.st_mode) or not os.path.samestat(now, seen):
                raise Refused("changed while it was read. Grade again.")
            return stream.read(limit)
    except OSError as error:
        raise Refused(unreadable(error)) from None


def unreadable(error: Exception) -> str:
    """The sentence for something that the system does not let us read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"could not be read ({inert(why)}). Make it readable and grade again."
