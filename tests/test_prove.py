"""`chainrule prove` says what graders miss: it notices what is taken from a course that holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import Command, in_process
from tiny_course import FILES, RIGHT, write, write_course

from chainrule.prove.markdown import BEGIN, END
from chainrule.prove.statistics import slip, wilson

SURE = FILES["graders/hidden/sums.py"]
MISTAKES = FILES["graders/mistakes/sums.py"]
MARKED = RIGHT.replace("    return", "    ### BEGIN SOLUTION\n    return").replace(
    "\n\n\n", "\n    ### END SOLUTION\n\n\n"
)
"""The reference with the markers between which mutants are made; of the last function, none."""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    return in_process(monkeypatch, capfd)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = write_course(tmp_path / "course")
    write(folder, {"tests/right_answers/plain/sums.py": RIGHT, "solutions/sums.py": MARKED})
    return folder


def proved(command: Command, course: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    """The exit status, the JSON and the Markdown of a proof of the first assignment's functions."""
    out = course.parent / "out"
    ran = command("prove", "--course", course, "--jobs=1", "--output", out, *options)
    return ran.status, json.loads((out / "prove.json").read_text()), (out / "prove.md").read_text()


def kinds(proof: dict[str, Any]) -> set[str]:
    return {s["kind"] for s in proof["shortfalls"]}


def mistake(slug: str, body: str, function: str = "total") -> str:
    head = (
        f'@mistake("{function}", "{slug}", family="scale")\ndef wrong_{slug.replace("-", "_")}(x):'
    )
    return f'\n\n{head}\n    """You are wrong."""\n    {body}\n'


def test_a_course_that_holds(command: Command, course: Path) -> None:
    status, proof, text = proved(command, course, "--only=total", "--no-mutants")
    assert (status, proof["holds"], proof["shortfalls"]) == (0, True, [])
    (row,) = proof["functions"]
    assert row["right_accepted"]["hits"] == row["right_accepted"]["of"] == 1
    assert row["wrong_caught"]["hits"] == 1
    assert row["wrong_caught_by_public"]["hits"] == 0  # a mean is linear too
    assert row["named"] == {"rightly": 1, "wrongly": 0, "not": 0}
    assert "Nothing falls short." in text
    assert "| total | 1/1 ≥20% | 0/1 ≥0% | 1/1 ≥20% |" in text


def test_a_check_that_is_taken_away_is_missed(command: Command, course: Path) -> None:
    _, proof, _ = proved(command, course, "--only=total", "--no-mutants")
    alone = {c["name"]: c["alone"] for c in proof["checks"]}
    assert alone["total.adds_up"] == ["total.mean-for-sum"]
    write(course, {"graders/hidden/sums.py": SURE.partition('@check("total"')[0]})
    status, proof, text = proved(command, course, "--only=total", "--no-mutants")
    assert status == 1
    assert {"kind": "wrong answer survives", "what": "total.mean-for-sum"} in proof["shortfalls"]
    assert "**wrong answer survives**: total.mean-for-sum" in text


def test_a_right_answer_that_is_rejected(command: Command, course: Path) -> None:
    write(course, {"tests/right_answers/odd/sums.py": RIGHT.replace("x.sum()", "x.sum() + 1e-3")})
    status, proof, _ = proved(command, course, "--only=total", "--no-mutants")
    assert status == 1
    assert kinds(proof) == {"right answer rejected"}
    assert proof["total"]["right_accepted"]["hits"] == 1
    assert proof["total"]["right_accepted"]["of"] == 2


def test_two_mistakes_that_answer_alike(command: Command, course: Path) -> None:
    more = mistake("average", "return x.sum() / len(x)")
    write(course, {"graders/mistakes/sums.py": MISTAKES + more})
    status, proof, _ = proved(command, course, "--only=total", "--no-mutants")
    assert status == 1
    pair = {"kind": "cannot be told apart", "what": "total: average and mean-for-sum"}
    assert pair in proof["shortfalls"]


def test_a_mistake_that_chance_has_to_expose(command: Command, course: Path) -> None:
    rare = "return x.sum() if x[0] < 2.5 else 0.0"
    write(course, {"graders/mistakes/sums.py": MISTAKES + mistake("rare", rare)})
    status, proof, _ = proved(command, course, "--only=total", "--no-mutants")
    (power,) = [p for p in proof["power"] if p["mistake"] == "total.rare"]
    assert not power["certain"]
    assert power["slip"] > 1e-6
    assert status == 1
    assert kinds(proof) <= {"may slip through", "wrong answer survives"}


def test_mutants_of_the_reference(command: Command, course: Path) -> None:
    status, proof, _ = proved(command, course, "--only=double")
    assert proof["total"]["mutants_caught"]["of"] > 3
    assert (status, proof["shortfalls"]) == (0, [])
    weak = FILES["graders/public/sums.py"].replace("[1.0, 2.0]", "[0.0, 0.0]")
    write(course, {"graders/public/sums.py": weak.replace("[2.0, 4.0]", "[0.0, 0.0]")})
    write(course, {"graders/hidden/sums.py": "X = 1\n"})
    status, proof, _ = proved(command, course, "--only=double")
    assert (status, kinds(proof)) == (1, {"mutant survives"})


def test_a_mutant_listed_as_equivalent_must_be(command: Command, course: Path) -> None:
    listed = '[[equivalent]]\nreason = "none"\nmutants = ["sums.double: nothing -> like it"]\n'
    write(course, {"graders/equivalent_mutants.toml": listed})
    status, proof, _ = proved(command, course, "--only=double")
    assert (status, kinds(proof)) == (1, {"listed as equivalent"})


def test_the_screen_is_readable_at_80_columns(
    command: Command, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = command("prove", "--course", course, "--jobs=1", "--no-mutants")
    assert max(map(len, ran.text.splitlines())) <= 80
    assert "Nothing falls short" in ran.text
    # Two functions without a known mistake: nothing is claimed of them.
    assert ran.text.count("0/0") >= 4


def test_bounds_are_wilson_s() -> None:
    # 10 of 10: 1 / (1 + z²/n); Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.
    low, high = wilson(10, 10)
    assert low == pytest.approx(1 / (1 + 1.96**2 / 10))
    assert high == 1.0
    assert wilson(0, 0) == (0.0, 1.0)
    assert slip([(0, 25)]) == 1.0
    assert slip([(25, 25), (25, 25)]) == pytest.approx((1 - wilson(25, 25)[0]) ** 50)


def test_a_table_for_a_page(command: Command, course: Path, tmp_path: Path) -> None:
    page = write(tmp_path, {"page.md": f"# Ours\n{BEGIN}\nold\n{END}\nAfter.\n"}) / "page.md"
    options = ("--course", course, "--only=total", "--jobs=1", "--no-mutants")
    assert command("prove", *options, "--into", page).status == 0
    text = page.read_text()
    assert text.startswith(f"# Ours\n{BEGIN}\n\n| function |")
    assert "| total | 1/1 ≥20% |" in text
    assert text.endswith(f"\n\n{END}\nAfter.\n")
    assert "old" not in text
    page.write_text("# Nothing\n")
    ran = command("prove", *options, "--into", page)
    assert (ran.status, page.read_text()) == (2, "# Nothing\n")
    assert BEGIN in ran.err
