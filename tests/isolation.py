"""What the tests of isolation share: launchers of each level, and running a source in one."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from chainrule.judge.answers import Lost, Outcome, plain
from chainrule.judge.session import Session
from chainrule.launch.choose import LEVELS, Launch, reach
from chainrule.launch.limits import Limits
from chainrule.launch.machine import Machine, look
from chainrule.launch.sandbox import Layers, with_namespaces, without_namespaces
from chainrule.launch.zygote import ZygoteLauncher
from chainrule.worker import wire

SHORT = Limits(import_seconds=5, call_seconds=2, submission_seconds=15, cpu_seconds=4, deaths=2)
ISOLATED = LEVELS[:2]


@functools.cache
def machine() -> Machine:
    """This machine's facts, looked up once."""
    return look()


@functools.cache
def reached(level: str) -> tuple[Any, str]:
    """The recipe of a level, or why there is none."""
    return reach(level, machine(), SHORT)


def launcher(level: str, limits: Limits = SHORT) -> Any:
    """A launcher of a level; the test is skipped where the machine does not reach it."""
    if level == "none":
        return Launch("none", limits)()
    recipe, why = reached(level)
    if recipe is None:
        pytest.skip(f"this machine does not reach {level}: {why}")
    return Launch(level, limits, recipe)()


def weakened(level: str, **layers: bool) -> Any:
    """A launcher of a level with some of its inner layers off; only tests can have that."""
    recipe, why = reached(level)
    if recipe is None:
        pytest.skip(f"this machine does not reach {level}: {why}")
    known, chosen = machine(), Layers(**layers)
    if level == "namespaces":
        weak = with_namespaces(
            str(known.bwrap), known.filter, as_nobody=recipe.user is not None, layers=chosen
        )
    else:
        weak = without_namespaces(known.filter, layers=chosen)
    return ZygoteLauncher(weak, SHORT)


@contextmanager
def session(launch: Any, source: str, module: str = "toy") -> Iterator[Session]:
    """A session on a source; its worker and its launcher end with it."""
    opened = Session(launch, module, [wire.Cell(f"{module}.py", source.encode())])
    try:
        yield opened
    finally:
        opened.close()
        launch.close()


def outcomes(launch: Any, source: str, *functions: str, args: Sequence[Any] = ()) -> list[Outcome]:
    """How calls of some functions go."""
    calls = [wire.Call(i, name, list(args), {}) for i, name in enumerate(functions)]
    with session(launch, source) as opened:
        return list(opened.run(calls))


def answer(launch: Any, source: str, function: str = "attack") -> Any:
    """What a function returns, as plain data; a failure as text."""
    (outcome,) = outcomes(launch, source, function)
    if isinstance(outcome, Lost):
        return f"lost: {outcome.text}"
    if outcome.error is not None:
        return f"error: {outcome.error.kind}: {outcome.error.text}"
    return plain(outcome.value)
