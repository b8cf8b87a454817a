"""The judge's end of a worker's channel: bounded, validated, never waiting past a deadline."""

from __future__ import annotations

import os
import select
import time
from typing import Any

from ..worker import wire

_CHUNK = 1 << 18


class TimeUp(Exception):
    """The deadline passed before the worker answered."""


class Gone(Exception):
    """The worker closed the channel or sent what no honest worker sends."""


class Channel:
    """Frames over two descriptors, read and written at once so that neither side can block."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._in = bytearray()
        self._out = memoryview(b"")
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)

    def send_raw(self, data: bytes) -> None:
        """Queue bytes; they leave while the judge waits for an answer."""
        self._out = memoryview(bytes(self._out) + data)
        self._flush()

    def send(self, message: Any) -> None:
        """Queue a message."""
        self.send_raw(wire.frame(message))

    def receive(self, deadline: float) -> wire.FromWorker:
        """The next message, by ``deadline`` on the monotonic clock.

        Raises:
            TimeUp: the deadline passed.
            Gone: the channel is closed, or what came is not a message.
        """
        while (body := self._frame()) is None:
            self._wait(deadline)
        try:
            return wire.from_worker(body)
        except wire.WireError as error:
            raise Gone(str(error)) from None

    def _frame(self) -> bytes | None:
        if len(self._in) < 4:
            return None
        try:
            size = wire.length(bytes(self._in[:4]))
        except wire.WireError as error:
            raise Gone(str(error)) from None
        if len(self._in) < 4 + size:
            return None
        body = bytes(self._in[4 : 4 + size])
        del self._in[: 4 + size]
        return body

    def _wait(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeUp
        readable, _, _ = select.select(
            [self._read_fd], [self._write_fd] if self._out else [], [], min(left, 1.0)
        )
        self._flush()
        if readable:
            self._fill()

    def _fill(self) -> None:
        try:
            data = os.read(self._read_fd, _CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise Gone(str(error)) from None
        if not data:
            raise Gone("the process ended")
        self._in += data

    def _flush(self) -> None:
        while self._out:
            try:
                sent = os.write(self._write_fd, self._out)
            except BlockingIOError:
                return
            except OSError:  # the reading side finds out why
                self._out = memoryview(b"")
                return
            self._out = self._out[sent:]

    def close(self) -> None:
        """Close both descriptors."""
        for fd in {self._read_fd, self._write_fd}:
            os.close(fd)
