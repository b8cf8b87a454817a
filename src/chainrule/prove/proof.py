"""What the findings prove, function by function and check by check, and what falls short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from ..course import Course
from ..judge import traces
from .jobs import Findings
from .machine import Made
from .right import Right
from .unwritten import unwritten
from .without import MOST, losses
from .wrong import Wrong

NAMINGS = ("rightly", "wrongly", "not named")


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    hits: int
    of: int


@dataclass(frozen=True)
class Row:
    """One function.

    Args:
        right: right answers accepted.
        public: wrong answers caught by public checks.
        caught: wrong answers caught by any check.
        mutants: machine-made wrong answers caught, equivalent ones left out.
        equivalent: how many of the mutants are equivalent to the reference.
        named: wrong answers named rightly, wrongly, not at all.
    """

    assignment: str
    function: str
    right: Count
    public: Count
    caught: Count
    mutants: Count
    equivalent: int
    named: tuple[int, int, int]


@dataclass(frozen=True)
class Shortfall:
    """Something that is not as it should be, and of which kind."""

    kind: str
    what: str


@dataclass(frozen=True)
class CheckRow:
    """One check.

    Args:
        caught: known mistakes and mutants of its function that it catches.
        alone: those that no other check catches.
        losses: what would fall short without it.
    """

    name: str
    visibility: str
    caught: Count
    alone: tuple[str, ...]
    losses: tuple[Shortfall, ...]


@dataclass(frozen=True)
class Power:
    """What generated inputs expose of one mistake.

    Args:
        certain: whether an input of every seed exposes it.
        hits: how many generated inputs of all checks together expose it.
        slip: the chance that all of another seed's inputs miss it, at most.
    """

    label: str
    certain: bool
    hits: Count
    slip: float


@dataclass(frozen=True)
class Proof:
    """Everything found about a course.

    Args:
        course: the course.
        seed: decides the generated inputs.
        findings: what was tried, and how it went.
        equivalent: the mutants that are listed as equivalent, with reasons.
        only: the one function that was looked at, if not all were.
        seconds: how long it took.
        notes: what was left out, and why.
    """

    course: Course
    seed: int
    findings: Findings
    equivalent: Mapping[str, str]
    only: str | None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One row a function, in the order of the course."""
        return tuple(
            self._row(assignment.name, function.name)
            for assignment in self.course.assignments
            for function in assignment.functions
            if self.only in (None, function.name)
        )

    def _row(self, assignment: str, function: str) -> Row:
        right = [r for r in self.findings.right if r.function == function]
        wrong = self._wrong(function)
        made = [m for m in self.findings.made if m.function == function]
        fit = [m for m in made if m.key not in self.equivalent]
        verdicts = [w.verdict for w in wrong]
        return Row(
            assignment,
            function,
            Count(sum(not r.rejected_by for r in right), len(right)),
            Count(sum(_by_public(w) for w in wrong), len(wrong)),
            Count(sum(bool(w.trial.caught_by) for w in wrong), len(wrong)),
            Count(sum(bool(m.caught_by) for m in fit), len(fit)),
            len(made) - len(fit),
            (verdicts.count(NAMINGS[0]), verdicts.count(NAMINGS[1]), verdicts.count(NAMINGS[2])),
        )

    def _wrong(self, function: str) -> list[Wrong]:
        return [w for w in self.findings.wrong if w.function == function]

    @cached_property
    def total(self) -> Row:
        """All functions together."""
        rows = self.rows
        named = [sum(row.named[n] for row in rows) for n in range(len(NAMINGS))]
        return Row(
            "",
            "all",
            _sum(row.right for row in rows),
            _sum(row.public for row in rows),
            _sum(row.caught for row in rows),
            _sum(row.mutants for row in rows),
            sum(row.equivalent for row in rows),
            (named[0], named[1], named[2]),
        )

    @cached_property
    def checks(self) -> tuple[CheckRow, ...]:
        """One row a check, in the order of the course."""
        known = {row.function for row in self.rows}
        declared = [c for a in self.course.assignments for c in a.checks if c.function in known]
        caught = _caught(self.findings)
        rows = []
        for function in dict.fromkeys(c.function for c in declared):
            mine = [(c.name, c.visibility) for c in declared if c.function == function]
            for name, visibility in [*mine, (traces.NAME, "public")]:
                full = f"{function}.{name}"
                lost = self._losses(full, function)
                rows.append(_check_row(full, visibility, function, caught, lost))
        return tuple(rows)

    def _losses(self, name: str, function: str) -> tuple[Shortfall, ...]:
        found = losses(name, self._wrong(function), self.findings.made, self.findings.apart)
        return tuple(Shortfall(kind, what) for kind, what in found)

    @cached_property
    def powers(self) -> tuple[Power, ...]:
        """One a mistake: its behaviour that slips most easily."""
        worst: dict[str, Power] = {}
        for wrong in self.findings.wrong:
            power = _power(wrong)
            name = f"{wrong.function}.{wrong.slug}"
            if name not in worst or power.slip > worst[name].slip:
                worst[name] = power
        return tuple(worst.values())

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """All that falls short."""
        found = [Shortfall("grader at fault", fault) for fault in self.findings.faults]
        found += [
            Shortfall("not written yet", text)
            for row in self.rows
            for text in unwritten(self.course[row.assignment], row.function)
        ]
        found += [s for right in self.findings.right for s in _rejected(right)]
        found += [s for wrong in self.findings.wrong for s in _short(wrong)]
        looked_at = {f"{row.assignment}.{row.function}" for row in self.rows}
        found += _mutants_short(self.findings.made, self.equivalent, looked_at)
        return tuple(dict.fromkeys(found))


