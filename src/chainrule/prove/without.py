"""What would be lost without a check: the reason why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .apart import Apart
from .machine import Made
from .statistics import slip
from .trial import Tally
from .wrong import Wrong

MOST = 1e-6
"""The greatest chance that a known mistake may slip through."""


def losses(
    name: str, wrong: Iterable[Wrong], made: Iterable[Made], apart: Iterable[Apart]
) -> Iterator[tuple[str, str]]:
    """What `prove` would say falls short without a check: of which kind, and what.

    Args:
        name: the check's full name.
        wrong: the known mistakes of its function, tried.
        made: the mutants that are caught.
        apart: checks, and the mistakes that their inputs alone tell apart.
    """
    function, _, short = name.partition(".")
    for answer in wrong:
        kind = _loss(short, answer.trial.tallies)
        if kind is not None:
            yield kind, answer.label
    yield from (("mutant survives", m.key) for m in made if m.caught_by == (name,))
    pairs = (pair for check, pair in apart if check == name)
    yield from (("cannot be told apart", f"{function}: {a} and {b}") for a, b in pairs)


def _loss(short: str, tallies: Sequence[Tally]) -> str | None:
    """What becomes of one wrong answer without a check."""
    mine = next((t for t in tallies if t.check == short and t.catches), None)
    if mine is None:
        return None
    others = [t for t in tallies if t is not mine and t.catches]
    if not others:
        return "wrong answer survives"
    if mine.visibility == "public" and all(t.visibility != "public" for t in others):
        return "no public check sees it"
    certain = any(t.certain for t in others)
    may_slip = not certain and slip((t.hits, t.inputs) for t in others) > MOST
    return "may slip through" if may_slip else None
