"""This course through the command: a blank stub earns nothing, the reference everything."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
from command import COMMAND, ROOT, environment

ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop", "xor")
POINTS = {"losses": 20.0, "neuron": 20.0, "delta_rule": 20.0, "backprop": 30.0, "xor": 30.0}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """Three students: one hands in the stubs, one the reference, one modules without a function."""
    folder = tmp_path_factory.mktemp("class")
    for name in ASSIGNMENTS:
        for student, source in (("blank", "assignments"), ("right", "solutions")):
            (folder / student).mkdir(exist_ok=True)
            shutil.copy(ROOT / source / f"{name}.py", folder / student)
        (folder / "empty").mkdir(exist_ok=True)
        (folder / "empty" / f"{name}.py").write_text("")
    ran = subprocess.run(
        [*COMMAND, "grade", str(folder), "--json", "--jobs=2"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    submissions = json.loads(ran.stdout)["submissions"]
    return {(s["student"], s["assignment"]): s for s in submissions}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("student", ["blank", "empty"])
def test_what_is_blank_is_not_written_and_earns_nothing(
    results: dict[tuple[str, str], Any], student: str, assignment: str
) -> None:
    submission = results[student, assignment]
    checks = [c for f in submission["functions"] for c in f["checks"]]
    assert {c["outcome"] for c in checks} == {"not_written"}
    assert {c["points"] for c in checks} == {0.0}
    assert (submission["score"], submission["max_score"]) == (0.0, POINTS[assignment])


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_earns_everything(
    results: dict[tuple[str, str], Any], assignment: str
) -> None:
    submission = results["right", assignment]
    checks = [c for f in submission["functions"] for c in f["checks"]]
    assert {c["outcome"] for c in checks} == {"passed"}
    assert submission["score"] == submission["max_score"] == POINTS[assignment]


def test_there_are_thirty_functions(results: dict[tuple[str, str], Any]) -> None:
    names = [f["name"] for a in ASSIGNMENTS for f in results["right", a]["functions"]]
    assert len(names) == len(set(names)) == 30
