"""Processor time of one submission: a right one beside its own calls, a wrong one beside that."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import random
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chainrule.collector import relax
from chainrule.course import Course, load_course
from chainrule.crew import pin, unpin
from chainrule.judge.answers import plain
from chainrule.judge.batch import Batch
from chainrule.judge.grade import Grader
from chainrule.judge.record import Reference, call_body
from chainrule.judge.session import handles
from chainrule.launch.choose import choose
from chainrule.launch.limits import Limits
from chainrule.run import Desk, Options
from chainrule.submissions import Source
from chainrule.worker import wire
from chainrule.worker.values import follow

from .measure import ROOT, Row, middle, used_here
from .mistaken import right, wrong

ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop")
STYLES = ("vectorised", "defensive", "network_shapes")
ROUNDS = 3
TIMES = 6
"""How often a round grades each right submission."""
WRONG = 9
"""Wrong submissions of each assignment."""


def source(code: str, assignment: str, student: str = "student") -> Source:
    """A submission as it is graded."""
    name = f"{assignment}.py"
    return Source(student, assignment, name, "module", code.encode(), (), "", (), None)


class Bench:
    """What grades here: in this process, as a job of a class does."""

    def __init__(self) -> None:
        limits = Limits()
        self.course: Course = load_course(ROOT)
        self._launch = choose("auto", limits)
        self._desk = Desk(Options(ROOT, limits=limits), self._launch(), self.course)

    def grader(self, assignment: str) -> Grader:
        """An assignment's grader, its inputs recorded."""
        return self._desk.grader(assignment)

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk with a new zygote, which is ended afterwards, so that its time is known."""
        self._desk.launcher = self._launch()
        try:
            yield self._desk
        finally:
            self._desk.launcher.close()

    def cost(self, sources: Sequence[Source], times: int) -> float:
        """Milliseconds of processor time per submission, the start of everything left out."""

        def took(rounds: int) -> float:
            before = used_here()
            with self.desk() as desk:
                for _ in range(rounds + 1):
                    for one in sources:
                        desk.grade(one)
            return 1000 * (used_here() - before)

        for one in sources:
            self.grader(one.assignment)
        return (took(times) - took(0)) / (times * len(sources))


@contextlib.contextmanager
def pinned() -> Iterator[None]:
    """On one core and with few collections of garbage, as a job of a class is."""
    before = os.sched_getaffinity(0)
    pin(os.getpid())
    relax()
    try:
        yield
    finally:
        unpin(before)


def right_rows() -> list[Row]:
    """Right submissions, beside their own calls in one warm process and beside wrong ones."""
    with pinned():
        return _rows(Bench())


def _rows(bench: Bench) -> list[Row]:
    graded: dict[str, float] = {}
    ratios: dict[str, float] = {}
    own: dict[str, float] = {}
    for name in ASSIGNMENTS:
        costs, alone = [], []
        for style in STYLES:
            code = source(right(style, name), name)
            _must_be_right(bench, code)
            # In turns, so that a busy spell of the machine meets both.
            pairs = [(bench.cost([code], TIMES), own_calls(bench, code)) for _ in range(ROUNDS)]
            costs.append(middle([c for c, _ in pairs]))
            alone.append(middle([o for _, o in pairs]))
            ratios[f"{name}, {style}"] = middle([c / o for c, o in pairs])
        graded[name], own[name] = middle(costs), middle(alone)
    yardstick = {n: round(graded[n], 1) for n in ASSIGNMENTS}
    calls = {n: round(own[n], 1) for n in ASSIGNMENTS}
    found = {"graded, ms": yardstick, "own calls, ms": calls, "ratios": _short(ratios)}
    first = Row(
        "right",
        "CPU of grading a right submission ÷ CPU of the student's own calls in one warm process",
        middle([*ratios.values()]),
        4,
        details=found,
    )
    return [first, _four_mistakes(bench, graded)]


def _short(numbers: dict[str, float]) -> dict[str, float]:
    return {name: round(number, 2) for name, number in numbers.items()}


def _must_be_right(bench: Bench, one: Source) -> None:
    with bench.desk() as desk:
        result = desk.grade(one)
    if result.score != result.max_score:
        raise RuntimeError(f"a right {one.assignment} got {result.score}")


def _four_mistakes(bench: Bench, graded: dict[str, float]) -> Row:
    ratios: dict[str, float] = {}
    costs: dict[str, float] = {}
    for name in ASSIGNMENTS:
        chance = random.Random(name)  # noqa: S311 - no secret
        codes = [
            source(wrong(bench.course[name], right(STYLES[n % 3], name), 4, chance), name)
            for n in range(WRONG)
        ]
        # The mistakes' own answers are worked out once for a class: by the first round.
        costs[name] = bench.cost(codes, 1)
        ratios[name] = costs[name] / graded[name]
    return Row(
        "four mistakes",
        "CPU of a submission with four mistakes, shrunk and diagnosed ÷ a right one",
        middle([*ratios.values()]),
        10,
        details={"graded, ms": _short(costs), "ratios": _short(ratios)},
    )


def own_calls(bench: Bench, one: Source) -> float:
    """Milliseconds of a submission's own calls alone: those that its grading makes of it."""
    module = types.ModuleType(one.assignment)
    sys.modules[one.assignment] = module
    grader = bench.grader(one.assignment)
    batches = [grader.batch(f.name) for f in grader.assignment.functions]
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        exec(compile(one.code, one.filename, "exec"), vars(module))  # noqa: S102 - our own answers
        _rounds(batches, module, grader.assignment.reference)  # the first time is not warm
        return middle([_rounds(batches, module, grader.assignment.reference) for _ in range(TIMES)])


