"""The Gradescope autograder, laid out and run as Gradescope does: as root, in its three folders."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from doors import BASH, COURSE, autograder, run_autograder
from test_formats import GRADESCOPE

from chainrule.cli.gradescope import archive, requirements

CANARY = "canary-5b2f0c"
# A submission that looks for the answers wherever Gradescope puts them, and tells what it finds.
SPY = """
import glob, os
ROOT = {root!r}
found = []
for folder in (ROOT + "/source", ROOT + "/results", "/autograder/source", "."):
    try:
        found += [folder + "/" + name for name in os.listdir(folder)]
    except OSError:
        pass
for path in [ROOT + "/source/canary.txt", *glob.glob(ROOT + "/source/**", recursive=True)]:
    try:
        found.append(open(path).read())
    except OSError:
        pass
raise RuntimeError("SPY " + "|".join(found))
"""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Gradescope's containers are Linux"),
    pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs root"),
    pytest.mark.skipif(not BASH, reason="needs bash"),
]


@pytest.fixture(scope="module")
def packed() -> bytes:
    return archive(COURSE)


def layout(root: Path, packed: bytes) -> Path:
    autograder(root, packed)
    (root / "source" / "canary.txt").write_text(CANARY)
    return root


def result_of(root: Path) -> dict[str, object]:
    result = json.loads((root / "results" / "results.json").read_text("utf-8"))
    jsonschema.validate(result, GRADESCOPE)
    return dict(result)


def test_the_zip_holds_what_grades_and_nothing_else(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archived:
        names = archived.namelist()
        modes = {i.filename: i.external_attr >> 16 for i in archived.infolist()}
    tops = {name.split("/")[0] for name in names}
    assert tops == {"setup.sh", "run_autograder", "requirements.txt", "course", "engine"}
    assert {"course/solutions/losses.py", "course/graders/hidden/losses.py"} <= set(names)
    assert not [n for n in names if ".git" in n or "__pycache__" in n or "examples" in n]
    assert modes["run_autograder"] & modes["setup.sh"] & 0o111
    assert archive(COURSE) == packed
    assert any(r.startswith("landlock") for r in requirements())
    assert not [r for r in requirements() if "extra" in r or r.startswith("nbgrader")]


def test_the_scripts_are_valid_shell() -> None:
    folder = COURSE / "src" / "chainrule" / "templates" / "gradescope"
    for name in ("setup.sh", "run_autograder"):
        subprocess.run([BASH, "-n", str(folder / name)], check=True, timeout=20)


@pytest.mark.parametrize("isolation", ["auto", "landlock+seccomp"])
def test_grades_come_back_and_a_canary_stays_unread(
    tmp_path: Path, packed: bytes, isolation: str
) -> None:
    root = layout(tmp_path, packed)
    shutil.copy(COURSE / "solutions" / "losses.py", root / "submission")
    (root / "submission" / "neuron.py").write_text(SPY.format(root=str(root)))
    done = run_autograder(root, isolation)
    assert done.returncode == 0, (root / "results" / "errors.txt").read_text()
    result = result_of(root)
    assert result["score"] == 20.0, "all of losses, nothing of neuron"
    levels = ("namespaces", "landlock+seccomp") if isolation == "auto" else (isolation,)
    assert any(f"isolation: {level}" in str(result["output"]) for level in levels)
    told = json.dumps(result)
    assert "SPY" in told, "the spy ran and its error was reported"
    assert CANARY not in told
    assert "run_autograder" not in told
    assert stat.S_IMODE((root / "source").stat().st_mode) & 0o077 == 0


def test_nothing_to_grade_is_told_without_a_score(tmp_path: Path, packed: bytes) -> None:
    root = layout(tmp_path, packed)
    (root / "submission" / "essay.txt").write_text("I did it at home.")
    done = run_autograder(root)
    result = result_of(root)
    assert done.returncode == 1
    assert "score" not in result
    assert "nothing to grade" in str(result["output"])
