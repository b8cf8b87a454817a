"""Which functions a save may have changed: themselves, or something that they use."""

from __future__ import annotations

import ast
from collections.abc import Collection

from ..submissions import Source


def changed(old: Source | None, new: Source, functions: Collection[str]) -> list[str]:
    """The functions to check again, in their order; all of them where it cannot be told."""
    if old is None or old.kind != "module" or new.kind != "module":
        return list(functions)
    before, after = _pieces(old), _pieces(new)
    if before is None or after is None or before.get("") != after.get(""):
        return list(functions)
    names = {n for n in {*before, *after} if before.get(n) != after.get(n)}
    while more := {n for n, text in after.items() if n not in names and _uses(text, names)}:
        names |= more
    return [f for f in functions if f in names]


def _pieces(source: Source) -> dict[str, str] | None:
    """Each top-level function as text without its comments, and under "" all else."""
    try:
        tree = ast.parse(source.code)
    except (SyntaxError, ValueError):
        return None
    found = {"": ""}
    for node in tree.body:
        name = node.name if isinstance(node, ast.FunctionDef) else ""
        found[name] = found.get(name, "") + ast.dump(node)
    return found


def _uses(dump: str, names: Collection[str]) -> bool:
    """Whether a piece mentions a name, in code or in a string: more than needed, never less."""
    return any(f"'{name}'" in dump for name in names)
