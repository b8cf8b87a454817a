"""One student's module in a worker: calls with a clock on each, a new worker when one dies."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import msgspec

from ..clock import clock
from ..launch.channel import Channel, Gone, TimeUp
from ..launch.limits import Limits
from ..worker import wire
from .answers import Callbacks, Lost, Outcome, ask

OUT_OF_TURN = "it answered out of turn"
MOST_TAKEN = 32 * 2**20
"""Bytes of answers that are kept of one worker: a hundred times what an honest course takes."""


class Worker(Protocol):
    """A process on the other side of a channel."""

    channel: Channel

    def end(self) -> str:
        """Kill it and say how it had ended."""
        ...


class Launcher(Protocol):
    """Starts workers at one level of isolation."""

    isolation: str
    limits: Limits

    def start(self) -> Worker:
        """A new worker that waits for its module."""
        ...

    def close(self) -> None:
        """End what the launcher keeps running."""
        ...


class Session:
    """Loads a module and makes calls on it; dies with nothing, restarts as often as needed.

    Args:
        launcher: starts the workers.
        module: the name of the student's module.
        cells: its source, in pieces that are run one by one.
        seconds: what all calls may take together, if less than the launcher's limit.
    """

    def __init__(
        self,
        launcher: Launcher,
        module: str,
        cells: Sequence[wire.Cell],
        seconds: float = math.inf,
    ) -> None:
        self._launcher = launcher
        most = launcher.limits.submission_seconds
        self._limits = replace(launcher.limits, submission_seconds=min(most, seconds))
        self._load = wire.Load(module, list(cells))
        self._worker: Worker | None = None
        self._spent = 0.0
        self._deaths: dict[str, int] = {}
        self._given_up: dict[str, Lost] = {}
        self.output = ""
        self.loaded: wire.Loaded | Lost = self._start()

    def close(self) -> None:
        """End the worker, if one runs."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def run(
        self,
        calls: Sequence[wire.Call],
        callbacks: Callbacks = (),
        forget: bool = False,
        frame: bytes | None = None,
    ) -> Iterator[Outcome]:
        """One outcome a call, in order, whatever happens to the worker meanwhile."""
        with clock.phase("calls"):
            return iter(list(self._run(calls, callbacks, forget, frame)))

    def _run(
        self, calls: Sequence[wire.Call], callbacks: Callbacks, forget: bool, frame: bytes | None
    ) -> Iterator[Outcome]:
        todo, restarted = deque(calls), False
        while todo:
            if self._worker is None and not isinstance(self.loaded, Lost):
                self.loaded = self._start()
            if isinstance(self.loaded, Lost):
                yield from (self.loaded for _ in todo)
                return
            try:
                sent = self._send(todo, forget, restarted, frame)
            except Gone as gone:
                yield self._died(todo.popleft(), gone)
                continue
            while todo and self._worker is not None:
                call = todo.popleft()
                yield self._reply(call, callbacks) if call.number in sent else self._unsent(call)
            forget, restarted, frame = False, True, None

    def _send(
        self, calls: Iterable[wire.Call], forget: bool, restarted: bool, frame: bytes | None
    ) -> set[int]:
        """Send what can still be called, and say which calls those are."""
        if frame is not None and self._worker is not None and not self._given_up:
            self._worker.channel.send_raw(frame)
            return {call.number for call in calls}
        sent: dict[int, wire.Call] = {}
        for call in calls:
            stale = restarted and any(n not in sent for n in handles(call))
            if call.function not in self._given_up and not stale:
                sent[call.number] = call
        if self._worker is not None and sent:
            self._worker.channel.send(wire.Calls(list(sent.values()), forget))
        return set(sent)

    def _unsent(self, call: wire.Call) -> Lost:
        return self._given_up.get(call.function) or Lost(False, "an earlier result was lost")

    def _start(self) -> wire.Loaded | Lost:
        """A new worker with the module loaded, or why there is none."""
        with clock.phase("start"):
            self._worker = self._launcher.start()
        with clock.phase("import"):
            return self._loaded(self._worker)

    def _loaded(self, worker: Worker) -> wire.Loaded | Lost:
        start = time.monotonic()
        deadline = start + self._limits.import_seconds
        try:
            worker.channel.send(self._load)
            message = worker.channel.receive(deadline)
        except TimeUp:
            return self._fail(
                True, f"importing it took longer than {self._limits.import_seconds:g} s"
            )
        except Gone as gone:
            return self._fail(False, f"importing it {self._end_after(gone)}")
        if not isinstance(message, wire.Loaded):
            return self._fail(False, f"importing it {self._end_after(Gone(OUT_OF_TURN))}")
        self._spent += time.monotonic() - start if self._deaths else 0.0
        self.output = self.output or message.output
        return message

    def _fail(self, timeout: bool, text: str) -> Lost:
        self.close()
        return Lost(timeout, text)

    def _end_after(self, trouble: Exception) -> str:
        """End the worker and say what became of it, after "the call ..."."""
        worker, self._worker = self._worker, None
        if worker is None:
            return "ended its process"
        ended = worker.channel.ended
        how = worker.end()
        return f"ended its process: {how}" if ended else f"disturbed the grading: {trouble}"

    def _reply(self, call: wire.Call, callbacks: Callbacks) -> Outcome:
        """The reply to a call that was sent, answering its callbacks on the way."""
        if self._worker is None:
            return Lost(False, "its process could not be started again")
        channel = self._worker.channel
        try:
            message = channel.arrived()
        except Gone as trouble:
            return self._died(call, trouble)
        if isinstance(message, wire.Reply) and message.number == call.number:
            return _bounded(message, channel)
        start = time.monotonic()
        left = self._limits.submission_seconds - self._spent
        deadline = start + min(self._limits.call_seconds, left)
        try:
            message = message or channel.receive(deadline)
            while isinstance(message, wire.Ask):
                channel.send(ask(callbacks, message.callback, message.value))
                message = channel.receive(deadline)
            if not isinstance(message, wire.Reply) or message.number != call.number:
                return self._died(call, Gone(OUT_OF_TURN))
            return _bounded(message, channel)
        except (TimeUp, Gone) as trouble:
            return self._died(call, trouble)
        finally:
            self._spent += time.monotonic() - start

    def _died(self, call: wire.Call, trouble: Exception) -> Lost:
        """End the worker; note the function, which is not called for ever again."""
        how = self._end_after(trouble)
        if isinstance(trouble, TimeUp):
            over = self._spent >= self._limits.submission_seconds - self._limits.call_seconds
            limit = self._limits.submission_seconds if over else self._limits.call_seconds
            lost = Lost(True, f"{call.function} did not return within {limit:g} s")
            self._given_up[call.function] = lost
            return lost
        lost = Lost(False, f"{call.function} {how}")
        self._deaths[call.function] = self._deaths.get(call.function, 0) + 1
        if self._deaths[call.function] >= self._limits.deaths:
            self._given_up[call.function] = lost
        return lost


def _bounded(reply: wire.Reply, channel: Channel) -> wire.Reply:
    """The reply, without its value if what came before holds as much as is kept."""
    if channel.taken < MOST_TAKEN:
        return reply
    return msgspec.structs.replace(reply, value=wire.Opaque("value too large to keep"), output="")


def handles(call: wire.Call) -> list[int]:
    """The earlier calls whose results this one is given."""
    return list(_handles([*call.args, *call.kwargs.values()]))


def _handles(nodes: Sequence[wire.Node]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, wire.Handle):
            yield node.call
        elif isinstance(node, wire.Seq):
            yield from _handles(node.items)
