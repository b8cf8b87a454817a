"""A crew on Dask: a cluster of this machine's own, or the one behind a scheduler's address."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from .crew import CrewError, pin
from .task import Done, Numbered, Setup, grade_chunk

_FRESH = 5.0
"""Seconds for which a count of the workers is good."""


class DaskCrew:
    """Processes of dask.distributed; the scheduler replaces those that die.

    Args:
        address: a scheduler's, such as ``tcp://10.0.0.1:8786``; without one, a cluster is started
            here.
        jobs: how many processes that cluster has.

    Raises:
        CrewError: if Dask is not installed or the scheduler does not answer.
    """

    chunk = 20

    def __init__(self, address: str | None, jobs: int) -> None:
        try:
            import dask  # noqa: PLC0415 - an extra
            from distributed import Client, KilledWorker, LocalCluster  # noqa: PLC0415
        except ImportError:
            raise CrewError(
                "--executor dask needs dask.distributed; install it with "
                "`pip install 'chainrule[dask]'`"
            ) from None
        self.deaths: tuple[type[BaseException], ...] = (KilledWorker,)
        self._cluster: Any = None
        if address is None:
            # Dask looks a hundred times a second at what each of its threads does.
            with dask.config.set({"distributed.worker.profile.enabled": False}):
                self._cluster = LocalCluster(
                    n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50
                )
        try:
            self._client: Any = Client(self._cluster or address, timeout=20)
        except (OSError, ValueError) as error:
            raise CrewError(f"no Dask scheduler answers at {address}: {error}") from None
        # Calls are not pure here: what is asked for again is meant to be done again.
        self._executor: Any = self._client.get_executor(pure=False)
        self._workers, self._counted = 0, -math.inf
        if not self._count():
            self.close()
            raise CrewError(
                f"the scheduler at {address} has no workers; start some first (those of a batch "
                "system may still wait for their turn)"
            )

    @property
    def window(self) -> int:
        """Three tasks a worker; a batch system starts and ends workers during a run."""
        return 3 * max(1, self._count())

    def _count(self) -> int:
        if time.monotonic() - self._counted > _FRESH:
            self._workers = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return self._workers

    def submit(self, setup: Setup, chunk: Sequence[Numbered]) -> Future[Done]:
        """Hand it to the scheduler."""
        future: Future[Done] = self._executor.submit(_at_home, setup, chunk)
        return future

    def renew(self) -> None:
        """The scheduler and its nannies have seen to it."""

    def close(self, at_once: bool = False) -> None:
        """Cancel what is left; a cluster of one's own ends."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


_pinned = threading.local()


def _at_home(setup: Setup, chunk: Sequence[Numbered]) -> Done:
    """A task on a worker; the thread that grades is pinned where that is safe to do."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    name = get_worker().name
    if isinstance(name, int) and not getattr(_pinned, "done", False):
        # Only a local cluster numbers its workers; elsewhere two could meet on one core.
        pin(name)
        _pinned.done = True
    return grade_chunk(setup, chunk)
