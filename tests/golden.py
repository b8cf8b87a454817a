"""The example class's golden results: how they are made, and made again.

`python tests/golden.py --write` grades the class and writes `examples/golden/`, one file a
student. Read the difference as a teacher would before committing it: each line is something that a
student is told.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CLASS = ROOT / "examples" / "class"
GOLDEN = ROOT / "examples" / "golden"
ALL = "_class"
"""The file on the whole class; no student's folder begins like it."""

OPTIONS = ("--jobs=2", "--call-seconds=10")  # the endless loop costs 10 seconds, once


def grade(output: Path) -> dict[str, Any]:
    """Grade the class through the command, as a teacher would."""
    command = [sys.executable, "-P", "-m", "chainrule", "grade", str(CLASS)]
    ran = subprocess.run(
        [*command, f"--output={output}", *OPTIONS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise SystemExit(f"grading the class ended with {ran.returncode}:\n{ran.stderr}")
    found: dict[str, Any] = json.loads((output / "grades.json").read_bytes())
    return found


def golden(grades: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a run, by file: what a student reads, and what it is worth."""
    found: dict[str, Any] = {
        ALL: {
            # Its next version may draw other inputs, of which other messages speak.
            "hypothesis": importlib.metadata.version("hypothesis"),
            "notes": grades["notes"],
            "problems": grades["problems"],
        }
    }
    for submission in grades["submissions"]:
        student = found.setdefault(submission["student"], {})
        student[submission["assignment"]] = {
            "score": submission["score"],
            "max_score": submission["max_score"],
            "reason": submission["reason"],
            "notes": submission["notes"],
            "functions": {f["name"]: _function(f) for f in submission["functions"]},
        }
    return found


def _function(function: dict[str, Any]) -> dict[str, Any]:
    checks = {check["name"]: _check(check) for check in function["checks"]}
    told = [_told(check) for check in function["checks"]]
    if len(checks) > 1 and all(other == told[0] for other in told):
        checks = {f"each of {len(checks)}": told[0]}
    return {"score": function["score"], "max_score": function["max_score"], "checks": checks}


def _check(check: dict[str, Any]) -> Any:
    """A check's outcome, and what is said where it did not pass, line by line."""
    told = _told(check)
    return told if told == "passed" else {"title": check["title"], **told}


def _told(check: dict[str, Any]) -> Any:
    if check["outcome"] == "passed" and not check["message"]:
        return "passed"
    message = check["message"].split("\n")
    return {"outcome": check["outcome"], "mistake": check["mistake"], "message": message}


def without_messages(kept: Any) -> Any:
    """The same without what depends on the inputs that were drawn."""
    if not isinstance(kept, dict):
        return kept
    return {k: without_messages(v) for k, v in kept.items() if k not in ("message", "hypothesis")}


def read(name: str) -> Any:
    """One golden file."""
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def write(results: dict[str, Any]) -> None:
    """Write them all; a student who has left the class loses theirs."""
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.glob("*.json"):
        path.unlink()
    for name, kept in results.items():
        text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
        (GOLDEN / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        raise SystemExit("usage: python tests/golden.py --write")
    with tempfile.TemporaryDirectory() as folder:
        write(golden(grade(Path(folder))))
