"""Submissions to take in: files, notebooks and archives, honest and hostile."""

from __future__ import annotations

import io
import json
import stat
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from chainrule.submissions import Intake, IntakeLimits, Problem, collect

ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop", "xor")
CODE = "import numpy as np\n"
GOOD = {"losses.py": CODE}


def take(*paths: Path, limits: IntakeLimits | None = None) -> Intake:
    return collect(paths, ASSIGNMENTS, limits or IntakeLimits())


def pairs(intake: Intake) -> list[tuple[str, str]]:
    """Who handed in what."""
    return [(source.student, source.assignment) for source in intake.sources]


def only_problem(intake: Intake) -> Problem:
    [problem] = intake.problems
    return problem


def refused(tmp_path: Path, name: str, data: bytes, limits: IntakeLimits | None = None) -> str:
    """Why ada's archive was refused, alone and within a class; bob's folder is graded."""
    write(tmp_path, f"class/ada{name}", text=data)
    write(tmp_path, "class/bob/losses.py")
    intake = take(tmp_path / "class", limits=limits)
    assert pairs(intake) == [("bob", "losses")]
    problem = only_problem(intake)
    assert problem.student == "ada"
    alone = only_problem(take(tmp_path / "class" / f"ada{name}", limits=limits))
    assert alone.reason == problem.reason
    assert problem.reason.endswith(".")
    assert problem.reason.isprintable()
    return problem.reason


def write(root: Path, *names: str, text: str | bytes = CODE) -> Path:
    """Files below `root`; a name that ends with a slash is a folder."""
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        data = notebook(CODE) if name.endswith(".ipynb") and text == CODE else text
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def notebook(*sources: str | list[str], **keys: object) -> bytes:
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells, **keys}).encode()


def zipped(files: Mapping[str, str | bytes], modes: Mapping[str, int] | None = None) -> bytes:
    """A zip archive; `modes` gives members a file type, such as a link's."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (modes or {}).get(name, stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(
    files: Mapping[str, str | bytes],
    kinds: Mapping[str, bytes] | None = None,
    mode: str = "w:gz",
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    """A tar archive; `kinds` gives members another type than that of a file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            content = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.type = (kinds or {}).get(name, tarfile.REGTYPE)
            info.size = len(content) if info.type == tarfile.REGTYPE else 0
            info.linkname = content.decode() if info.size == 0 else ""
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()
