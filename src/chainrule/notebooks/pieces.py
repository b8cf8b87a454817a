"""A module cut into the pieces that become cells: each function to write, and what is given."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Lines of a module that stand in one cell.

    Args:
        function: which function students write here; "" for what they are given.
        text: the lines, without blank ones around them.
    """

    function: str
    text: str


def pieces(source: str, functions: Collection[str]) -> list[Piece]:
    """The module without its docstring: one piece a function, and what lies between as one each."""
    found: list[Piece] = []
    for name, text in _statements(source):
        function = name if name in functions else ""
        if found and not function and not found[-1].function:
            found[-1] = Piece("", f"{found[-1].text}\n{text}".strip("\n"))
        else:
            found.append(Piece(function, text.strip("\n")))
    return [piece for piece in found if piece.text]


def _statements(source: str) -> Iterator[tuple[str, str]]:
    """The name that each top-level statement defines, "" for most, and its lines.

    Comments and blank lines before it are its own, and so are the indented comments after it: an
    END marker is, to ast, no part of the function that it ends.
    """
    lines = source.split("\n")
    body = ast.parse(source).body
    start = 0
    for number, node in enumerate(body):
        end = node.end_lineno or 0
        while end < len(lines) and lines[end][:1] == " " and lines[end].strip()[:1] == "#":
            end += 1
        docstring = number == 0 and isinstance(node, ast.Expr)
        if not docstring:
            name = node.name if isinstance(node, ast.FunctionDef) else ""
            yield name, "\n".join(lines[start:end])
        start = end
    if rest := "\n".join(lines[start:]).strip("\n"):
        yield "", rest
