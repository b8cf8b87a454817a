"""The zygote: a warm interpreter that forks one worker per submission, each behind all layers.

It never holds anything of a course and never reads what a student wrote: a submission's source
and its calls go from the judge to the fork alone, over a socket that the judge hands in.

The judge asks over one control socket, eight bytes and a letter at a time:
``s`` and descriptors, a channel and perhaps the memory for replies: start a worker on them;
answered by its number and its pidfd.
``e`` and a number: the judge has ended that worker; answered by how it ended.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import socket
import struct
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import execute, layers, loading, serve, wire

ASK = struct.Struct("<cq")
STARTED = struct.Struct("<q")
ENDED = struct.Struct("<qdq")
CHANNEL = 3


@dataclass
class Inner:
    """The layers a worker takes, prepared once.

    Args:
        take: which of landlock, seccomp, rlimits, descriptors; all but in tests of the layers.
        limits: the resource limits.
        filter: the seccomp filter.
        rules: the Landlock ruleset's descriptor.
        parent: the zygote's process id as its children see it.
    """

    take: dict[str, bool]
    limits: list[layers.Limit]
    filter: Any
    rules: int
    parent: int

    def __call__(self, channel: int) -> None:
        """Take them, in the order in which each leaves room for the next."""
        os.setsid()
        layers.die_with(self.parent)
        if self.take["landlock"]:
            layers.restrict(self.rules)
        if self.take["descriptors"]:
            os.dup2(channel, CHANNEL)
            os.closerange(CHANNEL + 1, 1 << 20)
        if self.take["rlimits"]:
            layers.limit(self.limits)
        if self.take["seccomp"]:
            layers.install(self.filter)


def prepare(config: dict[str, Any]) -> Inner:
    """Drop what the zygote itself does not need, and prepare the workers' layers."""
    _warm()
    layers.be_private()
    layers.no_new_privileges()
    if config["drop_root"]:
        layers.drop_root(config["needed"])
    take = config["layers"]
    rules = layers.ruleset(config["readable"], config["writable"]) if take["landlock"] else -1
    limits = config["limits"]
    execute.set_limits(limits["memory_mb"], config["output_characters"])
    plan = layers.planned(limits, layers.own_address_space())
    program = layers.program(bytes.fromhex(config["filter"]))
    return Inner(take, plan, program, rules, os.getpid())


def _warm() -> None:
    """Do once what the first call of each worker would do: libraries allocate at first use."""
    square = np.ones((64, 64))
    np.linalg.solve(square @ square + np.eye(64), square)
    np.exp(square).sum(axis=0)
    _rehearse()


_REHEARSAL = b"""
import numpy as np

def f(x, layers, n=1, name="text"):
    if n < 0:
        raise ValueError("negative")
    return [np.exp(-x) @ x.T, (x.sum(axis=1, keepdims=True), float(x.mean()), [[0.5, 1.0]], n)]

def g(kept):
    return kept
"""


def _rehearse() -> None:
    """Grade a submission of one's own: Python adapts code as it runs, and forks inherit that."""
    cell = wire.Cell("rehearsal", _REHEARSAL)
    output = execute.Output()
    module, loaded = loading.load(wire.Load("rehearsal", [cell]), output)
    with warnings.catch_warnings(), np.errstate():
        runner = execute.Runner(vars(module), lambda number, value: value, output)
        runner.watch_warnings()
        x = wire.pack(np.ones((3, 2)))
        layers = wire.Seq([wire.Seq([x, x])])
        calls = [
            wire.Call(0, "f", [x, layers], {"n": 2}, True),
            wire.Call(1, "f", [x, layers, -1], {"name": "other"}),
            wire.Call(2, "g", [wire.Handle(0, (1,))], {}),
        ]
        for call in calls * _REHEARSALS:
            wire.frame(runner.call(call), wire.MAX_REPLY)
    todo = wire.to_worker(wire.frame(wire.Calls(calls, True))[4:])
    for raw in todo.calls if isinstance(todo, wire.Todo) else ():
        wire.one(raw)
    wire.frame(loaded)
    loading.forget(module)


_REHEARSALS = 40


