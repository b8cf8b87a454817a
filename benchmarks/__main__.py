"""Measure everything, or some of it, and write the table down.

    python -m benchmarks [--rows right,check] [--share 0.1] [--output build/benchmark]

Every row is measured in this one run, and ratios are taken within it: the same machine, the same
minute. A smaller ``--share`` of the classes shows that all of it works.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chainrule.crew import cores
from chainrule.launch.choose import choose
from chainrule.launch.limits import Limits

from . import classes, desk, isolation, peers, single
from .measure import ROOT, Row

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
PACKAGES = ("chainrule", "numpy", "hypothesis", "msgspec", "distributed")


def isolation_row() -> Row:
    """What isolation costs a submission, beside the same path without it."""
    found = isolation.measure(60)
    extra = isolation.dearest(found)
    return Row(
        "isolation",
        "CPU per submission beside the same path without isolation",
        extra,
        isolation.GOAL,
        unit=" ms",
        details={name: round(statistics.median(times), 2) for name, times in found.items()},
        note="" if extra is not None else "no level of isolation is reached here",
    )


def parts(
    folder: Path, environments: Path, share: float, rounds: int
) -> dict[str, Callable[[], list[Row]]]:
    """What can be measured, by name; some measure several rows together."""
    size = max(24, int(classes.CLASS * share))
    crowd, few = max(200, int(classes.CROWD * share)), max(100, int(classes.SMALL * share))
    return {
        "right": single.right_rows,
        "peers": partial(peers.peer_rows, folder / "peers", environments),
        "jobs": partial(classes.class_rows, folder / "jobs", size, rounds),
        "crowd": partial(classes.crowd_rows, folder / "crowd", crowd, few),
        "check": lambda: [desk.check_row(folder)],
        "isolation": lambda: [isolation_row()],
        "watch": lambda: [desk.watch_row(folder)],
        "page": lambda: [desk.page_row(folder)],
        "install": lambda: [desk.install_row(folder)],
    }


def machine() -> dict[str, Any]:
    """Where this was measured, and with what."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next(x.partition(":")[2].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": model,
        "cores": cores(),
        "memory, GB": round(memory / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "isolation": choose("auto", Limits()).isolation,
        **{name: version(name) for name in PACKAGES},
        "load average before": round(os.getloadavg()[0], 2),
    }


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| measure | to reach | measured | |", "|---|---:|---:|---|"]
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        goal = f"{sign} {row.goal:,.10g}{row.unit}"
        value = "not measured" if row.value is None else f"{_shown(row.value)}{row.unit}"
        verdict = {True: "reached", False: "behind", None: row.note}[row.met]
        lines.append(f"| {row.measure} | {goal} | {value} | {verdict} |")
    return "\n".join(lines)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def written(rows: Sequence[Row], about: dict[str, Any]) -> str:
    """All of it as Markdown."""
    where = "\n".join(f"* {name}: {value}" for name, value in about.items())
    found = []
    for row in rows:
        details = "\n".join(f"* {name}: {_plain(value)}" for name, value in row.details.items())
        found.append(f"### {row.name}\n\n{details}" if details else "")
    return "\n\n".join(["# Benchmark", where, table(rows), *filter(None, found)]) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_plain(v)}" for name, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", default="", help="some of: " + ", ".join(parts(ROOT, ROOT, 1, 1)))
    parser.add_argument("--share", type=float, default=1.0, help="of the classes' sizes")
    parser.add_argument("--rounds", type=int, default=classes.ROUNDS, help="of whole classes")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "benchmark")
    parser.add_argument(
        "--environments", type=Path, default=ROOT / "build" / "peers", help="kept between runs"
    )
    return parser.parse_args()


def main() -> None:
    """Measure, print and write; the exit status is 1 where a row stays behind its goal."""
    given = _options()
    rows: list[Row] = []
    about = machine()
    given.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chainrule-bench-") as name:
        os.environ["CHAINRULE_CACHE"] = str(Path(name) / "cache")
        Path(name).chmod(0o755)  # a zygote may be nobody's
        able = parts(Path(name), given.environments, given.share, given.rounds)
        for part in given.rows.split(",") if given.rows else able:
            start = time.monotonic()
            (Path(name) / part).mkdir(exist_ok=True)
            rows += able[part]()
            print(f"{part}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
            data = {"machine": about, "rows": [row.as_data() for row in rows]}
            text = json.dumps(data, indent=1, ensure_ascii=False)
            (given.output / "benchmark.json").write_text(text + "\n", "utf-8")
            (given.output / "benchmark.md").write_text(written(rows, about), "utf-8")
    print(table(rows))
    sys.exit(any(row.met is False for row in rows))


if __name__ == "__main__":
    main()
