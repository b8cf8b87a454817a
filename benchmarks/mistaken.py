"""Wrong submissions: a right one in which some functions are replaced by known mistakes.

A mistake's code is taken out of `graders/mistakes` with whatever it uses there, so that the
module stands alone as a student's does.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chainrule.course import Assignment

from .measure import ROOT

MISTAKES = ROOT / "graders" / "mistakes"


@cache
def _defined(path: Path) -> dict[str, ast.stmt]:
    """Every name that a module binds at its top, and the statement that binds it."""
    found: dict[str, ast.stmt] = {}
    if not path.exists():
        return found
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= _imported(path, node)
        elif not (isinstance(node, ast.ImportFrom) and "chainrule" in (node.module or "")):
            found |= dict.fromkeys(_names(node), node)
    return found


def _imported(path: Path, node: ast.ImportFrom) -> dict[str, ast.stmt]:
    """What a relative import brings, from where it is written."""
    if node.module is None:  # a whole module: what uses one is left out
        return {}
    folder = path.parents[node.level - 1]
    theirs = _defined(folder / f"{node.module.replace('.', '/')}.py")
    if node.names[0].name == "*":
        return dict(theirs)
    return {
        alias.asname or alias.name: theirs[alias.name]
        for alias in node.names
        if alias.name in theirs
    }


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (a.asname or a.name.partition(".")[0] for a in node.names)
    else:
        yield from (
            n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        )


class _Prefixed(ast.NodeTransformer):
    """Gives names of the mistakes' files a prefix, and takes decorators off."""

    def __init__(self, prefix: str, names: set[str]) -> None:
        self._prefix = prefix
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self._names:
            node.id = self._prefix + node.id
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if node.name in self._names:
            node.name = self._prefix + node.name
            node.decorator_list = []
        return self.generic_visit(node)


def _closure(name: str, defined: Mapping[str, ast.stmt], found: dict[str, ast.stmt]) -> None:
    """A name's statement, after those of the names it uses."""
    found[name] = defined[name]
    for node in ast.walk(defined[name]):
        if isinstance(node, ast.Name) and node.id in defined and node.id not in found:
            _closure(node.id, defined, found)
    found[name] = found.pop(name)  # to the end


def replacement(assignment: str, behaviour: Any, function: str, prefix: str) -> str:
    """Code that makes one function of a module wrong in a known way."""
    defined = _defined(MISTAKES / f"{assignment}.py")
    name = behaviour.body.__name__
    found: dict[str, ast.stmt] = {}
    _closure(name, defined, found)
    imports = (ast.Import, ast.ImportFrom)
    own = {n for n, node in found.items() if not isinstance(node, imports)}
    change = _Prefixed(prefix, own)
    # Parsed again, for a statement is used by many submissions and must not be changed.
    statements = {id(node): node for node in found.values()}.values()
    lines = [ast.unparse(change.visit(ast.parse(ast.unparse(s)))) for s in statements]
    given = "".join(f", {k}={v!r}" for k, v in behaviour.choices.items())
    lines.append(
        f"def {function}(*args, **kwargs):\n    return {prefix}{name}(*args, **kwargs{given})"
    )
    return "\n\n\n".join(lines) + "\n"


def _is_plain(behaviour: Any, function: str, assignment: str) -> bool:
    """Whether a behaviour is one function's, written out, so that it can stand alone."""
    node = _defined(MISTAKES / f"{assignment}.py").get(behaviour.body.__name__)
    if not isinstance(node, ast.FunctionDef):
        return False
    if not all(isinstance(v, str | int | float | None) for v in behaviour.choices.values()):
        return False
    try:
        exec(replacement(assignment, behaviour, function, "_"), {})  # noqa: S102 - the course's own
    except NameError:  # it was put together by code of the mistakes' own
        return False
    return True


_known: dict[str, dict[str, list[Any]]] = {}


def _plain(assignment: Assignment) -> dict[str, list[Any]]:
    """By function, the behaviours of its known mistakes that can stand alone."""
    if assignment.name in _known:
        return _known[assignment.name]
    found: dict[str, list[Any]] = {}
    for mistake in assignment.mistakes:
        name = mistake.function
        plain = [b for b in mistake.behaviours if _is_plain(b, name, assignment.name)]
        found.setdefault(name, []).extend(plain)
    _known[assignment.name] = {name: found[name] for name in sorted(found) if found[name]}
    return _known[assignment.name]


def wrong(assignment: Assignment, right: str, count: int, chance: random.Random) -> str:
    """A right module with so many of its functions made wrong, or as many as can be."""
    choices = _plain(assignment)
    parts = [right]
    for number, function in enumerate(chance.sample([*choices], min(count, len(choices)))):
        behaviour = chance.choice(choices[function])
        parts.append(replacement(assignment.name, behaviour, function, f"_m{number}_"))
    return "\n\n\n".join(parts)


def right(style: str, assignment: str) -> str:
    """A right module in one of the styles that the tests hold."""
    return (ROOT / "tests" / "right_answers" / style / f"{assignment}.py").read_text("utf-8")