def verify(inner: Inner, memory_mb: int) -> None:
    """Take the layers in a fork and try what they forbid.

    Raises:
        LayerError: if a layer cannot be taken or does not hold.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        _finish(lambda: _try_layers(inner, write, memory_mb), write)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        text = said.read(4096)
    os.waitpid(pid, 0)
    if text != b"ok":
        raise layers.LayerError(text.decode("utf-8", "replace") or "a worker died at its start")


def _finish(work: Callable[[], None], report: int) -> None:
    """Run ``work`` in a fork, report an exception as text, and end in any case."""
    try:
        work()
    except BaseException as error:  # nothing may return into the zygote's loop
        text = str(error) or type(error).__name__
        for fd in (report, CHANNEL):
            try:
                os.write(fd, text.encode("utf-8", "replace")[:4000])
                break
            except OSError:
                continue
    finally:
        os._exit(0)


def _try_layers(inner: Inner, report: int, memory_mb: int) -> None:
    inner(report)
    forbidden: list[tuple[str, Callable[[], Any]]] = [
        ("landlock", lambda: os.open("/", os.O_RDONLY)),
        ("seccomp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        ("rlimits", lambda: mmap.mmap(-1, (memory_mb + 64) << 20)),
    ]
    for layer, attempt in forbidden:
        if inner.take[layer] and _succeeds(attempt):
            raise layers.LayerError(f"{layer} does not hold")
    os.write(CHANNEL if inner.take["descriptors"] else report, b"ok")


def _succeeds(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return False
    return True


def start(inner: Inner, control: socket.socket, fds: Sequence[int], output: execute.Output) -> None:
    """Fork a worker that serves on ``fds``, and hand the judge its number and its pidfd."""
    pid = layers.fork()
    if pid < 0:
        control.sendall(STARTED.pack(-1))
        return
    if pid == 0:
        _work(inner, fds, output)
    pidfd = os.pidfd_open(pid)
    try:
        socket.send_fds(control, [STARTED.pack(pid)], [pidfd])
    finally:
        os.close(pidfd)


def _work(inner: Inner, fds: Sequence[int], output: execute.Output) -> None:
    try:
        channel = fds[0]
        shelf = serve.Shelf(fds[1]) if len(fds) > 1 else None
        inner(channel)
        gc.enable()
        kept = CHANNEL if inner.take["descriptors"] else channel
        serve.main(kept, kept, output, shelf)
    finally:
        os._exit(1)


def end(control: socket.socket, pid: int) -> None:
    """Reap a worker that the judge has killed, and say how it ended."""
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        control.sendall(ENDED.pack(-1, 0.0, 0))
        return
    control.sendall(ENDED.pack(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))


def loop(inner: Inner, control: socket.socket, output: execute.Output) -> None:
    """Answer the judge until it closes the control socket; then all workers end too."""
    while True:
        message, fds, _, _ = socket.recv_fds(control, ASK.size, 2)
        while message and len(message) < ASK.size:
            more = control.recv(ASK.size - len(message))
            message = message + more if more else b""
        if not message:
            return
        letter, number = ASK.unpack(message)
        if letter == b"s" and fds:
            start(inner, control, fds, output)
            for fd in fds:
                os.close(fd)
        elif letter == b"e":
            end(control, number)


def forget_surroundings() -> None:
    """Leave nothing in this process that says where and how it was started."""
    os.environ.clear()
    sys.argv[:] = [""]
    sys.orig_argv[:] = [""]
    loading.guard_imports()
    for name in [n for n in vars(sys.modules["__main__"]) if not n.startswith("__")]:
        delattr(sys.modules["__main__"], name)


def main(config: dict[str, Any]) -> None:
    """Run the zygote on descriptor 0."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    problem = ""
    try:
        inner = prepare(config)
        verify(inner, config["limits"]["memory_mb"])
    except (layers.LayerError, OSError) as error:
        problem = str(error) or type(error).__name__
    config.clear()
    said = json.dumps({"problem": problem}).encode()
    control.sendall(len(said).to_bytes(4, "little") + said)
    if problem:
        os._exit(1)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)
    forget_surroundings()
    output = serve.get_ready()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        loop(inner, control, output)
    finally:
        os._exit(0)
