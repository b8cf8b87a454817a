"""Fuzz what a worker sends, by coverage where atheris is installed, by mutation where it is not.

    python tests/quality/fuzz_wire.py 1000000

Every frame is either a message whose values are plain data, or a refusal: no other exception, no
wait beyond the deadline, and no allocation above the bound, which the process is held to.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

try:
    import atheris
except ImportError:
    atheris = None

with atheris.instrument_imports() if atheris else contextlib.nullcontext():
    from chainrule.judge.answers import ask, plain
    from chainrule.launch import channel
    from chainrule.launch.shared import Shared
    from chainrule.worker import wire

BOUND = 512 << 20
"""Bytes above the process' own: some forty times what a frame may hold at most."""
NOWHERE = os.open(os.devnull, os.O_RDWR)
MEMORY = Shared()
ALLOWED = (wire.WireError, channel.Gone, channel.TimeUp)


class Fed(channel.Channel):
    """A channel that is given its bytes instead of reading them."""

    def __init__(self, data: bytes, memory: channel.Memory | None = None) -> None:
        super().__init__(NOWHERE, NOWHERE, memory)
        if data:
            self._take(data)

    def _wait(self, deadline: float) -> None:
        raise channel.TimeUp


def seeds() -> list[bytes]:
    """Honest frames, to start from."""
    array = wire.pack(np.arange(6.0).reshape(2, 3))
    error = wire.Error("ValueError", True, False, "text", "line 1")
    values: list[Any] = [None, True, 7, 0.5, "text", array, wire.Seq([array, wire.Seq([1, 2.0])])]
    values += [wire.Opaque("object"), wire.Handle(0, (1, 2)), wire.Callback(3)]
    sent: list[Any] = [wire.Reply(n, v, None, [], False, [], "") for n, v in enumerate(values)]
    sent += [wire.Reply(1, None, error, ["0"], True, ["w"], "out"), wire.Ask(0, array)]
    sent += [wire.Loaded(["f"], [("cell 1", error)], "printed")]
    return [wire.frame(message) for message in sent]


def one(data: bytes, memory: channel.Memory | None = None) -> None:
    """Read a stream of frames as the judge does, to its end or its first fault."""
    start = time.monotonic()
    with contextlib.suppress(*ALLOWED):
        fed = Fed(data, memory)
        while True:
            message = fed.receive(0)
            if isinstance(message, wire.Reply | wire.Ask):
                plain(message.value)
            if isinstance(message, wire.Ask):
                wire.frame(ask([np.sum], message.callback, message.value))
    if time.monotonic() - start > 5:
        raise TimeoutError("a frame took more than five seconds")


def laid(data: bytes) -> None:
    """The bytes as what lies in the memory, and how much of it is said to have been laid."""
    os.pwrite(MEMORY.fd, wire.COUNT.pack(int.from_bytes(data[:2], "little")) + data[2:], 0)
    MEMORY._read = wire.COUNT.size  # nothing has been read of it
    one(wire.DONE, MEMORY)


def framed(data: bytes) -> None:
    """The bytes as a stream, as the body of one frame whose length is right, and as laid."""
    one(data)
    body = len(data).to_bytes(4, "little") + data
    one(body)
    laid(data)
    laid((wire.COUNT.size + len(body)).to_bytes(2, "little") + body)


def limit_memory() -> None:
    """Turn an allocation above the bound into a MemoryError, which nothing here allows."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + BOUND
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def mutate(chance: random.Random, data: bytes) -> bytes:
    """A frame with a few bytes changed, cut, repeated or set to what ends a range."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            changed[at : at + chance.randint(1, 8)] = chance.randbytes(chance.randint(0, 8))
        elif kind == 1:
            changed[at : at + 1] = bytes(
                [chance.choice([0, 1, 0x7F, 0x80, 0x90, 0xC1, 0xDD, 0xFF])]
            )
        elif kind == 2:
            del changed[at : at + chance.randint(1, 16)]
        elif kind == 3:
            changed[at:at] = changed[at : at + chance.randint(1, 32)]
        elif at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def by_mutation(runs: int) -> None:
    """The same without coverage: mutants of honest frames, kept and mutated again."""
    chance, pool = random.Random(0), seeds()  # noqa: S311 # the same frames each time
    for _ in range(runs):
        data = mutate(chance, chance.choice(pool))[:4096]
        one(data)
        framed(data[4:])
        if chance.random() < 0.05 and data:
            pool[chance.randrange(len(pool))] = data
        if chance.random() < 0.001:
            pool = seeds()


def by_coverage(runs: int) -> None:
    """Let atheris choose the bytes, from honest frames on; it ends the process itself."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, frame in enumerate(seeds()):
            Path(corpus, f"{number}").write_bytes(frame[4:])
        options = [f"-runs={runs}", "-max_len=4096", "-rss_limit_mb=1500", "-timeout=10"]
        atheris.Setup([sys.argv[0], *options, corpus], framed)
        atheris.Fuzz()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    limit_memory()
    if atheris:
        by_coverage(count)
    else:
        by_mutation(count)
        print(f"{count} frames, each a message or a refusal")
