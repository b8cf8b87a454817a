"""What a process of a run does: grade a few submissions, and hand back bytes.

Nothing here knows which executor runs it. A process keeps its desk between tasks; whatever one
submission does to it, the others' results come back.
"""

from __future__ import annotations

import hashlib
import multiprocessing.util
import threading
import time
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cached_property

from .clock import Spent, clock
from .collector import relax
from .course import CourseError, load_course, version_of
from .freeze import freeze, freeze_pictures
from .judge.cache import engine
from .launch.channel import SandboxLost
from .launch.choose import IsolationError, Launch, choose
from .launch.zygote import ZygoteError
from .renderers.json import submission_text
from .results import SubmissionResult
from .run import Desk, Options
from .store import Row
from .submissions import Source


class SetupError(Exception):
    """A process cannot grade anything; the message says why."""


@dataclass(frozen=True)
class Setup:
    """What every process of a run has to agree on.

    Args:
        options: how is graded; the isolation is the level that was reached.
        version: the course's version.
        engine: the engine's version.
        launch: makes launchers of workers; ``None`` where each machine has to find its own way
            to the same level.
        pictures: whether each submission's pictures are made, too. They decide no result.
    """

    options: Options
    version: str
    engine: str
    launch: Launch | None
    pictures: bool = False

    def key(self, source: Source) -> str:
        """The digest of everything that decides a submission's result."""
        own = (
            *(source.student, source.assignment, source.filename, source.kind),
            *(source.sha256, source.notes),
        )
        return hashlib.sha256(f"{own!r}{self._common}".encode()).hexdigest()[:40]

    @cached_property
    def _common(self) -> str:
        """What decides all submissions' results: put together once for a class."""
        options = self.options
        parts = (
            *(self.version, self.engine, options.seed),
            *(options.isolation, options.hidden, options.reveal, options.only),
            asdict(options.limits),
        )
        return repr(parts)


Numbered = tuple[int, Source]


@dataclass(frozen=True)
class Done:
    """The outcome of a task: a row per submission, and where the time went."""

    rows: list[tuple[int, Row]]
    spent: Spent


_desks: list[tuple[Setup, Desk]] = []
"""The desk of this process, opened by its first task."""

_one_at_a_time = threading.Lock()
"""A Dask worker may have several threads; warnings and numpy's error state are a process's."""


def grade_chunk(setup: Setup, chunk: Sequence[Numbered]) -> Done:
    """Grade submissions one after another."""
    with _one_at_a_time, clock.phase("rest"):
        desk = _desk(setup)
        rows = [(number, _row(setup, desk, source)) for number, source in chunk]
    return Done(rows, clock.take())


def _row(setup: Setup, desk: Desk, source: Source) -> Row:
    start = time.perf_counter()
    result = _graded(desk, source)
    row = replace(row_of(result), seconds=time.perf_counter() - start)
    return replace(row, pictures=_drawn(desk, source, result)) if setup.pictures else row


def _drawn(desk: Desk, source: Source, result: SubmissionResult) -> bytes:
    """A submission's pictures; none where anything goes wrong, for its grade is made."""
    try:
        return freeze_pictures(desk.pictures(source, result))
    except Exception:  # noqa: BLE001 - as above
        return freeze_pictures(())


def close_desk() -> None:
    """End the desk's zygote, if this process has one."""
    while _desks:
        _desks.pop()[1].launcher.close()


multiprocessing.util.Finalize(None, close_desk, exitpriority=1)


def _desk(setup: Setup) -> Desk:
    if not _desks or _desks[0][0] != setup:
        close_desk()
        with clock.phase("open"):
            _desks.append((setup, _opened(setup)))
    return _desks[0][1]


def _opened(setup: Setup) -> Desk:
    options = setup.options
    relax()
    try:
        course = load_course(options.course, hidden=options.hidden)
        launch = setup.launch or choose(options.isolation, options.limits)
    except (CourseError, IsolationError) as error:
        raise SetupError(str(error)) from None
    if (version_of(options.course), engine()) != (setup.version, setup.engine):
        raise SetupError(
            f"{options.course} holds another version of the course, or another chainrule is "
            "installed, than where the run was started; bring them to the same version"
        )
    return Desk(options, launch(), course)


def _graded(desk: Desk, source: Source) -> SubmissionResult:
    try:
        return desk.grade(source)
    except (ZygoteError, CourseError) as error:
        raise SetupError(str(error)) from None
    except (Exception, SandboxLost) as error:  # noqa: BLE001 - one submission must not end a class
        text = f"the grader failed on it ({type(error).__name__}: {error}); please report this"
        return open_result(source, desk.points(source.assignment), text)


def open_result(source: Source, most: Fraction, reason: str) -> SubmissionResult:
    """The result of what could not be graded: its score is open, and says why."""
    return SubmissionResult(
        source.student, source.assignment, source.sha256, (), most, reason, source.notes
    )


def row_of(result: SubmissionResult) -> Row:
    """A result as it is stored."""
    score = result.score
    return Row(
        result.student,
        result.assignment,
        None if score is None else str(score),
        str(result.max_score),
        freeze(result),
        zlib.compress(submission_text(result).encode("utf-8", "backslashreplace"), 1),
    )
