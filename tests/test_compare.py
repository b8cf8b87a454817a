"""`chainrule diff` finds every grade that another grader would change, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from formats_class import HOSTILE_NAME, grades, nothing, thirds, unknown, whole_class

from chainrule.cli.main import cli
from chainrule.renderers.json import render
from chainrule.results import Grades


def diff(tmp_path: Path, old: Grades, new: Grades, *options: str) -> Result:
    for name, run in (("old", old), ("new", new)):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "grades.json").write_bytes(render(run))
    words = ["diff", str(tmp_path / "old"), str(tmp_path / "new" / "grades.json"), *options]
    return CliRunner().invoke(cli, words, standalone_mode=False)


def test_the_same_is_the_same(tmp_path: Path) -> None:
    result = diff(tmp_path, whole_class(), whole_class())
    assert result.exit_code == 0
    assert result.output == "the same grades\n"


def test_a_changed_grade_is_told_with_its_checks(tmp_path: Path) -> None:
    old = grades(thirds("ada"), thirds("bob"))
    new = replace(grades(thirds("ada"), nothing("bob")), grader_version="f" * 16)
    result = diff(tmp_path, old, new)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == f"grader: {old.grader_version} -> {'f' * 16}"
    assert lines[1] == "bob losses: 1.33333/2 -> 0/0.666667"
    assert "  first.one: passed 0.3333/0.3333 -> not_written 0/0.3333" in lines
    assert "  second.four: passed 0.6667/0.6667 -> absent" in lines
    assert not [line for line in lines if line.startswith("ada")]
    assert lines[-1] == "1 submission(s) changed"


def test_json(tmp_path: Path) -> None:
    result = diff(tmp_path, grades(thirds(HOSTILE_NAME)), grades(unknown("bob")), "--json")
    found = json.loads(result.output)
    assert result.exit_code == 1
    assert found["schema"] == "chainrule/diff/v1"
    assert found["same"] is False
    assert [(c["student"], c["old"], c["new"]) for c in found["changes"]] == [
        (HOSTILE_NAME, [1.333333333, 2.0], None),
        ("bob", None, [None, 0.666666667]),
    ]


def test_a_message_alone_changes_no_grade(tmp_path: Path) -> None:
    quiet = thirds("ada")
    first, *rest = quiet.functions
    said = replace(first, checks=tuple(replace(c, message="new words") for c in first.checks))
    loud = replace(quiet, functions=(said, *rest))
    assert diff(tmp_path, grades(quiet), grades(loud)).exit_code == 0


@pytest.mark.parametrize(
    "text", [None, "{", "[]", '{"schema": "else"}', '{"schema": "chainrule/grades/v1"}']
)
def test_what_holds_no_grades_is_wrong_usage(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "x.json"
    if text is not None:
        path.write_text(text)
    result = CliRunner().invoke(cli, ["diff", str(path), str(path)], standalone_mode=False)
    assert isinstance(result.exception, ClickException)
    assert result.exception.exit_code == 2
