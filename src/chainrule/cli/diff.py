"""``chainrule diff``: whose grade changed, before anything is published."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ..compare import NotGrades, compare, read
from ..judge.show import inert
from .common import Usage


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print the changes as JSON")
def command(old: Path, new: Path, as_json: bool) -> None:
    """Compare two grades.json, OLD and NEW; exit status 0: the same, 1: something changed."""
    try:
        found = compare(_read(old), _read(new))
    except (KeyError, TypeError) as error:
        raise Usage(f"{old} or {new} lacks what grades.json promises: {error}") from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=True, indent=1))
    else:
        _show(found)
    sys.exit(0 if found["same"] else 1)


def _read(path: Path) -> dict[str, Any]:
    try:
        return read(path)
    except NotGrades as error:
        raise Usage(f"{path} {error}") from error


def _show(found: dict[str, Any]) -> None:
    old, new = found["old"], found["new"]
    for key, label in (("grader_version", "grader"), ("seed", "seed"), ("isolation", "isolation")):
        if old[key] != new[key]:
            click.echo(f"{label}: {inert(str(old[key]))} -> {inert(str(new[key]))}")
    for change in found["changes"]:
        who = f"{inert(change['student'])} {inert(change['assignment'])}"
        anew = " (handed in anew)" if change["handed_in_anew"] else ""
        click.echo(f"{who}: {_score(change['old'])} -> {_score(change['new'])}{anew}")
        for check in change["checks"] if change["old"] and change["new"] else []:
            verdicts = f"{_verdict(check['old'])} -> {_verdict(check['new'])}"
            click.echo(f"  {inert(check['check'])}: {verdicts}")
    changed = len(found["changes"])
    click.echo(f"{changed} submission(s) changed" if changed else "the same grades")


def _score(score: list[float | None] | None) -> str:
    if score is None:
        return "absent"
    earned, of = score
    return "not graded" if earned is None else f"{earned:g}/{of:g}"


def _verdict(verdict: dict[str, Any] | None) -> str:
    if verdict is None:
        return "absent"
    points = verdict["points"]
    shown = "?" if points is None else f"{points:.4g}"
    return f"{inert(str(verdict['outcome']))} {shown}/{verdict['max_points']:.4g}"
