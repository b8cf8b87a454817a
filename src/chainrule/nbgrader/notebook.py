"""Notebooks as nbformat has them, made of cells that are plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode, v4

from .cells import Handed, block
from .gradebook import Told
from .harmless import bounded, harmless
from .mend import Cell, Mended
from .verdicts import Verdict, outputs

_ID = "cell-{}"
_LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


def plain(cells: Sequence[Handed]) -> NotebookNode:
    """What was handed in, as a notebook; of nbgrader's metadata only the names."""
    return _notebook(_cell(n, cell) for n, cell in enumerate(bounded(cells)))


def handed_in(notebook: NotebookNode) -> list[Handed]:
    """The cells of a notebook that `plain` made."""
    return [
        Handed(
            cell.cell_type,
            cell.source,
            cell.metadata.get("nbgrader", {}).get("grade_id"),
            cell.get("attachments", {}),
        )
        for cell in notebook.cells
    ]


def graded(mended: Mended, told: Told, kernelspec: Mapping[str, Any] | None = None) -> NotebookNode:
    """The mended notebook, with what the grader says as the outputs of its grade cells.

    Args:
        mended: the cells.
        told: the verdicts, and what a person should know of the whole.
        kernelspec: as the gradebook knows it.
    """
    notes = [_cell("notes", _remarks(told.remarks))] if told.remarks else []
    names = frozenset(cell.part.name for cell in mended.cells if cell.part)
    handed = bounded([cell.handed for cell in mended.cells])
    shown = (replace(cell, handed=h) for cell, h in zip(mended.cells, handed, strict=True))
    cells = (_graded(n, cell, told.verdicts, names) for n, cell in enumerate(shown))
    made = _notebook([*notes, *cells])
    if kernelspec:
        made.metadata.kernelspec = NotebookNode(kernelspec)
    return made


def _notebook(cells: Iterable[NotebookNode]) -> NotebookNode:
    made = v4.new_notebook(cells=list(cells), metadata={"language_info": _LANGUAGE})
    made.nbformat_minor = 5
    return made


def _remarks(remarks: Sequence[str]) -> Handed:
    said = block("\n".join(remarks))
    return Handed("markdown", f"Notes on this notebook:\n\n{said}")


def _graded(
    number: int, cell: Cell, verdicts: Mapping[str, Verdict], names: frozenset[str]
) -> NotebookNode:
    part, handed = cell.part, cell.handed
    if part is None:
        unnamed = Handed(handed.cell_type, handed.source, None, handed.attachments)
        return _cell(number, unnamed, names)
    made = _cell(number, handed, names)
    made.metadata.nbgrader = NotebookNode(part.metadata)
    verdict = verdicts.get(part.name)
    if part.grade and not part.solution and verdict is not None and made.cell_type == "code":
        made.outputs = [NotebookNode(output) for output in outputs(verdict)]
    return made


def _cell(number: int | str, handed: Handed, names: frozenset[str] = frozenset()) -> NotebookNode:
    named = {} if handed.name is None else {"nbgrader": {"grade_id": handed.name}}
    shared = {"id": _ID.format(number), "metadata": named}
    if handed.cell_type == "code":
        return v4.new_code_cell(handed.source, **shared)
    if handed.cell_type == "raw":
        return v4.new_raw_cell(handed.source, **shared)
    pictures = {"attachments": handed.attachments} if handed.attachments else {}
    return v4.new_markdown_cell(
        harmless(handed.source, tuple(sorted(handed.attachments)), names), **shared, **pictures
    )
