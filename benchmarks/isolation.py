"""What isolation costs: processor time per submission, beside the same path without it.

    python -m benchmarks.isolation [SUBMISSIONS]

The yardstick is the same path with no layer taken: a fork of the zygote for each submission, but no
namespaces, Landlock, seccomp or limits. What a process of its own costs is told beside it, by one
warm process that serves all submissions. Start-up is left out: a zygote starts once per run.
"""

from __future__ import annotations

import operator
import os
import resource
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chainrule.launch.channel import Channel
from chainrule.launch.choose import LEVELS, reach
from chainrule.launch.limits import Limits
from chainrule.launch.machine import look
from chainrule.launch.sandbox import Layers, Recipe
from chainrule.launch.shared import Shared
from chainrule.launch.zygote import Zygote, ZygoteLauncher
from chainrule.run import Desk, Options
from chainrule.submissions import Source
from chainrule.worker import boot

from .single import pinned

ROOT = Path(__file__).parents[1]
GOAL = 5.0
"""Milliseconds of processor time that isolation may cost a submission."""
ROUNDS = 5
BARE = "one warm process for all"
FORKED = "a fork each, no layers"
NO_LAYERS = Layers(landlock=False, seccomp=False, rlimits=False, descriptors=False)

IN_PROCESS = """
def _start(inner, control, fds, output, z=sys.modules["_worker.zygote"], os=os):
    channel, memory = fds
    fd = os.pidfd_open(os.getpid())
    z.socket.send_fds(control, [z.STARTED.pack(0)], [fd])
    os.close(fd)
    try:
        z.gc.enable()
        z.serve.serve(z.serve.Channel(channel, channel), output, z.serve.Shelf(memory))
    except (z.serve.Closed, OSError):
        pass
sys.modules["_worker.zygote"].start = _start
sys.modules["_worker.zygote"].main(_bundle["config"])
"""


class WarmWorker:
    """The one warm process, for one more submission."""

    def __init__(self, zygote: Zygote) -> None:
        shared = Shared()
        ours, _, pidfd = zygote.fork(shared)
        os.close(pidfd)
        shared.hand_over()
        fd = ours.detach()
        self.channel = Channel(fd, fd, shared)

    def end(self) -> str:
        self.channel.close()
        return ""


class WarmLauncher(ZygoteLauncher):
    """Starts workers that are no processes of their own."""

    def start(self) -> Any:
        if self._zygote is None:
            self._zygote = Zygote(self._recipe, self.limits)
        return WarmWorker(self._zygote)


def used() -> float:
    """Milliseconds of processor time of this process and of its ended children."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return 1000 * sum(s.ru_utime + s.ru_stime for s in spent)


def cost(launch: Callable[[], ZygoteLauncher], source: Source, count: int) -> float:
    """Milliseconds per submission, start-up left out."""

    def run(times: int) -> float:
        before = used()
        launcher = launch()
        desk = Desk(Options(ROOT, limits=launcher.limits), launcher)
        for _ in range(times + 1):
            result = desk.grade(source)
        launcher.close()
        if result.score != result.max_score:
            raise SystemExit(f"the reference got {result.score}")
        return used() - before

    return (run(count) - run(0)) / count


def measure(count: int) -> dict[str, list[float]]:
    """Milliseconds per submission: without isolation first, then at each level reached here."""
    code = (ROOT / "solutions" / "losses.py").read_bytes()
    source = Source("reference", "losses", "losses.py", "module", code, (), "", (), None)
    machine, limits = look(), Limits()
    warm = Recipe("none", boot.command(IN_PROCESS), b"", layers=NO_LAYERS)
    forked = Recipe("none", boot.command(boot.ZYGOTE), b"", layers=NO_LAYERS)
    ways: dict[str, Callable[[], ZygoteLauncher]] = {
        BARE: lambda: WarmLauncher(warm, limits),
        FORKED: lambda: ZygoteLauncher(forked, limits),
    }
    for level in LEVELS[:2]:
        recipe, why = reach(level, machine, limits)
        if recipe is None:
            print(f"{level} is not reached here: {why}", file=sys.stderr)
        else:
            ways[level] = lambda recipe=recipe: ZygoteLauncher(recipe, limits)  # type: ignore[misc]
    found: dict[str, list[float]] = {name: [] for name in ways}
    with pinned():
        for _ in range(ROUNDS):  # in turns, so that a busy spell of the machine meets all of them
            for name, launch in ways.items():
                found[name].append(cost(launch, source, count))
    return found


def dearest(found: Mapping[str, Sequence[float]]) -> float | None:
    """What the dearest level costs beside the same path without layers; None if there is no level.

    The median of each round's own difference, for both drift together.
    """
    extra = [
        statistics.median(map(operator.sub, times, found[FORKED]))
        for name, times in found.items()
        if name not in (BARE, FORKED)
    ]
    return round(max(extra), 2) if extra else None


def main(count: int) -> None:
    """Print the table, and fail above the goal."""
    found = measure(count)
    base = statistics.median(found[FORKED])
    for name, times in found.items():
        middle = statistics.median(times)
        print(f"{name:32} {middle:6.2f} ms a submission, {middle - base:+5.2f} ms")
    worst = dearest(found)
    print(f"isolation costs at most {worst} ms; the goal is {GOAL} ms")
    sys.exit(worst is None or worst > GOAL)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
