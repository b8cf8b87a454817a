"""Dask as the executor: a scheduler and two workers as processes, one of which is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from quality.faults import command, graded, processes, write_class

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its victims in /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dask")
    write_class(made, 60)
    return made


@pytest.fixture(scope="module")
def calm(folder: Path) -> bytes:
    return graded(folder, "calm", ("--jobs=2",), None)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A scheduler's address; its two workers are processes of their own, under nannies."""
    place = tmp_path / "scheduler.json"
    scheduler = ["dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard"]
    worker = ["dask_worker", "--nthreads=1", "--no-dashboard", f"--local-directory={tmp_path}"]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", f"--scheduler-file={place}", *given],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        )
        for name, *given in (scheduler, worker, worker)
    ]
    try:
        yield _address(place)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(place: Path) -> str:
    """The scheduler's address, once both workers have reported to it."""
    end = time.monotonic() + 60
    while not place.exists():
        assert time.monotonic() < end, "no scheduler came up"
        time.sleep(0.1)
    with distributed.Client(scheduler_file=str(place), timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        return str(client.scheduler.address)


def _workers() -> list[int]:
    """The processes that work under Dask's nannies."""
    everything = processes()
    nannies = {p.pid for p in everything.values() if "dask_worker" in p.command}
    return [p.pid for p in everything.values() if p.parent in nannies and p.is_judge]


def test_a_killed_worker_changes_no_byte(folder: Path, calm: bytes, scheduler: str) -> None:
    log = (folder / "dask.log").open("wb")
    options = (f"--executor=dask:{scheduler}",)
    with (
        log,
        subprocess.Popen(
            command(folder, "remote", options), cwd=folder, stdout=log, stderr=log
        ) as run,
    ):
        end = time.monotonic() + 60
        while not _sandboxes() and run.poll() is None:
            assert time.monotonic() < end, "no worker began to grade"
            time.sleep(0.05)
        assert run.poll() is None, (folder / "dask.log").read_text()[-3000:]
        os.kill(_workers()[0], signal.SIGKILL)
        assert run.wait(100) == 0, (folder / "dask.log").read_text()[-3000:]
    assert (folder / "remote" / "grades.json").read_bytes() == calm


def _sandboxes() -> list[int]:
    workers = set(_workers())
    everything = processes()
    return [
        p.pid
        for p in everything.values()
        if p.sandboxed and {p.parent, getattr(everything.get(p.parent), "parent", 0)} & workers
    ]


def test_an_own_cluster_gives_the_same_bytes(folder: Path, calm: bytes) -> None:
    assert graded(folder, "own", ("--executor=dask", "--jobs=2"), None) == calm


def test_nobody_at_the_address_is_said(folder: Path) -> None:
    ran = subprocess.run(
        command(folder, "nobody", ("--executor=dask:tcp://127.0.0.1:9",)),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ran.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in ran.stderr
