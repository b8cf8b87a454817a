"""The store: exact, written once, and clear about what is wrong with its file."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.freeze import Thawed, freeze, thaw
from chainrule.results import CheckResult, FunctionResult, SubmissionResult
from chainrule.store import FILE, VERSION, Rows, Store, StoreError
from chainrule.task import row_of

fractions = st.fractions(min_value=0, max_value=30)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
checks = st.builds(
    CheckResult,
    texts,
    texts,
    st.sampled_from(["public", "hidden"]),
    st.just("failed"),
    st.none() | fractions,
    fractions,
    texts,
    st.none() | st.dictionaries(texts, json_values.filter(lambda v: v != float("inf")), max_size=2),
    st.none() | texts,
)
functions = st.builds(FunctionResult, texts, st.lists(checks, max_size=3).map(tuple))


def result(student: str = "ada", points: Fraction | None = Fraction(1, 3)) -> SubmissionResult:
    check = CheckResult("c", "It holds.", "public", "passed", points, Fraction(1, 3))
    return SubmissionResult(
        student, "losses", "0" * 64, (FunctionResult("f", (check,)),), Fraction(1, 3)
    )


@given(st.lists(functions, max_size=3).map(tuple), fractions, st.none() | texts)
def test_a_result_comes_back_exactly(
    parts: tuple[FunctionResult, ...], most: Fraction, reason: str | None
) -> None:
    infinite = "inf" in repr(parts)  # JSON has none, and no counterexample holds one
    made = SubmissionResult("ada", "losses", "0" * 64, parts, most, reason, ("a", "b"))
    if not infinite:
        assert thaw(freeze(made)) == made
        assert freeze(thaw(freeze(made))) == freeze(made)


@pytest.mark.parametrize("data", [b"", b"junk", freeze(result())[:-9]])
def test_what_is_no_result_is_refused(data: bytes) -> None:
    with pytest.raises(Thawed):
        thaw(data)


def test_results_are_found_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("k1", row_of(result("ada")))
        store.put("k2", row_of(result("bob", None)))
    with Store(tmp_path) as store:
        assert store.settled(["k1", "k2", "k3"]) == {"k1"}, "an open score is tried again"
        rows = Rows(store, ["k2", "k1"])
        assert [r.student for r in rows] == ["bob", "ada"]
        assert rows[1] == result("ada")
        assert [s.score for s in rows.scores()] == [None, Fraction(1, 3)]
    assert [p.name for p in tmp_path.iterdir()] == [FILE], "nothing but the one file stays"


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store(None) as store:
        store.put("k", row_of(result()))
        assert store.get("k") == result()
    assert not list(tmp_path.iterdir())


def test_writing_twice_doubles_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("k", row_of(result(points=None)))
        store.put("k", row_of(result()))
    with sqlite3.connect(tmp_path / FILE) as base:
        assert base.execute("SELECT count(*) FROM result").fetchone() == (1,)


def test_a_second_run_into_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(StoreError, match=r"in use by another run; wait"):
        Store(tmp_path)


def test_others_may_read_while_a_run_writes(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("k", row_of(result()))
        reader = sqlite3.connect(f"file:{tmp_path / FILE}?mode=ro", uri=True)
        assert reader.execute("SELECT student, score FROM result").fetchall() == [("ada", "1/3")]
        reader.close()


def test_a_store_that_another_program_holds_is_said(tmp_path: Path) -> None:
    Store(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="in use"):
        Store(tmp_path)
    other.close()
    Store(tmp_path).close()


def test_another_versions_store_is_left_alone(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / FILE)
    base.execute(f"PRAGMA user_version = {VERSION + 1}")
    base.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match=r"another version of chainrule .* move it away"):
        Store(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_that_is_no_store_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"damaged; move it away"):
        Store(tmp_path)


def test_a_damaged_page_is_noticed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for n in range(200):
            store.put(f"k{n}", row_of(result(f"student {n}")))
    data = bytearray((tmp_path / FILE).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 6000] = b"\xa5" * 6000
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        _read_all(tmp_path)


def test_a_full_disk_is_said_and_keeps_what_was_written(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("first", row_of(result()))
        store._base.execute("PRAGMA max_page_count = 4")
        with pytest.raises(StoreError, match="free some room and run the same command again"):
            _fill(store)
    with Store(tmp_path) as store:
        assert store.get("first") == result()


def _read_all(folder: Path) -> None:
    with Store(folder) as store:
        for n in range(200):
            store.get(f"k{n}")


def _fill(store: Store) -> None:
    for n in range(500):
        store.put(f"k{n}", row_of(result(f"student {n}")))


_ENDLESS = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_store import result
from chainrule.store import Store
from chainrule.task import row_of
store = Store(Path({folder!r}))
for n in range(10**9):
    store.put(f"k{{n}}", row_of(result(f"student {{n}}")))
    print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 there")
def test_kill_9_loses_nothing_that_was_written(tmp_path: Path) -> None:
    program = _ENDLESS.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(50)]
        time.sleep(0.01)
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        last = int([line for line in said if line.endswith("\n")][-1])
        with Store(tmp_path) as store:
            assert len(store.settled(f"k{n}" for n in range(last + 1))) == last + 1
            assert store.get(f"k{last}").student == f"student {last}"
