"""Names that strangers chose: which to ignore, how to show them, what they were meant to be."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

SUFFIXES = {".py": "module", ".ipynb": "notebook"}

_IGNORED = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})
_LONGEST_NAME = 100
# Of a folder's name: file systems take 255 bytes, and a number may be put behind it.
_LONGEST_FOLDER = 200
# What people and browsers append: " (1)", "_final", "-v2", " - Copy", "copy of ".
_DECORATION = re.compile(
    r"\(\d+\)|(?<![a-z])(final|copy|of|new|old|version|my|v\d+)(?![a-z])|[\W\d_]+"
)


def ignored(name: str) -> bool:
    """Whether an editor, the system or Python put it there, rather than the student."""
    return name.startswith(".") or name in _IGNORED


def inert(text: str) -> str:
    """The text on one line with nothing in it that a terminal, a log or a page would obey.

    Control characters, bidi marks, surrogates and odd spaces are not printable in Python's sense.
    """
    if text.isprintable():  # nearly always; a class has tens of thousands of names
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def inert_name(name: str) -> str:
    """The same for one component of a path: never empty, never `.` or `..`, no separator in it.

    A backslash is escaped too, so that two different names can hardly become one.
    """
    text = unicodedata.normalize("NFC", name).strip()
    text = "".join(_escaped(char) if char in "\\/" else char for char in text)
    text = inert(text)
    if not text.strip("."):
        text = "".join(map(_escaped, text)) or "(unnamed)"
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def folder_name(name: str) -> str:
    """The same as a folder of our own making: visible, and fit for Windows with its separators."""
    text = re.sub(r'[<>:"|?*\\]', "_", inert_name(name))
    if len(text.encode()) > _LONGEST_FOLDER:
        text = text.encode()[:_LONGEST_FOLDER].decode(errors="ignore") + "…"
    text = text.rstrip(". ") or "_"
    return f"_{text}" if ignored(text) else text


def inert_path(path: str) -> str:
    """A path as the user wrote it, separators kept."""
    return inert(path)


def folded(name: str) -> str:
    """Equal for two names that one file system or another takes for the same."""
    return unicodedata.normalize("NFC", name).casefold()


def assignment_of(filename: str, assignments: Sequence[str]) -> str | None:
    """The assignment whose module or notebook is called exactly this."""
    for suffix in SUFFIXES:
        stem = filename.removesuffix(suffix)
        if stem != filename and stem in assignments:
            return stem
    return None


def looks_like_code(filename: str) -> bool:
    """Whether it is a module or a notebook by its name, however the suffix is spelt."""
    return _split(filename) is not None


def near_miss(filename: str, assignments: Sequence[str]) -> str | None:
    """The file name that was probably meant: "neuron.py" for "nueron.py"."""
    split = _split(filename)
    if split is None:
        return None
    stem, suffix = split
    keys = {_key(assignment): assignment for assignment in assignments}
    close = difflib.get_close_matches(_key(stem), keys, n=1, cutoff=0.65)
    within = [key for key in keys if key in _key(stem)]
    best = max(within, key=len) if within else (close[0] if close else None)
    return None if best is None else keys[best] + suffix


def _split(filename: str) -> tuple[str, str] | None:
    """Stem and suffix in small letters; browsers add the .txt of "losses.py.txt"."""
    name = filename[-_LONGEST_NAME:].lower().removesuffix(".txt").rstrip()
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix), suffix
    return None


def _key(stem: str) -> str:
    """The letters of a name that carry its meaning."""
    return _DECORATION.sub("", stem.lower())
