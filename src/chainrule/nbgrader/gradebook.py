"""nbgrader's gradebook, through its own API: what it knows of a notebook, and what we tell it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..results import SubmissionResult
from .cells import CHECK, Part
from .verdicts import Verdict, comment, open_verdict, verdicts


@dataclass(frozen=True)
class Told:
    """What is to be written down of a submission.

    Args:
        verdicts: by the name of the grade cell.
        notes: what had to be mended, by the name of the cell.
        remarks: what else a person should know.
    """

    verdicts: Mapping[str, Verdict]
    notes: Mapping[str, Sequence[str]]
    remarks: Sequence[str] = ()


def parts_of(notebook: Any) -> list[Part]:
    """The cells that the gradebook knows of a released notebook, in its order."""
    graded = {cell.name: cell for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    return [
        Part(
            cell.name,
            cell.cell_type,
            cell.source or "",
            cell.checksum,
            bool(cell.locked),
            cell.name in graded and cell.name not in tasks,
            cell.name in solutions,
            cell.name in tasks,
            float(graded[cell.name].max_score) if cell.name in graded else None,
        )
        for cell in notebook.source_cells
    ]


def kernelspec_of(notebook: Any) -> dict[str, Any]:
    """The kernel of a released notebook."""
    found = json.loads(notebook.kernelspec or "{}")
    return found if isinstance(found, dict) else {}


def told(
    parts: Sequence[Part],
    result: SubmissionResult | None,
    reason: str,
    notes: Mapping[str, Sequence[str]],
) -> Told:
    """A verdict for each cell that the gradebook scores by itself, open where there is none.

    Args:
        parts: the cells of the release.
        result: the submission's, if it was graded.
        reason: why it was not.
        notes: what had to be mended, by cell.
    """
    found = verdicts(result) if result is not None else {}
    fitting = {p.name: _fitting(p, found, reason) for p in parts if is_scored(p)}
    remarks = list(result.notes) if result is not None else []
    # A cell in which nobody writes has no comment in the gradebook.
    remarks += [f"{p.name}: {note}" for p in parts if p.given for note in notes.get(p.name, ())]
    return Told(fitting, notes, remarks)


def is_scored(part: Part) -> bool:
    """Whether a cell gets its score from a machine."""
    return part.grade and not part.solution


def _fitting(part: Part, found: Mapping[str, Verdict], reason: str) -> Verdict:
    points = part.points or 0.0
    verdict = found.get(part.exercise)
    if verdict is None:
        return open_verdict(points, reason or f"the course has no exercise {part.exercise}")
    if abs(verdict.max_score - points) > 1e-9:
        return open_verdict(
            points,
            f"it is worth {points:g} points in the gradebook and {verdict.max_score:g} in the "
            "course; write the source notebook and run nbgrader generate_assignment again",
        )
    return verdict


def tell(submitted: Any, found: Told) -> None:
    """Set the scores and comments of a submitted notebook; what people set stays as it is.

    Args:
        submitted: nbgrader's SubmittedNotebook.
        found: what to set; cells that are not named keep what they have.
    """
    for grade in submitted.grades:
        verdict = found.verdicts.get(grade.name)
        if verdict is not None:
            _set_score(grade, verdict.score)
    for said in submitted.comments:
        verdict = found.verdicts.get(f"{CHECK}{said.name}")
        if verdict is not None or said.name in found.notes:
            said.auto_comment = comment(verdict, found.notes.get(said.name, ()))


def _set_score(grade: Any, score: float | None) -> None:
    """Set what the grader found; a person looks again where that is new to their own score."""
    review = grade.needs_manual_grade or grade.auto_score != score
    grade.needs_manual_grade = score is None or (grade.manual_score is not None and review)
    grade.auto_score = score
