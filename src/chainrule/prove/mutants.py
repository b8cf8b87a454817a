"""Machine-made wrong answers: the reference with one operator, number or keyword changed.

cosmic-ray's operators decide what is changed. Only what a student has to write is: the lines
between the solution markers, and of those no comment.
"""

from __future__ import annotations

import importlib
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_SHELL = "def solution():\n"


class NoOperators(Exception):
    """cosmic-ray is not installed; the message says what to do."""


def require_operators() -> None:
    """Raise NoOperators where cosmic-ray is not installed."""
    _plugins()


@dataclass(frozen=True)
class Mutant:
    """A module with one change.

    Args:
        module: the assignment.
        function: in which the change is.
        before: the changed line as it was, without its indentation.
        after: the line as it is.
        place: counts the lines of the function that are equal to this one, from 1.
        source: the whole module.
    """

    module: str
    function: str
    before: str
    after: str
    place: int
    source: str

    @property
    def key(self) -> str:
        """What names it in the list of equivalent mutants; lines may move without changing it."""
        nth = f" (line {self.place} of these)" if self.place > 1 else ""
        return f"{self.module}.{self.function}: {self.before} -> {self.after}{nth}"


@dataclass(frozen=True)
class _Body:
    """The lines of a module that a student has to write, and the function they belong to."""

    function: str
    first: int
    lines: tuple[str, ...]


def mutants(module: str, source: str, function: str) -> tuple[Mutant, ...]:
    """Every mutant of one of a module's solutions, equal ones once."""
    lines = source.splitlines()
    found: dict[str, Mutant] = {}
    for body in _bodies(lines):
        if body.function != function:
            continue
        for changed in _changed("\n".join(body.lines)):
            mutant = _mutant(module, lines, body, changed.split("\n"))
            if mutant is not None:
                found.setdefault(mutant.source, mutant)
    return tuple(found.values())


def _bodies(lines: list[str]) -> Iterator[_Body]:
    function, first = "", 0
    for number, line in enumerate(lines):
        if line.startswith("def "):
            function = line[4:].partition("(")[0]
        elif line.strip() == BEGIN:
            first = number + 1
        elif line.strip() == END:
            yield _Body(function, first, tuple(lines[first:number]))


def _mutant(module: str, lines: list[str], body: _Body, changed: list[str]) -> Mutant | None:
    """The mutant whose body has these lines; ``None`` if nothing but a comment is changed."""
    pairs = list(zip(body.lines, changed, strict=False))
    differs = [n for n, (old, new) in enumerate(pairs) if old != new]
    if not differs:
        return None
    old, new = pairs[differs[0]]
    place = sum(line.strip() == old.strip() for line in body.lines[: differs[0] + 1])
    whole = [*lines[: body.first], *changed, *lines[body.first + len(body.lines) :]]
    source = "\n".join(whole) + "\n"
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, module, "exec")
    except SyntaxError:
        return None
    return Mutant(module, body.function, old.strip(), new.strip(), place, source)


def _changed(body: str) -> Iterator[str]:
    """The body after each change that an operator makes."""
    indent = body[: len(body) - len(body.lstrip())]
    code = _SHELL + textwrap.indent(textwrap.dedent(body), "    ") + "\n"
    for operator, count in _places(code):
        for occurrence in range(count):
            mutated = _mutating().mutate_code(code, operator, occurrence)
            if mutated is not None and mutated != code:
                inner = textwrap.dedent(mutated.removeprefix(_SHELL)).rstrip("\n")
                yield textwrap.indent(inner, indent)


def _places(code: str) -> Iterator[tuple[Any, int]]:
    """Each operator that needs no arguments, and how often it can change the code."""
    ast, plugins = importlib.import_module("cosmic_ray.ast"), _plugins()
    nodes = list(ast.ast_nodes(ast.get_ast(code)))
    for name in sorted(plugins.operator_names()):
        kind = plugins.get_operator(name)
        if not kind.arguments():
            operator = kind()
            yield operator, sum(len(list(operator.mutation_positions(node))) for node in nodes)


def _plugins() -> Any:
    try:
        return importlib.import_module("cosmic_ray.plugins")
    except ImportError as error:
        raise NoOperators(
            "machine-made mutants need cosmic-ray, which is not installed: "
            "pip install 'chainrule[prove]', or leave them out with --no-mutants"
        ) from error


def _mutating() -> Any:
    return importlib.import_module("cosmic_ray.mutating")
