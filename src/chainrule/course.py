"""A course on disk: its functions, checks, references and known mistakes, found by folder.

The three course folders are imported as one package under a private name, so that graders may
import each other relatively and two courses can be open at once.
"""

from __future__ import annotations

import hashlib
import importlib
import itertools
import sys
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from .grading.declare import Check, Function, Mistake
from .grading.exhibit import Exhibit
from .grading.guide import Help

ORDER = "ORDER"
NAME = "NAME"
"""The course's name in ``graders/__init__.py``; without one, results are called as the folder."""
_numbers = itertools.count()


class CourseError(Exception):
    """The course cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Assignment:
    """One module of the course.

    Args:
        name: the module's name.
        title: what it is about.
        functions: what students write, in order.
        checks: the checks of all of them, by function, public before hidden.
        reference: the reference's names; empty where the reference is not at hand.
        mistakes: the dictionary of known mistakes.
        exhibits: pictures of what a submission does, for its report.
        help: what a student can ask for, by function.
    """

    name: str
    title: str
    functions: tuple[Function, ...]
    checks: tuple[Check, ...]
    reference: Mapping[str, Any] = field(default_factory=dict, repr=False)
    mistakes: tuple[Mistake, ...] = field(default=(), repr=False)
    exhibits: tuple[Exhibit, ...] = field(default=(), repr=False)
    help: Mapping[str, Help] = field(default_factory=dict, repr=False)

    @cached_property
    def by_name(self) -> dict[str, Function]:
        """The functions by name."""
        return {f.name: f for f in self.functions}

    def checks_of(self, function: str) -> tuple[Check, ...]:
        """The checks of one function, in order."""
        return tuple(c for c in self.checks if c.function == function)


@dataclass(frozen=True)
class Course:
    """All assignments, in order, and the folder they come from."""

    name: str
    folder: Path
    assignments: tuple[Assignment, ...]
    version: str

    def __getitem__(self, name: str) -> Assignment:
        for assignment in self.assignments:
            if assignment.name == name:
                return assignment
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The assignments' names."""
        return tuple(a.name for a in self.assignments)


def find_course(start: Path) -> Path:
    """The nearest folder from ``start`` upwards that holds ``graders/public``."""
    for folder in (start, *start.parents):
        if (folder / "graders" / "public").is_dir():
            return folder
    raise CourseError(
        f"no course found in {start} or above it (a folder with graders/public); "
        "go to the course's folder or name it with --course DIR"
    )


def assignment_names(folder: Path) -> tuple[str, ...]:
    """The names of a course's assignments, in order, without importing their checks."""
    return tuple(_order(_package(folder.resolve()), folder))


def load_course(
    folder: Path, *, hidden: bool = True, only: Collection[str] | None = None
) -> Course:
    """Import a course.

    Args:
        folder: holds ``graders`` and, for hidden checks, ``solutions``.
        hidden: whether hidden checks, references and mistakes are loaded too.
        only: the assignments to load; all of them where it is ``None``.

    Raises:
        CourseError: for what is missing or contradicts itself.
    """
    folder = folder.resolve()
    if not (folder / "graders" / "public").is_dir():
        raise CourseError(
            f"{folder} holds no graders/public; name the course's folder with --course DIR"
        )
    package = _package(folder)
    names = [n for n in _order(package, folder) if only is None or n in only]
    if hidden and not (folder / "solutions").is_dir():
        raise CourseError(
            f"{folder} holds no solutions; grading needs the reference beside the graders"
        )
    assignments = tuple(_assignment(package, folder, name, hidden) for name in names)
    name = str(getattr(sys.modules[f"{package}.graders"], NAME, folder.name))
    return Course(name, folder, assignments, version_of(folder))


