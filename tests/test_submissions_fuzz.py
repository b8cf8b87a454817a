"""Whatever bytes are handed in: nothing is raised, everything ends, and every word is printable."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from submission_files import ASSIGNMENTS, CODE, notebook, take, tarred, zipped

from chainrule.submissions import Intake, IntakeLimits
from chainrule.submissions.magics import without_magics
from chainrule.submissions.names import inert, inert_name, near_miss

LIMITS = IntakeLimits(unpacked_bytes=2_000_000, small_bytes=1_000_000, members=200)
quick = settings(max_examples=40, deadline=None)

FILES = {
    "losses.py": CODE,
    "ada/neuron.ipynb": notebook("x = 1"),
    "b/c.zip": zipped({"xor.py": ""}),
}
SEEDS = {
    ".ipynb": notebook("%time x\ny", ["a\n", "b"]),
    ".py": b"# coding: utf-8\nx = 1\n",
    ".zip": zipped(FILES),
    ".tar": tarred({**FILES, "d" * 120: ""}, mode="w"),
    ".tar.gz": tarred(FILES),
    ".tar.bz2": tarred(FILES, mode="w:bz2"),
    ".tar.xz": tarred(FILES, mode="w:xz"),
}


def must_be_inert(intake: Intake) -> None:
    for problem in intake.problems:
        assert problem.reason.isprintable()
        assert problem.path.isprintable()
        assert (problem.student or "x").isprintable()
    for source in intake.sources:
        assert source.student.isprintable()
        assert source.filename.isascii()
        assert all(note.isprintable() for note in source.notes)
    assert all(note.isprintable() for note in intake.notes)


def hand_in(suffix: str, data: bytes) -> None:
    """As losses.ipynb of ada, or as her archive; something must come of it."""
    with tempfile.TemporaryDirectory() as root:
        name = "losses" if suffix in (".py", ".ipynb") else "ada"
        path = Path(root) / f"{name}{suffix}"
        path.write_bytes(data)
        intake = take(path, limits=LIMITS)
    assert intake.sources or intake.problems
    must_be_inert(intake)


@pytest.mark.parametrize("suffix", SEEDS)
@quick
@given(data=st.binary(max_size=2000))
def test_any_bytes(suffix: str, data: bytes) -> None:
    hand_in(suffix, data)


@pytest.mark.parametrize("suffix", SEEDS)
@quick
@given(data=st.data())
def test_nearly_right_bytes(suffix: str, data: st.DataObject) -> None:
    """A few bytes of a good file changed, and perhaps its end cut off."""
    good = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    hand_in(suffix, bytes(good[: data.draw(st.sampled_from([len(good), len(good) // 2]))]))


names = st.text(
    st.one_of(st.sampled_from("./\\:\0 aA"), st.characters(exclude_categories=["Cs"])),
    min_size=1,
    max_size=12,
)
paths = st.lists(st.one_of(names, st.sampled_from(["losses.py", "ada", ".."])), max_size=4)


@quick
@given(files=st.dictionaries(paths.map("/".join), st.binary(max_size=20), max_size=6))
def test_any_names_in_archives(files: dict[str, bytes]) -> None:
    hand_in(".zip", zipped({name or "x": data for name, data in files.items()}))
    # tarfile cuts names off at a NUL, and cannot write one that is empty then
    named = {name.replace("\0", "") or "x": data for name, data in files.items()}
    hand_in(".tar", tarred(named, mode="w"))


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.one_of(st.sampled_from(["code", "markdown"]), values),
        "source": st.one_of(st.text(), st.lists(st.text()), values),
        "outputs": values,
    },
)
keys = {"nbformat": st.one_of(st.just(4), values), "cells": st.one_of(st.lists(cells), values)}


@quick
@given(content=st.one_of(values, st.fixed_dictionaries({}, optional=keys)))
def test_any_json_is_a_notebook_or_a_problem(content: object) -> None:
    hand_in(".ipynb", json.dumps(content).encode())


@quick
@given(source=st.text(st.sampled_from("%!?'\"\\\n\r ()[]#=aé\t")))
def test_any_cell_keeps_its_lines(source: str) -> None:
    plain = without_magics(source)
    assert plain.source is None or plain.source.count("\n") == source.count("\n")


@quick
@given(name=st.text(max_size=130))
def test_any_name_is_made_inert(name: str) -> None:
    shown = inert_name(name)
    assert shown.isprintable()
    assert 0 < len(shown) <= 100
    assert "/" not in shown
    assert shown.strip(".")
    assert inert(shown) == shown
    assert near_miss(name + ".py", ASSIGNMENTS) in {None, *(f"{a}.py" for a in ASSIGNMENTS)}
