"""What the author of a check writes with: declarations, forms, comparisons and strategies.

Everything here is public and works on plain arrays; nothing here knows a function of a course.
"""

from . import draw
from .compare import agree, demand, expect, no_warnings, passed_on, raises
from .declare import Check, Function, Mistake, check, mistake
from .failure import Failure, FormError, NotWritten, StudentError, StudentValueError
from .forms import Anything, Array, Integer, ListOf, Number
from .gradient import numerical_gradient_of

__all__ = [
    "Anything",
    "Array",
    "Check",
    "Failure",
    "FormError",
    "Function",
    "Integer",
    "ListOf",
    "Mistake",
    "NotWritten",
    "Number",
    "StudentError",
    "StudentValueError",
    "agree",
    "check",
    "demand",
    "draw",
    "expect",
    "mistake",
    "no_warnings",
    "numerical_gradient_of",
    "passed_on",
    "raises",
]
