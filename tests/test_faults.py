"""The short form of `quality/faults.py`: a few kill -9 at random moments change no byte."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import pytest
from quality.faults import Killer, graded, write_class

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its victims in /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults")
    write_class(made, 40)
    return made


@pytest.fixture(scope="module")
def calm(folder: Path) -> bytes:
    return graded(folder, "calm", ("--jobs=2",), None)


@pytest.mark.parametrize(
    ("roles", "kills"),
    [(("coordinator",), 2), (("judge",), 3), (("zygote",), 3), (("child",), 4)],
    ids=["coordinator", "judge", "zygote", "child"],
)
def test_kill_9_changes_no_byte(
    folder: Path, calm: bytes, roles: tuple[str, ...], kills: int
) -> None:
    seed = int.from_bytes(os.urandom(4))
    killer = Killer(kills, random.Random(seed), roles, pause=0.5)  # noqa: S311 - no secret
    output = f"{roles[0]}-{time.monotonic_ns()}"
    assert graded(folder, output, ("--jobs=2",), killer) == calm, f"seed {seed}"
