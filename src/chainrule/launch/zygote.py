"""The judge's side of a zygote: start it in its sandbox, ask it for workers, end them.

A worker is killed through its pidfd, by the judge's clock: neither its number, which could have
gone to another process, nor its consent is needed.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
from pathlib import Path

from .channel import Channel, SandboxLost
from .ended import how_it_ended
from .limits import Limits
from .plain import clean_environment
from .sandbox import Recipe
from .shared import Shared, shared

_ASK = struct.Struct("<cq")
_STARTED = struct.Struct("<q")
_ENDED = struct.Struct("<qdq")
DIED = "a worker died at its start"
"""What a zygote says whose first fork, which tries the layers, ended without a word."""
_PATIENCE = 20.0
"""Seconds within which a zygote must answer; a machine under load may need some."""


class ZygoteError(Exception):
    """No zygote can be had; the message says why."""


class ZygoteKilled(ZygoteError):
    """It ended in the middle without saying why, as what is killed from outside does."""


_TRIES = 6
"""Enough that chance does not decide which level a machine has."""


def started(recipe: Recipe, limits: Limits) -> Zygote:
    """A new zygote; one that was killed in the making says nothing about this machine.

    Raises:
        ZygoteError: if it does not start or its layers do not hold.
    """
    for _ in range(_TRIES - 1):
        with contextlib.suppress(ZygoteKilled):
            return Zygote(recipe, limits)
    return Zygote(recipe, limits)


class Zygote:
    """One running zygote.

    Raises:
        ZygoteError: if it does not start or its layers do not hold.
    """

    def __init__(self, recipe: Recipe, limits: Limits) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="worker-"))
        # Root's zygote becomes nobody and still has to read its packages there.
        self._folder.chmod(0o755)
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_PATIENCE)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    recipe.command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=clean_environment(),
                    cwd="/",
                    start_new_session=True,
                    user=recipe.user,
                    group=recipe.user,
                    extra_groups=None if recipe.user is None else [],
                )
        except OSError as error:
            self._tidy()
            raise ZygoteError(f"it could not be started: {error.strerror}") from None
        try:
            self._greet(recipe.bundle(limits, self._folder))
        except BaseException:
            self.close()
            raise

    def _greet(self, bundle: bytes) -> None:
        """Send its modules and read what it says about its layers."""
        try:
            self._control.sendall(bundle)
            size = int.from_bytes(self._receive(4), "little")
            problem = json.loads(self._receive(min(size, 1 << 16)))["problem"]
        except (OSError, ValueError):
            raise self._complaint() from None
        if problem:
            raise ZygoteKilled(problem) if problem == DIED else ZygoteError(problem)
        self._close_stderr()

    def _close_stderr(self) -> None:
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _complaint(self) -> ZygoteError:
        """What it wrote to its standard error before it ended."""
        self._process.kill()
        _, said = self._process.communicate()
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return ZygoteError(lines[-1][:300]) if lines else ZygoteKilled("it ended without a word")

    def _receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._control.recv(size - len(data))
            if not part:
                raise ConnectionError("the zygote ended")
            data += part
        return data

    def fork(self, memory: Shared | None) -> tuple[socket.socket, int, int]:
        """A new worker: the judge's end of its channel, its number and its pidfd.

        Args:
            memory: for its replies; without any, it sends each by itself.

        Raises:
            OSError: if the zygote is gone or does not answer.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                fds = [theirs.fileno(), *([memory.fd] if memory else [])]
                socket.send_fds(self._control, [_ASK.pack(b"s", 0)], fds)
            answer, fds, _, _ = socket.recv_fds(self._control, _STARTED.size, 1)
            if len(answer) != _STARTED.size or not fds:
                raise ConnectionError("the zygote ended")
        except BaseException:
            ours.close()
            raise
        return ours, _STARTED.unpack(answer)[0], fds[0]

    def reap(self, number: int) -> tuple[int, float, int]:
        """How a worker that is dead had ended: exit status or minus a signal, CPU seconds, memory.

        Raises:
            OSError: if the zygote is gone or does not answer.
        """
        self._control.sendall(_ASK.pack(b"e", number))
        status, cpu, memory = _ENDED.unpack(self._receive(_ENDED.size))
        return os.waitstatus_to_exitcode(status), cpu, memory

    def close(self) -> None:
        """End it; its workers end with it."""
        self._process.kill() if not self._ends() else None
        self._process.wait()
        self._close_stderr()
        self._tidy()

    def _ends(self) -> bool:
        """Whether it ends by itself, as it should once its control socket is closed."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2.0)
        return self._process.poll() is not None

    def _tidy(self) -> None:
        self._control.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class ZygoteWorker:
    """One fork of a zygote, for one submission."""

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        self._zygote = zygote
        self._limits = limits
        memory = shared()
        try:
            self._socket, self._number, self._pidfd = zygote.fork(memory)
        except BaseException:
            memory.close() if memory else None
            raise
        finally:
            memory.hand_over() if memory else None
        fd = self._socket.detach()
        self.channel = Channel(fd, fd, memory)

    def end(self) -> str:
        """Kill it and say how it had ended, if it had.

        Raises:
            SandboxLost: if its whole sandbox has ended, or somebody else killed it: what runs in
                the sandbox cannot.
        """
        try:
            alive = not self._dead(0.2 if self.channel.ended else 0.0)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            code, cpu, _ = self._zygote.reap(self._number)
        except (OSError, ValueError):
            raise SandboxLost("the sandbox was ended from outside") from None
        finally:
            os.close(self._pidfd)
            self.channel.close()
        if code == -signal.SIGKILL and not alive and cpu < self._limits.cpu_seconds:
            raise SandboxLost("its process was killed from outside; perhaps memory ran out")
        return how_it_ended(None if alive else code, self._limits, cpu)

    def _dead(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))


class ZygoteLauncher:
    """Starts workers from one zygote, and another zygote if that one is gone.

    Args:
        recipe: how a zygote is started.
        limits: what a submission may use.
        zygote: one that already runs.
    """

    def __init__(self, recipe: Recipe, limits: Limits, zygote: Zygote | None = None) -> None:
        self.isolation = recipe.level
        self.limits = limits
        self._recipe = recipe
        self._zygote = zygote

    def start(self) -> ZygoteWorker:
        """A new worker that waits for its module."""
        trouble = ""
        for _ in range(_TRIES):
            if self._zygote is None:
                self._zygote = started(self._recipe, self.limits)
            try:
                return ZygoteWorker(self._zygote, self.limits)
            except OSError as error:  # ended from outside, or out of order: a fresh one is as good
                trouble = str(error)
                self.close()
        raise ZygoteError(f"it starts no workers: {trouble}")

    def close(self) -> None:
        """End the zygote and whatever it started."""
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None
