"""Each submission of the example class gets its golden result: score, outcomes, words."""

from __future__ import annotations

from typing import Any

import golden
import pytest

pytestmark = pytest.mark.timeout(600)  # the first test waits for the whole class

STUDENTS = sorted(path.name for path in golden.CLASS.iterdir() if path.is_dir())
AGAIN = "if that is right, run `python tests/golden.py --write` and read the difference"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return golden.golden(golden.grade(tmp_path_factory.mktemp("results")))


@pytest.mark.parametrize("name", [golden.ALL, *STUDENTS])
def test_results_are_golden(results: dict[str, Any], name: str) -> None:
    kept, found = golden.read(name), results[name]
    same_inputs = golden.read(golden.ALL)["hypothesis"] == results[golden.ALL]["hypothesis"]
    if not same_inputs:
        kept, found = golden.without_messages(kept), golden.without_messages(found)
    assert found == kept, AGAIN


def test_every_student_has_one_and_is_described() -> None:
    assert sorted(path.stem for path in golden.GOLDEN.glob("*.json")) == [golden.ALL, *STUDENTS]
    described = (golden.CLASS.parent / "README.md").read_text("utf-8")
    assert [name for name in STUDENTS if f"| `{name}` |" not in described] == []
