"""What the author of a check writes with: declarations, forms, comparisons and strategies.

Everything here is public and works on plain arrays; nothing here knows a function of a course.
"""

from . import draw
from .compare import agree, demand, expect, no_warnings, passed_on, raises
from .declare import Check, Function, Mistake, check, mistake
from .exhibit import Exhibit, Heat, Lines, Plane, exhibit
from .failure import Failure, FormError, NotWritten, StudentError, StudentValueError
from .forms import Anything, Array, Integer, ListOf, Number
from .gradient import numerical_gradient_of
from .guide import Help

__all__ = [
    "Anything",
    "Array",
    "Check",
    "Exhibit",
    "Failure",
    "FormError",
    "Function",
    "Heat",
    "Help",
    "Integer",
    "Lines",
    "ListOf",
    "Mistake",
    "NotWritten",
    "Number",
    "Plane",
    "StudentError",
    "StudentValueError",
    "agree",
    "check",
    "demand",
    "draw",
    "exhibit",
    "expect",
    "mistake",
    "no_warnings",
    "numerical_gradient_of",
    "passed_on",
    "raises",
]
