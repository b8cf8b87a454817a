"""Files that cannot be graded: each a problem of its own that says what to do, and no crash."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from submission_files import notebook, only_problem, pairs, take, write

from chainrule.submissions import Intake, IntakeLimits

SMALL = IntakeLimits(module_bytes=1000, notebook_bytes=2000, entries=20)
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX's kinds of files")


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    """A folder of a class whose other student must be graded whatever ada hands in."""
    write(tmp_path, "class/bob/losses.py", "class/ada/neuron.py")
    return tmp_path / "class" / "ada"


def refused(ada: Path, limits: IntakeLimits = SMALL) -> str:
    """Why ada's losses were refused; neither her neuron nor bob's losses are concerned."""
    intake = take(ada.parent, limits=limits)
    assert pairs(intake) == [("ada", "neuron"), ("bob", "losses")]
    problem = only_problem(intake)
    assert (problem.student, problem.assignment) == ("ada", "losses")
    assert problem.path.startswith(str(ada))
    assert problem.reason.endswith(".")
    return problem.reason


BAD_MODULES = {
    "latin-1 without a cookie": ("# é\n".encode("latin-1"), "Save it as UTF-8"),
    "latin-1 in line 4": ("x = 1\n\n\ny = 'é'\n".encode("latin-1"), "line 4"),
    "cookie that lies": (b"# coding: ascii\n\nx = '\xc3\xa9'\n", "is not ascii text (line 3)"),
    "cookie of nothing": (b"# coding: klingon\n", "klingon"),
    "cookie of a text transform": (b"# coding: rot13\n", "Save it as UTF-8"),
    "cookie of a byte transform": (b"# coding: hex\n", "Save it as UTF-8"),
    "cookie of a slow codec": (b"# coding: punycode\nx-" + b"a" * 900, "punycode"),
    "cookie of a slow codec in capitals": (b"# coding: PUNYCODE\nx-" + b"a" * 900, "PUNYCODE"),
    "cookie of another slow codec": (b"# coding: Idna\n" + b"a" * 900, "Idna"),
    "cookie that is undefined": (b"# coding: undefined\n", "Save it as UTF-8"),
    "BOM against cookie": (b"\xef\xbb\xbf# coding: latin-1\n", "Save it as UTF-8"),
    "UTF-16": ("x = 1\n".encode("utf-16"), "Save it as"),
    "NUL": (b"x = 1\ny = '\0'\n", "NUL byte in line 2"),
    "too large": (b"#" * 1001, "more than 1,000 bytes"),
}


@pytest.mark.parametrize("case", BAD_MODULES)
def test_a_module_that_python_cannot_read(ada: Path, case: str) -> None:
    data, told = BAD_MODULES[case]
    write(ada, "losses.py", text=data)
    assert told in refused(ada)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbfx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n# \x80\n",
        b"this is ( no Python",
        b"x = 1\r\ny = 2\r",
        b"#" * 1000,
    ],
)
def test_a_module_that_python_can_read(ada: Path, data: bytes) -> None:
    write(ada, "losses.py", text=data)
    intake = take(ada, limits=SMALL)
    assert not intake.problems
    assert intake.sources[0].code == data


DEEP = 200_000
BAD_NOTEBOOKS = {
    "empty": (b"", "not valid JSON"),
    "cut off": (notebook("x = 1")[:-5], "not valid JSON"),
    "Python": (b"import numpy\n", "not valid JSON"),
    "UTF-16": ("{}".encode("utf-16"), "not valid JSON"),
    "not UTF-8": (notebook("'?'").replace(b"?", b"\xff"), "utf-8"),
    "a list": (b"[]", "no Jupyter notebook"),
    "null": (b"null", "no Jupyter notebook"),
    "no format": (b"{}", "nbformat"),
    "no cells": (b'{"nbformat": 4}', "no cells"),
    "old": (b'{"nbformat": 3, "worksheets": []}', "old notebook format 3"),
    "from the future": (b'{"nbformat": 5, "cells": []}', "unknown notebook format"),
    "format of the wrong type": (b'{"nbformat": "4", "cells": []}', "no Jupyter notebook"),
    "gigantic format": (b'{"nbformat": 1%s, "cells": []}' % (b"0" * 900), None),
    "cells of the wrong type": (b'{"nbformat": 4, "cells": {}}', "no Jupyter notebook"),
    "cell of the wrong type": (b'{"nbformat": 4, "cells": [1]}', "$.cells[0]"),
    "cell without a type": (b'{"nbformat": 4, "cells": [{}]}', "cell_type"),
    "source of the wrong type": (
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}',
        "$.cells[0].source",
    ),
    "source of wrong lines": (
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a", 1]}]}',
        "$.cells[0].source[1]",
    ),
    "NUL": (notebook("x", "'\0'"), "code cell 2"),
    "half a character": (
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800 "}]}',
        None,
    ),
    "deep": (b'{"nbformat": 4, "a": %s%s}' % (b"[" * DEEP, b"]" * DEEP), "nested too deeply"),
    "deep and open": (b'{"a":' * DEEP, "nested too deeply"),
    "too large": (notebook("x") + b" " * 2_000_000, "more than 1,000,000 bytes"),
    "too much code": (notebook("x" * 600, "y" * 401), "1,000 characters of code"),
}


@pytest.mark.parametrize("case", BAD_NOTEBOOKS)
def test_a_broken_notebook(ada: Path, case: str) -> None:
    data, told = BAD_NOTEBOOKS[case]
    write(ada, "losses.ipynb", text=data)
    reason = refused(ada, IntakeLimits(module_bytes=1000, notebook_bytes=1_000_000))
    assert told is None or told in reason
    assert reason.isprintable()


def test_a_folder_in_the_place_of_a_file(ada: Path) -> None:
    write(ada, "losses.py/x.py")
    assert "is a folder, not a file" in refused(ada)


def test_a_folder_called_like_a_module_is_told_on_its_own(ada: Path) -> None:
    write(ada, "losses.py/losses.py")
    assert "is a folder" in only_problem(take(ada / "losses.py")).reason


def _make_fifo(path: Path) -> Iterator[None]:
    os.mkfifo(path)
    yield


def _make_socket(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listener, tempfile.TemporaryDirectory() as short:
        # a socket's path is short; a hard link puts it where the test wants it
        listener.bind(f"{short}/s")
        os.link(f"{short}/s", path)
        yield


@posix
@pytest.mark.parametrize(("make", "told"), [(_make_fifo, "FIFO"), (_make_socket, "a socket")])
@pytest.mark.timeout(10)
def test_what_is_no_file_is_never_opened(ada: Path, make, told: str) -> None:  # type: ignore[no-untyped-def]
    for _ in make(ada / "losses.py"):
        assert told in refused(ada)
        assert told in only_problem(take(ada / "losses.py")).reason


@posix
@pytest.mark.timeout(10)
def test_a_fifo_in_other_places(ada: Path) -> None:
    os.mkfifo(ada / "notes.txt")
    os.mkfifo(ada / "timestamp.txt")
    os.mkfifo(ada.parent / "cy")
    os.mkfifo(ada.parent / "di.zip")
    intake = take(ada.parent)
    assert pairs(intake) == [("ada", "neuron"), ("bob", "losses")]
    assert [problem.student for problem in intake.problems] == ["cy", "di"]
    assert all("FIFO" in problem.reason for problem in intake.problems)
    assert "FIFO" in only_problem(take(ada.parent / "cy")).reason


@posix
def test_a_device_is_no_file() -> None:
    assert "a device" in only_problem(take(Path("/dev/zero"))).reason


@posix
@pytest.mark.parametrize(
    "target",
    ["../bob/losses.py", "/etc/passwd", "../../secret.py", "nowhere.py", "losses.py", "folder"],
)
def test_a_link_that_leads_astray(ada: Path, target: str) -> None:
    write(ada.parent.parent, "secret.py", "class/ada/folder/x.txt")
    (ada / "losses.py").symlink_to(target)
    reason = refused(ada)
    assert "link" in reason or "could not be read" in reason


@posix
def test_a_link_within_the_submission_is_followed(ada: Path) -> None:
    write(ada, "drafts/second.py", text="x = 2\n")
    (ada / "losses.py").symlink_to("drafts/second.py")
    intake = take(ada)
    assert intake.sources[0].code == b"x = 2\n"
    assert intake.sources[0].filename == "losses.py"


@posix
def test_a_student_who_is_a_link(ada: Path) -> None:
    (ada.parent / "cy").symlink_to("bob")
    (ada.parent / "di.zip").symlink_to("/etc/passwd")
    intake = take(ada.parent)
    assert pairs(intake) == [("ada", "neuron"), ("bob", "losses")]
    assert [problem.student for problem in intake.problems] == ["cy", "di"]


@posix
def test_nbgraders_folder_that_is_a_link(ada: Path) -> None:
    write(ada.parent, "bob/xor/xor.py")
    (ada / "losses").symlink_to("../bob")
    (ada / "xor").symlink_to("../bob/xor")
    intake = take(ada)
    assert pairs(intake) == [("ada", "neuron")]
    assert [problem.assignment for problem in intake.problems] == ["losses", "xor"]


@posix
def test_a_link_that_the_user_names_is_followed(ada: Path) -> None:
    (ada.parent.parent / "work").symlink_to(ada)
    assert pairs(take(ada.parent.parent / "work")) == [("work", "neuron")]


@posix
def test_a_loop_of_links_ends(ada: Path) -> None:
    (ada / "again").symlink_to(ada)
    (ada.parent / "loop").symlink_to("loop")
    intake = take(ada.parent)
    assert pairs(intake) == [("ada", "neuron"), ("bob", "losses")]
    assert only_problem(intake).student == "loop"
    assert "could not be read" in only_problem(take(ada.parent / "loop")).reason


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder in which file modes count: the superuser becomes somebody else for the test."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        if not hasattr(os, "geteuid"):
            pytest.skip("file modes are POSIX's")
        drop = os.geteuid() == 0
        if drop:
            try:
                os.chown(root, 65534, 65534)
                os.seteuid(65534)
            except OSError:
                pytest.skip("cannot become another user")
        try:
            yield root
        finally:
            for path in root.rglob("*"):
                path.chmod(0o700)
            if drop:
                os.seteuid(0)


def _locked(root: Path, *names: str) -> Intake:
    write(root, "class/bob/losses.py", "class/ada/neuron.py", "class/ada/losses.py")
    for name in names:
        (root / "class" / name).chmod(0)
    intake = take(root / "class")
    for name in names:
        (root / "class" / name).chmod(0o700)
    return intake


def test_a_file_without_permission(unprivileged: Path) -> None:
    intake = _locked(unprivileged, "ada/losses.py")
    assert pairs(intake) == [("ada", "neuron"), ("bob", "losses")]
    problem = only_problem(intake)
    assert (problem.student, problem.assignment) == ("ada", "losses")
    assert "Permission denied" in problem.reason
    assert "Make it readable" in problem.reason


def test_a_folder_without_permission(unprivileged: Path) -> None:
    intake = _locked(unprivileged, "ada")
    assert pairs(intake) == [("bob", "losses")]
    assert "Permission denied" in only_problem(intake).reason


def test_nbgraders_folder_without_permission(unprivileged: Path) -> None:
    write(unprivileged, "class/ada/xor/xor.py")
    intake = _locked(unprivileged, "ada/xor")
    assert pairs(intake) == [("ada", "losses"), ("ada", "neuron"), ("bob", "losses")]
    assert only_problem(intake).assignment == "xor"


def test_a_class_without_permission(unprivileged: Path) -> None:
    write(unprivileged, "class/bob/losses.py")
    (unprivileged / "class").chmod(0)
    for path in (unprivileged / "class", unprivileged / "class" / "bob"):
        assert "Permission denied" in only_problem(take(path)).reason
    (unprivileged / "class").chmod(0o700)


def test_a_file_that_is_swapped_while_it_is_read(
    ada: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the opening, losses.py becomes a link to the solution."""
    write(ada, "losses.py")
    really = os.open

    def swapped(path: Path, flags: int) -> int:
        if path.name == "losses.py" and path.parent == ada:
            path.unlink()
            path.symlink_to(ada.parent / "bob" / "losses.py")
        return really(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    intake = take(ada.parent)
    assert ("ada", "losses") not in pairs(intake)
    assert only_problem(intake).assignment == "losses"


def test_a_folder_of_too_many_files(ada: Path) -> None:
    write(ada, *(f"{number}.txt" for number in range(20)))
    intake = take(ada.parent, limits=SMALL)
    assert pairs(intake) == [("bob", "losses")]
    assert "holds more than 20 files" in only_problem(intake).reason


def test_nothing_is_run_or_imported(ada: Path) -> None:
    bomb = "raise SystemExit('run')\n"
    write(ada, "losses.py", "conftest.py", "numpy.py", "sitecustomize.py", text=bomb)
    write(ada, "xor.ipynb", text=notebook(bomb))
    before = set(sys.modules)
    assert pairs(take(ada)) == [("ada", "losses"), ("ada", "neuron"), ("ada", "xor")]
    assert {name for name in set(sys.modules) - before if "encodings" not in name} == set()
