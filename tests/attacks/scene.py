"""The scene of the attacks: a small course and a class, with secrets planted all around them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

BASE = """
import os
import sys
import numpy as np


def double(x):
    return 2 * np.asarray(x)


def total(x):
    return float(np.sum(x)) + 1.0


def halves(x):
    return [np.asarray(x), np.asarray(x)]
"""
"""What every attack starts from: the first function is right, the other two are wrong."""

RIGHT = BASE.replace(" + 1.0", "").replace(
    "[np.asarray(x), np.asarray(x)]", "[np.asarray(x) / 2, np.asarray(x) / 2]"
)

HIDDEN_INPUT = "424242.25"
"""An input of a hidden check; not even its digits may be told."""

_PUBLIC = '''
"""@GRADER_SECRET@"""
from hypothesis import given
from chainrule.grading import Array, Function, ListOf, Number, check, draw, expect

TITLE = "A course to attack"
FUNCTIONS = (
    Function("double", points=10, returns=lambda x: Array(*x.shape)),
    Function("total", points=10, returns=lambda x: Number()),
    Function("halves", points=10, returns=lambda x: ListOf(Array(*x.shape), at_least=2, at_most=2)),
)

@check("double")
@given(x=draw.arrays((3,)))
def doubles(submission, x):
    """Each number is doubled."""
    expect(submission.double(x), 2 * x)

@check("total")
@given(x=draw.arrays((4,)))
def adds_up(submission, x):
    """The numbers are added."""
    expect(submission.total(x), float(x.sum()))

@check("halves")
@given(x=draw.arrays((2,)))
def two_halves(submission, x):
    """Two halves make a whole."""
    first, second = submission.halves(x)
    expect(first + second, x)
'''

_HIDDEN = '''
"""@GRADER_SECRET@"""
import numpy as np
from hypothesis import given
from chainrule.grading import check, draw, expect

@check("double")
@given(x=draw.arrays((5,)))
def as_the_reference(submission, reference, x):
    """More numbers."""
    expect(submission.double(x), reference.double(x))

@check("total", points=2)
@given(x=draw.arrays((5,), low=-300, high=300, step=0.25))
def total_as_the_reference(submission, reference, x):
    """More numbers."""
    expect(submission.total(x), reference.total(x))

@check("total")
def a_secret_input(submission, reference):
    """One more sum."""
    x = np.array([@HIDDEN@, 1.0])
    expect(submission.total(x), reference.total(x))

@check("halves", points=2)
@given(x=draw.arrays((3,)))
def halves_as_the_reference(submission, reference, x):
    """More numbers."""
    expect(submission.halves(x)[0], reference.halves(x)[0])
'''

_SOLUTION = f"""
{RIGHT}
KEY = "@SOLUTION_SECRET@"
"""


@dataclass(frozen=True)
class Scene:
    """Where everything lies, and what must not come out."""

    folder: Path

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def submissions(self) -> Path:
        return self.folder / "class"

    @property
    def target(self) -> Path:
        """A folder that anybody may write to; nobody does."""
        return self.folder / "target"

    @property
    def secrets(self) -> dict[str, str]:
        """A secret for each place. They are spelled so that no source holds one whole."""
        places = ("solution", "grader", "environment", "home", "argv", "sibling")
        return {place: f"{place}-secret-{7919 * n + 104729}" for n, place in enumerate(places)}

    def fill(self, text: str) -> str:
        """A source with this scene's places in it, but never a secret."""
        names = {
            "@COURSE@": self.course,
            "@HOME@": self.home,
            "@CLASS@": self.submissions,
            "@TARGET@": self.target,
            "@FOLDER@": self.folder,
        }
        for mark, place in names.items():
            text = text.replace(mark, str(place))
        return text

    def build(self) -> None:
        """Write the course, plant the secrets, and let the two honest neighbours hand in."""
        secrets = self.secrets
        for path, template in {
            "graders/public/toy.py": _PUBLIC,
            "graders/hidden/toy.py": _HIDDEN,
            "solutions/toy.py": _SOLUTION,
            "graders/__init__.py": "",
            "graders/public/__init__.py": "",
            "graders/hidden/__init__.py": "",
            "solutions/__init__.py": "",
        }.items():
            text = template.replace("@GRADER_SECRET@", secrets["grader"])
            text = text.replace("@HIDDEN@", HIDDEN_INPUT)
            write(self.course / path, text.replace("@SOLUTION_SECRET@", secrets["solution"]))
        write(self.home / "secret.txt", secrets["home"])
        self.target.mkdir()
        self.target.chmod(0o777)
        self.hand_in("aa_honest", RIGHT)
        self.hand_in("zz_honest", f'{RIGHT}\nKEY = "{secrets["sibling"]}"\n')
        self.hand_in("base", BASE)

    def hand_in(self, student: str, source: str | bytes) -> None:
        """A student's module."""
        write(self.submissions / student / "toy.py", source)

    def contents(self) -> dict[str, bytes]:
        """All files with what they hold, to be compared later."""
        kept = (p for p in self.folder.rglob("*") if p.is_file() and not p.is_symlink())
        return {str(p): p.read_bytes() for p in kept if "__pycache__" not in p.parts}


def write(path: Path, data: str | bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    Args:
        name: unique; also the student's name.
        source: what is handed in.
        open: what shows that it succeeds without isolation: ``leak`` for a secret in the results,
            ``write`` for a file in the target; empty where that cannot be shown safely.
    """

    name: str
    source: str | bytes
    open: str = ""


def attack(name: str, code: str, *, open: str = "") -> Attack:  # noqa: A002 # reads as a table
    """An attack of some code after the base, which it changes at will."""
    return Attack(name, f"{BASE}\n{code}\n", open)


def loot(name: str, code: str, *, open: str = "leak") -> Attack:  # noqa: A002
    """An attack whose code puts what it finds into ``found``; it is then told in every way."""
    body = "\n".join(f"    {line}" for line in code.strip().splitlines())
    return attack(
        name,
        f"""
def _loot():
    found = []
{body}
    return found

def total(x):
    try:
        found = repr(_loot())
    except BaseException as error:
        found = f"failed: {{error!r}}"
    print(found)
    print(found, file=sys.stderr)
    for fd in range(1, 9):
        try:
            os.write(fd, found.encode()) if fd in (1, 2) else None
        except OSError:
            pass
    raise RuntimeError(found[:900])
""",
        open=open,
    )


def unique(attacks: list[Attack]) -> list[Attack]:
    """The table, checked for names used twice."""
    names = [a.name for a in attacks]
    twice = [n for n, group in itertools.groupby(sorted(names)) if len(list(group)) > 1]
    if twice:
        raise ValueError(f"used twice: {twice}")
    return attacks
