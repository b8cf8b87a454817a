"""Attacks on the comparison, and games: results that are not what they seem."""

from __future__ import annotations

from .scene import attack

FOOLING = [
    attack(
        "equal_to_all",
        """
class E:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    def __float__(self): return 0.0
def total(x): return E()
def halves(x): return [E(), E()]
""",
    ),
    attack(
        "array_that_agrees",
        """
class A(np.ndarray):
    def __array_function__(self, func, types, args, kwargs): return True
    def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.zeros(self.shape, bool)
    def __eq__(self, other): return np.ones(self.shape, bool)
def total(x): return np.zeros(()).view(A)
def halves(x): return [np.zeros(np.shape(x)).view(A)] * 2
""",
    ),
    attack(
        "array_protocol",
        """
class P:
    calls = 0
    def __init__(self, x): self.x = x
    def __array__(self, dtype=None, copy=None):
        P.calls += 1
        return np.full(np.shape(self.x), float(P.calls))
    shape = property(lambda self: np.shape(self.x))
def halves(x): return [P(x), P(x)]
""",
    ),
    attack(
        "lying_class",
        """
class L:
    __class__ = float
    def __float__(self): return 0.0
def total(x): return L()
""",
    ),
    attack(
        "float_of_all",
        """
class F(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return F(0)
    __rsub__ = __sub__
    def __abs__(self): return F(0)
    __hash__ = None
def total(x): return F(np.sum(x) + 1)
""",
    ),
    attack(
        "nan",
        "def total(x): return float('nan')\ndef halves(x): return [np.full(np.shape(x), np.nan)] * 2",
    ),
    attack("infinity", "def total(x): return float('inf')"),
    attack(
        "broadcast_one",
        "def total(x): return np.zeros(1)\ndef halves(x): return [np.zeros(1), np.zeros((1, 1))]",
    ),
    attack("broadcast_column", "def halves(x): return [np.asarray(x)[:, None] / 2] * 2"),
    attack("object_array", "def halves(x): return [np.array([None] * len(x), dtype=object)] * 2"),
    attack(
        "masked",
        "def halves(x): return [np.ma.masked_all(len(x))] * 2\ndef total(x): return np.ma.masked",
    ),
    attack("complex_number", "def total(x): return complex(np.sum(x), 0)"),
    attack("text", "def total(x): return str(np.sum(x))"),
    attack("truth", "def total(x): return True\ndef halves(x): return [np.ones(len(x), bool)] * 2"),
    attack("record_array", "def halves(x): return [np.zeros(len(x), dtype=[('a', 'f8')])] * 2"),
    attack(
        "empty_array",
        "def halves(x): return [np.empty((0,)), np.empty((0,))]\ndef total(x): return np.empty((0,))",
    ),
    attack(
        "endless_generator",
        "import itertools\ndef halves(x): return itertools.repeat(np.asarray(x) / 2)",
    ),
    attack(
        "endless_sequence",
        """
class S:
    def __len__(self): return 2
    def __getitem__(self, i): return S()
def halves(x): return S()
""",
    ),
    attack(
        "length_that_lies",
        """
class S(list):
    def __len__(self): return 2**40
class T:
    n = 0
    def __len__(self):
        T.n += 1
        return T.n
    def __getitem__(self, i): return 0.0
def halves(x): return S([x, x])
def total(x): return T()
""",
    ),
    attack("shape_of_billions", "def halves(x): return [np.broadcast_to(0.0, (10**9,))] * 2"),
    attack("shape_of_zero_billions", "def halves(x): return [np.empty((0, 10**12))] * 2"),
    attack("contains_itself", "def halves(x):\n    a = []\n    a.append(a)\n    return a"),
    attack(
        "nested_deeply",
        "def halves(x):\n    a = []\n    for _ in range(100_000):\n        a = [a]\n    return a",
    ),
    attack(
        "changes_later",
        """
kept = []
def halves(x):
    kept[:] = [np.zeros(len(x)), np.zeros(len(x))]
    return kept
def total(x):
    for k in kept:
        k += 1
    return 0.0
""",
    ),
    attack("alias", "def halves(x):\n    x = np.asarray(x)\n    x *= 0\n    return [x, x]"),
    attack("huge_integer", "def total(x): return 10**4000"),
    attack(
        "pickle",
        "class R:\n    def __reduce__(self): return (os.system, ('touch @TARGET@/pickled',))\ndef total(x): return R()",
    ),
    attack(
        "visible_cases",
        """
calls = 0
def total(x):
    global calls
    calls += 1
    return 0.0 if not np.any(x) else float(calls)
""",
    ),
    attack(
        "other_libraries",
        """
import importlib
for name in ("torch", "scipy", "sklearn", "autograd", "jax", "tensorflow", "sympy", "chainrule"):
    try:
        module = importlib.import_module(name)
        total = lambda x: float(np.sum(x))
        halves = lambda x: [np.asarray(x) / 2] * 2
    except ImportError:
        pass
""",
    ),
    attack(
        "detects_the_grader",
        """
import inspect
def total(x):
    for frame in inspect.stack():
        for name, value in frame.frame.f_locals.items():
            if name in ("expected", "want", "reference", "example", "recording"):
                return value
    return 1.0
""",
    ),
]
