"""Machine-made mutants of one function, each in a worker, and those known to be equivalent."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..course import CourseError
from ..judge.answers import Lost
from ..judge.grade import Grader
from ..judge.session import Launcher, Session
from ..launch.limits import Limits
from ..worker import wire
from .mutants import Mutant, mutants
from .trial import Trial, try_all

LIMITS = Limits(import_seconds=10, call_seconds=3, submission_seconds=20, cpu_seconds=30, deaths=1)
"""A mutant that loops for ever is found out soon: a right answer needs a tenth of this."""
EQUIVALENT = Path("graders") / "equivalent_mutants.toml"


@dataclass(frozen=True)
class Made:
    """A mutant, tried.

    Args:
        key: what names it.
        function: where its change is.
        caught_by: the checks of this function that fail; of another one if none of its own does.
    """

    key: str
    function: str
    caught_by: tuple[str, ...]


def try_mutants(grader: Grader, function: str, source: str, launcher: Launcher) -> list[Made]:
    """Try every mutant of a function that survives compilation."""
    name = grader.assignment.name
    return [
        Made(m.key, function, _caught_by(grader, m, launcher))
        for m in mutants(name, source, function)
    ]


def _caught_by(grader: Grader, mutant: Mutant, launcher: Launcher) -> tuple[str, ...]:
    cell = wire.Cell(f"{mutant.module}.py", mutant.source.encode())
    session = Session(launcher, mutant.module, [cell])
    try:
        if isinstance(session.loaded, Lost) or session.loaded.errors:
            return ("import",)
        others = [f.name for f in grader.assignment.functions if f.name != mutant.function]
        for function in (mutant.function, *others):
            trial = try_all(grader, function, session, thorough=False).trial
            if trial.caught_by:
                return _names(function, trial)
        return ()
    finally:
        session.close()


def _names(function: str, trial: Trial) -> tuple[str, ...]:
    return tuple(f"{function}.{t.check}" for t in trial.caught_by)


def equivalent(course: Path) -> dict[str, str]:
    """The mutants that a person found to be equivalent, with the reasons."""
    path = course / EQUIVALENT
    if not path.exists():
        return {}
    try:
        groups = tomllib.loads(path.read_text("utf-8")).get("equivalent", [])
        return {str(key): str(group["reason"]) for group in groups for key in group["mutants"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(f"{path} cannot be read: {error!r}") from error
