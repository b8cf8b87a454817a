"""Kill -9 at random moments, whatever runs then; the final grades.json is always the same bytes.

    python tests/quality/faults.py --kills 200

grades a class of 200, again and again, while a random one of its processes is killed at random
moments: the coordinator, a judge, its zygote or its child; in a quarter of the kills the judges are
workers of Dask. A run that was ended by that is started again with the same command. It takes a
while; the tests run a short form.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tiny_course import BLANK, MEAN, RIGHT, write, write_course  # noqa: E402 - after its folder

SLOW = "import time\n\n\ndef double(x):\n    time.sleep(0.02)\n    return 2 * x\n\n\n"
STYLES = (RIGHT, MEAN, BLANK, SLOW + "def total(x):\n    return sum(x)\n", SLOW)
ROLES = ("coordinator", "judge", "zygote", "child")
LONGEST = 300.0
"""Seconds that one run may take before it counts as hanging."""
PER_RUN = 20
"""Kills at most on the way to one grades.json, which is then looked at."""


def write_class(folder: Path, students: int) -> None:
    """A small course and a class of students, one in five right, the others wrong or slow."""
    write_course(folder)
    write(
        folder,
        {f"class/student{n:03d}/sums.py": STYLES[n % len(STYLES)] for n in range(students)},
    )


@dataclass(frozen=True)
class Process:
    """A process as the system shows it."""

    pid: int
    parent: int
    command: str

    @property
    def sandboxed(self) -> bool:
        """Whether it is a zygote or a child of one."""
        return "_worker.zygote" in self.command and not self._program.endswith("bwrap")

    @property
    def is_judge(self) -> bool:
        """Whether it grades for a coordinator: a process of a pool's or of a Dask cluster's."""
        return "spawn_main" in self.command and "resource_tracker" not in self.command

    @property
    def _program(self) -> str:
        return self.command.partition("\0")[0]


def processes() -> dict[int, Process]:
    """All that run here."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        pid = int(folder.name)
        found[pid] = Process(pid, parent, command)
    return found


def below(pid: int) -> dict[int, Process]:
    """A process's descendants."""
    everything = processes()
    found: dict[int, Process] = {}
    new = {pid}
    while new:
        new = {p.pid for p in everything.values() if p.parent in new and p.pid not in found}
        found |= {n: everything[n] for n in new}
    return found


def victims(coordinator: int, role: str) -> list[int]:
    """The processes of a run that play a role just now."""
    if role == "coordinator":
        return [coordinator]
    mine = below(coordinator)
    if role == "judge":
        return [p.pid for p in mine.values() if p.is_judge]
    inside = {p.pid: p for p in mine.values() if p.sandboxed}
    children = [p.pid for p in inside.values() if p.parent in inside]
    return children if role == "child" else [pid for pid in inside if pid not in children]


@dataclass
class Killer:
    """Kills one process after another.

    Args:
        left: how many more.
        chance: decides when and whom.
        roles: who can be hit.
        pause: the longest time between two.
    """

    left: int
    chance: random.Random
    roles: tuple[str, ...] = ROLES
    pause: float = 0.6
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        # The coordinator is there before all others, and would be hit most of the time.
        self._share = -(-self.left // len(self.roles))

    def haunt(self, run: subprocess.Popen[bytes]) -> None:
        """Kill parts of a run until it is over or no kill is left."""
        end = time.monotonic() + LONGEST
        while run.poll() is None and self.left > 0:
            with_pause = self.chance.uniform(0, self.pause)
            try:
                run.wait(with_pause)
            except subprocess.TimeoutExpired:
                self._hit(run)
            assert time.monotonic() < end, "the run hangs"

    def _hit(self, run: subprocess.Popen[bytes]) -> None:
        role = self.chance.choice(self.roles)
        found = victims(run.pid, role)
        if found and self.done[role] < self._share:
            try:
                os.kill(self.chance.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                return
            self.done[role] += 1
            self.left -= 1


def command(folder: Path, output: str, options: tuple[str, ...]) -> list[str]:
    """The command under test."""
    start = [sys.executable, "-P", "-m", "chainrule", "grade", "class", "--course", str(folder)]
    return [*start, "--output", output, *options]


def graded(folder: Path, output: str, options: tuple[str, ...], killer: Killer | None) -> bytes:
    """The final grades.json, however often the command has to be given until it is through."""
    for _ in range(1000):
        with (folder / f"{output}.log").open("ab") as log:
            run = subprocess.Popen(
                command(folder, output, options), cwd=folder, stdout=log, stderr=log
            )
            if killer is not None:
                killer.haunt(run)
            status = run.wait(LONGEST)
        if status == 0:
            return (folder / output / "grades.json").read_bytes()
        said = (folder / f"{output}.log").read_text("utf-8", "replace")
        # 1: a score stayed open because its process was killed twice; it is tried again.
        assert status in (1, -signal.SIGKILL), said[-3000:]
    raise AssertionError("it never came to an end")


def survive(
    folder: Path, kills: int, seed: int, options: tuple[str, ...], pause: float
) -> Counter[str]:
    """Grade again and again under random kills; every time the same bytes come out."""
    name = re.sub(r"\W+", "-", " ".join(options)).strip("-")
    calm = graded(folder, f"calm-{name}", options, None)
    chance = random.Random(seed)  # noqa: S311 - no secret
    done: Counter[str] = Counter()
    number = 0
    while done.total() < kills:
        number += 1
        output = f"{name}-{number}"
        killer = Killer(min(PER_RUN, kills - done.total()), chance, pause=pause)
        assert graded(folder, output, options, killer) == calm, f"other bytes in {folder / output}"
        done += killer.done
        print(f"{name}, run {number}: {dict(killer.done)}, the same bytes", flush=True)
    return done


DASK = ("--executor=dask", "--jobs=2")


def main() -> None:
    """Run the long form."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pause", type=float, default=2.0, help="longest time between two kills")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder), given.students)
        on_dask = given.kills // 4
        local = survive(Path(folder), given.kills - on_dask, given.seed, ("--jobs=2",), given.pause)
        dask = survive(Path(folder), on_dask, given.seed, DASK, given.pause)
        same = len({path.read_bytes() for path in Path(folder).glob("*/grades.json")}) == 1
    assert same, "Dask's bytes differ from the pool's"
    dask["Dask worker"] = dask.pop("judge", 0)
    total = local + dask
    print(f"{total.total()} kills survived: {dict(total)}")


if __name__ == "__main__":
    main()
