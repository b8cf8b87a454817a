"""How well mistakes are named that nobody looked at while the dictionary was written.

`python tests/quality/naming.py [ASSIGNMENT ...]` prints every answer in `typical` with the name it
gets. The functions there are called FUNCTION__MISTAKE, with a number where one mistake is spelled
more than once, and with __or__ between two names where both are true.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.course import load_course
from chainrule.judge.answers import Local
from chainrule.judge.cache import recording_of
from chainrule.judge.entries import transcript
from chainrule.judge.grade import SLUGS, Grader
from chainrule.prove.trial import try_all

ROOT = Path(__file__).parents[2]
TYPICAL = Path(__file__).with_name("typical")


@dataclass(frozen=True)
class Told:
    """A typical answer, the mistake it makes (or mistakes), and what a student is told."""

    function: str
    mistakes: tuple[str, ...]
    names: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """Whether the mistake is named rightly, wrongly or not at all."""
        names = [n for n in self.names if n not in SLUGS.values()]
        if names:
            return "rightly" if len(names) == 1 and names[0] in self.mistakes else "wrongly"
        by_engine = bool(TRACES.intersection(self.mistakes)) and bool(self.names)
        return "rightly" if by_engine else "not named"


TRACES = {"argument-changed", "w-changed", "global-generator-seeded"}
"""Mistakes that the engine may name itself, by the trace they leave."""


def typical(assignment: str) -> Iterator[tuple[str, tuple[str, ...], Callable[..., Any]]]:
    """Each typical answer's function, mistake and code."""
    path = TYPICAL / f"{assignment}.py"
    spec = importlib.util.spec_from_file_location(f"typical_{assignment}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, value in list(vars(module).items()):
        function, _, mistake = name.partition("__")
        if callable(value) and mistake:
            names = re.sub(r"__\d+$", "", mistake).replace("_", "-").split("--or--")
            yield function, tuple(names), value


def told(assignment: str, seed: int = 0) -> list[Told]:
    """What the students with the typical answers to an assignment are told."""
    course = load_course(ROOT, only=[assignment])
    chosen = course[assignment]
    grader = Grader(chosen, recording_of(course, chosen, seed, hidden=True))
    return [_told(grader, *answer) for answer in typical(assignment)]


def _told(
    grader: Grader, function: str, mistakes: tuple[str, ...], code: Callable[..., Any]
) -> Told:
    source = Local({**grader.assignment.reference, function: code})
    tried = try_all(grader, function, source, thorough=False)
    failed = tuple(t.check for t in tried.trial.caught_by)
    answers, calls = transcript(tried.bench, grader.batch(function), tried.fetched)
    passed = {f"{function}.{check}": good for check, good in tried.trial.passed.items()}
    named = grader.dictionary(function).name(answers, calls, passed) if failed else None
    names = (named.slug if named else None, tried.trial.trace)
    return Told(function, mistakes, tuple(n for n in names if n), failed)


def main(names: list[str]) -> None:
    """Print what every typical answer gets."""
    count: Counter[str] = Counter()
    for name in names or [p.stem for p in sorted(TYPICAL.glob("*.py"))]:
        for answer in told(name):
            count[answer.verdict] += 1
            made = " or ".join(answer.mistakes)
            print(f"{answer.verdict:9} {answer.function}: {made} -> {answer.names}")
            if not answer.failed:
                print("          PASSES EVERY CHECK")
    print(dict(count))


if __name__ == "__main__":
    main(sys.argv[1:])
