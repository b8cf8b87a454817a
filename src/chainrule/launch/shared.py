"""The judge's end of the memory in which a worker lays its replies: copied first, believed never.

A worker on Linux answers a batch of calls without a system call for each: it lays its replies
there, in order, and says once that it is done. What it laid before it died or got stuck is there
all the same. It could write at any time, so nothing is read twice; and it cannot make the memory
smaller while the judge reads, for that is sealed.
"""

from __future__ import annotations

import fcntl
import mmap
import os

from ..worker import wire
from .channel import Gone

_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


def shared() -> Shared | None:
    """Memory for one worker; None where the system gives none that can be sealed."""
    try:
        return Shared()
    except OSError:
        return None


class Shared:
    """Memory for one worker; ``fd`` is for handing it over."""

    def __init__(self) -> None:
        self.fd = os.memfd_create("replies", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(self.fd, wire.SHARED)
            fcntl.fcntl(self.fd, fcntl.F_ADD_SEALS, _SEALS)
            self._memory = mmap.mmap(self.fd, wire.SHARED, prot=mmap.PROT_READ)
        except BaseException:
            os.close(self.fd)
            raise
        self._read = wire.COUNT.size

    def news(self) -> bytes:
        """The frames that were laid since the last look.

        Raises:
            Gone: it went back, or beyond the memory's end.
        """
        (laid,) = wire.COUNT.unpack_from(self._memory)
        if laid == 0:
            return b""
        if not self._read <= laid <= wire.SHARED:
            raise Gone("it laid what cannot have been laid")
        start, self._read = self._read, laid
        return self._memory[start:laid]

    def hand_over(self) -> None:
        """Let go of the descriptor: the worker has its own, or there is none."""
        os.close(self.fd)

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()
