"""``%load_ext chainrule`` brings ``%check``."""

from __future__ import annotations

import shlex
from typing import Any

from .check import show

USAGE = "%check [FUNCTION] [--course DIR]"


def register(shell: Any) -> None:
    """Give an IPython shell the magic."""
    shell.register_magic_function(check, magic_kind="line", magic_name="check")


def check(line: str) -> None:
    """Run the public checks on a function as its cell was last run; without a name, on all."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = ["?", "?"]
    course = None
    if "--course" in words[:-1]:
        at = words.index("--course")
        course = words[at + 1]
        del words[at : at + 2]
    if len(words) > 1 or any(word.startswith("-") for word in words):
        print(f"usage: {USAGE}")
        return
    show(words[0] if words else None, course=course)
