"""Archives as folders: opened in memory, one inside another at most."""

from __future__ import annotations

from .members import grow
from .model import IntakeLimits, Refused
from .tree import File, Folder

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
# Not read, but known as archives: the student is told to make a zip, rather than overlooked.
_FOREIGN = (".rar", ".7z")
_SUFFIXES = (".zip", *_TARS, *_FOREIGN)
# A class of archives, one per student, is an archive of archives; nothing honest goes deeper.
_DEEPEST = 2


def archive_stem(name: str) -> str | None:
    """The name without its suffix if it is an archive's ("ada" for "ada.tar.gz"), else None."""
    small = name.lower()
    suffix = max((suffix for suffix in _SUFFIXES if small.endswith(suffix)), key=len, default=None)
    return None if suffix is None else name[: len(name) - len(suffix)]


def open_archive(file: File, limits: IntakeLimits) -> Folder:
    """The archive's tree, named like the archive without its suffix; or `Refused`."""
    if file.depth >= _DEEPEST:
        raise Refused("is an archive within two others. Hand in the files or one archive.")
    if file.name.lower().endswith(_FOREIGN):
        raise Refused("is an archive of a kind that is not read. Hand in a zip.")
    # Few hand in archives, and the libraries behind them are large.
    from .tars import tar_members  # noqa: PLC0415
    from .zips import zip_members  # noqa: PLC0415

    data = file.read(limits.archive_bytes)
    read = zip_members if file.name.lower().endswith(".zip") else tar_members
    name = archive_stem(file.name) or file.name
    return grow(name, file.path, read(data, limits), file.depth + 1)
