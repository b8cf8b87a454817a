"""How a worker ended, in words: the limit it hit, the signal that killed it, or its own exit."""

from __future__ import annotations

import signal

from .limits import Limits

_SIGNALS = {
    "SIGSEGV": "a segmentation fault, which endless recursion or too little memory can cause",
    "SIGABRT": "an abort, which too little memory can cause",
    "SIGBUS": "a bus error",
    "SIGFPE": "an arithmetic fault",
    "SIGILL": "an illegal instruction",
}


def how_it_ended(code: int | None, limits: Limits, cpu: float = 0.0) -> str:
    """One clause about the end of a process.

    Args:
        code: its exit status, or minus the number of the signal; ``None`` if it was still running.
        limits: what it was allowed.
        cpu: the seconds of processor time it used, if known.
    """
    if code is None:
        return "it closed its channel"
    name = _name(-code) if code < 0 else ""
    if name == "SIGXCPU" or (name == "SIGKILL" and cpu >= limits.cpu_seconds):
        return f"it used more than {limits.cpu_seconds} s of processor time"
    if name == "SIGXFSZ":
        return f"it wrote a file of more than {limits.file_mb} MB"
    if name == "SIGKILL":
        return "it was killed from outside, perhaps because the machine ran out of memory"
    if name:
        return _SIGNALS.get(name, f"the signal {name}")
    return "it exited"  # with a status of the student's choice, which could hold a hidden input


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
