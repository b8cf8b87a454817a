"""Indented text on a terminal: wrapped with what it belongs to, no spaces at the end of a line."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

_LABEL = re.compile(r"(?:Input|Expected|Got): +| +|")


def as_text(show: Callable[[Console], None], width: int) -> str:
    """What a terminal of some width would show, without colours."""
    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        color_system=None,
        # In a notebook rich would show each line there by itself, unless it is told not to.
        force_jupyter=False,
        force_terminal=False,
        highlight=False,
        markup=False,
    )
    show(console)
    return page.getvalue()


def put(console: Console, text: Text | str, indent: int = 0) -> None:
    """Print one line, wrapped at the console's width; what is wrapped stays indented."""
    text = Text(text) if isinstance(text, str) else text
    width = max(console.width - indent, 20)
    for line in text.wrap(console, width):
        line.rstrip()
        console.print(Text.assemble(" " * indent, line), soft_wrap=True)


def put_message(console: Console, message: str, indent: int) -> None:
    """Print a check's message; a wrapped value goes on below where it began."""
    for line in message.split("\n"):
        label = _LABEL.match(line)
        hang = label.end() if label else 0
        width = max(console.width - indent - hang, 20)
        parts = Text(line[hang:]).wrap(console, width)
        for number, part in enumerate(parts):
            part.rstrip()
            before = line[:hang] if number == 0 else " " * hang
            console.print(Text.assemble(" " * indent, before, part), soft_wrap=True)
