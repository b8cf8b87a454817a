"""Mistakes that show by themselves, in any function: nothing returned, text, an unknown name.

They are looked for last. A course that knows more of the case says it in words of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .entries import Answer
from .named import Named

_KEYWORD = "got an unexpected keyword argument"

_Sign = Callable[[Answer], bool]


_SIGNS: tuple[tuple[_Sign, Named], ...] = (
    (
        lambda a: a.returned and a.value is None,
        Named(
            "returns-nothing",
            "Your function returns None: what it computes, or prints, reaches its caller only by "
            "return.",
        ),
    ),
    (
        lambda a: a.returned and isinstance(a.value, str),
        Named(
            "returns-text",
            "Your function returns text. Return the number itself; whoever prints it can round it.",
        ),
    ),
    (
        lambda a: a.raised[0] == "NameError",
        Named(
            "undefined-name",
            "Your function uses a name that has no value there; Python says which. It may be set "
            "only inside a loop or an if, be spelled otherwise (W and w differ), or be known to a "
            "notebook alone.",
        ),
    ),
    (
        lambda a: _KEYWORD in a.raised[1],
        Named(
            "parameter-renamed",
            "A parameter has another name than in the stub, so it cannot be passed by its name. "
            "Keep the stub's first line.",
        ),
    ),
)


def of(wrong: Sequence[Answer]) -> Named | None:
    """What all of some wrong answers show, if they do."""
    return next((named for sign, named in _SIGNS if wrong and all(map(sign, wrong))), None)