def _sum(counts: Iterable[Count]) -> Count:
    found = list(counts)
    return Count(sum(c.hits for c in found), sum(c.of for c in found))


def _by_public(wrong: Wrong) -> bool:
    return any(t.visibility == "public" for t in wrong.trial.caught_by)


def _caught(findings: Findings) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """By function, each wrong answer's label and the full names of the checks that catch it."""
    found = defaultdict(list)
    for w in findings.wrong:
        names = tuple(f"{w.function}.{t.check}" for t in w.trial.caught_by)
        found[w.function].append((w.label, names))
    for m in findings.made:
        found[m.function].append((m.key, m.caught_by))
    return found


def _check_row(
    name: str,
    visibility: str,
    function: str,
    caught: Mapping[str, list[tuple[str, tuple[str, ...]]]],
    lost: tuple[Shortfall, ...],
) -> CheckRow:
    mine = caught.get(function, [])
    hits = Count(sum(name in names for _, names in mine), len(mine))
    everywhere = (pair for pairs in caught.values() for pair in pairs)
    alone = tuple(label for label, names in everywhere if names == (name,))
    return CheckRow(name, visibility, hits, alone, lost)


def _power(wrong: Wrong) -> Power:
    tallies = wrong.trial.tallies
    hits = Count(sum(t.hits for t in tallies), sum(t.inputs for t in tallies if t.hits))
    return Power(wrong.label, any(t.certain for t in tallies), hits, wrong.trial.slip)


def _rejected(right: Right) -> Iterable[Shortfall]:
    for said in right.rejected_by:
        yield Shortfall("right answer rejected", f"{right.answer}: {right.function}.{said}")


def _short(wrong: Wrong) -> Iterable[Shortfall]:
    for fault in wrong.trial.faults:
        yield Shortfall("grader at fault", f"{wrong.label}: {fault}")
    if not wrong.trial.caught_by:
        yield Shortfall("wrong answer survives", wrong.label)
        return
    if wrong.verdict == "wrongly":
        yield Shortfall("wrongly named", f"{wrong.label} is named {' and '.join(wrong.names)}")
    for other in wrong.alike:
        pair = " and ".join(sorted((wrong.slug, other)))
        yield Shortfall("cannot be told apart", f"{wrong.function}: {pair}")
    if wrong.trial.slip > MOST:
        yield Shortfall("may slip through", f"{wrong.label}: {wrong.trial.slip:.1e}")


def _mutants_short(
    made: Sequence[Made], equivalent: Mapping[str, str], looked_at: Set[str]
) -> Iterable[Shortfall]:
    tried = {m.key: m for m in made}
    for mutant in made:
        if not mutant.caught_by and mutant.key not in equivalent:
            yield Shortfall("mutant survives", mutant.key)
    for key in equivalent:
        if key.partition(":")[0] in looked_at and (key not in tried or tried[key].caught_by):
            why = "is caught" if key in tried else "is no mutant (any more)"
            yield Shortfall("listed as equivalent", f"{key} {why}")
