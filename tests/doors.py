"""Doors of other systems, opened without them: an action's steps, Gradescope's folders."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

COURSE = Path(__file__).parent.parent
BASH = shutil.which("bash") or ""
PYTHON = """#!{bash}
# Stands in for python3: makes an environment of this Python's packages, and notes what pip is told.
if [ "$1 $2" = "-m venv" ]; then
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    printf '#!%s\\nexec "%s" -P -m chainrule "$@"\\n' "{bash}" "{python}" > "$3/bin/chainrule"
    chmod +x "$3/bin/chainrule"
elif [ "$1 $2" = "-m pip" ]; then
    echo "$@" >> "$RUNNER_TEMP/pip.txt"
else
    exit 64
fi
"""


def environment(**more: str) -> dict[str, str]:
    """A small environment: what a machine has, without this test run's own settings."""
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "CHAINRULE_CACHE") if k in os.environ}
    return {**kept, "PYTHONPATH": str(COURSE / "src"), **more}


class Runner:
    """A machine of GitHub's, as far as the action's own steps see one."""

    def __init__(self, root: Path) -> None:
        self.temp = root / "runner"
        self.workspace = root / "workspace"
        self.summary, self.output = self.temp / "summary.md", self.temp / "output"
        for folder in (self.temp, self.workspace, self.temp / "path"):
            folder.mkdir(parents=True)
        python = self.temp / "path" / "python3"
        python.write_text(PYTHON.format(bash=BASH, python=sys.executable))
        python.chmod(0o755)
        self.stdout = ""

    def run(self, action: Mapping[str, Any], **inputs: str) -> int:
        """Run a composite action's steps, one after another; the first that fails is the last."""
        given = {name: i.get("default", "") for name, i in action["inputs"].items()} | inputs
        for step in action["runs"]["steps"]:
            status = self._step(step, given)
            if status:
                return status
        return 0

    def _step(self, step: Mapping[str, Any], inputs: Mapping[str, str]) -> int:
        values = {f"inputs.{k}": v for k, v in inputs.items()}
        values["github.action_path"] = str(COURSE)
        variables = {k: filled(v, values) for k, v in step.get("env", {}).items()}
        base = environment(
            RUNNER_TEMP=str(self.temp),
            GITHUB_STEP_SUMMARY=str(self.summary),
            GITHUB_OUTPUT=str(self.output),
        )
        base["PATH"] = f"{self.temp / 'path'}:{base['PATH']}"
        done = subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=base | variables,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        self.stdout += done.stdout + done.stderr
        return done.returncode


def filled(text: str, values: Mapping[str, str]) -> str:
    """Text with its expressions replaced."""
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda m: values[m[1]], text)


def action() -> Any:
    """The action, as data."""
    return yaml.safe_load((COURSE / "action.yml").read_text("utf-8"))


def autograder(root: Path, packed: bytes) -> Path:
    """/autograder below `root`: the zip in source, a copy of its script beside."""
    root.mkdir(parents=True, exist_ok=True)
    for above in (root, *root.parents):
        if above != Path("/") and above.stat().st_uid == os.getuid():
            above.chmod(above.stat().st_mode | stat.S_IXOTH)
    with zipfile.ZipFile(io.BytesIO(packed)) as archived:
        archived.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "submission").mkdir()
    (root / "results").mkdir()
    (root / "submission_metadata.json").write_text('{"id": 1, "users": [{"id": 7}]}')
    return root


def run_autograder(root: Path, isolation: str = "auto") -> subprocess.CompletedProcess[str]:
    """Run it as Gradescope's harness does, with this Python's environment for its image's."""
    variables = environment(
        CHAINRULE_AUTOGRADER_ROOT=str(root),
        CHAINRULE_ENVIRONMENT=sys.prefix,
        CHAINRULE_ISOLATION=isolation,
    )
    del variables["PYTHONPATH"]
    return subprocess.run(
        [BASH, str(root / "run_autograder")],
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
