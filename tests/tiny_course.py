"""A course of two assignments and three functions, written into a folder: quick to grade."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "graders/__init__.py": 'ORDER = ("sums", "signs")\n',
    "graders/public/__init__.py": "",
    "graders/hidden/__init__.py": "",
    "graders/mistakes/__init__.py": "",
    "graders/inputs.py": """
from typing import NamedTuple

from hypothesis import strategies as st

from chainrule.grading import draw


class Weighted(NamedTuple):
    x: object
    weight: int


@st.composite
def weighted(draw_one):
    return Weighted(draw_one(draw.arrays((3,))), draw_one(st.integers(2, 5)))
""",
    "graders/public/sums.py": '''
import numpy as np
from hypothesis import given

from chainrule.grading import Array, Function, Number, check, expect

from ..inputs import weighted

TITLE = "Sums"
FUNCTIONS = (
    Function("double", points=2, returns=lambda x: Array(len(x))),
    Function("total", points=3, returns=lambda x: Number()),
)


@check("double", hint="Twice is plus itself.")
def doubles_two_numbers(submission):
    """The double of (1, 2) is (2, 4)."""
    expect(submission.double(np.array([1.0, 2.0])), np.array([2.0, 4.0]))


@check("total", hint="Weights may be drawn out.")
@given(w=weighted())
def is_linear(submission, w):
    """The total of weighted numbers is the weighted total."""
    expect(submission.total(w.x * w.weight), w.weight * submission.total(w.x))


@check("total", after=["is_linear"])
def is_zero_for_zeros(submission):
    """The total of zeros is zero."""
    expect(submission.total(np.zeros(2)), 0.0)
''',
    "graders/hidden/sums.py": '''
from hypothesis import given

from chainrule.grading import check, draw, expect


@check("double")
@given(x=draw.arrays((4,)))
def agrees(submission, reference, x):
    """Any numbers are doubled."""
    expect(submission.double(x), reference.double(x))


@check("total", points=2)
@given(x=draw.arrays((4,)))
def adds_up(submission, reference, x):
    """Any numbers are added up."""
    expect(submission.total(x), reference.total(x))
''',
    "graders/mistakes/sums.py": '''
from chainrule.grading import mistake


@mistake("total", "mean-for-sum", family="reduction")
def total_as_mean(x):
    """You take the mean; a total is not divided by the number of terms."""
    return x.mean()
''',
    "graders/public/signs.py": '''
import numpy as np

from chainrule.grading import Array, Function, check, expect

TITLE = "Signs"
FUNCTIONS = (Function("flip", points=1, returns=lambda x: Array(len(x))),)


@check("flip")
def flips_a_sign(submission):
    """The flip of (1,) is (−1,)."""
    expect(submission.flip(np.array([1.0])), np.array([-1.0]))
''',
    "solutions/__init__.py": "",
    "solutions/sums.py": """
def double(x):
    return 2 * x


def total(x):
    return x.sum()
""",
    "solutions/signs.py": "def flip(x):\n    return -x\n",
}
STUDENT_NEEDS = ("graders/__init__.py", "graders/inputs.py", "graders/public/")
RIGHT = FILES["solutions/sums.py"]
MEAN = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    return x.mean()\n"
BLANK = "".join(f"def {n}(x):\n    raise NotImplementedError\n\n\n" for n in ("double", "total"))
ENDLESS = "def double(x):\n    while True:\n        pass\n\n\ndef total(x):\n    return sum(x)\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder, by relative path."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def write_course(folder: Path) -> Path:
    """The whole course."""
    return write(folder, FILES)


def write_released(folder: Path) -> Path:
    """What a student gets of it."""
    return write(folder, {n: t for n, t in FILES.items() if n.startswith(STUDENT_NEEDS)})
