"""The students' notebooks: made of the same source as the stubs, valid, and without any test."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import nbformat
import pytest

from chainrule.course import Course, load_course
from chainrule.notebooks import NarrativeError, build, dumps, stale_notebooks, write_notebooks
from chainrule.notebooks.pieces import Piece, pieces
from chainrule.stubs import BEGIN, END, main, make_stub

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop", "xor")


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT, hidden=False)


def code(notebook) -> dict[str, str]:
    return {c["id"]: c["source"] for c in notebook["cells"] if c["cell_type"] == "code"}


@pytest.mark.parametrize("nbgrader", [False, True])
@pytest.mark.parametrize("solved", [False, True])
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_variant_is_a_valid_notebook(course, name, solved, nbgrader):
    notebook = build(course, name, solved=solved, nbgrader=nbgrader)
    nbformat.validate(nbformat.from_dict(notebook))
    nbformat.validate(nbformat.reads(dumps(notebook), as_version=4))
    assert nbformat.reads(dumps(notebook), as_version=4) == nbformat.from_dict(notebook)
    assert dumps(notebook) == dumps(build(course, name, solved=solved, nbgrader=nbgrader))


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_function_has_a_cell_and_a_check_right_after_it(course, name):
    cells = build(course, name)["cells"]
    ids = [cell["id"] for cell in cells]
    for function in course[name].by_name:
        at = ids.index(function)
        assert ids[at - 1 : at + 2] == [f"text-{function}", function, f"check-{function}"]
        [defined] = ast.parse(cells[at]["source"]).body
        assert defined.name == function
        assert cells[at + 1]["source"] == f"%check {function}"


@pytest.mark.parametrize("solved", [False, True])
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_cells_are_the_stub_or_the_solution_and_nothing_else(course, name, solved):
    source = (ROOT / "solutions" / f"{name}.py").read_text("utf-8")
    cells = code(build(course, name, solved=solved))
    python = "\n".join(text for text in cells.values() if not text.startswith("%"))
    want = ast.parse(source if solved else make_stub(source))
    assert ast.dump(ast.parse(python)) == ast.dump(ast.Module(want.body[1:], []))
    for function in course[name].by_name:
        marked = [s.strip() for s in cells[function].split("\n") if s.strip() in (BEGIN, END)]
        assert marked == ([BEGIN, END] if solved else [])


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nbgrader_s_metadata(course, name):
    notebook = build(course, name, nbgrader=True)
    meta = {c["id"]: c["metadata"]["nbgrader"] for c in notebook["cells"] if c["metadata"]}
    assert set(meta) == set(code(notebook))
    fixed = {"schema_version": 3, "task": False}
    for function in course[name].functions:
        solution = {"grade": False, "solution": True, "locked": False, **fixed}
        check = {"grade": True, "solution": False, "locked": True, **fixed}
        assert meta.pop(function.name) == {**solution, "grade_id": function.name}
        grade_id = f"check-{function.name}"
        want = {**check, "grade_id": grade_id, "points": function.points}
        assert meta.pop(grade_id) == want
    given = {"grade": False, "solution": False, "locked": True, **fixed}
    assert meta == {key: {**given, "grade_id": key} for key in meta}
    assert "setup" in meta
    assert not any(c["metadata"] for c in build(course, name)["cells"])


def test_a_module_is_cut_with_its_comments():
    source = (
        '"""Doc."""\n\nimport math\n\n# why\nA = 1\n\n\n'
        "# of f\ndef f():\n    x = 1\n    # end\n\n\nB = 2\n# last\n"
    )
    assert pieces(source, {"f"}) == [
        Piece("", "import math\n\n# why\nA = 1"),
        Piece("f", "# of f\ndef f():\n    x = 1\n    # end"),
        Piece("", "B = 2\n# last"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("graders/__init__.py", "graders/inputs.py", "graders/networks.py"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    shutil.copytree(ROOT / "graders" / "public", tmp_path / "graders" / "public")
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    return tmp_path


def tell(folder: Path, text: str) -> None:
    (folder / "narrative" / "figures").mkdir(parents=True, exist_ok=True)
    (folder / "narrative" / "losses.md").write_text(text, "utf-8")


def test_stale_and_missing_notebooks_are_told(folder: Path, capsys):
    assert write_notebooks(folder) == stale_notebooks(folder) == []
    tell(folder, "# Losses\n\n## `softmax`\n\nText.\n")
    assert stale_notebooks(folder) == ["assignments/losses.ipynb"]
    assert main([str(folder)]) == 0
    assert "wrote assignments/losses.ipynb" in capsys.readouterr().out
    assert main(["--check", str(folder)]) == 0
    path = folder / "assignments" / "losses.ipynb"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "assignments" / "own.ipynb").write_text("{}")
    assert stale_notebooks(folder) == []
    tell(folder, "# Losses\n\n## `softmax`\n\nOther text.\n")
    assert main(["--check", str(folder)]) == 1
    assert "assignments/losses.ipynb is not what" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# A\n\n## `softmax`\n\n## `softmax`\n", "no other heading"),
        ("# A\n\n## `softmax` and `one_hot`\n", "one function"),
        ("# A\n\n## the end\n\n## `softmax`\n", "a last section may name none"),
        ("# A\n\n## `softmax`\n\n## `one_hot`\n", "order the sections"),
        ("# A\n\n![x](attachment:none.png)\n", "there is no figure"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(folder: Path, text: str, problem: str, capsys):
    tell(folder, text)
    with pytest.raises(NarrativeError, match=problem):
        write_notebooks(folder)
    assert main([str(folder)]) == 1
    assert problem in capsys.readouterr().err


def test_text_and_figures_travel_in_the_one_file(folder: Path):
    tell(folder, "# A\n\n## `softmax`\n\n![x](attachment:x.png)\n\n## After\n\nBye.\n")
    (folder / "narrative" / "figures" / "x.png").write_bytes(b"\x89PNG")
    write_notebooks(folder)
    cells = json.loads((folder / "assignments" / "losses.ipynb").read_text("utf-8"))["cells"]
    by_id = {cell["id"]: cell for cell in cells}
    assert by_id["text-softmax"]["attachments"] == {"x.png": {"image/png": "iVBORw=="}}
    assert "".join(by_id["text-one_hot"]["source"]).startswith("## `one_hot`\n\nEncode class")
    assert cells[-1]["source"] == ["## After\n", "\n", "Bye."]


def test_the_course_s_notebooks_are_fresh():
    assert stale_notebooks(ROOT) == []