def _rounds(batches: Sequence[Batch], module: types.ModuleType, reference: Any) -> float:
    seconds = 0.0
    for batch in batches:
        seconds += _planned(batch.calls, module)
        own = _Timed(module)
        for check, example in batch.live:
            call_body(check, own, Reference(reference), example.arguments)  # type: ignore[arg-type]
        seconds += own.seconds
    return 1000 * seconds


def _planned(calls: Sequence[wire.Call], module: types.ModuleType) -> float:
    """Seconds of the calls that are known beforehand, their arguments ready and fresh.

    Reading the clock takes a microsecond, so it is read for as many calls together as possible.
    """
    results: dict[int, Any] = {}
    ready = {c.number: arguments(c, results) for c in calls if not handles(c)}
    seconds = 0.0
    for passes_on, together in itertools.groupby(calls, lambda c: bool(handles(c))):
        for part in ([c] for c in together) if passes_on else [list(together)]:
            given = [ready.get(c.number) or arguments(c, results) for c in part]
            seconds += _timed(part, given, module, results)
    return seconds


def _timed(
    calls: Sequence[wire.Call],
    given: Sequence[tuple[list[Any], dict[str, Any]]],
    module: types.ModuleType,
    results: dict[int, Any],
) -> float:
    functions = [getattr(module, call.function) for call in calls]
    start = time.thread_time()
    for call, function, (args, kwargs) in zip(calls, functions, given, strict=True):
        try:  # noqa: SIM105 - a context manager takes as long as a call
            results[call.number] = function(*args, **kwargs)
        except ValueError:  # asked for
            pass
    return time.thread_time() - start


def arguments(call: wire.Call, results: dict[int, Any]) -> tuple[list[Any], dict[str, Any]]:
    """A call's arguments, where earlier results are known."""
    kwargs = {name: _value(node, results) for name, node in call.kwargs.items()}
    return [_value(node, results) for node in call.args], kwargs


def _value(node: wire.Node, results: dict[int, Any]) -> Any:
    if isinstance(node, wire.Handle):
        return follow(results[node.call], node.path)
    if isinstance(node, wire.Seq):
        return [_value(item, results) for item in node.items]
    return plain(node)


class _Timed:
    """The functions of a module as a check calls them, with a clock on each call."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module
        self.seconds = 0.0

    @property
    def again(self) -> _Timed:
        return self

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = getattr(self._module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            start = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.thread_time() - start

        return call
