"""Which level of isolation a run gets: the one asked for, or the best this machine offers.

A level counts as reached when a zygote has started in it, taken all layers in a fork, and found
there that what they forbid is indeed refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from .limits import Limits
from .machine import Machine, look
from .plain import PlainLauncher
from .sandbox import Recipe, with_namespaces, without_namespaces
from .zygote import ZygoteError, ZygoteLauncher, started

LEVELS = ("namespaces", "landlock+seccomp", "none")


class IsolationError(Exception):
    """The machine does not offer the level asked for; the message says what to do."""


@dataclass(frozen=True)
class Launch:
    """Makes launchers of one level, in this process or another.

    Args:
        isolation: the level.
        limits: what a submission may use.
        recipe: how its zygote is started; ``None`` at level none.
    """

    isolation: str
    limits: Limits
    recipe: Recipe | None = None

    def __call__(self) -> PlainLauncher | ZygoteLauncher:
        if self.recipe is None:
            return PlainLauncher(self.limits)
        return ZygoteLauncher(self.recipe, self.limits)


def choose(level: str, limits: Limits, machine: Machine | None = None) -> Launch:
    """The launch for a level.

    Args:
        level: one of ``LEVELS``, or ``auto``: the best there is, but never none.
        limits: what a submission may use.
        machine: what is known of this machine, if it is known already.

    Raises:
        IsolationError: if the level cannot be reached.
    """
    if level == "none":
        return Launch("none", limits)
    machine = machine or look()
    reasons: list[str] = []
    for name in LEVELS[:2]:
        if level in ("auto", name):
            recipe, why = reach(name, machine, limits)
            if recipe is not None:
                return Launch(name, limits, recipe)
            reasons.append(f"{name}: {why}")
    raise IsolationError(
        "this machine does not offer the isolation that grading other people's code needs.\n"
        + "\n".join(f"  {reason}" for reason in reasons)
        + "\n`chainrule doctor` says what to install or switch on. For your own code only, "
        "use --isolation none."
    )


def reach(level: str, machine: Machine, limits: Limits) -> tuple[Recipe | None, str]:
    """A recipe for the level that was seen to work here, or why there is none."""
    missing = machine.missing(level)
    if missing:
        return None, "; ".join(missing)
    why = ""
    for recipe in recipes(level, machine):
        try:
            started(recipe, limits).close()
        except ZygoteError as error:
            why = why or str(error)
        else:
            return recipe, ""
    return None, why


def recipes(level: str, machine: Machine) -> list[Recipe]:
    """The ways to reach a level, the best first."""
    if level != "namespaces" or machine.bwrap is None:
        return [without_namespaces(machine.filter)]
    found = [with_namespaces(machine.bwrap, machine.filter)]
    if machine.root:
        found.append(with_namespaces(machine.bwrap, machine.filter, as_nobody=True))
    return found
