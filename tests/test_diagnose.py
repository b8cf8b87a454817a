"""Names that any function's mistakes can have, and names that are not given."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from isolation import launcher, session
from tiny_course import write_course

from chainrule.course import load_course
from chainrule.judge.answers import Local
from chainrule.judge.grade import Grader
from chainrule.judge.record import Recording, record
from chainrule.results import CheckResult

count = itertools.count()


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Grader:
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    (sums, _) = load_course(folder).assignments
    return Grader(sums, record(sums, 0))


def told(grader: Grader, total: Callable[..., Any]) -> list[CheckResult]:
    """What is said of a wrong total."""
    function = grader.grade(Local({"double": lambda x: 2 * x, "total": total}))[1]
    return [c for c in function.checks if c.outcome in ("failed", "error")]


def names(grader: Grader, total: Callable[..., Any]) -> set[str | None]:
    return {check.mistake for check in told(grader, total)}


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (lambda x: print(x.sum()), "returns-nothing"),
        (lambda x: f"{x.sum():.2f}", "returns-text"),
        (lambda x: undefined.sum(), "undefined-name"),  # type: ignore[name-defined] # noqa: F821
        (lambda x: x.sum() + next(count), "keeps-state"),
        (lambda x: x.mean(), "mean-for-sum"),
    ],
)
def test_what_shows_by_itself_is_named(
    grader: Grader, total: Callable[..., Any], name: str
) -> None:
    assert names(grader, total) == {name}


@pytest.mark.parametrize(
    "total",
    [
        lambda x: (n for n in x),
        lambda x: {"total": x.sum()},
        lambda x: x.sum() + 1.0,
        lambda x: None if x[0] > 0 else x.sum() + 1.0,
        lambda x: 1 / 0,
    ],
    ids=["generator", "dictionary", "off by one", "sometimes nothing", "error"],
)
def test_what_does_not_is_not(grader: Grader, total: Callable[..., Any]) -> None:
    assert names(grader, total) == {None}


def test_a_parameter_of_another_name_is_named(tmp_path: Path) -> None:
    write_course(tmp_path)
    public = tmp_path / "graders/public/sums.py"
    public.write_text(public.read_text().replace("total(np.zeros(2))", "total(x=np.zeros(2))"))
    (sums, _) = load_course(tmp_path).assignments
    grader = Grader(sums, record(sums, 0))
    assert names(grader, lambda values: values.sum()) == {"parameter-renamed"}
    inside = "def double(x):\n    return 2 * x\n\ndef total(x):\n    return x.sum(axs=0)\n"
    with session(launcher("none"), inside) as source:
        checks = grader.grade(source)[1].checks
    assert {c.mistake for c in checks if c.outcome == "error"} == {None}


def test_what_refuses_everything_earns_nothing(tmp_path: Path) -> None:
    write_course(tmp_path)
    hidden = tmp_path / "graders/hidden/sums.py"
    hidden.write_text(
        hidden.read_text()
        + '\n\n@check("total")\ndef refuses_text(submission):\n    """Text raises."""\n'
        '    with raises(Exception):\n        submission.total("12")\n'
    )
    hidden.write_text(hidden.read_text().replace("expect\n", "expect, raises\n", 1))
    (sums, _) = load_course(tmp_path).assignments
    grader = Grader(sums, record(sums, 0))

    def refuses(x: Any) -> Any:
        raise ValueError(x)

    function = grader.grade(Local({"double": refuses, "total": refuses}))[1]
    assert {c.name: c.outcome for c in function.checks}["refuses_text"] == "skipped"
    assert function.score == 0

    whole = grader.recording
    just = {n: e for n, e in whole.examples.items() if n == "total.refuses_text"}
    alone = Grader(sums, Recording(whole.seed, just, whole.faults, whole.live))
    function = alone.grade(Local({"double": refuses, "total": refuses}))[1]
    assert {c.name: c.outcome for c in function.checks}["refuses_text"] == "passed"

    function = grader.grade(Local({"double": refuses, "total": lambda x: 1 + float(x.sum())}))[1]
    assert {c.name: c.outcome for c in function.checks}["refuses_text"] == "passed"


def test_the_sentence_is_told_and_no_hint(grader: Grader) -> None:
    text = told(grader, lambda x: None)[0].message
    assert "Your function returns None" in text
    assert "Hint:" not in text


def with_mistake(folder: Path, source: str) -> Grader:
    """A grader of sums that knows one mistake more."""
    write_course(folder)
    path = folder / "graders/mistakes/sums.py"
    path.write_text(path.read_text() + source)
    (sums, _) = load_course(folder).assignments
    return Grader(sums, record(sums, 0))


def test_an_error_of_another_kind_is_not_the_same_mistake(tmp_path: Path) -> None:
    grader = with_mistake(
        tmp_path,
        '\n\n@mistake("total", "raises", family="shape")\ndef total_raises(x):\n'
        '    """You stop."""\n    raise TypeError\n',
    )

    def stop(error: type[Exception]) -> Callable[..., Any]:
        def total(x: Any) -> Any:
            raise error

        return total

    assert names(grader, stop(TypeError)) == names(grader, stop(IndexError)) == {"raises"}
    assert names(grader, stop(RuntimeError)) == {None}


def test_a_look_at_all_wrong_results_can_name_a_mistake(tmp_path: Path) -> None:
    grader = with_mistake(
        tmp_path,
        "\n\ndef _negative(results, arguments):\n"
        "    return all(r < 0 < 1 == len(given) for r, given in zip(results, arguments))\n\n\n"
        '@mistake("total", "below-zero", family="sign", shows=_negative)\ndef total_negative(x):\n'
        '    """Your totals are negative."""\n    return -1.0 - abs(x).sum()\n',
    )
    assert names(grader, lambda x: -7.0 - np.exp(x).sum()) == {"below-zero"}
    assert names(grader, lambda x: 7.0 + np.exp(x).sum()) == {None}
    assert names(grader, lambda x: {"total": -1.0}) == {None}


def test_a_name_for_changed_arguments_needs_changed_arguments(tmp_path: Path) -> None:
    grader = with_mistake(
        tmp_path,
        '\n\n@mistake("total", "doubles-first", family="purity")\ndef total_doubles(x):\n'
        '    """You double the caller\'s numbers."""\n    x *= 2\n    return x.sum()\n',
    )

    def doubles(x: np.ndarray) -> Any:
        x *= 2
        return x.sum()

    assert "doubles-first" in names(grader, doubles)
    assert "doubles-first" not in names(grader, lambda x: (2 * x).sum())
