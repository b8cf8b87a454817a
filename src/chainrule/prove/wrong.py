"""The known mistakes of one function: whether they are caught, and by which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..judge.entries import STATEFUL, Entry, transcript
from ..judge.grade import SLUGS, Grader
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


def try_mistakes(grader: Grader, function: str) -> list[Wrong]:
    """Try every behaviour of every known mistake of a function."""
    dictionary, batch = grader.dictionary(function), grader.batch(function)
    rows = []
    seen: set[str] = set()
    for entry in dictionary.entries:
        slug = entry.mistake.slug if entry.mistake else ""
        tried = try_all(grader, function, entry.source, thorough=slug not in seen)
        seen.add(slug)
        answers, calls = transcript(tried.bench, batch, tried.fetched)
        entry.learn(answers)
        rows.append((entry, tried.trial, answers, calls))
    found = []
    for entry, trial, answers, calls in rows:
        mistake = entry.mistake
        if mistake is None:
            continue
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
    return found


def _choices(entry: Entry) -> str:
    choices: Mapping[str, Any] = getattr(entry.behaviour, "choices", {})
    return "(" + ", ".join(f"{k}={v!r}" for k, v in choices.items()) + ")" if choices else ""
