"""Our own notebooks, handed in: no word about their check cells, and work is found where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from submission_files import notebook, only_problem, take, write

from chainrule.course import Course, load_course
from chainrule.notebooks import build, dumps
from chainrule.stubs import make_stub

ROOT = Path(__file__).parents[1]
TODO = 'raise NotImplementedError("softmax is not written yet")'
STUB = make_stub((ROOT / "solutions" / "losses.py").read_text("utf-8"))


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT, hidden=False)


def notes(folder: Path) -> tuple[str, ...]:
    [source] = take(folder).sources
    return source.notes


OURS = [
    ("%load_ext chainrule", "%check softmax", "%check", "  %check softmax --course ../x  "),
    ("%reload_ext chainrule\n%check", "x = 1"),
    ("from chainrule import check\nx = 1", 'check("softmax")', "check()", "check('softmax');"),
    ("import chainrule", 'x = 2\nchainrule.check("softmax", course="../x")'),
]


@pytest.mark.parametrize("cells", OURS)
def test_our_own_lines_are_not_mentioned(tmp_path: Path, cells: tuple[str, ...]) -> None:
    write(tmp_path, "ada/losses.ipynb", text=notebook(*cells))
    assert notes(tmp_path / "ada") == ()
    [source] = take(tmp_path / "ada").sources
    left = "\n".join(cell.source for cell in source.cells)
    assert "check" not in left
    assert [cell.source.count("\n") for cell in source.cells] == [c.count("\n") for c in cells]


def test_what_only_looks_like_ours_stays_or_is_mentioned(tmp_path: Path) -> None:
    cells = ("def check(x):\n    print(x)", 'check("softmax")', "%checks", "%load_ext other")
    write(tmp_path, "ada/losses.ipynb", text=notebook(*cells))
    [source] = take(tmp_path / "ada").sources
    assert [cell.source for cell in source.cells[:2]] == list(cells[:2])
    assert [note.partition("'")[2] for note in source.notes] == ["%checks'", "%load_ext other'"]
    text = 's = """\nfrom chainrule import check\ncheck()\n"""\n'
    write(tmp_path, "bob/losses.ipynb", text=notebook("import chainrule", text))
    [source] = take(tmp_path / "bob").sources
    assert source.cells[1].source == text


def handed_out(folder: Path, course: Course) -> tuple[Path, Path]:
    write(folder, "losses.py", text=STUB)
    write(folder, "losses.ipynb", text=dumps(build(course, "losses")))
    return folder / "losses.py", folder / "losses.ipynb"


def test_of_two_blank_files_the_module_is_taken_without_a_word(tmp_path: Path, course) -> None:
    handed_out(tmp_path / "ada", course)
    [source] = take(tmp_path / "ada").sources
    assert (source.kind, source.notes) == ("module", ())


@pytest.mark.parametrize("change", ["body", "helper", "parameter", "constant"])
def test_work_is_taken_from_where_it_is(tmp_path: Path, course, change: str) -> None:
    def changed(text: str) -> str:
        return {
            "body": text.replace(TODO, "return logits"),
            "helper": text.replace("def softmax", "def mine(a):\n    return a\n\n\ndef softmax"),
            "parameter": text.replace("def softmax(logits)", "def softmax(logits, k=1)").replace(
                TODO, "return logits * k"
            ),
            "constant": text.replace("def softmax", "SMALL = 1e-9\n\n\ndef softmax"),
        }[change]

    module, _ = handed_out(tmp_path / "ada", course)
    module.write_text(changed(STUB), "utf-8")
    [source] = take(tmp_path / "ada").sources
    assert (source.kind, source.notes) == ("module", ())
    _, path = handed_out(tmp_path / "bob", course)
    wrote = build(course, "losses")
    [cell] = [c for c in wrote["cells"] if c["id"] == "softmax"]
    cell["source"] = changed(cell["source"])
    path.write_text(dumps(wrote), "utf-8")
    [source] = take(tmp_path / "bob").sources
    note = "losses.ipynb was taken: losses.py holds nothing beyond it"
    assert (source.kind, source.notes) == ("notebook", (note,))


def test_work_in_both_is_for_a_person_to_sort_out(tmp_path: Path, course) -> None:
    module, path = handed_out(tmp_path / "ada", course)
    module.write_text(STUB.replace(TODO, "return logits"), "utf-8")
    path.write_text(path.read_text("utf-8").replace(TODO.replace('"', '\\"'), "return 2"), "utf-8")
    reason = only_problem(take(tmp_path / "ada")).reason
    assert "were both handed in" in reason


def test_without_its_docstring_a_function_is_still_work(tmp_path: Path, course) -> None:
    _, path = handed_out(tmp_path / "ada", course)
    wrote = build(course, "losses")
    [cell] = [c for c in wrote["cells"] if c["id"] == "softmax"]
    cell["source"] = "def softmax(logits):\n    return logits"
    path.write_text(dumps(wrote), "utf-8")
    [source] = take(tmp_path / "ada").sources
    assert source.kind == "notebook"
