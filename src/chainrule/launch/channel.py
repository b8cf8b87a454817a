"""The judge's end of a worker's channel: bounded, validated, never waiting past a deadline.

The worker is taken for hostile: it may send anything, or nothing, or read nothing. So at most one
frame is held at a time, what it does not read is bounded too, and none of its bytes gets into a
message that people read.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
import time
from typing import Any, Protocol

from ..worker import wire

_CHUNK = 1 << 16
_LOOK = 0.1
"""Seconds between two looks at what a worker that takes long has laid; calls have a clock each."""
_MAX_UNREAD = 4 * wire.MAX_FRAME


class TimeUp(Exception):
    """The deadline passed before the worker answered."""


class Gone(Exception):
    """The worker closed the channel or sent what no honest worker sends."""


class SandboxLost(Exception):
    """A worker's whole sandbox was ended from outside; no student's code is to blame."""


class Memory(Protocol):
    """Where a worker lays replies that it does not send."""

    def news(self) -> bytes:
        """The frames that were laid since the last look; Gone if that cannot be."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Channel:
    """Frames over two descriptors, read and written at once so that neither side can block.

    Args:
        read_fd: what the worker sends is read here.
        write_fd: what the judge sends is written here; may be the same descriptor.
        memory: where the worker lays replies, if it does.
    """

    def __init__(self, read_fd: int, write_fd: int, memory: Memory | None = None) -> None:
        self._memory = memory
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._in = bytearray()
        self._at = 0
        self._out = memoryview(b"")
        self._poll = select.poll()  # select.select knows no descriptor above 1023
        self._poll.register(read_fd, select.POLLIN)
        self.taken = 0
        """How many bytes of messages the worker has sent."""
        self.ended = False
        """Whether the worker's side has closed the channel."""
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)

    def send_raw(self, data: bytes) -> None:
        """Queue bytes; they leave while the judge waits for an answer.

        Raises:
            Gone: the worker has left so much unread that it will not read this either.
        """
        if len(self._out) > _MAX_UNREAD:
            raise Gone("it does not read what it is sent")
        self._out = memoryview(bytes(self._out) + data) if self._out else memoryview(data)
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
        while (message := self.arrived()) is None:
            self._wait(deadline)
        return message

    def arrived(self) -> wire.FromWorker | None:
        """The next message, if it is here already.

        Raises:
            Gone: what came is not a message.
        """
        body = self._frame()
        while body is not None and not body:  # an empty frame only says that replies lie there
            body = self._frame()
        if body is None:
            return None
        try:
            return wire.from_worker(body)
        except wire.WireError:
            raise Gone("what it sent is no message") from None

    def _frame(self) -> bytearray | None:
        start = self._at + 4
        if len(self._in) < start:
            return None
        try:
            size = wire.reply_length(self._in, self._at)
        except wire.WireError:
            raise Gone("it announced a message that is too long") from None
        if len(self._in) < start + size:
            return None
        self._at = start + size
        self.taken += size
        return self._in[start : self._at]

    def _wait(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left > 0 and self._ready(min(left, _LOOK if self._memory else 1.0)):
            self._fill()
        elif not self._look() and left <= 0:
            raise TimeUp

    def _look(self) -> bool:
        """Take what lies in the memory, and say whether anything did."""
        if self._memory is None:
            return False
        news = self._memory.news()
        self._in += news
        return bool(news)

    def _ready(self, seconds: float) -> bool:
        """Write what can be written, and say whether something can be read."""
        if not self._out:
            return bool(self._poll.poll(seconds * 1000))
        ready = select.poll()
        ready.register(self._read_fd, select.POLLIN)
        both = select.POLLIN if self._write_fd == self._read_fd else 0
        ready.register(self._write_fd, both | select.POLLOUT)
        events = dict(ready.poll(seconds * 1000))
        self._flush()
        return bool(events.get(self._read_fd, 0) & ~select.POLLOUT)

    def _fill(self) -> None:
        try:
            data = os.read(self._read_fd, _CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._take(data)

    def _take(self, data: bytes) -> None:
        """Keep what came, after what was laid before it was sent."""
        del self._in[: self._at]  # read messages go all at once, not one by one
        self._at = 0
        laid = self._look()
        self._in += data
        if not data:
            self.ended = True
            if not laid:
                raise Gone("the process ended")

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
        """Close both descriptors, and give the memory back."""
        if self._memory is not None:
            self._memory.close()
        for fd in {self._read_fd, self._write_fd}:
            with contextlib.suppress(OSError):
                os.close(fd)


class ThreadChannel(Channel):
    """The same over pipes that cannot be waited for, as on Windows: a thread reads, one writes."""

    def __init__(self, read_fd: int, write_fd: int) -> None:  # never unblocks its descriptors
        self._memory = None
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._in = bytearray()
        self._at = 0
        self.taken = 0
        self.ended = False
        self._unread = 0
        self._arrived: queue.Queue[bytes] = queue.Queue(maxsize=16)
        self._leaving: queue.Queue[bytes] = queue.Queue()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def send_raw(self, data: bytes) -> None:
        """Queue bytes for the writing thread."""
        if self._unread > _MAX_UNREAD:
            raise Gone("it does not read what it is sent")
        self._unread += len(data)
        self._leaving.put(data)

    def _ready(self, seconds: float) -> bool:
        try:
            data = self._arrived.get(timeout=seconds)
        except queue.Empty:
            return False
        self._take(data)
        return False

    def _read(self) -> None:
        data = b"more"
        while data and not self._closed.is_set():
            try:
                data = os.read(self._read_fd, _CHUNK)
            except OSError:
                data = b""
            self._put(data)

    def _put(self, data: bytes) -> None:
        """Wait for room, but not beyond the channel's end."""
        while not self._closed.is_set():
            try:
                self._arrived.put(data, timeout=0.2)
            except queue.Full:
                continue
            return

    def _write(self) -> None:
        while data := self._leaving.get():
            view = memoryview(data)
            while view:
                try:
                    view = view[os.write(self._write_fd, view) :]
                except OSError:
                    return
            self._unread -= len(data)

    def close(self) -> None:
        """Let the threads end, which they do once the process has; then close the descriptors."""
        self._closed.set()
        self._leaving.put(b"")
        for thread in self._threads:
            thread.join(1.0)
        super().close()
