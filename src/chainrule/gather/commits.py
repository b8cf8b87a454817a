"""When a clone was handed in: its last commit's time, read without trusting the clone.

A clone's own settings can name programs for git to run. So its objects are read from a fresh, empty
repository whose settings are ours, and its HEAD is resolved here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)
_MOST = 1_000_000
# What git may allocate at a time: the little that a commit is made of can be packed as its
# difference to something large.
_ALLOCATED = "64m"


def committed(clone: Path) -> float | None:
    """Seconds since 1970 of the commit that is checked out; None where that cannot be told."""
    folder = clone / ".git"
    git = shutil.which("git")
    if git is None or folder.is_symlink() or not (folder / "objects").is_dir():
        return None
    commit = _head(folder)
    if commit is None:
        return None
    found = _COMMITTER.search(_read(git, folder / "objects", commit).partition(b"\n\n")[0])
    return float(found[1]) if found else None


def _head(folder: Path) -> str | None:
    text = _text(folder / "HEAD")
    if not text.startswith("ref: refs/"):
        return text if _OBJECT.fullmatch(text) else None
    name = text.removeprefix("ref: ")
    if ".." in name.split("/"):
        return None
    loose = _text(folder / name)
    if _OBJECT.fullmatch(loose):
        return loose
    packed = re.search(rf"(?m)^([0-9a-f]+) {re.escape(name)}$", _text(folder / "packed-refs"))
    return packed[1] if packed and _OBJECT.fullmatch(packed[1]) else None


def _text(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST:
            return ""
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _read(git: str, objects: Path, commit: str) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": empty,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOC_LIMIT": _ALLOCATED,
        }
        try:
            _run([git, "init", "--quiet", "--bare", empty], environment)
            environment |= {"GIT_DIR": empty, "GIT_OBJECT_DIRECTORY": str(objects.resolve())}
            # Asked before it is unpacked: packed, hundreds of megabytes are a few kilobytes.
            if int(_run([git, "cat-file", "-s", commit], environment)) > _MOST:
                return b""
            return _run([git, "cat-file", "commit", commit], environment)
        except (OSError, subprocess.SubprocessError, ValueError):
            return b""


def _run(command: list[str], environment: dict[str, str]) -> bytes:
    done = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=20)
    return done.stdout
