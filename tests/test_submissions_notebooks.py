"""A notebook's code cells: IPython's own lines go, Python stays, lines keep their numbers."""

from __future__ import annotations

import ast
import json
import time
from pathlib import Path

import pytest
from submission_files import notebook, only_problem, take, write

from chainrule.submissions import Cell, Source
from chainrule.submissions.magics import without_magics
from chainrule.submissions.notebooks import read_notebook


def source_of(tmp_path: Path, data: bytes) -> Source:
    write(tmp_path, "ada/losses.ipynb", text=data)
    [source] = take(tmp_path / "ada").sources
    return source


def test_sources_are_strings_or_lists_of_lines(tmp_path: Path) -> None:
    source = source_of(tmp_path, notebook("x = 1\ny = 2", ["z = 3\n", "u = 4"], [], ""))
    assert source.cells == (
        Cell("x = 1\ny = 2", 1),
        Cell("z = 3\nu = 4", 2),
        Cell("", 3),
        Cell("", 4),
    )
    assert source.notes == ()


def test_only_code_cells_count(tmp_path: Path) -> None:
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "source": "# Title\n%%bash"},
        {
            "cell_type": "code",
            "source": "x = 1",
            "outputs": [{"text": "20/20"}],
            "execution_count": 9,
        },
        {"cell_type": "raw", "source": "!rm", "metadata": {}},
        {"cell_type": "code", "source": "y = 2", "metadata": {"nbgrader": {"points": 99}}},
        {"cell_type": "heading"},
    ]
    data = json.dumps({"nbformat": 4, "cells": cells, "metadata": {"score": 20}}).encode()
    assert source_of(tmp_path, data).cells == (Cell("x = 1", 1), Cell("y = 2", 2))


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    assert source_of(tmp_path, b"\xef\xbb\xbf" + notebook("x = 1")).cells == (Cell("x = 1", 1),)


def test_a_notebook_without_code_is_graded_and_noted(tmp_path: Path) -> None:
    source = source_of(tmp_path, notebook())
    assert source.cells == ()
    assert source.notes == ("the notebook has no code cells",)


def test_more_cells_than_anybody_writes(tmp_path: Path) -> None:
    write(tmp_path, "ada/losses.ipynb", text=notebook(*[""] * 2001))
    assert "more than 2,000 code cells" in only_problem(take(tmp_path / "ada")).reason


def test_what_is_ignored_is_noted_by_cell(tmp_path: Path) -> None:
    source = source_of(
        tmp_path,
        notebook(
            "x = 1", "%matplotlib inline\nimport numpy as np", "%%bash\nrm -rf /", "!ls\ny = 2"
        ),
    )
    assert source.cells == (Cell("x = 1", 1), Cell("\nimport numpy as np", 2), Cell("\ny = 2", 4))
    assert source.notes == (
        "cell 2: ignored the line '%matplotlib inline'",
        "cell 3: ignored the whole cell, which starts with '%%bash'",
        "cell 4: ignored the line '!ls'",
    )


def test_notes_are_few_short_and_inert(tmp_path: Path) -> None:
    lines = ["!echo \x1b[2J\u202e" + "a" * 500] * 50
    notes = source_of(tmp_path, notebook("\n".join(lines))).notes
    assert len(notes) == 21
    assert notes[-1] == "and 30 more such lines"
    assert all(note.isprintable() and len(note) < 100 for note in notes)


