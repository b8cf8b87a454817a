"""What a class has and has not understood: counted from the results, nothing decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .model import NEVER_RAN, OPEN, Check, Run, Student, Submission, assignments, functions

SHOWN = 12
"""Names beside a mistake before the rest is folded away."""
MARKS = {"full": "✓", "part": "◐", "none": "✗", "unwritten": "·", "open": "?", "": ""}
WORDS = {
    "full": "everything right",
    "part": "partly right",
    "none": "wrong",
    "unwritten": "not written",
    "open": "not graded",
    "": "not handed in",
}


@dataclass
class Common:
    """A mistake and who made it."""

    function: str
    mistake: str
    sentence: str
    students: list[Student] = field(default_factory=list)


@dataclass
class Tally:
    """How one check went among those who wrote its function."""

    function: str
    name: str
    title: str
    visibility: str
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def tried(self) -> int:
        """Of how many it says anything."""
        return sum(n for outcome, n in self.outcomes.items() if outcome not in NEVER_RAN)

    @property
    def passed(self) -> int:
        """How many passed it."""
        return self.outcomes["passed"]


@dataclass
class Hard:
    """One function of the class: how many have it right, partly, wrong, not written."""

    assignment: str
    name: str
    states: Counter[str] = field(default_factory=Counter)

    @property
    def written(self) -> int:
        """How many wrote it."""
        return sum(self.states[state] for state in ("full", "part", "none"))

    @property
    def missing(self) -> int:
        """How many who wrote it do not have it right."""
        return self.written - self.states["full"]


@dataclass
class Case:
    """Something that a person should look at, and of whom."""

    what: str
    why: str
    students: list[Student] = field(default_factory=list)


@dataclass(frozen=True)
class Slow:
    """A submission that took long."""

    student: Student
    assignment: str
    seconds: float


SLOW = 10
"""The slowest that are named."""


def slowest(students: Sequence[Student], seconds: Mapping[tuple[str, str], float]) -> list[Slow]:
    """Those whose grading took longest."""
    by_name = {s.name: s for s in students}
    longest = sorted(seconds.items(), key=lambda item: -item[1])[:SLOW]
    return [Slow(by_name[name], a, took) for (name, a), took in longest if name in by_name]


@dataclass(frozen=True)
class Overview:
    """All that the lecturer's page shows."""

    run: Run
    students: Sequence[Student]
    functions: dict[str, list[str]]
    mistakes: list[Common]
    hardest: list[Hard]
    tallies: list[Tally]
    cases: list[Case]

    @property
    def never_failed(self) -> list[Tally]:
        """Checks that nobody who wrote the function failed."""
        return [t for t in self.tallies if t.tried and t.passed == t.tried]

    @property
    def always_failed(self) -> list[Tally]:
        """Checks that everybody who wrote the function failed."""
        return [t for t in self.tallies if t.tried and not t.passed]

    @property
    def most_failed(self) -> list[Tally]:
        """The other checks, the most failed first."""
        found = [t for t in self.tallies if 0 < t.passed < t.tried]
        return sorted(found, key=lambda t: t.passed / t.tried)[:20]


def overview(run: Run, students: Sequence[Student]) -> Overview:
    """Count."""
    return Overview(
        run,
        students,
        functions(run),
        _mistakes(run, students),
        _hardest(run, students),
        _tallies(students),
        _cases(run, students),
    )


def _mistakes(run: Run, students: Sequence[Student]) -> list[Common]:
    """The most common first; as common ones in the order of the lecture."""
    order = [f for names in functions(run).values() for f in names]
    found: dict[tuple[str, str], Common] = {}
    for student in students:
        seen: dict[tuple[str, str], Check] = {}
        for _, function in student.functions():
            for check in function.checks:
                if check.mistake:
                    seen.setdefault((function.name, check.mistake), check)
        for key, check in seen.items():
            sentence = check.message.rpartition("\n")[2].removeprefix("Hint: ")
            found.setdefault(key, Common(*key, sentence)).students.append(student)
    return sorted(found.values(), key=lambda m: (-len(m.students), order.index(m.function)))


def _hardest(run: Run, students: Sequence[Student]) -> list[Hard]:
    rows = {(a, f): Hard(a, f) for a in assignments(run) for f in functions(run)[a]}
    for student in students:
        for submission, function in student.functions():
            rows[submission.assignment, function.name].states[function.state] += 1
    return list(rows.values())


def _tallies(students: Sequence[Student]) -> list[Tally]:
    found: dict[tuple[str, str], Tally] = {}
    for student in students:
        for _, function in student.functions():
            for check in function.checks:
                key = function.name, check.name
                if key not in found:
                    found[key] = Tally(*key, check.title, check.visibility)
                found[key].outcomes[check.outcome] += 1
    return list(found.values())


def _cases(run: Run, students: Sequence[Student]) -> list[Case]:
    """What could not be read at all; then what has no score, hit a limit or died, together."""
    by_name = {s.name: s for s in students}
    found: dict[tuple[str, str], Case] = {}
    for problem in run.problems:
        case = found.setdefault((problem.path, problem.reason), Case(problem.path, problem.reason))
        case.students += [by_name[problem.student]] if problem.student in by_name else []
    for student in students:
        for submission in student.submissions:
            for why in _reasons(submission):
                key = submission.assignment, why
                found.setdefault(key, Case(*key)).students.append(student)
    return sorted(found.values(), key=lambda case: -len(case.students))


def _reasons(submission: Submission) -> Iterator[str]:
    if submission.reason:
        yield submission.reason
    texts = {f.checks[0].message for f in submission.functions if f.checks}
    same = len(texts) == 1 and len(submission.functions) > 1
    for function in submission.functions:
        first = next((c for c in function.checks if _odd(c)), None)
        if first is not None:
            message = first.message.partition("\n")[0]
            yield message if same else f"{function.name}: {message or first.outcome}"
            if same:
                return


def _odd(check: Check) -> bool:
    """Whether a verdict is missing, a limit was hit, or the process was brought down."""
    ended = "ended its process" in check.message or "disturbed the grading" in check.message
    imported = "could not be imported" in check.message
    return check.outcome in (OPEN, "timeout") or ended or imported
