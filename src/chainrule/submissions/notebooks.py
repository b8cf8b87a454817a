"""The code cells of a Jupyter notebook.

Outputs and metadata, such as a claim that it was graded already, are not read.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from .magics import without_magics
from .model import Cell, Refused
from .names import inert

MOST_NOTES = 20
"""How many notes on a notebook anybody reads; the rest are counted."""
_MOST_CELLS = 2000
# What our own notebooks hold for their checks says nothing about the work in them.
_OUR_MAGICS = r"%(?:re)?load_ext\s+chainrule|%check(?:\s.*)?"
_OUR_IMPORTS = r"import chainrule|from chainrule import check"
_OUR_CALLS = r"(?:chainrule\.)?check\((?:['\"]\w*['\"])?(?:,? ?course=['\"][^'\"]*['\"])?\);?"
_MAGICS = re.compile(_OUR_MAGICS)
# Of one line alone: \s would run on over line ends, from every one of them anew.
_IMPORT = re.compile(rf"^[^\S\n]*(?:{_OUR_IMPORTS})[^\S\n]*$", re.MULTILINE)
_ALL = re.compile(f"{_OUR_MAGICS}|{_OUR_IMPORTS}|{_OUR_CALLS}")
_AGAIN = "Open it in Jupyter, save it and hand it in again."


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""


class _Notebook(msgspec.Struct):
    cells: list[_Cell] | None = None
    nbformat: int | None = None


def read_notebook(data: bytes, code_limit: int) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """The cells that hold Python, in order, and notes on what was ignored.

    Args:
        data: the notebook's bytes; most of them may be outputs.
        code_limit: how many characters of code it may hold.
    """
    cells: list[Cell] = []
    notes: list[str] = []
    sources = _code(_decoded(data))
    if len(sources) > _MOST_CELLS:
        raise Refused(f"holds more than {_MOST_CELLS:,} code cells. Hand in less.")
    if sum(map(len, sources)) > code_limit:
        raise Refused(f"holds more than {code_limit:,} characters of code. Hand in less.")
    ours = _ALL if any(map(_IMPORT.search, sources)) else _MAGICS
    for number, source in enumerate(sources, start=1):
        _must_be_text(source, number)
        plain = without_magics(source, ours)
        what = "the line" if plain.source is not None else "the whole cell, which starts with"
        notes += [f"cell {number}: ignored {what} '{_short(line)}'" for line in plain.ignored]
        if plain.source is not None:
            cells.append(Cell(plain.source, number))
    if not sources:
        notes.append("the notebook has no code cells")
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES:] = [f"and {len(notes) - MOST_NOTES} more such lines"]
    return tuple(cells), tuple(notes)


def _decoded(data: bytes) -> _Notebook:
    try:
        return msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8), type=_Notebook)
    except msgspec.ValidationError as error:
        raise Refused(f"is no Jupyter notebook ({inert(str(error))[:200]}). {_AGAIN}") from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Refused(f"is damaged: not valid JSON ({inert(str(error))[:200]}). {_AGAIN}") from None
    except (RecursionError, MemoryError):
        raise Refused(f"is nested too deeply. {_AGAIN}") from None


def _code(notebook: _Notebook) -> list[str]:
    version = notebook.nbformat
    if version is not None and version < 4:
        raise Refused(f"is in the old notebook format {version}. {_AGAIN}")
    if version is None or version > 4:
        known = "an unknown notebook format" if version else "no notebook format"
        raise Refused(f"has {known} (nbformat); 4 is expected. {_AGAIN}")
    if notebook.cells is None:
        raise Refused(f"has no cells. {_AGAIN}")
    return [
        cell.source if isinstance(cell.source, str) else "".join(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def _must_be_text(source: str, number: int) -> None:
    """JSON can spell what Python source cannot hold: NUL and half a surrogate pair."""
    try:
        source.encode()
    except UnicodeEncodeError:
        source = "\0"
    if "\0" in source:
        raise Refused(f"holds characters that are no text in code cell {number}. Delete them.")


def _short(line: str) -> str:
    text = inert(line)
    return text if len(text) <= 60 else text[:59] + "…"
