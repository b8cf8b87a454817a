"""What a student's code can see of its surroundings: nothing of a course, at every level.

Without isolation files cannot be hidden, but nothing in the process may say where they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from isolation import LEVELS, answer, launcher, outcomes

import chainrule
from chainrule.grading.forms import Opaque
from chainrule.judge.answers import Lost, plain
from chainrule.launch.limits import Limits

ROOT = Path(chainrule.__file__).resolve().parents[2]

LOOK = """
import gc, inspect, os, sys

def attack():
    seen = [sys.argv, sys.orig_argv, sys.path, sys.executable, sys.prefix, sys.exec_prefix]
    seen += [dict(os.environ), os.getcwd(), sys.flags, sys.warnoptions, sys._xoptions]
    seen += [list(sys.path_importer_cache), sys.meta_path, sys.path_hooks]
    for name, module in list(sys.modules.items()):
        seen.append((name, getattr(module, "__file__", ""), getattr(module, "__path__", "")))
        seen.append(getattr(module, "__spec__", ""))
    seen.append(vars(sys.modules["__main__"]))
    frame = sys._getframe()
    while frame:
        seen.append((frame.f_code.co_filename, frame.f_locals, frame.f_globals))
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) in (dict, list, tuple) and len(thing) < 2000:
            seen.append(thing)
    for name in ("cmdline", "environ", "comm", "status", "cgroup", "mountinfo", "limits"):
        try:
            seen.append(open(f"/proc/self/{name}", errors="replace").read())
        except OSError:
            pass
    for fd in range(64):
        try:
            seen.append(os.readlink(f"/proc/self/fd/{fd}"))
        except OSError:
            pass
    text = []
    for thing in seen:
        try:
            text.append(repr(thing))
        except Exception:
            pass
    text = "\\n".join(text)
    return [text[i : i + 9000] for i in range(0, min(len(text), 7_000_000), 9000)]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with graders and solutions to stand in, and an environment that names it."""
    for folder in ("graders/hidden", "solutions"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setenv("CHAINRULE_TEST_SECRET", "environment-secret-9321")
    monkeypatch.setenv("CHAINRULE_TEST_COURSE", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "solutions"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("level", LEVELS)
def test_no_path_variable_or_module_of_the_course_is_in_the_process(
    course: Path, level: str
) -> None:
    seen = answer(launcher(level, Limits(call_seconds=60)), LOOK)
    assert isinstance(seen, list)
    text = "".join(seen)
    assert "numpy" in text
    mounts = [line for line in text.splitlines() if " / / " not in line]
    text = "\n".join(mounts)
    for trace in ("environment-secret", "CHAINRULE", str(course), str(ROOT)):
        assert trace not in text, trace
    for module in ("chainrule", "hypothesis", "graders", "solutions", "pytest"):
        assert f"'{module}'" not in text, module
        assert f"'{module}." not in text, module


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("module", ["chainrule", "hypothesis", "msgspec", "graders", "solutions"])
def test_nothing_of_the_judge_can_be_imported(course: Path, level: str, module: str) -> None:
    source = f"def attack():\n    import {module}\n    return 1\n"
    assert str(answer(launcher(level), source)).startswith("error: ModuleNotFoundError")


@pytest.mark.parametrize("level", LEVELS[:2])
def test_nothing_of_the_judge_can_be_imported_by_force(course: Path, level: str) -> None:
    places = [str(ROOT / "src"), str(Path(__file__).parent), *sys.path]
    source = f"""
def attack():
    import importlib, sys
    sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != "OnlyNumpy"]
    sys.path[:0] = {places!r}
    sys.path_importer_cache.clear()
    found = []
    for name in ("chainrule", "hypothesis", "pytest", "graders.hidden", "solutions"):
        try:
            found.append(importlib.import_module(name).__name__)
        except ImportError:
            pass
    return found
"""
    assert answer(launcher(level), source) == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_whole_standard_library_and_numpy_can_be_imported(level: str) -> None:
    source = """
def attack():
    import collections, csv, ctypes, dataclasses, datetime, decimal, fractions, functools, hashlib
    import itertools, json, logging, math, random, sqlite3, ssl, statistics, string, zoneinfo
    import unittest.mock, concurrent.futures, asyncio, multiprocessing
    import numpy.fft, numpy.polynomial, numpy.testing, numpy.ma, numpy.random, numpy.linalg
    random.random(); logging.getLogger().warning("w"); decimal.Decimal(1) / 3
    return 1
"""
    assert answer(launcher(level), source) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_a_pool_of_threads_does_its_work(level: str) -> None:
    source = """
from concurrent.futures import ThreadPoolExecutor

def attack():
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(float, range(20)))
"""
    assert list(answer(launcher(level), source)) == [float(n) for n in range(20)]


DRAWS = """
import numpy as np
drawn = np.random.default_rng().random()

def attack():
    return [drawn, np.random.default_rng().random(), np.random.RandomState().rand()]
"""


@pytest.mark.parametrize("level", LEVELS)
def test_who_draws_without_a_seed_draws_the_same_in_every_process(level: str) -> None:
    first, second = (list(answer(launcher(level), DRAWS)) for _ in range(2))
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.parametrize("seed", [0, 1, 42, 1234])
def test_who_sets_the_global_seed_changes_the_global_generator(seed: int) -> None:
    source = f"import numpy as np\ndef attack(): np.random.seed({seed})"
    (outcome,) = outcomes(launcher("none"), source, "attack")
    assert not isinstance(outcome, Lost)
    assert outcome.rng_changed


def test_where_an_object_lies_is_not_told() -> None:
    source = "def attack(): raise TypeError(f'it is {object()}')"
    assert answer(launcher("none"), source) == "error: TypeError: it is <object object at 0x...>"


def test_only_so_much_of_all_answers_is_kept() -> None:
    source = "import numpy as np\ndef attack(): return np.zeros(900_000)"
    kept = outcomes(launcher("none"), source, *["attack"] * 8)
    values = [plain(o.value) for o in kept if not isinstance(o, Lost)]
    assert [np.size(v) for v in values[:4]] == [900_000] * 4
    assert values[-1] == Opaque("value too large to keep")
