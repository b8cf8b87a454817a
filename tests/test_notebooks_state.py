"""What is judged is what a name stands for in the kernel now, with all that it needs."""

from __future__ import annotations

import contextlib

import pytest

from chainrule.kernel.state import State


def run(*cells: str) -> State:
    """Run cells as a kernel does: one that fails keeps what came before."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    history = ["", *cells]
    for cell in cells:
        with contextlib.suppress(Exception):
            exec(cell.replace("%%time\n", "\n"), namespace)  # noqa: S102 - as a kernel does
    return State(history, namespace)


def judged(state: State, *names: str) -> dict[int, str]:
    return {cell.number: cell.source for cell in state.cells(names)}


def value(state: State, name: str) -> object:
    """What the judged cells make of a name."""
    namespace: dict[str, object] = {}
    for cell in state.cells([name]):
        exec(cell.source, namespace)  # noqa: S102 - as a worker does
    return namespace[name]


def test_the_last_definition_counts_wherever_it_stands():
    state = run("def f():\n    return 1", "x = 1", "def f():\n    return 2")
    assert judged(state, "f") == {3: "def f():\n    return 2"}
    assert state.where("f") == 3


def test_what_a_function_needs_comes_along_and_nothing_else():
    state = run(
        "import math\nimport os\nprint('seen')\nK = 3",
        "raise ValueError",
        "def helper(x):\n    return math.sqrt(x) * K",
        "unused = [0] * 10",
        "def f(x):\n    return helper(x)",
    )
    assert judged(state, "f") == {
        1: "import math\n\n\nK = 3",
        3: "def helper(x):\n    return math.sqrt(x) * K",
        5: "def f(x):\n    return helper(x)",
    }


def test_lines_keep_their_numbers():
    state = run("print(1)\n# a comment\ny = (\n    2\n)\ndef f():\n    return y")
    assert judged(state, "f") == {1: "\n\ny = (\n    2\n)\ndef f():\n    return y"}


def test_a_cell_that_failed_half_way_defines_what_came_before():
    first = "def f():\n    return 1"
    state = run(first, "1 / 0\ndef f():\n    return 2")
    assert judged(state, "f") == {1: first}
    assert value(run(first, "def f():\n    return 2\n1 / 0"), "f")() == 2
    assert value(run(first, "def f(:\n    return 2"), "f")() == 1


def test_the_same_cell_run_twice_is_judged_once():
    state = run(*["def f():\n    return 1"] * 3)
    assert list(judged(state, "f")) == [3]


def test_a_deleted_or_missing_name_is_not_there():
    state = run("def f():\n    return 1", "del f")
    assert state.where("f") is None
    assert state.where("g") is None
    assert judged(state, "f", "g") == {}


def test_a_name_that_no_cell_made_has_no_cell():
    assert run("exec('def f(): pass')").where("f") is None


VALUES = [
    ("x = 1", "x += 1", "x = x * 10", "def f():\n    return x"),
    ("x = [1]", "x[0] = 20", "def f():\n    return x[0]"),
    ("def g():\n    return g.calls", "g.calls = 20", "def f():\n    return g()"),
    ("if True:\n    def f():\n        return 20\nelse:\n    f = 1",),
    ("from math import *", "def f():\n    return round(sqrt(400))"),
    ("def twice(g):\n    return lambda: 2 * g()", "@twice\ndef f():\n    return 10"),
    ("f = lambda: 20",),
    ("class F:\n    def __call__(self):\n        return 20", "f = F()"),
    ("x = 20\n\n\ndef f():\n    return g()", "def g():\n    return x"),
    ("x = 1\ndef f():\n    return x", "x = 20"),
    ("for x in (1, 20):\n    pass", "def f():\n    return x"),
    ("try:\n    import nowhere\nexcept ImportError:\n    nowhere = 20",
     "def f():\n    return nowhere"),
    ("(a, [b, *c]) = (1, [20, 3])", "def f(y=b):\n    return y"),
]  # fmt: skip


@pytest.mark.parametrize("cells", VALUES)
def test_judged_cells_make_what_the_kernel_has(cells: tuple[str, ...]):
    state = run(*cells)
    assert state.namespace["f"]() == 20
    assert value(state, "f")() == 20


def test_magics_are_no_obstacle():
    state = run("%%time\ndef f():\n    return 20")
    assert judged(state, "f") == {1: "\ndef f():\n    return 20"}