def version_of(folder: Path) -> str:
    """A digest of everything that decides a grade: graders, references and the engine's version."""
    digest = hashlib.sha256()
    for path in sorted(p for top in ("graders", "solutions") for p in (folder / top).rglob("*.py")):
        digest.update(str(path.relative_to(folder).as_posix()).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _package(folder: Path) -> str:
    name = f"_course_{next(_numbers)}"
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    return name


def _order(package: str, folder: Path) -> list[str]:
    """The assignments as ``graders/__init__.py`` orders them, else by name."""
    found = sorted(p.stem for p in (folder / "graders" / "public").glob("[!_]*.py"))
    order = list(getattr(_import(f"{package}.graders"), ORDER, found))
    if sorted(order) != found:
        raise CourseError(f"graders/__init__.py orders {order}; graders/public holds {found}")
    return order


def _import(name: str) -> types.ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        where = name.partition(".")[2].replace(".", "/")
        raise CourseError(
            f"{where}.py cannot be imported: {type(error).__name__}: {error}"
        ) from error


def _assignment(package: str, folder: Path, name: str, hidden: bool) -> Assignment:
    public = _import(f"{package}.graders.public.{name}")
    checks = _checks(public, "public")
    mistakes: tuple[Mistake, ...] = ()
    reference: dict[str, Any] = {}
    if hidden:
        if (folder / "graders" / "hidden" / f"{name}.py").exists():
            checks += _checks(_import(f"{package}.graders.hidden.{name}"), "hidden")
        if (folder / "graders" / "mistakes" / f"{name}.py").exists():
            mistakes = _mistakes(_import(f"{package}.graders.mistakes.{name}"))
        reference = vars(_import(f"{package}.solutions.{name}"))
    functions = tuple(public.FUNCTIONS)
    exhibits, guide = _beside(package, folder, name)
    _consistent(name, functions, checks, mistakes)
    _about_known(name, functions, exhibits, guide)
    order = [f.name for f in functions]
    ordered = tuple(sorted(checks, key=lambda c: order.index(c.function)))
    return Assignment(name, public.TITLE, functions, ordered, reference, mistakes, exhibits, guide)


def _beside(
    package: str, folder: Path, name: str
) -> tuple[tuple[Exhibit, ...], Mapping[str, Help]]:
    """What a course may have for its students beside checks: pictures and help."""
    exhibits: tuple[Exhibit, ...] = ()
    guide: Mapping[str, Help] = {}
    if (folder / "graders" / "exhibits" / f"{name}.py").exists():
        exhibits = _exhibits(_import(f"{package}.graders.exhibits.{name}"))
    if (folder / "graders" / "hints" / f"{name}.py").exists():
        guide = dict(_import(f"{package}.graders.hints.{name}").HELP)
    return exhibits, guide


def _checks(module: types.ModuleType, visibility: str) -> tuple[Check, ...]:
    attached = (getattr(v, "__chainrule_check__", None) for v in vars(module).values())
    return tuple(replace(c, visibility=visibility) for c in attached if isinstance(c, Check))


def _mistakes(module: types.ModuleType) -> tuple[Mistake, ...]:
    attached = (getattr(v, "__chainrule_mistake__", None) for v in vars(module).values())
    return tuple(m for m in attached if isinstance(m, Mistake))


def _exhibits(module: types.ModuleType) -> tuple[Exhibit, ...]:
    attached = (getattr(v, "__chainrule_exhibit__", None) for v in vars(module).values())
    return tuple(e for e in attached if isinstance(e, Exhibit))


def _about_known(
    name: str,
    functions: tuple[Function, ...],
    exhibits: tuple[Exhibit, ...],
    guide: Mapping[str, Help],
) -> None:
    known = {f.name for f in functions}
    for function in [f for e in exhibits for f in e.functions] + list(guide):
        if function not in known:
            raise CourseError(
                f"{name}: an exhibit or a hint is about {function!r}, which is not declared"
            )


def _consistent(
    name: str,
    functions: tuple[Function, ...],
    checks: tuple[Check, ...],
    mistakes: tuple[Mistake, ...],
) -> None:
    known = {f.name for f in functions}
    for function in [c.function for c in checks] + [m.function for m in mistakes]:
        if function not in known:
            raise CourseError(
                f"{name}: a check or mistake is about {function!r}, which is not declared"
            )
    for what, keys in (
        ("check", [c.full_name for c in checks]),
        ("mistake", [f"{m.function}.{m.slug}" for m in mistakes]),
    ):
        twice = sorted({k for k in keys if keys.count(k) > 1})
        if twice:
            raise CourseError(f"{name}: more than one {what} is called {', '.join(twice)}")
    names = {c.name for c in checks} | {c.full_name for c in checks} | known
    for check in checks:
        lost = [a for a in check.after if a not in names]
        if lost:
            raise CourseError(
                f"{name}: {check.full_name} waits for {', '.join(lost)}, which is no check"
            )
