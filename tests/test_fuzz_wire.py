"""The short form of `quality/fuzz_wire.py`: a few thousand frames, each a message or a refusal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from quality import fuzz_wire

SCRIPT = Path(fuzz_wire.__file__)


def test_ten_thousand_frames() -> None:
    # In a process of its own: it is held to a bound on its memory.
    code = "import sys; sys.path.insert(0, sys.argv[1]); import fuzz_wire as f; f.limit_memory()"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}; f.by_mutation(10_000)", SCRIPT.parent],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]


def test_the_fuzzer_sees_what_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise KeyError("not a refusal")

    monkeypatch.setattr(fuzz_wire.wire, "from_worker", broken)
    with pytest.raises(KeyError):
        fuzz_wire.one(fuzz_wire.seeds()[0])


def test_honest_frames_are_read_to_the_end() -> None:
    fed = fuzz_wire.Fed(b"".join(fuzz_wire.seeds()))
    assert all(fed.arrived() is not None for _ in fuzz_wire.seeds())
    assert fed.arrived() is None
