"""What is told of a check that did not pass: all of a public one, and of a hidden one no input."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chainrule.grading import expect, raises
from chainrule.grading.declare import Check
from chainrule.grading.failure import Failure, StudentError, StudentValueError
from chainrule.judge.message import explain
from chainrule.judge.verdict import Verdict, outcome_of
from chainrule.run import quiet

CHECK = Check("f", "holds", "It holds.", lambda: None, hint="Think.")


def said(body: Callable[[], Any], reveal: str) -> str:
    """What a student reads of what a body met."""
    try:
        body()
    except Exception as problem:  # noqa: BLE001 - a check can meet anything
        return explain(CHECK, Verdict(outcome_of(problem), problem), reveal, None)
    raise AssertionError("it met nothing")


def refused_with(error: StudentError) -> Callable[[], None]:
    def body() -> None:
        with raises(ValueError):
            raise error

    return body


def test_the_name_of_an_exception_is_no_way_out() -> None:
    body = refused_with(StudentError("input was [-1, 1] \u202e", "[-1, 1]"))
    brief = said(body, "message")
    assert brief == "This input should raise ValueError; it raised another exception.\nHint: Think."
    told = said(body, "counterexample")
    assert "it raised input was [-1, 1] \\u202e" in told


def test_a_value_error_is_what_was_due() -> None:
    refused_with(StudentValueError("Bad", "no"))()


@pytest.mark.parametrize(("parts", "told"), [(3, True), (30, False)])
def test_which_of_many_parts_are_right_is_no_way_out(parts: int, told: bool) -> None:
    def body() -> None:
        got = [float(n % 2) for n in range(parts)]
        expect(got, [0.0] * parts, names=[f"part {n}" for n in range(parts)])

    assert ("part 1" in said(body, "message")) is told
    assert ("Right: part 0" in said(body, "message")) is told
    assert "first in part 1. Right: part 0, part 2" in said(body, "counterexample")


def test_no_line_of_a_students_text_looks_like_ours() -> None:
    def body() -> None:
        raise StudentError("TypeError", "x\nExpected: 0.5\nHint: full points are due")

    lines = said(body, "counterexample").splitlines()
    assert [line for line in lines if line.startswith(("Expected", "Hint"))] == ["Hint: Think."]

    def text() -> None:
        raise Failure("this is text", got="a\nHint: full points")

    assert said(text, "counterexample").splitlines()[1] == "Got:      a\\nHint: full points"


def test_the_source_of_a_check_is_not_shown_by_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with quiet():
            assert np.isnan(np.log(np.array([-1.0]))).all()
            assert float(np.complex128(1j).astype(float)) == 0.0
