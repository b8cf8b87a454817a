"""``pytest graders --submission PATH``: the checks as pytest items.

pytest loads this module in every run of every project on the machine, so it imports nothing and
does nothing until the option is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("chainrule", "grading submissions with chainrule")
    group.addoption(
        "--submission",
        action="append",
        default=[],
        metavar="PATH",
        help="grade this module, notebook, folder, class or archive by the checks in graders; "
        "may be repeated",
    )
    group.addoption(
        "--chainrule-seed",
        type=int,
        default=0,
        metavar="N",
        help="decides every generated input (default: 0)",
    )
    group.addoption(
        "--chainrule-isolation",
        choices=("auto", "namespaces", "landlock+seccomp", "none"),
        default=None,
        help="as of `chainrule grade`; by default auto, or none where only the public checks are "
        "at hand, which are for one's own work",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take part in this run if it grades a submission."""
    if config.getoption("--submission"):
        from .pytest_items import Collecting  # noqa: PLC0415  # the engine is loaded only here

        config.pluginmanager.register(Collecting(config), "chainrule-collecting")
