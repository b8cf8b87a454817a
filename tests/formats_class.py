"""Results that formats find hard: odd points, nothing, extra, no verdict, hostile text."""

from __future__ import annotations

from fractions import Fraction

from chainrule.results import CheckResult, FunctionResult, Grades, Problem, SubmissionResult

HOSTILE = (
    "::set-output name=score::100\r\n::error::x\n]]></failure><script>alert(1)</script>"
    "\x1b[31mred\x1b[0m \x00\x0b\ufffe\ud800 %0A::stop-commands::x ```\n</pre> | a | @everyone "
    "[link](javascript:alert(1)) <img src=x onerror=y> \u202eevil https://example.org"
)
HOSTILE_NAME = '=HYPERLINK("http://x")'
NAMES = (
    "ada",
    "bob_4711",
    HOSTILE_NAME,
    "../up",
    "<b>&",
    "-1+1",
    "a,b;\"c'",
    "ÅSA",
    "åsa",
    "::error",
)
THIRD = Fraction(1, 3)


def check(
    name: str,
    outcome: str = "passed",
    worth: Fraction = THIRD,
    points: Fraction | None = None,
    visibility: str = "public",
    message: str = "",
) -> CheckResult:
    earned = worth if outcome == "passed" else Fraction(0)
    known = points if points is not None else earned
    return CheckResult(
        name,
        f"The property {name} holds.",
        visibility,
        outcome,
        None if outcome == "grader_error" else known,
        worth,
        "" if outcome == "passed" else message or f"It is {outcome}.",
        {"input": {"x": [1]}, "calls": ["f([1])"], "expected": [1.5], "got": HOSTILE}
        if outcome == "failed"
        else None,
    )


def submission(student: str, *checks: CheckResult, assignment: str = "losses") -> SubmissionResult:
    functions = (FunctionResult("first", checks[:2]), FunctionResult("second", checks[2:]))
    functions = tuple(f for f in functions if f.checks)
    worth = sum((c.max_points for c in checks), Fraction(0))
    return SubmissionResult(student, assignment, "0" * 64, functions, worth, notes=(HOSTILE,))


def grades(*submissions: SubmissionResult, problems: tuple[Problem, ...] = ()) -> Grades:
    return Grades("course", "0123456789abcdef", 0, "namespaces", submissions, problems)


def thirds(student: str) -> SubmissionResult:
    """Earns 4/3 of 2."""
    return submission(
        student,
        check("one"),
        check("two"),
        check("three", "failed", Fraction(2, 3), visibility="hidden", message=HOSTILE),
        check("four", worth=Fraction(2, 3), visibility="hidden"),
    )


def nearly(student: str) -> SubmissionResult:
    """Misses a millionth of a point: nowhere full marks."""
    tiny = Fraction(1, 10**6)
    return submission(student, check("one", worth=2 - tiny), check("two", "failed", tiny))


def nothing(student: str) -> SubmissionResult:
    return submission(student, check("one", "not_written"), check("two", "skipped"))


def extra(student: str) -> SubmissionResult:
    return submission(student, check("one", worth=Fraction(1), points=Fraction(3, 2)))


def unknown(student: str) -> SubmissionResult:
    return submission(student, check("one"), check("two", "grader_error", message=HOSTILE))


KINDS = {f.__name__: f for f in (thirds, nearly, nothing, extra, unknown)}
LOST = Problem("carol", "losses", "class/carol/losses.py", f"is no text {HOSTILE}")


def whole_class() -> Grades:
    """Every kind under every name, and somebody whose work could not be read."""
    kinds = list(KINDS.values())
    made = [kinds[n % len(kinds)](name) for n, name in enumerate(NAMES)]
    return grades(*made, problems=(LOST, Problem(None, None, "class/x.zip", "is broken")))
