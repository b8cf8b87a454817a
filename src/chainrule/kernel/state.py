"""The functions of a notebook as they are now: the statements that made them, out of what was run.

A notebook's cells are run in any order, again and again, and some fail half-way. What a name stands
for in the kernel is what its last statement made of it, and that statement, with those that it
needs, is what is judged. Lines keep their numbers within their cell, for tracebacks.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..submissions import Cell
from ..submissions.magics import without_magics

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class _Statement:
    """A statement at the top of a cell that was run.

    Args:
        place: its number among all of them, in the order of running.
        cell: the number that Jupyter shows beside the cell.
        binds: the names that it gives a value or changes.
        uses: the names that it mentions.
    """

    place: int
    cell: int
    node: ast.stmt
    binds: frozenset[str]
    uses: frozenset[str]


@dataclass
class State:
    """What a kernel has run, and what its names stand for.

    Args:
        history: the cells that were run, by the number that Jupyter shows.
        namespace: the notebook's names.
    """

    history: Sequence[str]
    namespace: Mapping[str, object]
    _lines: dict[int, list[str]] = field(default_factory=dict)
    _statements: list[_Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, raw in enumerate(self.history):
            source = without_magics(raw).source
            if source is None:
                continue
            try:
                body = ast.parse(source).body
            except (SyntaxError, ValueError):
                continue  # nothing of it was run
            self._lines[number] = source.split("\n")
            for node in body:
                place = len(self._statements)
                self._statements.append(_Statement(place, number, node, *_names(node)))

    def where(self, name: str) -> int | None:
        """The cell that made what a name stands for; ``None`` if the name came another way."""
        found = self._made(name) if name in self.namespace else None
        return found.cell if found else None

    def cells(self, names: Iterable[str]) -> tuple[Cell, ...]:
        """What makes the names what they are, in the order of running."""
        needed: dict[int, _Statement] = {}
        waiting = [found for name in names if (found := self._made(name))]
        waiting += [s for s in self._statements if "*" in s.binds]
        while waiting:
            statement = waiting.pop()
            if statement.place in needed:
                continue
            needed[statement.place] = statement
            definition = isinstance(statement.node, _DEFINITIONS)
            before = None if definition else statement.place
            waiting += [f for name in statement.uses if (f := self._made(name, before))]
        return tuple(self._cell(number, needed.values()) for number in self._order(needed.values()))

    def _made(self, name: str, before: int | None = None) -> _Statement | None:
        """The statement behind a name, the last one before a place if there is one."""
        if name not in self.namespace:
            return None
        found = [s for s in self._statements if name in s.binds]
        earlier = [s for s in found if before is not None and s.place < before]
        candidates = earlier or found
        if not candidates:
            return None
        value = self.namespace[name]
        # A cell that failed before its end may not have come to its last statement.
        made = [s for s in candidates if not _differs(s.node, value)]
        return (made if made and not earlier else candidates)[-1]

    def _order(self, statements: Iterable[_Statement]) -> list[int]:
        return sorted({statement.cell for statement in statements})

    def _cell(self, number: int, statements: Iterable[_Statement]) -> Cell:
        """A cell with all lines blank but those of the statements."""
        kept: set[int] = set()
        for statement in statements:
            if statement.cell == number:
                kept |= {*range(_first_line(statement.node), (statement.node.end_lineno or 0) + 1)}
        lines = self._lines[number]
        text = "\n".join(line if n in kept else "" for n, line in enumerate(lines, start=1))
        return Cell(text.rstrip("\n"), number)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def _names(node: ast.stmt) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a statement binds or changes, and those that it mentions anywhere."""
    binds = {name for part in _own(node) for name in _bound(part)}
    uses = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    if isinstance(node, ast.AugAssign):
        uses |= binds
    return frozenset(binds), frozenset(uses)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """A statement's parts, without the bodies of functions and classes."""
    yield node
    if not isinstance(node, _SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _bound(part: ast.AST) -> Iterator[str]:
    if isinstance(part, _DEFINITIONS):
        yield part.name
    elif isinstance(part, ast.alias):
        yield part.asname or part.name.partition(".")[0]
    elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
        yield part.id
    elif isinstance(part, ast.Subscript | ast.Attribute) and isinstance(part.ctx, ast.Store):
        base: ast.expr = part
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name):
            yield base.id


def _differs(node: ast.stmt, value: object) -> bool:
    """Whether a value is a function, and not the one that a statement makes."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    if not isinstance(value, types.FunctionType) or value.__name__ != node.name:
        return False
    module = compile(ast.Module([node], []), "cell", "exec", dont_inherit=True)
    codes = [c for c in module.co_consts if isinstance(c, types.CodeType)]
    return not any(_same(value.__code__, code) for code in codes if code.co_name == node.name)


def _same(one: types.CodeType, other: types.CodeType) -> bool:
    """Whether two pieces of code do the same, wherever they stand."""
    if (one.co_code, one.co_names, one.co_varnames) != (
        other.co_code,
        other.co_names,
        other.co_varnames,
    ) or len(one.co_consts) != len(other.co_consts):
        return False
    return all(
        _same(a, b)
        if isinstance(a, types.CodeType) and isinstance(b, types.CodeType)
        else type(a) is type(b) and a == b
        for a, b in zip(one.co_consts, other.co_consts, strict=True)
    )
