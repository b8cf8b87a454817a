"""No right answer fails and no wrong one passes, whichever inputs a seed makes.

    python tests/quality/seeds.py --seeds 1000 [--jobs 2] [--from 0] [ASSIGNMENT ...]

For each seed the inputs of every check are generated anew. Every right answer of `right_answers`
has to pass every check on them, and every behaviour of every known mistake has to fail one. What
cannot come out otherwise is not tried again: a right answer on an input that an earlier seed had
too, and a mistake that an input of every seed exposes, such as a worked example.
It takes hours; the tests run a short form. Exit status 1 if anything fell short.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chainrule.course import Course, assignment_names, load_course
from chainrule.judge.entries import Entry
from chainrule.judge.grade import Grader
from chainrule.judge.record import Recording, record
from chainrule.judge.session import Launcher
from chainrule.launch.choose import IsolationError, Launch, choose
from chainrule.launch.limits import Limits
from chainrule.prove.right import try_right
from chainrule.prove.trial import Trial, try_all
from chainrule.run import Desk, Options
from chainrule.submissions import Source, collect

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "tests" / "right_answers"


@dataclass(frozen=True)
class Found:
    """What one assignment's checks made of all answers under one seed.

    Args:
        right: how many right answers were tried.
        wrong: how many wrong ones were.
        fell_short: which right ones were rejected, and which wrong ones accepted.
    """

    right: int
    wrong: int
    fell_short: tuple[str, ...]


@cache
def course_of(assignment: str) -> Course:
    """The course with one of its assignments, with nothing recorded."""
    return load_course(ROOT, only=[assignment])


def grader_of(assignment: str, recording: Recording) -> Grader:
    """A grader with a recording that is kept nowhere: nobody asks for it again."""
    return Grader(course_of(assignment)[assignment], recording, "counterexample")


def recorded(assignment: str, seed: int) -> Recording:
    """What a seed makes."""
    return record(course_of(assignment)[assignment], seed)


tried_before: set[bytes] = set()
"""Fingerprints of the inputs that the right answers were tried on in this process."""


def news(recording: Recording) -> Recording:
    """The recording without inputs that were tried before."""
    kept = {}
    for check, examples in recording.examples.items():
        prints = [hashlib.sha256(pickle.dumps((check, e.arguments))).digest() for e in examples]
        new = {p: e for p, e in zip(prints, examples, strict=True) if p not in tried_before}
        tried_before.update(new)
        kept[check] = tuple(new.values())
    return Recording(recording.seed, kept, recording.faults, recording.live)


@cache
def right_answers(assignment: str) -> tuple[Source, ...]:
    """The right answers to an assignment, in all their styles."""
    found = collect([RIGHT], (assignment,)).sources
    return tuple(s for s in found if s.assignment == assignment)


class OneSeed(Desk):
    """A desk with a grader of its own."""

    def __init__(self, grader: Grader, launcher: Launcher) -> None:
        super().__init__(Options(ROOT), launcher)
        self._only = grader

    def grader(self, assignment: str) -> Grader:
        return self._only


def behaviours(grader: Grader) -> Iterator[tuple[str, Entry]]:
    """Every behaviour of every known mistake."""
    for function in grader.assignment.functions:
        for entry in grader.dictionary(function.name).entries:
            if entry.mistake is not None:
                yield function.name, entry


@cache
def exposed_by_luck(assignment: str) -> frozenset[int]:
    """Numbers of the behaviours that no input of every seed exposes."""
    grader = grader_of(assignment, recorded(assignment, 0))
    return frozenset(
        number
        for number, (function, entry) in enumerate(behaviours(grader))
        if not any(t.certain for t in trial_of(grader, function, entry).tallies)
    )


def trial_of(grader: Grader, function: str, entry: Entry) -> Trial:
    """How the checks take a wrong answer."""
    return try_all(grader, function, entry.source, thorough=False).trial


def label(function: str, entry: Entry) -> str:
    """What names a behaviour in a report."""
    slug = entry.mistake.slug if entry.mistake else ""
    return f"{function}.{slug}{getattr(entry.behaviour, 'choices', '')}"


def wrong(grader: Grader, seed: int) -> tuple[int, list[str]]:
    """How many wrong answers were tried, and those that passed."""
    uncertain = exposed_by_luck(grader.assignment.name)
    tried, passed = 0, []
    for number, (function, entry) in enumerate(behaviours(grader)):
        if number in uncertain:
            tried += 1
            if not trial_of(grader, function, entry).caught_by:
                passed.append(f"seed {seed}: {label(function, entry)} passes every check")
    return tried, passed


def right(grader: Grader, seed: int, launch: Launch) -> tuple[int, list[str]]:
    """How many right answers were tried, and what was said to those that were rejected."""
    launcher = launch()
    name = grader.assignment.name
    try:
        desk = OneSeed(grader, launcher)
        answers = right_answers(name)
        rejected = [
            f"seed {seed}: {said.answer}: {said.function}.{why}"
            for source in answers
            for said in try_right(desk, source)
            for why in said.rejected_by
        ]
        return len(answers), rejected
    finally:
        launcher.close()


def launch() -> Launch:
    """The best isolation there is; these answers are our own, so none will do too."""
    try:
        return choose("auto", Limits())
    except IsolationError:
        return choose("none", Limits())


def look(assignment: str, seed: int, how: Launch) -> Found:
    """Try everything known of one assignment under one seed."""
    recording = recorded(assignment, seed)
    faults = [f"seed {seed}: {name}: {why}" for name, why in recording.faults.items()]
    rights, rejected = right(grader_of(assignment, news(recording)), seed, how)
    wrongs, passed = wrong(grader_of(assignment, recording), seed)
    return Found(rights, wrongs, (*faults, *rejected, *passed))


def everywhere(
    assignments: Sequence[str], seeds: Iterable[int], jobs: int
) -> Iterator[tuple[str, int, Found]]:
    """All assignments under all seeds, by several processes, as they are finished."""
    how = launch()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        work = {pool.submit(look, a, s, how): (a, s) for s in seeds for a in assignments}
        for done in as_completed(work):
            yield *work[done], done.result()


def main() -> None:
    """Look, and say what fell short as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    names = given.assignments or assignment_names(ROOT)
    seeds = range(given.first, given.first + given.seeds)
    rights = wrongs = short = 0
    for count, (name, seed, found) in enumerate(everywhere(names, seeds, given.jobs), 1):
        rights, wrongs = rights + found.right, wrongs + found.wrong
        short += len(found.fell_short)
        for line in found.fell_short:
            print(f"{name}: {line}", flush=True)
        if count % 50 == 0:
            print(f"[{count} of {len(names) * len(seeds)}, at seed {seed}]", flush=True)
    print(f"{len(seeds)} seeds: {rights} right answers, {wrongs} wrong ones; {short} fell short")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
