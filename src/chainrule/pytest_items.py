"""Checks as pytest items: each submission is graded once, by the first of its items that runs."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from .course import CourseError, assignment_names
from .judge.session import Launcher
from .judge.show import inert
from .launch.choose import IsolationError, choose
from .launch.limits import Limits
from .launch.plain import PlainLauncher
from .results import CheckResult, SubmissionResult
from .run import Desk, Options
from .submissions import Intake, Problem, Source, UsageError, collect

Place = tuple[str, str]
"""A function and one of its checks."""


class Told(Exception):
    """What pytest reports of an item, as it stands and without a traceback."""


class Room:
    """One course and what is graded by it in this run.

    Args:
        folder: the course.
        config: the run's options.
    """

    def __init__(self, folder: Path, config: pytest.Config) -> None:
        paths = [Path(p) for p in config.getoption("--submission")]
        hidden = (folder / "solutions").is_dir()
        self.intake: Intake = collect(paths, assignment_names(folder))
        self._launcher = _launcher(config.getoption("--chainrule-isolation"), hidden)
        options = Options(folder, config.getoption("--chainrule-seed"), hidden)
        self._desk = Desk(options, self._launcher)
        self._graded: dict[Source, dict[Place, CheckResult]] = {}

    def places(self, source: Source) -> list[Place]:
        """The checks of a source's assignment, without grading it."""
        with _any_warnings():
            blank = self._desk.grader(source.assignment).all_same("skipped", "")
        return [(function.name, check.name) for function in blank for check in function.checks]

    def result(self, source: Source, place: Place) -> CheckResult:
        """One check's result; the source is graded when this is first asked."""
        if source not in self._graded:
            with _any_warnings():
                self._graded[source] = _by_place(self._desk.grade(source))
        return self._graded[source][place]

    def close(self) -> None:
        """End what keeps running beside this process."""
        self._launcher.close()


@contextlib.contextmanager
def _any_warnings() -> Iterator[None]:
    """A project may turn warnings into errors; no grade depends on that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _launcher(level: str | None, hidden: bool) -> Launcher:
    if level is None and not hidden:
        return PlainLauncher(Limits())
    return choose(level or "auto", Limits())()


def _by_place(result: SubmissionResult) -> dict[Place, CheckResult]:
    return {(f.name, check.name): check for f in result.functions for check in f.checks}


class Graders(pytest.Directory):
    """The folder ``graders``: instead of its modules, the checks on every submission."""

    room: Room

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each student, assignment, function and check."""
        try:
            self.room = Room(self.path.parent, self.config)
            self.config.add_cleanup(self.room.close)
            yield from self._items()
        except (CourseError, IsolationError, UsageError) as error:
            raise self.CollectError(str(error)) from error

    def _items(self) -> Iterator[pytest.Item]:
        intake = self.room.intake
        students = {s.student for s in intake.sources} | {p.student for p in intake.problems}
        for problem in intake.problems:
            name = "/".join(filter(None, (problem.student, problem.assignment)))
            name = inert(name or problem.path)
            yield Ungraded.from_parent(self, name=name, nodeid=name, problem=problem)
        for source in intake.sources:
            who = f"{source.student}/" if len(students) > 1 else ""
            for place in self.room.places(source):
                name = f"{who}{source.assignment}/{'/'.join(place)}"
                yield CheckItem.from_parent(
                    self, name=name, nodeid=name, source=source, place=place
                )


class CheckItem(pytest.Item):
    """One check on one submission."""

    parent: Graders

    def __init__(self, *, source: Source, place: Place, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.source = source
        self.place = place
        self.result: CheckResult

    def setup(self) -> None:
        """Grade; what could not be judged is an error of the setup, not a failure of the test."""
        self.result = self.parent.room.result(self.source, self.place)
        if self.result.outcome == "grader_error":
            raise Told(_text(self.result))

    def runtest(self) -> None:
        """Report what was found."""
        if self.result.outcome == "skipped":
            pytest.skip(self.result.message)
        if self.result.outcome != "passed":
            raise Told(_text(self.result))


def _text(result: CheckResult) -> str:
    return f"{result.title}\n{result.message}"


class Ungraded(pytest.Item):
    """Something that could not be graded: an error, whatever else passes."""

    def __init__(self, *, problem: Problem, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.problem = problem

    def setup(self) -> None:
        """Say why."""
        raise Told(f"{inert(self.problem.path)}: {inert(self.problem.reason)}")

    def runtest(self) -> None:
        """Never reached."""


class Collecting:
    """The hooks of a run that grades."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._rooms: list[Graders] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(
        self, path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Take a course's graders out of pytest's hands, so that it imports none of them."""
        if path.name != "graders" or not (path / "public").is_dir():
            return None
        graders: Graders = Graders.from_parent(parent, path=path)
        self._rooms.append(graders)
        return graders

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say what is ours as it stands; pytest would show our frames."""
        report = yield
        if isinstance(item, CheckItem) and report.skipped:
            report.longrepr = str(item.path), None, item.result.message  # type: ignore[assignment]  # it has no line
        elif call.excinfo is not None and isinstance(call.excinfo.value, Told):
            report.longrepr = str(call.excinfo.value)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What a person should know, such as a file under a wrong name."""
        notes = [note for graders in self._rooms for note in _notes(graders)]
        if not self._rooms:
            notes = [
                "no course was collected; run `pytest graders --submission PATH` in its folder"
            ]
        for note in notes:
            terminalreporter.write_line(f"note: {inert(note)}", yellow=True)


def _notes(graders: Graders) -> list[str]:
    room = getattr(graders, "room", None)
    if room is None:
        return []
    own = [f"{s.student} {s.assignment}: {n}" for s in room.intake.sources for n in s.notes]
    return [*room.intake.notes, *own]