IGNORED = {
    "line magic": ("%matplotlib inline\nx = 1", "\nx = 1"),
    "in the middle": ("x = 1\n%timeit f(x)\ny = 2", "x = 1\n\ny = 2"),
    "in a block": ("if x:\n    %time f()\ny = 2", "if x:\n    pass\ny = 2"),
    "in a block of tabs": ("if x:\n\t!ls\ny = 2", "if x:\n\tpass\ny = 2"),
    "shell": ("!pip install numpy\nx = 1", "\nx = 1"),
    "shell twice": ("!!ls\nx = 1", "\nx = 1"),
    "shell over two lines": ("!pip install \\\n  numpy\nx = 1", "\n  pass\nx = 1"),
    "assigned shell": ("files = !ls\nx = 1", "\nx = 1"),
    "assigned magic": ("a, b = %time f()\nx = 1", "\nx = 1"),
    "help before": ("?np.dot\nx = 1", "\nx = 1"),
    "help after": ("np.dot?\nx = 1", "\nx = 1"),
    "source after": ("f??  \nx = 1", "\nx = 1"),
    "help on a magic": ("%time?\nx = 1", "\nx = 1"),
    "timed cell": ("%%time\nx = 1", "\nx = 1"),
    "timed cell after blank lines": ("\n\n%%timeit -n 3\nx = 1", "\n\n\nx = 1"),
    "captured cell": ("%%capture out\nx = 1\n%time f()", "\nx = 1\n"),
    "before __future__": (
        "%autoreload 2\nfrom __future__ import annotations",
        "\nfrom __future__ import annotations",
    ),
    "after a string": ('s = """\n%a\n"""\n%time f()', 's = """\n%a\n"""\n'),
    "after a comment that opens": ("# it's (\n%time f()", "# it's (\n"),
    "after a string with brackets": ("s = '(['\n%time f()", "s = '(['\n"),
    "after an escaped quote": ("s = 'it\\'s'\n%time f()", "s = 'it\\'s'\n"),
    "after an unclosed string": ("s = 'oops\n%time f()", "s = 'oops\n"),
    "after a surplus bracket": ("s = 1)\n%time f()", "s = 1)\n"),
    "after CRLF": ("x = 1\r\n%time f()\r\ny = 2", "x = 1\r\n\ny = 2"),
}


@pytest.mark.parametrize("case", IGNORED)
def test_lines_of_ipython_are_ignored(case: str) -> None:
    source, kept = IGNORED[case]
    plain = without_magics(source)
    assert plain.source == kept
    assert plain.ignored
    assert source.count("\n") == kept.count("\n")


PYTHON = [
    "",
    "x = 5 % 3",
    "x = (5\n% 3)",
    "x = [\n    5\n    % 3,\n]",
    "x = 5 \\\n% 3",
    "x = '%d' \\\n% 3",
    's = """\n%matplotlib inline\n!ls\n%%bash\n"""',
    "s = '''\n\"\"\"\n%a\n'''",
    "s = r'''\n\\\\'''\nx = 1",
    's = "a\\\n%b"',
    "def f():\n    '''Doc.\n\n    %time is a magic. Why?\n    '''\n    return {\n 1: 2\n}",
    'print("%s" % x)\nx != y\nassert x, "?"',
    "# %matplotlib inline\n# !ls\n# why?",
    "x = {\n  # )\n  1: '}'\n % 2}",
    "f\"{x[1]}\" + f'{y!r}'\nx = 1",
    "x = 1; y = 2 # 'a\nz = (\n3)",
    "a = b = 1\na == b\n@f\ndef g(): pass",
]


@pytest.mark.parametrize("source", PYTHON)
def test_python_is_left_alone(source: str) -> None:
    plain = without_magics(source)
    assert plain.source == source
    assert plain.ignored == ()


@pytest.mark.parametrize("path", sorted(Path(ast.__file__).parent.glob("[a-e]*.py"))[:60])
def test_the_standard_library_holds_no_magics(path: Path) -> None:
    source = path.read_text("utf-8", "replace")
    assert without_magics(source).source == source


@pytest.mark.parametrize(
    "name", ["bash", "html", "javascript", "writefile losses.py", "python3", "sh"]
)
def test_cells_of_other_languages_are_dropped(name: str) -> None:
    plain = without_magics(f"\n%%{name}\nx = 1")
    assert plain.source is None
    assert plain.ignored == (f"%%{name}",)


@pytest.mark.parametrize(
    "source", [" " * 500_000 + "x", "a" * 500_000, "a." * 250_000 + "!", "(" * 200_000,
               "'\\" * 250_000, '"""' * 160_000, "%\n" * 200_000, "a= " * 160_000]
)  # fmt: skip
def test_no_cell_takes_long(source: str) -> None:
    start = time.process_time()
    without_magics(source)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("piece", ["\n", " \n", "\r", "\x0c", "import chainrule \n\n,", "check(''"])
def test_no_notebook_takes_long(piece: str) -> None:
    start = time.process_time()
    read_notebook(notebook(piece * (100_000 // len(piece)) + "x"), 100_001)
    assert time.process_time() - start < 10


def test_our_own_lines_are_found_wherever_they_stand() -> None:
    cells, notes = read_notebook(notebook("x = 1\n\n \timport chainrule \r\n", "check('f')"), 100)
    assert [cell.source for cell in cells] == ["x = 1\n\n \tpass\n", ""]
    assert not notes
