"""How a course declares its functions, checks and known mistakes.

Decorators only attach a description to the function; the loader reads them off a module in
definition order. There is no global registry, so two courses can live in one process.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Function:
    """One function that students write.

    Args:
        name: its name in the student's module.
        points: what all its checks are worth together.
        returns: called with the arguments of a call, gives the form of a right result.
        new_arrays: whether every result is promised to be new: neither an argument, nor a part of
            one, nor the result of an earlier call once more.
    """

    name: str
    points: int
    returns: Callable[..., Any]
    new_arrays: bool = False


@dataclass(frozen=True)
class Check:
    """One property of one function, with what the student reads and what it is worth.

    ``points`` is a weight among the checks of the function, not yet a number of points.
    """

    function: str
    name: str
    title: str
    body: Callable[..., Any]
    points: int = 1
    hint: str = ""
    after: tuple[str, ...] = ()
    examples: int = 25
    shrink: bool = True
    visibility: str = "public"

    @property
    def is_property(self) -> bool:
        """Whether Hypothesis generates this check's inputs."""
        return hasattr(self.body, "hypothesis")

    @cached_property
    def inner(self) -> Callable[..., Any]:
        """The plain function below Hypothesis' wrapper."""
        return self.body.hypothesis.inner_test if self.is_property else self.body  # type: ignore[attr-defined]

    @cached_property
    def wants_reference(self) -> bool:
        """Whether the body takes the reference as its second argument."""
        return "reference" in inspect.signature(self.inner).parameters

    @cached_property
    def full_name(self) -> str:
        """``function.check``, unique in an assignment."""
        return f"{self.function}.{self.name}"


Shows = Callable[[list[Any], list[tuple[Any, ...]]], bool]
"""Whether results, of calls with these arguments, are those of a mistake."""


@dataclass(frozen=True)
class Mistake:
    """A known wrong way to write a function, in one or several behaviours."""

    function: str
    slug: str
    family: str
    sentence: str
    behaviours: tuple[Callable[..., Any], ...] = field(repr=False, default=())
    shows: Shows | None = field(repr=False, default=None)


@dataclass(frozen=True)
class _Variant:
    """A wrong function with its irrelevant choices fixed; called like the student's own."""

    body: Callable[..., Any]
    choices: Mapping[str, Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.body(*args, **kwargs, **self.choices)


def check(
    function: str,
    *,
    points: int = 1,
    hint: str = "",
    after: Sequence[str] = (),
    examples: int = 25,
    shrink: bool = True,
) -> Callable[[F], F]:
    """Declare a check of ``function``; goes above Hypothesis' ``@given``.

    Args:
        function: the student's function it judges.
        points: its weight among the checks of that function.
        hint: one nudge towards a method, never the answer.
        after: checks it waits for: ``"name"``, ``"function.name"`` or ``"function"``.
        examples: how many inputs Hypothesis generates.
        shrink: whether a failure is made smaller; ``False`` for long trainings.
    """

    def attach(body: F) -> F:
        title, _ = describe(body)
        body.__chainrule_check__ = Check(  # type: ignore[attr-defined]
            function, body.__name__, title, body, points, hint, tuple(after), examples, shrink
        )
        return body

    return attach


def mistake(
    function: str,
    slug: str,
    *,
    family: str,
    variants: Mapping[str, Sequence[Any]] | None = None,
    shows: Shows | None = None,
) -> Callable[[F], F]:
    """Declare a wrong ``function``; its docstring is the sentence the student reads.

    Args:
        function: the function it is a wrong answer to.
        slug: a short name, unique within the function.
        family: the kind of mistake (axis, sign, scale, ...).
        variants: keyword values that do not change which mistake it is; every combination is
            one more behaviour under the same slug.
        shows: for a function whose right results are many, such as a start that is drawn: called
            with all wrong results and the arguments that gave them, says whether they are of this
            mistake, whatever their numbers.
    """

    def attach(body: F) -> F:
        sentence = " ".join((inspect.getdoc(body) or "").split())
        if not sentence:
            raise ValueError(
                f"mistake {function}.{slug} needs a docstring: what a teacher would say"
            )
        names = list(variants or {})
        combinations = itertools.product(*(variants or {}).values())
        behaviours = tuple(_Variant(body, dict(zip(names, c, strict=True))) for c in combinations)
        body.__chainrule_mistake__ = Mistake(  # type: ignore[attr-defined]
            function, slug, family, sentence, behaviours, shows
        )
        return body

    return attach


def describe(body: Callable[..., Any]) -> tuple[str, str]:
    """The first line of a docstring and the rest of it."""
    doc = inspect.getdoc(body) or ""
    title, _, rest = doc.partition("\n")
    if not title.strip():
        raise ValueError(f"check {body.__name__} needs a docstring: its first line is its title")
    return title.strip(), rest.strip()
