"""The known mistakes of one function: whether they are caught, and by which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..judge.entries import STATEFUL, Entry, Transcript, transcript
from ..judge.grade import SLUGS, Grader
from .apart import Apart, told_apart
from .trial import Trial, try_all


@dataclass(frozen=True)
class Wrong:
    """One behaviour of a known mistake, tried.

    Args:
        function: which it is an answer to.
        slug: the mistake.
        choices: the behaviour among those of the mistake.
        family: the mistake's kind.
        trial: how the checks took it.
        names: what the student is told that it is.
        alike: other mistakes with the same answers on every recorded input.
    """

    function: str
    slug: str
    choices: str
    family: str
    trial: Trial
    names: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What names it in a report."""
        return f"{self.function}.{self.slug}{self.choices}"

    @property
    def verdict(self) -> str:
        """Whether it is named rightly, wrongly or not at all.

        What the engine says of a trace is a fact, and the name only of a mistake of that family.
        """
        told = [n for n in self.names if n not in SLUGS.values()]
        if told:
            return "rightly" if told == [self.slug] else "wrongly"
        return "rightly" if self.names and self.family == STATEFUL else "not named"


def try_mistakes(grader: Grader, function: str) -> tuple[list[Wrong], list[Apart]]:
    """Try every behaviour of every known mistake of a function, and see what tells them apart."""
    dictionary, batch = grader.dictionary(function), grader.batch(function)
    rows = []
    first: dict[str, Transcript] = {}
    for entry in dictionary.entries:
        if entry.mistake is None:
            continue
        slug = entry.mistake.slug
        tried = try_all(grader, function, entry.source, thorough=slug not in first)
        answers, calls = transcript(tried.bench, batch, tried.fetched)
        first.setdefault(slug, answers)
        entry.learn(answers)
        rows.append((entry, entry.mistake, tried.trial, answers, calls))
    found = []
    for entry, mistake, trial, answers, calls in rows:
        named = None
        if not all(trial.passed.values()):
            passed = {f"{function}.{check}": good for check, good in trial.passed.items()}
            named = dictionary.name(answers, calls, passed)
        names = [n for n in (named.slug if named else None, trial.trace) if n is not None]
        others: set[str] = set()
        if named is None or named.slug != mistake.slug:  # else it was found to be the only one
            wrong = dictionary.wrong(answers)
            others = {m.slug for m in dictionary.alike(answers, wrong)} if wrong else set()
        found.append(
            Wrong(
                function,
                mistake.slug,
                _choices(entry),
                mistake.family,
                trial,
                tuple(names),
                tuple(sorted(others - {mistake.slug})),
            )
        )
    return found, list(told_apart(batch, first))


def _choices(entry: Entry) -> str:
    choices: Mapping[str, Any] = getattr(entry.behaviour, "choices", {})
    return "(" + ", ".join(f"{k}={v!r}" for k, v in choices.items()) + ")" if choices else ""
