"""Recordings are kept whole and read again, by any process that grades the same course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tiny_course import write_course

from chainrule.course import load_course
from chainrule.judge import cache
from chainrule.judge.record import Recording

COURSE = Path(__file__).parent.parent
SHOW = """
import sys
from pathlib import Path
from chainrule.course import load_course
from chainrule.judge import cache
course = load_course(Path(sys.argv[1]))
cache.record = None  # nothing is made anew
print(repr(cache.recording_of(course, course["sums"], 3, hidden=True).examples))
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def recording(folder: Path, seed: int = 3) -> Recording:
    course = load_course(folder)
    return cache.recording_of(course, course["sums"], seed, hidden=True)


def test_another_process_reads_what_this_one_recorded(tmp_path: Path, kept: Path) -> None:
    folder = write_course(tmp_path / "course")
    made = recording(folder)
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, str(folder)],
        env={cache.VARIABLE: str(kept), "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # `Weighted` is a class of the course, which that process imported under a name of its own
    assert "Weighted(x=array([" in shown
    assert shown == repr(made.examples) + "\n"


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + b"\0" * 9],
    ids=["cut short", "empty", "overwritten"],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, kept: Path, damage) -> None:
    folder = write_course(tmp_path / "course")
    made = recording(folder)
    (path,) = kept.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert repr(recording(folder)) == repr(made)
    assert path.read_bytes() == whole


def test_a_seed_and_a_changed_check_have_recordings_of_their_own(
    tmp_path: Path, kept: Path
) -> None:
    folder = write_course(tmp_path / "course")
    recording(folder)
    recording(folder, seed=4)
    with (folder / "graders" / "hidden" / "sums.py").open("a") as file:
        file.write("# another comment\n")
    recording(folder)
    assert len(list(kept.iterdir())) == 3


@pytest.mark.parametrize("name", ["losses", "neuron", "delta_rule", "backprop", "xor"])
def test_every_recording_of_this_course_is_kept(name: str) -> None:
    # in the user's own cache: grading has made it already, or will not have to
    course = load_course(COURSE, only=[name])
    made = cache.recording_of(course, course[name], 0, hidden=True)
    path = cache.folder() / f"{cache._key(course, course[name], 0, True)}.rec"
    read = cache._read(path, cache._package(course[name]))
    assert read is not None
    assert repr(read.examples) == repr(made.examples)
