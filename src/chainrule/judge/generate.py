"""Hypothesis at work: inputs generated once against the reference, failures made smaller.

Recording runs a property with the reference as the submission and keeps the arguments, so that
each submission only replays them. A property that fails is run live for a smaller input; with
the same seed the live run generates the same inputs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import DataObject

from ..grading.declare import Check

Arguments = Mapping[str, Any]
GIVEN_BY_ENGINE = ("submission", "reference")
Body = Callable[[Arguments], None]

# Hypothesis draws some values from constants it finds in whatever modules happen to be loaded.
# Grades must not depend on that: the same seed gives the same inputs in every process.
providers._get_local_constants = providers.Constants  # type: ignore[attr-defined]


class Enough(Exception):
    """Stops a run from inside."""


def seed_of(seed: int, assignment: str, check: Check) -> int:
    """A check's own seed, so that checks added or left out change no other check's inputs."""
    text = f"{seed}/{assignment}/{check.full_name}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def inputs(check: Check, seed: int) -> list[dict[str, Any]]:
    """The arguments of every example: explicit ones first, then generated ones."""
    found: list[dict[str, Any]] = []
    run(check, seed, lambda arguments: found.append(dict(arguments)), shrink=False)
    return found


def draws_later(found: Sequence[Arguments]) -> bool:
    """Whether a check draws more inputs while it runs, as ``st.data()`` lets it."""
    return any(isinstance(value, DataObject) for arguments in found for value in arguments.values())


def smallest(
    check: Check, seed: int, body: Body, failures: tuple[type[Exception], ...], calls: int
) -> Any:
    """The arguments and exception of the smallest failing example found within ``calls`` runs.

    Returns:
        ``(arguments, exception)``, or ``None`` where the live run met no failure.
    """
    last: Any = None
    left = calls

    def attempt(arguments: Arguments) -> None:
        nonlocal last, left
        left -= 1
        if left < 0:
            raise Enough
        try:
            body(arguments)
        except failures as failure:
            last = dict(arguments), failure
            raise

    try:
        run(check, seed, attempt, shrink=True)
    except Enough:
        pass
    except Exception:  # the failure itself, or Hypothesis' word that it does not repeat
        if last is None:
            raise
    return last


def run(check: Check, seed: int, body: Body, *, shrink: bool) -> None:
    """Run a property's body on what Hypothesis generates for this seed."""
    if not check.is_property:
        body({})
        return
    given = check.body
    handle = given.hypothesis  # type: ignore[attr-defined]
    original = handle.inner_test
    phases = [Phase.explicit, Phase.generate] + ([Phase.shrink] if shrink else [])
    settings = hypothesis.settings(
        max_examples=check.examples,
        phases=phases,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    placeholders = [None] * (2 if check.wants_reference else 1)

    def inner(*_: Any, **arguments: Any) -> None:
        body({k: v for k, v in arguments.items() if k not in GIVEN_BY_ENGINE})

    try:
        handle.inner_test = inner
        hypothesis.seed(seed)(settings(given))(*placeholders)
    finally:
        handle.inner_test = original
        del given._hypothesis_internal_use_settings  # type: ignore[attr-defined]
        del given._hypothesis_internal_settings_applied  # type: ignore[attr-defined]
        del given._hypothesis_internal_use_seed  # type: ignore[attr-defined]
