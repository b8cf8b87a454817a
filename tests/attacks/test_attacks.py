"""Every attack is worth nothing, learns nothing, touches nothing and disturbs nobody."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from isolation import ISOLATED, reached

from .exhausting import EXHAUSTING
from .fooling import FOOLING
from .reading import READING, TELLING
from .scene import HIDDEN_INPUT, Attack, Scene, unique
from .tampering import TAMPERING

ATTACKS = unique([*READING, *TELLING, *FOOLING, *TAMPERING, *EXHAUSTING])
BOUND = 150.0
"""Seconds for the whole class; most of it is waiting for those that loop or sleep."""
HONEST = ("aa_honest", "zz_honest", "base")


@dataclass(frozen=True)
class Run:
    """A class that was graded."""

    grades: dict[str, Any]
    text: str
    said: str
    seconds: float
    before: dict[str, bytes]
    after: dict[str, bytes]
    left: list[str]

    def of(self, student: str) -> dict[str, Any]:
        (found,) = [s for s in self.grades["submissions"] if s["student"] == student]
        return found

    def refused(self, student: str) -> bool:
        """Whether it was not even taken in, and the results say so."""
        graded = [s["student"] for s in self.grades["submissions"]]
        return student not in graded and f'"student": "{student}"' in self.text


def grade(scene: Scene, level: str, only: tuple[str, ...] = ()) -> Run:
    """Grade the class at a level, in a process with secrets in its environment and arguments."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # what is left behind becomes a child of this process
    out = scene.folder / f"out-{level}-{scene.secrets['argv']}"
    environment = {
        **os.environ,
        "CR_SECRET": scene.secrets["environment"],
        "HOME": str(scene.home),
        "CHAINRULE_CACHE": str(scene.folder / "cache"),
    }
    handed_in = [scene.submissions / name for name in only] or [scene.submissions]
    command = command_line(scene, out, level, handed_in)
    before, start = scene.contents(), time.monotonic()
    done = subprocess.run(
        command, env=environment, capture_output=True, timeout=BOUND + 60, check=False
    )
    seconds = time.monotonic() - start
    assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")[-3000:]
    data = (out / "grades.json").read_bytes()
    written = [p.read_bytes() for p in out.rglob("*") if p.is_file()]
    text = b"\n".join([*written, done.stdout, done.stderr]).decode("utf-8", "replace")
    shutil.rmtree(out)
    after = {p: b for p, b in scene.contents().items() if "/cache/" not in p}
    said = (data + done.stdout + done.stderr).decode("utf-8", "replace")
    return Run(json.loads(data), text, said, seconds, before, after, children())


def command_line(scene: Scene, out: Path, level: str, handed_in: list[Path]) -> list[str]:
    """`chainrule grade` with short limits."""
    drive = str(Path(__file__).with_name("drive.py"))
    options = ["--course", str(scene.course), "--output", str(out), "--isolation", level]
    options += ["--call-seconds", "1.5", "--memory-mb", "256", "--jobs", "2"]
    return [sys.executable, drive, *map(str, handed_in), *options]


def children() -> list[str]:
    """The command lines of this process' children, the collected ones left out."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            command = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z" and b"_bundle" in command:
            found.append(command.decode("utf-8", "replace")[:200])
    return found


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The course, the class and every attack handed in."""
    built = Scene(tmp_path_factory.mktemp("scene"))
    built.build()
    for item in ATTACKS:
        source = item.source if isinstance(item.source, bytes) else built.fill(item.source)
        built.hand_in(item.name, source)
    return built


@pytest.fixture(scope="session", params=ISOLATED)
def run(request: pytest.FixtureRequest, scene: Scene) -> Run:
    """The whole class, graded at one level."""
    recipe, why = reached(request.param)
    if recipe is None:
        pytest.skip(f"this machine does not reach {request.param}: {why}")
    return grade(scene, request.param)


@pytest.fixture(scope="session")
def alone(scene: Scene) -> Run:
    """The honest ones, graded by themselves."""
    return grade(scene, "none", HONEST)


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) >= 70


@pytest.mark.timeout(300)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_an_attack_gains_nothing(run: Run, attack: Attack) -> None:
    if run.refused(attack.name):
        return
    result = run.of(attack.name)
    assert result["score"] is not None
    assert result["score"] <= run.of("base")["score"]
    for function in result["functions"]:
        if function["name"] != "double":
            passed = [c["name"] for c in function["checks"] if c["outcome"] == "passed"]
            assert set(passed) <= {"leaves_no_trace"}, passed


@pytest.mark.timeout(300)
def test_no_secret_comes_out(run: Run, scene: Scene) -> None:
    for place, secret in scene.secrets.items():
        assert secret not in run.text, place


@pytest.mark.timeout(300)
def test_no_hidden_input_comes_out(run: Run) -> None:
    assert HIDDEN_INPUT.partition(".")[0] not in run.text.replace("_", "")


@pytest.mark.timeout(300)
def test_what_students_wrote_is_inert_in_the_results(run: Run) -> None:
    assert "\x1b" not in run.said
    assert "\u202e" not in run.said
    assert "\x00" not in run.said


@pytest.mark.timeout(300)
def test_nothing_outside_is_written(run: Run, scene: Scene) -> None:
    kept = {p: b for p, b in run.before.items() if "/cache/" not in p}
    assert run.after == kept
    assert list(scene.target.iterdir()) == []
    assert (scene.home / "secret.txt").stat().st_mtime > 1e9


@pytest.mark.timeout(300)
@pytest.mark.parametrize("student", HONEST)
def test_neighbours_are_graded_as_if_alone(run: Run, alone: Run, student: str) -> None:
    assert run.of(student) == alone.of(student)
    assert run.of("aa_honest")["score"] == 30


@pytest.mark.timeout(300)
def test_everything_ends_in_time_and_leaves_no_process(run: Run) -> None:
    assert run.seconds < BOUND
    assert run.left == []


@pytest.mark.timeout(300)
def test_limits_are_named(run: Run) -> None:
    def said(student: str) -> str:
        total = next(f for f in run.of(student)["functions"] if f["name"] == "total")
        return total["checks"][0]["message"]

    assert "more than 256 MB" in said("memory_numpy")
    assert "more than 256 MB" in said("memory_lists")
    assert "within 1.5 s" in said("loop")


OPEN = [a for a in ATTACKS if a.open]


@pytest.fixture(scope="session")
def unprotected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Run]:
    """The attacks that are safe to let loose, let loose."""
    built = Scene(tmp_path_factory.mktemp("open"))
    built.build()
    for item in OPEN:
        target = built.target / item.name
        target.mkdir()
        built.hand_in(item.name, built.fill(str(item.source).replace("@TARGET@", str(target))))
    return built, grade(built, "none", tuple(a.name for a in OPEN))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("attack", OPEN, ids=lambda a: a.name)
def test_the_same_attack_succeeds_without_isolation(
    unprotected: tuple[Scene, Run], attack: Attack
) -> None:
    built, run = unprotected
    if attack.open == "write":
        assert list((built.target / attack.name).iterdir())
    else:
        said = json.dumps(run.of(attack.name))
        assert any(secret in said for secret in built.secrets.values())
