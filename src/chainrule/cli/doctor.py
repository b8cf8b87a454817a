"""``chainrule doctor``: what this machine offers for isolation, what is missing, what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from ..launch.choose import LEVELS, reach
from ..launch.limits import Limits
from ..launch.machine import Machine, look

GAINS = {
    "namespaces": "a root of its own with nothing of the course, no network, and all inner layers",
    "landlock+seccomp": "the inner layers alone: files have names to see, but none can be read",
}
Tried = dict[str, str]


@click.command("doctor")
def command() -> None:
    """Say which levels of isolation this machine reaches, and what to do about the others."""
    machine = look()
    tried = try_levels(machine)
    click.echo(report(machine, tried))
    sys.exit(0 if best(tried) else 1)


def try_levels(
    machine: Machine, attempt: Callable[..., tuple[object, str]] = reach
) -> dict[str, str]:
    """Each level with the reason why it is not reached; empty where it is."""
    return {level: attempt(level, machine, Limits())[1] for level in LEVELS[:2]}


def best(tried: Tried) -> str | None:
    """The best level that is reached."""
    return next((level for level, why in tried.items() if not why), None)


def report(machine: Machine, tried: Tried) -> str:
    """What the command prints."""
    lines = [
        "Isolation: what keeps the code that `chainrule grade` runs away from everything else",
        "",
    ]
    for level, why in tried.items():
        lines.append(f"  {'no ' if why else 'yes'}  {level}: {GAINS[level]}")
        lines += [f"       not reached: {why}"] if why else []
    lines += ["  yes  none: nothing at all; for your own code only", ""]
    lines += ["Found:", *(f"  {line}" for line in found(machine)), ""]
    chosen = best(tried)
    if chosen is None:
        lines.append("`chainrule grade` will refuse to run other people's code here.")
    else:
        lines.append(f"`chainrule grade` will use {chosen}.")
    lines.append("`chainrule check` needs none of this: it runs your own code.")
    if chosen != LEVELS[0]:
        lines += ["", "What to do:", *(f"  - {step}" for step in steps(machine, tried))]
    return "\n".join(lines)


def found(machine: Machine) -> list[str]:
    """The facts, one a line."""
    if machine.system != "linux":
        return [f"system       {machine.system}"]
    landlock = f"version {machine.landlock}" if machine.landlock else "not in this kernel"
    return [
        f"kernel       {machine.kernel or 'unknown'}",
        f"user         {'root' if machine.root else 'not root'}",
        f"bubblewrap   {machine.bwrap or 'not found'}",
        f"Landlock     {landlock}",
        f"seccomp      {'ready' if machine.filter else machine.no_filter or 'not available'}",
    ]


def steps(machine: Machine, tried: Tried) -> list[str]:
    """What to install or switch on; what remains is a host's own restriction."""
    known = machine.advice()
    if known:
        return known
    step = (
        f"{LEVELS[0]} was tried and refused ({tried[LEVELS[0]]}). Containers and some hosts forbid "
        "namespaces: run on the host itself, allow them there, or give the container the right to "
        "mount (docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined)."
    )
    return [step]
