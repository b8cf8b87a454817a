"""The zygote ends with the judge, its workers end with it, and it is replaced when it is gone."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from attacks.scene import BASE, RIGHT, Scene
from isolation import ISOLATED, SHORT, launcher, session

from chainrule.launch.channel import SandboxLost
from chainrule.launch.sandbox import Layers
from chainrule.run import Desk, Options
from chainrule.submissions import Source
from chainrule.worker import wire

LOOP = "def attack():\n    while True: pass"


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a process ends in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("level", ISOLATED)
def test_a_dead_zygote_is_replaced(level: str) -> None:
    launch = launcher(level)
    with session(launch, "def attack(): return 1") as opened:
        assert isinstance(opened.loaded, wire.Loaded)
        opened.close()
        launch._zygote._process.kill()
        launch._zygote._process.wait()
        worker = launch.start()
        worker.end()


@pytest.mark.parametrize("level", ISOLATED)
def test_workers_end_with_their_zygote(level: str) -> None:
    launch = launcher(level)
    try:
        worker = launch.start()
        worker.channel.send(wire.Load("m", [wire.Cell("m.py", b"while True: pass")]))
        time.sleep(0.2)
        launch._zygote._process.kill()
        if level == "namespaces":  # bubblewrap is dead; its zygote ends with the control socket
            launch._zygote._control.close()
        poll = select.poll()
        poll.register(worker._pidfd, select.POLLIN)
        assert poll.poll(5000)
        with pytest.raises(SandboxLost):
            worker.end()
    finally:
        launch.close()


@pytest.mark.parametrize("level", ISOLATED)
def test_everything_ends_when_the_judge_is_killed(level: str) -> None:
    launcher(level)
    source = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from isolation import launcher
from chainrule.worker import wire
launch = launcher({level!r})
worker = launch.start()
worker.channel.send(wire.Load("m", [wire.Cell("m.py", b"while True: pass")]))
print(launch._zygote._process.pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as judge:
        assert judge.stdout is not None
        zygote = int(judge.stdout.readline())
        below = descendants(zygote)
        judge.kill()
    assert below
    for pid in (zygote, *below):
        assert gone(pid)


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(
                path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            )
        except OSError:
            continue
    found = [pid]
    for one in found:
        found += [p for p, parent in parents.items() if parent == one]
    return found[1:]


@pytest.mark.parametrize("level", ISOLATED)
def test_a_submission_whose_sandbox_was_lost_is_graded_again(level: str, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.build()
    launch = launcher(level)
    starts = []

    def start(original=launch.start):  # type: ignore[no-untyped-def]
        worker = original()
        starts.append(worker)
        if len(starts) == 1:
            launch._zygote._process.kill()
            launch._zygote._control.close()
            os.kill(os.getpid(), 0)
        return worker

    launch.start = start
    desk = Desk(Options(scene.course, limits=SHORT), launch)
    source = Source("a", "toy", "toy.py", "module", RIGHT.encode(), (), "", (), None)
    try:
        assert float(desk.grade(source).score or 0) == 30
        assert len(starts) >= 2
    finally:
        launch.close()


@pytest.mark.parametrize("level", ISOLATED)
def test_one_submission_leaves_nothing_for_the_next(level: str) -> None:
    launch = launcher(level)
    spoil = f"""
{BASE}
import math, builtins
np.sum = math.pi = builtins.LEFT = "left"
os.environ["LEFT"] = "left"
sys.modules["left"] = sys
np.random.seed(5)
def attack(): return 1
"""
    look = """
import builtins, math, os, random, sys
import numpy as np
def attack():
    clean = callable(np.sum) and math.pi > 3 and not hasattr(builtins, "LEFT")
    clean = clean and "LEFT" not in os.environ and "left" not in sys.modules
    return [float(clean), np.random.rand()]
"""
    draws = set()
    for source in (spoil, look, look):
        worker = launch.start()
        worker.channel.send(wire.Load("m", [wire.Cell("m.py", source.encode())]))
        deadline = time.monotonic() + 10
        assert isinstance(worker.channel.receive(deadline), wire.Loaded)
        worker.channel.send(wire.Calls([wire.Call(0, "attack", [], {})]))
        reply = worker.channel.receive(deadline)
        assert isinstance(reply, wire.Reply)
        worker.end()
        if source is look:
            assert isinstance(reply.value, wire.Array)
            clean, drawn = wire.unpack(reply.value)
            assert clean == 1
            draws.add(drawn)
    launch.close()
    assert len(draws) == 1


def test_layers_are_all_on_unless_a_test_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("landlock", "seccomp", "rlimits", "descriptors"):
        monkeypatch.setenv(name, "0")
        monkeypatch.setenv(f"CHAINRULE_{name.upper()}", "0")
    assert all(vars(Layers()).values())


def test_a_worker_that_is_stopped_is_still_ended() -> None:
    launch = launcher("landlock+seccomp")
    worker = launch.start()
    signal.pidfd_send_signal(worker._pidfd, signal.SIGSTOP)
    assert worker.end()
    launch.close()
