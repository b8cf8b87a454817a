"""The members of an archive, grown into a tree that is never written to a disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .model import Refused
from .names import inert, inert_name
from .tree import File, Folder, Node, Odd

_LONGEST_PATH = 1000
_DEEPEST_PATH = 32
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """One entry of an archive, as its reader found it."""

    path: str
    size: int = 0
    load: Callable[[int], bytes] | None = None
    """None for a folder."""
    refused: str = ""
    """Why it may not be read, if so."""
    hostile: bool = False


_Branch = dict[str, "Member | _Branch"]


def grow(name: str, shown: str, members: Iterable[Member], depth: int) -> Folder:
    """The tree of an archive called `name`; `Refused` if a member's path is no honest one."""
    root: _Branch = {}
    for member in members:
        parts = honest_parts(member.path)
        if parts:
            _plant(root, parts, member)
    return _folder(name, shown, root, depth)


def honest_parts(path: str) -> list[str]:
    """The components of a member's path, which must lead downwards and nowhere else."""
    if len(path) > _LONGEST_PATH:
        raise Refused(
            f"holds a path of {len(path):,} characters. Pack it again with shorter names."
        )
    parts = [part for part in path.split("/") if part not in ("", ".")]
    astray = path.startswith("/") or ".." in parts or "\\" in path or "\0" in path
    if astray or _DRIVE.match(path):
        raise Refused(
            f"holds a member with an unsafe path, '{inert(path)[:100]}'. "
            "Pack the files again, with plain names below one folder."
        )
    if len(parts) > _DEEPEST_PATH:
        raise Refused(f"holds folders more than {_DEEPEST_PATH} deep. Pack it again with fewer.")
    return parts


def _plant(root: _Branch, parts: list[str], member: Member) -> None:
    branch = root
    for part in parts[:-1]:
        child = branch.setdefault(part, {})
        if isinstance(child, Member):
            branch[part] = _clash(child, "is both a file and a folder in the archive")
            return
        branch = child
    present = branch.get(parts[-1])
    if present is None:
        branch[parts[-1]] = {} if _is_folder(member) else member
    elif isinstance(present, dict) and not _is_folder(member):
        branch[parts[-1]] = _clash(member, "is both a file and a folder in the archive")
    elif isinstance(present, Member):
        branch[parts[-1]] = _clash(present, "is in the archive twice")


def _is_folder(member: Member) -> bool:
    return member.load is None and not member.refused


def _clash(member: Member, what: str) -> Member:
    """Which of the two is meant nobody can say, so neither is read."""
    return Member(
        member.path, refused=f"{what}. Pack it again with one of them.", hostile=member.hostile
    )


def _folder(name: str, shown: str, branch: _Branch, depth: int) -> Folder:
    def listing() -> list[Node]:
        return [
            _node(part, f"{shown}/{inert_name(part)}", child, depth)
            for part, child in branch.items()
        ]

    return Folder(name, shown, listing, depth)


def _node(name: str, shown: str, child: Member | _Branch, depth: int) -> Node:
    if isinstance(child, dict):
        return _folder(name, shown, child, depth)
    if child.refused or child.load is None:
        return Odd(name, shown, child.refused, child.hostile)
    return File(name, shown, child.size, child.load, depth)
