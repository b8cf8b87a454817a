"""The worker's loop: load one module, then answer calls until the channel closes."""

from __future__ import annotations

import mmap
import os
import random
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Raw

from . import wire
from .execute import Output, Runner, redirect
from .loading import load

_SEED = 1_836_311_903


class Closed(Exception):
    """The judge closed the channel."""


class Channel:
    """Frames over two descriptors."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._buffer = bytearray()

    def receive(self) -> Any:
        """The next message of the judge's."""
        buffer = self._buffer
        while len(buffer) < 4 or len(buffer) < (end := 4 + wire.length(buffer)):
            chunk = os.read(self._read_fd, 1 << 16)
            if not chunk:
                raise Closed
            buffer += chunk
        body = bytes(buffer[4:end])
        del buffer[:end]
        return wire.to_worker(body)

    def send(self, message: Any) -> None:
        """Send one message whole."""
        self.send_raw(wire.frame(message, wire.MAX_REPLY))

    def send_raw(self, frame: bytes) -> None:
        """Send a frame whole."""
        sent = os.write(self._write_fd, frame)
        while sent < len(frame):
            sent += os.write(self._write_fd, memoryview(frame)[sent:])


class Shelf:
    """Memory shared with the judge, where replies lie until it looks: no system call for each.

    The judge looks when it is told that a batch is done, and when a worker dies or takes long; so
    no reply is lost that was laid before.
    """

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, wire.SHARED)
        self._end = wire.COUNT.size

    def lay(self, frame: bytes) -> bool:
        """Lay a frame, if there is room."""
        start, end = self._end, self._end + len(frame)
        if end > wire.SHARED:
            return False
        self._memory[start:end] = frame
        wire.COUNT.pack_into(self._memory, 0, end)
        self._end = end
        return True


def get_ready() -> Output:
    """Do what need not wait for a submission; a zygote does it once for all its forks."""
    output = Output()
    redirect(output)
    # The same submission gives the same results, even if it draws without a seed. The seed is one
    # that nobody else sets: whoever does set one changes the state.
    random.seed(_SEED)
    entropy = random.Random(_SEED).getrandbits  # noqa: S311 # which default_rng() asks for
    setattr(np.random.bit_generator, "randbits", entropy)  # noqa: B010 # typed as if it had none
    np.random.seed(_SEED)  # noqa: NPY002 # the generator that students share
    return output


def serve(channel: Channel, output: Output, shelf: Shelf | None = None) -> None:
    """Answer the judge until it closes the channel."""
    first = channel.receive()
    if not isinstance(first, wire.Load):
        return
    module, loaded = load(first, output)
    channel.send(loaded)
    runner = Runner(vars(module), lambda n, v: _ask(channel, n, v), output)
    runner.watch_warnings()
    while True:
        message = channel.receive()
        if not isinstance(message, wire.Todo):
            return
        if message.forget:
            runner.forget()
        if shelf is None or len(message.calls) == 1:
            _send(channel, runner, message.calls)
        else:
            _lay(shelf, channel, runner, message.calls)


def _send(channel: Channel, runner: Runner, calls: Sequence[Raw]) -> None:
    for raw in calls:
        channel.send_raw(_framed(runner.call(wire.one(raw))))


def _lay(shelf: Shelf, channel: Channel, runner: Runner, calls: Sequence[Raw]) -> None:
    """Lay what there is room for; from the first that does not fit, all are sent, in order."""
    for n, raw in enumerate(calls):
        frame = _framed(runner.call(wire.one(raw)))
        if not shelf.lay(frame):
            channel.send_raw(frame)
            _send(channel, runner, calls[n + 1 :])
            return
    channel.send_raw(wire.DONE)


def _framed(reply: wire.Reply) -> bytes:
    """The reply, or one that says its value is too large to send."""
    try:
        return wire.frame(reply, wire.MAX_REPLY)
    except wire.WireError:
        large = wire.Opaque("value too large to send")
        return wire.frame(wire.Reply(reply.number, large, None, [], False, [], ""))


def _ask(channel: Channel, number: int, value: wire.Node) -> wire.Node:
    channel.send(wire.Ask(number, value))
    answer = channel.receive()
    if not isinstance(answer, wire.Answer):
        raise Closed
    if answer.error is not None:
        raise TypeError(answer.error)
    return answer.value


def main(read_fd: int, write_fd: int, output: Output, shelf: Shelf | None = None) -> None:
    """Serve on two descriptors and end without running anybody's exit handlers."""
    try:
        serve(Channel(read_fd, write_fd), output, shelf)
    except (Closed, wire.WireError, OSError):
        pass
    finally:
        sys.stdout = sys.stderr = sys.__stderr__
        os._exit(0)
