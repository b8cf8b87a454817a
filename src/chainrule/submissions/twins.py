"""A module and a notebook of one assignment, both handed in: often one is as it was handed out.

Students get both and write in one of them. Where all that one says stands in the other too, the
other is their work. This is told from the text, line by line: nothing of it is parsed or run.
"""

from __future__ import annotations

import re

from .model import Source

_STRINGS = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''", re.DOTALL)
_TO_WRITE = re.compile(r"raise NotImplementedError\b.*")
_DEFINITION = re.compile(r"def (\w+)\(.*")


def written(module: Source, notebook: Source) -> Source | None:
    """The one that holds all the work; ``None`` if each holds some that the other does not."""
    in_module = _lines(module.code.decode("utf-8-sig", "replace"))
    in_notebook = _lines("\n".join(cell.source for cell in notebook.cells))
    if in_notebook <= in_module:
        return module
    return notebook if in_module <= in_notebook else None


def _lines(code: str) -> set[str]:
    """What is said: no docstrings, comments and blank lines, nor that something is to be written.

    Of a definition only the name counts, since parameters may be added.
    """
    lines = (line.strip() for line in _STRINGS.sub("", code).splitlines())
    return {
        _DEFINITION.sub(r"def \1", line)
        for line in lines
        if line and not line.startswith("#") and not _TO_WRITE.fullmatch(line)
    }
