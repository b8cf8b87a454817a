"""What a student reads of sixty known mistakes stays what a person has read and found good."""

from __future__ import annotations

import pytest
from mistake_texts import CHOSEN, TEXTS, VERSION, texts


@pytest.mark.parametrize("assignment", CHOSEN)
def test_what_is_read_of_a_mistake(assignment: str) -> None:
    kept = (TEXTS / f"{assignment}.txt").read_text("utf-8")
    if not kept.startswith(VERSION + "\n"):
        pytest.skip(f"they were made with {kept.splitlines()[0]}, and this is {VERSION}")
    assert texts(assignment) == kept


def test_two_mistakes_of_each_function() -> None:
    assert sum(len(slugs) for functions in CHOSEN.values() for slugs in functions.values()) == 60
