"""The command as a user meets it: its exit status and output, in this process or another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chainrule.cli import main

COMMAND = [sys.executable, "-P", "-m", "chainrule"]
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()


Command = Callable[..., Ran]


def in_process(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs ``chainrule ARGS`` here: quick, and through the same door."""

    def run(*args: str | Path) -> Ran:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["chainrule", *map(str, args)])
        status: object = 0
        try:
            main()
        except SystemExit as stop:
            status = stop.code or 0
        out, err = capfd.readouterr()
        assert isinstance(status, int)
        return Ran(status, out.encode(), err)

    return run


def environment(**more: str) -> dict[str, str]:
    """This test run's surroundings, without what would change how a command prints."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    return {**kept, **more}


def started(*args: str | Path, cwd: Path, **options: object) -> subprocess.Popen[bytes]:
    """``chainrule ARGS`` in a process group of its own."""
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*COMMAND, *map(str, args)],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def running_in(group: int) -> list[str]:
    """The command lines of what still runs in a process group's session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            line = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if int(fields[3]) == group and fields[0] != "Z":
            found.append(f"{folder.name}: {line}")
    return found


def stop(process: subprocess.Popen[bytes], how: signal.Signals, when: Callable[[], bool]) -> Ran:
    """Send a signal as soon as something is the case, and wait for the end."""
    try:
        end = time.monotonic() + 60
        while not when():
            assert time.monotonic() < end, "it never came so far"
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return Ran(process.returncode, out, err.decode())
