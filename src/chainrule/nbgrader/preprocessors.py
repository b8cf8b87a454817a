"""What stands in nbgrader's list of autograding preprocessors, in place of its own.

`Chainrule` runs a submission in our sandbox and judges it, and `Record` writes that into the
gradebook. Settings are traits: ``c.Chainrule.call_seconds = 5`` in nbgrader_config.py counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Enum, Float, Integer, Unicode

from ..launch.limits import Limits
from .cells import CHECK
from .engine import EngineError, Graded, How, grade
from .exporter import whole
from .gradebook import Told, kernelspec_of, parts_of, tell, told
from .mend import mend
from .notebook import graded, handed_in

GRADES = "grades.json"
"""Lies beside each autograded notebook: what ``chainrule grade`` writes for it."""
_OURS = "chainrule"


class Chainrule(NbGraderPreprocessor):
    """Grades a notebook in place of nbgrader's Execute: no kernel, and no test in reach of it."""

    course = Unicode(
        help="The folder that holds the course's graders and solutions, from the course directory."
    ).tag(config=True)
    seed = Integer(0, help="Decides every generated input.").tag(config=True)
    isolation = Enum(
        ("auto", "namespaces", "landlock+seccomp", "none"), "auto", help="The level asked for."
    ).tag(config=True)
    reveal = Enum(
        ("none", "message", "counterexample"), "message", help="What hidden checks tell."
    ).tag(config=True)
    call_seconds = Float(Limits.call_seconds, help="Wall time of one call.").tag(config=True)
    memory_mb = Integer(Limits.memory_mb, help="Memory of a submission.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Grade what was handed in, mend the notebook, and hand the verdicts on."""
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as book:
            notebook = book.find_notebook(place["notebook"], place["assignment"])
            parts, kernelspec = parts_of(notebook), kernelspec_of(notebook)
        outcome = self._graded(self._path(place, submitted=True))
        whole(self._path(place).with_name(GRADES), outcome.grades)
        mended = mend(handed_in(nb), parts)
        found = told(parts, outcome.result, outcome.reason, mended.notes)
        resources[_OURS] = found
        self._log(place, found, outcome)
        return graded(mended, found, kernelspec), resources

    def _graded(self, path: Path) -> Graded:
        try:
            return grade(path, self._how())
        except EngineError as error:
            raise NbGraderException(f"nothing can be graded: {error}") from error

    def _how(self) -> How:
        if not self.course:
            raise NbGraderException(
                "nbgrader_config.py does not say where the course is: "
                "set c.Chainrule.course to the folder that holds graders/ and solutions/"
            )
        folder = Path(self._coursedir.root, self.course)
        return How(
            folder, self.seed, self.isolation, self.reveal, self.call_seconds, self.memory_mb
        )

    @property
    def _coursedir(self) -> Any:
        """nbgrader's converter owns the exporter, which owns its preprocessors."""
        return self.parent.parent.coursedir

    def _path(self, place: Any, submitted: bool = False) -> Path:
        """Where a notebook lies: as it was handed in, or as it will be when it is graded."""
        where = self._coursedir
        step = where.submitted_directory if submitted else where.autograded_directory
        folder = where.format_path(step, place["student"], place["assignment"])
        return Path(folder, f"{place['notebook']}.ipynb")

    def _log(self, place: Any, found: Told, outcome: Graded) -> None:
        who = f"{place['assignment']} of {place['student']}"
        for name, notes in found.notes.items():
            self.log.warning("%s, cell %s: %s", who, name, " ".join(notes))
        scores = [v.score for v in found.verdicts.values()]
        if None in scores:
            self.log.error("%s is NOT GRADED and waits for a person: %s", who, outcome.reason)
        else:
            self.log.info("%s: %.2f points", who, sum(s for s in scores if s is not None))


class Record(SaveAutoGrades):
    """Writes the verdicts into the gradebook; cells that are not ours are nbgrader's as ever."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Write down what `Chainrule` found, in one transaction."""
        place, found = resources["nbgrader"], resources[_OURS]
        self.notebook_id, self.assignment_id = place["notebook"], place["assignment"]
        self.student_id, self.db_url = place["student"], place["db_url"]
        self.gradebook = Gradebook(self.db_url)
        with self.gradebook:
            for cell in nb.cells:
                self._by_hand(cell, found, resources)
            submitted = self.gradebook.find_submission_notebook(
                self.notebook_id, self.assignment_id, self.student_id
            )
            tell(submitted, found)
            self.gradebook.db.commit()
        return nb, resources

    def _by_hand(self, cell: Any, found: Told, resources: Any) -> None:
        """What a person grades, and has a comment: nbgrader knows what to do with it."""
        check = f"{CHECK}{cell.metadata.get('nbgrader', {}).get('grade_id')}"
        if utils.is_grade(cell) and utils.is_solution(cell):
            self._add_score(cell, resources)
        if check not in found.verdicts and (utils.is_solution(cell) or utils.is_task(cell)):
            self._add_comment(cell, resources)
