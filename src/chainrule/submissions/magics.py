"""What IPython adds to Python (`%magics`, `!shell`, `help?`) taken out of a notebook's cell.

Only at the start of a statement is `%` such a line; inside a string, an open bracket or after a
backslash it is Python. So the cell is followed line by line, just closely enough to know which of
these it is in. Lines keep their numbers: a traceback must point to the line that the student sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(
    r"""
        [%!?]                             # %matplotlib inline, !ls, ?np.dot
      | [\w.,\ ]+=\s*(?:!|%\w)            # files = !ls
      | %{0,2}[A-Za-z_][\w.]*\?{1,2}\s*$  # np.dot?
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"%%(\w+)")
# Cell magics whose cell is Python all the same; any other may be in any language.
_PYTHON = frozenset({"time", "timeit", "capture", "prun"})
_OPENING = re.compile(r"""\"\"\"|'''|["'#()\[\]{}]""")
_CLOSING = {quote: re.compile(rf"\\.|{quote}", re.DOTALL) for quote in ('"', "'", '"' * 3, "'" * 3)}


@dataclass(frozen=True)
class Plain:
    """A cell without magics: what is left, and what was ignored."""

    source: str | None
    """None when the cell as a whole is not Python."""
    ignored: tuple[str, ...]


def without_magics(source: str, quiet: re.Pattern[str] | None = None) -> Plain:
    """The Python of a cell.

    Args:
        source: the cell.
        quiet: what lines are taken out as well, or without a word, at the start of a statement.
    """
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL.match(lines[first].lstrip())
    if magic and magic[1] not in _PYTHON:
        return Plain(None, (lines[first].strip(),))
    kept, ignored, state = [], [], _Statement()
    for line in lines:
        if quiet and not state.ignoring and state.at_start and quiet.fullmatch(line.strip()):
            kept.append(_blank(line))
        elif state.ignoring or (state.at_start and _LINE.match(line.lstrip())):
            ignored.append(line.strip())
            # A magic runs on after a backslash, too.
            state.ignoring = line.rstrip().endswith("\\")
            kept.append(_blank(line))
        else:
            state.read(line)
            kept.append(line)
    return Plain("\n".join(kept), tuple(ignored))


def _blank(line: str) -> str:
    """Nothing, of the same indentation: `pass` where a block may need a statement.

    At the margin no block does, and an empty line leaves `from __future__` its place at the top.
    """
    indentation = line[: len(line) - len(line.lstrip())]
    return f"{indentation}pass" if indentation else ""


@dataclass
class _Statement:
    """Where in a statement the lines read so far have led."""

    quote: str = ""
    depth: int = 0
    continued: bool = False
    ignoring: bool = field(default=False)

    @property
    def at_start(self) -> bool:
        return not self.quote and not self.depth and not self.continued

    def read(self, line: str) -> None:
        self.continued = False
        line = line.rstrip("\r")
        at = 0
        while at < len(line):
            at = self._within_string(line, at) if self.quote else self._outside(line, at)
        backslashes = len(line) - len(line.rstrip("\\"))
        if len(self.quote) == 1:
            self.quote = self.quote if backslashes % 2 else ""

    def _within_string(self, line: str, at: int) -> int:
        for found in _CLOSING[self.quote].finditer(line, at):
            if found[0] == self.quote:
                self.quote = ""
                return found.end()
        return len(line)

    def _outside(self, line: str, at: int) -> int:
        found = _OPENING.search(line, at)
        if found is None:
            self.continued = line.endswith("\\")
            return len(line)
        mark = found[0]
        if mark == "#":
            return len(line)
        if mark[0] in "\"'":
            self.quote = mark
        else:
            self.depth = max(0, self.depth + (1 if mark in "([{" else -1))
        return found.end()
