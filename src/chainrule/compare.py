"""Two runs of the same class side by side: whose grade changed, and by which check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = "chainrule/diff/v1"
GRADES = "chainrule/grades/v1"

Data = dict[str, Any]


class NotGrades(Exception):
    """A file does not hold grades; the message completes "<its path> ..."."""


def read(path: Path) -> Data:
    """The grades at a path: ``grades.json``, or a folder that holds one."""
    file = path / "grades.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_bytes())
    except OSError as error:
        raise NotGrades(f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise NotGrades("holds no JSON") from error
    if not isinstance(data, dict) or data.get("schema") != GRADES:
        raise NotGrades(f"holds no {GRADES}; `chainrule grade --output DIR` writes it")
    return data


def compare(old: Data, new: Data) -> Data:
    """What changed, as plain JSON data.

    Args:
        old: grades as `read` gives them.
        new: the same, later.

    Returns:
        ``same``, both runs' graders and seeds, and a change for each submission whose score, or
        any of whose checks' points or outcome, is another; messages do not count.
    """
    before, after = _by_key(old), _by_key(new)
    keys = sorted({*before, *after})
    changes = [c for k in keys if (c := _change(k, before.get(k), after.get(k))) is not None]
    runs = {name: _run(data) for name, data in (("old", old), ("new", new))}
    return {"schema": SCHEMA, "same": not changes, **runs, "changes": changes}


def _by_key(grades: Data) -> dict[tuple[str, str], Data]:
    return {(s["student"], s["assignment"]): s for s in grades["submissions"]}


def _run(grades: Data) -> Data:
    return {key: grades[key] for key in ("grader_version", "seed", "isolation")}


def _change(key: tuple[str, str], old: Data | None, new: Data | None) -> Data | None:
    checks = list(_checks(old, new))
    scores = [None if s is None else [s["score"], s["max_score"]] for s in (old, new)]
    if not checks and scores[0] == scores[1]:
        return None
    student, assignment = key
    return {
        "student": student,
        "assignment": assignment,
        "old": scores[0],
        "new": scores[1],
        "handed_in_anew": old is not None and new is not None and old["sha256"] != new["sha256"],
        "checks": checks,
    }


def _checks(old: Data | None, new: Data | None) -> Iterator[Data]:
    before, after = _verdicts(old), _verdicts(new)
    for name in dict.fromkeys([*before, *after]):
        pair = before.get(name), after.get(name)
        if pair[0] != pair[1]:
            yield {"check": name, "old": pair[0], "new": pair[1]}


def _verdicts(submission: Data | None) -> dict[str, Data]:
    if submission is None:
        return {}
    keys = ("outcome", "points", "max_points")
    return {
        f"{function['name']}.{check['name']}": {key: check[key] for key in keys}
        for function in submission["functions"]
        for check in function["checks"]
    }
