"""Single keys from a terminal, without waiting for the return key; none where there is none."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator


def terminal() -> bool:
    """Whether somebody can press keys and read what comes."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def listening(pressed: Callable[[str], None]) -> Iterator[None]:
    """Call ``pressed`` with each key, from a thread of its own, as long as this is open."""
    if not terminal():
        yield
        return
    if sys.platform == "win32":
        threading.Thread(target=_windows, args=(pressed,), daemon=True).start()
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        threading.Thread(target=_posix, args=(pressed,), daemon=True).start()
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _posix(pressed: Callable[[str], None]) -> None:
    while key := sys.stdin.read(1):
        pressed(key)


def _windows(pressed: Callable[[str], None]) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            pressed(msvcrt.getwch())
