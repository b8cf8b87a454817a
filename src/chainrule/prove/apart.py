"""Which checks tell two known mistakes apart, so that each can be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from ..judge.batch import Batch
from ..judge.entries import Transcript, same

Apart = tuple[str, tuple[str, str]]
"""A check, and two mistakes that only its inputs tell apart."""


def owners(batch: Batch) -> list[frozenset[str]]:
    """For each answer of a transcript, the checks that ask for it."""
    asked: dict[int, set[str]] = {}
    for (check, _), numbers in batch.places.items():
        for number in numbers:
            asked.setdefault(number, set()).add(check)
    planned = [frozenset(asked[number]) for number in batch.own]
    return planned + [frozenset({check.full_name}) for check, _ in batch.live]


def told_apart(batch: Batch, answers: Mapping[str, Transcript]) -> Iterator[Apart]:
    """Each check whose inputs alone tell two mistakes apart, and the two.

    Args:
        batch: the calls.
        answers: a behaviour's answers to them, by the name of its mistake.
    """
    asked = owners(batch)
    for (one, first), (other, second) in combinations(answers.items(), 2):
        check = _only(asked, first, second)
        if check is not None:
            yield check, (one, other)


def _only(asked: Sequence[frozenset[str]], first: Transcript, second: Transcript) -> str | None:
    """The check that asks for everything in which two transcripts differ, if it is one."""
    found: frozenset[str] = frozenset()
    for askers, a, b in zip(asked, first, second, strict=True):
        if not same(a, b):
            found |= askers
            if len(askers) > 1 or len(found) > 1:
                return None
    return next(iter(found), None)
